#include "career/requirement_lines.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "career/posting_build.h"
#include "core/ctx.h"
#include "text/script.h"

#define LINES_MAX      400
#define BULLETS_ENOUGH 5
#define LABEL_MAX      60  /* bytes of a label in front of what it labels */
#define WRAP_MIN       50  /* characters: nobody wraps text closer, */
#define WRAP_MAX       130 /* or wider than this */

struct reader {
	struct cvp_ctx *ctx;
	struct cvp_posting_lines found;
	enum cvp_posting_section section;
	size_t width, last_length; /* of lines, in characters */
};

static bool
is_bullet_sign(uint32_t c)
{
	static const uint32_t signs[] = { '-',    '*',    '+',    0x2022, 0x00B7, 0x2013, 0x2014, 0x2023, 0x25AA,
					  0x25CF, 0x25CB, 0x25E6, 0x2713, 0x2714, 0x25BA, 0x2192, 0x25B6, 0x27A4,
					  0x25A0, 0x2043, 0x2705, 0xF0B7, 0x25AB, 0x2012, 0x2756, 0x27A2 };

	for (size_t i = 0; i < CVP_COUNT(signs); i++) {
		if (signs[i] == c)
			return true;
	}
	return false;
}

/* Bytes of a number that lists ("1." or "2)"), 0 where none stands there. */
static size_t
number_length(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > 2 || (text[digits] != '.' && text[digits] != ')'))
		return 0;
	return text[digits + 1] == ' ' || text[digits + 1] == '\t' ? digits + 1 : 0;
}

static bool
begins_text(uint32_t c)
{
	enum cvp_char class = cvp_char_class(c);

	return cvp_char_is_letter(class) || class == CVP_CHAR_DIGIT || (c < 0x80 && strchr("\"'(.<[$", (int)c) != NULL);
}

/* Takes what decorates a line off its start; tells whether that was a bullet. */
static const char *
without_bullet(struct cvp_ctx *ctx, const char *line, size_t length, bool *is_bullet)
{
	const char *text = cvp_posting_squeeze(ctx, cvp_arena_strndup(ctx->arena, line, length));
	size_t left = strlen(text), size;

	*is_bullet = false;
	while (left > 0) {
		uint32_t c = cvp_char_at(text, left, &size);
		size_t number = number_length(text);

		if (number == 0 && begins_text(c))
			break;
		if (number > 0)
			size = number;
		else if (strncmp(text, "**", 2) == 0)
			size = 2; /* Markdown's strong text */
		*is_bullet = *is_bullet || number > 0 || (size != 2 && is_bullet_sign(c));
		text += size;
		left -= size;
	}
	while (left >= 2 && text[left - 1] == '*')
		left--;
	return cvp_arena_strndup(ctx->arena, text, left);
}

static size_t
ending_length(const char *text)
{
	size_t length = strlen(text);

	while (length > 0 && strchr(" *_\"')", text[length - 1]) != NULL)
		length--;
	return length;
}

static bool
ends_sentence(const char *text)
{
	size_t length = ending_length(text);

	return length == 0 || strchr(".:;!?", text[length - 1]) != NULL;
}

/* Greatest length of a line of the text, in characters, where lines were broken at a width; 0 where they were not, but
 * hold whole paragraphs. */
static size_t
wrap_width(const char *text)
{
	size_t width = 0;

	for (const char *line = text; *line != '\0';) {
		size_t length = strcspn(line, "\n"), count = u8_mbsnlen((const uint8_t *)line, length);

		width = count > width ? count : width;
		line += length + (line[length] == '\n');
	}
	return width <= WRAP_MAX ? width : 0;
}

/* Does it look like the middle of a sentence? */
static bool
goes_on(const char *next)
{
	ucs4_t c = 0;

	u8_strmbtouc(&c, (const uint8_t *)next);
	return c == '(' || uc_is_lower(c);
}

/* Was a line broken only because the next one's first word did not fit? The width is that of the longest line; where
 * the next one goes on in the middle of a sentence it may have been an eighth more. */
static bool
is_wrapped(const struct reader *reader, const struct cvp_posting_line *line, const char *next, bool next_is_bullet)
{
	size_t word = u8_mbsnlen((const uint8_t *)next, strcspn(next, " ")) + (goes_on(next) ? reader->width / 8 : 0);

	if (next_is_bullet || next[0] == '\0' || next[strlen(next) - 1] == ':' || ends_sentence(line->text))
		return false;
	return reader->width >= WRAP_MIN && reader->last_length + 1 + word > reader->width;
}

static void
add_line(struct reader *reader, const char *text, bool is_bullet)
{
	if (reader->found.count == LINES_MAX || text[0] == '\0')
		return;
	reader->found.lines[reader->found.count++] = (struct cvp_posting_line){ .text = text, .is_bullet = is_bullet };
}

/* All lines, wrapped ones joined, in no section yet. */
static void
read_lines(struct reader *reader, const char *text)
{
	bool after_blank = true;

	reader->width = wrap_width(text);
	for (const char *line = text; *line != '\0';) {
		size_t length = strcspn(line, "\n");
		bool is_bullet;
		const char *bare = without_bullet(reader->ctx, line, length, &is_bullet);
		struct cvp_posting_line *last = reader->found.count > 0 ? &reader->found.lines[reader->found.count - 1]
									: NULL;

		if (!after_blank && last != NULL && is_wrapped(reader, last, bare, is_bullet))
			last->text = cvp_arena_printf(reader->ctx->arena, "%s %s", last->text, bare);
		else
			add_line(reader, bare, is_bullet);
		after_blank = bare[0] == '\0';
		reader->last_length = u8_mbsnlen((const uint8_t *)line, length);
		line += length + (line[length] == '\n');
	}
}

/* Share of the words of a line that a cue covers: a heading says little else. */
static double
coverage(const struct cvp_words *words, const struct cvp_cue_hit *hit)
{
	return (double)hit->count / (double)words->count;
}

/* Words that only colour a label: "Key", "Required", "Technical". */
static size_t
count_plain(const struct cvp_words *words)
{
	static const struct cvp_cues cues[] = {
		{ 0, "key|main|required|technical|basic|core|your|minimum|professional|soft|"
		     "hard|desired|general|other|additional|specific|the|and|of|ключевые|"
		     "основные|профессиональные|технические|личные" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;
	size_t count = 0;

	for (size_t i = 0; i < words->count; i++)
		count += cvp_cue_starts(words, i, i + 1, &table, &hit);
	return count;
}

/* Does a cue say what the label is about, or does it only stand in it? Words such as "experience" or "skills" must be
 * all of it: they stand in demands as well. */
static bool
announces(const struct cvp_words *words, const struct cvp_cue_hit *hit, bool has_colon)
{
	size_t others = words->count - hit->count;

	if (hit->meaning == CVP_SECTION_MUST_IF_ALONE)
		return others <= count_plain(words);
	return has_colon || coverage(words, hit) >= 0.4;
}

/* The section a label announces; false where it is none we know. has_colon: it ends so, as headings do. */
static bool
section_of(struct cvp_ctx *ctx, const char *label, size_t length, bool has_colon, enum cvp_posting_section *section)
{
	const char *bracket = memchr(label, '(', length); /* what is in brackets does not count */
	struct cvp_words words = cvp_words_of(ctx, label,
					      bracket != NULL && bracket > label ? (size_t)(bracket - label) : length);
	struct cvp_cue_hit hit;

	if (words.count == 0 || words.count > (has_colon ? 20 : 7))
		return false;
	if (!cvp_cue_find(&words, 0, words.count, &cvp_heading_cues, &hit)) {
		if (words.count > 4 || strcmp(words.words[0].folded, "about") != 0)
			return false;
		*section = CVP_SECTION_IGNORE; /* "About Acme" */
		return true;
	}
	if (!announces(&words, &hit, has_colon))
		return false;
	*section = hit.meaning == CVP_SECTION_MUST_IF_ALONE ? CVP_SECTION_MUST : (enum cvp_posting_section)hit.meaning;
	return true;
}

/* "Position: Cashier", "Компания: Акме": who hires for what, which asks nothing by itself. */
static bool
names_vacancy(struct cvp_ctx *ctx, const char *label, size_t length)
{
	static const struct cvp_cues cues[] = {
		{ 0, "company|company name|employer|hiring company|organization|organisation|job title|title|position|"
		     "role|job|vacancy|department|reports to|город|компания|работодатель|организация|вакансия|"
		     "должность|позиция|отдел|חברה|שם החברה|מעסיק|תפקיד|משרה|שם המשרה|עיר" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_words words = cvp_words_of(ctx, label, length);
	struct cvp_cue_hit hit;

	return cvp_cue_starts(&words, 0, words.count, &table, &hit) && hit.count == words.count;
}

/* "Requirements: 4+ years of ...": a label and what it labels on one line. */
static bool
splits_label(struct reader *reader, struct cvp_posting_line *line)
{
	const char *colon = strchr(line->text, ':');
	enum cvp_posting_section section;
	size_t length;

	if (colon == NULL || line->is_bullet || colon[1] == '\0' || colon - line->text > LABEL_MAX)
		return false;
	length = (size_t)(colon - line->text);
	if (names_vacancy(reader->ctx, line->text, length)) {
		line->section = CVP_SECTION_IGNORE;
		return true;
	}
	if (!section_of(reader->ctx, line->text, length, false, &section))
		return false;
	line->text = cvp_posting_squeeze(reader->ctx, colon + 1);
	line->section = section;
	if (section != CVP_SECTION_IGNORE)
		reader->section = section;
	return true;
}

/* A whole line that is a heading: with a colon, or short and without an end of a sentence. */
static bool
is_heading(struct reader *reader, const struct cvp_posting_line *line, enum cvp_posting_section *section)
{
	size_t length = ending_length(line->text);
	bool has_colon = length > 0 && line->text[length - 1] == ':';

	if (length == 0 || (line->is_bullet && !has_colon))
		return false;
	if (!has_colon && strchr(".;,", line->text[length - 1]) != NULL)
		return false;
	if (!has_colon && memchr(line->text, ':', length) != NULL)
		return false; /* "Requirements: SQL" labels what stands in it */
	return section_of(reader->ctx, line->text, length, has_colon, section);
}

/* Where a label stands inside a line of prose, behind the end of a sentence ("... a clear head. Requirements: 2
 * years"), as in texts that lost their line ends; 0 where none does. */
static size_t
inner_label(const struct reader *reader, const char *text)
{
	enum cvp_posting_section section;

	for (const char *at = strpbrk(text, ".!?"); at != NULL; at = strpbrk(at + 1, ".!?")) {
		const char *label = at + 1 + strspn(at + 1, " ");
		size_t length = strcspn(label, ":.!?");

		if (label > at + 1 && label[length] == ':' && length > 0 && length <= LABEL_MAX &&
		    section_of(reader->ctx, label, length, false, &section))
			return (size_t)(label - text);
	}
	return 0;
}

/* Lines of prose begin anew at the labels inside them. */
static void
split_prose(struct reader *reader)
{
	struct cvp_posting_lines whole = reader->found;

	reader->found.lines = cvp_arena_alloc(reader->ctx->arena, LINES_MAX * sizeof(*reader->found.lines));
	reader->found.count = 0;
	for (size_t i = 0; i < whole.count; i++) {
		const char *text = whole.lines[i].text;
		size_t label = whole.lines[i].is_bullet ? 0 : inner_label(reader, text);

		for (; label > 0; label = inner_label(reader, text)) {
			add_line(reader,
				 cvp_posting_squeeze(reader->ctx, cvp_arena_strndup(reader->ctx->arena, text, label)),
				 false);
			text += label;
		}
		add_line(reader, text, whole.lines[i].is_bullet);
	}
}

static bool
is_upper_at(const char *text)
{
	size_t size;
	uint32_t c = cvp_char_at(text, strnlen(text, 4), &size);

	return (c >= 'A' && c <= 'Z') || (c >= 0x0410 && c <= 0x042F);
}

/* "Internal Enablement & Knowledge Management" above a longer line: all its words that mean something are capitals. */
static bool
is_title_case(struct cvp_ctx *ctx, const char *text)
{
	struct cvp_words words = cvp_words_of(ctx, text, strlen(text));

	if (words.count < 2 || words.count > 6 || strchr(".,;:!?)", text[strlen(text) - 1]) != NULL)
		return false;
	for (size_t i = 0; i < words.count; i++) {
		if (!words.words[i].is_stop && !is_upper_at(text + words.words[i].offset))
			return false;
	}
	return true;
}

/* "A fair and transparent process" above a paragraph, where demands are not expected. */
static bool
is_short_title(const struct reader *reader, const char *text)
{
	struct cvp_words words = cvp_words_of(reader->ctx, text, strlen(text));

	return (reader->section == CVP_SECTION_INTRO || reader->section == CVP_SECTION_DUTY) && words.count <= 7 &&
	       is_upper_at(text) && strchr(".,;:!?", text[strlen(text) - 1]) == NULL;
}

/* A heading that announces nothing we know: its section goes on. */
static bool
is_unknown_heading(struct reader *reader, size_t i)
{
	const struct cvp_posting_line *line = &reader->found.lines[i];
	size_t length = ending_length(line->text);

	if (length == 0 || line->is_bullet)
		return false;
	if (line->text[length - 1] == ':')
		return cvp_text_length(line->text) < 120;
	if (i + 1 == reader->found.count || reader->found.lines[i + 1].is_bullet)
		return false;
	return (strlen(reader->found.lines[i + 1].text) > 60 && is_title_case(reader->ctx, line->text)) ||
	       (strlen(reader->found.lines[i + 1].text) > 150 && is_short_title(reader, line->text));
}

/* Where bullets say what is asked, the prose about the job only repeats it in other words. */
static void
mark_summaries(struct cvp_posting_lines *lines)
{
	size_t bullets = 0;

	for (size_t i = 0; i < lines->count; i++)
		bullets += lines->lines[i].is_bullet;
	for (size_t i = 0; i < lines->count; i++) {
		enum cvp_posting_section section = lines->lines[i].section;

		lines->lines[i].is_summary = bullets >= BULLETS_ENOUGH && !lines->lines[i].is_bullet &&
					     (section == CVP_SECTION_INTRO || section == CVP_SECTION_DUTY) &&
					     cvp_text_length(lines->lines[i].text) > 120;
	}
}

struct cvp_posting_lines
cvp_posting_lines_of(struct cvp_ctx *ctx, const char *text)
{
	struct reader reader = { .ctx = ctx, .section = CVP_SECTION_INTRO };
	size_t kept = 0;

	reader.found.lines = cvp_arena_alloc(ctx->arena, LINES_MAX * sizeof(*reader.found.lines));
	read_lines(&reader, text);
	split_prose(&reader);
	for (size_t i = 0; i < reader.found.count; i++) {
		struct cvp_posting_line line = reader.found.lines[i];

		if (is_heading(&reader, &line, &reader.section) || is_unknown_heading(&reader, i))
			continue;
		line.section = reader.section;
		splits_label(&reader, &line);
		if (line.section != CVP_SECTION_IGNORE)
			reader.found.lines[kept++] = line;
	}
	reader.found.count = kept;
	mark_summaries(&reader.found);
	return reader.found;
}
