/* migrate.h - the schema's history: forward only, each file once, under an advisory lock (J-1, H-1). */
#ifndef CVP_DAL_MIGRATE_H
#define CVP_DAL_MIGRATE_H

#include "core/code.h"

struct cvp_ctx;
struct cvp_db_pool;

struct cvp_migration {
	int version;
	const char *name, *sql;
};

/* lib/dal/migrations/NNNN_name.sql in order, compiled in. */
extern const struct cvp_migration cvp_migrations[];
extern const int cvp_migration_count;

/* Brings the schema DB_SCHEMA up to date, making it where it is missing; safe to run at any time and by several hosts
 * at once. *applied: how many ran now. CVP_CONFLICT where a file that ran before has changed since, or where the
 * database is newer than this program. */
CVP_CHECKED enum cvp_code cvp_migrate(struct cvp_ctx *ctx, const struct cvp_db_pool *pool, int *applied);

#endif
