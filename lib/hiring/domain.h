/* domain.h - the fields of work that the report has advice for (SPEC 11.4). A text may be of several. Pure. */
#ifndef CVP_HIRING_DOMAIN_H
#define CVP_HIRING_DOMAIN_H

#include <stdbool.h>

struct cvp_ctx;

enum { CVP_DOMAIN_IT = 1, CVP_DOMAIN_CREATIVE = 2, CVP_DOMAIN_SALES = 4 };

/* The domains a text names, as bits. is_query: it is the name of a profession. */
unsigned cvp_hiring_domains(struct cvp_ctx *ctx, const char *text, bool is_query);

/* "it", "creative", "sales": of the first of the domains. */
const char *cvp_hiring_domain_name(unsigned domains);

#endif
