/* The answers of gap.h: saving, listing, and taking them for evidence. */
#include <string.h>

#include "core/ctx.h"
#include "core/id.h"
#include "dal/applications.h"
#include "dal/db.h"
#include "dal/gap_responses.h"
#include "service/gap.h"
#include "text/text.h"

#define LENGTH_LEAST  50 /* SPEC 2.4: an answer outside is saved and warned of */
#define LENGTH_MOST   1000

#define QUESTION_MOST 2000
#define ANSWER_MOST   5000 /* SPEC 2.5 */

/* A member under one of its two names. */
static const char *
either(const json_t *object, const char *name, const char *alias)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text != NULL ? text : json_string_value(json_object_get(object, alias));
}

/* An answer that names no question by id has the id of its words: given again, it takes its own place. */
static const char *
question_id_of(struct cvp_ctx *ctx, const json_t *given, const char *question)
{
	const char *id = json_string_value(json_object_get(given, "question_id"));

	if (id != NULL)
		return id;
	return cvp_arena_strdup(
	    ctx->arena,
	    cvp_uuid_named(cvp_arena_printf(ctx->arena, "gap_response#%s", cvp_text_fold(ctx, question))).text);
}

/* What schemas/gap_response.json asks for; a form has no schema. */
static enum cvp_code
check_texts(struct cvp_ctx *ctx, const json_t *given, size_t index)
{
	const char *question = either(given, "question", "question_text");
	const char *answer = either(given, "answer", "response_text");
	const char *id = json_string_value(json_object_get(given, "question_id"));
	const char *place = cvp_arena_printf(ctx->arena, "/responses/%zu", index);

	if (question == NULL || cvp_text_length(question) > QUESTION_MOST)
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, cvp_arena_printf(ctx->arena, "%s/question", place),
				   "A question has 1 to %d characters.", QUESTION_MOST);
	if (answer == NULL || cvp_text_length(answer) > ANSWER_MOST)
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, cvp_arena_printf(ctx->arena, "%s/answer", place),
				   "An answer has 1 to %d characters.", ANSWER_MOST);
	if (id != NULL && !cvp_id_is_valid(id))
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, cvp_arena_printf(ctx->arena, "%s/question_id", place),
				   "question_id is not valid.");
	return CVP_OK;
}

static enum cvp_code
read_answer(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, size_t index,
	    struct cvp_gap_response *response)
{
	const json_t *given = json_array_get(json_object_get(body, "responses"), index);
	const char *question = either(given, "question", "question_text");
	const char *destination = json_string_value(json_object_get(given, "destination"));
	const char *application_id = json_string_value(json_object_get(given, "application_id"));
	enum cvp_code code = check_texts(ctx, given, index);

	if (code != CVP_OK)
		return code;
	if (application_id == NULL)
		application_id = json_string_value(json_object_get(body, "application_id"));
	if (application_id == NULL)
		return cvp_fail_at(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD,
				   cvp_arena_printf(ctx->arena, "/responses/%zu/application_id", index),
				   "Missing required field: application_id");
	*response = (struct cvp_gap_response){
		.user_id = caller->user_id,
		.application_id = application_id,
		.question_id = question_id_of(ctx, given, question),
		.destination = destination != NULL ? destination : CVP_CV_IMPACT,
		.body = cvp_own(ctx, json_pack("{s:s, s:s, s:O*}", "question", question, "answer",
					       either(given, "answer", "response_text"), "skills_mentioned",
					       json_object_get(given, "skills_mentioned"))),
	};
	return CVP_OK;
}

static void
warn_of_length(struct cvp_ctx *ctx, const struct cvp_gap_response *response, size_t index, json_t *warnings)
{
	size_t length = cvp_text_length(json_string_value(json_object_get(response->body, "answer")));

	if (length >= LENGTH_LEAST && length <= LENGTH_MOST)
		return;
	json_array_append_new(
	    warnings,
	    json_pack("{s:s, s:s}", "pointer", cvp_arena_printf(ctx->arena, "/responses/%zu/answer", index), "message",
		      cvp_arena_printf(ctx->arena, "The answer has %zu characters; %d to %d serve best.", length,
				       LENGTH_LEAST, LENGTH_MOST)));
}

/* An application is made on first use of its id (SPEC 2.4). */
static enum cvp_code
save_one(struct cvp_ctx *ctx, const struct cvp_gap_response *response)
{
	bool is_new;
	enum cvp_code code = cvp_application_put(ctx, response->user_id, response->application_id, NULL, NULL, &is_new);

	return code == CVP_OK ? cvp_gap_response_put(ctx, response) : code;
}

static enum cvp_code
save_all(struct cvp_ctx *ctx, const struct cvp_gap_response *responses, size_t count)
{
	enum cvp_code code = cvp_db_begin(ctx);

	for (size_t i = 0; i < count && code == CVP_OK; i++)
		code = save_one(ctx, &responses[i]);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	return code;
}

enum cvp_code
cvp_gap_answer(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, json_t **model)
{
	size_t count = json_array_size(json_object_get(body, "responses"));
	struct cvp_gap_response *responses = cvp_arena_alloc(ctx->arena, count * sizeof(*responses));
	json_t *saved = cvp_own(ctx, json_array()), *warnings = cvp_own(ctx, json_array());
	enum cvp_code code = CVP_OK;

	for (size_t i = 0; i < count && code == CVP_OK; i++)
		code = read_answer(ctx, caller, body, i, &responses[i]);
	if (code == CVP_OK)
		code = save_all(ctx, responses, count);
	if (code != CVP_OK)
		return code;
	for (size_t i = 0; i < count; i++) {
		json_t *shown = json_copy((json_t *)responses[i].body);

		json_object_set_new(shown, "question_id", json_string(responses[i].question_id));
		json_object_set_new(shown, "destination", json_string(responses[i].destination));
		json_object_set_new(shown, "application_id", json_string(responses[i].application_id));
		json_array_append_new(saved, shown);
		warn_of_length(ctx, &responses[i], i, warnings);
	}
	*model = cvp_own(ctx, json_pack("{s:b, s:s, s:O, s:i, s:O}", "success", true, "code",
					cvp_done_name(CVP_DONE_GAP_RESPONSES_SAVED), "responses", saved, "count",
					(int)count, "warnings", warnings));
	return cvp_done(ctx, CVP_DONE_GAP_RESPONSES_SAVED);
}

enum cvp_code
cvp_gap_answers(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, json_t **model)
{
	struct cvp_application application;
	json_t *responses, *response;
	size_t index;
	int evidence = 0;
	enum cvp_code code = cvp_application_get(ctx, caller->user_id, application_id, &application);

	if (code == CVP_OK)
		code = cvp_gap_response_list(ctx, caller->user_id, application_id, NULL, &responses);
	if (code != CVP_OK)
		return code;
	json_array_foreach (responses, index, response)
		evidence += strcmp(json_string_value(json_object_get(response, "destination")), CVP_CV_IMPACT) == 0;
	*model = cvp_own(ctx, json_pack("{s:O, s:i, s:i, s:i}", "responses", responses, "total_count",
					(int)json_array_size(responses), "cv_impact_count", evidence,
					"interview_only_count", (int)json_array_size(responses) - evidence));
	return CVP_OK;
}

enum cvp_code
cvp_gap_evidence_of(struct cvp_ctx *ctx, const char *user_id, const char *application_id, const json_t *body,
		    json_t **gap_responses)
{
	/* times tell no two requests apart */
	static const char *const unwanted[] = { "application_id", "created_at", "skills_mentioned" };
	json_t *given = json_object_get(body, "gap_responses"), *saved, *response;
	size_t index;
	enum cvp_code code;

	*gap_responses = given;
	if (json_is_array(given))
		return CVP_OK;
	code = cvp_gap_response_list(ctx, user_id, application_id, CVP_CV_IMPACT, &saved);
	if (code != CVP_OK)
		return code;
	json_array_foreach (saved, index, response) {
		for (size_t i = 0; i < CVP_COUNT(unwanted); i++)
			json_object_del(response, unwanted[i]);
	}
	*gap_responses = json_array_size(saved) > 0 ? saved : NULL;
	return CVP_OK;
}

enum cvp_code
cvp_gap_withdraw(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id,
		 const char *question_id)
{
	return cvp_gap_response_delete(ctx, caller->user_id, application_id, question_id);
}

enum cvp_code
cvp_gap_take_over(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id,
		  const char *question_id, json_t **model)
{
	struct cvp_application application;
	json_t *found, *answer, *body;
	enum cvp_code code = cvp_application_get(ctx, caller->user_id, application_id, &application);

	if (code == CVP_OK)
		code = cvp_gap_response_elsewhere(ctx, caller->user_id, application_id, &question_id, 1, &found);
	if (code == CVP_OK && json_array_size(found) == 0)
		code = cvp_fail(ctx, CVP_NOT_FOUND, "There is no such answer.");
	if (code != CVP_OK)
		return code;
	answer = json_copy(json_array_get(found, 0));
	json_object_set_new(answer, "application_id", json_string(application_id));
	body = cvp_own(ctx, json_pack("{s:s, s:[o]}", "application_id", application_id, "responses", answer));
	return cvp_gap_answer(ctx, caller, body, model);
}

static const char *
id_of(const json_t *question)
{
	return json_string_value(json_object_get(question, "question_id"));
}

static void
put_offers(json_t *questions, const json_t *found)
{
	size_t index, other;
	json_t *question, *answer;

	json_array_foreach (questions, index, question)
		json_array_foreach (found, other, answer) {
			if (json_is_true(json_object_get(question, "has_answer")) ||
			    json_object_get(question, "offer") != NULL || strcmp(id_of(question), id_of(answer)) != 0)
				continue;
			json_object_set_new(question, "offer",
					    json_pack("{s:O}", "answer", json_object_get(answer, "answer")));
		}
}

enum cvp_code
cvp_gap_offer(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, json_t *questions)
{
	size_t index, count = json_array_size(questions);
	const char **ids = cvp_arena_alloc(ctx->arena, (count + 1) * sizeof(*ids));
	json_t *question, *found;
	enum cvp_code code;

	if (count == 0)
		return CVP_OK;
	json_array_foreach (questions, index, question)
		ids[index] = id_of(question);
	code = cvp_gap_response_elsewhere(ctx, caller->user_id, application_id, ids, count, &found);
	if (code == CVP_OK)
		put_offers(questions, found);
	return code;
}
