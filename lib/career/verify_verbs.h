/* verify_verbs.h - how much a verb claims: "helped build" is less than "built", "built" less than "led".
 *
 * Lists in English, Russian and Hebrew. Pure; constant data. */
#ifndef CVP_CAREER_VERIFY_VERBS_H
#define CVP_CAREER_VERIFY_VERBS_H

#include <stdbool.h>

#include "text/text.h"

enum cvp_deed {
	CVP_DEED_NONE,   /* no verb of the lists */
	CVP_DEED_SHARED, /* helped, contributed, took part */
	CVP_DEED_DONE,   /* built, wrote, ran */
	CVP_DEED_LED,    /* led, managed, owned */
	CVP_DEED_FOUNDED /* founded, invented, pioneered */
};

/* What one folded word claims. */
enum cvp_deed cvp_deed_of(const char *folded);

/* The most that any of a source's words shows: verbs, not people who lead. */
enum cvp_deed cvp_deed_most(const struct cvp_words *words);

/* What the first verb claims: of "Helped the team build", shared. */
enum cvp_deed cvp_deed_first(const struct cvp_words *words);

/* Says in prose that the deed was only shared: helped, assisted, took part. */
bool cvp_is_share(const char *folded);

/* Widens what it stands beside: "single-handedly", "company-wide", "globally", "единолично". */
bool cvp_is_widening(const char *folded);

/* "no", "never", "without". */
bool cvp_is_negation(const char *folded);

#endif
