#include "service/gap.h"

#include <string.h>

#include "career/gap_analysis.h"
#include "career/kind.h"
#include "core/config.h"
#include "core/ctx.h"
#include "dal/applications.h"
#include "dal/artifacts.h"
#include "dal/cvs.h"
#include "dal/gap_analyses.h"
#include "dal/gap_responses.h"
#include "schema/checksum.h"
#include "service/input.h"
#include "service/submit.h"

static const char *
member_text(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text != NULL && *text != '\0' ? text : NULL;
}

/* What is to be asked about. */
struct asked {
	const char *application_id; /* NULL: of a posting alone */
	const json_t *posting;
	bool is_new_posting; /* given in the request: it becomes the application's */
	json_t *answers;     /* that the questions may rest on, or NULL */
};

static enum cvp_code
read_posting(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, struct asked *asked)
{
	const json_t *given = json_object_get(body, "job_posting");
	struct cvp_application application;
	struct cvp_posting_import import;
	enum cvp_code code;

	asked->application_id = member_text(body, "application_id");
	asked->is_new_posting = given != NULL;
	if (given != NULL) {
		code = cvp_posting_take(ctx, given, "/job_posting", &import);
		asked->posting = code == CVP_OK ? import.posting : NULL;
		return code;
	}
	code = cvp_application_get(ctx, caller->user_id, asked->application_id, &application);
	if (code == CVP_OK && application.posting == NULL)
		code = cvp_fail_at(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD, "/application_id",
				   "The application has no posting yet.");
	asked->posting = code == CVP_OK ? application.posting : NULL;
	return code;
}

static enum cvp_code
read_asked(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, struct asked *asked)
{
	enum cvp_code code = read_posting(ctx, caller, body, asked);

	asked->answers = NULL;
	if (code == CVP_OK && asked->application_id != NULL)
		code = cvp_gap_evidence_of(ctx, caller->user_id, asked->application_id, body, &asked->answers);
	return code;
}

static enum cvp_code
submit(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, struct cvp_gap_call call,
       struct asked *asked, struct cvp_submitted *submitted)
{
	struct cvp_submission submission = {
		.user_id = caller->user_id,
		.kind = CVP_GAP_ANALYSIS_KIND,
		.cv_id = member_text(body, "cv_id"),
		.key = call.key,
		.is_once = call.key == NULL,
		.expires_at = cvp_now(ctx) + cvp_config_int(ctx->config, CVP_SET_JOB_TTL_SECONDS) * CVP_SECOND,
		.priority = CVP_JOB_PRIORITY_AWAITED,
		.limit = CVP_LIMIT_GENERATION,
	};
	enum cvp_code code = read_asked(ctx, caller, body, asked);

	if (code != CVP_OK)
		return code;
	submission.application_id = asked->application_id;
	submission.posting = asked->application_id != NULL && asked->is_new_posting ? asked->posting : NULL;
	submission.request = cvp_own(ctx, json_pack("{s:s, s:s*, s:s, s:O, s:O*, s:O*}", "user_id", caller->user_id,
						    "application_id", asked->application_id, "cv_id", submission.cv_id,
						    "job_posting", asked->posting, "gap_responses", asked->answers,
						    "language", json_object_get(body, "language")));
	return cvp_submit(ctx, &submission, call.allowance, submitted);
}

/* The questions held against CV and posting once more, as they stand in the answer. */
static enum cvp_code
verify(struct cvp_ctx *ctx, const struct cvp_caller *caller, const struct cvp_job *job, const struct asked *asked,
       const json_t *record, json_t **report)
{
	struct cvp_input_parts parts = {
		.user_id = caller->user_id,
		.application_id = asked->application_id,
		.cv_id = member_text(job->extra, "cv_id"),
		.cv_version = (int)json_integer_value(json_object_get(job->extra, "cv_version")),
		.posting = asked->posting,
		.gap_responses = asked->answers,
		.language = member_text(record, "language"),
		.as_of = job->created_at,
	};
	json_t *input;
	enum cvp_code code = cvp_input_build(ctx, &parts, &input);

	return code == CVP_OK ? cvp_kind_gap_analysis.verify(ctx, cvp_gate_assets(ctx), input, record, report) : code;
}

static json_t *
answer_model(struct cvp_ctx *ctx, const struct cvp_job *job, const json_t *record, json_t *report)
{
	const json_t *questions = json_object_get(record, "questions"), *usage = job->token_usage;
	bool is_persisted = !json_is_false(json_object_get(job->extra, "persisted"));
	json_t *metadata = json_pack("{s:i, s:O, s:O, s:i, s:b}", "questions_generated",
				     (int)json_array_size(questions), "language", json_object_get(record, "language"),
				     "timestamp", json_object_get(record, "created_at"), "version",
				     is_persisted ? job->vpr_version : 0, "persisted", is_persisted);

	return cvp_own(ctx,
		       json_pack("{s:b, s:s, s:O, s:o, s:O*, s:I, s:O*, s:O}", "success", true, "code",
				 cvp_done_name(CVP_DONE_GAP_QUESTIONS_GENERATED), "questions", questions, "metadata",
				 metadata, "model_used", json_object_get(usage, "model"), "processing_time_ms",
				 (json_int_t)((job->completed_at - job->created_at) / (CVP_SECOND / 1000)),
				 "cost_estimate", json_object_get(usage, "cost_usd"), "fvs_validation", report));
}

static enum cvp_code
answer_of(struct cvp_ctx *ctx, const struct cvp_caller *caller, const struct cvp_job *job, const struct asked *asked,
	  json_t **model)
{
	struct cvp_result result;
	json_t *report;
	enum cvp_code code = cvp_result_get(ctx, job->job_id, &result);

	if (code == CVP_OK)
		code = cvp_checksum_verify(ctx, result.body, result.checksum);
	if (code == CVP_OK)
		code = verify(ctx, caller, job, asked, result.body, &report);
	if (code != CVP_OK)
		return code;
	*model = answer_model(ctx, job, result.body, report);
	return cvp_done(ctx, CVP_DONE_GAP_QUESTIONS_GENERATED);
}

enum cvp_code
cvp_gap_ask(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, struct cvp_gap_call call,
	    json_t **model)
{
	struct cvp_submitted submitted;
	struct asked asked;
	struct cvp_job job;
	enum cvp_code code = submit(ctx, caller, body, call, &asked, &submitted);

	if (code == CVP_OK)
		code = cvp_submit_outcome(ctx, caller->user_id, submitted.job_id, call.wait, &job, model);
	if (code != CVP_OK || *model != NULL)
		return code;
	return answer_of(ctx, caller, &job, &asked, model);
}

enum cvp_code
cvp_gap_get(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, const char *job_posting_id,
	    int version, json_t **model)
{
	struct cvp_gap_key key = { caller->user_id, cv_id, job_posting_id, version };
	struct cvp_artifact_key all = { .owner = caller->user_id, .kind = CVP_GAP_ANALYSIS_KIND };
	json_t *record, *versions;
	enum cvp_code code = cvp_gap_analysis_get(ctx, key, &record);

	if (code != CVP_OK)
		return code;
	all.subject = cvp_posting_subject(ctx, cv_id, job_posting_id);
	code = cvp_artifact_list(ctx, all, &versions);
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:O, s:O, s:i}", "gap_analysis", record, "versions", versions,
						"count", (int)json_array_size(versions)));
	return code;
}

/* The saved answer to a question, taken out of the list; NULL where there is none. */
static json_t *
take_answer(struct cvp_ctx *ctx, json_t *answers, const char *question_id)
{
	size_t index;
	json_t *answer;

	json_array_foreach (answers, index, answer) {
		const char *id = member_text(answer, "question_id");

		if (id != NULL && strcmp(id, question_id) == 0) {
			cvp_own(ctx, json_incref(answer));
			json_array_remove(answers, index);
			return answer;
		}
	}
	return NULL;
}

static void
put_answer(json_t *shown, const json_t *answer)
{
	const char *destination = member_text(answer, "destination");

	json_object_set(shown, "answer", json_object_get(answer, "answer"));
	json_object_set_new(shown, "has_answer", json_boolean(answer != NULL));
	json_object_set_new(shown, "is_interview",
			    json_boolean(destination != NULL && strcmp(destination, CVP_INTERVIEW_MVP_ONLY) == 0));
}

/* Each question with what was answered to it; the answers to others stay in the list. */
static void
join_answers(struct cvp_ctx *ctx, json_t *shown, json_t *answers)
{
	size_t index;
	json_t *question, *answer;

	json_array_foreach (json_object_get(shown, "questions"), index, question)
		put_answer(question, take_answer(ctx, answers, member_text(question, "question_id")));
	json_array_foreach (answers, index, answer)
		put_answer(answer, answer);
}

/* The version of the newest questions that were asked for the application; 0: there are none. Postings that were pasted
 * share one id, so that another application's may be newer. */
static enum cvp_code
find_version(struct cvp_ctx *ctx, const struct cvp_gap_key *key, const char *application_id, int *version)
{
	struct cvp_artifact_key all = { key->owner, CVP_GAP_ANALYSIS_KIND,
					cvp_posting_subject(ctx, key->cv_id, key->job_posting_id), 0 };
	json_t *versions, *one;
	size_t index;
	enum cvp_code code = cvp_artifact_list(ctx, all, &versions);

	*version = 0;
	if (code != CVP_OK)
		return code;
	json_array_foreach (versions, index, one) {
		const char *of = member_text(json_object_get(one, "metadata"), "application_id");

		if (of != NULL && strcmp(of, application_id) == 0) {
			*version = (int)json_integer_value(json_object_get(one, "version"));
			break;
		}
	}
	return CVP_OK;
}

/* The view of the newest questions about the application's posting; *shown NULL where there are none yet. */
static enum cvp_code
show_record(struct cvp_ctx *ctx, const struct cvp_caller *caller, const struct cvp_application *application,
	    const char *cv_id, json_t **shown)
{
	struct cvp_gap_key key = { caller->user_id, cv_id, cvp_posting_id(application->posting), 0 };
	struct cvp_input_parts parts = { .user_id = caller->user_id,
					 .application_id = application->application_id,
					 .cv_id = cv_id,
					 .posting = application->posting,
					 .as_of = cvp_now(ctx) };
	json_t *record, *input;
	enum cvp_code code = find_version(ctx, &key, application->application_id, &key.version);

	*shown = NULL;
	if (code != CVP_OK || key.version == 0)
		return code;
	code = cvp_gap_analysis_get(ctx, key, &record);
	if (code == CVP_OK)
		code = cvp_input_build(ctx, &parts, &input);
	return code == CVP_OK ? cvp_kind_gap_analysis.view(ctx, cvp_gate_assets(ctx), input, record, shown) : code;
}

/* The application's CV, else the primary one; NULL where there is none. */
static enum cvp_code
find_cv(struct cvp_ctx *ctx, const struct cvp_caller *caller, const struct cvp_application *application,
	const char **cv_id)
{
	enum cvp_code code = CVP_OK;

	*cv_id = application->cv_id;
	if (*cv_id == NULL)
		code = cvp_cv_primary(ctx, caller->user_id, cv_id);
	if (code != CVP_CV_NOT_FOUND)
		return code;
	cvp_clear(ctx);
	*cv_id = NULL;
	return CVP_OK;
}

enum cvp_code
cvp_gap_show(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, json_t **model)
{
	struct cvp_application application;
	json_t *shown = NULL, *answers;
	const char *cv_id = NULL;
	enum cvp_code code = cvp_application_get(ctx, caller->user_id, application_id, &application);

	if (code == CVP_OK)
		code = find_cv(ctx, caller, &application, &cv_id);
	if (code == CVP_OK && cv_id != NULL && application.posting != NULL)
		code = show_record(ctx, caller, &application, cv_id, &shown);
	if (code == CVP_OK)
		code = cvp_gap_response_list(ctx, caller->user_id, application_id, NULL, &answers);
	if (code != CVP_OK)
		return code;
	*model = cvp_own(ctx, json_pack("{s:s, s:s*, s:O*, s:b, s:b, s:b, s:O*, s:O}", "application_id", application_id,
					"cv_id", cv_id, "posting", application.posting, "has_cv", cv_id != NULL,
					"has_analysis", shown != NULL, "has_answers", json_array_size(answers) > 0,
					"artifact", shown, "other", answers));
	join_answers(ctx, shown, answers);
	json_object_set_new(*model, "has_other", json_boolean(json_array_size(answers) > 0));
	return cvp_gap_offer(ctx, caller, application_id, json_object_get(shown, "questions"));
}
