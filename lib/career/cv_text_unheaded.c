/* A CV without headings over its jobs and schools: the blocks of its head sorted by what stands in them. */
#include "career/cv_text.h"
#include "career/cv_text_head.h"

/* The line after the last of the block that begins at first: blocks are parted by blank lines. */
static size_t
block_end(const struct cvp_text_lines *lines, size_t first)
{
	size_t end = first + 1;

	while (end < lines->count && !lines->at[end].after_blank)
		end++;
	return end;
}

/* What a block is about: dates at a header make it a job, a degree or school an education. CVP_TEXT_HEAD where nothing
 * tells. */
static enum cvp_text_kind
block_kind(const struct cvp_text_reader *reader, const struct cvp_text_lines *lines, size_t first, size_t end)
{
	struct cvp_date_range range;
	bool is_dated = false, is_school = false;

	for (size_t i = first; i < end && i < first + 4; i++) {
		const struct cvp_text_line *line = &lines->at[i];
		struct cvp_word_counts counts = cvp_word_count(reader->words, line->text);

		is_dated |= cvp_date_range_find(line->text, 0, &range) && cvp_is_dated_head(reader, line, &range);
		is_school |= !line->is_bullet && counts.words <= 24 &&
			     (counts.school > 0 || (counts.degree > 0 && counts.title == 0));
	}
	if (is_school)
		return CVP_TEXT_EDUCATION;
	return is_dated ? CVP_TEXT_WORK : CVP_TEXT_HEAD;
}

/* Does a heading or label lead to jobs or schools? */
static bool
has_entries(const struct cvp_text_sections *sections)
{
	for (size_t i = 0; i < sections->count; i++)
		if (sections->at[i].kind == CVP_TEXT_WORK || sections->at[i].kind == CVP_TEXT_EDUCATION)
			return true;
	return false;
}

struct cvp_text_sections
cvp_text_split_head(const struct cvp_text_reader *reader, const struct cvp_text_sections *sections)
{
	const struct cvp_text_lines *lines = &sections->at[0].lines;
	struct cvp_text_section *last = NULL;
	struct cvp_text_sections split = { 0 };

	if (has_entries(sections))
		return *sections;
	for (size_t first = 0, end; first < lines->count; first = end) {
		enum cvp_text_kind kind;

		end = block_end(lines, first);
		kind = first == 0 ? CVP_TEXT_HEAD : block_kind(reader, lines, first, end);
		if (!last || last->kind != kind)
			last = cvp_text_sections_add(reader->ctx, &split, kind, "");
		for (size_t i = first; i < end; i++)
			cvp_text_lines_add(reader->ctx, &last->lines, lines->at[i]);
	}
	for (size_t i = 1; i < sections->count; i++)
		*cvp_text_sections_add(reader->ctx, &split, CVP_TEXT_HEAD, "") = sections->at[i];
	return split;
}
