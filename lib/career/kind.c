#include "career/kind.h"

#include <string.h>

#include "career/match.h"
#include "career/verify.h"
#include "career/vpr_view.h"

/* The match is a kind by itself: its engine is cvp_match(). */
const struct cvp_kind cvp_kind_match = {
	.name = "match",
	.generate = cvp_match,
	.verify = cvp_verify_match,
	.view = cvp_match_view,
};

static const struct cvp_kind *const kinds[] = { &cvp_kind_gap_analysis, &cvp_kind_match, &cvp_kind_tailored_cv,
						&cvp_kind_vpr };

const struct cvp_kind *
cvp_kind_find(const char *name)
{
	for (size_t i = 0; name != NULL && i < CVP_COUNT(kinds); i++) {
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	}
	return NULL;
}
