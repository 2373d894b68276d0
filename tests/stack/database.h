/* database.h - a context with a database of its own, as a thread of a program has: for tests of lib/dal on Postgres. */
#ifndef CVP_STACK_DATABASE_H
#define CVP_STACK_DATABASE_H

#include "core/ctx.h"

struct cvp_keys;
struct cvp_db_pool;

struct database {
	struct cvp_ctx ctx;
	struct cvp_config *config;
	struct cvp_keys *keys; /* of the tests: what the stack has sealed does not open */
	struct cvp_db_pool *pool;
};

/* Opens on DATABASE_URL of the environment. */
void database_open(struct database *database);
void database_close(struct database *database);

#endif
