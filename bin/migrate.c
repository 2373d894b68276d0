/* careervp migrate: brings the schema up to date, waiting for a database that is just starting. */
#include "dal/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "operator.h"
#include "verbs.h"

#define TRY_EVERY_MICROS 500000

int
cvp_verb_migrate(int argc, char **argv)
{
	long tries = argc == 3 && strcmp(argv[1], "--wait") == 0 ? strtol(argv[2], NULL, 10) * 2 : 0;
	struct cvp_operator op;
	enum cvp_code code;
	int applied = 0, status = 1;

	if ((argc != 1 && argc != 3) || tries < 0 || (argc == 3 && tries == 0))
		return cvp_verb_usage(argc, argv, "migrate [--wait SECONDS]");
	if (cvp_operator_open(&op, "migrate", true, false)) {
		while ((code = cvp_migrate(&op.ctx, cvp_gate_pool(op.gate), &applied)) == CVP_DATABASE_ERROR &&
		       tries-- > 0) {
			cvp_clear(&op.ctx);
			usleep(TRY_EVERY_MICROS);
		}
		status = code == CVP_OK ? 0 : cvp_operator_fail(&op, "migrate");
	}
	if (status == 0)
		printf("%d migrations applied\n", applied);
	cvp_operator_close(&op);
	return status;
}
