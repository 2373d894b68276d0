#include "career/cv_finish.h"

#include <string.h>

#include "career/cv.h"
#include "career/kind.h"
#include "core/buf.h"
#include "core/ctx.h"
#include "schema/schema.h"
#include "text/text.h"

#define SAMPLE_MAX 65536u /* bytes of a CV's lines that tell its language */

enum cvp_code
cvp_cv_validate(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *schema, const json_t *instance)
{
	const struct cvp_schema *compiled = assets && assets->schemas ? cvp_schemas_get(assets->schemas, schema) : NULL;

	if (!compiled)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The schema %s is not loaded", schema);
	return cvp_schema_validate(ctx, compiled, instance);
}

/* What the strings of the CV are written in. */
static const char *
language_of(const struct cvp_cv *cv)
{
	struct cvp_buf sample = CVP_BUF(SAMPLE_MAX);
	const char *name;

	for (size_t i = 0; i < cv->line_count && !cvp_buf_failed(&sample); i++) {
		cvp_buf_text(&sample, cv->lines[i].at.text);
		cvp_buf_char(&sample, '\n');
	}
	name = cvp_language_name(cvp_language_detect(cvp_buf_string(&sample), sample.length));
	cvp_buf_free(&sample);
	return name;
}

/* The language the resume itself names, as one of ours; NULL without. */
static const char *
named_language(const json_t *resume)
{
	const char *named = json_string_value(json_object_get(json_object_get(resume, "meta"), "x_language"));
	enum cvp_language language;

	return named && cvp_language_named(named, &language) ? cvp_language_name(language) : NULL;
}

/* The resume with meta.x_language; the caller's values are shared, not changed. */
static json_t *
with_language(struct cvp_ctx *ctx, json_t *resume, const char *language)
{
	json_t *copy = cvp_own(ctx, json_copy(resume)), *meta = json_object_get(copy, "meta");

	meta = json_is_object(meta) ? json_copy(meta) : json_object();
	json_object_set_new(meta, "x_language", json_string(language));
	json_object_set_new(copy, "meta", meta);
	return copy;
}

enum cvp_code
cvp_cv_finish(struct cvp_ctx *ctx, const struct cvp_assets *assets, struct cvp_cv_import *import)
{
	const char *named = named_language(import->resume);
	const struct cvp_cv *cv;
	enum cvp_code code;

	code = cvp_cv_validate(ctx, assets, "resume.json", import->resume);
	if (code == CVP_OK)
		code = cvp_cv_parse(ctx, import->resume, &cv);
	if (code != CVP_OK)
		return code;
	if (named)
		import->language = named;
	else if (!import->language)
		import->language = language_of(cv);
	if (!named)
		import->resume = with_language(ctx, import->resume, import->language);
	return CVP_OK;
}
