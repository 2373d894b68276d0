/* Markdown made a paper. */
#include <string.h>

#include "core/ctx.h"
#include "document/markdown.h"
#include "fuzz.h"
#include "text/text.h"

int
FUZZ(markdown)(const uint8_t *bytes, size_t length)
{
	struct cvp_ctx *ctx = fuzz_begin();
	const char *text = fuzz_copy(ctx, bytes, length);
	const json_t *paper;

	if (!cvp_text_is_valid(text, length))
		return 0; /* our templates write UTF-8 */
	paper = cvp_markdown_paper(ctx, text, "en");
	assert(json_is_array(json_object_get(paper, "blocks")));
	assert(json_is_string(json_object_get(paper, "title")));
	return 0;
}
