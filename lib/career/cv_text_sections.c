/* Where the sections of a CV begin: headings by their words and by how they are written. */
#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_headings.h"
#include "career/cv_text.h"
#include "career/cv_text_head.h"
#include "core/ctx.h"

#define HEADING_WORDS 6
#define COLUMN_LINES  40 /* of a column that are looked at for jobs */
#define LABEL_MAX     60 /* bytes of a label before its colon */

/* How strongly a line is marked as a heading; a weaker one does not end a section that a stronger one opened. */
enum weight { PLAIN, COLON, BOLD, CAPITALS, RULED, MARKDOWN };

struct sectioner {
	const struct cvp_text_reader *reader;
	struct cvp_text_sections sections;
	enum weight weight; /* of the heading of the section being filled */
	int level;          /* of the Markdown headings that open sections; 0 until one did */
	bool has_rules;     /* did a ruled line open a section? */
};

enum cvp_text_kind
cvp_text_heading_kind(const char *heading)
{
	return cvp_heading_kind(heading, HEADING_WORDS, NULL);
}

bool
cvp_text_label(struct cvp_ctx *ctx, const char *text, const char **label, const char **rest)
{
	const char *colon = strchr(text, ':');
	size_t length = colon ? (size_t)(colon - text) : 0;

	if (length == 0 || length > LABEL_MAX || memchr(text, '\t', length) || strncmp(colon, "://", 3) == 0 ||
	    cvp_cv_char_is_digit((unsigned char)colon[1]))
		return false;
	*label = cvp_text_trim(ctx, text, length, "");
	*rest = cvp_text_trim(ctx, colon + 1, strlen(colon + 1), "");
	/* "1С:Бухгалтерия" is one name */
	if (cvp_cv_chars_space(colon + 1) == 0 && cvp_text_heading_kind(*label) == CVP_TEXT_KIND_COUNT)
		return false;
	return (*label)[0] && (*rest)[0];
}

static bool
is_capitals(const char *text)
{
	int letters = 0;
	size_t length;

	for (; *text; text += length) {
		uint32_t c = cvp_cv_char_at(text, &length);

		if (cvp_cv_char_is_letter(c) && (cvp_cv_char_lower(c) != c || c < 0x80 || (c >= 0x430 && c <= 0x45F))) {
			letters++;
			if (cvp_cv_char_lower(c) == c)
				return false;
		}
	}
	return letters >= 2;
}

static enum weight
weigh(const struct cvp_text_line *line)
{
	if (line->level)
		return MARKDOWN;
	if (line->is_ruled)
		return RULED;
	if (is_capitals(line->text))
		return CAPITALS;
	if (line->is_bold)
		return BOLD;
	return line->text[strlen(line->text) - 1] == ':' ? COLON : PLAIN;
}

struct cvp_text_section *
cvp_text_sections_add(struct cvp_ctx *ctx, struct cvp_text_sections *sections, enum cvp_text_kind kind,
		      const char *heading)
{
	if (sections->count == sections->size) {
		size_t size = sections->size ? 2 * sections->size : 16;

		sections->at = cvp_arena_grow(ctx->arena, sections->at, sections->size * sizeof(*sections->at),
					      size * sizeof(*sections->at));
		sections->size = size;
	}
	sections->at[sections->count] = (struct cvp_text_section){ .kind = kind, .heading = heading };
	return &sections->at[sections->count++];
}

static void
open_section(struct sectioner *s, enum cvp_text_kind kind, const char *heading)
{
	(void)cvp_text_sections_add(s->reader->ctx, &s->sections, kind, heading);
}

static struct cvp_text_section *
current(struct sectioner *s)
{
	return &s->sections.at[s->sections.count - 1];
}

static bool
holds_entries(enum cvp_text_kind kind)
{
	return kind == CVP_TEXT_WORK || kind == CVP_TEXT_VOLUNTEER || kind == CVP_TEXT_PROJECTS ||
	       kind == CVP_TEXT_EDUCATION;
}

/* A plain line, marked by nothing but its words, is a heading where it stands apart or its words are used for nothing
 * else. */
static bool
stands_out(const struct cvp_text_lines *lines, size_t at, bool is_sure)
{
	const struct cvp_text_line *line = &lines->at[at], *next = at + 1 < lines->count ? line + 1 : NULL;

	if (line->is_bullet)
		return false;
	if (line->after_blank || at == 0)
		return true;
	return is_sure && (line->indent < line[-1].indent || line[-1].is_bullet || line->indent == 0) &&
	       (!next || !next->is_ruled);
}

/* Does the line open a section of the kind its words name? */
static bool
opens(struct sectioner *s, const struct cvp_text_lines *lines, size_t at, enum cvp_text_kind kind, bool is_sure)
{
	const struct cvp_text_line *line = &lines->at[at];
	enum weight weight = weigh(line);
	enum cvp_text_kind inside = current(s)->kind;

	if (weight == MARKDOWN)
		return s->level == 0 || line->level <= s->level;
	if (s->level && s->weight == MARKDOWN && holds_entries(inside) && weight < CAPITALS)
		return false;
	if (line->is_bullet && weight != CAPITALS && weight != RULED)
		return false;
	if (holds_entries(inside) && weight < s->weight && (weight < CAPITALS || kind == inside))
		return false;
	/* "Achievements:", "Technologies:" inside a job are its own */
	if (holds_entries(inside) && weight == COLON && (kind == CVP_TEXT_ACHIEVEMENTS || kind == inside || !is_sure))
		return false;
	if (weight > COLON)
		return true;
	if (weight == COLON)
		return !line->is_bullet;
	if ((inside == CVP_TEXT_HEAD || inside == CVP_TEXT_SUMMARY) && !line->is_bullet && line->indent == 0 && at > 0)
		return true;
	return stands_out(lines, at, is_sure);
}

/* Could a line in capitals be a heading we do not know, and no employer, school or title in capitals? */
static bool
is_plain_caption(const struct sectioner *s, const struct cvp_text_line *line)
{
	enum cvp_text_kind inside = s->sections.at[s->sections.count - 1].kind;
	struct cvp_word_counts counts = cvp_word_count(s->reader->words, line->text);

	if (inside == CVP_TEXT_HEAD || inside == CVP_TEXT_WORK || inside == CVP_TEXT_VOLUNTEER ||
	    inside == CVP_TEXT_PROJECTS)
		return false;
	return counts.words <= 3 && counts.numbers == 0 &&
	       counts.school + counts.degree + counts.title + counts.place == 0 && !strpbrk(line->text, ",|/\t()");
}

/* A heading whose words name no section we know, told by being written like those that do. */
static bool
opens_unknown(const struct sectioner *s, const struct cvp_text_line *line)
{
	if (line->level)
		return s->level && line->level <= s->level && s->sections.count > 1;
	if (line->is_ruled && s->has_rules && !line->is_bullet && strlen(line->text) < LABEL_MAX)
		return true;
	return s->weight == CAPITALS && weigh(line) == CAPITALS && line->after_blank && !line->is_bullet &&
	       is_plain_caption(s, line);
}

/* Inside jobs and schools a label opens a section only where it stands apart, is marked as strongly as the heading
 * above, and is not what jobs have themselves ("Technologies: Go"). */
static bool
opens_inside_entries(const struct sectioner *s, const struct cvp_text_line *line, const char *label,
		     enum cvp_text_kind kind)
{
	enum weight weight = is_capitals(label) ? CAPITALS : COLON;

	if (line->is_bullet || kind == CVP_TEXT_ACHIEVEMENTS || kind == CVP_TEXT_PROJECTS || kind == CVP_TEXT_SUMMARY ||
	    kind == CVP_TEXT_HEAD || cvp_text_is_job_label(label))
		return false;
	if (weight == CAPITALS && s->weight == CAPITALS)
		return true;
	return line->after_blank && weight >= s->weight;
}

/* May such a label with text after it open a section of its own ("Skills: Go, C"), and not only name a part? */
static bool
opens_inline(struct sectioner *s, const struct cvp_text_line *line, const char *label, enum cvp_text_kind kind,
	     const char *rest)
{
	enum cvp_text_kind inside = current(s)->kind;
	struct cvp_word_counts counts = cvp_word_count(s->reader->words, rest);
	struct cvp_date_range range;

	if (kind == CVP_TEXT_LANGUAGES)
		return counts.language > 0 && (inside != CVP_TEXT_WORK || line->after_blank);
	if (kind == CVP_TEXT_WORK || kind == CVP_TEXT_EDUCATION)
		return (!holds_entries(inside) || line->after_blank) && kind != inside &&
		       (cvp_date_range_find(rest, 0, &range) || counts.degree + counts.school > 1);
	if (holds_entries(inside))
		return opens_inside_entries(s, line, label, kind);
	if (inside == CVP_TEXT_SKILLS || inside == CVP_TEXT_OTHER || inside == CVP_TEXT_LANGUAGES)
		return kind != CVP_TEXT_SKILLS && kind != CVP_TEXT_OTHER && kind != CVP_TEXT_HEAD;
	return kind != CVP_TEXT_HEAD && kind != CVP_TEXT_OTHER;
}

/* "Skills: Go, C" as a section of its own that lasts until a blank line or the next label. */
static bool
take_inline(struct sectioner *s, const struct cvp_text_line *line)
{
	struct cvp_text_line text = *line;
	enum cvp_text_kind kind;
	const char *label, *rest;
	bool is_sure;

	if (!cvp_text_label(s->reader->ctx, line->text, &label, &rest))
		return false;
	kind = cvp_heading_kind(label, HEADING_WORDS, &is_sure);
	if (kind == CVP_TEXT_KIND_COUNT || (!is_sure && kind != CVP_TEXT_OTHER) ||
	    !opens_inline(s, line, label, kind, rest))
		return false;
	text.text = rest;
	text.is_bullet = text.is_bold = false;
	open_section(s, kind, label);
	cvp_text_lines_add(s->reader->ctx, &current(s)->lines, text);
	current(s)->is_inline = true;
	return true;
}

/* After an inline section the one before it goes on. True where it ended at this line. */
static bool
close_inline(struct sectioner *s, const struct cvp_text_line *line)
{
	const char *label, *rest;
	size_t before = s->sections.count - 1;

	if (!current(s)->is_inline ||
	    (!line->after_blank && !cvp_text_label(s->reader->ctx, line->text, &label, &rest)))
		return false;
	while (before > 0 && s->sections.at[before].is_inline)
		before--;
	open_section(s, s->sections.at[before].kind, s->sections.at[before].heading);
	return true;
}

/* "Опыт работы — 11 лет 3 месяца": the heading without the length of time some sites add. */
static const char *
without_duration(const struct sectioner *s, const char *text)
{
	static const char *const dashes[] = { " — ", " – ", " - " };

	for (size_t i = 0; i < CVP_COUNT(dashes); i++) {
		const char *dash = strstr(text, dashes[i]);

		if (dash && cvp_words_are_duration(s->reader->words, dash))
			return cvp_text_trim(s->reader->ctx, text, (size_t)(dash - text), "");
	}
	return text;
}

static bool
take_heading(struct sectioner *s, const struct cvp_text_lines *lines, size_t at)
{
	const struct cvp_text_line *line = &lines->at[at];
	const char *text = without_duration(s, line->text), *label, *rest;
	bool is_sure = false;
	enum cvp_text_kind kind = cvp_heading_kind(text, HEADING_WORDS, &is_sure);

	if (cvp_text_label(s->reader->ctx, line->text, &label, &rest))
		return false;
	if (kind == CVP_TEXT_KIND_COUNT || !opens(s, lines, at, kind, is_sure)) {
		if (kind != CVP_TEXT_KIND_COUNT || !opens_unknown(s, line))
			return false;
		kind = CVP_TEXT_OTHER;
	}
	s->weight = weigh(line);
	if (line->level && s->level == 0)
		s->level = line->level;
	s->has_rules |= line->is_ruled;
	open_section(s, kind, line->text);
	return true;
}

/* A column that begins with no heading and holds no job up to its first one goes on with nothing that stands in
 * another: it is read as the head is. */
static void
open_column(struct sectioner *s, const struct cvp_text_lines *lines, size_t at)
{
	struct cvp_date_range range;
	bool is_sure;

	if (!lines->at[at].is_new_column || current(s)->kind == CVP_TEXT_HEAD)
		return;
	for (size_t i = at; i < lines->count && i < at + COLUMN_LINES; i++) {
		const struct cvp_text_line *line = &lines->at[i];

		if (cvp_heading_kind(line->text, HEADING_WORDS, &is_sure) != CVP_TEXT_KIND_COUNT && is_sure)
			break;
		if (line->is_bullet ||
		    (cvp_date_range_find(line->text, 0, &range) && cvp_is_dated_head(s->reader, line, &range)))
			return;
	}
	s->weight = PLAIN;
	open_section(s, CVP_TEXT_HEAD, "");
}

struct cvp_text_sections
cvp_text_sections_of(const struct cvp_text_reader *reader, const struct cvp_text_lines *lines)
{
	struct sectioner s = { .reader = reader };

	open_section(&s, CVP_TEXT_HEAD, "");
	for (size_t at = 0; at < lines->count; at++) {
		struct cvp_text_line line = lines->at[at];

		/* a label right under another stands as much apart as one after a blank line */
		line.after_blank |= close_inline(&s, &line);
		if (take_heading(&s, lines, at) || take_inline(&s, &line))
			continue;
		open_column(&s, lines, at);
		cvp_text_lines_add(reader->ctx, &current(&s)->lines, lines->at[at]);
	}
	return s.sections;
}
