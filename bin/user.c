/* careervp user: makes accounts that programs act for; people register on the page. */
#include <stdio.h>
#include <string.h>

#include "core/id.h"
#include "dal/accounts.h"
#include "operator.h"
#include "service/account.h"
#include "verbs.h"

/* The first line of a file, in the context; NULL with a line on stderr where it cannot be read. */
static const char *
first_line(struct cvp_ctx *ctx, const char *path)
{
	FILE *file = fopen(path, "r");
	char line[1024] = "";
	bool ok;

	ok = file != NULL && fgets(line, sizeof(line), file) != NULL;
	if (file != NULL)
		fclose(file);
	if (!ok) {
		fprintf(stderr, "careervp user: cannot read %s\n", path);
		return NULL;
	}
	line[strcspn(line, "\r\n")] = '\0';
	return cvp_arena_strdup(ctx->arena, line);
}

static int
add_user(struct cvp_operator *op, const char *user_id)
{
	if (cvp_user_ensure(&op->ctx, user_id) != CVP_OK)
		return cvp_operator_fail(op, "user");
	printf("%s\n", user_id);
	return 0;
}

static int
add_login(struct cvp_operator *op, const char *user_id, const char *email, const char *password_file)
{
	const char *password = first_line(&op->ctx, password_file);

	if (password == NULL)
		return 1;
	if (cvp_account_login_create(&op->ctx, user_id, email, password) != CVP_OK)
		return cvp_operator_fail(op, "user");
	return 0;
}

int
cvp_verb_user(int argc, char **argv)
{
	bool is_add = argc >= 2 && argc <= 3 && strcmp(argv[1], "add") == 0;
	bool is_login = argc == 5 && strcmp(argv[1], "login") == 0;
	struct cvp_uuid minted = cvp_uuid_new();
	const char *user_id = argc >= 3 ? argv[2] : minted.text;
	struct cvp_operator op;
	int status = 1;

	if (!is_add && !is_login)
		return cvp_verb_usage(argc, argv, "user add [USER_ID] | user login USER_ID EMAIL PASSWORD_FILE");
	if (!cvp_id_is_valid(user_id)) {
		fprintf(stderr, "careervp user: a user id is 1 to 255 of A-Z a-z 0-9 . _ : @ -\n");
		return 2;
	}
	if (cvp_operator_open(&op, "user", true, false))
		status = is_add ? add_user(&op, user_id) : add_login(&op, user_id, argv[3], argv[4]);
	cvp_operator_close(&op);
	return status;
}
