/* skills.c - the skills found in postings, beside a plain keyword matcher, against what people marked there.
 *
 * hh-ru: the skills that a vacancy's requirements name (cvp_posting_requirements) against the employer's own
 * key_skills, both as skills of the lexicon, so that aliases are equal; a key skill that the lexicon does not know
 * counts as not found, by anybody. Micro precision, recall and F1 over (vacancy, skill). SkillSpan dev: the terms found
 * in each sentence against its spans of skills and of knowledge. Micro precision, recall and F1 over tokens inside of
 * spans decide, as spans of the lexicon's terms and the annotators' phrases have different lengths; F1 of exact spans
 * (SkillSpan's own measure) is printed beside.
 *
 * The peers match whole words, case folded, longest first: the lexicon's canonical names, and all of its names and
 * aliases. Ours has to be ahead of both on both. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "career/kind.h"
#include "career/posting.h"
#include "core/ctx.h"
#include "service/assets.h"
#include "shared_data.h"
#include "text/lexicon.h"
#include "text/text.h"

#define FILES_MAX  200
#define TOKENS_MAX 1024
#define TERM_WORDS 8 /* words of the longest name looked for */

enum matcher { OURS, CANONICAL, ALL_NAMES, MATCHERS };

static const char *const matcher_names[MATCHERS] = { "ours", "keywords: canonical names", "keywords: all names" };

/* A name as the peers look for it: its words folded, one space between. */
struct name {
	const char *text;
	struct cvp_skill_id skill;
};

struct names {
	struct name *names;
	size_t count, room;
};

struct figures {
	int predicted, wanted, hits;
};

struct bench {
	struct cvp_ctx *ctx;  /* reset between texts */
	struct cvp_ctx *kept; /* what lives as long as the run */
	const struct cvp_assets *assets;
	struct names names[MATCHERS]; /* of the peers */
	struct figures skills[MATCHERS], tokens[MATCHERS], spans[MATCHERS];
	int key_skills, unknown;
};

static const char *
join(struct cvp_ctx *ctx, const struct cvp_words *words, size_t from, size_t end)
{
	const char *joined = "";

	for (size_t i = from; i < end; i++)
		joined = cvp_arena_printf(ctx->arena, "%s%s%s", joined, i > from ? " " : "", words->words[i].folded);
	return joined;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(((const struct name *)a)->text, ((const struct name *)b)->text);
}

static void
add_name(struct bench *bench, struct names *names, const char *text, size_t length, struct cvp_skill_id skill)
{
	struct cvp_words words = cvp_words_of(bench->kept, text, length);

	if (words.count == 0 || words.count > TERM_WORDS)
		return;
	if (names->count == names->room) {
		size_t room = names->room > 0 ? names->room * 2 : 4096;

		names->names = cvp_arena_grow(bench->kept->arena, names->names, names->room * sizeof(*names->names),
					      room * sizeof(*names->names));
		names->room = room;
	}
	names->names[names->count++] = (struct name){ join(bench->kept, &words, 0, words.count), skill };
}

/* "PostgreSQL = postgres, ^PG > SQL": the name and its aliases, without the marks of case. */
static void
add_line(struct bench *bench, const char *line, size_t length)
{
	const char *end = memchr(line, '>', length), *at = line;
	char *name;
	struct cvp_skill_id skill;

	if (length == 0 || *line == '#' || *line == '@')
		return;
	end = end != NULL ? end : line + length;
	name = cvp_arena_strndup(bench->kept->arena, line + (*line == '^'), (size_t)(end - line) - (*line == '^'));
	name[strcspn(name, "=")] = '\0';
	while (strlen(name) > 0 && name[strlen(name) - 1] == ' ')
		name[strlen(name) - 1] = '\0';
	if (!cvp_lexicon_find(bench->kept, bench->assets->lexicon, name, &skill))
		return;
	while (at < end) {
		const char *from = at + strspn(at, " ^");

		at = from;
		while (at < end && *at != ',' && *at != '=')
			at++;
		if (at > from)
			add_name(bench, &bench->names[ALL_NAMES], from, (size_t)(at - from), skill);
		at++;
	}
}

static void
read_names(struct bench *bench)
{
	const char *folder = cvp_arena_printf(bench->kept->arena, "%s/conf/skills", top_folder()), *files[FILES_MAX];
	size_t count = list_files(bench->kept->arena, folder, ".skills", files, FILES_MAX);

	for (size_t i = 0; i < cvp_lexicon_size(bench->assets->lexicon); i++) {
		struct cvp_skill_id skill = { (int)i };
		const char *name = cvp_skill_name(bench->assets->lexicon, skill);

		add_name(bench, &bench->names[CANONICAL], name, strlen(name), skill);
		add_name(bench, &bench->names[ALL_NAMES], name, strlen(name), skill);
	}
	for (size_t i = 0; i < count; i++) {
		const char *path = cvp_arena_printf(bench->kept->arena, "%s/%s", folder, files[i]);
		const char *at = read_file(bench->kept->arena, path, NULL);

		for (size_t length; at != NULL && *at != '\0'; at += length + (at[length] != '\0')) {
			length = strcspn(at, "\n");
			add_line(bench, at, length);
		}
	}
	for (int i = CANONICAL; i < MATCHERS; i++)
		qsort(bench->names[i].names, bench->names[i].count, sizeof(struct name), by_text);
}

/* What a matcher finds in a text. */
static struct cvp_skill_hits
find(const struct bench *bench, enum matcher matcher, const char *text, const struct cvp_words *words)
{
	const struct names *names = &bench->names[matcher];
	struct cvp_skill_hits hits = { NULL, 0 };

	if (matcher == OURS)
		return cvp_lexicon_scan(bench->ctx, bench->assets->lexicon, text, words);
	hits.hits = cvp_arena_alloc(bench->ctx->arena, (words->count + 1) * sizeof(*hits.hits));
	for (size_t i = 0, step; i < words->count; i += step) {
		step = 1;
		for (size_t n = TERM_WORDS; n > 0; n--) {
			struct name key = { .text = NULL }, *found;

			if (i + n > words->count)
				continue;
			key.text = join(bench->ctx, words, i, i + n);
			found = bsearch(&key, names->names, names->count, sizeof(key), by_text);
			if (found == NULL)
				continue;
			hits.hits[hits.count++] = (struct cvp_skill_hit){ found->skill, i, n };
			step = n;
			break;
		}
	}
	return hits;
}

static void
mark_text(const struct bench *bench, enum matcher matcher, const char *text, bool *marked)
{
	struct cvp_words words = cvp_words_of(bench->ctx, text, strlen(text));
	struct cvp_skill_hits hits = find(bench, matcher, text, &words);

	for (size_t i = 0; i < hits.count; i++)
		marked[hits.hits[i].skill.index] = true;
}

static void
mark_list(const struct bench *bench, enum matcher matcher, const json_t *list, bool *marked)
{
	const json_t *item;
	size_t i;

	json_array_foreach (list, i, item)
		mark_text(bench, matcher, json_string_value(item), marked);
}

/* The peers read the whole vacancy, as they know no requirements. */
static void
mark_posting(const struct bench *bench, enum matcher matcher, const json_t *posting, bool *marked)
{
	const char *title = json_string_value(json_object_get(posting, "role_title"));
	const char *description = json_string_value(json_object_get(posting, "description"));

	mark_text(bench, matcher, title != NULL ? title : "", marked);
	mark_text(bench, matcher, description != NULL ? description : "", marked);
	mark_list(bench, matcher, json_object_get(posting, "requirements"), marked);
	mark_list(bench, matcher, json_object_get(posting, "responsibilities"), marked);
	mark_list(bench, matcher, json_object_get(posting, "nice_to_have"), marked);
}

/* Ours: the title's skills and those of the requirements. */
static enum cvp_code
mark_asked(const struct bench *bench, const json_t *posting, bool *marked)
{
	const char *title = json_string_value(json_object_get(posting, "role_title"));
	struct cvp_requirements asked;
	enum cvp_code code = cvp_posting_requirements(bench->ctx, bench->assets, posting, &asked);

	mark_text(bench, OURS, title != NULL ? title : "", marked);
	for (size_t i = 0; code == CVP_OK && i < asked.count; i++)
		mark_text(bench, OURS, asked.rows[i].text, marked);
	return code;
}

/* The skills of the lexicon that the key skills are, by their whole names, else by the terms in them. */
static void
mark_keys(struct bench *bench, const json_t *vacancy, bool *marked)
{
	const json_t *key;
	size_t i;

	json_array_foreach (json_object_get(vacancy, "key_skills"), i, key) {
		const char *name = json_string_value(json_object_get(key, "name"));
		struct cvp_words words = cvp_words_of(bench->ctx, name, strlen(name));
		struct cvp_skill_hits hits;
		struct cvp_skill_id skill;

		bench->key_skills++;
		if (cvp_lexicon_find(bench->ctx, bench->assets->lexicon, name, &skill)) {
			marked[skill.index] = true;
			continue;
		}
		hits = find(bench, OURS, name, &words);
		bench->unknown += hits.count == 0;
		for (size_t h = 0; h < hits.count; h++)
			marked[hits.hits[h].skill.index] = true;
	}
}

static void
compare(struct figures *figures, const bool *predicted, const bool *wanted, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		figures->predicted += predicted[i];
		figures->wanted += wanted[i];
		figures->hits += predicted[i] && wanted[i];
	}
}

static enum cvp_code
run_vacancy(struct bench *bench, const char *path)
{
	size_t length, size = cvp_lexicon_size(bench->assets->lexicon);
	const char *bytes = read_file(bench->ctx->arena, path, &length);
	const json_t *vacancy = bytes != NULL ? cvp_own(bench->ctx, json_loadb(bytes, length, 0, NULL)) : NULL;
	bool *wanted = cvp_arena_alloc(bench->ctx->arena, size);
	struct cvp_posting_import import;
	enum cvp_code code;
	int unknown = bench->unknown;

	if (vacancy == NULL)
		return cvp_fail(bench->ctx, CVP_NOT_FOUND, "%s: not there, or no JSON", path);
	code = cvp_posting_import_text(bench->ctx, bench->assets, bytes, length, &import);
	if (code != CVP_OK)
		return code;
	json_object_del(import.posting, "x_key_skills"); /* what is to be found */
	mark_keys(bench, vacancy, wanted);
	for (int i = 0; i < MATCHERS && code == CVP_OK; i++) {
		bool *marked = cvp_arena_alloc(bench->ctx->arena, size);

		if (i == OURS)
			code = mark_asked(bench, import.posting, marked);
		else
			mark_posting(bench, (enum matcher)i, import.posting, marked);
		compare(&bench->skills[i], marked, wanted, size);
		bench->skills[i].wanted += bench->unknown - unknown;
	}
	return code;
}

/* A sentence: its text, where each token starts, which tokens people marked; 'B' starts a span, 'I' goes on. */
struct sentence {
	const char *text;
	size_t starts[TOKENS_MAX + 1], count;
	char tags[TOKENS_MAX];
};

static bool
read_sentence(struct bench *bench, const json_t *json, struct sentence *sentence)
{
	const json_t *tokens = json_object_get(json, "tokens"), *token;
	const json_t *skill = json_object_get(json, "tags_skill"), *knowledge = json_object_get(json, "tags_knowledge");
	const char *text = "";
	size_t i;

	sentence->count = json_array_size(tokens);
	if (sentence->count == 0 || sentence->count > TOKENS_MAX)
		return false;
	json_array_foreach (tokens, i, token) {
		const char *outer = json_string_value(json_array_get(skill, i));
		const char *inner = json_string_value(json_array_get(knowledge, i));

		sentence->starts[i] = strlen(text);
		text = cvp_arena_printf(bench->ctx->arena, "%s%s ", text, json_string_value(token));
		sentence->tags[i] = outer[0] != 'O' ? outer[0] : inner[0];
	}
	sentence->starts[sentence->count] = strlen(text);
	sentence->text = text;
	return true;
}

static void
tag(const struct sentence *sentence, const struct cvp_words *words, const struct cvp_skill_hit *hit, char *tags)
{
	const struct cvp_word *first = &words->words[hit->first], *last = &words->words[hit->first + hit->count - 1];
	char mark = 'B';

	for (size_t i = 0; i < sentence->count; i++) {
		if (sentence->starts[i + 1] <= first->offset || sentence->starts[i] >= last->offset + last->length)
			continue;
		if (tags[i] == 'O')
			tags[i] = mark;
		mark = 'I';
	}
}

static size_t
span_end(const char *tags, size_t from, size_t count)
{
	size_t end = from + 1;

	while (end < count && tags[end] == 'I')
		end++;
	return end;
}

static void
compare_tags(struct figures *tokens, struct figures *spans, const char *predicted, const char *wanted, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool ours = predicted[i] == 'B', theirs = wanted[i] == 'B';

		tokens->predicted += predicted[i] != 'O';
		tokens->wanted += wanted[i] != 'O';
		tokens->hits += predicted[i] != 'O' && wanted[i] != 'O';
		spans->predicted += ours;
		spans->wanted += theirs;
		spans->hits += ours && theirs && span_end(predicted, i, count) == span_end(wanted, i, count);
	}
}

static void
run_sentence(struct bench *bench, const char *line, size_t length)
{
	const json_t *json = cvp_own(bench->ctx, json_loadb(line, length, 0, NULL));
	struct sentence sentence;
	struct cvp_words words;

	if (json == NULL || !read_sentence(bench, json, &sentence))
		return;
	words = cvp_words_of(bench->ctx, sentence.text, strlen(sentence.text));
	for (int i = 0; i < MATCHERS; i++) {
		struct cvp_skill_hits hits = find(bench, (enum matcher)i, sentence.text, &words);
		char *tags = cvp_arena_alloc(bench->ctx->arena, sentence.count);

		memset(tags, 'O', sentence.count);
		for (size_t h = 0; h < hits.count; h++)
			tag(&sentence, &words, &hits.hits[h], tags);
		compare_tags(&bench->tokens[i], &bench->spans[i], tags, sentence.tags, sentence.count);
	}
}

static double
f1(const struct figures *figures)
{
	int all = figures->predicted + figures->wanted;

	return all > 0 ? 2.0 * figures->hits / all : 0;
}

static double
ratio(int part, int whole)
{
	return whole > 0 ? (double)part / whole : 0;
}

static void
print_figures(const char *what, const struct figures *figures)
{
	for (int i = 0; i < MATCHERS; i++) {
		const struct figures *f = &figures[i];

		printf("%-16s %-26s P %.3f R %.3f F1 %.3f  (%d hits, %d predicted, %d wanted)\n", what,
		       matcher_names[i], ratio(f->hits, f->predicted), ratio(f->hits, f->wanted), f1(f), f->hits,
		       f->predicted, f->wanted);
	}
}

static bool
is_ahead(const struct figures *figures)
{
	return f1(&figures[OURS]) > f1(&figures[CANONICAL]) && f1(&figures[OURS]) > f1(&figures[ALL_NAMES]);
}

static bool
run_vacancies(struct bench *bench, const char *folder)
{
	const char *files[FILES_MAX];
	size_t count = list_files(bench->kept->arena, folder, ".json", files, FILES_MAX);

	for (size_t i = 0; i < count; i++) {
		const char *path = cvp_arena_printf(bench->kept->arena, "%s/%s", folder, files[i]);

		if (run_vacancy(bench, path) != CVP_OK) {
			printf("%s: %s\n", files[i], bench->ctx->err.message);
			return false;
		}
		cvp_ctx_reset(bench->ctx);
	}
	printf("hh-ru: %zu vacancies, %d key skills, %d of them not in the lexicon\n", count, bench->key_skills,
	       bench->unknown);
	print_figures("hh-ru skills", bench->skills);
	return count > 0 && is_ahead(bench->skills);
}

static bool
run_sentences(struct bench *bench, const char *path)
{
	const char *at = read_file(bench->kept->arena, path, NULL);

	for (size_t length; at != NULL && *at != '\0'; at += length + (at[length] != '\0')) {
		length = strcspn(at, "\n");
		run_sentence(bench, at, length);
		cvp_ctx_reset(bench->ctx);
	}
	print_figures("SkillSpan tokens", bench->tokens);
	print_figures("SkillSpan spans", bench->spans);
	return is_ahead(bench->tokens);
}

static int
run_all(struct bench *bench, const char *data)
{
	bool vacancies, sentences;

	read_names(bench);
	vacancies = run_vacancies(bench, cvp_arena_printf(bench->kept->arena, "%s/postings/hh-ru", data));
	sentences = run_sentences(bench, cvp_arena_printf(bench->kept->arena, "%s/labelled/skillspan-dev.jsonl", data));
	printf("skills: hh-ru %s, SkillSpan %s\n", vacancies ? "ahead" : "NOT AHEAD",
	       sentences ? "ahead" : "NOT AHEAD");
	return vacancies && sentences ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(void)
{
	struct cvp_arena *arena = cvp_arena_new((size_t)1 << 20), *kept_arena = cvp_arena_new((size_t)1 << 20);
	const char *data = data_folder(kept_arena);
	struct cvp_assets *assets = NULL;
	struct cvp_ctx ctx, kept;
	int status = EXIT_FAILURE;

	cvp_ctx_init(&ctx, arena);
	cvp_ctx_init(&kept, kept_arena);
	if (!has_folder(data))
		status = without_data("skills", data);
	else if (cvp_assets_load(&kept, top_folder(), &assets) != CVP_OK)
		printf("skills: %s\n", kept.err.message);
	else
		status = run_all(&(struct bench){ .ctx = &ctx, .kept = &kept, .assets = assets }, data);
	cvp_assets_free(assets);
	cvp_arena_free(kept_arena);
	cvp_arena_free(arena);
	return status;
}
