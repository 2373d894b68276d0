#include "core/log.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/ctx.h"

#define LINE_MAX_BYTES 4096 /* Linux keeps writes to a pipe up to this size whole */

static const char *const levels[] = { "error", "warning", "info", "debug" };

/* Set once before threads start. */
static const char *program_name = "careervp";
static enum cvp_log_level least_level = CVP_LOG_INFO;

void
cvp_log_open(const char *program, enum cvp_log_level least)
{
	program_name = program;
	least_level = least;
}

enum cvp_log_level
cvp_log_level_named(const char *name)
{
	static const char *const names[] = { "error", "warning", "info", "debug" };

	for (int i = 0; i < (int)CVP_COUNT(names); i++)
		if (strcmp(name, names[i]) == 0)
			return (enum cvp_log_level)i;
	return CVP_LOG_INFO;
}

bool
cvp_log_is_on(enum cvp_log_level level)
{
	return level <= least_level;
}

static void
add_member(struct cvp_buf *line, const char *name, const char *value)
{
	if (value == NULL)
		return;
	cvp_buf_printf(line, "%s\"%s\":", line->length > 1 ? "," : "", name);
	cvp_buf_json_string(line, value, strlen(value));
}

static void
begin(struct cvp_buf *line, const struct cvp_ctx *ctx, enum cvp_log_level level, const char *event)
{
	char time[CVP_TIME_SIZE];

	cvp_time_format(cvp_clock_system.now(&cvp_clock_system), time);
	cvp_buf_char(line, '{');
	add_member(line, "time", time);
	add_member(line, "level", levels[level]);
	add_member(line, "program", program_name);
	add_member(line, "event", event);
	if (ctx != NULL) {
		add_member(line, "request_id", ctx->log.request_id);
		add_member(line, "job_id", ctx->log.job_id);
	}
}

static void
end(struct cvp_buf *line)
{
	cvp_buf_text(line, "}\n");
	/* a log that cannot be written has nowhere to say so */
	if (!cvp_buf_failed(line) && write(STDERR_FILENO, line->data, line->length) < 0)
		line->failed = true;
	cvp_buf_free(line);
}

static void
add_fields(struct cvp_buf *line, json_t *fields)
{
	char *text = fields != NULL ? json_dumps(fields, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;

	if (text != NULL && strlen(text) > 2 && strlen(text) < LINE_MAX_BYTES / 2) {
		text[strlen(text) - 1] = '\0';
		cvp_buf_char(line, ',');
		cvp_buf_text(line, text + 1);
	}
	free(text);
	json_decref(fields);
}

void
cvp_log(const struct cvp_ctx *ctx, enum cvp_log_level level, const char *event, const char *fields, ...)
{
	struct cvp_buf line = CVP_BUF(LINE_MAX_BYTES);
	char format[256];
	va_list args;

	if (!cvp_log_is_on(level))
		return;
	begin(&line, ctx, level, event);
	if (fields != NULL) {
		snprintf(format, sizeof(format), "{%s}", fields);
		va_start(args, fields);
		add_fields(&line, json_vpack_ex(NULL, 0, format, args));
		va_end(args);
	}
	end(&line);
}

void
cvp_log_failure(struct cvp_ctx *ctx, const char *event)
{
	const char *message = ctx->err.message != NULL ? ctx->err.message : "";
	struct cvp_buf line = CVP_BUF(LINE_MAX_BYTES);

	if (ctx->err.is_logged || !cvp_log_is_on(cvp_code_level(ctx->err.code)))
		return;
	ctx->err.is_logged = true;
	begin(&line, ctx, cvp_code_level(ctx->err.code), event);
	add_member(&line, "code", cvp_code_name(ctx->err.code));
	add_member(&line, "message", strlen(message) < LINE_MAX_BYTES / 4 ? message : "(long)");
	end(&line);
}
