/* vpr_culture.c - cultural fit: only where the company or the posting names a value and a line of the CV touches it. */
#include <string.h>

#include "career/vpr_parts.h"
#include "core/ctx.h"

#define SENTENCES_MAX 3
#define VALUE_MAX     90 /* code points of a value's name */

struct culture {
	struct cvp_vpr *vpr;
	struct cvp_said said;
	size_t sentences;
};

/* Words of values that say nothing by themselves. */
static bool
is_vague(const char *stem)
{
	static const char *const stems[] = { "first", "other", "alway", "never", "great",  "best", "togeth", "everi",
					     "peopl", "thing", "make",  "work",  "people", "back", "time",   "right" };

	for (size_t i = 0; i < CVP_COUNT(stems); i++) {
		if (strcmp(stems[i], stem) == 0)
			return true;
	}
	return false;
}

/* Do two texts share a soft skill, or a word that means something? A value is a word or two, so one word is much. */
static bool
touches(struct cvp_vpr *vpr, const char *value, const char *line)
{
	const struct cvp_lexicon *lexicon = vpr->assets->lexicon;
	struct cvp_words asked = cvp_words_of(vpr->ctx, value, strlen(value));
	struct cvp_words said = cvp_words_of(vpr->ctx, line, strlen(line));
	struct cvp_skill_hits wanted = cvp_lexicon_scan(vpr->ctx, lexicon, value, &asked);
	struct cvp_skill_hits shown = cvp_lexicon_scan(vpr->ctx, lexicon, line, &said);

	for (size_t i = 0; i < wanted.count; i++) {
		for (size_t j = 0; j < shown.count; j++) {
			if (wanted.hits[i].skill.index == shown.hits[j].skill.index)
				return true;
		}
	}
	for (size_t i = 0; i < asked.count; i++) {
		for (size_t j = 0; j < said.count && !asked.words[i].is_stop && asked.words[i].length > 4 &&
				   !is_vague(asked.words[i].stem);
		     j++) {
			if (strcmp(asked.words[i].stem, said.words[j].stem) == 0)
				return true;
		}
	}
	return false;
}

static struct cvp_vpr_line *
line_for(struct cvp_vpr *vpr, const char *value)
{
	struct cvp_vpr_line *best = NULL;

	for (size_t i = 0; i < vpr->line_count; i++) {
		struct cvp_vpr_line *line = &vpr->lines[i];

		if (!line->is_used && (best == NULL || line->worth > best->worth) && touches(vpr, value, line->quote))
			best = line;
	}
	return best;
}

static void
say(struct culture *c, const char *key, const char *value, struct cvp_vpr_line *line)
{
	struct cvp_vpr *vpr = c->vpr;
	const char *company = vpr->company != NULL ? cvp_vpr_quotable(vpr->ctx, vpr->company, 0)
						   : cvp_phrase(&vpr->phrases, "the.company", 0, NULL);

	cvp_said_sentence(&c->said, cvp_vpr_next(vpr, key,
						 (const struct cvp_slot[]){ { "company", company },
									    { "value", value },
									    { "quote", line->quote },
									    { "cite", cvp_vpr_cite(vpr, line) },
									    { NULL, NULL } }));
	line->is_used = true;
	c->sentences++;
}

static void
say_values(struct culture *c)
{
	const json_t *context = json_object_get(c->vpr->input, "company_context"),
		     *values = json_object_get(context, "values");

	for (size_t i = 0; i < json_array_size(values) && c->sentences < SENTENCES_MAX; i++) {
		const char *text = json_string_value(json_array_get(values, i)), *value;
		struct cvp_vpr_line *line;

		if (text == NULL)
			continue;
		value = cvp_vpr_quotable(c->vpr->ctx, text, VALUE_MAX);
		line = line_for(c->vpr, value);
		if (line != NULL)
			say(c, "culture.company", value, line);
	}
}

/* Does the requirement name a soft skill and nothing else? */
static bool
is_soft(const struct cvp_vpr *vpr, const struct cvp_vpr_row *row)
{
	if (row->asks == NULL || row->asks->group_count == 0)
		return false;
	for (size_t i = 0; i < row->asks->group_count; i++) {
		const struct cvp_skill_group *group = &row->asks->groups[i];

		for (size_t j = 0; j < group->count; j++) {
			if (cvp_skill_kind(vpr->assets->lexicon, group->any[j]) != CVP_SKILL_SOFT)
				return false;
		}
	}
	return true;
}

static void
say_posting(struct culture *c)
{
	struct cvp_vpr *vpr = c->vpr;

	for (size_t i = 0; i < vpr->row_count && c->sentences < SENTENCES_MAX; i++) {
		struct cvp_vpr_row *row = &vpr->rows[i];
		struct cvp_vpr_line *line;

		if (row->is_told || row->band < CVP_BAND_MODERATE || !is_soft(vpr, row))
			continue;
		line = cvp_vpr_proof(vpr, row);
		if (line == NULL)
			continue;
		say(c, "culture.posting", cvp_vpr_asked(vpr, row), line);
		row->is_told = true;
	}
}

void
cvp_vpr_culture(struct cvp_vpr *vpr, json_t *artifact)
{
	struct culture c = { .vpr = vpr, .said = cvp_said_new(vpr) };

	say_values(&c);
	say_posting(&c);
	if (c.sentences > 0)
		json_object_set_new(artifact, "cultural_fit", json_string(cvp_said_text(vpr, &c.said)));
	else
		cvp_buf_free(&c.said.text);
}
