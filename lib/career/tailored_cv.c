/* tailored_cv.c - the kind `tailored_cv`: a CV ordered and cut for a posting (SPEC 2.4, 7.6, 7.7). */
#include <string.h>

#include "career/kind.h"
#include "career/tailored_cv_parts.h"
#include "career/tailored_cv_view.h"
#include "career/verify_tailored.h"
#include "core/ctx.h"

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL && text[0] != '\0' ? text : NULL;
}

enum cvp_code
cvp_tailored_read(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, struct cvp_vpr *vpr)
{
	enum cvp_code code = cvp_vpr_read(ctx, assets, input, vpr);

	if (code != CVP_OK)
		return code;
	return cvp_vpr_ground(
	    vpr, cvp_facts_of_cv(ctx, assets, vpr->cv, json_object_get(input, "gap_responses"), vpr->as_of));
}

enum cvp_code
cvp_tailoring_begin(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, struct cvp_tailoring *t)
{
	enum cvp_code code;

	*t = (struct cvp_tailoring){ .changes = cvp_own(ctx, json_array()), .warnings = cvp_own(ctx, json_array()) };
	code = cvp_tailored_read(ctx, assets, input, &t->vpr);
	if (code != CVP_OK)
		return code;
	if (t->vpr.cv->email.text == NULL) /* SPEC 2.2 */
		return cvp_fail_at(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD, "/resume/basics/email",
				   "Missing required field: email; a tailored CV needs one to be answered to.");
	cvp_wishes_read(t);
	cvp_tailored_weigh(t);
	cvp_wishes_unmet(t);
	return CVP_OK;
}

/* The posting's id: the request's, else where it was found, else `manual` (SPEC 2.3). */
static const char *
target_id(const json_t *input)
{
	const char *given = text_of(input, "job_id"), *url = text_of(json_object_get(input, "posting"), "source_url");

	return given != NULL ? given : url != NULL ? url : "manual";
}

static json_t *
cv_of(struct cvp_tailoring *t)
{
	long long cv_version = json_integer_value(json_object_get(t->vpr.input, "cv_version"));
	json_t *cv = json_object(), *highlights, *other;

	json_object_set_new(cv, "contact_info", cvp_tailored_contact(t));
	cvp_tailored_summary(t, cv);
	json_object_set_new(cv, "work_experience", cvp_tailored_jobs(t));
	highlights = cvp_tailored_highlights(t);
	if (highlights != NULL)
		json_object_set_new(cv, "x_highlights", highlights);
	json_object_set_new(cv, "skills", cvp_tailored_skills(t));
	json_object_set_new(cv, "education", cvp_tailored_schools(t));
	json_object_set_new(cv, "certifications", cvp_tailored_certifications(t));
	other = cvp_tailored_other(t);
	if (other != NULL)
		json_object_set_new(cv, "x_other", other);
	json_object_set_new(cv, "source_cv_version", json_integer(cv_version >= 1 ? cv_version : 1));
	json_object_set_new(cv, "target_job_id", json_string(target_id(t->vpr.input)));
	json_object_set_new(cv, "tailoring_version", json_integer(1));
	return cv;
}

static json_t *
metadata_of(struct cvp_tailoring *t)
{
	const json_t *input = t->vpr.input;
	const char *application_id = text_of(input, "application_id"), *user_id = text_of(input, "user_id");
	long long version = json_integer_value(json_object_get(input, "version"));

	return json_pack("{s:s, s:s, s:s, s:I, s:O, s:s, s:s*, s:[], s:o, s:b, s:O, s:[]}", "application_id",
			 application_id != NULL ? application_id : "", "user_id", user_id != NULL ? user_id : "",
			 "job_id", target_id(input), "version", (json_int_t)(version >= 1 ? version : 1), "created_at",
			 json_object_get(input, "as_of"), "x_language", cvp_language_name(t->vpr.phrases.language),
			 "x_cv_id", text_of(input, "cv_id"), "keyword_matches", "sections_modified",
			 cvp_tailored_sections(t->changes), "fvs_validation_passed", 0, "warnings", t->warnings,
			 "style_issues");
}

enum cvp_code
cvp_tailored_write(struct cvp_tailoring *t, json_t **artifact)
{
	const struct cvp_wishes *wishes = &t->wishes;
	json_t *made = cvp_own(t->vpr.ctx, json_object());
	json_t *answers = json_object_get(t->vpr.input, "gap_responses");

	json_object_set_new(made, "tailored_cv", cv_of(t));
	json_object_set_new(made, "metadata", metadata_of(t));
	json_object_set_new(made, "token_usage",
			    json_pack("{s:i, s:i, s:s, s:f}", "input_tokens", 0, "output_tokens", 0, "model",
				      CVP_BUILTIN, "cost_usd", 0.0));
	json_object_set_new(made, "x_target",
			    json_pack("{s:s?, s:s?}", "company_name", t->vpr.company, "role_title", t->vpr.role));
	json_object_set_new(made, "x_style",
			    json_pack("{s:s, s:s, s:b, s:s}", "tone", wishes->tone, "formality_level",
				      wishes->formality, "include_summary", wishes->has_summary, "length",
				      cvp_tailored_length_name(wishes->length)));
	if (json_array_size(answers) > 0) /* its pointers lead into them */
		json_object_set(made, "x_gap_responses", answers);
	json_object_set_new(made, "x_relevance", cvp_tailored_relevance(t));
	json_object_set(made, "x_changes", t->changes);
	*artifact = made;
	return CVP_OK;
}

static bool
has_bullet(const json_t *cv, const char *text)
{
	const json_t *jobs = json_object_get(cv, "work_experience");

	for (size_t i = 0; i < json_array_size(jobs); i++) {
		const json_t *bullets = json_object_get(json_array_get(jobs, i), "description_bullets");

		for (size_t j = 0; j < json_array_size(bullets); j++) {
			if (strcmp(json_string_value(json_array_get(bullets, j)), text) == 0)
				return true;
		}
	}
	return false;
}

/* Does a change still tell what stands in the CV? Not where verification took a rewritten text back. */
static bool
still_holds(const json_t *change, const json_t *cv)
{
	const char *after = text_of(change, "after"), *section = text_of(change, "section");

	if (strcmp(text_of(change, "kind"), "rewritten") != 0 || after == NULL)
		return true;
	if (strcmp(section, "executive_summary") != 0)
		return has_bullet(cv, after);
	after = text_of(cv, "executive_summary");
	if (after != NULL) /* maybe less a sentence */
		json_object_set_new((json_t *)change, "after", json_string(after));
	return after != NULL;
}

static void
drop_undone(json_t *changes, const json_t *cv)
{
	for (size_t i = json_array_size(changes); i > 0; i--) {
		if (!still_holds(json_array_get(changes, i - 1), cv))
			json_array_remove(changes, i - 1);
	}
}

/* What verification mended is warned of, and stands among the changes. */
static void
note_mended(struct cvp_tailoring *t, const json_t *made, const json_t *violations)
{
	size_t index;
	json_t *violation;

	json_array_foreach ((json_t *)violations, index, violation) {
		const char *field = text_of(violation, "field");
		const char *text = field != NULL ? cvp_pointer_text(made, field) : NULL;

		json_array_append(t->warnings, violation);
		cvp_tailored_change(t,
				    (struct cvp_change){ .kind = "reverted",
							 .section = "verification",
							 .field = field,
							 .before = text != NULL ? text : text_of(violation, "actual"),
							 .reason = "tailor.reverted" });
	}
}

enum cvp_code
cvp_tailored_prove(struct cvp_tailoring *t, json_t *made, json_t **artifact)
{
	struct cvp_ctx *ctx = t->vpr.ctx;
	json_t *mended, *report, *metadata, *violations;
	enum cvp_code code = cvp_verify_tailored_cv_mend(ctx, t->vpr.assets, t->vpr.input, made, &mended, &report);

	if (code != CVP_OK)
		return code;
	violations = json_object_get(report, "violations");
	if (json_is_true(json_object_get(report, "has_critical_violations")))
		return cvp_fail_details(ctx, CVP_FVS_HALLUCINATION_DETECTED, json_incref(violations),
					"The tailored CV states what the CV does not show; it was not stored.");
	drop_undone(t->changes, json_object_get(mended, "tailored_cv"));
	note_mended(t, made, violations);
	metadata = json_object_get(mended, "metadata");
	json_object_set(metadata, "warnings", t->warnings);
	json_object_set_new(metadata, "fvs_validation_passed", json_true());
	json_object_set(mended, "x_changes", t->changes);
	json_object_set_new(metadata, "sections_modified", cvp_tailored_sections(t->changes));
	cvp_tailored_count(&t->vpr, mended);
	*artifact = mended;
	return CVP_OK;
}

static enum cvp_code
generate(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, json_t **artifact)
{
	struct cvp_tailoring t;
	json_t *made;
	enum cvp_code code = cvp_tailoring_begin(ctx, assets, input, &t);

	if (code == CVP_OK)
		code = cvp_tailored_write(&t, &made);
	return code == CVP_OK ? cvp_tailored_prove(&t, made, artifact) : code;
}

const struct cvp_kind cvp_kind_tailored_cv = {
	.name = "tailored_cv",
	.generate = generate,
	.verify = cvp_verify_tailored_cv,
	.view = cvp_tailored_cv_view,
	.writing = &cvp_tailored_cv_writing,
	.is_awaited = true,
};
