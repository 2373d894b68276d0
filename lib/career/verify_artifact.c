#include "career/verify_artifact.h"

#include <stdlib.h>
#include <string.h>

#include "career/cv_pointer.h"
#include "career/kind.h"
#include "career/verify_plain.h"
#include "career/verify_prose.h"
#include "career/verify_sources.h"
#include "core/clock.h"
#include "core/ctx.h"

#define ANSWERS "/gap_responses/"

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static const char *
plain_of(struct cvp_ctx *ctx, const json_t *object, const char *key)
{
	const char *text = text_of(object, key);

	return text != NULL ? cvp_plain_text(ctx, text) : NULL;
}

static struct cvp_date
as_of(struct cvp_ctx *ctx, const json_t *input, const json_t *artifact)
{
	const char *text = text_of(input, "as_of");
	int64_t at;
	int year, month, day;

	if (text == NULL || !cvp_time_parse(text, &at)) {
		const json_t *metadata = json_object_get(artifact, "metadata"); /* of a tailored CV */

		text = text_of(metadata != NULL ? metadata : artifact, "created_at");
		if (text == NULL || !cvp_time_parse(text, &at) || at > cvp_now(ctx) + CVP_DAY_SECONDS * CVP_SECOND)
			at = cvp_now(ctx);
	}
	cvp_civil_from_time(at, &year, &month, &day);
	return (struct cvp_date){ (short)year, (signed char)month, (signed char)day };
}

static void
set_target_names(struct cvp_check *check, const json_t *posting)
{
	const char *company = plain_of(check->ctx, posting, "company_name");
	const char *role = plain_of(check->ctx, posting, "role_title");
	bool is_within = company != NULL && role != NULL && strstr(role, company) != NULL;

	check->target_names[0] = is_within ? role : company;
	check->target_names[1] = is_within ? company : role;
}

enum cvp_code
cvp_verification_begin(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
		       const json_t *artifact, struct cvp_verification *v)
{
	const json_t *target[] = { json_object_get(input, "posting"), json_object_get(input, "company_context") };
	const struct cvp_cv *cv;
	enum cvp_code code;

	if (!json_is_object(artifact))
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "", "The artifact is not a JSON object");
	cvp_words_remember(ctx);
	code = cvp_cv_parse(ctx, json_object_get(input, "resume"), &cv);
	if (code != CVP_OK)
		return code;
	*v = (struct cvp_verification){ .ctx = ctx, .assets = assets, .input = input, .artifact = artifact };
	v->verdict = cvp_verdict_new(ctx);
	v->check = (struct cvp_check){ .ctx = ctx, .counts = v->counts, .verdict = &v->verdict };
	v->check.notions = cvp_match_words_make(ctx);
	v->check.cv = cvp_facts_of_cv(ctx, assets, cv, json_object_get(input, "gap_responses"),
				      as_of(ctx, input, artifact));
	v->check.prose = cvp_prose_new(&v->check);
	if (json_is_object(target[0])) {
		set_target_names(&v->check, target[0]);
		v->check.target = cvp_facts_of_values(ctx, assets, target, CVP_COUNT(target));
	}
	return CVP_OK;
}

void
cvp_verification_of(struct cvp_verification *v, const json_t *artifact)
{
	v->artifact = artifact;
	v->verdict = cvp_verdict_new(v->ctx);
	memset(v->counts, 0, sizeof(v->counts));
}

/* N of "/gap_responses/N"; -1 for any other pointer. */
static long
answer_index(const char *source)
{
	char *end;
	long index;

	if (strncmp(source, ANSWERS, strlen(ANSWERS)) != 0 || source[strlen(ANSWERS)] < '0' ||
	    source[strlen(ANSWERS)] > '9')
		return -1;
	index = strtol(source + strlen(ANSWERS), &end, 10);
	return *end == '\0' ? index : -1;
}

const char *
cvp_source_text(const struct cvp_verification *v, const char *source)
{
	long index = answer_index(source);
	const json_t *answer;
	const char *destination;

	if (index < 0)
		return cvp_pointer_text(json_object_get(v->input, "resume"), source);
	answer = json_array_get(json_object_get(v->input, "gap_responses"), (size_t)index);
	destination = text_of(answer, "destination");
	if (destination != NULL && strcmp(destination, "CV_IMPACT") != 0)
		return NULL;
	return text_of(answer, "answer") != NULL ? text_of(answer, "answer") : text_of(answer, "response_text");
}

static const char *
pointer_to(const struct cvp_verification *v, const char *base, size_t index, const char *rest)
{
	return cvp_arena_printf(v->ctx->arena, "%s/%zu%s", base, index, rest);
}

static void
verify_evidence(struct cvp_verification *v, const char *field, const json_t *evidence)
{
	const char *text = text_of(evidence, "text"), *source = text_of(evidence, "source"), *stands;

	if (text == NULL || source == NULL) {
		cvp_verdict_add(&v->verdict, field, CVP_SEVERITY_CRITICAL, "text and source", NULL);
		return;
	}
	stands = cvp_source_text(v, source);
	if (stands == NULL)
		cvp_verdict_add(&v->verdict, cvp_pointer_key(v->ctx, field, "source"), CVP_SEVERITY_CRITICAL,
				"a line of the CV", source);
	else if (strcmp(cvp_plain_text(v->ctx, stands), cvp_plain_text(v->ctx, text)) != 0)
		cvp_verdict_add(&v->verdict, cvp_pointer_key(v->ctx, field, "text"), CVP_SEVERITY_CRITICAL, stands,
				text);
}

/* SPEC 7.3: the band a score falls into. */
static const char *
band_of(double score)
{
	return score >= 0.80 ? "STRONG" : score >= 0.50 ? "MODERATE" : score >= 0.20 ? "DEVELOPING" : "MISSING";
}

/* Counts the row by its band: figures a summary may name. */
static void
count_row(struct cvp_verification *v, const char *band, bool is_must)
{
	static const char *const bands[] = { "STRONG", "MODERATE", "DEVELOPING", "MISSING" };
	size_t at = 0;

	while (at < CVP_COUNT(bands) && strcmp(bands[at], band) != 0)
		at++;
	if (at == CVP_COUNT(bands))
		return;
	v->counts[0]++;
	v->counts[1] += is_must;
	v->counts[2 + at]++;
	v->counts[6 + at] += is_must;
	v->counts[10] += at < 2;             /* answered */
	v->counts[11] += at == 1 || at == 2; /* in part */
	v->counts[12] += at >= 2;            /* gaps */
	v->check.count_count = CVP_COUNTS_MAX;
}

static void
verify_row(struct cvp_verification *v, const char *field, const json_t *row)
{
	const json_t *evidence = json_object_get(row, "evidence");
	const char *band = text_of(row, "alignment_score");
	double score = json_number_value(json_object_get(row, "score"));
	bool is_missing = band != NULL && strcmp(band, "MISSING") == 0;

	if (band == NULL || !json_is_number(json_object_get(row, "score"))) {
		cvp_verdict_add(&v->verdict, field, CVP_SEVERITY_CRITICAL, "alignment_score and score", NULL);
		return;
	}
	if (strcmp(band, band_of(score)) != 0)
		cvp_verdict_add(&v->verdict, cvp_pointer_key(v->ctx, field, "alignment_score"), CVP_SEVERITY_WARNING,
				band_of(score), band);
	if (is_missing != (json_array_size(evidence) == 0))
		cvp_verdict_add(&v->verdict, cvp_pointer_key(v->ctx, field, "evidence"), CVP_SEVERITY_CRITICAL,
				is_missing ? "no evidence where the CV has none" : "a line of the CV", band);
	for (size_t i = 0; i < json_array_size(evidence); i++)
		verify_evidence(v, pointer_to(v, cvp_pointer_key(v->ctx, field, "evidence"), i, ""),
				json_array_get(evidence, i));
	cvp_claims_check(&v->check, cvp_pointer_key(v->ctx, field, "requirement"), CVP_VOICE_POSTING, NULL,
			 text_of(row, "requirement"));
	count_row(v, band, json_is_true(json_object_get(row, "must_have")));
}

enum cvp_code
cvp_verify_rows(struct cvp_verification *v, const char *field, const json_t *rows)
{
	if (!json_is_array(rows))
		return cvp_fail_at(v->ctx, CVP_VALIDATION_ERROR, field, "The evidence matrix is not a list");
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);

		if (!json_is_object(row) || !json_is_array(json_object_get(row, "evidence")))
			return cvp_fail_at(v->ctx, CVP_VALIDATION_ERROR, pointer_to(v, field, i, ""),
					   "The row of the evidence matrix has no list of evidence");
		verify_row(v, pointer_to(v, field, i, ""), row);
	}
	return CVP_OK;
}

static bool
verify_source(struct cvp_verification *v, const char *field, const json_t *source, const char *text)
{
	const char *pointer = json_string_value(source);
	const char *stands = pointer != NULL ? cvp_source_text(v, pointer) : NULL;

	if (stands == NULL)
		cvp_verdict_add(&v->verdict, field, CVP_SEVERITY_CRITICAL, "a line of the CV", pointer);
	else if (!cvp_source_is_used(v->ctx, v->check.cv->lexicon, v->check.notions, stands, text))
		cvp_verdict_add(&v->verdict, field, CVP_SEVERITY_CRITICAL, "the line that is quoted or named", pointer);
	return stands != NULL;
}

void
cvp_verify_sourced(struct cvp_verification *v, const char *field, const json_t *text, const char *sources_field,
		   const json_t *sources)
{
	const char *words = json_string_value(text), *plain;
	struct cvp_scope scope = { NULL, 0 };

	if (words == NULL)
		return;
	plain = cvp_plain_text(v->ctx, words);
	scope.pointers = cvp_arena_alloc(v->ctx->arena, (json_array_size(sources) + 1) * sizeof(*scope.pointers));
	for (size_t i = 0; i < json_array_size(sources); i++) {
		const json_t *source = json_array_get(sources, i);

		if (verify_source(v, pointer_to(v, sources_field, i, ""), source, plain)) {
			const char *pointer = json_string_value(source);

			scope.pointers[scope.count++] = cvp_arena_strndup(v->ctx->arena, pointer,
									  cvp_fact_group(pointer));
		}
	}
	cvp_claims_check(&v->check, field, CVP_VOICE_CANDIDATE, &scope, words);
}

static bool
shows_keyword(const struct cvp_verification *v, const char *keyword)
{
	const struct cvp_facts *facts = v->check.cv;
	const char *plain = cvp_plain_text(v->ctx, keyword);
	struct cvp_words words = cvp_words_of(v->ctx, plain, strlen(plain));
	struct cvp_skill_id skill;

	if (cvp_lexicon_find(v->ctx, facts->lexicon, plain, &skill) && cvp_facts_have_skill(facts, skill))
		return true;
	return words.count > 0 && strstr(facts->stems, cvp_stems_key(v->ctx, &words, 0, words.count)) != NULL;
}

void
cvp_verify_keywords(struct cvp_verification *v, const char *field, const json_t *keywords)
{
	for (size_t i = 0; i < json_array_size(keywords); i++) {
		const char *keyword = json_string_value(json_array_get(keywords, i));
		const char *at = pointer_to(v, field, i, "");

		if (keyword == NULL)
			cvp_verdict_add(&v->verdict, at, CVP_SEVERITY_CRITICAL, "a text", NULL);
		else if (!shows_keyword(v, keyword))
			cvp_verdict_add(&v->verdict, at, CVP_SEVERITY_WARNING, "a word of the CV", keyword);
	}
}
