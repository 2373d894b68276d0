/* vpr.c - the kind `vpr`: the Value Proposition Report of a CV for a posting (SPEC 2.4, 7.8). */
#include <stdlib.h>
#include <string.h>

#include "career/kind.h"
#include "career/verify.h"
#include "career/verify_artifact.h"
#include "career/vpr_parts.h"
#include "career/vpr_view.h"
#include "core/ctx.h"

/* Copies a text of the input, "" where it is missing. */
static void
copy_text(json_t *artifact, const json_t *input, const char *key)
{
	const char *text = json_string_value(json_object_get(input, key));

	json_object_set_new(artifact, key, json_string(text != NULL ? text : ""));
}

static void
set_target(const struct cvp_vpr *vpr, json_t *artifact)
{
	json_t *target = json_object();

	json_object_set_new(target, "company_name", vpr->company != NULL ? json_string(vpr->company) : json_null());
	json_object_set_new(target, "role_title", vpr->role != NULL ? json_string(vpr->role) : json_null());
	json_object_set_new(artifact, "x_target", target);
}

/* The match without its matrix, which is the report's own. */
static void
set_match(const struct cvp_vpr *vpr, json_t *artifact)
{
	static const char *const keys[] = { "score", "coverage", "gap_level", "keywords", "ats" };
	json_t *match = json_object();

	for (size_t i = 0; i < CVP_COUNT(keys); i++)
		json_object_set(match, keys[i], json_object_get(vpr->match, keys[i]));
	json_object_set_new(artifact, "x_match", match);
	json_object_set(artifact, "evidence_matrix", json_object_get(vpr->match, "evidence_matrix"));
	json_object_set(artifact, "keywords", json_object_get(json_object_get(vpr->match, "keywords"), "present"));
}

static size_t
count_words(const char *text)
{
	static const char space[] = " \t\n\r\v\f";
	size_t count = 0;

	for (text += strspn(text, space); *text != '\0'; text += strspn(text, space)) {
		count++;
		text += strcspn(text, space);
	}
	return count;
}

/* Words of all texts in a value; pointers and names of levels are no text. */
static size_t
words_in(const char *key, const json_t *value)
{
	static const char *const unread[] = { "source", "alignment_score", "impact_potential" };
	const char *member;
	size_t count = 0, index;
	json_t *entry;

	for (size_t i = 0; i < CVP_COUNT(unread); i++) {
		if (strcmp(key, unread[i]) == 0)
			return 0;
	}
	if (json_is_string(value))
		return count_words(json_string_value(value));
	json_array_foreach ((json_t *)value, index, entry)
		count += words_in("", entry);
	json_object_foreach ((json_t *)value, member, entry)
		count += words_in(member, entry);
	return count;
}

size_t
cvp_vpr_word_count(const json_t *artifact)
{
	static const char *const texts[] = { "executive_summary", "evidence_matrix", "differentiators",
					     "gap_strategies",    "cultural_fit",    "talking_points",
					     "keywords" };
	size_t count = 0;

	for (size_t i = 0; i < CVP_COUNT(texts); i++)
		count += words_in(texts[i], json_object_get(artifact, texts[i]));
	return count;
}

json_t *
cvp_vpr_frame(const struct cvp_vpr *vpr)
{
	long long version = json_integer_value(json_object_get(vpr->input, "version"));
	json_t *made = cvp_own(vpr->ctx, json_object());

	copy_text(made, vpr->input, "application_id");
	copy_text(made, vpr->input, "user_id");
	set_match(vpr, made);
	set_target(vpr, made);
	json_object_set_new(made, "version", json_integer(version >= 1 ? version : 1));
	json_object_set_new(made, "language", json_string(cvp_language_name(vpr->phrases.language)));
	json_object_set(made, "created_at", json_object_get(vpr->input, "as_of"));
	return made;
}

void
cvp_vpr_count_words(json_t *report)
{
	json_object_set_new(report, "word_count", json_integer((json_int_t)cvp_vpr_word_count(report)));
}

enum cvp_code
cvp_vpr_write(struct cvp_vpr *vpr, json_t **report)
{
	json_t *made = cvp_vpr_frame(vpr);

	cvp_vpr_summary(vpr, made);
	cvp_vpr_differentiators(vpr, made);
	cvp_vpr_culture(vpr, made); /* before the points: its lines are few, stories find others */
	cvp_vpr_points(vpr, made);
	cvp_vpr_strategies(vpr, made);
	cvp_vpr_count_words(made);
	*report = made;
	return CVP_OK;
}

/* Is a violation's field this member, or below it? The number after it, if any, is the entry. */
static bool
is_field_of(const char *field, const char *member, long *entry)
{
	size_t length = strlen(member);
	char *end;

	*entry = -1;
	if (field[0] != '/' || strncmp(field + 1, member, length) != 0)
		return false;
	field += 1 + length;
	if (*field == '/')
		*entry = strtol(field + 1, &end, 10);
	return *field == '/' || *field == '\0';
}

/* Empties the entry a violation names in a list, and the ones beside it in the lists that run parallel. */
static void
drop_entry(json_t *report, const char *const *lists, size_t count, const char *field)
{
	for (size_t i = 0; i < count; i++) {
		long entry;

		if (!is_field_of(field, lists[i], &entry) || entry < 0)
			continue;
		for (size_t j = 0; j < count; j++) { /* null now, swept later, so that numbers stay */
			json_t *list = json_object_get(report, lists[j]);

			if ((size_t)entry < json_array_size(list))
				json_array_set_new(list, (size_t)entry, json_null());
		}
	}
}

static void
sweep(json_t *report, const char *const *lists, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		json_t *list = json_object_get(report, lists[i]);

		for (size_t at = json_array_size(list); at > 0; at--) {
			if (json_is_null(json_array_get(list, at - 1)))
				json_array_remove(list, at - 1);
		}
	}
}

/* SPEC 8: a sentence of ours that verification refuses (a CV may say odd things) is left out. */
static void
leave_out(struct cvp_vpr *vpr, json_t *report, const json_t *violations)
{
	static const char *const differentiators[] = { "differentiators", "x_differentiator_sources" };
	static const char *const points[] = { "talking_points", "x_talking_point_sources" };
	static const char *const alone[] = { "gap_strategies", "keywords" };
	size_t index;
	json_t *violation;
	long entry;

	json_array_foreach ((json_t *)violations, index, violation) {
		const char *field = json_string_value(json_object_get(violation, "field"));

		drop_entry(report, differentiators, CVP_COUNT(differentiators), field);
		drop_entry(report, points, CVP_COUNT(points), field);
		for (size_t i = 0; i < CVP_COUNT(alone); i++)
			drop_entry(report, &alone[i], 1, field);
		if (is_field_of(field, "cultural_fit", &entry))
			json_object_del(report, "cultural_fit");
		if (is_field_of(field, "executive_summary", &entry) || is_field_of(field, "x_summary_sources", &entry))
			cvp_vpr_bare_summary(vpr, report);
	}
	sweep(report, differentiators, CVP_COUNT(differentiators));
	sweep(report, points, CVP_COUNT(points));
	sweep(report, alone, CVP_COUNT(alone));
	cvp_vpr_count_words(report);
}

/* Leaving out was enough. */
static enum cvp_code
prove(struct cvp_vpr *vpr, struct cvp_verification *v, const json_t *report)
{
	json_t *verdict;
	enum cvp_code code = cvp_verify_report(v, report, &verdict);

	if (code == CVP_OK && json_is_true(json_object_get(verdict, "has_critical_violations")))
		code = cvp_fail_details(vpr->ctx, CVP_FVS_HALLUCINATION_DETECTED,
					json_incref(json_object_get(verdict, "violations")),
					"The report states what the CV does not show; it was not stored.");
	return code;
}

enum cvp_code
cvp_vpr_make(struct cvp_vpr *vpr, struct cvp_verification *v, json_t **report)
{
	json_t *made, *verdict, *violations;
	enum cvp_code code = cvp_vpr_write(vpr, &made);

	if (code == CVP_OK)
		code = cvp_verify_report(v, made, &verdict);
	if (code != CVP_OK)
		return code;
	*report = made;
	violations = json_object_get(verdict, "violations");
	if (json_array_size(violations) == 0)
		return CVP_OK;
	leave_out(vpr, made, violations);
	return prove(vpr, v, made);
}

static enum cvp_code
vpr_generate(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, json_t **artifact)
{
	struct cvp_verification v;
	struct cvp_vpr vpr;
	enum cvp_code code = cvp_vpr_begin(ctx, assets, input, &vpr, &v);

	return code == CVP_OK ? cvp_vpr_make(&vpr, &v, artifact) : code;
}

const struct cvp_kind cvp_kind_vpr = {
	.name = "vpr",
	.generate = vpr_generate,
	.verify = cvp_verify_vpr,
	.view = cvp_vpr_view,
	.writing = &cvp_vpr_writing,
};
