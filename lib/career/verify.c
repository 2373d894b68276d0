/* verify.c - the artifacts field by field: match and VPR. */
#include "career/verify.h"

#include <string.h>

#include "career/verify_artifact.h"
#include "core/ctx.h"

static const char *
at(struct cvp_verification *v, const char *base, size_t index, const char *rest)
{
	return cvp_arena_printf(v->ctx->arena, "%s/%zu%s", base, index, rest);
}

enum cvp_code
cvp_verify_match(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *artifact,
		 json_t **report)
{
	struct cvp_verification v;
	enum cvp_code code = cvp_verification_begin(ctx, assets, input, artifact, &v);

	if (code != CVP_OK)
		return code;
	code = cvp_verify_rows(&v, "/evidence_matrix", json_object_get(artifact, "evidence_matrix"));
	if (code != CVP_OK)
		return code;
	cvp_verify_keywords(&v, "/keywords/present", json_object_get(json_object_get(artifact, "keywords"), "present"));
	*report = cvp_verdict_report(&v.verdict);
	return CVP_OK;
}

/* A list of texts and the list of their sources, which goes beside it where it is given. */
static void
verify_list(struct cvp_verification *v, const char *key, const char *sources_key)
{
	const json_t *texts = json_object_get(v->artifact, key), *sources = json_object_get(v->artifact, sources_key);
	const char *field = cvp_arena_printf(v->ctx->arena, "/%s", key);
	const char *sources_field = cvp_arena_printf(v->ctx->arena, "/%s", sources_key);

	if (sources != NULL && json_array_size(sources) != json_array_size(texts))
		cvp_verdict_add(&v->verdict, sources_field, CVP_SEVERITY_CRITICAL, "a list of sources for each text",
				NULL);
	for (size_t i = 0; i < json_array_size(texts); i++)
		cvp_verify_sourced(v, at(v, field, i, ""), json_array_get(texts, i), at(v, sources_field, i, ""),
				   json_array_get(sources, i));
}

void
cvp_verify_strategy(struct cvp_verification *v, const char *field, const json_t *strategy)
{
	struct cvp_ctx *ctx = v->ctx;
	const char *gap = json_string_value(json_object_get(strategy, "gap"));
	const char *approach = json_string_value(json_object_get(strategy, "mitigation_approach"));

	cvp_claims_check(&v->check, cvp_arena_printf(ctx->arena, "%s/gap", field), CVP_VOICE_POSTING, NULL, gap);
	cvp_claims_check(&v->check, cvp_arena_printf(ctx->arena, "%s/mitigation_approach", field), CVP_VOICE_CANDIDATE,
			 NULL, approach);
	cvp_verify_keywords(v, cvp_arena_printf(ctx->arena, "%s/transferable_skills", field),
			    json_object_get(strategy, "transferable_skills"));
}

void
cvp_verify_target(struct cvp_verification *v)
{
	const json_t *posting = json_object_get(v->input, "posting"),
		     *target = json_object_get(v->artifact, "x_target");
	static const char *const keys[] = { "company_name", "role_title" };

	for (size_t i = 0; i < CVP_COUNT(keys) && json_is_object(posting) && json_is_object(target); i++) {
		const char *said = json_string_value(json_object_get(target, keys[i]));
		const char *asked = json_string_value(json_object_get(posting, keys[i]));

		if (said != NULL && (asked == NULL || strcmp(said, asked) != 0))
			cvp_verdict_add(&v->verdict, cvp_arena_printf(v->ctx->arena, "/x_target/%s", keys[i]),
					CVP_SEVERITY_CRITICAL, asked, said);
	}
}

enum cvp_code
cvp_verify_report(struct cvp_verification *v, const json_t *artifact, json_t **report)
{
	const json_t *strategies = json_object_get(artifact, "gap_strategies");
	enum cvp_code code;

	cvp_verification_of(v, artifact);
	code = cvp_verify_rows(v, "/evidence_matrix", json_object_get(artifact, "evidence_matrix"));
	if (code != CVP_OK)
		return code;
	cvp_verify_sourced(v, "/executive_summary", json_object_get(artifact, "executive_summary"),
			   "/x_summary_sources", json_object_get(artifact, "x_summary_sources"));
	verify_list(v, "differentiators", "x_differentiator_sources");
	verify_list(v, "talking_points", "x_talking_point_sources");
	for (size_t i = 0; i < json_array_size(strategies); i++)
		cvp_verify_strategy(v, at(v, "/gap_strategies", i, ""), json_array_get(strategies, i));
	cvp_claims_check(&v->check, "/cultural_fit", CVP_VOICE_CANDIDATE, NULL,
			 json_string_value(json_object_get(artifact, "cultural_fit")));
	cvp_verify_keywords(v, "/keywords", json_object_get(artifact, "keywords"));
	cvp_verify_target(v);
	*report = cvp_verdict_report(&v->verdict);
	return CVP_OK;
}

enum cvp_code
cvp_verify_vpr(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *artifact,
	       json_t **report)
{
	struct cvp_verification v;
	enum cvp_code code = cvp_verification_begin(ctx, assets, input, artifact, &v);

	return code == CVP_OK ? cvp_verify_report(&v, artifact, report) : code;
}
