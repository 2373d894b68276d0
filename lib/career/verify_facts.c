/* verify_facts.c - builds the index: walks the strings, cuts them into words, figures, skills and degrees. */
#include "career/verify_facts.h"

#include <stdio.h>
#include <string.h>

#include "career/cv_pointer.h"
#include "career/kind.h"
#include "career/verify_cues.h"
#include "career/verify_plain.h"
#include "core/buf.h"
#include "core/ctx.h"

#define DEPTH_MAX  64                /* of members in members; deeper strings are no facts */
#define CORPUS_MAX (8 * 1024 * 1024) /* bytes of all words of a CV, far beyond a CV of SPEC 2.5 */

struct builder {
	struct cvp_ctx *ctx;
	struct cvp_facts *facts;
	struct cvp_buf words, stems;
};

/* Grows an array of the facts by one element and returns it, zeroed. */
static void *
grown(struct cvp_ctx *ctx, void *array, size_t count, size_t *room, size_t size)
{
	size_t more = *room > 0 ? 2 * *room : 64;

	if (count < *room)
		return array;
	array = cvp_arena_grow(ctx->arena, array, *room * size, more * size);
	*room = more;
	return array;
}

static bool
is_one_of(const char *key, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i], key) == 0)
			return true;
	}
	return false;
}

/* Members that say nothing of the candidate. */
static bool
is_no_fact(const char *key)
{
	static const char *const keys[] = { "$schema", "meta", "image", "picture", "x_parse" };

	return is_one_of(key, keys, CVP_COUNT(keys));
}

/* Members whose digits are no figures. */
static bool
is_figureless(const char *key)
{
	static const char *const keys[] = { "phone",   "url",   "website",  "postalCode",
					    "address", "email", "username", "source_url" };

	return is_one_of(key, keys, CVP_COUNT(keys));
}

/* "Backend developer", "бухгалтер": who does it, not what is done. */
static bool
names_role(const struct cvp_words *words, const struct cvp_skill_hit *hit)
{
	for (size_t i = 0; i < hit->count; i++) {
		if (cvp_is_role_noun(words->words[hit->first + i].folded))
			return true;
	}
	return false;
}

/* Keeps how a skill is written: the first place, but rather one where it stands alone. */
static void
set_surface(struct cvp_ctx *ctx, struct cvp_facts *facts, const char *plain, const struct cvp_words *words,
	    const struct cvp_skill_hit *hit)
{
	const struct cvp_word *first = &words->words[hit->first], *last = &words->words[hit->first + hit->count - 1];
	bool is_whole = hit->count == words->count;
	int skill = hit->skill.index;

	if (names_role(words, hit) || (facts->surfaces[skill] != NULL && (facts->is_listed[skill] || !is_whole)))
		return;
	facts->is_listed[skill] = is_whole;
	facts->surfaces[skill] = cvp_arena_strndup(ctx->arena, plain + first->offset,
						   last->offset + last->length - first->offset);
}

/* Members that name a post, a school or a firm: a skill inside such a name is no way to write the skill. */
static bool
is_name(const char *key)
{
	static const char *const keys[] = { "position",     "label",    "title",   "role",      "roles",
					    "studyType",    "area",     "degree",  "company",   "institution",
					    "organization", "employer", "awarder", "publisher", "issuer" };

	return is_one_of(key, keys, CVP_COUNT(keys));
}

/* Is it a line of the CV's view, or an answer? Keys nobody knows may prove a fact, but evidence never points there. */
static bool
is_line(const struct cvp_cv *cv, const char *pointer)
{
	for (size_t i = 0; cv != NULL && i < cv->line_count; i++) {
		if (strcmp(cv->lines[i].at.pointer, pointer) == 0)
			return true;
	}
	return strncmp(pointer, "/gap_responses/", 15) == 0;
}

/* Marks the skills of the text added last. */
static void
add_skills(struct builder *b, const char *key, const struct cvp_words *words)
{
	struct cvp_facts *f = b->facts;
	struct cvp_fact_text *text = &f->texts[f->text_count - 1];
	struct cvp_skill_hits hits = cvp_lexicon_scan(b->ctx, f->lexicon, text->plain, words);
	bool is_shown = hits.count > 0 && !is_name(key) && is_line(f->cv, text->pointer);

	text->skills = cvp_arena_alloc(b->ctx->arena, hits.count * sizeof(*text->skills));
	for (size_t i = 0; i < hits.count; i++) {
		struct cvp_skill_id skill = hits.hits[i].skill;

		text->skills[text->skill_count++] = skill;
		if (!f->skills[skill.index])
			f->named[f->named_count++] = skill;
		f->skills[skill.index] = true;
		if (is_shown)
			set_surface(b->ctx, f, text->plain, words, &hits.hits[i]);
		if (cvp_skill_kind(f->lexicon, skill) == CVP_SKILL_CERTIFICATION)
			f->has_certificate = true;
	}
}

static void
add_number(struct builder *b, const struct cvp_number *number)
{
	struct cvp_facts *f = b->facts;

	f->numbers = grown(b->ctx, f->numbers, f->number_count, &f->number_room, sizeof(*f->numbers));
	f->numbers[f->number_count++] = (struct cvp_fact_number){ *number, f->text_count - 1 };
}

/* An ISO date proves its year, not the numbers of its month and day. */
static bool
is_iso_date(const char *plain)
{
	size_t length = strlen(plain);

	return (length == 4 || length == 7 || length == 10) && strspn(plain, "0123456789-") == length &&
	       strspn(plain, "0123456789") == 4;
}

static void
add_numbers(struct builder *b, const char *plain)
{
	struct cvp_numbers numbers = cvp_numbers_of(b->ctx, plain);
	size_t count = is_iso_date(plain) && numbers.count > 0 ? 1 : numbers.count;

	for (size_t i = 0; i < count; i++)
		add_number(b, &numbers.rows[i]);
}

static void
add_words(struct builder *b, const struct cvp_words *words)
{
	cvp_buf_char(&b->words, ' ');
	cvp_buf_char(&b->stems, ' ');
	for (size_t i = 0; i < words->count; i++) {
		cvp_buf_text(&b->words, words->words[i].folded);
		cvp_buf_char(&b->words, ' ');
		cvp_buf_text(&b->stems, words->words[i].stem);
		cvp_buf_char(&b->stems, ' ');
	}
	cvp_buf_char(&b->words, '\n');
	cvp_buf_char(&b->stems, '\n');
}

static bool
names_certificate(const struct cvp_words *words)
{
	static const char *const stems[] = { "certif",    "licens", "licenc", "сертиф", "лиценз",
					     "удостовер", "הסמכ",   "תעוד",   "רישיו" };

	for (size_t i = 0; i < words->count; i++) {
		for (size_t j = 0; j < CVP_COUNT(stems); j++) {
			if (strncmp(words->words[i].folded, stems[j], strlen(stems[j])) == 0)
				return true;
		}
	}
	return false;
}

static void
add_text(struct builder *b, const char *pointer, const char *key, const char *text)
{
	struct cvp_facts *f = b->facts;
	const char *plain = cvp_plain_text(b->ctx, text);
	struct cvp_words words;

	if (plain[0] == '\0')
		return;
	words = cvp_words_of(b->ctx, plain, strlen(plain));
	f->texts = grown(b->ctx, f->texts, f->text_count, &f->text_room, sizeof(*f->texts));
	f->texts[f->text_count++] = (struct cvp_fact_text){
		.pointer = pointer, .plain = plain, .words = words, .is_figureless = is_figureless(key)
	};
	add_words(b, &words);
	add_skills(b, key, &words);
	f->degrees |= cvp_degrees_in(&words, 0, words.count);
	if (words.count == 1 && strncmp(pointer, "/education/", 11) == 0)
		f->degrees |= cvp_degree_alone(words.words[0].folded);
	f->has_certificate = f->has_certificate || names_certificate(&words);
	if (!is_figureless(key))
		add_numbers(b, plain);
}

static void add_value(struct builder *b, const char *pointer, const char *key, const json_t *value, int depth);

static void
add_members(struct builder *b, const char *pointer, const json_t *object, int depth)
{
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)object, key, value) {
		if (!is_no_fact(key))
			add_value(b, cvp_pointer_key(b->ctx, pointer, key), key, value, depth + 1);
	}
}

static void
add_value(struct builder *b, const char *pointer, const char *key, const json_t *value, int depth)
{
	size_t index;
	json_t *entry;

	if (depth > DEPTH_MAX)
		return;
	switch (json_typeof(value)) {
	case JSON_STRING:
		add_text(b, pointer, key, json_string_value(value));
		break;
	case JSON_INTEGER:
	case JSON_REAL:
		add_text(b, pointer, key, cvp_arena_printf(b->ctx->arena, "%.15g", json_number_value(value)));
		break;
	case JSON_OBJECT:
		add_members(b, pointer, value, depth);
		break;
	case JSON_ARRAY:
		json_array_foreach (value, index, entry)
			add_value(b, cvp_pointer_index(b->ctx, pointer, index), key, entry, depth + 1);
		break;
	default:
		break;
	}
}

static void
add_entity(struct builder *b, enum cvp_entity_kind kind, const char *text, const struct cvp_cv_entry *entry)
{
	struct cvp_facts *f = b->facts;
	struct cvp_words words;
	const char *plain;

	if (text == NULL)
		return;
	plain = cvp_plain_text(b->ctx, text);
	words = cvp_words_of(b->ctx, plain, strlen(plain));
	if (words.count == 0)
		return;
	f->entities = grown(b->ctx, f->entities, f->entity_count, &f->entity_room, sizeof(*f->entities));
	f->entities[f->entity_count++] = (struct cvp_entity){ .kind = kind,
							      .plain = plain,
							      .folded = cvp_text_fold(b->ctx, plain),
							      .key = cvp_words_key(b->ctx, &words, 0, words.count),
							      .stems = cvp_stems_key(b->ctx, &words, 0, words.count),
							      .entry = entry };
}

static void
add_entry_entities(struct builder *b)
{
	const struct cvp_cv *cv = b->facts->cv;

	for (size_t i = 0; i < cv->entry_count; i++) {
		const struct cvp_cv_entry *e = &cv->entries[i];
		bool is_school = e->section == CVP_CV_EDUCATION;

		add_entity(b, is_school ? CVP_ENTITY_INSTITUTION : CVP_ENTITY_EMPLOYER, e->organisation.text, e);
		add_entity(b, is_school ? CVP_ENTITY_DEGREE : CVP_ENTITY_TITLE, e->title.text, e);
		add_entity(b, CVP_ENTITY_DEGREE, e->area.text, e);
		add_entity(b, CVP_ENTITY_OTHER, e->location.text, e);
	}
}

/* What a line outside jobs, schools and projects names. */
static enum cvp_entity_kind
line_entity(const struct cvp_cv_line *line)
{
	if (line->section == CVP_CV_CERTIFICATES && (line->role == CVP_CV_SKILL || line->role == CVP_CV_TITLE))
		return CVP_ENTITY_CERTIFICATE;
	if (line->section == CVP_CV_BASICS && line->role == CVP_CV_TITLE)
		return CVP_ENTITY_TITLE;
	return CVP_ENTITY_OTHER;
}

static void
add_line_entities(struct builder *b)
{
	const struct cvp_cv *cv = b->facts->cv;

	for (size_t i = 0; i < cv->line_count; i++) {
		const struct cvp_cv_line *line = &cv->lines[i];
		bool in_entry = line->section == CVP_CV_WORK || line->section == CVP_CV_VOLUNTEER ||
				line->section == CVP_CV_EDUCATION || line->section == CVP_CV_PROJECTS;

		if (line->role == CVP_CV_BULLET || line->role == CVP_CV_SUMMARY || line->role == CVP_CV_LEVEL)
			continue;
		if (!in_entry || line->role == CVP_CV_SKILL)
			add_entity(b, line_entity(line), line->at.text, NULL);
	}
}

/* Roles in projects, places and names that are no lines of the CV's view. */
static void
add_loose_entities(struct builder *b)
{
	const struct cvp_facts *f = b->facts;

	for (size_t i = 0; i < f->text_count; i++) {
		const char *pointer = f->texts[i].pointer;

		if (strstr(pointer, "/roles/") != NULL)
			add_entity(b, CVP_ENTITY_TITLE, f->texts[i].plain, NULL);
		else if (strncmp(pointer, "/basics/location", 16) == 0 || strncmp(pointer, "/references/", 12) == 0)
			add_entity(b, CVP_ENTITY_OTHER, f->texts[i].plain, NULL);
	}
}

static bool
same_employer(const struct cvp_cv_entry *entry, void *arg)
{
	const struct cvp_cv_entry *other = arg;

	return entry->organisation.text != NULL && other->organisation.text != NULL &&
	       strcmp(entry->organisation.text, other->organisation.text) == 0;
}

static void
add_spans(struct builder *b, struct cvp_date as_of)
{
	struct cvp_facts *f = b->facts;
	const struct cvp_cv *cv = f->cv;

	f->months = cvp_arena_alloc(b->ctx->arena, (2 * cv->entry_count + 1) * sizeof(int));
	f->months[f->month_count++] = cvp_cv_months_worked(cv, as_of, NULL, NULL);
	for (size_t i = 0; i < cv->entry_count; i++) {
		const struct cvp_cv_entry *e = &cv->entries[i];

		if (e->start.year != 0)
			f->months[f->month_count++] = cvp_date_months(e->start, e->is_open ? as_of : e->end);
		if (e->section == CVP_CV_WORK)
			f->months[f->month_count++] = cvp_cv_months_worked(cv, as_of, same_employer, (void *)e);
	}
}

static void
begin(struct builder *b, struct cvp_ctx *ctx, const struct cvp_assets *assets)
{
	size_t size = cvp_lexicon_size(assets->lexicon);

	*b = (struct builder){ .ctx = ctx, .words = CVP_BUF(CORPUS_MAX), .stems = CVP_BUF(CORPUS_MAX) };
	b->facts = cvp_arena_alloc(ctx->arena, sizeof(*b->facts));
	b->facts->lexicon = assets->lexicon;
	b->facts->skills = cvp_arena_alloc(ctx->arena, size * sizeof(*b->facts->skills));
	b->facts->named = cvp_arena_alloc(ctx->arena, size * sizeof(*b->facts->named));
	b->facts->surfaces = cvp_arena_alloc(ctx->arena, size * sizeof(*b->facts->surfaces));
	b->facts->is_listed = cvp_arena_alloc(ctx->arena, size * sizeof(*b->facts->is_listed));
}

static const struct cvp_facts *
finish(struct builder *b)
{
	b->facts->words = cvp_arena_strdup(b->ctx->arena, cvp_buf_string(&b->words));
	b->facts->stems = cvp_arena_strdup(b->ctx->arena, cvp_buf_string(&b->stems));
	cvp_buf_free(&b->words);
	cvp_buf_free(&b->stems);
	return b->facts;
}

static void
add_answers(struct builder *b, const json_t *answers)
{
	size_t index;
	json_t *answer;

	json_array_foreach (answers, index, answer) {
		const char *destination = json_string_value(json_object_get(answer, "destination"));
		const char *text = json_string_value(json_object_get(answer, "answer"));

		if (destination != NULL && strcmp(destination, "CV_IMPACT") != 0)
			continue;
		if (text == NULL)
			text = json_string_value(json_object_get(answer, "response_text"));
		if (text != NULL)
			add_text(b, cvp_pointer_index(b->ctx, "/gap_responses", index), "answer", text);
	}
}

const struct cvp_facts *
cvp_facts_of_cv(struct cvp_ctx *ctx, const struct cvp_assets *assets, const struct cvp_cv *cv, const json_t *answers,
		struct cvp_date as_of)
{
	struct builder b;

	begin(&b, ctx, assets);
	b.facts->cv = cv;
	b.facts->as_of = as_of;
	b.facts->as_of = as_of;
	add_value(&b, "", "", cv->resume, 0);
	add_answers(&b, answers);
	add_entity(&b, CVP_ENTITY_PERSON, cv->name.text, NULL);
	add_entry_entities(&b);
	add_line_entities(&b);
	add_loose_entities(&b);
	add_spans(&b, as_of);
	return finish(&b);
}

const struct cvp_facts *
cvp_facts_of_values(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *const *values, size_t count)
{
	struct builder b;

	begin(&b, ctx, assets);
	for (size_t i = 0; i < count; i++) {
		if (values[i] != NULL)
			add_value(&b, "", "", values[i], 0);
	}
	return finish(&b);
}
