/* posting_text.c - postings as text, Markdown, JSON as text or HTML: told by content. */
#include <string.h>

#include "career/posting_build.h"
#include "career/posting_html.h"
#include "core/ctx.h"
#include "text/text.h"

#define LENGTH_MIN ((size_t)50) /* SPEC 2.5 */
#define LENGTH_MAX ((size_t)50000)

static enum cvp_code
check_length(struct cvp_ctx *ctx, const char *text)
{
	size_t length = cvp_text_length(text);

	if (length >= LENGTH_MIN && length <= LENGTH_MAX)
		return CVP_OK;
	return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "/description",
			   "The posting has %zu characters of text; 50 to 50,000 are taken", length);
}

static enum cvp_code
import_plain(struct cvp_ctx *ctx, const char *text, struct cvp_posting_import *import)
{
	struct cvp_posting_build build;
	const char *body;
	enum cvp_code code;

	cvp_posting_begin(&build, ctx);
	cvp_posting_put_body(&build, "description", text);
	body = json_string_value(json_object_get(build.posting, "description"));
	code = check_length(ctx, body != NULL ? body : "");
	if (code != CVP_OK)
		return code;
	cvp_posting_guess_names(&build, body);
	return cvp_posting_finish(&build, false, import);
}

/* A page's JobPosting block wins; what it does not say is not looked for in the page around it. */
static enum cvp_code
import_block(struct cvp_ctx *ctx, const json_t *job, struct cvp_posting_import *import)
{
	struct cvp_posting_build build;
	enum cvp_code code;

	cvp_posting_begin(&build, ctx);
	code = cvp_posting_read_schema_org(&build, job);
	return code == CVP_OK ? cvp_posting_finish(&build, false, import) : code;
}

/* A text that begins like JSON. A '[' may also begin a plain line; what begins with '{' was meant as JSON. */
static enum cvp_code
import_as_json(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *text,
	       struct cvp_posting_import *import, bool *is_json)
{
	json_error_t error;
	json_t *value = json_loads(text, 0, &error);

	*is_json = value != NULL || text[0] == '{';
	if (value != NULL)
		return cvp_posting_import_json(ctx, assets, cvp_own(ctx, value), import);
	if (*is_json)
		return cvp_fail(ctx, CVP_INVALID_JSON, "The posting is no valid JSON: line %d, column %d", error.line,
				error.column);
	return CVP_OK;
}

enum cvp_code
cvp_posting_import_text(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *text, size_t length,
			struct cvp_posting_import *import)
{
	const char *copy;
	json_t *job;

	if (!cvp_text_is_valid(text, length))
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/description", "The posting is no valid UTF-8 text");
	copy = cvp_arena_strndup(ctx->arena, text, length);
	if (strncmp(copy, "\xEF\xBB\xBF", 3) == 0)
		copy += 3;
	copy += strspn(copy, " \t\r\n");
	if (copy[0] == '{' || copy[0] == '[') {
		bool is_json;
		enum cvp_code code = import_as_json(ctx, assets, copy, import, &is_json);

		if (is_json)
			return code;
	}
	job = cvp_html_is_html(copy) ? cvp_html_job_posting(ctx, copy) : NULL;
	return job != NULL ? import_block(ctx, job, import) : import_plain(ctx, copy, import);
}
