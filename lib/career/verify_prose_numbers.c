/* verify_prose_numbers.c - figures: does a line with the figure, or do the dates, speak of the same thing? */
#include <string.h>

#include "career/verify_prose_index.h"
#include "core/ctx.h"

/* Where the clause around a byte begins or ends: at a comma, "and", a bracket. */
static bool
parts_clause(const struct cvp_line *line, size_t word)
{
	static const char *const joints[] = { "and", "и", "а", "which", "who", "where", "which" };
	size_t length;
	const char *gap = cvp_line_gap(line, word, &length);

	for (size_t i = 0; i < CVP_COUNT(joints); i++) {
		if (strcmp(line->words.words[word].folded, joints[i]) == 0)
			return true;
	}
	return memchr(gap, ',', length) != NULL || memchr(gap, '(', length) != NULL ||
	       memchr(gap, ')', length) != NULL || memchr(gap, ':', length) != NULL;
}

/* The content of the clause a figure stands in; of the statement where the clause has none. */
static struct cvp_prose_content
content_around(const struct cvp_line *line, const struct cvp_statement *statement, size_t offset)
{
	size_t limit = statement->first + statement->count, at = statement->first, first, end;
	struct cvp_prose_content content;

	while (at + 1 < limit && line->words.words[at + 1].offset <= offset)
		at++;
	for (first = at; first > statement->first && !parts_clause(line, first); first--)
		;
	for (end = at + 1; end < limit && !parts_clause(line, end); end++)
		;
	content = cvp_prose_content_of(line, first, end);
	return content.count > 0 ? content : cvp_prose_content_of(line, statement->first, limit);
}

static bool
turns_around(unsigned said, unsigned shown)
{
	const unsigned both = CVP_PROSE_RISE | CVP_PROSE_FALL;

	return (said & both) != 0 && (shown & both) != 0 && (said & shown & both) == 0;
}

static bool
binds(const struct cvp_line *line, const struct cvp_prose_content *content, const struct cvp_entity *employer,
      size_t text)
{
	const struct cvp_prose *prose = line->check->prose;
	const struct cvp_prose_source *source = &prose->sources[text];
	bool is_deed = cvp_prose_is_deed(source->pointer);
	size_t shared;

	if (employer != NULL && is_deed && !cvp_prose_entry_names(line, source->group, employer))
		return false;
	if (turns_around(content->classes, source->classes))
		return false;
	if (content->count == 0)
		return true;
	shared = is_deed ? cvp_prose_shared_with_entry(prose, content, source->group)
			 : cvp_prose_shared_with(content, source);
	return cvp_prose_shared_with(content, source) > 0 && shared * 5 >= content->count * 2;
}

/* The jobs that a span of time is told of. */
struct spanned {
	const struct cvp_cv *cv;
	bool *is_chosen; /* by entry */
	size_t *shared;  /* words shared with the statement, by entry */
	size_t most;
};

static bool
is_spanned(const struct cvp_cv_entry *entry, void *arg)
{
	const struct spanned *spanned = arg;

	return spanned->is_chosen[entry - spanned->cv->entries];
}

static bool
is_months(int months, const struct cvp_number *number)
{
	if (number->is_vague)
		return months / 12 >= number->value && months / 12 < number->value + 10;
	if (number->unit == CVP_UNIT_MONTHS)
		return months == (int)number->value;
	return months > 0 && (months / 12 == (int)number->value || (months + 6) / 12 == (int)number->value);
}

static size_t
group_of(const struct cvp_prose *prose, const struct cvp_cv_entry *entry)
{
	const char *pointer = entry->title.text != NULL ? entry->title.pointer : entry->organisation.pointer;

	for (size_t i = 0; i < prose->count && pointer != NULL; i++) {
		if (cvp_prose_same_entry(prose->sources[i].pointer, pointer))
			return prose->sources[i].group;
	}
	return prose->count;
}

/* Does the entry have a word that none of the chosen ones has? */
static bool
adds_word(const struct cvp_prose *prose, const struct spanned *spanned, const struct cvp_prose_content *content,
	  size_t entry)
{
	for (size_t k = 0; k < content->count; k++) {
		struct cvp_prose_content word = { .keys = { content->keys[k] }, .count = 1 };
		bool is_new = cvp_prose_shared_with_entry(prose, &word, group_of(prose, &spanned->cv->entries[entry])) >
			      0;

		for (size_t i = 0; i < spanned->cv->entry_count && is_new; i++)
			is_new = !spanned->is_chosen[i] ||
				 cvp_prose_shared_with_entry(prose, &word, group_of(prose, &spanned->cv->entries[i])) ==
				     0;
		if (is_new)
			return true;
	}
	return false;
}

/* Chooses the jobs that share most words with the statement, and those that add a word of it. */
static void
choose_jobs(const struct cvp_line *line, const struct cvp_prose_content *content, struct spanned *spanned)
{
	const struct cvp_prose *prose = line->check->prose;
	const struct cvp_cv *cv = spanned->cv;

	for (size_t i = 0; i < cv->entry_count; i++) {
		if (cv->entries[i].section != CVP_CV_WORK)
			continue;
		spanned->shared[i] = cvp_prose_shared_with_entry(prose, content, group_of(prose, &cv->entries[i]));
		spanned->most = spanned->shared[i] > spanned->most ? spanned->shared[i] : spanned->most;
	}
	for (size_t i = 0; i < cv->entry_count && spanned->most > 0; i++)
		spanned->is_chosen[i] = spanned->shared[i] == spanned->most;
	for (size_t i = 0; i < cv->entry_count && spanned->most > 0; i++) {
		if (!spanned->is_chosen[i] && spanned->shared[i] > 0)
			spanned->is_chosen[i] = adds_word(prose, spanned, content, i);
	}
}

/* The first word of the statement behind the figure. */
static size_t
word_behind(const struct cvp_line *line, const struct cvp_statement *statement, const struct cvp_number *number)
{
	size_t at = statement->first, limit = statement->first + statement->count;

	while (at < limit && line->words.words[at].offset < number->offset + number->length)
		at++;
	return at;
}

/* Another clause: "before he turned to data". */
static bool
begins_other(const char *folded)
{
	static const char *const joints[] = { "before", "after", "until", "when", "while",
					      "where",  "who",   "which", "that" };

	for (size_t i = 0; i < CVP_COUNT(joints); i++) {
		if (strcmp(joints[i], folded) == 0)
			return true;
	}
	return false;
}

/* Where what is said of the figure ends: before a comma, or an "and" that a verb or the like follows. */
static size_t
end_behind(const struct cvp_line *line, const struct cvp_statement *statement, const struct cvp_number *number)
{
	size_t at = word_behind(line, statement, number), limit = statement->first + statement->count;

	for (; at < limit; at++) {
		size_t length;
		const char *gap = at > 0 ? cvp_line_gap(line, at, &length) : NULL;

		if (gap != NULL && (memchr(gap, ',', length) != NULL || begins_other(line->words.words[at].folded) ||
				    (parts_clause(line, at) && (at + 1 == limit || line->words.words[at + 1].is_stop))))
			break;
	}
	return at;
}

/* "eight years of development" of a developer: the trade of all the years. */
static bool
is_profession(const struct cvp_line *line, size_t at)
{
	enum { ROOT = 4 }; /* bytes that two words of one trade share: nurse, nursing */
	const struct cvp_check *check = line->check;
	const char *label = check->cv->cv->label.text, *folded = line->words.words[at].folded;
	struct cvp_words words;

	if (label == NULL)
		return false;
	words = cvp_words_of(check->ctx, label, strlen(label));
	for (size_t i = 0; i < words.count; i++) {
		if (cvp_is_role_noun(words.words[i].folded) && strncmp(words.words[i].folded, folded, ROOT) == 0)
			return true;
	}
	return false;
}

/* What the span is said to be of: "years in intensive care". */
static struct cvp_prose_content
content_behind(const struct cvp_line *line, const struct cvp_statement *statement, const struct cvp_number *number)
{
	size_t first = word_behind(line, statement, number), end = end_behind(line, statement, number);

	while (first < end && (line->words.words[first].is_stop || is_profession(line, first)))
		first++;
	return cvp_prose_content_of(line, first, end);
}

/* Does a name of the CV stand behind the figure: "nine years at Kestrel"? */
static bool
names_behind(const struct cvp_line *line, const struct cvp_statement *statement, const struct cvp_number *number)
{
	for (size_t i = word_behind(line, statement, number); i < end_behind(line, statement, number); i++) {
		if (cvp_prose_is_own_name(line, i))
			return true;
	}
	return false;
}

static bool
same_employer(const struct cvp_cv_entry *one, const struct cvp_cv_entry *other)
{
	return one->organisation.text != NULL && other->organisation.text != NULL &&
	       strcmp(one->organisation.text, other->organisation.text) == 0;
}

/* The span of an employer the sentence names? */
static bool
has_employer_span(const struct cvp_line *line, const struct cvp_statement *statement, const struct cvp_number *number,
		  struct spanned *spanned)
{
	const struct cvp_facts *facts = line->check->cv;
	bool is_one = false;
	size_t first, end;
	const char *key;

	cvp_prose_sentence(line, statement, &first, &end);
	key = cvp_prose_names_key(line, first, end);
	for (size_t i = 0; i < facts->entity_count && !is_one; i++) {
		const struct cvp_entity *entity = &facts->entities[i];

		if (entity->kind != CVP_ENTITY_EMPLOYER || entity->entry == NULL || strstr(key, entity->key) == NULL)
			continue;
		for (size_t j = 0; j < spanned->cv->entry_count; j++)
			spanned->is_chosen[j] = same_employer(&spanned->cv->entries[j], entity->entry);
		is_one = is_months(cvp_cv_months_worked(spanned->cv, facts->as_of, is_spanned, spanned), number);
	}
	memset(spanned->is_chosen, 0, spanned->cv->entry_count);
	return is_one;
}

/* A span that the dates give: of all work, of the jobs the statement speaks of, of the employer it names. */
static bool
has_span(const struct cvp_line *line, const struct cvp_statement *statement, const struct cvp_number *number,
	 const struct cvp_entity *employer)
{
	const struct cvp_cv *cv = line->check->cv->cv;
	struct cvp_arena *arena = line->check->ctx->arena;
	struct cvp_prose_content content = content_behind(line, statement, number);
	struct spanned spanned = { .cv = cv,
				   .is_chosen = cvp_arena_alloc(arena, cv->entry_count + 1),
				   .shared = cvp_arena_alloc(arena, (cv->entry_count + 1) * sizeof(size_t)) };

	if (has_employer_span(line, statement, number, &spanned))
		return true;
	choose_jobs(line, &content, &spanned);
	if (spanned.most == 0 && employer != NULL && names_behind(line, statement, number))
		return false;
	if (spanned.most == 0)
		return is_months(line->check->cv->months[0], number);
	return is_months(cvp_cv_months_worked(cv, line->check->cv->as_of, is_spanned, &spanned), number);
}

bool
cvp_prose_binds_number(const struct cvp_line *line, const struct cvp_statement *statement,
		       const struct cvp_number *number)
{
	const struct cvp_facts *facts = line->check->cv;
	const struct cvp_entity *employer = cvp_prose_only_employer(line, statement);
	struct cvp_prose_content content = content_around(line, statement, number->offset);
	bool is_span = number->unit == CVP_UNIT_YEARS || number->unit == CVP_UNIT_MONTHS;

	if (is_span && has_span(line, statement, number, employer))
		return true;
	if (number->is_year || !cvp_prose_is_comparable(line, statement))
		content.count = 0;
	for (size_t i = 0; i < facts->number_count; i++) {
		if (cvp_number_proves(&facts->numbers[i].number, number) &&
		    binds(line, &content, employer, facts->numbers[i].text))
			return true;
	}
	return false;
}

bool
cvp_prose_counts(const struct cvp_line *line, const struct cvp_number *number)
{
	static const struct {
		const char *stem, *section;
	} lists[] = { { "certif", "certificates" }, { "language", "languages" }, { "job", "work" },
		      { "employer", "work" },       { "compan", "work" },        { "role", "work" },
		      { "degree", "education" },    { "project", "projects" },   { "publication", "publications" },
		      { "paper", "publications" },  { "award", "awards" },       { "сертифи", "certificates" },
		      { "язык", "languages" },      { "компани", "work" },       { "שפות", "languages" } };
	const char *after = cvp_text_fold(line->check->ctx, line->text + number->offset + number->length);
	size_t window = strcspn(after, ",.;");

	for (size_t i = 0; i < CVP_COUNT(lists) && number->unit == CVP_UNIT_NONE; i++) {
		const char *found = strstr(after, lists[i].stem);
		const json_t *section = json_object_get(line->check->cv->cv->resume, lists[i].section);

		if (found != NULL && (size_t)(found - after) < window &&
		    json_array_size(section) == (size_t)number->value)
			return true;
	}
	return false;
}

bool
cvp_prose_has_words(const struct cvp_line *line, size_t first, size_t count)
{
	const struct cvp_prose *prose = line->check->prose;

	for (size_t i = 0; i < prose->count; i++) {
		size_t found = 0;

		for (size_t j = first; j < first + count; j++)
			found += cvp_prose_has_key(&prose->sources[i],
						   cvp_prose_key(line->check, &line->words.words[j]));
		if (found == count)
			return true;
	}
	return false;
}
