/* A header line cut into its parts. */
#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_text_head.h"
#include "core/ctx.h"

#define PROSE_WORDS    7
#define SENTENCE_WORDS 14 /* a part with more words is a sentence */

static const char edge_marks[] = ",;|:·•/–—-−~\t";

/* A label that says itself what follows ("Company: Acme"). */
static const struct {
	enum cvp_part_kind kind;
	const char *labels; /* parted by '|' */
} labels[] = {
	{ CVP_PART_COMPANY, "|company|employer|organization|organisation|institution|компания|организация|работодатель|"
			    "место работы|חברה|מעסיק|"
			    "מקום עבודה|ארגון|school|university|college|учебное заведение|вуз|מוסד|מוסד לימודים|" },
	{ CVP_PART_TITLE, "|position|title|job title|role|designation|должность|позиция|роль|תפקיד|משרה|"
			  "degree|qualification|образование|степень|квалификация|תואר|" },
	{ CVP_PART_PLACE,
	  "|location|city|state|city , state|city, state|place|город|местоположение|адрес|регион|מיקום|עיר|" },
	{ CVP_PART_DURATION,
	  "|period|dates|date|duration|from|период|период работы|даты|срок|תקופה|תאריכים|שנים|year|graduated|"
	  "graduation|graduation year|class of|год окончания|год выпуска|годы обучения|שנת סיום|" },
};

static bool
is_opening(uint32_t c)
{
	return c == '(' || c == '[' || c == 0xAB || c == 0x201C || c == 0x201E;
}

static bool
is_closing(uint32_t c)
{
	return c == ')' || c == ']' || c == 0xBB || c == 0x201D;
}

/* A comma that belongs to a name: "Acme, Inc.". */
static bool
is_part_of_name(const char *after)
{
	static const char *const words[] = { "inc",   "llc", "ltd", "corp",    "co",  "gmbh", "jr",    "sr",    "l.l.c",
					     "plc",   "llp", "llp", "limited", "s.a", "s.l",  "s.r.l", "s.p.a", "lda",
					     "s.a.s", "a.s", "sa",  "ag",      "n.v", "b.v",  "srl" };
	size_t at = 0, length = cvp_word_next(after, &at);

	if (strncmp(after + at, "CO", 2) == 0) /* Colorado */
		return false;
	return length > 0 && cvp_cv_chars_any_word(after + at, words, CVP_COUNT(words), NULL) == length;
}

static bool
begins_name(const char *text)
{
	size_t length;
	uint32_t c = cvp_cv_char_at(text, &length);

	return cvp_cv_char_is_upper(c) || c == 0xAB || c == '"' || c == 0x201E || c == 0x201C;
}

/* "at", "@", "в компании", "אצל", "ב-" between a title and an employer; the bytes from the space before it on. */
static size_t
scan_at(const char *text)
{
	static const char *const words[] = { "at", "at the", "@", "в компании", "в компанию", "אצל", "בחברת", "עבור" };
	size_t space = cvp_cv_chars_space(text), length;

	if (space == 0)
		return 0;
	length = cvp_cv_chars_any_word(text + space, words, CVP_COUNT(words), NULL);
	if (length == 0 && cvp_cv_chars_word(text + space, "в")) {
		length = strlen("в");
		if (!begins_name(text + space + length + cvp_cv_chars_space(text + space + length)))
			return 0;
	}
	if (length == 0 && strncmp(text + space, "ב-", 3) == 0)
		length = 3;
	if (length == 0)
		return 0;
	return space + length + cvp_cv_chars_space(text + space + length);
}

/* Dashes between spaces, or an em dash without; the bytes. */
static size_t
scan_dash(const char *text)
{
	size_t space = cvp_cv_chars_space(text), at = space, length;
	uint32_t first = cvp_cv_char_at(text + at, &length);

	while (cvp_cv_char_is_dash(cvp_cv_char_at(text + at, &length)))
		at += length;
	if (at == space || (space == 0 && first != 0x2014))
		return 0;
	length = cvp_cv_chars_space(text + at);
	return length || first == 0x2014 ? at + length : 0;
}

static size_t
scan_bar(const char *text)
{
	static const char *const bars[] = {
		"|", "•", "·", "‖", "¦", "⋅", "∙", "◦", "⁄", "／", ";", "//", "ï¼", "â€“", "â€”"
	}; /* dashes as some programs spoil them */
	size_t space = cvp_cv_chars_space(text);

	for (size_t i = 0; i < CVP_COUNT(bars); i++)
		if (strncmp(text + space, bars[i], strlen(bars[i])) == 0) {
			space += strlen(bars[i]);
			return space + cvp_cv_chars_space(text + space);
		}
	return 0;
}

/* A joint exactly at text: its bytes, 0 where none is. */
static size_t
scan_joint(const char *text, bool at_parts, enum cvp_joint *joint)
{
	size_t length, space = cvp_cv_chars_space(text);

	*joint = CVP_JOINT_TAB;
	length = scan_bar(text);
	if (length == 0 && memchr(text, '\t', space))
		return space;
	*joint = CVP_JOINT_BAR;
	if (length)
		return length;
	length = scan_dash(text);
	*joint = CVP_JOINT_DASH;
	if (length)
		return length;
	length = at_parts ? scan_at(text) : 0;
	*joint = CVP_JOINT_AT;
	if (length)
		return length;
	*joint = CVP_JOINT_COMMA;
	if (text[space] != ',' || is_part_of_name(text + space + 1))
		return 0;
	length = cvp_cv_chars_space(text + space + 1);
	return length ? space + 1 + length : 0;
}

static bool
is_all(const struct cvp_word_counts *counts, int of_class)
{
	return of_class > 0 && of_class == counts->words;
}

/* What the words of a part make it. */
static void
classify(const struct cvp_text_reader *reader, struct cvp_part *part)
{
	struct cvp_word_counts counts = cvp_word_count(reader->words, part->text);

	part->score = 0;
	part->kind = CVP_PART_PLAIN;
	if (counts.words > SENTENCE_WORDS) {
		part->kind = CVP_PART_TEXT;
	} else if (cvp_words_are_duration(reader->words, part->text)) {
		part->kind = CVP_PART_DURATION;
	} else if (is_all(&counts, counts.employment)) {
		part->kind = CVP_PART_EMPLOYMENT;
	} else if (counts.title && (!counts.legal || counts.ends_in_title)) {
		part->kind = CVP_PART_TITLE;
		part->score = 3 + 2 * counts.ends_in_title + (counts.rank > 0) - (counts.company > 0) -
			      (counts.school > 0);
	} else if (cvp_words_are_place(reader->words, part->text)) {
		part->kind = CVP_PART_PLACE;
	} else if (counts.legal || counts.company || counts.school) {
		part->kind = CVP_PART_COMPANY;
		part->score = counts.legal ? 5 : 3;
	} else if (is_all(&counts, counts.rank)) {
		part->kind = CVP_PART_TITLE;
		part->score = 1;
	}
}

/* The row of `labels` that lists the text as a whole; their count where none does. */
static size_t
label_row(const char *text)
{
	for (size_t i = 0; i < CVP_COUNT(labels); i++) {
		const char *at = labels[i].labels + 1;

		while (*at) {
			size_t length = strcspn(at, "|");
			char word[80] = "";

			memcpy(word, at, length);
			if (cvp_cv_chars_word(text, word) == strlen(text))
				return i;
			at += length + 1;
		}
	}
	return CVP_COUNT(labels);
}

/* Takes "Company:" off the front of a part that is so labelled. */
static void
take_label(const struct cvp_text_reader *reader, struct cvp_part *part)
{
	const char *label, *rest;
	size_t row;

	if (!cvp_text_label(reader->ctx, part->text, &label, &rest))
		return;
	row = label_row(label);
	if (row == CVP_COUNT(labels))
		return;
	part->kind = labels[row].kind;
	part->score = 9;
	part->is_labelled = true;
	part->text = rest;
	part->from = part->to - strlen(rest);
}

static void
add_part(const struct cvp_text_reader *reader, struct cvp_parts *parts, const char *line, size_t from, size_t to,
	 enum cvp_joint joint)
{
	struct cvp_part *part = &parts->at[parts->count];
	const char *text = cvp_text_unbracket(reader->ctx,
					      cvp_text_trim(reader->ctx, line + from, to - from, edge_marks));
	size_t at;

	if (text[0] == '\0' || parts->count == CVP_PARTS_MAX || label_row(text) < CVP_COUNT(labels))
		return; /* a label whose text was the date */
	at = (size_t)(strstr(line + from, text) - line);
	*part = (struct cvp_part){ .line = line, .from = at, .to = at + strlen(text), .text = text, .joint = joint };
	if (cvp_text_is_placeholder(text)) {
		part->kind = CVP_PART_COMPANY;
		part->score = 9;
		part->is_labelled = true;
	} else {
		classify(reader, part);
		take_label(reader, part);
	}
	parts->count++;
}

void
cvp_parts_add(const struct cvp_text_reader *reader, struct cvp_parts *parts, const char *line, bool at_parts)
{
	enum cvp_joint before = CVP_JOINT_LINE, joint;
	size_t from = 0, length, step;
	int depth = 0;

	for (size_t at = 0; line[at]; at += step) {
		uint32_t c = cvp_cv_char_at(line + at, &step);

		if (is_opening(c))
			depth++;
		else if (is_closing(c) && depth > 0)
			depth--;
		if (depth > 0 || (at == from && c != '|'))
			continue;
		length = scan_joint(line + at, at_parts, &joint);
		if (length == 0 || parts->count + 1 >= CVP_PARTS_MAX)
			continue;
		add_part(reader, parts, line, from, at, before);
		before = joint;
		from = at + length;
		step = length;
	}
	add_part(reader, parts, line, from, strlen(line), before);
}

/* Running text and no names: many words, most of them without a capital, and no columns or bars. */
static bool
is_prose(const struct cvp_text_reader *reader, const char *text)
{
	struct cvp_word_counts counts = cvp_word_count(reader->words, text);

	return counts.words >= PROSE_WORDS && counts.capitals * 2 < counts.words && !strpbrk(text, "|\t");
}

void
cvp_parts_add_dated(const struct cvp_text_reader *reader, struct cvp_parts *parts, const char *line,
		    const struct cvp_date_range *range, bool at_parts, const char **after)
{
	struct cvp_ctx *ctx = reader->ctx;
	const char *rest = line + range->to, *before = cvp_text_trim(ctx, line, range->from, "([,;:|·•–—-−~");
	size_t mark = strspn(rest, ")] .");

	*after = NULL;
	cvp_parts_add(reader, parts, before, at_parts);
	if (before[0] && rest[mark] == ':' && rest[mark + 1]) {
		*after = cvp_text_trim(ctx, rest + mark + 1, strlen(rest + mark + 1), "");
		return;
	}
	if (before[0] && is_prose(reader, rest + mark)) {
		*after = cvp_text_trim(ctx, rest + mark, strlen(rest + mark), "");
		return;
	}
	cvp_parts_add(reader, parts, cvp_text_trim(ctx, rest, strlen(rest), ")],;:|·•–—-−~."), at_parts);
}

void
cvp_parts_merge(const struct cvp_text_reader *reader, struct cvp_parts *parts, int i)
{
	struct cvp_part *part = &parts->at[i];

	part->to = part[1].to;
	part->text = cvp_arena_strndup(reader->ctx->arena, part->line + part->from, part->to - part->from);
	parts->count--;
	memmove(part + 1, part + 2, (parts->count - (size_t)i - 1) * sizeof(*part));
}
