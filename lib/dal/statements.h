/* statements.h - the statement tables of all repositories, for the test that prepares each against the migrated schema.
 */
#ifndef CVP_DAL_STATEMENTS_H
#define CVP_DAL_STATEMENTS_H

#include <stddef.h>

#include "dal/db.h"

struct cvp_stmts {
	const struct cvp_stmt *rows;
	size_t count;
};

extern const struct cvp_stmts cvp_accounts_stmts, cvp_applications_stmts, cvp_artifacts_stmts, cvp_cvs_stmts,
    cvp_heartbeat_stmts, cvp_job_admin_stmts, cvp_job_record_stmts, cvp_jobs_stmts, cvp_models_stmts, cvp_submit_stmts,
    cvp_sweep_stmts, cvp_queue_stmts;

/* Prepares a statement without running it. CVP_DATABASE_ERROR where the schema does not fit it. */
CVP_CHECKED enum cvp_code cvp_db_prepare(struct cvp_ctx *ctx, const struct cvp_stmt *stmt);

#endif
