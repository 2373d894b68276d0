#include "core/log.h"
#include "web/http.h"

/* One line a request that failed, at the level of its code; one at debug for the others (SPEC 12: no ids, no bodies).
 */
static void
log_exchange(const struct cvp_exchange *x, int64_t begin, enum cvp_code code)
{
	const struct cvp_error *error = &x->ctx->err;
	const char *path = x->req.route != NULL ? x->req.route->path : "-";
	double ms = (double)(cvp_monotonic() - begin) / 1000;

	if (error->is_logged)
		return;
	cvp_log(x->ctx, cvp_code_level(code), "request", "s:s, s:s, s:s, s:f, s:s*", "method",
		cvp_method_name(x->req.method), "route", path, "code", cvp_code_name(code), "ms", ms, "message",
		error->message);
}

void
cvp_dispatch(struct cvp_exchange *x)
{
	int64_t begin = cvp_monotonic();
	json_t *model = NULL;
	enum cvp_code code;

	code = cvp_request_read(x);
	if (code == CVP_OK)
		code = cvp_guard(x);
	if (code == CVP_OK)
		code = x->req.route->handler(x->ctx, &x->req, &model);
	cvp_respond(x, code, model);
	log_exchange(x, begin, x->ctx->err.code);
}
