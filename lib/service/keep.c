#include "service/keep.h"

#include <string.h>

#include "core/clock.h"
#include "core/ctx.h"
#include "dal/db.h"
#include "dal/jobs.h"

#define KEEP_MOST (730 * CVP_DAY_SECONDS) /* SPEC 4.2 */

enum cvp_code
cvp_keep_wish(struct cvp_ctx *ctx, const json_t *body, int64_t created_at, int64_t *until)
{
	const json_t *pinned = json_object_get(body, "pinned"), *expires_at = json_object_get(body, "expires_at");
	int64_t least = created_at + CVP_ARTIFACT_SECONDS * CVP_SECOND, now = cvp_now(ctx);

	if (json_is_true(pinned)) {
		*until = CVP_FOREVER;
		return CVP_OK;
	}
	*until = least;
	if (expires_at == NULL || json_is_null(expires_at)) {
		if (!json_is_boolean(pinned))
			return cvp_fail(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD, "Give pinned or expires_at.");
		*until = least > now ? least : now + CVP_ARTIFACT_SECONDS * CVP_SECOND;
		return CVP_OK;
	}
	if (!json_is_string(expires_at) || !cvp_time_parse(json_string_value(expires_at), until))
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/expires_at", "expires_at is no RFC 3339 time.");
	if (*until <= now || *until > now + KEEP_MOST * CVP_SECOND)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/expires_at",
				   "expires_at must be in the future and at most 730 days on.");
	return CVP_OK;
}

json_t *
cvp_keep_of_form(struct cvp_ctx *ctx, const json_t *form)
{
	const char *action = json_string_value(json_object_get(form, "_action"));
	const char *date = json_string_value(json_object_get(form, "expires_at"));

	if (action == NULL)
		return NULL;
	if (strcmp(action, "pin") == 0 || strcmp(action, "unpin") == 0)
		return cvp_own(ctx, json_pack("{s:b}", "pinned", strcmp(action, "pin") == 0));
	if (strcmp(action, "extend") != 0)
		return NULL;
	return cvp_own(ctx, json_pack("{s:s}", "expires_at",
				      cvp_arena_printf(ctx->arena, "%sT23:59:59Z", date != NULL ? date : "")));
}

json_t *
cvp_keep_others(const json_t *versions, int version, const char *ref)
{
	json_t *others = json_array(), *item;
	size_t index;

	json_array_foreach (versions, index, item) {
		json_t *number = json_object_get(item, "version");

		if (json_integer_value(number) != version)
			json_array_append_new(
			    others, json_pack("{s:O, s:O}", "version", number, "ref", json_object_get(item, ref)));
	}
	return others;
}
