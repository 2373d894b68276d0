#include "document/render.h"

#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "document/child.h"

/* What the child reads: {paper, made_at, resume: text}. */
static char *
order_of(const json_t *paper, const char *resume, const char *made_at)
{
	json_t *order = json_pack("{s:O, s:s, s:s*}", "paper", (json_t *)paper, "made_at", made_at, "resume", resume);
	char *text = json_dumps(order, JSON_COMPACT);

	json_decref(order);
	return text;
}

enum cvp_code
cvp_document_render(struct cvp_ctx *ctx, const json_t *paper, const char *format, const char *resume,
		    const char *made_at, struct cvp_buf *out)
{
	const char *words[] = { cvp_config_text(ctx->config, CVP_SET_RENDER_PROGRAM), format, NULL };
	const char *magic = strcmp(format, "pdf") == 0 ? "%PDF" : "PK\x03\x04";
	char *order = order_of(paper, resume, made_at);
	size_t begin = out->length;
	bool is_started = order != NULL && cvp_child_run(words, order, strlen(order), CVP_RENDER_SECONDS, out);

	free(order);
	if (!is_started)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The program that makes documents cannot be started.");
	if (cvp_buf_failed(out) || out->length - begin < 4 || memcmp(out->data + begin, magic, 4) != 0)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The document could not be made.");
	return CVP_OK;
}
