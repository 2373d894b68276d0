/* operator.h - what the verbs that work on the running service share: settings, keys, database. */
#ifndef CVP_BIN_OPERATOR_H
#define CVP_BIN_OPERATOR_H

#include <stdbool.h>

#include "core/code.h"
#include "core/ctx.h"
#include "service/gate.h"

struct cvp_operator {
	struct cvp_ctx ctx;
	struct cvp_config *config;
	struct cvp_gate *gate; /* NULL where only settings were asked for */
};

/* Reads the settings and, with_gate, opens the gate. Prints why not, in one line, and returns false. Close it always.
 */
bool cvp_operator_open(struct cvp_operator *op, const char *verb, bool with_gate, bool with_assets);
void cvp_operator_close(struct cvp_operator *op);

/* The context's failure as one line on stderr; returns exit status 1. */
int cvp_operator_fail(struct cvp_operator *op, const char *verb);

/* Prints "usage: careervp TEXT": on stdout with status 0 where the user asked by --help, else on stderr with 2. */
int cvp_verb_usage(int argc, char **argv, const char *text);

#endif
