#include "dal/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/id.h"
#include "core/log.h"
#include "dal/pool.h"

/* Any fixed number: whoever migrates a careervp database takes the same lock. */
#define LOCK "7093468250113"

struct connection {
	struct cvp_ctx *ctx;
	const struct cvp_db_pool *pool;
	PGconn *pg;
	int applied;
};

static enum cvp_code
query(struct connection *c, const char *sql, int params, const char *const *values, PGresult **result)
{
	PGresult *got = params == 0 ? PQexec(c->pg, sql)
				    : PQexecParams(c->pg, sql, params, NULL, values, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(got);

	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
		if (result != NULL)
			*result = got;
		else
			PQclear(got);
		return CVP_OK;
	}
	if (PQstatus(c->pg) == CONNECTION_OK)
		(void)cvp_fail(c->ctx, CVP_INTERNAL_ERROR, "A migration failed: %s", PQresultErrorMessage(got));
	else
		(void)cvp_pool_fail(c->ctx, c->pg, got, "migrate");
	PQclear(got);
	return c->ctx->err.code;
}

static enum cvp_code
prepare_schema(struct connection *c)
{
	const char *schema[] = { cvp_config_text(c->ctx->config, CVP_SET_DB_SCHEMA) };
	enum cvp_code code;

	code = query(c, "SELECT pg_advisory_lock(" LOCK ")", 0, NULL, NULL);
	if (code == CVP_OK)
		code = query(c, "SELECT set_config('careervp.schema', $1, false)", 1, schema, NULL);
	if (code == CVP_OK)
		code = query(
		    c,
		    "DO $$BEGIN EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', current_setting('careervp.schema')); "
		    "END$$",
		    0, NULL, NULL);
	if (code == CVP_OK)
		code = query(
		    c,
		    "CREATE TABLE IF NOT EXISTS schema_migrations (version integer PRIMARY KEY, name text NOT NULL,"
		    " checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());"
		    "COMMENT ON TABLE schema_migrations IS 'Migrations that ran';"
		    "COMMENT ON COLUMN schema_migrations.version IS 'Number of the file';"
		    "COMMENT ON COLUMN schema_migrations.name IS 'Name of the file';"
		    "COMMENT ON COLUMN schema_migrations.checksum IS 'SHA-256 of its text';"
		    "COMMENT ON COLUMN schema_migrations.applied_at IS 'When it ran'",
		    0, NULL, NULL);
	return code;
}

static enum cvp_code
apply(struct connection *c, const struct cvp_migration *migration, const char *checksum)
{
	char version[16];
	const char *values[] = { version, migration->name, checksum };
	enum cvp_code code;

	snprintf(version, sizeof(version), "%d", migration->version);
	code = query(c, "BEGIN", 0, NULL, NULL);
	if (code == CVP_OK)
		code = query(c, migration->sql, 0, NULL, NULL);
	if (code == CVP_OK)
		code = query(c, "INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)", 3,
			     values, NULL);
	if (code == CVP_OK)
		code = query(c, "COMMIT", 0, NULL, NULL);
	if (code == CVP_OK) {
		c->applied++;
		cvp_log(c->ctx, CVP_LOG_INFO, "migrated", "s:i, s:s", "version", migration->version, "name",
			migration->name);
	}
	return code;
}

/* Runs one migration unless it ran before, with the same text. */
static enum cvp_code
bring(struct connection *c, const struct cvp_migration *migration)
{
	char version[16], checksum[CVP_SHA256_HEX];
	const char *values[] = { version };
	enum cvp_code code;
	PGresult *result;

	snprintf(version, sizeof(version), "%d", migration->version);
	cvp_sha256_hex(migration->sql, strlen(migration->sql), checksum);
	code = query(c, "SELECT checksum FROM schema_migrations WHERE version = $1", 1, values, &result);
	if (code != CVP_OK)
		return code;
	if (PQntuples(result) == 0)
		code = apply(c, migration, checksum);
	else if (strcmp(PQgetvalue(result, 0, 0), checksum) != 0)
		code = cvp_fail(c->ctx, CVP_CONFLICT, "Migration %s (%s) has changed since it ran.", version,
				migration->name);
	PQclear(result);
	return code;
}

static enum cvp_code
refuse_newer(struct connection *c)
{
	int newest = cvp_migrations[cvp_migration_count - 1].version;
	enum cvp_code code;
	PGresult *result;

	code = query(c, "SELECT coalesce(max(version), 0) FROM schema_migrations", 0, NULL, &result);
	if (code != CVP_OK)
		return code;
	if (strtol(PQgetvalue(result, 0, 0), NULL, 10) > newest)
		code = cvp_fail(c->ctx, CVP_CONFLICT, "The database is at migration %s, this program knows %d.",
				PQgetvalue(result, 0, 0), newest);
	PQclear(result);
	return code;
}

enum cvp_code
cvp_migrate(struct cvp_ctx *ctx, const struct cvp_db_pool *pool, int *applied)
{
	struct connection c = { .ctx = ctx, .pool = pool, .pg = cvp_pool_connect(ctx, pool) };
	enum cvp_code code;

	if (c.pg == NULL)
		return ctx->err.code;
	code = prepare_schema(&c);
	if (code == CVP_OK)
		code = refuse_newer(&c);
	for (int i = 0; i < cvp_migration_count && code == CVP_OK; i++)
		code = bring(&c, &cvp_migrations[i]);
	PQfinish(c.pg); /* ends the lock, and an open transaction with it */
	if (code == CVP_OK)
		*applied = c.applied;
	return code;
}
