#include "dal/tailored_cvs.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "core/id.h"
#include "dal/artifact_row.h"
#include "dal/db.h"
#include "dal/jobs.h"
#include "dal/keys.h"
#include "dal/rows.h"
#include "dal/statements.h"
#include "schema/canonical.h"
#include "schema/checksum.h"

#define CLASHES_MAX   5
#define LIMIT_MAX     100
#define TOKEN_VERSION 1
#define TOKEN_MAX     2048 /* characters of a page token */
#define BASE64_MAC    44   /* base64url of 32 bytes, and NUL */

enum { TAILORED_NEXT, TAILORED_GET, TAILORED_LIST_USER, TAILORED_LIST_APPLICATION, TAILORED_DELETE, TAILORED_KEEP };

#define LISTED  "owner, subject, version, created_at, expires_at, checksum, verified, metadata, token_usage, job_id"
#define OF_KIND "owner = $1 AND kind = 'tailored_cv'"

/* clang-format off */
static const struct cvp_stmt stmts[] = {
	[TAILORED_NEXT] = { "tailored_next", 2,
		"SELECT coalesce(max(version), 0)::int + 1 FROM artifacts WHERE " OF_KIND " AND subject = $2" },
	[TAILORED_GET] = { "tailored_get", 4,
		"SELECT " CVP_ARTIFACT_COLUMNS " FROM artifacts WHERE " OF_KIND " AND subject = $2 AND created_at = $3"
		" AND expires_at > $4" },
	[TAILORED_LIST_USER] = { "tailored_list_user", 5,
		"SELECT " LISTED " FROM artifacts WHERE " OF_KIND " AND expires_at > $2 AND (created_at, subject) < ($3,"
		" $4) ORDER BY created_at DESC, subject DESC LIMIT $5" },
	[TAILORED_LIST_APPLICATION] = { "tailored_list_application", 3,
		"SELECT " LISTED " FROM artifacts WHERE " OF_KIND " AND subject = $2 AND expires_at > $3 ORDER BY"
		" created_at DESC" },
	[TAILORED_DELETE] = { "tailored_delete", 3,
		"DELETE FROM artifacts WHERE " OF_KIND " AND subject = $2 AND created_at = $3" },
	[TAILORED_KEEP] = { "tailored_keep", 5,
		"UPDATE artifacts SET expires_at = $4 WHERE " OF_KIND " AND subject = $2 AND created_at = $3 AND"
		" expires_at > $5" },
};
/* clang-format on */

const struct cvp_stmts cvp_tailored_cvs_stmts = { stmts, CVP_COUNT(stmts) };

static enum cvp_code
not_found(struct cvp_ctx *ctx)
{
	return cvp_fail(ctx, CVP_NOT_FOUND, "Tailored CV not found");
}

/* Ids and, where one is given, the time in the key's form. */
static enum cvp_code
check_key(struct cvp_ctx *ctx, const char *owner, const char *application_id, const char *created_at, int64_t *at)
{
	if (owner == NULL || !cvp_id_is_valid(owner))
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/user_id", "user_id is not valid.");
	if (application_id == NULL || !cvp_id_is_valid(application_id))
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/application_id", "application_id is not valid.");
	if (at != NULL && (created_at == NULL || !cvp_time_parse(created_at, at)))
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/created_at", "created_at is no RFC 3339 time.");
	return CVP_OK;
}

static enum cvp_code
check_data(struct cvp_ctx *ctx, const char *owner, const json_t *data)
{
	const char *user_id = json_string_value(json_object_get(json_object_get(data, "metadata"), "user_id"));

	if (!json_is_object(json_object_get(data, "tailored_cv")))
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/tailored_cv", "tailored_cv is missing.");
	if (user_id == NULL || strcmp(user_id, owner) != 0)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/metadata/user_id", "metadata.user_id is not the owner.");
	return CVP_OK;
}

/* {input, output} is read as {input_tokens, output_tokens} (SPEC 2.4). */
static void
settle_usage(json_t *data)
{
	static const char *const names[][2] = { { "input", "input_tokens" }, { "output", "output_tokens" } };
	json_t *usage = json_object_get(data, "token_usage");

	for (size_t i = 0; i < CVP_COUNT(names); i++) {
		json_t *value = json_object_get(usage, names[i][0]);

		if (value == NULL)
			continue;
		if (json_object_get(usage, names[i][1]) == NULL)
			json_object_set(usage, names[i][1], value);
		json_object_del(usage, names[i][0]);
	}
}

static void
set_identity(json_t *data, int version, int64_t at)
{
	json_t *metadata = json_object_get(data, "metadata");

	json_object_set_new(metadata, "version", json_integer(version));
	json_object_set_new(metadata, "created_at", cvp_time_json(at));
	json_object_set_new(json_object_get(data, "tailored_cv"), "tailoring_version", json_integer(version));
}

/* What SPEC 6.2 allows in the open. */
static json_t *
open_metadata(struct cvp_ctx *ctx, const json_t *data)
{
	const json_t *metadata = json_object_get(data, "metadata"), *cv = json_object_get(data, "tailored_cv");
	const json_t *warnings = json_object_get(metadata, "warnings"), *usage = json_object_get(data, "token_usage");

	return cvp_own(ctx,
		       json_pack("{s:O*, s:O*, s:O*, s:O*, s:O*, s:O*, s:i}", "application_id",
				 json_object_get(metadata, "application_id"), "job_id",
				 json_object_get(metadata, "job_id"), "cv_id", json_object_get(metadata, "x_cv_id"),
				 "cv_version", json_object_get(cv, "source_cv_version"), "language",
				 json_object_get(metadata, "x_language"), "model", json_object_get(usage, "model"),
				 "warnings", (int)json_array_size(warnings)));
}

static enum cvp_code
insert(struct cvp_ctx *ctx, const char *owner, const char *application_id, json_t *data, int64_t at)
{
	struct cvp_artifact row = { .key = { owner, CVP_TAILORED_CV_KIND, application_id, 0 },
				    .created_at = at,
				    .expires_at = at + CVP_ARTIFACT_SECONDS * CVP_SECOND,
				    .body = data,
				    .token_usage = json_object_get(data, "token_usage") };
	char checksum[CVP_SHA256_HEX], content[CVP_SHA256_HEX];
	enum cvp_code code = cvp_db_query(ctx, &stmts[TAILORED_NEXT],
					  CVP_WITH(cvp_text(owner), cvp_text(application_id)), cvp_decode_int,
					  &row.key.version, NULL);

	if (code != CVP_OK)
		return code;
	set_identity(data, row.key.version, at);
	cvp_canonical_sha256(data, checksum);
	cvp_content_sha256(data, content);
	row.checksum = checksum;
	row.content_sha256 = content;
	row.metadata = open_metadata(ctx, data);
	row.is_verified = json_is_true(json_object_get(json_object_get(data, "metadata"), "fvs_validation_passed"));
	return cvp_artifact_insert(ctx, &row);
}

/* One try, in one transaction. CONFLICT: the time, or the version, was taken meanwhile. */
static enum cvp_code
try_save(struct cvp_ctx *ctx, const char *owner, const char *application_id, json_t *data, int64_t at)
{
	enum cvp_code code = cvp_db_begin(ctx);

	if (code == CVP_OK)
		code = insert(ctx, owner, application_id, data, at);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	return code;
}

enum cvp_code
cvp_tailored_cv_save(struct cvp_ctx *ctx, const char *owner, const char *application_id, json_t *data, const char **id)
{
	char created_at[CVP_TIME_SIZE];
	int64_t at = cvp_now(ctx);
	enum cvp_code code = check_key(ctx, owner, application_id, NULL, NULL);

	if (code == CVP_OK)
		code = check_data(ctx, owner, data);
	if (code != CVP_OK)
		return code;
	settle_usage(data);
	code = try_save(ctx, owner, application_id, data, at);
	for (int clash = 0; code == CVP_CONFLICT && clash < CLASHES_MAX; clash++) {
		cvp_clear(ctx);
		code = try_save(ctx, owner, application_id, data, ++at);
	}
	if (code == CVP_CONFLICT) {
		cvp_clear(ctx);
		code = cvp_fail(ctx, CVP_DATABASE_ERROR, "Too many tailored CVs of one application at once.");
	}
	if (code != CVP_OK)
		return code;
	cvp_time_format(at, created_at);
	*id = cvp_arena_printf(ctx->arena, "%s#%s", application_id, created_at);
	return CVP_OK;
}

enum cvp_code
cvp_tailored_cv_get(struct cvp_ctx *ctx, const char *owner, const char *application_id, const char *created_at,
		    struct cvp_artifact *tailored_cv)
{
	struct cvp_artifact got;
	size_t count;
	int64_t at;
	enum cvp_code code = check_key(ctx, owner, application_id, created_at, &at);

	if (code == CVP_OK)
		code = cvp_db_query(
		    ctx, &stmts[TAILORED_GET],
		    CVP_WITH(cvp_text(owner), cvp_text(application_id), cvp_time(at), cvp_time(cvp_now(ctx))),
		    cvp_artifact_decode, &got, &count);
	if (code == CVP_OK && count == 0)
		code = not_found(ctx);
	if (code == CVP_OK)
		code = cvp_checksum_verify(ctx, got.body, got.checksum);
	if (code == CVP_OK)
		*tailored_cv = got;
	return code;
}

static enum cvp_code
decode_listed(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	int64_t expires_at = cvp_row_time(row, 4);

	json_array_append_new(out, json_pack("{s:s, s:s, s:i, s:o, s:o*, s:b, s:s, s:b, s:O*, s:O*, s:s*}", "user_id",
					     cvp_row_text(ctx, row, 0), "application_id", cvp_row_text(ctx, row, 1),
					     "version", (int)cvp_row_int(row, 2), "created_at",
					     cvp_time_json(cvp_row_time(row, 3)), "expires_at",
					     cvp_time_json(expires_at), "pinned", expires_at == CVP_FOREVER, "checksum",
					     cvp_row_text(ctx, row, 5), "fvs_validation_passed", cvp_row_bool(row, 6),
					     "metadata", cvp_row_json(ctx, row, 7), "token_usage",
					     cvp_row_json(ctx, row, 8), "job_id", cvp_row_text(ctx, row, 9)));
	return CVP_OK;
}

static const char *
base64(struct cvp_ctx *ctx, const void *bytes, size_t length)
{
	size_t size = sodium_base64_ENCODED_LEN(length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = cvp_arena_alloc(ctx->arena, size);

	return sodium_bin2base64(text, size, bytes, length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static const char *
signature_of(struct cvp_ctx *ctx, const char *payload)
{
	unsigned char mac[CVP_KEY_BYTES];

	cvp_keys_sign(cvp_db_keys(ctx), cvp_arena_printf(ctx->arena, "page|%s", payload), mac);
	return base64(ctx, mac, sizeof(mac));
}

/* "payload.signature" for the page behind an item: a new reference. */
static json_t *
token_json(struct cvp_ctx *ctx, const char *owner, const json_t *last)
{
	json_t *place = json_pack("{s:i, s:s, s:s, s:O, s:O}", "v", TOKEN_VERSION, "owner", owner, "kind",
				  CVP_TAILORED_CV_KIND, "created_at", json_object_get(last, "created_at"), "subject",
				  json_object_get(last, "application_id"));
	char *text = json_dumps(place, JSON_COMPACT | JSON_SORT_KEYS);
	const char *payload = base64(ctx, text, strlen(text));

	free(text);
	json_decref(place);
	return json_sprintf("%s.%s", payload, signature_of(ctx, payload));
}

/* Where the page before ended. */
struct place {
	int64_t at;
	const char *subject;
};

static bool
is_ours(const json_t *place, const char *owner)
{
	const char *of = json_string_value(json_object_get(place, "owner"));
	const char *kind = json_string_value(json_object_get(place, "kind"));

	return json_integer_value(json_object_get(place, "v")) == TOKEN_VERSION && of != NULL && kind != NULL &&
	       strcmp(of, owner) == 0 && strcmp(kind, CVP_TAILORED_CV_KIND) == 0;
}

/* The payload of a token whose signature holds; NULL where it does not. */
static const json_t *
opened(struct cvp_ctx *ctx, const char *token)
{
	const char *dot = strchr(token, '.'), *payload, *expected;
	unsigned char *bytes;
	size_t length;

	if (dot == NULL || strlen(token) > TOKEN_MAX || strlen(dot + 1) != BASE64_MAC - 1)
		return NULL;
	payload = cvp_arena_strndup(ctx->arena, token, (size_t)(dot - token));
	expected = signature_of(ctx, payload);
	if (sodium_memcmp(expected, dot + 1, BASE64_MAC - 1) != 0)
		return NULL;
	bytes = cvp_arena_alloc(ctx->arena, strlen(payload));
	if (sodium_base642bin(bytes, strlen(payload), payload, strlen(payload), NULL, &length, NULL,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return NULL;
	return cvp_own(ctx, json_loadb((const char *)bytes, length, 0, NULL));
}

static enum cvp_code
read_token(struct cvp_ctx *ctx, const char *owner, const char *token, struct place *place)
{
	const json_t *payload;

	*place = (struct place){ CVP_FOREVER, "" };
	if (token == NULL)
		return CVP_OK;
	payload = opened(ctx, token);
	if (payload != NULL && is_ours(payload, owner) &&
	    cvp_time_parse(json_string_value(json_object_get(payload, "created_at")), &place->at)) {
		place->subject = json_string_value(json_object_get(payload, "subject"));
		return CVP_OK;
	}
	return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/cursor", "cursor must be a last_evaluated_key of this list.");
}

enum cvp_code
cvp_tailored_cv_list_for_user(struct cvp_ctx *ctx, const char *owner, int limit, const char *token, json_t **page)
{
	struct place from;
	json_t *items, *key = json_null();
	size_t count;
	enum cvp_code code = check_key(ctx, owner, "-", NULL, NULL);

	if (code == CVP_OK && (limit < 1 || limit > LIMIT_MAX))
		code = cvp_fail_at(ctx, CVP_INVALID_INPUT, "/limit", "limit must be 1 to %d.", LIMIT_MAX);
	if (code == CVP_OK)
		code = read_token(ctx, owner, token, &from);
	if (code == CVP_OK)
		code = cvp_query_list(ctx, &stmts[TAILORED_LIST_USER],
				      CVP_WITH(cvp_text(owner), cvp_time(cvp_now(ctx)), cvp_time(from.at),
					       cvp_text(from.subject), cvp_int(limit + 1)),
				      decode_listed, &items);
	if (code != CVP_OK)
		return code;
	count = json_array_size(items);
	if (count > (size_t)limit) {
		json_array_remove(items, --count);
		key = token_json(ctx, owner, json_array_get(items, count - 1));
	}
	*page = cvp_own(ctx,
			json_pack("{s:O, s:o, s:i}", "items", items, "last_evaluated_key", key, "count", (int)count));
	return CVP_OK;
}

enum cvp_code
cvp_tailored_cv_list_for_application(struct cvp_ctx *ctx, const char *owner, const char *application_id, json_t **items)
{
	enum cvp_code code = check_key(ctx, owner, application_id, NULL, NULL);

	if (code != CVP_OK)
		return code;
	return cvp_query_list(ctx, &stmts[TAILORED_LIST_APPLICATION],
			      CVP_WITH(cvp_text(owner), cvp_text(application_id), cvp_time(cvp_now(ctx))),
			      decode_listed, items);
}

enum cvp_code
cvp_tailored_cv_delete(struct cvp_ctx *ctx, const char *owner, const char *application_id, const char *created_at)
{
	int64_t at;
	enum cvp_code code = check_key(ctx, owner, application_id, created_at, &at);

	if (code != CVP_OK)
		return code;
	return cvp_db_exec(ctx, &stmts[TAILORED_DELETE],
			   CVP_WITH(cvp_text(owner), cvp_text(application_id), cvp_time(at)), NULL);
}

enum cvp_code
cvp_tailored_cv_keep(struct cvp_ctx *ctx, const char *owner, const char *application_id, const char *created_at,
		     int64_t expires_at)
{
	size_t count;
	int64_t at;
	enum cvp_code code = check_key(ctx, owner, application_id, created_at, &at);

	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[TAILORED_KEEP],
				   CVP_WITH(cvp_text(owner), cvp_text(application_id), cvp_time(at),
					    cvp_time(expires_at), cvp_time(cvp_now(ctx))),
				   &count);
	if (code == CVP_OK && count == 0)
		code = not_found(ctx);
	return code;
}
