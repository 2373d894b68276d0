/* What stands under a header: paragraphs and bullets, wrapped lines joined. */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "career/cv_chars.h"
#include "career/cv_text.h"
#include "career/cv_text_lists.h"
#include "core/buf.h"
#include "core/ctx.h"
#include "text/text.h"

#define WRAP_MIN    55   /* code points of a line that may have been wrapped */
#define BULLET_MAX  2000 /* code points of a bullet (SPEC 2.5) */
#define JOINED_MAX  (4u << 20)
#define LABEL_WORDS 5

/* Headings inside a job that say nothing by themselves. */
static const char *const plain_labels[] = {
	"responsibilities",
	"key responsibilities",
	"duties",
	"achievements",
	"key achievements",
	"accomplishments",
	"key results",
	"highlights",
	"projects",
	"key projects",
	"responsibilities include",
	"main responsibilities",
	"обязанности",
	"достижения",
	"должностные обязанности",
	"функции",
	"результаты",
	"задачи",
	"основные задачи",
	"תחומי אחריות",
	"הישגים",
	"תפקידים",
	"עיקרי התפקיד",
};

static const char *const technology_labels[] = {
	"technologies", "technologies used",
	"tech stack",   "stack",
	"tech",         "tools",
	"environment",  "keywords",
	"skills",       "tools and technologies",
	"technology",   "tools used",
	"skills used",  "technical environment",
	"programs",     "технологии",
	"стек",         "стек технологий",
	"инструменты",  "используемые технологии",
	"טכנולוגיות",   "כלים",
};

static bool
begins_lower(const char *text)
{
	size_t length;
	uint32_t c = cvp_cv_char_at(text, &length);

	return cvp_cv_char_is_letter(c) && cvp_cv_char_is_upper(c) == false && cvp_cv_char_lower(c) == c && c < 0x590;
}

static bool
ends_sentence(const char *text)
{
	size_t length = strlen(text);

	return length && strchr(".!?:;", text[length - 1]) != NULL;
}

/* Does the text break off at a word that nothing ends with ("resulting in a")? */
static bool
breaks_off(const char *text)
{
	static const char *const words[] = { "a",  "an", "the", "of",   "in", "and",  "to",    "for", "with", "by",
					     "on", "or", "at",  "from", "as", "into", "using", "и",   "в",    "на",
					     "с",  "по", "для", "из",   "от", "за",   "של",    "עם",  "על" };
	const char *last = strrchr(text, ' ');

	return last && (text[strlen(text) - 1] == ',' ||
			cvp_cv_chars_any_word(last + 1, words, CVP_COUNT(words), NULL) == strlen(last + 1));
}

/* Does line go on with the paragraph that head began and before ended? width: of the widest line around them. */
static bool
continues(const struct cvp_text_line *head, const struct cvp_text_line *before, const struct cvp_text_line *line,
	  size_t width)
{
	size_t length;

	if (line->is_bullet || line->after_blank || line->level || line->is_bold || head->level || head->is_bold)
		return before->is_hyphenated && !line->is_bullet;
	if (before->is_hyphenated || begins_lower(line->text))
		return true;
	if (head->is_bullet && line->indent > head->indent)
		return true;
	length = cvp_text_length(before->text);
	return (length >= WRAP_MIN && length * 8 >= width * 7 && !ends_sentence(before->text)) ||
	       (length >= WRAP_MIN / 2 && width < SIZE_MAX / 8 && breaks_off(before->text));
}

/* Adds a wrapped line's text: no space after a hyphen inside a word or a soft one. */
static void
join(struct cvp_buf *buf, const struct cvp_text_line *before, const struct cvp_text_line *line)
{
	size_t length = strlen(before->text);
	bool is_broken = length > 1 && before->text[length - 1] == '-' && before->text[length - 2] != ' ' &&
			 begins_lower(line->text);

	if (!before->is_hyphenated && !is_broken)
		cvp_buf_char(buf, ' ');
	cvp_buf_text(buf, line->text);
}

struct cvp_text_lines
cvp_text_unwrap(struct cvp_ctx *ctx, const struct cvp_text_lines *lines, size_t first, size_t last, bool by_width)
{
	struct cvp_text_lines joined = { 0 };
	struct cvp_buf buf = CVP_BUF(JOINED_MAX);
	size_t width = by_width ? 0 : SIZE_MAX / 8;

	for (size_t i = first; i < last; i++)
		width = cvp_text_length(lines->at[i].text) > width ? cvp_text_length(lines->at[i].text) : width;
	for (size_t i = first; i < last;) {
		struct cvp_text_line head = lines->at[i];
		size_t next = i + 1;

		cvp_buf_reset(&buf);
		cvp_buf_text(&buf, head.text);
		for (; next < last && continues(&lines->at[i], &lines->at[next - 1], &lines->at[next], width); next++)
			join(&buf, &lines->at[next - 1], &lines->at[next]);
		if (next > i + 1)
			head.text = cvp_arena_strdup(ctx->arena, cvp_buf_string(&buf));
		cvp_text_lines_add(ctx, &joined, head);
		i = next;
	}
	cvp_buf_free(&buf);
	return joined;
}

static bool
is_one_of(const char *text, const char *const *words, size_t count)
{
	size_t length = cvp_cv_chars_any_word(text, words, count, NULL);

	return length > 0 && (text[length] == '\0' || strcmp(text + length, ":") == 0);
}

bool
cvp_text_is_job_label(const char *label)
{
	if (strcasecmp(label, "skills") == 0)
		return false;
	return is_one_of(label, plain_labels, CVP_COUNT(plain_labels)) ||
	       is_one_of(label, technology_labels, CVP_COUNT(technology_labels));
}

/* "Technologies: Go, SQL" of a job into its x_technologies. */
static bool
take_technologies(struct cvp_text_reader *reader, json_t *entry, const char *text)
{
	const char *label, *rest;
	json_t *array;

	if (!cvp_text_label(reader->ctx, text, &label, &rest) ||
	    !is_one_of(label, technology_labels, CVP_COUNT(technology_labels)))
		return false;
	array = json_object_get(entry, "x_technologies");
	if (!array) {
		array = json_array();
		json_object_set_new(entry, "x_technologies", array);
	}
	cvp_text_split_list(reader, array, rest);
	return true;
}

static bool
is_link(const char *text)
{
	return (strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0) && !strchr(text, ' ');
}

/* What a body's lines are sorted into. */
struct body {
	struct cvp_text_reader *reader;
	json_t *entry, *highlights;
	struct cvp_buf summary;
	bool text_is_bullets; /* paragraphs count as bullets: there are several and no bullet */
};

static void
put_line(struct body *body, const struct cvp_text_line *given)
{
	struct cvp_text_line copy = *given, *line = &copy;
	const char *label, *rest;

	if (is_one_of(line->text, plain_labels, CVP_COUNT(plain_labels)) ||
	    take_technologies(body->reader, body->entry, line->text))
		return;
	if (cvp_text_label(body->reader->ctx, line->text, &label, &rest) &&
	    is_one_of(label, plain_labels, CVP_COUNT(plain_labels)))
		line->text = rest;
	if (is_link(line->text) && !json_object_get(body->entry, "url")) {
		cvp_text_set(body->entry, "url", line->text);
		return;
	}
	if ((line->is_bullet || body->text_is_bullets) && cvp_text_length(line->text) <= BULLET_MAX) {
		json_array_append_new(body->highlights, json_string(line->text));
		return;
	}
	if (body->summary.length)
		cvp_buf_char(&body->summary, '\n');
	cvp_buf_text(&body->summary, line->text);
}

void
cvp_text_read_body(struct cvp_text_reader *reader, json_t *entry, const struct cvp_text_lines *lines,
		   const char *summary_key)
{
	struct body body = {
		.reader = reader, .entry = entry, .highlights = json_array(), .summary = CVP_BUF(JOINED_MAX)
	};
	size_t bullets = 0, paragraphs = 0;

	for (size_t i = 0; i < lines->count; i++) {
		bullets += lines->at[i].is_bullet;
		paragraphs += !lines->at[i].is_bullet && !is_link(lines->at[i].text);
	}
	body.text_is_bullets = bullets == 0 && paragraphs > 1;
	for (size_t i = 0; i < lines->count; i++)
		put_line(&body, &lines->at[i]);
	cvp_text_set(entry, summary_key, cvp_buf_string(&body.summary));
	if (json_array_size(body.highlights))
		json_object_set(entry, "highlights", body.highlights);
	json_decref(body.highlights);
	cvp_buf_free(&body.summary);
}
