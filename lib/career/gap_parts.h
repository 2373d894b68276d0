/* gap_parts.h - what a gap analysis is made from. Private to gap*.c.
 *
 * Everything is in the context's arena; one struct cvp_vpr an analysis, used by one thread. */
#ifndef CVP_CAREER_GAP_PARTS_H
#define CVP_CAREER_GAP_PARTS_H

#include "career/gap_analysis.h"
#include "career/vpr_parts.h"

#define CVP_GAP_ROWS_MAX 50 /* as many as a posting has requirements (SPEC 7.1) */

/* gap_question.c: what a row is asked about, in the words of the engine; *category NULL where none fits. */
struct cvp_gap_words {
	const char *question, *reasoning, *category;
	json_t *sources; /* pointers to what in the CV suggests it */
};
struct cvp_gap_words cvp_gap_ask_for(struct cvp_vpr *vpr, const struct cvp_vpr_row *row);

/* gap_analysis.c: the rows questions are due for, those that weigh most first; their number. */
size_t cvp_gap_rows(const struct cvp_vpr *vpr, const struct cvp_vpr_row *rows[CVP_GAP_ROWS_MAX]);

/* At most so many questions are asked. */
size_t cvp_gap_most(const json_t *input);

/* The question with its figures. Owned by the context. */
json_t *cvp_gap_question(const struct cvp_vpr *vpr, const struct cvp_vpr_row *row, const struct cvp_gap_words *words);

/* gap_judge.c: adds what a question names and neither CV nor posting does (SPEC 8) to v's verdict. field: its pointer.
 */
void cvp_gap_judge(struct cvp_verification *v, const char *field, const json_t *question);

/* The artifact around its questions. */
json_t *cvp_gap_frame(const struct cvp_vpr *vpr, json_t *questions);

/* gap_model.c: how a model writes it. */
extern const struct cvp_kind_writing cvp_gap_writing;

#endif
