/* submit.h - submits of jobs that come at once are written together: one statement, one commit, one wait for the disk.
 *
 * Whoever finds no group under way writes at once; the others wait in line, without their turn (core/turn.h), and the
 * first of them takes all who came meanwhile along. Alone, a submit waits for nobody. A group that fails is written
 * again one by one, so that nobody's fault is another's. Only for lib/dal; cvp_job_submit() of jobs.h is its door. */
#ifndef CVP_DAL_SUBMIT_H
#define CVP_DAL_SUBMIT_H

#include "core/ctx.h"
#include "dal/seal.h"

struct cvp_submit_line;

struct cvp_submit_line *cvp_submit_line_new(void);
void cvp_submit_line_free(struct cvp_submit_line *line); /* nobody waits in it */

/* The digest of an input and of the CV version it is made on (SPEC 5.2): SQL, where `cv` is a row of job_cv(). */
#define CVP_JOB_DIGEST(digest)                                                                                         \
	"sha256(" digest "::bytea || convert_to(coalesce(cv.cv_id || '#' || cv.version, ''), 'UTF8'))"

#endif
