#include "files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "career/posting.h"
#include "core/clock.h"
#include "core/config.h"
#include "document/charset.h"
#include "service/assets.h"
#include "service/cv_file.h"
#include "text/text.h"

enum { EXIT_DONE, EXIT_USAGE = 2 }; /* verbs.h; what says no sets 1 */

#define ARENA_BYTES ((size_t)1024 * 1024)
#define LOCAL_ID    "local" /* who works without an account */

enum cvp_code
cvp_bench_open(struct cvp_bench *bench, const char *verb)
{
	enum cvp_code code;

	*bench = (struct cvp_bench){ .verb = verb };
	cvp_ctx_init(&bench->ctx, cvp_arena_new(ARENA_BYTES));
	code = cvp_config_load(&bench->ctx, &bench->config);
	bench->ctx.config = bench->config;
	if (code == CVP_OK)
		code = cvp_assets_load(&bench->ctx, cvp_config_text(bench->config, CVP_SET_DATA_DIR), &bench->assets);
	return code;
}

void
cvp_bench_close(struct cvp_bench *bench)
{
	cvp_assets_free(bench->assets);
	cvp_config_free(bench->config);
	cvp_arena_free(bench->ctx.arena);
}

int
cvp_bench_fail(struct cvp_bench *bench)
{
	fprintf(stderr, "careervp %s: %s: ", bench->verb, cvp_code_name(bench->ctx.err.code));
	for (const char *text = bench->ctx.err.message; *text != '\0'; text++)
		fputc((unsigned char)*text < ' ' ? ' ' : *text, stderr);
	fputc('\n', stderr);
	return 1;
}

enum cvp_code
cvp_print_json(struct cvp_ctx *ctx, const json_t *value)
{
	if (json_dumpf(value, stdout, JSON_INDENT(2)) != 0 || putchar('\n') == EOF || fflush(stdout) != 0)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The result cannot be written: %s", strerror(errno));
	return CVP_OK;
}

enum cvp_code
cvp_print_bytes(struct cvp_ctx *ctx, struct cvp_buf *out)
{
	if (fwrite(cvp_buf_string(out), 1, out->length, stdout) != out->length || fflush(stdout) != 0)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The result cannot be written: %s", strerror(errno));
	return CVP_OK;
}

enum cvp_code
cvp_print_export(struct cvp_bench *bench, const struct cvp_export_source *source, const char *format)
{
	struct cvp_export exported;
	enum cvp_code code = cvp_export_make(&bench->ctx, bench->assets, source, format, &exported);

	if (code != CVP_OK)
		return code;
	if (fwrite(exported.bytes, 1, exported.length, stdout) != exported.length)
		return cvp_fail(&bench->ctx, CVP_INTERNAL_ERROR, "The result cannot be written: %s", strerror(errno));
	if (exported.length > 0 && exported.bytes[exported.length - 1] == '}') /* JSON, for people */
		putchar('\n');
	return fflush(stdout) == 0 ? CVP_OK
				   : cvp_fail(&bench->ctx, CVP_INTERNAL_ERROR, "The result cannot be written.");
}

static enum cvp_code
read_cv(struct cvp_bench *bench, const char *path, json_t *input)
{
	struct cvp_cv_import import;
	const char *text;
	size_t length;
	enum cvp_code code = cvp_file_read(&bench->ctx, path, CVP_UPLOAD_MAX, &text, &length);

	if (code == CVP_OK)
		code = cvp_cv_file_import(&bench->ctx, bench->assets, (struct cvp_file){ text, length }, &import);
	if (code == CVP_OK)
		json_object_set(input, "resume", import.resume);
	return code;
}

enum cvp_code
cvp_call_posting(struct cvp_bench *bench, const char *path, struct cvp_posting_import *import)
{
	const char *text;
	size_t length;
	enum cvp_code code = cvp_file_read(&bench->ctx, path, CVP_UPLOAD_MAX, &text, &length);

	if (code != CVP_OK)
		return code;
	cvp_document_utf8(&bench->ctx, text, length, &text, &length);
	if (!cvp_text_is_valid(text, length))
		return cvp_fail(&bench->ctx, CVP_INVALID_INPUT, "%s is no text; a posting is text, JSON or HTML", path);
	return cvp_posting_import_text(&bench->ctx, bench->assets, text, length, import);
}

static enum cvp_code
read_posting(struct cvp_bench *bench, const char *path, json_t *input)
{
	struct cvp_posting_import import;
	enum cvp_code code = cvp_call_posting(bench, path, &import);

	if (code == CVP_OK)
		json_object_set(input, "posting", import.posting);
	return code;
}

static const char *
first_text(const json_t *object, const char *key, const char *alias)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : json_string_value(json_object_get(object, alias));
}

/* An answer as people write it: question or question_text, answer or response_text, destination CV_IMPACT unless
 * given (SPEC 2.4). */
static json_t *
answer_of(const json_t *given)
{
	const char *question = first_text(given, "question", "question_text");
	const char *answer = first_text(given, "answer", "response_text");
	const char *destination = json_string_value(json_object_get(given, "destination"));

	if (answer == NULL)
		return NULL;
	return json_pack("{s:s, s:s, s:s}", "question", question != NULL ? question : "", "answer", answer,
			 "destination", destination != NULL ? destination : "CV_IMPACT");
}

/* A list of answers, alone or as responses or gap_responses of an object. */
static enum cvp_code
read_answers(struct cvp_bench *bench, const char *path, json_t *input)
{
	json_t *given = NULL, *answers = json_object_get(input, "gap_responses");
	const json_t *list;
	enum cvp_code code = CVP_OK;

	if (path == NULL)
		return CVP_OK;
	code = cvp_file_json(&bench->ctx, path, CVP_UPLOAD_MAX, &given);
	if (code != CVP_OK)
		return code;
	list = json_object_get(given, "responses");
	list = list != NULL ? list : json_object_get(given, "gap_responses");
	list = json_is_array(given) ? given : list;
	if (!json_is_array(list))
		return cvp_fail(&bench->ctx, CVP_VALIDATION_ERROR, "%s holds no list of answers", path);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *answer = answer_of(json_array_get(list, i));

		if (answer == NULL)
			return cvp_fail(&bench->ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD,
					"%s: answer %zu has no text", path, i);
		json_array_append_new(answers, answer);
	}
	return CVP_OK;
}

/* "2026-03-01" is taken as the start of that day. */
static enum cvp_code
set_time(struct cvp_bench *bench, const char *as_of, json_t *input)
{
	char text[CVP_TIME_SIZE];
	int64_t at = cvp_now(&bench->ctx);

	if (as_of != NULL && !cvp_time_parse(as_of, &at) &&
	    !cvp_time_parse(cvp_arena_printf(bench->ctx.arena, "%sT00:00:00Z", as_of), &at))
		return cvp_fail(&bench->ctx, CVP_INVALID_INPUT, "--as-of takes a date or an RFC 3339 time, not %s",
				as_of);
	cvp_time_format(at, text);
	json_object_set_new(input, "as_of", json_string(text));
	return CVP_OK;
}

/* The language asked for, else the posting's, else the detected one of its text. */
static enum cvp_code
set_language(struct cvp_bench *bench, const char *language, json_t *input)
{
	const json_t *posting = json_object_get(input, "posting");
	const char *of_posting = json_string_value(json_object_get(posting, "language"));
	enum cvp_language known = CVP_EN;

	if (language != NULL && !cvp_language_named(language, &known))
		return cvp_fail(&bench->ctx, CVP_INVALID_INPUT, "--language takes en, ru or he, not %s", language);
	if (language == NULL && of_posting != NULL)
		(void)!cvp_language_named(of_posting, &known);
	json_object_set_new(input, "language", json_string(cvp_language_name(known)));
	return CVP_OK;
}

enum cvp_code
cvp_call_input(struct cvp_bench *bench, const struct cvp_call *call, json_t **input)
{
	json_t *made = cvp_own(&bench->ctx,
			       json_pack("{s:s, s:s, s:s, s:i, s:[], s:i}", "user_id", LOCAL_ID, "application_id",
					 LOCAL_ID, "cv_id", LOCAL_ID, "cv_version", 1, "gap_responses", "version", 1));
	enum cvp_code code = read_cv(bench, call->cv, made);

	if (code == CVP_OK && call->posting != NULL)
		code = read_posting(bench, call->posting, made);
	if (code == CVP_OK)
		code = read_answers(bench, call->answers, made);
	if (code == CVP_OK)
		code = set_time(bench, call->as_of, made);
	if (code == CVP_OK)
		code = set_language(bench, call->language, made);
	if (code == CVP_OK)
		*input = made;
	return code;
}

int
cvp_file_verb_run(const struct cvp_file_verb *verb, int argc, char **argv)
{
	bool was_asked = argc > 1 && strcmp(argv[1], "--help") == 0;
	struct cvp_call call = { 0 };
	struct cvp_bench bench;
	int status = EXIT_DONE;

	if (was_asked || !verb->read(argc, argv, &call)) {
		fputs(verb->usage, was_asked ? stdout : stderr);
		return was_asked ? EXIT_DONE : EXIT_USAGE;
	}
	if (cvp_bench_open(&bench, verb->name) != CVP_OK || verb->act(&bench, &call, &status) != CVP_OK)
		status = cvp_bench_fail(&bench);
	cvp_bench_close(&bench);
	return status;
}
