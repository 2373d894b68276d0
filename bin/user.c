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

static bool
is_role(const char *word)
{
	static const char *const roles[] = { "candidate", "recruiter", "admin" };

	for (size_t i = 0; i < CVP_COUNT(roles); i++)
		if (strcmp(word, roles[i]) == 0)
			return true;
	return false;
}

static int
set_role(struct cvp_operator *op, const char *user_id, const char *role, bool has_it)
{
	if (cvp_user_set_role(&op->ctx, user_id, role, has_it) != CVP_OK)
		return cvp_operator_fail(op, "user");
	return 0;
}

static int
run(struct cvp_operator *op, int argc, char **argv, const char *user_id)
{
	if (strcmp(argv[1], "add") == 0)
		return add_user(op, user_id);
	if (argc == 5)
		return add_login(op, user_id, argv[3], argv[4]);
	return set_role(op, user_id, argv[3], strcmp(argv[1], "grant") == 0);
}

int
cvp_verb_user(int argc, char **argv)
{
	bool is_add = argc >= 2 && argc <= 3 && strcmp(argv[1], "add") == 0;
	bool is_login = argc == 5 && strcmp(argv[1], "login") == 0;
	bool is_role_change = argc == 4 && (strcmp(argv[1], "grant") == 0 || strcmp(argv[1], "revoke") == 0) &&
			      is_role(argv[3]);
	struct cvp_uuid minted = cvp_uuid_new();
	const char *user_id = argc >= 3 ? argv[2] : minted.text;
	struct cvp_operator op;
	int status = 1;

	if (!is_add && !is_login && !is_role_change)
		return cvp_verb_usage(argc, argv,
				      "user add [USER_ID] | user login USER_ID EMAIL PASSWORD_FILE | user grant|revoke"
				      " USER_ID candidate|recruiter|admin");
	if (!cvp_id_is_valid(user_id)) {
		fprintf(stderr, "careervp user: a user id is 1 to 255 of A-Z a-z 0-9 . _ : @ -\n");
		return 2;
	}
	if (cvp_operator_open(&op, "user", true, false))
		status = run(&op, argc, argv, user_id);
	cvp_operator_close(&op);
	return status;
}
