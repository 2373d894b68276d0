#include "service/cvs.h"

#include <sodium.h>
#include <string.h>

#include "career/compare.h"
#include "career/cv.h"
#include "career/cv_import.h"
#include "career/cv_view.h"
#include "core/clock.h"
#include "core/ctx.h"
#include "core/id.h"
#include "dal/cvs.h"
#include "dal/db.h"
#include "dal/rows.h"
#include "schema/canonical.h"
#include "schema/checksum.h"
#include "service/export.h"

/* A CV as it came, parsed. */
struct parsed {
	struct cvp_cv_import import;
	const char *original, *original_type; /* NULL where it came as JSON */
	size_t original_length;
	int64_t micros;
	bool is_for_person; /* it may lack what a person is going to add */
	const char *text;   /* then: the words of the document, NULL where they are not known */
	size_t text_length;
};

static enum cvp_code
decode_base64(struct cvp_ctx *ctx, const char *text, struct cvp_file *file)
{
	size_t size = strlen(text) / 4 * 3 + 3;
	char *bytes = cvp_arena_alloc(ctx->arena, size);

	if (sodium_base642bin((unsigned char *)bytes, size, text, strlen(text), " \r\n", &file->length, NULL,
			      sodium_base64_VARIANT_ORIGINAL) != 0)
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "/file_content", "file_content is not base64.");
	file->bytes = bytes;
	return CVP_OK;
}

static enum cvp_code
parse_file(struct cvp_ctx *ctx, struct cvp_file file, const char *place, struct parsed *parsed)
{
	const struct cvp_assets *assets = cvp_gate_assets(ctx);
	enum cvp_code code = parsed->is_for_person ? cvp_cv_file_read(ctx, assets, file, &parsed->import, &parsed->text,
								      &parsed->text_length)
						   : cvp_cv_file_import(ctx, assets, file, &parsed->import);

	if (code != CVP_OK)
		return cvp_fail_below(ctx, place);
	if (!parsed->import.was_json) {
		parsed->original = file.bytes;
		parsed->original_length = file.length;
		parsed->original_type = cvp_cv_file_type(file);
	}
	return CVP_OK;
}

static enum cvp_code
parse_object(struct cvp_ctx *ctx, const json_t *object, const char *place, struct parsed *parsed)
{
	if (cvp_cv_import_json(ctx, cvp_gate_assets(ctx), object, &parsed->import) != CVP_OK)
		return cvp_fail_below(ctx, place);
	return CVP_OK;
}

/* A file goes before text, text before a file in base64, any of them before an object. */
static enum cvp_code
parse_source(struct cvp_ctx *ctx, const json_t *body, struct cvp_file file, struct parsed *parsed)
{
	const char *text = json_string_value(json_object_get(body, "text_content"));
	const char *base64 = json_string_value(json_object_get(body, "file_content"));
	const json_t *resume = json_object_get(body, "resume"), *user_cv = json_object_get(body, "user_cv");

	if (file.bytes != NULL)
		return parse_file(ctx, file, "/file", parsed);
	if (text != NULL && *text != '\0')
		return parse_file(ctx, (struct cvp_file){ text, strlen(text) }, "/text_content", parsed);
	if (base64 != NULL) {
		enum cvp_code code = decode_base64(ctx, base64, &file);

		return code == CVP_OK ? parse_file(ctx, file, "/file_content", parsed) : code;
	}
	if (resume != NULL)
		return parse_object(ctx, resume, "/resume", parsed);
	if (user_cv != NULL)
		return parse_object(ctx, user_cv, "/user_cv", parsed);
	return cvp_fail(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD,
			"Give text_content, file_content, resume, user_cv or a file.");
}

static enum cvp_code
parse(struct cvp_ctx *ctx, const json_t *body, struct cvp_file file, struct parsed *parsed)
{
	int64_t begin = cvp_monotonic();
	enum cvp_code code = parse_source(ctx, body, file, parsed);

	parsed->micros = cvp_monotonic() - begin;
	return code;
}

static struct cvp_cv_draft
draft_of(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, const struct parsed *parsed)
{
	char checksum[CVP_SHA256_HEX], content[CVP_SHA256_HEX];

	cvp_canonical_sha256(parsed->import.resume, checksum);
	cvp_content_sha256(parsed->import.resume, content);
	return (struct cvp_cv_draft){
		.user_id = caller->user_id,
		.cv_id = cv_id,
		.language = parsed->import.language,
		.resume = parsed->import.resume,
		.original = parsed->original,
		.original_length = parsed->original_length,
		.original_type = parsed->original_type,
		.checksum = cvp_arena_strdup(ctx->arena, checksum),
		.content_sha256 = cvp_arena_strdup(ctx->arena, content),
	};
}

static json_t *
parsed_model(struct cvp_ctx *ctx, const char *cv_id, int version, const struct parsed *parsed)
{
	const struct cvp_cv_import *import = &parsed->import;

	return cvp_own(ctx, json_pack("{s:b, s:s, s:s, s:i, s:O, s:O?, s:s, s:f, s:O, s:n}", "success", 1, "code",
				      cvp_done_name(CVP_DONE_CV_PARSED), "cv_id", cv_id, "version", version, "resume",
				      import->resume, "user_cv", cvp_cv_to_user_cv(ctx, import->resume),
				      "language_detected", import->language, "parse_time_ms",
				      (double)parsed->micros / 1000, "warnings", import->warnings, "error"));
}

/* Stores it as a new one, or as the next version of cv_id. */
static enum cvp_code
store(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, int expected_version,
      const struct parsed *parsed, json_t **model)
{
	bool is_new = cv_id == NULL, is_primary;
	struct cvp_cv_draft draft;
	enum cvp_code code;
	int version = 1;

	draft = draft_of(ctx, caller, is_new ? cvp_arena_strdup(ctx->arena, cvp_uuid_new().text) : cv_id, parsed);
	code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	code = is_new ? cvp_cv_create(ctx, &draft, &is_primary)
		      : cvp_cv_add_version(ctx, &draft, expected_version, &version);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	if (code != CVP_OK)
		return code;
	*model = parsed_model(ctx, draft.cv_id, version, parsed);
	return cvp_done(ctx, CVP_DONE_CV_PARSED);
}

enum cvp_code
cvp_cvs_import(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, struct cvp_file file,
	       json_t **model)
{
	return cvp_cvs_update(ctx, caller, NULL, 0, body, file, model);
}

enum cvp_code
cvp_cvs_update(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, int expected_version,
	       const json_t *body, struct cvp_file file, json_t **model)
{
	struct parsed parsed = { 0 };
	enum cvp_code code = parse(ctx, body, file, &parsed);

	return code == CVP_OK ? store(ctx, caller, cv_id, expected_version, &parsed, model) : code;
}

enum cvp_code
cvp_cvs_read(struct cvp_ctx *ctx, const json_t *body, struct cvp_file file, struct cvp_cv_import *import,
	     const char **text, size_t *length)
{
	struct parsed parsed = { .is_for_person = true };
	enum cvp_code code = parse(ctx, body, file, &parsed);

	if (code != CVP_OK)
		return code;
	*import = parsed.import;
	*text = parsed.text;
	*length = parsed.text_length;
	return CVP_OK;
}

enum cvp_code
cvp_cvs_save(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, int expected_version,
	     const json_t *resume, const char *original, json_t **model)
{
	struct parsed parsed = { .original = original };
	enum cvp_code code = cvp_cv_import_json(ctx, cvp_gate_assets(ctx), resume, &parsed.import);

	if (code != CVP_OK)
		return code;
	if (original != NULL) {
		parsed.original_length = strlen(original);
		parsed.original_type = "text/plain";
	}
	return store(ctx, caller, cv_id, expected_version, &parsed, model);
}

enum cvp_code
cvp_cvs_list(struct cvp_ctx *ctx, const struct cvp_caller *caller, json_t **model)
{
	enum cvp_code code;
	json_t *cvs;

	code = cvp_cv_list(ctx, caller->user_id, &cvs);
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:O}", "cvs", cvs));
	return code;
}

enum cvp_code
cvp_cvs_get(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, int version, json_t **model)
{
	struct cvp_cv_version cv;
	enum cvp_code code;

	code = cvp_cv_get(ctx, caller->user_id, cv_id, version, &cv);
	if (code == CVP_OK)
		code = cvp_checksum_verify(ctx, cv.resume, cv.checksum);
	if (code != CVP_OK)
		return code;
	*model = cvp_own(ctx, json_pack("{s:s, s:i, s:i, s:b, s:s, s:o, s:o, s:O}", "cv_id", cv.cv_id, "version",
					cv.version, "head_version", cv.head_version, "is_primary", cv.is_primary,
					"language", cv.language, "created_at", cvp_time_json(cv.created_at),
					"updated_at", cvp_time_json(cv.updated_at), "resume", cv.resume));
	return CVP_OK;
}

enum cvp_code
cvp_cvs_show(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, int version, json_t **model)
{
	const struct cvp_cv *cv;
	enum cvp_code code;

	code = cvp_cvs_get(ctx, caller, cv_id, version, model);
	if (code == CVP_OK)
		code = cvp_cv_parse(ctx, json_object_get(*model, "resume"), &cv);
	if (code == CVP_OK)
		json_object_set(*model, "view", cvp_cv_view(ctx, cv));
	return code;
}

enum cvp_code
cvp_cvs_versions(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, json_t **model)
{
	enum cvp_code code;
	json_t *versions;

	code = cvp_cv_versions(ctx, caller->user_id, cv_id, &versions);
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:O}", "versions", versions));
	return code;
}

static enum cvp_code
load_version(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, int version,
	     const struct cvp_cv **cv)
{
	json_t *stored;
	enum cvp_code code = cvp_cvs_get(ctx, caller, cv_id, version, &stored);

	return code == CVP_OK ? cvp_cv_parse(ctx, json_object_get(stored, "resume"), cv) : code;
}

static enum cvp_code
compare_versions(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, int before, int after,
		 json_t *model)
{
	const struct cvp_cv *old, *new;
	enum cvp_code code = load_version(ctx, caller, cv_id, before, &old);

	if (code == CVP_OK)
		code = load_version(ctx, caller, cv_id, after, &new);
	if (code != CVP_OK)
		return code;
	json_object_update(model, cvp_compare_cvs(ctx, old, new));
	json_object_set_new(model, "before", json_integer(before));
	json_object_set_new(model, "after", json_integer(after));
	return CVP_OK;
}

/* What the page's form has chosen. */
static void
mark_versions(json_t *versions, int head, int before, int after)
{
	size_t index;
	json_t *row;

	json_array_foreach (versions, index, row) {
		int version = (int)json_integer_value(json_object_get(row, "version"));

		json_object_set_new(row, "is_newest", json_boolean(version == head));
		json_object_set_new(row, "is_before", json_boolean(version == before));
		json_object_set_new(row, "is_after", json_boolean(version == after));
	}
}

enum cvp_code
cvp_cvs_history(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, int before, int after,
		json_t **model)
{
	bool is_compared = before > 0 && after > 0;
	json_t *stored, *versions;
	enum cvp_code code = cvp_cvs_get(ctx, caller, cv_id, 0, &stored);
	int head;

	if (code == CVP_OK)
		code = cvp_cv_versions(ctx, caller->user_id, cv_id, &versions);
	if (code != CVP_OK)
		return code;
	head = (int)json_integer_value(json_object_get(stored, "head_version"));
	mark_versions(versions, head, is_compared ? before : head - 1, is_compared ? after : head);
	*model = cvp_own(
	    ctx, json_pack("{s:s, s:O*, s:i, s:O, s:b}", "cv_id", cv_id, "name",
			   json_object_get(json_object_get(json_object_get(stored, "resume"), "basics"), "name"),
			   "head_version", head, "versions", versions, "has_others", json_array_size(versions) > 1));
	return is_compared ? compare_versions(ctx, caller, cv_id, before, after, *model) : CVP_OK;
}

static enum cvp_code
change(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
       enum cvp_code (*act)(struct cvp_ctx *ctx, const char *user_id, const char *cv_id))
{
	enum cvp_code code;

	code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	code = act(ctx, caller->user_id, cv_id);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	return code == CVP_OK ? cvp_done(ctx, CVP_DONE_NO_CONTENT) : code;
}

enum cvp_code
cvp_cvs_make_primary(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id)
{
	return change(ctx, caller, cv_id, cvp_cv_make_primary);
}

enum cvp_code
cvp_cvs_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id)
{
	return change(ctx, caller, cv_id, cvp_cv_delete);
}

enum cvp_code
cvp_cvs_export(struct cvp_ctx *ctx, const json_t *cv, const char *format, struct cvp_export *exported)
{
	struct cvp_export_source source = { .kind = CVP_EXPORT_CV };

	source.input = cvp_own(ctx,
			       json_pack("{s:O, s:O*, s:O*}", "resume", json_object_get(cv, "resume"), "language",
					 json_object_get(cv, "language"), "as_of", json_object_get(cv, "updated_at")));
	return cvp_export_make(ctx, cvp_gate_assets(ctx), &source, format, exported);
}
