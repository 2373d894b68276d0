/* Tasks: the lines of a text without their bullets and numbers (SPEC 11.3). */
#include <string.h>

#include "core/ctx.h"
#include "hiring/read_parts.h"

#define TASKS_MAX     10
#define VACANCY_LEAST 5 /* characters: a line is longer */
#define TASKS_LEAST   3
#define HEADING_WORDS 6

/* A heading of duties, and one that ends them. */
#define DUTIES                                                                                                                                                         \
	"обязанност задач функционал делать$ предстоит$ responsibilities$ duties$ tasks$ do$ role$ תחומי$ אחריות$ " \
	"משימות$ תפקיד$"
#define OTHERS                                                                                                                                                             \
	"требован ожидаем ждем условия$ предлагаем$ плюсом$ компани нас$ контакт зарплат requirements$ " \
	"qualifications$ skills$ offer$ "                                                                                                                                  \
	"benefits$ about$ us$ need$ looking$ have$ conditions$ contact$ דרישות$ תנאים$ אודות$ מציעים$"

static const char *
without_bullet(const char *line)
{
	const char *at;

	line += strspn(line, " \t");
	if (*line == '-')
		line++;
	else if (strncmp(line, "•", strlen("•")) == 0)
		line += strlen("•");
	line += strspn(line, " \t");
	at = line + strspn(line, "0123456789");
	if (at > line && (*at == '.' || *at == ')'))
		line = at + 1;
	return line + strspn(line, " \t");
}

/* A short line that ends in a colon, or that is nothing but one of the words of headings. */
static bool
is_heading(const struct cvp_hiring_text *t, const char *line, const char *stems)
{
	struct cvp_words words = cvp_words_of(t->ctx, line, strlen(line));
	size_t length = strlen(line);

	if (words.count == 0 || words.count > HEADING_WORDS ||
	    (words.count > 2 && line[length - 1] != ':' && line[length - 1] != '?'))
		return false;
	for (size_t i = 0; i < words.count; i++)
		if (cvp_hiring_has_stem(words.words[i].folded, stems))
			return true;
	return false;
}

/* What follows the heading of duties; the whole text where there is none. */
static const char *
duties_of(const struct cvp_hiring_text *t, bool *has_heading)
{
	const char *at = t->text, *line;

	while ((line = cvp_hiring_next_line(t->ctx, &at)) != NULL)
		if (is_heading(t, line, DUTIES)) {
			*has_heading = true;
			return at;
		}
	*has_heading = false;
	return t->text;
}

/* "Навыки: SQL": a heading with its text behind it. */
static bool
opens_part(const struct cvp_hiring_text *t, const char *line)
{
	size_t length = strcspn(line, ":");
	struct cvp_words words = cvp_words_of(t->ctx, line, length);

	return line[length] == ':' && words.count > 0 && words.count <= HEADING_WORDS &&
	       cvp_hiring_has_stem(words.words[0].folded, OTHERS);
}

static bool
has_bullet(const char *line)
{
	return without_bullet(line) != line + strspn(line, " \t");
}

static json_t *
tasks_of(const struct cvp_hiring_text *t, const char *at, bool stops_at_heading, size_t least)
{
	json_t *tasks = json_array();
	const char *line;
	bool is_list = false;

	while (json_array_size(tasks) < TASKS_MAX && (line = cvp_hiring_next_line(t->ctx, &at)) != NULL) {
		const char *task = without_bullet(line);

		if (stops_at_heading && json_array_size(tasks) > 0 &&
		    ((is_list && !has_bullet(line)) || is_heading(t, line, OTHERS) || opens_part(t, line)))
			break;
		is_list = is_list || has_bullet(line);
		if (cvp_text_length(task) > least)
			json_array_append_new(tasks, json_string(task));
	}
	return tasks;
}

void
cvp_hiring_read_tasks(const struct cvp_hiring_text *t)
{
	bool is_vacancy = t->source == CVP_HIRING_VACANCY, has_heading = false;
	const char *at = is_vacancy ? duties_of(t, &has_heading) : t->text;
	json_t *tasks = tasks_of(t, at, has_heading, is_vacancy ? VACANCY_LEAST : TASKS_LEAST);

	if (json_array_size(tasks) > 0)
		cvp_kb_set(t->kb, "responsibilities", "tasks", tasks);
	else
		json_decref(tasks);
}
