/* tailored_cv_count.c - what is counted over the finished text: keywords that stand in it, its style. */
#include <string.h>

#include "career/style.h"
#include "career/tailored_cv_parts.h"
#include "core/ctx.h"

#define STYLED_MAX 3500 /* texts of a CV: 60 jobs of 50 bullets, and some */

struct count {
	struct cvp_vpr *vpr;
	bool *is_named; /* by lexicon index */
	struct cvp_styled *texts;
	size_t text_count;
};

static void
name_in(struct count *count, const char *text)
{
	struct cvp_words words = cvp_words_of(count->vpr->ctx, text, strlen(text));
	struct cvp_skill_hits hits = cvp_lexicon_scan(count->vpr->ctx, count->vpr->assets->lexicon, text, &words);

	for (size_t i = 0; i < hits.count; i++)
		count->is_named[hits.hits[i].skill.index] = true;
}

/* Pointers and the posting's own words beside the candidate's say nothing of the candidate. */
static bool
is_read(const char *key)
{
	return strcmp(key, "x_source") != 0 && strcmp(key, "x_description_source") != 0 &&
	       strcmp(key, "bullet_sources") != 0 && strcmp(key, "sources") != 0 &&
	       strcmp(key, "original_bullets") != 0 && strcmp(key, "x_summary_sources") != 0 &&
	       strcmp(key, "matched_requirements") != 0 && strcmp(key, "keyword_alignments") != 0 &&
	       strcmp(key, "target_job_id") != 0;
}

static void
name_all(struct count *count, const json_t *value)
{
	const char *key;
	json_t *member;
	size_t index;

	if (json_is_string(value))
		name_in(count, json_string_value(value));
	json_array_foreach ((json_t *)value, index, member)
		name_all(count, member);
	json_object_foreach ((json_t *)value, key, member) {
		if (is_read(key))
			name_all(count, member);
	}
}

static bool
is_shown(const struct count *count, const char *keyword)
{
	const struct cvp_lexicon *lexicon = count->vpr->assets->lexicon;
	struct cvp_skill_id skill;

	if (!cvp_lexicon_find(count->vpr->ctx, lexicon, keyword, &skill))
		return false;
	for (size_t i = 0; i < cvp_lexicon_size(lexicon); i++) {
		if (count->is_named[i] &&
		    ((int)i == skill.index || cvp_skill_implies(lexicon, (struct cvp_skill_id){ (int)i }, skill)))
			return true;
	}
	return false;
}

/* The posting's keywords that stand in a part of the CV: a new reference. */
static json_t *
keywords_in(struct count *count, const json_t *part)
{
	static const char *const lists[] = { "present", "missing" };
	const json_t *keywords = json_object_get(count->vpr->match, "keywords");
	json_t *shown = json_array();

	count->is_named = cvp_arena_alloc(count->vpr->ctx->arena, cvp_lexicon_size(count->vpr->assets->lexicon) + 1);
	name_all(count, part);
	for (size_t i = 0; i < CVP_COUNT(lists); i++) {
		const json_t *list = json_object_get(keywords, lists[i]);

		for (size_t j = 0; j < json_array_size(list); j++) {
			if (is_shown(count, json_string_value(json_array_get(list, j))))
				json_array_append(shown, json_array_get(list, j));
		}
	}
	return shown;
}

static void
add_text(struct count *count, const json_t *text, const char *field)
{
	if (count->text_count < STYLED_MAX && json_string_length(text) > 0)
		count->texts[count->text_count++] = (struct cvp_styled){ field, json_string_value(text) };
}

/* The bullets first: what they begin with is judged. */
static void
judge_style(struct count *count, const json_t *cv, json_t *metadata)
{
	const json_t *jobs = json_object_get(cv, "work_experience");
	struct cvp_arena *arena = count->vpr->ctx->arena;

	count->texts = cvp_arena_alloc(arena, STYLED_MAX * sizeof(*count->texts));
	for (size_t i = 0; i < json_array_size(jobs); i++) {
		const json_t *bullets = json_object_get(json_array_get(jobs, i), "description_bullets");

		for (size_t j = 0; j < json_array_size(bullets); j++)
			add_text(count, json_array_get(bullets, j),
				 cvp_arena_printf(arena, CVP_TAILORED_CV "/work_experience/%zu/description_bullets/%zu",
						  i, j));
	}
	add_text(count, json_object_get(cv, "executive_summary"), CVP_TAILORED_CV "/executive_summary");
	json_object_set(metadata, "style_issues", cvp_style_issues(count->vpr->ctx, count->texts, count->text_count));
}

void
cvp_tailored_count(struct cvp_vpr *vpr, json_t *artifact)
{
	json_t *cv = json_object_get(artifact, "tailored_cv"), *metadata = json_object_get(artifact, "metadata");
	json_t *jobs = json_object_get(cv, "work_experience");
	struct count count = { .vpr = vpr };

	for (size_t i = 0; i < json_array_size(jobs); i++) {
		json_t *job = json_array_get(jobs, i);

		json_object_set_new(job, "keyword_alignments",
				    keywords_in(&count, json_object_get(job, "description_bullets")));
	}
	json_object_set_new(metadata, "keyword_matches", keywords_in(&count, cv));
	judge_style(&count, cv, metadata);
}
