/* cv_text_tokens.h - e-mail addresses, links and phone numbers inside a text. Private to cv_text*.c. Pure. */
#ifndef CVP_CAREER_CV_TEXT_TOKENS_H
#define CVP_CAREER_CV_TEXT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

enum cvp_token_kind { CVP_TOKEN_NONE, CVP_TOKEN_EMAIL, CVP_TOKEN_LINK, CVP_TOKEN_PHONE };

/* The first e-mail address, link or phone number at or after byte `at`: bytes [*from, *to). */
enum cvp_token_kind cvp_token_find(const char *text, size_t at, size_t *from, size_t *to);

#endif
