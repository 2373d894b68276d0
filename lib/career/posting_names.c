/* posting_names.c - who hires for what, as a posting's text says it: by labels, by its first lines, by the sentences
 * recruiters write. What is not found stays unknown. */
#include <string.h>

#include "career/posting_build.h"
#include "core/ctx.h"
#include "text/script.h"
#include "text/text.h"

#define LINES_MAX  200
#define TOKENS_MAX 4000
#define NAME_WORDS 8

/* A piece of text between spaces. */
struct token {
	const char *text; /* without the punctuation around it */
	const char *folded;
	bool is_capital, ends; /* ends: a clause ends behind it */
};

struct names {
	struct cvp_ctx *ctx;
	const char *lines[LINES_MAX];
	bool is_last[LINES_MAX]; /* of its paragraph */
	size_t line_count;
	struct token *tokens;
	size_t token_count;
	const char *title, *company;
};

static bool
is_one_of(const char *word, const char *list)
{
	size_t length = strlen(word);

	for (const char *at = list; *at != '\0';) {
		size_t size = strcspn(at, "|");

		if (size == length && memcmp(at, word, length) == 0)
			return true;
		at += size + (at[size] == '|');
	}
	return false;
}

/* Without what decorates a line: bullets, pictures, Markdown signs. */
static const char *
bare_line(struct cvp_ctx *ctx, const char *line, size_t length)
{
	size_t start = 0, size;
	char *bare;

	while (start < length) {
		uint32_t c = cvp_char_at(line + start, length - start, &size);
		enum cvp_char class = cvp_char_class(c);

		if (cvp_char_is_letter(class) || class == CVP_CHAR_DIGIT || c == '"' || c == '.' || c == '(')
			break;
		start += size;
	}
	while (length > start && strchr(" *_#\r\t", line[length - 1]) != NULL)
		length--;
	bare = cvp_arena_strndup(ctx->arena, line + start, length - start);
	return bare;
}

static void
cut_lines(struct names *names, const char *text)
{
	for (const char *line = text; *line != '\0' && names->line_count < LINES_MAX;) {
		size_t length = strcspn(line, "\n");
		const char *bare = bare_line(names->ctx, line, length);

		if (bare[0] != '\0')
			names->lines[names->line_count++] = bare;
		else if (names->line_count > 0)
			names->is_last[names->line_count - 1] = true;
		line += length + (line[length] == '\n');
	}
}

static bool
is_capital(const char *text)
{
	size_t size;
	uint32_t c = text[0] != '\0' ? cvp_char_at(text, strlen(text), &size) : 0;

	return (c >= 'A' && c <= 'Z') || (c >= 0x0410 && c <= 0x042F) || c == 0x0401 || (c >= 0xC0 && c <= 0xDE);
}

static size_t
trailing_marks(const char *text, size_t length)
{
	size_t end = length;

	while (end > 0 && strchr(".,;:!?)\"'", text[end - 1]) != NULL)
		end--;
	return length - end;
}

static struct token
token_of(struct cvp_ctx *ctx, const char *start, size_t length)
{
	struct token token;
	size_t end = length;

	while (length > 0 && strchr("\"'(", *start) != NULL) {
		start++;
		length--;
		end--;
	}
	if (!is_one_of(cvp_arena_strndup(ctx->arena, start, length), "St.|Dr.|Mr.|Mrs.|Ms."))
		end -= trailing_marks(start, end);
	token.text = cvp_arena_strndup(ctx->arena, start, end);
	token.folded = cvp_text_fold(ctx, token.text);
	token.is_capital = is_capital(token.text);
	token.ends = end < length || end == 0;
	return token;
}

static void
cut_tokens(struct names *names)
{
	names->tokens = cvp_arena_alloc(names->ctx->arena, TOKENS_MAX * sizeof(*names->tokens));
	for (size_t i = 0; i < names->line_count; i++) {
		for (const char *at = names->lines[i] + strspn(names->lines[i], " \t");
		     *at != '\0' && names->token_count < TOKENS_MAX; at += strspn(at, " \t")) {
			size_t length = strcspn(at, " \t");

			names->tokens[names->token_count++] = token_of(names->ctx, at, length);
			at += length;
		}
		/* a line's end joins prose but parts a short line from what follows */
		if (names->token_count > 0 && (names->is_last[i] || cvp_text_length(names->lines[i]) < 50))
			names->tokens[names->token_count - 1].ends = true;
	}
}

/* A line "Label: value" whose label is one of a list. */
static const char *
labelled(const struct names *names, const char *labels)
{
	for (size_t i = 0; i < names->line_count; i++) {
		const char *line = names->lines[i], *colon = strchr(line, ':');
		const char *label, *value;

		if (colon == NULL || colon - line > 40)
			continue;
		label = cvp_arena_strndup(names->ctx->arena, line, (size_t)(colon - line));
		value = cvp_posting_squeeze(names->ctx, bare_line(names->ctx, colon + 1, strlen(colon + 1)));
		if (is_one_of(cvp_text_fold(names->ctx, label), labels) && value[0] != '\0' && strlen(value) < 120)
			return value;
	}
	return NULL;
}

/* Tokens from..to joined by spaces. */
static const char *
joined(const struct names *names, size_t from, size_t to)
{
	const char *text = "";

	for (size_t i = from; i < to; i++)
		text = cvp_arena_printf(names->ctx->arena, "%s%s%s", text, i > from ? " " : "", names->tokens[i].text);
	return text;
}

/* The end of a run of capitalised words that starts at a token; small words may stand inside it. */
static size_t
capital_run(const struct names *names, size_t from)
{
	size_t at = from, end = from;

	while (at < names->token_count && at - from < NAME_WORDS) {
		const struct token *token = &names->tokens[at];

		if (token->is_capital)
			end = at + 1;
		else if (!is_one_of(token->folded, "of|and|&|for|the|/|-|de"))
			break;
		at++;
		if (token->ends)
			break;
	}
	return end;
}

static bool
is_generic(const char *folded)
{
	return is_one_of(folded, "we|you|i|our|the|a|an|this|us|team|company|candidate|candidates|someone|people|it|he|"
				 "she|they|who|client|customer|что|мы|кандидат");
}

/* "looking for a strategic Learning Experience Specialist to": the first capitalised run within six words. */
static const char *
capitals_after(const struct names *names, size_t at)
{
	for (size_t i = at; i < names->token_count && i < at + 6; i++) {
		if (names->tokens[i].is_capital && !is_generic(names->tokens[i].folded)) {
			size_t end = capital_run(names, i);

			return joined(names, i, end);
		}
		if (names->tokens[i].ends)
			return NULL;
	}
	return NULL;
}

static bool
follows(const struct names *names, size_t at, const char *words)
{
	return at < names->token_count && is_one_of(names->tokens[at].folded, words);
}

static const char *
title_in_sentences(const struct names *names)
{
	for (size_t i = 0; i + 2 < names->token_count; i++) {
		const char *word = names->tokens[i].folded, *found = NULL;

		if (is_one_of(word, "looking|searching|search") && follows(names, i + 1, "for"))
			found = capitals_after(names, i + 2);
		else if (is_one_of(word, "hiring|seeking|seeks|recruiting"))
			found = capitals_after(names, i + 1);
		else if (strcmp(word, "as") == 0 && follows(names, i + 1, "a|an|our|the") &&
			 names->tokens[i + 2].is_capital)
			found = capitals_after(names, i + 2);
		else if (strcmp(word, "the") == 0 && names->tokens[i + 1].is_capital &&
			 follows(names, capital_run(names, i + 1), "will"))
			found = capitals_after(names, i + 1);
		if (found != NULL)
			return found;
	}
	return NULL;
}

/* "Join Acme as a cook", "в компанию Акме": the capitalised run behind the word. */
static const char *
company_behind(const struct names *names, size_t i)
{
	bool joins = is_one_of(names->tokens[i].folded, "join|joining") ||
		     (is_one_of(names->tokens[i].folded, "в|для") && follows(names, i + 1, "компанию|компании"));
	size_t from = i + 1 + follows(names, i + 1, "компанию|компании");

	if (!joins || from >= names->token_count || names->tokens[from - 1].ends || !names->tokens[from].is_capital ||
	    is_generic(names->tokens[from].folded))
		return NULL;
	return joined(names, from, capital_run(names, from));
}

/* "Acme Ltd is looking for": the capitalised run before the verb. */
static const char *
company_before(const struct names *names, size_t i)
{
	bool hires = (strcmp(names->tokens[i].folded, "is") == 0 &&
		      follows(names, i + 1, "looking|hiring|seeking|searching|recruiting")) ||
		     is_one_of(names->tokens[i].folded, "seeks|hires|ищет|приглашает");
	size_t from = i;

	while (hires && from > 0 && names->tokens[from - 1].is_capital && !names->tokens[from - 1].ends && i - from < 5)
		from--;
	return from < i && !is_generic(names->tokens[from].folded) ? joined(names, from, i) : NULL;
}

static const char *
company_in_sentences(const struct names *names)
{
	for (size_t i = 0; i + 1 < names->token_count; i++) {
		const char *found = company_before(names, i);

		if (found == NULL)
			found = company_behind(names, i);
		if (found != NULL)
			return found;
	}
	return NULL;
}

/* A heading "About Acme", "О компании Акме", "Why join Acme?". */
static const char *
company_in_headings(const struct names *names)
{
	for (size_t i = 0; i < names->line_count; i++) {
		const char *line = names->lines[i], *rest = NULL;
		size_t length = strlen(line);

		if (length > 60)
			continue;
		if (strncmp(line, "About ", 6) == 0)
			rest = line + 6;
		else if (strncmp(line, "О компании ", strlen("О компании ")) == 0)
			rest = line + strlen("О компании ");
		if (rest == NULL || !is_capital(rest))
			continue;
		length = strcspn(rest, ":?!.");
		rest = cvp_arena_strndup(names->ctx->arena, rest, length);
		if (!is_one_of(
			cvp_text_fold(names->ctx, rest),
			"us|you|the role|the job|the team|the company|the position|this role|our team|our company|"
			"our client|job|role|the opportunity"))
			return rest;
	}
	return NULL;
}

/* A short line near the top that holds a legal form: "ООО «Ромашка», г. Казань", "Бухгалтер в ООО «Ромашка»". */
static const char *
company_by_form(const struct names *names)
{
	for (size_t i = 0; i < names->line_count && i < 5; i++) {
		const char *line = names->lines[i];

		if (cvp_text_length(line) > 60)
			continue;
		for (const char *at = line; *at != '\0'; at += strspn(at, " ")) {
			size_t word = strcspn(at, " ");
			const char *first = cvp_arena_strndup(names->ctx->arena, at, word);

			if (at[word] == ' ' && is_one_of(first, "ООО|ОАО|ЗАО|ПАО|АО|ИП|ГК"))
				return cvp_arena_strndup(names->ctx->arena, at, strcspn(at, ",|;"));
			at += word;
		}
	}
	return NULL;
}

/* Hebrew and Russian say it around a verb: what stands from `at` to the end of the clause or a word of place. */
static const char *
name_after(const struct names *names, size_t at, bool is_hebrew)
{
	size_t end = at;

	while (end < names->token_count && end - at < NAME_WORDS) {
		const char *word = names->tokens[end].text;

		if (is_hebrew && end > at && (strncmp(word, "ל", 2) == 0 || strncmp(word, "ב", 2) == 0))
			break;
		if (!is_hebrew && end > at && is_one_of(names->tokens[end].folded, "в|во|на|для|с|со|к|от|из"))
			break;
		end++;
		if (names->tokens[end - 1].ends)
			break;
	}
	return end > at ? joined(names, at, end) : NULL;
}

/* "Ищем человека, который": no title follows. */
static bool
speaks_of_people(const struct names *names, size_t at)
{
	return follows(names, at,
		       "человека|людей|кандидата|кандидатов|сотрудника|сотрудников|коллегу|специалиста|специалистов|в|"
		       "на|к|того|тех|тебя|вас|опытного|опытных");
}

/* "חברת FREESBEE מחפשת": what stands in front of the verb. */
static const char *
name_before_verb(const struct names *names, size_t from)
{
	size_t end = from;

	while (end < names->token_count && end - from < 5 && !follows(names, end, "מחפשת|מגייסת"))
		end++;
	return follows(names, end, "מחפשת|מגייסת") ? joined(names, from, end) : NULL;
}

static void
names_around_verbs(struct names *names)
{
	for (size_t i = 0; i + 1 < names->token_count; i++) {
		const char *word = names->tokens[i].folded;

		if (names->title == NULL && is_one_of(word, "דרוש|דרושה|דרוש/ה|דרושים|דרושים/ות|מחפשת|מחפשים|מגייסת"))
			names->title = name_after(names, i + 1, true);
		if (names->title == NULL && is_one_of(word, "требуется|требуются|нужен|нужна|ищем|приглашаем") &&
		    !names->tokens[i].ends && !speaks_of_people(names, i + 1))
			names->title = name_after(names, i + 1, false);
		if (names->company == NULL && strcmp(word, "חברת") == 0)
			names->company = name_before_verb(names, i + 1);
		/* "לחברת הייטק מובילה" tells a kind of company; a name in Latin letters is a name */
		if (names->company == NULL && strcmp(word, "לחברת") == 0 && names->tokens[i + 1].is_capital)
			names->company = joined(names, i + 1, capital_run(names, i + 1));
	}
}

static bool
is_heading(struct cvp_ctx *ctx, const char *line)
{
	return is_one_of(cvp_text_fold(ctx, line),
			 "about the job|job description|about the role|about us|description|overview|the role|position|"
			 "job summary|summary|requirements|responsibilities|о вакансии|описание вакансии|описание|"
			 "обязанности|требования|תיאור המשרה|תיאור התפקיד|דרישות|דרישות התפקיד|vacancy|вакансия|"
			 "full job description|job details|who we are|company description");
}

/* "Ищем бухгалтера", "Acme is hiring", "About Acme": what the first line tells is no title. */
static bool
announces(const struct names *names)
{
	size_t i = 0;

	if (follows(names, 0, "join|about|wanted|необходим|необходима") ||
	    (follows(names, 0, "we|we're|we’re|мы|אנחנו") && names->token_count > 1))
		return true;
	do {
		if (follows(names, i,
			    "ищем|ищет|требуется|требуются|приглашаем|приглашает|нужен|нужна|нужны|hiring|seeking|"
			    "seeks|דרוש|דרושה|דרוש/ה|דרושים|דרושים/ות|מחפשים|מחפשת|מגייסים|מגייסת"))
			return true;
	} while (i < names->token_count && !names->tokens[i++].ends);
	return false;
}

/* The line below a title: "Acme | Remote", "Globex Corporation". */
static const char *
company_in_line(const struct names *names, const char *line)
{
	size_t length = strcspn(line, "|");
	const char *last = strrchr(line, ' ');

	if (!is_capital(line) || length <= 1 || length >= 60)
		return NULL;
	if (line[length] == '|')
		return cvp_arena_strndup(names->ctx->arena, line, length);
	return last != NULL && is_one_of(last + 1, "Inc|Inc.|Ltd|Ltd.|LLC|LLP|PLC|plc|GmbH|AG|SE|Corp|Corp.|"
						   "Corporation|Company|Co.|Group|Holding|Holdings|S.A.|B.V.|Oy|AB")
		   ? line
		   : NULL;
}

/* The first line, where it reads like a title and not like a sentence. */
static void
names_in_first_lines(struct names *names)
{
	const char *line = names->lines[0], *at;
	size_t words = 1;

	for (const char *c = line; *c != '\0'; c++)
		words += *c == ' ';
	if (words > 10 || strlen(line) > 120 || strpbrk(line, "!?;") != NULL || line[strlen(line) - 1] == '.' ||
	    strchr(line, ':') != NULL || is_heading(names->ctx, line) || announces(names))
		return;
	if ((at = strstr(line, " at ")) != NULL || (at = strstr(line, " | ")) != NULL) {
		const char *rest = at + (at[1] == '|' ? 3 : 4);

		names->company = cvp_arena_strndup(names->ctx->arena, rest, strcspn(rest, "|,(–—"));
		line = cvp_arena_strndup(names->ctx->arena, line, (size_t)(at - line));
	}
	if (names->title == NULL)
		names->title = line;
	if (names->company == NULL && names->line_count > 1)
		names->company = company_in_line(names, names->lines[1]);
}

void
cvp_posting_guess_names(struct cvp_posting_build *build, const char *text)
{
	struct names names = { .ctx = build->ctx };

	cut_lines(&names, text);
	if (names.line_count == 0)
		return;
	cut_tokens(&names);
	names.title = labelled(&names, "job title|title|position|role|вакансия|должность|позиция|תפקיד|משרה|שם המשרה");
	names.company = labelled(&names,
				 "company|employer|organization|organisation|company name|hiring company|компания|"
				 "работодатель|организация|חברה|שם החברה|מעסיק");
	if (strncmp(names.lines[0], "דרוש", strlen("דרוש")) == 0)
		names_around_verbs(&names);
	names_in_first_lines(&names);
	if (names.company == NULL)
		names.company = company_by_form(&names);
	if (names.title == NULL)
		names.title = title_in_sentences(&names);
	if (names.company == NULL)
		names.company = company_in_headings(&names);
	if (names.company == NULL)
		names.company = company_in_sentences(&names);
	names_around_verbs(&names);
	if (names.title != NULL && strlen(names.title) <= 200)
		cvp_posting_put(build, "role_title", names.title);
	if (names.company != NULL && strlen(names.company) <= 200)
		cvp_posting_put(build, "company_name", names.company);
}
