#include "career/verify_tailored.h"

#include <string.h>

#include "career/cv_pointer.h"
#include "career/kind.h"
#include "career/verify_plain.h"
#include "career/verify_tailored_parts.h"
#include "core/ctx.h"

const char *
cvp_tailored_plain(const struct cvp_tailored_check *t, const char *text)
{
	return text != NULL ? cvp_plain_text(t->v.ctx, text) : "";
}

static bool
is_same(const struct cvp_tailored_check *t, const char *a, const char *plain)
{
	return strcmp(cvp_tailored_plain(t, a), plain) == 0;
}

static bool
has_plain(const struct cvp_tailored_check *t, const json_t *value, const char *plain)
{
	const char *key;
	json_t *member;
	size_t index;

	switch (value != NULL ? json_typeof(value) : JSON_NULL) {
	case JSON_STRING:
		return is_same(t, json_string_value(value), plain);
	case JSON_INTEGER:
	case JSON_REAL:
		return is_same(t, cvp_arena_printf(t->v.ctx->arena, "%.15g", json_number_value(value)), plain);
	case JSON_OBJECT:
		json_object_foreach ((json_t *)value, key, member) {
			if (has_plain(t, member, plain))
				return true;
		}
		return false;
	case JSON_ARRAY:
		json_array_foreach (value, index, member) {
			if (has_plain(t, member, plain))
				return true;
		}
		return false;
	default:
		return plain[0] == '\0';
	}
}

bool
cvp_tailored_has(const struct cvp_tailored_check *t, const json_t *value, const char *text)
{
	return has_plain(t, value, cvp_tailored_plain(t, text));
}

bool
cvp_tailored_has_all(const struct cvp_tailored_check *t, const json_t *value, const json_t *texts)
{
	const char *key;
	json_t *member;
	size_t index;

	switch (json_typeof(texts)) {
	case JSON_STRING:
		return cvp_tailored_has(t, value, json_string_value(texts));
	case JSON_INTEGER:
	case JSON_REAL:
		return cvp_tailored_has(t, value, cvp_arena_printf(t->v.ctx->arena, "%.15g", json_number_value(texts)));
	case JSON_OBJECT:
		json_object_foreach ((json_t *)texts, key, member) {
			if (!cvp_tailored_has_all(t, json_is_object(value) ? json_object_get(value, key) : value,
						  member))
				return false;
		}
		return true;
	case JSON_ARRAY:
		json_array_foreach (texts, index, member) {
			if (!cvp_tailored_has_all(t, value, member))
				return false;
		}
		return true;
	default:
		return true;
	}
}

void
cvp_tailored_report(struct cvp_tailored_check *t, const char *field, enum cvp_severity severity, const char *expected,
		    const char *actual)
{
	cvp_verdict_add(&t->v.verdict, field, severity, expected, actual);
}

void
cvp_tailored_put(json_t *object, const char *key, const char *text)
{
	if (text != NULL)
		json_object_set_new(object, key, json_string(text));
	else
		json_object_del(object, key);
}

/* Terms of the posting that are said to stand in the result: those the CV does not show go. */
static void
check_keywords(struct cvp_tailored_check *t, const char *field, const json_t *told, const char *key, json_t *made)
{
	const json_t *keywords = json_object_get(told, key);
	json_t *kept = json_array();

	for (size_t i = 0; i < json_array_size(keywords); i++) {
		json_t *alone = cvp_own(t->v.ctx, json_array());
		const char *at = cvp_arena_printf(t->v.ctx->arena, "%s/%s/%zu", field, key, i);
		struct cvp_verdict all = t->v.verdict, one = cvp_verdict_new(t->v.ctx);

		json_array_append(alone, json_array_get(keywords, i));
		t->v.verdict = one;
		cvp_verify_keywords(&t->v, field, alone);
		t->v.verdict = all;
		if (json_array_size(one.violations) == 0)
			json_array_append(kept, json_array_get(keywords, i));
		else
			cvp_tailored_report(t, at, CVP_SEVERITY_WARNING, "a word of the CV",
					    json_string_value(json_array_get(keywords, i)));
	}
	if (keywords != NULL)
		json_object_set(made, key, kept);
	json_decref(kept);
}

static void
check_all_keywords(struct cvp_tailored_check *t, json_t *mended)
{
	const json_t *jobs = json_object_get(t->cv, "work_experience");

	check_keywords(t, "/metadata", json_object_get(t->v.artifact, "metadata"), "keyword_matches",
		       json_object_get(mended, "metadata"));
	for (size_t i = 0; i < json_array_size(jobs); i++)
		check_keywords(t, cvp_arena_printf(t->v.ctx->arena, CVP_TAILORED "/work_experience/%zu", i),
			       json_array_get(jobs, i), "keyword_alignments",
			       json_array_get(json_object_get(t->made, "work_experience"), i));
}

static enum cvp_code
begin(struct cvp_tailored_check *t, struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
      const json_t *artifact, json_t *mended)
{
	static const char *const lists[] = { "work_experience", "skills", "education", "certifications" };
	enum cvp_code code = cvp_verification_begin(ctx, assets, input, artifact, &t->v);

	if (code != CVP_OK)
		return code;
	t->cv = json_object_get(artifact, "tailored_cv");
	t->made = json_object_get(mended, "tailored_cv");
	if (!json_is_object(json_object_get(t->cv, "contact_info")))
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, CVP_TAILORED "/contact_info", "The CV has no contact");
	for (size_t i = 0; i < CVP_COUNT(lists); i++) {
		if (!json_is_array(json_object_get(t->cv, lists[i])))
			return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, cvp_pointer_key(ctx, CVP_TAILORED, lists[i]),
					   "%s is not a list", lists[i]);
	}
	return CVP_OK;
}

enum cvp_code
cvp_verify_tailored_cv_mend(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
			    const json_t *artifact, json_t **mended, json_t **report)
{
	struct cvp_tailored_check t = { .cv = NULL };
	json_t *made = cvp_own(ctx, json_deep_copy(artifact));
	const struct cvp_cv_entry **jobs, **schools;
	enum cvp_code code = begin(&t, ctx, assets, input, artifact, made);

	if (code != CVP_OK)
		return code;
	cvp_tailored_contact_check(&t);
	jobs = cvp_tailored_jobs_check(&t);
	schools = cvp_tailored_schools_check(&t);
	cvp_tailored_places_check(&t, "work_experience", jobs);
	cvp_tailored_places_check(&t, "education", schools);
	cvp_tailored_loose_check(&t, schools);
	cvp_tailored_certificates_check(&t);
	cvp_tailored_summary_check(&t);
	cvp_tailored_bullets_check(&t, jobs);
	cvp_tailored_highlights_check(&t);
	cvp_tailored_skills_check(&t);
	cvp_tailored_other_check(&t);
	check_all_keywords(&t, made);
	cvp_verify_target(&t.v);
	*mended = made;
	*report = cvp_verdict_report(&t.v.verdict);
	return CVP_OK;
}

enum cvp_code
cvp_verify_tailored_cv(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
		       const json_t *artifact, json_t **report)
{
	json_t *mended;

	return cvp_verify_tailored_cv_mend(ctx, assets, input, artifact, &mended, report);
}
