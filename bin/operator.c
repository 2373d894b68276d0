#include "operator.h"

#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "core/log.h"

#define ARENA_BYTES ((size_t)64 * 1024)

int
cvp_verb_usage(int argc, char **argv, const char *text)
{
	bool was_asked = argc > 1 && strcmp(argv[1], "--help") == 0;

	fprintf(was_asked ? stdout : stderr, "usage: careervp %s\n", text);
	return was_asked ? 0 : 2;
}

bool
cvp_operator_open(struct cvp_operator *op, const char *verb, bool with_gate, bool with_assets)
{
	enum cvp_code code;

	*op = (struct cvp_operator){ 0 };
	cvp_ctx_init(&op->ctx, cvp_arena_new(ARENA_BYTES));
	cvp_log_open(verb, CVP_LOG_INFO);
	code = cvp_config_load(&op->ctx, &op->config);
	op->ctx.config = op->config;
	if (code == CVP_OK)
		cvp_log_open(verb, cvp_log_level_named(cvp_config_text(op->config, CVP_SET_LOG_LEVEL)));
	if (code == CVP_OK && with_gate)
		code = cvp_gate_open(&op->ctx, with_assets, &op->gate);
	if (code != CVP_OK) {
		cvp_operator_fail(op, verb);
		return false;
	}
	if (with_gate)
		cvp_gate_enter(&op->ctx, op->gate);
	return true;
}

void
cvp_operator_close(struct cvp_operator *op)
{
	if (op->ctx.gate != NULL)
		cvp_gate_leave(&op->ctx);
	cvp_gate_close(op->gate);
	cvp_config_free(op->config);
	cvp_arena_free(op->ctx.arena);
}

int
cvp_operator_fail(struct cvp_operator *op, const char *verb)
{
	fprintf(stderr, "careervp %s: %s: %s\n", verb, cvp_code_name(op->ctx.err.code), op->ctx.err.message);
	return 1;
}
