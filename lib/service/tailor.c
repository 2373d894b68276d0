/* The making of tailored CVs of tailored_cvs.h: a request becomes a job, and its end the answer (SPEC 4.2, 5.2). */
#include <string.h>

#include "career/kind.h"
#include "core/buf.h"
#include "core/config.h"
#include "core/ctx.h"
#include "core/id.h"
#include "dal/applications.h"
#include "dal/artifacts.h"
#include "dal/cvs.h"
#include "dal/rows.h"
#include "dal/tailored_cvs.h"
#include "schema/checksum.h"
#include "service/document.h"
#include "service/gap.h"
#include "service/input.h"
#include "service/submit.h"
#include "service/tailored_cvs.h"

#define DOCUMENT_MAX ((size_t)4 * 1024 * 1024)

static const char *
member_text(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text != NULL && *text != '\0' ? text : NULL;
}

/* What a request asks for, whichever form it has. */
struct tailoring {
	const char *application_id, *cv_id;
	const json_t *posting; /* of form B: what the application is made of */
	const json_t *preferences;
	json_t *answers; /* that are evidence; NULL: none */
};

/* Form A: an application there is, with its posting. */
static enum cvp_code
read_application(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, struct tailoring *asked)
{
	struct cvp_application application;
	enum cvp_code code;

	code = cvp_application_get(ctx, caller->user_id, asked->application_id, &application);
	if (code != CVP_OK)
		return code;
	if (application.posting == NULL)
		return cvp_fail_at(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD, "/application_id",
				   "The application has no posting yet.");
	asked->posting = application.posting;
	asked->preferences = json_object_get(body, "style_preferences");
	if (asked->preferences == NULL)
		asked->preferences = json_object_get(body, "preferences");
	if (asked->cv_id == NULL)
		asked->cv_id = application.cv_id;
	if (!json_is_true(json_object_get(body, "include_gap_analysis")))
		return CVP_OK;
	return cvp_gap_evidence_of(ctx, caller->user_id, asked->application_id, body, &asked->answers);
}

/* Form B: the posting is in the request, the application is made of it. */
static enum cvp_code
read_posting(struct cvp_ctx *ctx, const json_t *body, struct tailoring *asked)
{
	struct cvp_posting_import import;
	enum cvp_code code = cvp_posting_take(ctx, json_object_get(body, "job_description"), "/job_description",
					      &import);

	if (code != CVP_OK)
		return code;
	asked->application_id = cvp_arena_strdup(ctx->arena, cvp_uuid_new().text);
	asked->posting = import.posting;
	asked->preferences = json_object_get(body, "preferences");
	return CVP_OK;
}

/* A version that is asked for must be there. */
static enum cvp_code
check_version(struct cvp_ctx *ctx, const struct cvp_caller *caller, const struct tailoring *asked,
	      const json_t *version)
{
	struct cvp_cv_version cv;
	const char *cv_id = asked->cv_id;
	enum cvp_code code = CVP_OK;

	if (!json_is_integer(version))
		return CVP_OK;
	if (cv_id == NULL)
		code = cvp_cv_primary(ctx, caller->user_id, &cv_id);
	if (code == CVP_OK)
		code = cvp_cv_get(ctx, caller->user_id, cv_id, (int)json_integer_value(version), &cv);
	return code == CVP_OK ? CVP_OK : cvp_fail_below(ctx, "/cv_version");
}

/* What the job is made of. */
static json_t *
request_of(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, const struct tailoring *asked)
{
	return cvp_own(ctx,
		       json_pack("{s:s, s:s, s:s*, s:O, s:O*, s:O*, s:O*, s:O*, s:O*}", "user_id", caller->user_id,
				 "application_id", asked->application_id, "cv_id", asked->cv_id, "job_posting",
				 asked->posting, "gap_responses", asked->answers, "language",
				 json_object_get(body, "language"), "preferences", asked->preferences, "job_id",
				 json_object_get(body, "job_id"), "cv_version", json_object_get(body, "cv_version")));
}

/* An application that was minted for this request does not tell it from its twin. */
static json_t *
told_apart_by(struct cvp_ctx *ctx, const json_t *request, bool is_minted)
{
	json_t *same = cvp_own(ctx, json_copy((json_t *)request));

	if (is_minted)
		json_object_del(same, "application_id");
	return same;
}

static enum cvp_code
submit(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, struct cvp_tailor_call call,
       struct cvp_submitted *submitted)
{
	struct tailoring asked = { .application_id = member_text(body, "application_id"),
				   .cv_id = member_text(body, "cv_id"),
				   .answers = json_object_get(body, "gap_responses") };
	bool is_minted = asked.application_id == NULL;
	struct cvp_submission submission;
	enum cvp_code code;

	code = is_minted ? read_posting(ctx, body, &asked) : read_application(ctx, caller, body, &asked);
	if (code == CVP_OK)
		code = check_version(ctx, caller, &asked, json_object_get(body, "cv_version"));
	if (code != CVP_OK)
		return code;
	submission = (struct cvp_submission){
		.user_id = caller->user_id,
		.kind = CVP_TAILORED_CV_KIND,
		.application_id = asked.application_id,
		.cv_id = asked.cv_id,
		.key = call.key,
		.request = request_of(ctx, caller, body, &asked),
		.posting = is_minted ? asked.posting : NULL,
		.is_once = call.key == NULL,
		.expires_at = cvp_now(ctx) + cvp_config_int(ctx->config, CVP_SET_JOB_TTL_SECONDS) * CVP_SECOND,
		.priority = CVP_JOB_PRIORITY_AWAITED,
		.limit = CVP_LIMIT_GENERATION,
	};
	submission.told_apart_by = told_apart_by(ctx, submission.request, is_minted);
	return cvp_submit(ctx, &submission, call.allowance, submitted);
}

static enum cvp_code
add_document(struct cvp_ctx *ctx, const json_t *data, json_t *model)
{
	struct cvp_buf out = CVP_BUF(DOCUMENT_MAX);
	json_t *input = cvp_own(ctx, json_object());
	enum cvp_code code = cvp_tailored_cv_document(ctx, cvp_gate_assets(ctx), input, data, "md", &out);

	if (code == CVP_OK)
		json_object_set_new(model, "document", json_stringn(cvp_buf_string(&out), out.length));
	cvp_buf_free(&out);
	return code;
}

/* The finished job's artifact as its result gives it, whether or not it could be kept. */
static enum cvp_code
answer_of(struct cvp_ctx *ctx, const struct cvp_job *job, bool wants_document, json_t **model)
{
	const json_t *persisted = json_object_get(job->extra, "persisted"), *metadata;
	struct cvp_result result;
	enum cvp_code code = cvp_result_get(ctx, job->job_id, &result);

	if (code == CVP_OK)
		code = cvp_checksum_verify(ctx, result.body, result.checksum);
	if (code != CVP_OK)
		return code;
	metadata = json_object_get(result.body, "metadata");
	*model = cvp_own(ctx, json_pack("{s:O, s:o, s:b}", "data", result.body, "artifact_id",
					json_sprintf("%s#%s", job->application_id,
						     json_string_value(json_object_get(metadata, "created_at"))),
					"persisted", !json_is_false(persisted)));
	if (wants_document)
		code = add_document(ctx, result.body, *model);
	if (code != CVP_OK)
		return code;
	return cvp_done(ctx, json_array_size(json_object_get(metadata, "warnings")) > 0
				 ? CVP_DONE_CV_TAILORED_WITH_WARNINGS
				 : CVP_DONE_CV_TAILORED);
}

enum cvp_code
cvp_tailor(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, struct cvp_tailor_call call,
	   json_t **model)
{
	const char *format = member_text(body, "output_format");
	struct cvp_submitted submitted;
	struct cvp_job job;
	enum cvp_code code = submit(ctx, caller, body, call, &submitted);

	if (code == CVP_OK)
		code = cvp_submit_outcome(ctx, caller->user_id, submitted.job_id, call.wait, &job, model);
	if (code != CVP_OK || *model != NULL)
		return code;
	return answer_of(ctx, &job, format != NULL && strcmp(format, "markdown") == 0, model);
}
