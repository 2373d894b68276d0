#include "store/store.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "dal/artifacts.h"
#include "dal/db.h"
#include "dal/jobs.h"
#include "dal/keys.h"

#define SIGNATURE_SIZE 44 /* base64url of 32 bytes, and NUL */

const char *
cvp_result_key(struct cvp_ctx *ctx, const char *job_id)
{
	return cvp_arena_printf(ctx->arena, "results/%s.json", job_id);
}

enum cvp_code
cvp_store_put(struct cvp_ctx *ctx, const char *user_id, const char *job_id, json_t *body, const char *checksum)
{
	struct cvp_result result = {
		.user_id = user_id,
		.result_key = cvp_result_key(ctx, job_id),
		.job_id = job_id,
		.checksum = checksum,
		.body = body,
		.expires_at = cvp_now(ctx) + CVP_RESULT_SECONDS * CVP_SECOND,
	};

	return cvp_result_put(ctx, &result);
}

static void
sign(struct cvp_ctx *ctx, const char *job_id, int64_t exp, char signature[SIGNATURE_SIZE])
{
	const char *text = cvp_arena_printf(ctx->arena, "%s|%lld", job_id, (long long)exp);
	unsigned char mac[CVP_KEY_BYTES];

	cvp_keys_sign(cvp_db_keys(ctx), text, mac);
	sodium_bin2base64(signature, SIGNATURE_SIZE, mac, sizeof(mac), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

const char *
cvp_store_link(struct cvp_ctx *ctx, const char *job_id)
{
	int64_t exp = cvp_now(ctx) / CVP_SECOND + CVP_LINK_SECONDS;
	char signature[SIGNATURE_SIZE];

	sign(ctx, job_id, exp, signature);
	return cvp_arena_printf(ctx->arena, "%s/api/vpr/results/%s?exp=%lld&sig=%s",
				cvp_config_text(ctx->config, CVP_SET_PUBLIC_URL), job_id, (long long)exp, signature);
}

static bool
is_signed(struct cvp_ctx *ctx, const char *job_id, const char *exp, const char *sig)
{
	char expected[SIGNATURE_SIZE], *end;
	long long at;

	if (exp == NULL || sig == NULL || strlen(sig) != SIGNATURE_SIZE - 1)
		return false;
	at = strtoll(exp, &end, 10);
	if (*end != '\0' || end == exp)
		return false;
	sign(ctx, job_id, at, expected);
	return sodium_memcmp(expected, sig, SIGNATURE_SIZE - 1) == 0;
}

enum cvp_code
cvp_store_follow(struct cvp_ctx *ctx, const char *job_id, const char *exp, const char *sig, json_t **body,
		 const char **checksum)
{
	struct cvp_result result;
	enum cvp_code code;

	if (!is_signed(ctx, job_id, exp, sig))
		return cvp_fail(ctx, CVP_SIGNATURE_INVALID, "The link's signature is not valid.");
	if (strtoll(exp, NULL, 10) <= cvp_now(ctx) / CVP_SECOND)
		return cvp_fail(ctx, CVP_RESULT_GONE,
				"The link has expired; ask for the job's status to get a new one.");
	code = cvp_result_get(ctx, job_id, &result);
	if (code != CVP_OK)
		return code;
	*body = result.body;
	*checksum = result.checksum;
	return CVP_OK;
}
