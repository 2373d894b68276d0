#include <string.h>
#include <strings.h>

#include "web/http.h"

#define PARTS_MAX 64

/* A part between two boundaries. */
struct part {
	const char *headers, *body;
	size_t headers_length, body_length;
};

static enum cvp_code
malformed(struct cvp_ctx *ctx)
{
	return cvp_fail(ctx, CVP_INVALID_INPUT, "The multipart body is malformed.");
}

/* A parameter of a header value, quoted or bare (RFC 7578, RFC 9110 5.6.6); NULL where it is absent. */
static const char *
parameter(struct cvp_ctx *ctx, const char *value, size_t length, const char *name)
{
	size_t name_length = strlen(name);

	for (size_t i = 0; i + name_length + 1 < length; i++) {
		const char *at = value + i, *end = value + length;
		bool begins = i > 0 && (at[-1] == ';' || at[-1] == ' ' || at[-1] == '\t');

		if (!begins || strncasecmp(at, name, name_length) != 0 || at[name_length] != '=')
			continue;
		at += name_length + 1;
		if (at < end && *at == '"') {
			const char *close = memchr(at + 1, '"', (size_t)(end - at - 1));

			return close != NULL ? cvp_arena_strndup(ctx->arena, at + 1, (size_t)(close - at - 1)) : NULL;
		}
		return cvp_arena_strndup(ctx->arena, at,
					 strcspn(cvp_arena_strndup(ctx->arena, at, (size_t)(end - at)), "; \t\r\n"));
	}
	return NULL;
}

/* The value of a part's header, its length in *value_length; NULL where it is absent. */
static const char *
header(const struct part *part, const char *name, size_t *value_length)
{
	const char *at = part->headers, *end = part->headers + part->headers_length;
	size_t name_length = strlen(name);

	while (at < end) {
		const char *line_end = memmem(at, (size_t)(end - at), "\r\n", 2);
		size_t length = line_end != NULL ? (size_t)(line_end - at) : (size_t)(end - at);

		if (length > name_length && strncasecmp(at, name, name_length) == 0 && at[name_length] == ':') {
			*value_length = length - name_length - 1;
			return at + name_length + 1;
		}
		at += length + 2;
	}
	return NULL;
}

static enum cvp_code
take_file(struct cvp_ctx *ctx, const struct part *part, const char *field, const char *filename,
	  const struct cvp_upload **files)
{
	struct cvp_upload *upload;

	if (part->body_length == 0 && *filename == '\0')
		return CVP_OK; /* a file field left empty */
	if (part->body_length > CVP_FILE_LIMIT)
		return cvp_fail_at(ctx, CVP_PAYLOAD_TOO_LARGE, cvp_arena_printf(ctx->arena, "/%s", field),
				   "A file may have at most 10 MiB.");
	upload = cvp_arena_alloc(ctx->arena, sizeof(*upload));
	*upload = (struct cvp_upload){ field, filename, part->body, part->body_length, NULL };
	upload->next = *files;
	*files = upload;
	return CVP_OK;
}

static enum cvp_code
take_field(struct cvp_ctx *ctx, const struct part *part, const char *field, json_t *into)
{
	json_t *value = NULL;

	if (memchr(part->body, '\0', part->body_length) == NULL)
		value = json_stringn(part->body, part->body_length);
	if (value == NULL)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, cvp_arena_printf(ctx->arena, "/%s", field),
				   "%s is not valid UTF-8.", field);
	if (part->body_length > 0)
		json_object_set(into, field, value);
	json_decref(value);
	return CVP_OK;
}

static enum cvp_code
take_part(struct cvp_ctx *ctx, const struct part *part, json_t *into, const struct cvp_upload **files)
{
	const char *disposition, *field, *filename;
	size_t length;

	disposition = header(part, "Content-Disposition", &length);
	if (disposition == NULL)
		return malformed(ctx);
	field = parameter(ctx, disposition, length, "name");
	filename = parameter(ctx, disposition, length, "filename");
	if (field == NULL || json_object_size(into) > PARTS_MAX)
		return malformed(ctx);
	return filename != NULL ? take_file(ctx, part, field, filename, files) : take_field(ctx, part, field, into);
}

/* The part that begins at *at (behind a boundary's line end); moves *at behind the next boundary. */
static bool
next_part(const char **at, const char *end, const char *delimiter, struct part *part)
{
	const char *headers_end = memmem(*at, (size_t)(end - *at), "\r\n\r\n", 4), *body_end;

	if (headers_end == NULL)
		return false;
	part->headers = *at;
	part->headers_length = (size_t)(headers_end - *at);
	part->body = headers_end + 4;
	body_end = memmem(part->body, (size_t)(end - part->body), delimiter, strlen(delimiter));
	if (body_end == NULL)
		return false;
	part->body_length = (size_t)(body_end - part->body);
	*at = body_end + strlen(delimiter);
	return true;
}

enum cvp_code
cvp_multipart_parse(struct cvp_ctx *ctx, const char *content_type, const char *bytes, size_t length, json_t *into,
		    const struct cvp_upload **files)
{
	const char *boundary = parameter(ctx, content_type, strlen(content_type), "boundary");
	const char *at = bytes, *end = bytes + length, *delimiter;
	enum cvp_code code = CVP_OK;
	struct part part;

	if (boundary == NULL || *boundary == '\0' || strlen(boundary) > 70)
		return malformed(ctx);
	delimiter = cvp_arena_printf(ctx->arena, "\r\n--%s", boundary);
	if (length < strlen(delimiter) || memcmp(at, delimiter + 2, strlen(delimiter) - 2) != 0)
		return malformed(ctx);
	at += strlen(delimiter) - 2;
	for (int parts = 0; code == CVP_OK; parts++) {
		if (end - at >= 2 && memcmp(at, "--", 2) == 0)
			return CVP_OK;
		if (end - at < 2 || memcmp(at, "\r\n", 2) != 0 || parts == PARTS_MAX)
			return malformed(ctx);
		at += 2;
		if (!next_part(&at, end, delimiter, &part))
			return malformed(ctx);
		code = take_part(ctx, &part, into, files);
	}
	return code;
}
