/* gap_analysis.h - the kind `gap_analysis` (kind.h): questions to the candidate about what a posting asks for and the
 * CV shows too little of (SPEC 2.4, 7.5). Pure. */
#ifndef CVP_CAREER_GAP_ANALYSIS_H
#define CVP_CAREER_GAP_ANALYSIS_H

#include <jansson.h>

#define CVP_GAP_QUESTIONS_MAX   10 /* SPEC 7.5 */
#define CVP_GAP_QUESTIONS_USUAL 5

/* What a stored posting is called: its source_url, else "manual" (SPEC 2.3). Borrowed from it. */
const char *cvp_posting_id(const json_t *posting);

#endif
