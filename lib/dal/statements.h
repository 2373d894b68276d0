/* statements.h - the statement tables of all repositories, for the test that prepares each against the migrated schema.
 */
#ifndef CVP_DAL_STATEMENTS_H
#define CVP_DAL_STATEMENTS_H

#include <stddef.h>

#include "dal/db.h"

/* Joins a table to a list, or to what was claimed, by an index of the column. With a plain `=` a plan that is made
 * while the table is empty, or from the statistics of a small one, reads all of an index for each batch and goes on
 * doing so when the table has filled: 3 s instead of 1 ms for 100 of 100,000 jobs. To such a plan an ANY is of no use.
 */
#define CVP_BY_INDEX(column, value) column " = ANY (ARRAY[" value "])"

struct cvp_stmts {
	const struct cvp_stmt *rows;
	size_t count;
};

extern const struct cvp_stmts cvp_accounts_stmts, cvp_applications_stmts, cvp_artifacts_stmts, cvp_cvs_stmts,
    cvp_gap_responses_stmts, cvp_heartbeat_stmts, cvp_job_admin_stmts, cvp_job_record_stmts, cvp_jobs_stmts,
    cvp_models_stmts, cvp_submit_stmts, cvp_sweep_stmts, cvp_queue_stmts, cvp_tailored_cvs_stmts;

/* Prepares a statement without running it. CVP_DATABASE_ERROR where the schema does not fit it. */
CVP_CHECKED enum cvp_code cvp_db_prepare(struct cvp_ctx *ctx, const struct cvp_stmt *stmt);

#endif
