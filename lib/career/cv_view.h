/* cv_view.h - a CV as templates/partial/cv.html shows it: every line with the anchor that evidence links to. Pure. */
#ifndef CVP_CAREER_CV_VIEW_H
#define CVP_CAREER_CV_VIEW_H

#include <jansson.h>

struct cvp_ctx;
struct cvp_cv;

/* The anchor of a line: "cv" and its JSON Pointer, as an HTML id and, behind '#', as a link. In the context. */
const char *cvp_cv_anchor(struct cvp_ctx *ctx, const char *pointer);

/* {name, label, email, phone, sections: [{key, is_<key>: true, entries: [{title, organisation, span, lines: [{anchor,
 * text, is_bullet}]}]}]}; title and organisation are {anchor, text}. Sections without lines are left out. key is the
 * section's name in JSON Resume. Owned by the context. */
json_t *cvp_cv_view(struct cvp_ctx *ctx, const struct cvp_cv *cv);

#endif
