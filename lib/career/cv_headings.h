/* cv_headings.h - the words CVs use as headings, in en, ru, he. Private to the CV's files. */
#ifndef CVP_CAREER_CV_HEADINGS_H
#define CVP_CAREER_CV_HEADINGS_H

#include "career/cv_text.h"

/* The section a heading names: as a known phrase, or because each of its words, at most max_words, is one that headings
 * are made of. CVP_TEXT_KIND_COUNT where it names none. *is_sure (may be NULL): it is a phrase that hardly stands for
 * anything else on a line of its own. */
enum cvp_text_kind cvp_heading_kind(const char *heading, int max_words, bool *is_sure);

#endif
