/* careervp user: makes accounts that programs act for; people register on the page. */
#include <stdio.h>
#include <string.h>

#include "core/id.h"
#include "dal/accounts.h"
#include "operator.h"
#include "verbs.h"

int
cvp_verb_user(int argc, char **argv)
{
	struct cvp_uuid minted = cvp_uuid_new();
	const char *user_id = argc == 3 ? argv[2] : minted.text;
	struct cvp_operator op;
	int status = 1;

	if (argc < 2 || argc > 3 || strcmp(argv[1], "add") != 0)
		return cvp_verb_usage(argc, argv, "user add [USER_ID]");
	if (!cvp_id_is_valid(user_id)) {
		fprintf(stderr, "careervp user: a user id is 1 to 255 of A-Z a-z 0-9 . _ : @ -\n");
		return 2;
	}
	if (cvp_operator_open(&op, "user", true, false)) {
		status = cvp_user_ensure(&op.ctx, user_id) == CVP_OK ? 0 : cvp_operator_fail(&op, "user");
		if (status == 0)
			printf("%s\n", user_id);
	}
	cvp_operator_close(&op);
	return status;
}
