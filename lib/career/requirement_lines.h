/* requirement_lines.h - a posting's text as lines that each know their section: what a heading above them announced.
 *
 * Pure. Results are in the context's arena. Private to requirement extraction. */
#ifndef CVP_CAREER_REQUIREMENT_LINES_H
#define CVP_CAREER_REQUIREMENT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "career/requirement_cues.h"

struct cvp_ctx;

struct cvp_posting_line {
	const char *text; /* one line, bullet sign taken off, wrapped lines joined */
	enum cvp_posting_section section;
	bool is_bullet;
	bool is_summary; /* prose about the job in a posting that lists its demands elsewhere */
};

struct cvp_posting_lines {
	struct cvp_posting_line *lines;
	size_t count;
};

/* Headings themselves are left out. At most 400 lines. */
struct cvp_posting_lines cvp_posting_lines_of(struct cvp_ctx *ctx, const char *text);

#endif
