/* gap - gap analyses: having questions asked, reading them, answering. */
#include "service/gap.h"

#include <string.h>

#include "core/ctx.h"
#include "service/applications.h"
#include "service/jobs.h"
#include "web/web.h"

#define ANSWER    "answer:" /* fields of the form, each followed by a question_id */
#define QUESTION  "question:"
#define INTERVIEW "interview:"
#define WITHDRAW  "withdraw:" /* buttons */
#define TAKE      "take:"

static enum cvp_code
make(struct cvp_ctx *ctx, const struct cvp_request *req, const json_t *body, json_t **model)
{
	struct cvp_gap_call call = { .key = req->idempotency_key,
				     .wait = cvp_prefer_wait(req),
				     .allowance = &req->reply->allowance };

	return cvp_gap_ask(ctx, &req->caller, body, call, model);
}

static enum cvp_code
ask(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return make(ctx, req, req->body, model);
}

static enum cvp_code
required(struct cvp_ctx *ctx, const struct cvp_request *req, const char *name, const char **value)
{
	*value = cvp_query(req, name);
	if (*value != NULL && **value != '\0')
		return CVP_OK;
	return cvp_fail_at(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD, cvp_arena_printf(ctx->arena, "/%s", name),
			   "Missing required field: %s", name);
}

static enum cvp_code
get(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *cv_id, *job_posting_id = NULL;
	enum cvp_code code = required(ctx, req, "cv_id", &cv_id);
	int version;

	if (code == CVP_OK)
		code = required(ctx, req, "job_posting_id", &job_posting_id);
	if (code == CVP_OK)
		code = cvp_query_int(ctx, req, "version", 1, 1000000, 0, &version);
	return code == CVP_OK ? cvp_gap_get(ctx, &req->caller, cv_id, job_posting_id, version, model) : code;
}

static enum cvp_code
save(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_gap_answer(ctx, &req->caller, req->body, model);
}

static enum cvp_code
list_answers(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *application_id;
	enum cvp_code code = required(ctx, req, "application_id", &application_id);

	return code == CVP_OK ? cvp_gap_answers(ctx, &req->caller, application_id, model) : code;
}

/* The question a button is about; NULL for other buttons. */
static const char *
button(const struct cvp_request *req, const char *prefix)
{
	const char *action = cvp_body_text(req, "_action");

	return action != NULL && strncmp(action, prefix, strlen(prefix)) == 0 ? action + strlen(prefix) : NULL;
}

static bool
is_about(const char *question_id, const char *id)
{
	return question_id != NULL && strcmp(question_id, id) == 0;
}

/* A form that was refused, or whose button was about one question, is shown again with what was typed. */
static void
keep_typed(struct cvp_ctx *ctx, const struct cvp_request *req, json_t *questions)
{
	const char *withdrawn = button(req, WITHDRAW), *taken = button(req, TAKE);
	size_t index;
	json_t *question;

	json_array_foreach (questions, index, question) {
		const char *id = json_string_value(json_object_get(question, "question_id"));
		const char *typed = cvp_body_text(req, cvp_arena_printf(ctx->arena, ANSWER "%s", id));
		const char *box = cvp_arena_printf(ctx->arena, INTERVIEW "%s", id);

		if (typed == NULL || is_about(withdrawn, id) || is_about(taken, id))
			continue;
		json_object_set_new(question, "answer", json_string(typed));
		json_object_set_new(question, "is_interview", json_boolean(cvp_body_text(req, box) != NULL));
	}
}

static enum cvp_code
show(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code = cvp_gap_show(ctx, &req->caller, cvp_path(req, "application_id"), model);

	if (code == CVP_OK) {
		keep_typed(ctx, req, json_object_get(json_object_get(*model, "artifact"), "questions"));
		keep_typed(ctx, req, json_object_get(*model, "other"));
	}
	return code;
}

/* Has the questions asked, and leads to them, or to the page that shows the job's progress. */
static enum cvp_code
ask_by_form(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	json_t *page, *body;
	const char *job_id;
	enum cvp_code code = cvp_gap_show(ctx, &req->caller, cvp_path(req, "application_id"), &page);

	if (code != CVP_OK)
		return code;
	if (json_object_get(page, "cv_id") == NULL)
		return cvp_fail(ctx, CVP_CV_NOT_FOUND, "There is no CV to ask about; import one first.");
	body = cvp_own(ctx, json_pack("{s:s, s:O}", "application_id", cvp_path(req, "application_id"), "cv_id",
				      json_object_get(page, "cv_id")));
	code = make(ctx, req, body, model);
	if (code != CVP_OK)
		return code;
	job_id = json_string_value(json_object_get(*model, "job_id"));
	if (job_id != NULL)
		req->reply->location = cvp_arena_printf(ctx->arena, "/jobs/%s", job_id);
	return CVP_OK;
}

/* The answers of the form's fields; a field that is empty answers nothing. */
static json_t *
typed_answers(struct cvp_ctx *ctx, const struct cvp_request *req)
{
	json_t *responses = json_array(), *value;
	const char *name;

	json_object_foreach ((json_t *)req->body, name, value) {
		const char *id = name + strlen(ANSWER), *text = json_string_value(value), *question, *box;

		if (strncmp(name, ANSWER, strlen(ANSWER)) != 0 || text == NULL || text[strspn(text, " \t\r\n")] == '\0')
			continue;
		question = cvp_body_text(req, cvp_arena_printf(ctx->arena, QUESTION "%s", id));
		box = cvp_body_text(req, cvp_arena_printf(ctx->arena, INTERVIEW "%s", id));
		json_array_append_new(responses, json_pack("{s:s, s:s*, s:s, s:s}", "question_id", id, "question",
							   question, "answer", text, "destination",
							   box != NULL ? "INTERVIEW_MVP_ONLY" : "CV_IMPACT"));
	}
	return responses;
}

static enum cvp_code
save_by_form(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	json_t *body = cvp_own(ctx, json_pack("{s:s, s:o}", "application_id", cvp_path(req, "application_id"),
					      "responses", typed_answers(ctx, req)));

	*model = body;
	if (json_array_size(json_object_get(body, "responses")) == 0)
		return CVP_OK;
	return cvp_gap_answer(ctx, &req->caller, body, model);
}

/* The report once more, with the saved answers. */
static enum cvp_code
report(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	json_t *application, *body;
	enum cvp_code code = save_by_form(ctx, req, model);

	if (code == CVP_OK)
		code = cvp_applications_get(ctx, &req->caller, cvp_path(req, "application_id"), &application);
	if (code != CVP_OK)
		return code;
	body = cvp_own(ctx, json_pack("{s:s, s:O*, s:O*}", "application_id", cvp_path(req, "application_id"),
				      "job_posting", json_object_get(application, "posting"), "cv_id",
				      json_object_get(application, "cv_id")));
	code = cvp_vpr_submit(ctx, &req->caller, body, NULL, &req->reply->allowance, model);
	if (code == CVP_OK)
		req->reply->location = cvp_arena_printf(ctx->arena, "/jobs/%s",
							json_string_value(json_object_get(*model, "job_id")));
	return code;
}

/* One answer taken back, or taken over. What else was typed is not saved by it, and stays. */
static enum cvp_code
change_one(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *application_id = cvp_path(req, "application_id"), *withdrawn = button(req, WITHDRAW);
	enum cvp_code code = withdrawn != NULL
				 ? cvp_gap_withdraw(ctx, &req->caller, application_id, withdrawn)
				 : cvp_gap_take_over(ctx, &req->caller, application_id, button(req, TAKE), model);

	return code == CVP_OK ? show(ctx, req, model) : code;
}

/* The buttons of the page. */
static enum cvp_code
change(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *action = cvp_body_text(req, "_action");

	if (button(req, WITHDRAW) != NULL || button(req, TAKE) != NULL)
		return change_one(ctx, req, model);
	req->reply->location = cvp_arena_printf(ctx->arena, "/applications/%s/gap", cvp_path(req, "application_id"));
	if (action != NULL && strcmp(action, "ask") == 0)
		return ask_by_form(ctx, req, model);
	if (action != NULL && strcmp(action, "save") == 0)
		return save_by_form(ctx, req, model);
	if (action != NULL && strcmp(action, "report") == 0)
		return report(ctx, req, model);
	return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/_action",
			   "_action must be ask, save, report, withdraw: or take: with a question_id.");
}

static const struct cvp_route routes[] = {
	{ CVP_POST, "/api/gap-analysis", "gap_request", ask, NULL, CVP_USER | CVP_NEEDS_ASSETS },
	{ CVP_GET, "/api/gap-analyses", NULL, get, NULL, CVP_USER },
	{ CVP_POST, "/api/gap-responses", "gap_responses", save, NULL, CVP_USER },
	{ CVP_GET, "/api/gap-responses", NULL, list_answers, NULL, CVP_USER },
	{ CVP_GET, "/applications/{application_id}/gap", NULL, show, "gap/show", CVP_USER | CVP_NEEDS_ASSETS },
	{ CVP_POST, "/applications/{application_id}/gap", NULL, change, "gap/show", CVP_USER | CVP_NEEDS_ASSETS },
};

int
main(int argc, char **argv)
{
	return cvp_serve("gap", routes, CVP_COUNT(routes), argc, argv);
}
