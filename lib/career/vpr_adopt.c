/* vpr_adopt.c - takes over a model's report: each of its texts is verified by itself; the matrix, the texts at pointers
 * and all figures of the match are ours. */
#include <stdlib.h>
#include <string.h>

#include "career/verify_artifact.h"
#include "career/vpr_parts.h"
#include "core/ctx.h"

#define DIFFERENTIATORS_LEAST 3
#define DIFFERENTIATORS_MOST  5
#define POINTS_LEAST          5
#define POINTS_MOST           7

const struct cvp_kind_writing cvp_vpr_writing = {
	.class = CVP_MODEL_STRATEGIC,
	.max_tokens = 8192, /* SPEC 9 */
	.temperature = 0.7,
	.usual_tokens = 3000,
	.ask = cvp_vpr_ask,
	.adopt = cvp_vpr_adopt,
};

/* What of a list of {text, sources} may stand. */
struct part {
	json_t *texts, *sources; /* sources: beside texts */
};

struct adoption {
	struct cvp_vpr vpr;
	struct cvp_verification v;
	struct part summary, differentiators, culture, points;
	json_t **strategies; /* beside the rows; NULL: the model has none that may stand */
	json_t *report;
	const json_t *ours; /* the engine's report, to lend from; NULL: nothing is missing */
	json_t *critical;   /* violations of SPEC 8 that no leaving out mends */
	size_t kept, left_out;
};

const char *
cvp_vpr_one_line(struct cvp_ctx *ctx, const char *text)
{
	char *line = cvp_arena_strdup(ctx->arena, text);

	for (char *at = line; *at != '\0'; at++)
		if ((unsigned char)*at < ' ')
			*at = ' ';
	return line;
}

static json_t *
one_line(struct cvp_ctx *ctx, const json_t *text)
{
	return cvp_own(ctx, json_string(cvp_vpr_one_line(ctx, json_string_value(text))));
}

long
cvp_vpr_row_at(const struct cvp_vpr *vpr, const char *pointer)
{
	size_t length = strlen(CVP_VPR_REQUIREMENT);
	long row;
	char *end;

	if (strncmp(pointer, CVP_VPR_REQUIREMENT, length) != 0 || pointer[length] < '0' || pointer[length] > '9')
		return -1;
	row = strtol(pointer + length, &end, 10);
	return *end == '\0' && (size_t)row < vpr->row_count ? row : -1;
}

json_t *
cvp_vpr_sources(const struct cvp_verification *v, const json_t *given)
{
	json_t *sources = cvp_own(v->ctx, json_array());
	struct cvp_said said = { .sources = sources };

	for (size_t i = 0; i < json_array_size(given); i++) {
		const char *pointer = json_string_value(json_array_get(given, i));

		if (cvp_source_text(v, pointer) != NULL)
			cvp_said_source(&said, pointer);
	}
	return sources;
}

static bool
names_requirement(const struct adoption *a, const json_t *item)
{
	const json_t *given = json_object_get(item, "sources");

	for (size_t i = 0; i < json_array_size(given); i++)
		if (cvp_vpr_row_at(&a->vpr, json_string_value(json_array_get(given, i))) >= 0)
			return true;
	return false;
}

/* Sorts what verification found in one text; true where it may stand. A source that does not bear the text costs the
 * text, not the report. */
static bool
judge(struct adoption *a, const char *sources_field)
{
	const json_t *violations = a->v.verdict.violations;

	for (size_t i = 0; i < json_array_size(violations); i++) {
		json_t *violation = json_array_get(violations, i);
		const char *field = json_string_value(json_object_get(violation, "field"));
		const char *severity = json_string_value(json_object_get(violation, "severity"));

		if (strcmp(severity, "CRITICAL") == 0 && strncmp(field, sources_field, strlen(sources_field)) != 0)
			json_array_append(a->critical, violation);
	}
	if (json_array_size(violations) == 0)
		a->kept++;
	else
		a->left_out++;
	return json_array_size(violations) == 0;
}

/* May a text with these sources stand at /<list>/<index>? */
static bool
may_stand(struct adoption *a, const char *list, size_t index, const json_t *text, const json_t *sources)
{
	const char *field = cvp_arena_printf(a->vpr.ctx->arena, "/%s/%zu", list, index);
	const char *sources_field = cvp_arena_printf(a->vpr.ctx->arena, "%s/sources", field);

	a->v.verdict = cvp_verdict_new(a->vpr.ctx);
	cvp_verify_sourced(&a->v, field, text, sources_field, sources);
	return judge(a, sources_field);
}

enum footing { ON_CV, ON_CV_OR_REQUIREMENT, ON_ANYTHING };

static bool
has_footing(const struct adoption *a, const json_t *item, const json_t *sources, enum footing footing)
{
	return footing == ON_ANYTHING || json_array_size(sources) > 0 ||
	       (footing == ON_CV_OR_REQUIREMENT && names_requirement(a, item));
}

static struct part
read_part(struct adoption *a, const json_t *answer, const char *list, enum footing footing, size_t most)
{
	const json_t *items = json_object_get(answer, list);
	struct part part = { cvp_own(a->vpr.ctx, json_array()), cvp_own(a->vpr.ctx, json_array()) };

	for (size_t i = 0; i < json_array_size(items); i++) {
		const json_t *item = json_array_get(items, i);
		json_t *text = one_line(a->vpr.ctx, json_object_get(item, "text")),
		       *sources = cvp_vpr_sources(&a->v, json_object_get(item, "sources"));
		bool stands = may_stand(a, list, i, text, sources); /* its lies count, footing or not */

		if (stands && has_footing(a, item, sources, footing) && json_array_size(part.texts) < most) {
			json_array_append(part.texts, text);
			json_array_append(part.sources, sources);
		}
	}
	return part;
}

/* The names that the CV shows. */
static json_t *
shown_only(struct adoption *a, const json_t *names)
{
	json_t *shown = cvp_own(a->vpr.ctx, json_array());

	for (size_t i = 0; i < json_array_size(names); i++) {
		json_t *name = json_array_get(names, i), *alone = cvp_own(a->vpr.ctx, json_array());

		json_array_append(alone, name);
		a->v.verdict = cvp_verdict_new(a->vpr.ctx);
		cvp_verify_keywords(&a->v, "", alone);
		if (json_array_size(a->v.verdict.violations) == 0)
			json_array_append(shown, name);
	}
	return shown;
}

static const char *
joined(struct cvp_ctx *ctx, const json_t *texts)
{
	const char *all = "";

	for (size_t i = 0; i < json_array_size(texts); i++)
		all = cvp_arena_printf(ctx->arena, "%s%s%s", all, i > 0 ? " " : "",
				       json_string_value(json_array_get(texts, i)));
	return all;
}

/* Each row's strategy in the model's words; at its row. */
static void
read_strategies(struct adoption *a, const json_t *answer)
{
	const json_t *items = json_object_get(answer, "gap_strategies");

	a->strategies = cvp_arena_alloc(a->vpr.ctx->arena, (a->vpr.row_count + 1) * sizeof(*a->strategies));
	for (size_t i = 0; i < json_array_size(items); i++) {
		const json_t *item = json_array_get(items, i);
		long row = cvp_vpr_row_at(&a->vpr, json_string_value(json_object_get(item, "requirement")));
		json_t *text = one_line(a->vpr.ctx, json_object_get(item, "mitigation_approach"));
		bool stands = may_stand(a, "gap_strategies", i, text,
					cvp_vpr_sources(&a->v, json_object_get(item, "sources")));

		if (stands && row >= 0)
			a->strategies[row] = cvp_own(
			    a->vpr.ctx, json_pack("{s:s, s:O, s:O}", "gap", a->vpr.rows[row].requirement,
						  "mitigation_approach", text, "transferable_skills",
						  shown_only(a, json_object_get(item, "transferable_skills"))));
	}
}

static void
read_answer(struct adoption *a, const json_t *answer)
{
	a->summary = read_part(a, answer, "executive_summary", ON_CV_OR_REQUIREMENT, SIZE_MAX);
	a->differentiators = read_part(a, answer, "differentiators", ON_CV, DIFFERENTIATORS_MOST);
	a->culture = read_part(a, answer, "cultural_fit", ON_CV, SIZE_MAX);
	a->points = read_part(a, answer, "talking_points", ON_ANYTHING, POINTS_MOST);
	read_strategies(a, answer);
}

/* Is there enough of everything, so that nothing of the engine's prose is needed? */
static bool
is_whole(const struct adoption *a)
{
	const struct cvp_vpr_row *gaps[CVP_VPR_GAPS_MAX];
	size_t count = cvp_vpr_gaps(&a->vpr, gaps);
	bool has_all = true;

	for (size_t i = 0; i < count; i++)
		has_all &= a->strategies[gaps[i] - a->vpr.rows] != NULL;
	return has_all && json_array_size(a->summary.texts) > 0 &&
	       json_array_size(a->differentiators.texts) >= DIFFERENTIATORS_LEAST &&
	       json_array_size(a->points.texts) >= POINTS_LEAST;
}

/* What the model's texts are put into: the frame; where the model has nothing to begin with, the engine's report. */
static enum cvp_code
lay_ground(struct adoption *a)
{
	json_t *ours = NULL;
	enum cvp_code code = CVP_OK;
	bool has_summary = true;

	if (!is_whole(a)) {
		code = cvp_vpr_ground(&a->vpr, a->v.check.cv);
		has_summary = json_array_size(a->summary.texts) > 0;
		if (code == CVP_OK)
			code = has_summary ? cvp_vpr_write(&a->vpr, &ours) : cvp_vpr_make(&a->vpr, &a->v, &ours);
		a->ours = code == CVP_OK ? ours : NULL;
	}
	if (code != CVP_OK || !has_summary) {
		a->report = ours;
		return code;
	}
	a->report = cvp_vpr_frame(&a->vpr);
	json_object_set(a->report, "keywords", shown_only(a, json_object_get(a->report, "keywords")));
	return CVP_OK;
}

static void
put_summary(struct adoption *a)
{
	struct cvp_said said = { .sources = cvp_own(a->vpr.ctx, json_array()) };

	if (json_array_size(a->summary.texts) == 0)
		return;
	for (size_t i = 0; i < json_array_size(a->summary.sources); i++) {
		const json_t *sources = json_array_get(a->summary.sources, i);

		for (size_t j = 0; j < json_array_size(sources); j++)
			cvp_said_source(&said, json_string_value(json_array_get(sources, j)));
	}
	json_object_set_new(a->report, "executive_summary", json_string(joined(a->vpr.ctx, a->summary.texts)));
	json_object_set(a->report, "x_summary_sources", said.sources);
}

/* Does verification find nothing in a text of the engine's? (A CV may say odd things.) */
static bool
may_lend(struct adoption *a, const json_t *text, const json_t *sources)
{
	a->v.verdict = cvp_verdict_new(a->vpr.ctx);
	cvp_verify_sourced(&a->v, "", text, "", sources);
	return json_array_size(a->v.verdict.violations) == 0;
}

/* The model's texts; from the engine's, the last first, what is missing to the least number. */
static void
put_list(struct adoption *a, const struct part *part, const char *list, const char *sources_list, size_t least)
{
	const json_t *ours = json_object_get(a->ours, list), *our_sources = json_object_get(a->ours, sources_list);

	for (size_t i = json_array_size(ours); i > 0 && json_array_size(part->texts) < least; i--) {
		const json_t *text = json_array_get(ours, i - 1), *sources = json_array_get(our_sources, i - 1);

		if (!may_lend(a, text, sources))
			continue;
		json_array_append(part->texts, (json_t *)text);
		json_array_append(part->sources, (json_t *)sources);
	}
	json_object_set(a->report, list, part->texts);
	json_object_set(a->report, sources_list, part->sources);
}

/* The engine's strategy for the requirement; NULL where there is none that may stand. */
static json_t *
our_strategy(struct adoption *a, const char *requirement)
{
	const json_t *strategies = json_object_get(a->ours, "gap_strategies");

	a->v.verdict = cvp_verdict_new(a->vpr.ctx);
	for (size_t i = 0; i < json_array_size(strategies); i++) {
		json_t *strategy = json_array_get(strategies, i);

		if (strcmp(json_string_value(json_object_get(strategy, "gap")), requirement) != 0)
			continue;
		cvp_verify_strategy(&a->v, "", strategy);
		return json_array_size(a->v.verdict.violations) == 0 ? strategy : NULL;
	}
	return NULL;
}

static void
put_strategies(struct adoption *a)
{
	const struct cvp_vpr_row *gaps[CVP_VPR_GAPS_MAX];
	size_t count = cvp_vpr_gaps(&a->vpr, gaps);
	json_t *strategies = cvp_own(a->vpr.ctx, json_array());

	for (size_t i = 0; i < count; i++) {
		json_t *strategy = a->strategies[gaps[i] - a->vpr.rows];

		if (strategy == NULL)
			strategy = our_strategy(a, gaps[i]->requirement);
		if (strategy != NULL) /* the engine's did not pass */
			json_array_append(strategies, strategy);
	}
	json_object_set(a->report, "gap_strategies", strategies);
}

static void
put_answer(struct adoption *a)
{
	put_summary(a);
	put_list(a, &a->differentiators, "differentiators", "x_differentiator_sources", DIFFERENTIATORS_LEAST);
	put_strategies(a);
	if (json_array_size(a->culture.texts) > 0)
		json_object_set_new(a->report, "cultural_fit", json_string(joined(a->vpr.ctx, a->culture.texts)));
	put_list(a, &a->points, "talking_points", "x_talking_point_sources", POINTS_LEAST);
	cvp_vpr_count_words(a->report);
}

static enum cvp_code
begin(struct adoption *a, struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input)
{
	json_t *frame;
	enum cvp_code code = cvp_vpr_read(ctx, assets, input, &a->vpr);

	if (code != CVP_OK)
		return code;
	frame = cvp_vpr_frame(&a->vpr);
	code = cvp_verification_begin(ctx, assets, input, frame, &a->v);
	if (code != CVP_OK)
		return code;
	a->critical = cvp_own(ctx, json_array());
	return cvp_verify_rows(&a->v, "/evidence_matrix", json_object_get(frame, "evidence_matrix"));
}

enum cvp_code
cvp_vpr_adopt(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *answer,
	      json_t **artifact, size_t *left_out)
{
	struct adoption a = { .kept = 0 };
	enum cvp_code code = begin(&a, ctx, assets, input);

	if (code != CVP_OK)
		return code;
	read_answer(&a, answer);
	if (json_array_size(a.critical) > 0)
		return cvp_fail_details(ctx, CVP_FVS_HALLUCINATION_DETECTED, json_incref(a.critical),
					"The model stated what the CV does not show; nothing of it was stored.");
	if (a.kept == 0)
		return cvp_fail(ctx, CVP_LLM_BAD_ANSWER, "Nothing of the model's report rests on the CV.");
	code = lay_ground(&a);
	if (code != CVP_OK)
		return code;
	put_answer(&a);
	*artifact = a.report;
	*left_out = a.left_out;
	return CVP_OK;
}
