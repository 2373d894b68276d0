#include "career/verify_prose_index.h"

#include <string.h>

#include "career/verify_number_words.h"
#include "core/ctx.h"

static uint64_t
hash_of(const char *text, size_t length)
{
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
	return hash;
}

uint64_t
cvp_prose_key(const struct cvp_check *check, const struct cvp_word *word)
{
	const char *key = cvp_match_key(check->notions, word);

	return hash_of(key, strlen(key));
}

bool
cvp_prose_has_key(const struct cvp_prose_source *source, uint64_t key)
{
	for (size_t i = 0; i < source->count; i++) {
		if (source->keys[i] == key)
			return true;
	}
	return false;
}

bool
cvp_prose_same_entry(const char *a, const char *b)
{
	size_t length = cvp_fact_group(a);

	return length == cvp_fact_group(b) && strncmp(a, b, length) == 0;
}

/* What a section is made of, whatever its entries are called. */
static unsigned
feats_of_section(const char *pointer)
{
	static const struct {
		const char *start;
		unsigned feats;
	} sections[] = { { "/publications/", CVP_FEAT_PUBLICATION },
			 { "/awards/", CVP_FEAT_PRIZE },
			 { "/education/", CVP_FEAT_GRADUATE } };

	for (size_t i = 0; i < CVP_COUNT(sections); i++) {
		if (strncmp(pointer, sections[i].start, strlen(sections[i].start)) == 0)
			return sections[i].feats;
	}
	return 0;
}

static void
read_source(const struct cvp_check *check, struct cvp_prose *prose, struct cvp_prose_source *source,
	    const struct cvp_fact_text *text)
{
	size_t index = (size_t)(source - prose->sources);

	source->pointer = text->pointer;
	source->keys = cvp_arena_alloc(check->ctx->arena, (text->words.count + 1) * sizeof(*source->keys));
	for (size_t i = 0; i < text->words.count; i++) {
		unsigned feats;

		source->keys[source->count++] = cvp_prose_key(check, &text->words.words[i]);
		source->classes |= cvp_prose_classes(prose->words, text->words.words[i].folded, &feats);
		source->feats |= text->is_figureless ? 0 : feats;
	}
	source->feats |= feats_of_section(text->pointer);
	prose->feats |= source->feats;
	source->group = index;
	if (index > 0 && cvp_prose_same_entry(source[-1].pointer, source->pointer))
		source->group = source[-1].group;
}

static size_t
count_spaces(const char *key)
{
	size_t count = 0;

	for (; *key != '\0'; key++)
		count += *key == ' ';
	return count;
}

static void
read_names(const struct cvp_check *check, struct cvp_prose *prose)
{
	const unsigned kinds = 1U << CVP_ENTITY_PERSON | 1U << CVP_ENTITY_EMPLOYER | 1U << CVP_ENTITY_INSTITUTION;
	const struct cvp_facts *facts = check->cv;
	size_t room = 0;

	for (size_t i = 0; i < facts->entity_count; i++)
		room += count_spaces(facts->entities[i].key);
	prose->names = cvp_arena_alloc(check->ctx->arena, (room + 1) * sizeof(*prose->names));
	for (size_t i = 0; i < facts->entity_count; i++) {
		const char *word = facts->entities[i].key;

		if ((kinds & (1U << facts->entities[i].kind)) == 0)
			continue;
		for (size_t length; *(word += *word == ' ') != '\0'; word += length) {
			length = strcspn(word, " ");
			prose->names[prose->name_count++] = hash_of(word, length);
		}
	}
}

const struct cvp_prose *
cvp_prose_new(const struct cvp_check *check)
{
	const struct cvp_facts *facts = check->cv;
	struct cvp_prose *prose = cvp_arena_alloc(check->ctx->arena, sizeof(*prose));

	prose->words = cvp_prose_words_make(check->ctx);
	read_names(check, prose);
	prose->sources = cvp_arena_alloc(check->ctx->arena, (facts->text_count + 1) * sizeof(*prose->sources));
	for (; prose->count < facts->text_count; prose->count++)
		read_source(check, prose, &prose->sources[prose->count], &facts->texts[prose->count]);
	prose->language = cvp_language_detect(facts->words, strlen(facts->words));
	return prose;
}

static bool
is_numeral(const char *folded)
{
	return folded[strspn(folded, "0123456789.,+%")] == '\0';
}

/* " at kestrel payments " of words, without possessives, to look names up in. */
const char *
cvp_prose_names_key(const struct cvp_line *line, size_t first, size_t end)
{
	const char *key = cvp_words_key(line->check->ctx, &line->words, first, end - first);
	char *clean = cvp_arena_strdup(line->check->ctx->arena, key), *to = clean;

	for (const char *from = clean; *from != '\0'; from++) {
		if (strncmp(from, "'s ", 3) == 0)
			from += 2;
		*to++ = *from;
	}
	*to = '\0';
	return clean;
}

/* Does the word belong to the name of an employer, a school or the candidate? */
bool
cvp_prose_is_own_name(const struct cvp_line *line, size_t at)
{
	const struct cvp_prose *prose = line->check->prose;
	const char *folded = line->words.words[at].folded;
	size_t length = strlen(folded);
	uint64_t hash;

	if (line->words.words[at].is_stop)
		return false;
	length -= length > 2 && strcmp(folded + length - 2, "'s") == 0 ? 2 : 0;
	hash = hash_of(folded, length);
	for (size_t i = 0; i < prose->name_count; i++) {
		if (prose->names[i] == hash)
			return true;
	}
	return false;
}

static void
add_key(struct cvp_prose_content *content, uint64_t key)
{
	for (size_t i = 0; i < content->count; i++) {
		if (content->keys[i] == key)
			return;
	}
	content->keys[content->count++] = key;
}

struct cvp_prose_content
cvp_prose_content_of(const struct cvp_line *line, size_t first, size_t end)
{
	struct cvp_prose_content content = { .count = 0 };

	for (size_t i = first; i < end; i++) {
		const struct cvp_word *word = &line->words.words[i];
		unsigned classes = cvp_prose_classes(line->check->prose->words, word->folded, NULL);
		struct cvp_spelt spelt;

		content.classes |= classes;
		if (classes == 0 && !word->is_stop && !is_numeral(word->folded) && !cvp_prose_is_own_name(line, i) &&
		    content.count < CVP_PROSE_KEYS && cvp_spelt_number(word->folded, &spelt) == 0)
			add_key(&content, cvp_prose_key(line->check, word));
	}
	return content;
}

size_t
cvp_prose_shared_with(const struct cvp_prose_content *content, const struct cvp_prose_source *source)
{
	size_t shared = 0;

	for (size_t i = 0; i < content->count; i++)
		shared += cvp_prose_has_key(source, content->keys[i]);
	return shared;
}

/* The name of an employer proves no deed there; that of a project tells what it is about. */
bool
cvp_prose_is_name(const char *pointer)
{
	static const char *const keys[] = { "/name", "/company", "/organization", "/institution" };
	const char *last = strrchr(pointer, '/');

	if (strncmp(pointer, "/projects/", 10) == 0)
		return false;
	for (size_t i = 0; i < CVP_COUNT(keys) && last != NULL; i++) {
		if (strcmp(last, keys[i]) == 0)
			return true;
	}
	return false;
}

/* How many of the words stand in any text of the entry. */
size_t
cvp_prose_shared_with_entry(const struct cvp_prose *prose, const struct cvp_prose_content *content, size_t group)
{
	size_t shared = 0;

	for (size_t i = 0; i < content->count; i++) {
		for (size_t j = group; j < prose->count && prose->sources[j].group == group; j++) {
			if (!cvp_prose_is_name(prose->sources[j].pointer) &&
			    cvp_prose_has_key(&prose->sources[j], content->keys[i])) {
				shared++;
				break;
			}
		}
	}
	return shared;
}

size_t
cvp_prose_shared_with_all(const struct cvp_prose *prose, const struct cvp_prose_content *content)
{
	size_t shared = 0;

	for (size_t i = 0; i < content->count; i++) {
		for (size_t j = 0; j < prose->count; j++) {
			if (cvp_prose_has_key(&prose->sources[j], content->keys[i])) {
				shared++;
				break;
			}
		}
	}
	return shared;
}

/* The first and the last word of the sentence a statement stands in. */
void
cvp_prose_sentence(const struct cvp_line *line, const struct cvp_statement *statement, size_t *first, size_t *end)
{
	size_t at = (size_t)(statement - line->statements.rows), last = at;

	while (at > 0 && !line->statements.rows[at].opens_sentence)
		at--;
	while (last + 1 < line->statements.count && !line->statements.rows[last + 1].opens_sentence)
		last++;
	*first = line->statements.rows[at].first;
	*end = line->statements.rows[last].first + line->statements.rows[last].count;
}

/* The only employer the sentence names; NULL where it names none or several. */
const struct cvp_entity *
cvp_prose_only_employer(const struct cvp_line *line, const struct cvp_statement *statement)
{
	const struct cvp_facts *facts = line->check->cv;
	const struct cvp_entity *only = NULL;
	size_t first, end;
	const char *key;

	cvp_prose_sentence(line, statement, &first, &end);
	key = cvp_prose_names_key(line, first, end);
	for (size_t i = 0; i < facts->entity_count; i++) {
		const struct cvp_entity *entity = &facts->entities[i];

		if (entity->kind != CVP_ENTITY_EMPLOYER || strstr(key, entity->key) == NULL)
			continue;
		if (only != NULL && strcmp(only->key, entity->key) != 0)
			return NULL;
		only = entity;
	}
	return only;
}

bool
cvp_prose_entry_names(const struct cvp_line *line, size_t group, const struct cvp_entity *employer)
{
	const struct cvp_prose *prose = line->check->prose;

	for (size_t i = group; i < prose->count && prose->sources[i].group == group; i++) {
		if (strstr(line->check->cv->texts[i].plain, employer->plain) != NULL)
			return true;
	}
	return false;
}

/* Jobs, posts and projects: a deed is told of one of them. */
bool
cvp_prose_is_deed(const char *pointer)
{
	return strncmp(pointer, "/work/", 6) == 0 || strncmp(pointer, "/volunteer/", 11) == 0 ||
	       strncmp(pointer, "/projects/", 10) == 0;
}

/* Words of another language than the CV's cannot be found in it. */
bool
cvp_prose_is_comparable(const struct cvp_line *line, const struct cvp_statement *statement)
{
	const char *part = cvp_line_part(line, statement->first, statement->count);

	return cvp_language_detect(part, strlen(part)) == line->check->prose->language;
}
