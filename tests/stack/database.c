#include "database.h"

#include <check.h>

#include "core/config.h"
#include "dal/db.h"
#include "dal/keys.h"

void
database_open(struct database *database)
{
	*database = (struct database){ .keys = cvp_keys_for_test(1) };
	cvp_ctx_init(&database->ctx, cvp_arena_new(4096));
	ck_assert_int_eq(cvp_config_load(&database->ctx, &database->config), CVP_OK);
	database->ctx.config = database->config;
	database->pool = cvp_db_pool_new(database->config, database->keys);
	database->ctx.db = cvp_db_new(database->pool);
}

void
database_close(struct database *database)
{
	cvp_db_free(database->ctx.db);
	cvp_db_pool_free(database->pool);
	cvp_config_free(database->config);
	cvp_keys_free(database->keys);
	cvp_arena_free(database->ctx.arena);
}
