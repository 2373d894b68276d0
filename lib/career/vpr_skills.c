/* vpr_skills.c - naming skills: shown ones as the CV writes them, missing ones as the posting does. */
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

#include "career/vpr_parts.h"
#include "core/ctx.h"

#define BROAD_FROM 8 /* skills that imply one make it a field */

/* Is it a field rather than a skill, implied by many others? It says little on its own. */
static bool
is_broad(const struct cvp_vpr *vpr, struct cvp_skill_id skill)
{
	const struct cvp_lexicon *lexicon = vpr->assets->lexicon;
	size_t narrower = 0;

	if (vpr->breadth[skill.index] == 0) {
		for (size_t i = 0; i < cvp_lexicon_size(lexicon) && narrower < BROAD_FROM; i++)
			narrower += cvp_skill_implies(lexicon, (struct cvp_skill_id){ (int)i }, skill);
		vpr->breadth[skill.index] = narrower >= BROAD_FROM ? 2 : 1;
	}
	return vpr->breadth[skill.index] == 2;
}

bool
cvp_vpr_line_names(const struct cvp_vpr *vpr, size_t line, struct cvp_skill_id skill)
{
	const struct cvp_fact_text *text = vpr->line_texts[line];

	for (size_t i = 0; text != NULL && i < text->skill_count; i++) {
		if (text->skills[i].index == skill.index ||
		    cvp_skill_implies(vpr->assets->lexicon, text->skills[i], skill))
			return true;
	}
	return false;
}

/* Soft skills are everybody's; only what can be checked is named as a strength or a gap. */
static bool
is_checkable(const struct cvp_vpr *vpr, struct cvp_skill_id skill)
{
	return cvp_skill_kind(vpr->assets->lexicon, skill) != CVP_SKILL_SOFT;
}

/* Cut from the middle of a Russian or Hebrew sentence, a name stands in some case or with some prefix: no list can take
 * it as it is. */
static bool
is_inflected(const char *name)
{
	return cvp_language_detect(name, strlen(name)) != CVP_EN;
}

/* Is the first word all of a name that is written small: a Russian word, or a word before small words ("Machine
 * learning")? A Latin word alone may be anybody's name (Python). */
static bool
is_common(ucs4_t first, const char *rest)
{
	const char *space = strchr(rest, ' ');
	ucs4_t second, other;

	if (u8_next(&second, (const uint8_t *)rest) == NULL || !uc_is_lower(second))
		return false;
	if (first >= 0x400 && first <= 0x52F)
		return true;
	return space != NULL && u8_next(&other, (const uint8_t *)space + 1) != NULL && uc_is_lower(other);
}

/* A common word that begins a line has its capital from there. */
static const char *
without_line_capital(struct cvp_ctx *ctx, const char *name)
{
	ucs4_t first;
	const uint8_t *next = u8_next(&first, (const uint8_t *)name);
	uint8_t lower[4];
	int length;

	if (next == NULL || !is_common(first, (const char *)next))
		return name;
	length = u8_uctomb(lower, uc_tolower(first), sizeof(lower));
	return length > 0 ? cvp_arena_printf(ctx->arena, "%.*s%s", length, (const char *)lower, (const char *)next)
			  : name;
}

struct cvp_vpr_skill
cvp_vpr_skill_shown(const struct cvp_vpr *vpr, struct cvp_skill_id id)
{
	const char *surface = vpr->facts->surfaces[id.index], *name = cvp_skill_name(vpr->assets->lexicon, id);

	if (surface == NULL || (!vpr->facts->is_listed[id.index] && is_inflected(surface)))
		return (struct cvp_vpr_skill){ id, NULL, false };
	if (strchr(surface, ' ') == NULL && strcasecmp(surface, name) == 0)
		return (struct cvp_vpr_skill){ id, name,
					       is_broad(vpr, id) }; /* "aws", "Javascript": as the name is spelt */
	return (struct cvp_vpr_skill){ id, without_line_capital(vpr->ctx, surface), is_broad(vpr, id) };
}

/* The skill as the requirement writes it, else by its name in the lexicon. A NULL name: it cannot be named well. */
static struct cvp_vpr_skill
missing_skill(const struct cvp_vpr *vpr, const char *requirement, struct cvp_skill_id id)
{
	struct cvp_words words = cvp_words_of(vpr->ctx, requirement, strlen(requirement));
	struct cvp_skill_hits hits = cvp_lexicon_scan(vpr->ctx, vpr->assets->lexicon, requirement, &words);

	for (size_t i = 0; i < hits.count; i++) {
		const struct cvp_word *first = &words.words[hits.hits[i].first];
		const struct cvp_word *last = first + hits.hits[i].count - 1;

		if (hits.hits[i].skill.index == id.index) {
			const char *name = cvp_arena_strndup(vpr->ctx->arena, requirement + first->offset,
							     last->offset + last->length - first->offset);

			if (first->offset == 0)
				return (struct cvp_vpr_skill){ id, without_line_capital(vpr->ctx, name), false };
			return (struct cvp_vpr_skill){ id, is_inflected(name) ? NULL : name, false };
		}
	}
	return (struct cvp_vpr_skill){ id, cvp_skill_name(vpr->assets->lexicon, id), false };
}

size_t
cvp_vpr_skill_add(struct cvp_vpr_skill *skills, size_t count, size_t most, struct cvp_vpr_skill skill)
{
	for (size_t i = 0; i < count; i++) {
		if (skills[i].id.index == skill.id.index ||
		    (skill.name != NULL && strcmp(skills[i].name, skill.name) == 0))
			return count;
	}
	if (skill.name == NULL || count == most)
		return count;
	skills[count] = skill;
	return count + 1;
}

const char *
cvp_vpr_skill_list(const struct cvp_vpr *vpr, const struct cvp_vpr_skill *skills, size_t count)
{
	const char *names[CVP_VPR_SKILLS_MAX];

	for (size_t i = 0; i < count; i++)
		names[i] = skills[i].name;
	return cvp_phrase_list(&vpr->phrases, names, count);
}

void
cvp_vpr_skill_sort(struct cvp_vpr *vpr, struct cvp_vpr_row *row, const struct cvp_skill_group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		if (cvp_facts_have_skill(vpr->facts, group->any[i])) {
			if (is_checkable(vpr, group->any[i]))
				row->shown_count = cvp_vpr_skill_add(row->shown, row->shown_count, CVP_VPR_SKILLS_MAX,
								     cvp_vpr_skill_shown(vpr, group->any[i]));
			return;
		}
	}
	if (group->count > 0 && is_checkable(vpr, group->any[0]))
		row->missing_count = cvp_vpr_skill_add(row->missing, row->missing_count, CVP_VPR_SKILLS_MAX,
						       missing_skill(vpr, row->requirement, group->any[0]));
}
