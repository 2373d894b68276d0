/* careervp token: makes an API token for a user, who is made where it does not exist. */
#include <stdio.h>
#include <string.h>

#include "core/id.h"
#include "operator.h"
#include "service/account.h"
#include "verbs.h"

static int
make_token(struct cvp_operator *op, const char *user_id, const char *label)
{
	struct cvp_caller caller = { .user_id = user_id };
	json_t *body = cvp_own(&op->ctx, json_pack("{s:s}", "label", label)), *model;

	if (cvp_account_token_create(&op->ctx, &caller, body, &model) != CVP_OK)
		return cvp_operator_fail(op, "token");
	printf("%s\n", json_string_value(json_object_get(model, "token")));
	return 0;
}

int
cvp_verb_token(int argc, char **argv)
{
	struct cvp_operator op;
	int status = 1;

	if (argc < 3 || argc > 4 || strcmp(argv[1], "new") != 0)
		return cvp_verb_usage(argc, argv, "token new USER_ID [LABEL]");
	if (!cvp_id_is_valid(argv[2])) {
		fprintf(stderr, "careervp token: %s is no user id\n", argv[2]);
		return 2;
	}
	if (cvp_operator_open(&op, "token", true, false))
		status = make_token(&op, argv[2], argc == 4 ? argv[3] : "command line");
	cvp_operator_close(&op);
	return status;
}
