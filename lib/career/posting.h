/* posting.h - a job posting as people bring it, made the stored form of SPEC 2.3; and what it asks for.
 *
 * Pure. Results are owned by the context. */
#ifndef CVP_CAREER_POSTING_H
#define CVP_CAREER_POSTING_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"
#include "text/lexicon.h"

struct cvp_ctx;
struct cvp_assets;

struct cvp_posting_import {
	json_t *posting;  /* stored form: the members of SPEC 2.3, absent ones left out, company_name and role_title
			     maybe null */
	json_t *warnings; /* array of sentences */
};

/* JSON: our own members and their aliases, or a schema.org JobPosting (also inside @graph or an array). Other JSON
 * shapes of job boards are read by their nearest names (name, employer.name, area.name, key_skills[].name).
 * CVP_VALIDATION_MISSING_REQUIRED_FIELD without company_name or role_title, CVP_VALIDATION_ERROR with pointers. */
CVP_CHECKED enum cvp_code cvp_posting_import_json(struct cvp_ctx *ctx, const struct cvp_assets *assets,
						  const json_t *object, struct cvp_posting_import *import);

/* Text, Markdown, JSON as text, or HTML (a JobPosting block in it wins): told by content. 50 to 50,000 characters. */
CVP_CHECKED enum cvp_code cvp_posting_import_text(struct cvp_ctx *ctx, const struct cvp_assets *assets,
						  const char *text, size_t length, struct cvp_posting_import *import);

enum cvp_requirement_kind {
	CVP_REQUIRES_SKILL,
	CVP_REQUIRES_EXPERIENCE,
	CVP_REQUIRES_EDUCATION,
	CVP_REQUIRES_LANGUAGE,
	CVP_REQUIRES_CERTIFICATION,
	CVP_REQUIRES_OTHER
};

enum cvp_importance { CVP_MUST, CVP_ORDINARY, CVP_NICE };

/* One thing the posting asks for (SPEC 7.1). Skills: all of the groups, any skill of a group. */
struct cvp_requirement {
	const char *text; /* the posting's own words, cut to the core */
	enum cvp_requirement_kind kind;
	enum cvp_importance importance;
	double years;    /* asked for; 0 = none named */
	int degree;      /* asked-for level: 0 none, 1 secondary or vocational, 2 bachelor, 3 master, 4 doctor */
	bool asks_depth; /* deep, strong, production: being listed is not enough */
	bool is_duty;    /* a task of the job, not asked of the candidate as such */
	const struct cvp_skill_group *groups;
	size_t group_count;
};

struct cvp_skill_group {
	const struct cvp_skill_id *any;
	size_t count;
};

struct cvp_requirements {
	const struct cvp_requirement *rows; /* at most 50, in the posting's order, must first where structured so */
	size_t count;
};

/* What a posting in the stored form asks for. */
CVP_CHECKED enum cvp_code cvp_posting_requirements(struct cvp_ctx *ctx, const struct cvp_assets *assets,
						   const json_t *posting, struct cvp_requirements *requirements);

#endif
