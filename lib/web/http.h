/* http.h - the inside of lib/web: a request's way through its files. No other folder includes it. */
#ifndef CVP_WEB_HTTP_H
#define CVP_WEB_HTTP_H

#include <fcgiapp.h>

#include "core/buf.h"
#include "schema/schema.h"
#include "template/template.h"
#include "web/web.h"

#define CVP_LANGUAGES 3

/* What all threads of a program share; immutable while it serves. */
struct cvp_site {
	const char *program;
	const struct cvp_route *routes;
	size_t route_count;
	struct cvp_gate *gate;
	struct cvp_config *config;
	struct cvp_schemas *schemas;
	struct cvp_templates *templates;
	json_t *phrases[CVP_LANGUAGES]; /* templates/i18n/page.<language>.json, in the order of cvp_site_languages */
};
extern const char *const cvp_site_languages[CVP_LANGUAGES];

CVP_CHECKED enum cvp_code cvp_site_open(struct cvp_ctx *ctx, struct cvp_site *site);
void cvp_site_close(struct cvp_site *site);

/* One exchange: what came and what goes out. */
struct cvp_exchange {
	struct cvp_ctx *ctx;
	const struct cvp_site *site;
	FCGX_Request *fcgi;
	struct cvp_request req;
	struct cvp_reply reply;
	const char *request_id, *content_type;
	const char *csrf_cookie; /* as sent; for forms of those who are not signed in */
	const char *csrf;        /* what the forms of this page carry */
	bool is_new_csrf;
	const char *language; /* of the page */
	bool wants_html;
	bool has_language_choice; /* ?lang= came: remember it */
};

/* A CGI variable, NULL where it is absent or empty. */
const char *cvp_cgi(const struct cvp_exchange *x, const char *name);

/* request.c: reads headers, cookies, query and path. */
CVP_CHECKED enum cvp_code cvp_request_read(struct cvp_exchange *x);
bool cvp_is_safe(const struct cvp_request *req); /* GET: changes nothing */

/* form.c: name=value&… into an object of texts; empty values are left out when drop_empty. CVP_INVALID_INPUT by field.
 */
CVP_CHECKED enum cvp_code cvp_form_parse(struct cvp_ctx *ctx, const char *text, size_t length, bool drop_empty,
					 json_t *into);
/* A percent-decoded copy; NULL where it is broken, not UTF-8 or holds U+0000. */
const char *cvp_percent_decode(struct cvp_ctx *ctx, const char *text, size_t length, bool plus_is_space);
/* A copy that may stand as the value of a query: all but letters, digits, '-', '_', '.', '~' and '/' encoded. */
const char *cvp_percent_encode(struct cvp_ctx *ctx, const char *text);

/* body.c: the body into req.body and req.files, within the route's limit. */
CVP_CHECKED enum cvp_code cvp_body_read(struct cvp_exchange *x);

/* multipart.c: fields into `into`, files into *files. */
CVP_CHECKED enum cvp_code cvp_multipart_parse(struct cvp_ctx *ctx, const char *content_type, const char *bytes,
					      size_t length, json_t *into, const struct cvp_upload **files);

/* route.c: the row for method and path; fills req.path. CVP_NOT_FOUND, CVP_METHOD_NOT_ALLOWED. */
CVP_CHECKED enum cvp_code cvp_route_find(struct cvp_exchange *x, const char *path);
const struct cvp_route *cvp_route_page_of(const struct cvp_site *site, const struct cvp_route *route);
const char *cvp_route_allowed(struct cvp_exchange *x, const char *path);
void cvp_routes_print(const char *program, const struct cvp_route *routes, size_t count);
const char *cvp_method_name(enum cvp_method method);

/* guard.c: who calls, may they, is the form ours, does the bucket hold a token, is the body valid. */
CVP_CHECKED enum cvp_code cvp_guard(struct cvp_exchange *x);

/* dispatch.c: one exchange from first to last byte. */
void cvp_dispatch(struct cvp_exchange *x);

/* page.c: a model as HTML. */
CVP_CHECKED enum cvp_code cvp_page_render(struct cvp_exchange *x, const char *template, const json_t *model,
					  struct cvp_buf *out);

/* respond.c: status, headers and body. model: NULL after a failure. */
void cvp_respond(struct cvp_exchange *x, enum cvp_code code, const json_t *model);

#endif
