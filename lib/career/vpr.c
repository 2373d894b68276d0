/* vpr.c - the kind `vpr`: the Value Proposition Report of a CV for a posting (SPEC 2.4, 7.8). */
#include <string.h>

#include "career/kind.h"
#include "career/verify.h"
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

static enum cvp_code
vpr_generate(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, json_t **artifact)
{
	json_t *report = cvp_own(ctx, json_object());
	long long version = json_integer_value(json_object_get(input, "version"));
	struct cvp_vpr vpr;
	enum cvp_code code = cvp_vpr_begin(ctx, assets, input, &vpr);

	if (code != CVP_OK)
		return code;
	copy_text(report, input, "application_id");
	copy_text(report, input, "user_id");
	cvp_vpr_summary(&vpr, report);
	set_match(&vpr, report);
	cvp_vpr_differentiators(&vpr, report);
	cvp_vpr_culture(&vpr, report); /* before the points: its lines are few, stories find others */
	cvp_vpr_points(&vpr, report);
	cvp_vpr_strategies(&vpr, report);
	set_target(&vpr, report);
	json_object_set_new(report, "version", json_integer(version >= 1 ? version : 1));
	json_object_set_new(report, "language", json_string(cvp_language_name(vpr.phrases.language)));
	copy_text(report, input, "as_of");
	json_object_set(report, "created_at", json_object_get(report, "as_of"));
	json_object_del(report, "as_of");
	json_object_set_new(report, "word_count", json_integer((json_int_t)cvp_vpr_word_count(report)));
	*artifact = report;
	return CVP_OK;
}

const struct cvp_kind cvp_kind_vpr = {
	.name = "vpr",
	.generate = vpr_generate,
	.verify = cvp_verify_vpr,
	.view = cvp_vpr_view,
};
