/* Title, seniority, domain. */
#include <string.h>

#include "core/ctx.h"
#include "hiring/domain.h"
#include "hiring/read_parts.h"

#define TITLE_MAX   80 /* characters */
#define TITLE_WORDS 8

/* What stands before a title on its line. */
#define TITLE_LABELS "вакансия$ должность$ позиция$ position$ role$ title$ vacancy$ תפקיד$ משרה$"

/* What asks for somebody: the title follows. */
#define SEEKS                                                                                                                                                                   \
	"ищем$ ищет$ ищу$ требуется$ требуются$ нужен$ нужна$ нужны$ разыскивается$ открыта$ looking$ hiring$ " \
	"seeking$ seeks$ "                                                                                                                                                      \
	"need$ needs$ recruiting$ דרוש$ דרושה$ מחפשים$ מחפש$ מגייסים$"

/* What may stand between the asking and the title. */
#define FILLERS                                                                                                                                                                  \
	"for$ a$ an$ the$ our$ to$ join$ новый$ нового$ новую$ опытного$ опытную$ опытный$ талантливого$ крутого$ в$ " \
	"команду$ на$ "                                                                                                                                                 \
	"должность$ позицию$ вакансия$ нам$ к$ себе$ срочно$ experienced$ talented$ new$ motivated$ ה$ את$"

/* What ends it. */
#define ENDERS                                                                                                                                              \
	"для$ который$ которая$ которые$ с$ со$ в$ во$ на$ чтобы$ от$ готов who$ with$ for$ in$ at$ on$ that$ " \
	"to$ based$ "                                                                                                                                       \
	"from$ remotely$ ל$ עם$ אשר$ של$ בעל$ בעלת$ ב$"

/* A line that greets or names a part of the text is no title. */
#define NO_TITLE                                                                                                                                                                                   \
	"привет$ всем$ добрый$ здравствуйте$ друзья$ коллеги$ мы$ наша$ наш$ о$ обязанности$ требования$ условия$ " \
	"задачи$ "                                                                                                                                                                           \
	"описание$ компания$ чем$ что$ hi$ hello$ we$ our$ about$ responsibilities$ requirements$ the$ שלום$ אנחנו$ "                                               \
	"אודות$ דרישות$"

/* Russian endings of whom one seeks, and of what one is: the first that fits. */
static const struct ending {
	const char *sought, *is;
} endings[] = {
	{ "ого", "ый" },   { "его", "ий" },   { "ика", "ик" },    { "ера", "ер" },     { "ора", "ор" },
	{ "иста", "ист" }, { "анта", "ант" }, { "ента", "ент" },  { "лога", "лог" },   { "чика", "чик" },
	{ "еля", "ель" },  { "аря", "арь" },  { "ёра", "ёр" },    { "инга", "инг" },   { "неджера", "неджер" },
	{ "лида", "лид" }, { "щика", "щик" }, { "кта", "кт" },    { "атора", "атор" }, { "арха", "арх" },
	{ "ача", "ач" },   { "уру", "ура" },  { "ницу", "ница" }, { "ку", "ка" },
};

static const struct level {
	const char *stems, *name;
	bool is_anywhere; /* else only in a title: "lead generation" is no level */
} levels[] = {
	{ "стажер intern$ trainee$ מתמחה$", "intern", false },
	{ "junior$ джун$ джуниор$ джуна$ младш ג'וניור$", "junior", true },
	{ "middle$ мидл$ миддл$ мидла$ mid-level$", "middle", true },
	{ "senior$ сеньор синьор старш ведущ בכיר$ בכירה$ סניור$", "senior", true },
	{ "lead$ лид$ тимлид team-lead$ tech-lead$ ראש$", "lead", false },
	{ "head$ chief$ director$ руководител начальник директор главн מנהל$ מנהלת$", "head", false },
};

static const char *
in_nominative(struct cvp_ctx *ctx, const char *word)
{
	size_t length = strlen(word);

	for (size_t i = 0; i < CVP_COUNT(endings); i++) {
		size_t size = strlen(endings[i].sought);

		if (length > size + 4 && strcmp(word + length - size, endings[i].sought) == 0)
			return cvp_arena_printf(ctx->arena, "%.*s%s", (int)(length - size), word, endings[i].is);
	}
	return word;
}

/* Each word of a sought title as it stands in a title: "ведущего аналитика" is "ведущий аналитик". */
static const char *
as_title(struct cvp_ctx *ctx, const char *sought)
{
	const char *title = "";

	for (const char *at = sought; *at != '\0';) {
		size_t length = strcspn(at, " ");
		const char *word = in_nominative(ctx, cvp_arena_strndup(ctx->arena, at, length));

		title = cvp_arena_printf(ctx->arena, "%s%s%s", title, *title != '\0' ? " " : "", word);
		at += length + (at[length] == ' ');
	}
	return title;
}

/* Words from..to of a line, without what stands at their ends. */
static const char *
cut(struct cvp_ctx *ctx, const char *line, const struct cvp_words *words, size_t from, size_t to)
{
	const struct cvp_word *first = &words->words[from], *last = &words->words[to - 1];

	return cvp_arena_strndup(ctx->arena, line + first->offset, last->offset + last->length - first->offset);
}

/* Where a title that begins at word `from` ends. */
static size_t
title_end(const char *line, const struct cvp_words *words, size_t from)
{
	size_t to = from;

	while (to < words->count && to - from < TITLE_WORDS) {
		const struct cvp_word *word = &words->words[to];
		const char *gap = to > from ? line + words->words[to - 1].offset + words->words[to - 1].length : "";

		if (to > from && (cvp_hiring_has_stem(word->folded, ENDERS) ||
				  strcspn(gap, ",.;:!?(|\n") < (size_t)(line + word->offset - gap)))
			break;
		to++;
	}
	return to;
}

/* "Ищем Python-разработчика в команду", "We are looking for a Senior Data Engineer to join …". */
static const char *
sought_title(struct cvp_ctx *ctx, const char *line, const struct cvp_words *words)
{
	for (size_t i = 0; i + 1 < words->count; i++) {
		size_t from = i + 1;
		bool is_direct;

		if (!cvp_hiring_has_stem(words->words[i].folded, SEEKS))
			continue;
		is_direct = cvp_hiring_has_stem(words->words[i].folded,
						"требуется$ требуются$ нужна$ нужны$ нужен$ открыта$");
		while (from < words->count && cvp_hiring_has_stem(words->words[from].folded, FILLERS))
			from++;
		if (from < words->count) {
			const char *title = cut(ctx, line, words, from, title_end(line, words, from));

			return is_direct ? title : as_title(ctx, title);
		}
	}
	return NULL;
}

static const char *
labelled_title(struct cvp_ctx *ctx, const char *line, const struct cvp_words *words)
{
	size_t from = 1;
	const char *colon;

	if (words->count > 2 && cvp_hiring_has_stem(words->words[0].folded, "job$ название$ открытая$"))
		from = 2;
	if (words->count <= from || !cvp_hiring_has_stem(words->words[from - 1].folded, TITLE_LABELS))
		return NULL;
	colon = line + words->words[from - 1].offset + words->words[from - 1].length;
	colon += strspn(colon, " ");
	if (*colon != ':' && *colon != '-' && strncmp(colon, "—", strlen("—")) != 0 &&
	    strncmp(colon, "–", strlen("–")) != 0)
		return NULL;
	return cut(ctx, line, words, from, title_end(line, words, from));
}

static bool
is_short_line(const char *line, const struct cvp_words *words)
{
	size_t length = strlen(line);

	return words->count > 0 && words->count <= TITLE_WORDS && cvp_text_length(line) <= TITLE_MAX &&
	       strchr(".:!?", line[length - 1]) == NULL && !cvp_hiring_has_stem(words->words[0].folded, NO_TITLE);
}

static const char *
title_of(const struct cvp_hiring_text *t)
{
	const char *sought = NULL, *first = NULL, *at = t->text, *line;
	bool is_first = true;

	while ((line = cvp_hiring_next_line(t->ctx, &at)) != NULL) {
		struct cvp_words words = cvp_words_of(t->ctx, line, strlen(line));
		const char *labelled = labelled_title(t->ctx, line, &words);

		if (labelled != NULL)
			return labelled;
		if (sought == NULL)
			sought = sought_title(t->ctx, line, &words);
		if (is_first && is_short_line(line, &words) && sought == NULL)
			first = cut(t->ctx, line, &words, 0, title_end(line, &words, 0));
		is_first = is_first && words.count == 0;
	}
	return first != NULL ? first : sought;
}

static const char *
level_of(struct cvp_ctx *ctx, const char *text, bool is_title)
{
	struct cvp_words words = cvp_words_of(ctx, text, strlen(text));

	for (size_t i = 0; i < words.count; i++)
		for (size_t l = 0; l < CVP_COUNT(levels); l++)
			if ((is_title || levels[l].is_anywhere) &&
			    cvp_hiring_has_stem(words.words[i].folded, levels[l].stems) &&
			    (is_title || !cvp_hiring_has_stem(words.words[i].folded, "старш главн")))
				return levels[l].name;
	return NULL;
}

static void
read_title(const struct cvp_hiring_text *t)
{
	const char *title = title_of(t), *level = NULL;

	if (title != NULL && cvp_text_length(title) <= TITLE_MAX) {
		cvp_kb_set(t->kb, "role", "role_title", json_string(title));
		level = level_of(t->ctx, title, true);
	}
	if (level == NULL)
		level = level_of(t->ctx, t->text, false);
	if (level != NULL)
		cvp_kb_set(t->kb, "role", "role_seniority", json_string(level));
}

void
cvp_hiring_read_role(const struct cvp_hiring_text *t)
{
	const char *title;
	unsigned domains;

	if (t->source == CVP_HIRING_VACANCY)
		read_title(t);
	if (cvp_hiring_is_said(t))
		return;
	title = cvp_kb_text(t->kb, "role", "role_title");
	domains = title != NULL ? cvp_hiring_domains(t->ctx, title, true) : 0;
	if (domains == 0)
		domains = cvp_hiring_domains(t->ctx, t->text, false);
	if (domains != 0)
		cvp_kb_set(t->kb, "role", "role_domain", json_string(cvp_hiring_domain_name(domains)));
}
