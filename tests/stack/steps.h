/* steps.h - what many tests begin with: a CV that is there, a report that is asked for, a job that is waited for. */
#ifndef CVP_STACK_STEPS_H
#define CVP_STACK_STEPS_H

#include "client.h"

/* Imports samples/cv.json; the id of the CV. */
const char *import_sample_cv(const struct person *person);

/* The body of SPEC V-3; answer: of its one gap response. A new reference. */
json_t *report_request(const struct person *person, const char *application_id, const char *answer);
#define ANY_ANSWER                                                                                                     \
	"In my last role I ran twelve services on Kubernetes for two years, with Helm charts I wrote and reviewed."

/* Submits it and expects 202; the job's id. */
const char *submit_report(const struct person *person, const char *application_id);

/* Polls the status until the job has ended, and expects it to end as `status`. */
const struct answer *await_job(const struct person *person, const char *job_id, const char *status);

/* Submits and waits for the report. The final status. */
const struct answer *finished_report(const struct person *person, const char *application_id);

#endif
