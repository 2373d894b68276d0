/* posting_text.c - postings as text, Markdown, JSON as text or HTML: told by content. */
#include <string.h>

#include "career/posting_build.h"
#include "career/posting_html.h"
#include "career/posting_mend.h"
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

/* title: what a page says it is about; NULL where it does not, or it is no page. */
static enum cvp_code
import_plain(struct cvp_ctx *ctx, const char *text, const char *title, bool is_broken,
	     struct cvp_posting_import *import)
{
	struct cvp_posting_build build;
	const char *body;
	enum cvp_code code;

	cvp_posting_begin(&build, ctx);
	cvp_posting_put_body(&build, "description", text);
	body = json_string_value(json_object_get(build.posting, "description"));
	if (is_broken && (body == NULL || cvp_text_length(body) < LENGTH_MIN))
		return cvp_fail(ctx, CVP_INVALID_JSON, "The page's JobPosting block is no valid JSON.");
	code = check_length(ctx, body != NULL ? body : "");
	if (code != CVP_OK)
		return code;
	if (is_broken)
		cvp_posting_warn(&build, "The page's JobPosting block is no valid JSON; the page's text was read.");
	cvp_posting_guess_names(&build, title != NULL ? cvp_arena_printf(ctx->arena, "%s\n%s", title, body) : body);
	return cvp_posting_finish(&build, false, import);
}

/* A JobPosting as its page publishes it: who pastes it cannot mend it, so that a name it lacks is null, as in a text.
 * It wins over the page; what it does not say is not looked for around it. */
static enum cvp_code
import_block(struct cvp_ctx *ctx, const json_t *job, struct cvp_posting_import *import)
{
	struct cvp_posting_build build;
	enum cvp_code code;

	cvp_posting_begin(&build, ctx);
	code = cvp_posting_read_schema_org(&build, job);
	if (code == CVP_OK && json_object_get(build.posting, "role_title") == NULL &&
	    json_object_get(build.posting, "company_name") == NULL &&
	    json_object_get(build.posting, "description") == NULL)
		return cvp_fail_at(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD, "/title",
				   "The JobPosting has no title, no company and no description");
	return code == CVP_OK ? cvp_posting_finish(&build, false, import) : code;
}

static enum cvp_code
import_value(struct cvp_ctx *ctx, const struct cvp_assets *assets, json_t *value, struct cvp_posting_import *import)
{
	const json_t *job = cvp_job_posting_find(value);

	return job != NULL ? import_block(ctx, job, import) : cvp_posting_import_json(ctx, assets, value, import);
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
		return import_value(ctx, assets, cvp_own(ctx, value), import);
	if (*is_json)
		return cvp_fail(ctx, CVP_INVALID_JSON, "The posting is no valid JSON: line %d, column %d", error.line,
				error.column);
	return CVP_OK;
}

/* A script's content pasted without its tags: "//<![CDATA[" before its JSON. */
static const char *
behind_cdata(const char *text)
{
	static const char mark[] = "<![CDATA[";
	const char *at = strncmp(text, "//", 2) == 0 ? text + 2 + strspn(text + 2, " ") : text;

	return strncmp(at, mark, sizeof(mark) - 1) == 0 ? at + sizeof(mark) - 1 : NULL;
}

static enum cvp_code
import_cdata(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *text, struct cvp_posting_import *import)
{
	json_t *value = cvp_json_mend(ctx, text);

	if (value == NULL)
		return cvp_fail(ctx, CVP_INVALID_JSON, "The posting's CDATA block is no valid JSON.");
	return import_value(ctx, assets, value, import);
}

enum cvp_code
cvp_posting_import_text(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *text, size_t length,
			struct cvp_posting_import *import)
{
	const char *copy, *title = NULL;
	bool is_broken = false;
	json_t *job = NULL;

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
	if (behind_cdata(copy) != NULL)
		return import_cdata(ctx, assets, behind_cdata(copy), import);
	if (cvp_html_is_html(copy)) {
		job = cvp_html_job_posting(ctx, copy, &is_broken);
		title = cvp_html_title(ctx, copy);
	}
	return job != NULL ? import_block(ctx, job, import) : import_plain(ctx, copy, title, is_broken, import);
}
