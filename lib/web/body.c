#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "web/http.h"

static size_t
limit_of(const struct cvp_route *route)
{
	return (route->flags & CVP_BIG_BODY) != 0 ? CVP_BIG_BODY_LIMIT : CVP_BODY_LIMIT;
}

static enum cvp_code
too_large(struct cvp_exchange *x)
{
	return cvp_fail(x->ctx, CVP_PAYLOAD_TOO_LARGE, "The body may have at most %zu bytes.", limit_of(x->req.route));
}

/* The announced length; nginx has read the whole body and always says it. */
static enum cvp_code
announced_length(struct cvp_exchange *x, size_t *length)
{
	const char *text = cvp_cgi(x, "CONTENT_LENGTH");
	unsigned long long value = text != NULL ? strtoull(text, NULL, 10) : 0;

	if (value > limit_of(x->req.route))
		return too_large(x);
	*length = (size_t)value;
	return CVP_OK;
}

static enum cvp_code
read_bytes(struct cvp_exchange *x, char **bytes, size_t *length)
{
	enum cvp_code code;
	int got;

	code = announced_length(x, length);
	if (code != CVP_OK)
		return code;
	*bytes = cvp_arena_alloc(x->ctx->arena, *length + 1);
	got = *length > 0 ? FCGX_GetStr(*bytes, (int)*length, x->fcgi->in) : 0;
	if ((size_t)got != *length)
		return cvp_fail(x->ctx, CVP_INVALID_INPUT, "The body is shorter than announced.");
	return CVP_OK;
}

static enum cvp_code
parse_json(struct cvp_exchange *x, const char *bytes, size_t length)
{
	json_error_t error;
	/* a name that stands twice is read one way here and another way elsewhere: neither is right */
	json_t *value = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);

	if (value == NULL)
		return cvp_fail(x->ctx, CVP_INVALID_JSON, "The body is not valid JSON (line %d, column %d).",
				error.line, error.column);
	x->req.body = cvp_own(x->ctx, value);
	if (!json_is_object(value))
		return cvp_fail_at(x->ctx, CVP_VALIDATION_ERROR, "", "The body must be a JSON object.");
	return CVP_OK;
}

static bool
is_type(const char *content_type, const char *type)
{
	size_t length = strlen(type);

	return content_type != NULL && strncasecmp(content_type, type, length) == 0 &&
	       strchr("; \t", content_type[length]) != NULL;
}

static enum cvp_code
parse(struct cvp_exchange *x, const char *bytes, size_t length, json_t *fields)
{
	const char *type = x->content_type;

	if (type == NULL || is_type(type, "application/json"))
		return parse_json(x, bytes, length);
	if (is_type(type, "application/x-www-form-urlencoded"))
		return cvp_form_parse(x->ctx, bytes, length, true, fields);
	if (is_type(type, "multipart/form-data"))
		return cvp_multipart_parse(x->ctx, type, bytes, length, fields, &x->req.files);
	return cvp_fail(x->ctx, CVP_UNSUPPORTED_MEDIA_TYPE,
			"Send application/json, application/x-www-form-urlencoded or multipart/form-data.");
}

enum cvp_code
cvp_body_read(struct cvp_exchange *x)
{
	json_t *fields = cvp_own(x->ctx, json_object());
	enum cvp_code code;
	size_t length = 0;
	char *bytes;

	x->req.body = fields;
	x->content_type = cvp_cgi(x, "CONTENT_TYPE");
	x->req.is_form = is_type(x->content_type, "application/x-www-form-urlencoded") ||
			 is_type(x->content_type, "multipart/form-data");
	if (cvp_is_safe(&x->req))
		return CVP_OK;
	code = read_bytes(x, &bytes, &length);
	return code == CVP_OK && length > 0 ? parse(x, bytes, length, fields) : code;
}
