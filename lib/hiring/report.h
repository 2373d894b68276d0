/* report.h - the hiring report (SPEC 11.4): where to search, what to screen, what the pay means, what comes next. Pure.
 *
 *   {headline, where_to_search[] {title, bullets[]}, what_to_screen[], budget_reality_check {status, bullets[]},
 * next_steps[]} */
#ifndef CVP_HIRING_REPORT_H
#define CVP_HIRING_REPORT_H

#include <jansson.h>

struct cvp_ctx;

/* A new reference. query: what the session was begun for. phrases: language name -> key -> phrase. */
json_t *cvp_hiring_report(struct cvp_ctx *ctx, const json_t *phrases, const char *language, const char *query,
			  const json_t *kb);

#endif
