#include "service/cursor.h"

#include <string.h>

#include "core/clock.h"
#include "core/ctx.h"
#include "core/id.h"
#include "dal/db.h"

enum cvp_code
cvp_cursor_read(struct cvp_ctx *ctx, const char *text, struct cvp_cursor *cursor)
{
	const size_t time_length = CVP_TIME_SIZE - 1;

	*cursor = (struct cvp_cursor){ CVP_FOREVER, "" };
	if (text == NULL)
		return CVP_OK;
	if (strlen(text) > time_length && text[time_length] == '.') {
		cursor->id = text + time_length + 1;
		if (cvp_time_parse(cvp_arena_strndup(ctx->arena, text, time_length), &cursor->at) &&
		    cvp_id_is_valid(cursor->id))
			return CVP_OK;
	}
	return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/cursor", "cursor must be a next_cursor of this list.");
}

json_t *
cvp_cursor_json(struct cvp_cursor cursor)
{
	char time[CVP_TIME_SIZE];

	cvp_time_format(cursor.at, time);
	return json_sprintf("%s.%s", time, cursor.id);
}

bool
cvp_cursor_is_before(struct cvp_cursor cursor, int64_t at, const char *id)
{
	return at < cursor.at || (at == cursor.at && strcmp(id, cursor.id) < 0);
}
