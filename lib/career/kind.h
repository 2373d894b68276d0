/* kind.h - what an artifact kind is: one constant per kind, listed in a registry; nothing switches on a kind.
 *
 * Pure: a kind parses the JSON it is given, reads the immutable assets, opens nothing. Any thread.
 *
 * The input of every kind (built by service from the job, the CV version and the answers):
 *   user_id, application_id, cv_id  text
 *   cv_version      integer >= 1
 *   resume          JSON Resume 1.3.1 with our x_ keys (SPEC 2.2)
 *   posting         the stored form (SPEC 2.3)
 *   gap_responses   [{question_id, question, answer, destination}], maybe empty
 *   company_context object or absent
 *   language        "en", "ru", "he": of the artifact's own words
 *   as_of           RFC 3339: the "today" of the artifact, its created_at
 *   version         integer >= 1
 *   preferences     tailored_cv: how it is to be written (SPEC 4.2, cv-tailoring), or absent
 *   job_id          tailored_cv: of the posting, or absent
 *   max_questions   gap_analysis: at most so many, 1 to 10; absent: 5 */
#ifndef CVP_CAREER_KIND_H
#define CVP_CAREER_KIND_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"
#include "core/model.h"

struct cvp_ctx;
struct cvp_lexicon;
struct cvp_schemas;
struct cvp_templates;

/* Read once at start by service/assets.c, immutable, shared by all threads. */
struct cvp_assets {
	const struct cvp_lexicon *lexicon;
	const json_t *phrases; /* language name -> key -> phrase: templates/i18n/artifact.<lang>.json */
	const struct cvp_templates *templates;
	const struct cvp_schemas *schemas;
};

/* How a model writes a kind. templates/prompt/<kind>.system.txt is the stable prefix, templates/prompt/<kind>.txt the
 * question, schemas/<kind>_answer.json what is to be answered. */
struct cvp_kind_writing {
	enum cvp_model_class class;
	int max_tokens;
	double temperature;
	int usual_tokens; /* of an answer, to tell how far it is */

	/* What the question is rendered over. No contact field of the candidate is in it. refused: why the answer
	 * before was not taken, as adopt() or the schema gave it; NULL for the first question. A member "kept" of it
	 * is what adopt() need not find out again: it comes back as the input's "kept". */
	enum cvp_code (*ask)(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
			     const json_t *refused, json_t **model);

	/* The artifact, verified, with what of an answer of the schema the CV shows; what it does not, and may be left
	 * out (SPEC 8, WARNING), is. CVP_FVS_HALLUCINATION_DETECTED with the violations as details where it holds
	 * critical ones, CVP_LLM_BAD_ANSWER where nothing is left of it. *left_out: how many of its texts are missing.
	 */
	enum cvp_code (*adopt)(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
			       const json_t *answer, json_t **artifact, size_t *left_out);
};

struct cvp_kind {
	const char *name; /* "vpr": also its schema's, template's and prompt's name */

	/* The built-in engine. Equal input, equal bytes. *artifact: a reference the context owns; verify() finds
	 * nothing critical in it. */
	enum cvp_code (*generate)(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
				  json_t **artifact);

	/* Fact verification (SPEC 8): *report is {is_valid, has_critical_violations, violations[]}. Fails only where
	 * the artifact cannot be judged at all (wrong shape). */
	enum cvp_code (*verify)(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
				const json_t *artifact, json_t **report);

	/* What templates/artifact/<name>.html and .md are rendered over. */
	enum cvp_code (*view)(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
			      const json_t *artifact, json_t **model);

	const struct cvp_kind_writing *writing; /* NULL: no model writes it */
	bool is_awaited;                        /* its route waits for the job's end (SPEC 4) */
	bool is_of_posting; /* kept by CV and posting (the artifact's job_posting_id), not by application */
	const char *stage;  /* of its application when it is done; NULL: READY */
};

/* The kind of that name, NULL where there is none. */
const struct cvp_kind *cvp_kind_find(const char *name);

extern const struct cvp_kind cvp_kind_gap_analysis;
extern const struct cvp_kind cvp_kind_match;
extern const struct cvp_kind cvp_kind_tailored_cv;
extern const struct cvp_kind cvp_kind_vpr;

#endif
