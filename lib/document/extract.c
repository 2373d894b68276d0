#include "document/extract.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistr.h>

#include "core/buf.h"
#include "core/config.h"
#include "core/ctx.h"
#include "document/child.h"
#include "document/extract_wire.h"

#define HEAD_MAX   64 /* bytes of the head line */
#define ANSWER_MAX (HEAD_MAX + CVP_EXTRACT_TEXT_MAX + CVP_EXTRACT_JSON_MAX)

/* Failures that the child may name; anything else it says is none. */
static bool
is_told_failure(int code)
{
	return code == CVP_EMPTY_DOCUMENT || code == CVP_DOCUMENT_ENCRYPTED || code == CVP_DOCUMENT_UNREADABLE ||
	       code == CVP_UNSUPPORTED_FILE_FORMAT || code == CVP_PAYLOAD_TOO_LARGE || code == CVP_INTERNAL_ERROR;
}

/* The child's sentence goes to the caller: it must be one that JSON and a page can hold. */
static const char *
sentence_of(struct cvp_ctx *ctx, const char *said, size_t length)
{
	if (length == 0 || memchr(said, '\0', length) != NULL || u8_check((const uint8_t *)said, length) != NULL)
		return "The document could not be read.";
	return cvp_arena_strndup(ctx->arena, said, length);
}

enum cvp_code
cvp_extract_take(struct cvp_ctx *ctx, const char *said, size_t length, struct cvp_extract *extract)
{
	const char *line_end = memchr(said, '\n', length);
	size_t text, resume, head;
	int code;

	if (line_end == NULL || sscanf(said, CVP_EXTRACT_HEAD "%d %zu %zu", &code, &text, &resume) != 3)
		return cvp_fail(ctx, CVP_DOCUMENT_UNREADABLE,
				"The document takes too much to read; save it again, or paste its text.");
	head = (size_t)(line_end + 1 - said);
	if (text > length - head || resume != length - head - text)
		return cvp_fail(ctx, CVP_DOCUMENT_UNREADABLE, "The document could be read in part only.");
	if (code != CVP_OK)
		return cvp_fail(ctx, is_told_failure(code) ? (enum cvp_code)code : CVP_INTERNAL_ERROR, "%s",
				sentence_of(ctx, said + head, text));
	extract->text = cvp_arena_strndup(ctx->arena, said + head, text);
	extract->length = text;
	extract->resume = resume > 0 ? cvp_arena_strndup(ctx->arena, said + head + text, resume) : NULL;
	extract->resume_length = resume;
	return CVP_OK;
}

enum cvp_code
cvp_document_extract(struct cvp_ctx *ctx, const char *bytes, size_t length, struct cvp_extract *extract)
{
	const char *words[] = { cvp_config_text(ctx->config, CVP_SET_EXTRACT_PROGRAM), NULL };
	struct cvp_buf answer = CVP_BUF(ANSWER_MAX);
	enum cvp_code code;

	if (cvp_child_run(words, bytes, length, CVP_EXTRACT_SECONDS, &answer))
		code = cvp_extract_take(ctx, cvp_buf_string(&answer), answer.length, extract);
	else
		code = cvp_fail(ctx, CVP_INTERNAL_ERROR, "The program that reads documents cannot be started.");
	cvp_buf_free(&answer);
	return code;
}
