/* paper.h - a CV as a paper to be set: blocks in their order, for PDF and Word (lib/document/render.h).
 *
 * Pure. A paper is {title, language, blocks: [[kind, text], [kind, left, right]...]}; kinds: name, line (contact), h
 * (section), pair (what, when), sub (where it was, place), p, li. Facts stand as the CV writes them, headings in the
 * language asked for. */
#ifndef CVP_CAREER_PAPER_H
#define CVP_CAREER_PAPER_H

#include <jansson.h>

#include "core/code.h"

struct cvp_assets;
struct cvp_ctx;

/* resume: JSON Resume (SPEC 2.2); language: "en", "ru", "he". The paper is the context's. */
json_t *cvp_resume_paper(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *resume,
			 const char *language);

/* What templates/artifact/resume.{html,md} are rendered over: {language, dir, title, blocks: [{is_<kind>: true, left,
 * right, left_md, right_md}]}. A new reference. */
json_t *cvp_paper_model(struct cvp_ctx *ctx, const json_t *paper);

#endif
