/* The statements and the schema they run on (J-1, J-3, T-13, H-1): every statement prepares and runs by an index,
 * migrations are safe to repeat and to run at once, every column says what it holds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/config.h"
#include "dal/keys.h"
#include "dal/migrate.h"
#include "dal/statements.h"
#include "database.h"
#include "stack.h"
#include "steps.h"

#define OTHER_SCHEMA  "stack test 'other' \"schema\""
#define OTHER_TEXT    "stack test ''other'' \"schema\"" /* within quotes of SQL */
#define PLAN_SETTINGS "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off"

static const struct cvp_stmts *const tables[] = {
	&cvp_accounts_stmts,     &cvp_applications_stmts, &cvp_artifacts_stmts,  &cvp_cvs_stmts,
	&cvp_jobs_stmts,         &cvp_submit_stmts,       &cvp_job_record_stmts, &cvp_job_admin_stmts,
	&cvp_models_stmts,       &cvp_sweep_stmts,        &cvp_queue_stmts,      &cvp_heartbeat_stmts,
	&cvp_tailored_cvs_stmts, &cvp_gap_responses_stmts
};
#define TABLES (sizeof(tables) / sizeof(tables[0]))

static int
prepare_all(struct database *database)
{
	int count = 0;

	for (size_t i = 0; i < TABLES; i++)
		for (size_t j = 0; j < tables[i]->count; j++) {
			const struct cvp_stmt *stmt = &tables[i]->rows[j];

			ck_assert_msg(cvp_db_prepare(&database->ctx, stmt) == CVP_OK, "%s does not prepare",
				      stmt->name);
			count++;
		}
	return count;
}

/* J-1 */
START_TEST(every_statement_prepares)
{
	struct database database;
	int count;

	database_open(&database);
	count = prepare_all(&database);
	printf("statements: %d prepared against the migrated schema\n", count);
	ck_assert_int_ge(count, 60);
	database_close(&database);
}
END_TEST

/* Names are unique (a name is prepared once a connection), and params counts what the SQL names. */
START_TEST(statements_are_named_and_counted)
{
	const char *seen = " ";

	for (size_t i = 0; i < TABLES; i++)
		for (size_t j = 0; j < tables[i]->count; j++) {
			const struct cvp_stmt *stmt = &tables[i]->rows[j];
			int most = 0;

			for (const char *at_sign = stmt->sql; (at_sign = strchr(at_sign, '$')) != NULL; at_sign++) {
				int number = (int)strtol(at_sign + 1, NULL, 10);

				most = number > most ? number : most;
			}
			ck_assert_msg(most == stmt->params, "%s names $%d and has %d", stmt->name, most, stmt->params);
			ck_assert_msg(strstr(seen, text(" %s ", stmt->name)) == NULL, "%s is there twice", stmt->name);
			seen = text("%s%s ", seen, stmt->name);
		}
}
END_TEST

/* EXPLAIN of a statement over its generic plan in a schema, without running it. */
static const char *
plan_in(const char *schema, const struct cvp_stmt *stmt)
{
	const char *arguments = "";

	for (int i = 0; i < stmt->params; i++)
		arguments = text("%s%sNULL", arguments, i > 0 ? ", " : "");
	return sql(PLAN_SETTINGS "; SET search_path = %s; PREPARE s AS %s; EXPLAIN EXECUTE s%s%s%s", schema, stmt->sql,
		   stmt->params > 0 ? "(" : "", arguments, stmt->params > 0 ? ")" : "");
}

static const char *
plan_of(const struct cvp_stmt *stmt)
{
	return plan_in("public", stmt);
}

static const struct cvp_stmt *
statement_named(const char *name)
{
	for (size_t i = 0; i < TABLES; i++)
		for (size_t j = 0; j < tables[i]->count; j++)
			if (strcmp(tables[i]->rows[j].name, name) == 0)
				return &tables[i]->rows[j];
	ck_abort_msg("no statement is called %s", name);
}

/* J-3, T-6: with scans off, what is still scanned has no index to go by. */
START_TEST(every_statement_has_its_index)
{
	const char *scanning = "";

	for (size_t i = 0; i < TABLES; i++)
		for (size_t j = 0; j < tables[i]->count; j++) {
			const struct cvp_stmt *stmt = &tables[i]->rows[j];
			const char *plan = plan_of(stmt);

			if (strstr(plan, "Seq Scan") != NULL)
				scanning = text("%s%s:\n%s\n", scanning, stmt->name, plan);
		}
	ck_assert_msg(*scanning == '\0', "these scan a table:\n%s", scanning);
}
END_TEST

/* J-3 */
START_TEST(jobs_are_found_by_key)
{
	for (size_t i = 0; i < cvp_jobs_stmts.count; i++)
		if (strcmp(cvp_jobs_stmts.rows[i].name, "job_holder") == 0) {
			const char *plan = plan_of(&cvp_jobs_stmts.rows[i]);

			ck_assert_msg(strstr(plan, "Index Cond: (idempotency_key = ") != NULL ||
					  strstr(plan, "using jobs_idempotency") != NULL,
				      "%s", plan);
			return;
		}
	ck_abort_msg("no statement finds a job by its key");
}
END_TEST

/* T-13: the schema comes from DB_SCHEMA, no statement names one; H-12: values are parameters. */
START_TEST(no_statement_names_a_schema)
{
	const char *const schemas[] = { "public.", "pg_catalog.", "information_schema.", "careervp." };

	for (size_t i = 0; i < TABLES; i++)
		for (size_t j = 0; j < tables[i]->count; j++)
			for (size_t k = 0; k < sizeof(schemas) / sizeof(schemas[0]); k++)
				ck_assert_msg(strcasestr(tables[i]->rows[j].sql, schemas[k]) == NULL, "%s names %s",
					      tables[i]->rows[j].name, schemas[k]);
}
END_TEST

/* H-1: migrations run twice, and by two hosts at once, in a schema of any name; all statements fit it. */
START_TEST(migrations_are_safe)
{
	struct database first, second;
	int applied = -1;

	ck_assert_int_eq(setenv("DB_SCHEMA", OTHER_SCHEMA, 1), 0);
	database_open(&first);
	database_open(&second);
	ck_assert_int_eq(cvp_migrate(&first.ctx, first.pool, &applied), CVP_OK);
	ck_assert_int_eq(applied, cvp_migration_count);
	ck_assert_int_eq(cvp_migrate(&second.ctx, second.pool, &applied), CVP_OK);
	ck_assert_int_eq(applied, 0);
	ck_assert_int_ge(prepare_all(&second), 60);
	database_close(&first);
	database_close(&second);
}
END_TEST

/* A plan that is made while a table is empty stays when it has filled: for a batch it goes to each row by the index all
 * the same, and reads none from end to end. */
START_TEST(plans_of_empty_tables_suit_full_ones)
{
	static const char *const names[] = { "queue_claim", "queue_remove", "job_complete" };
	struct database database;
	int applied;

	ck_assert_int_eq(setenv("DB_SCHEMA", OTHER_SCHEMA, 1), 0);
	database_open(&database);
	ck_assert_int_eq(cvp_migrate(&database.ctx, database.pool, &applied), CVP_OK);
	sql("VACUUM ANALYZE \"stack test 'other' \"\"schema\"\"\".queue");
	sql("VACUUM ANALYZE \"stack test 'other' \"\"schema\"\"\".jobs");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *plan = plan_in("\"stack test 'other' \"\"schema\"\"\"", statement_named(names[i]));

		ck_assert_msg(strstr(plan, "Hash") == NULL && strstr(plan, "Merge") == NULL &&
				  strstr(plan, "Join Filter") == NULL,
			      "%s", plan);
	}
	database_close(&database);
}
END_TEST

static void
drop_schema(void)
{
	sql("SET client_min_messages = warning; DROP SCHEMA IF EXISTS \"stack test 'other' \"\"schema\"\"\" CASCADE");
}

/* V-8: on a clean database all that a release needs comes by its migrations; hosts that start at once wait for each
 * other: one applies, the others find it done. */
START_TEST(migrations_run_at_once)
{
	pid_t hosts[4];
	struct database database;
	int applied = 0, total = 0;

	ck_assert_int_eq(setenv("DB_SCHEMA", OTHER_SCHEMA, 1), 0);
	for (int i = 0; i < 4; i++) {
		hosts[i] = fork();
		if (hosts[i] != 0)
			continue;
		database_open(&database);
		_exit(cvp_migrate(&database.ctx, database.pool, &applied) == CVP_OK ? applied : 100);
	}
	for (int i = 0; i < 4; i++)
		total += await_process(hosts[i]);
	ck_assert_int_eq(total, cvp_migration_count);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM pg_tables WHERE schemaname = '" OTHER_TEXT
				    "' AND tablename IN"
				    " ('jobs', 'queue', 'results', 'artifacts', 'applications', 'cvs', 'model_state')"),
			 7);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM pg_indexes WHERE schemaname = '" OTHER_TEXT "'"),
			 sql_number("SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'"));
}
END_TEST

/* T-13: \d+ is a manual. */
START_TEST(everything_is_commented)
{
	const char *columns = sql(
	    "SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid ="
	    " a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND"
	    " c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND"
	    " col_description(c.oid, a.attnum) IS NULL");
	const char *relations = sql(
	    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
	    " n.nspname = 'public' AND c.relkind = 'r' AND obj_description(c.oid, 'pg_class') IS NULL");

	ck_assert_msg(*columns == '\0', "without a comment: %s", columns);
	ck_assert_msg(*relations == '\0', "without a comment: %s", relations);
	ck_assert_int_ge(
	    sql_number("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
		       " n.nspname = 'public' AND c.relkind = 'r'"),
	    12);
}
END_TEST

/* T-10: what a report is made of and what it says stands nowhere in the database in the clear. */
START_TEST(a_dump_shows_no_content)
{
	struct person owner = person_new("sealed");
	const char *email = text("sealed.%s@example.org", unique()), *dump;

	import_sample_cv(&owner);
	finished_report(&owner, "app-1");
	assert_status(call("POST", "/api/account", HEADERS(JSON_TYPE),
			   text("{\"email\": \"%s\", \"password\": \"a long password\"}", email)),
		      201);
	for (int i = 0; i < 7; i++) {
		static const char *const names[] = { "users", "cvs",       "cv_versions", "applications",
						     "jobs",  "artifacts", "results" };

		dump = sql(
		    "SELECT t::text || encode(convert_to(t::text, 'UTF8'), 'escape') FROM %s t ORDER BY 1 DESC LIMIT"
		    " 50",
		    names[i]);
		ck_assert_ptr_null(strstr(dump, "Robin Sample"));
		ck_assert_ptr_null(strstr(dump, "Tidewater"));
		ck_assert_ptr_null(strstr(dump, email));
		ck_assert_ptr_null(strstr(dump, "robin.sample"));
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("statements");
	TCase *statements = tcase_create("statements"), *schema = tcase_create("schema");

	tcase_set_timeout(statements, 60);
	tcase_add_test(statements, every_statement_prepares);
	tcase_add_test(statements, statements_are_named_and_counted);
	tcase_add_test(statements, every_statement_has_its_index);
	tcase_add_test(statements, jobs_are_found_by_key);
	tcase_add_test(statements, no_statement_names_a_schema);
	suite_add_tcase(suite, statements);
	tcase_set_timeout(schema, 60);
	tcase_add_checked_fixture(schema, drop_schema, drop_schema);
	tcase_add_test(schema, migrations_are_safe);
	tcase_add_test(schema, migrations_run_at_once);
	tcase_add_test(schema, plans_of_empty_tables_suit_full_ones);
	tcase_add_test(schema, everything_is_commented);
	tcase_add_test(schema, a_dump_shows_no_content);
	suite_add_tcase(suite, schema);
	return run_suite(suite);
}
