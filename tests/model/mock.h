/* mock.h - the model server that tests/model/run starts, as the tests use it: what it is to answer, what it was asked.
 *
 * A question is known by its mark: a word that the posting's description holds, and no other posting's. */
#ifndef CVP_TEST_MODEL_MOCK_H
#define CVP_TEST_MODEL_MOCK_H

#include "client.h"

enum provider { ANTHROPIC, OPENAI, PROVIDERS };
extern const char *const provider_names[PROVIDERS];

#define MODEL_KEY "sk-test-not-to-be-seen"

/* A worker that asks the provider at the mock, or at another address; extra: one more setting, or NULL. The model's
 * name is the caller's, so that no breaker is shared. */
void restart_worker(enum provider provider, const char *model, const char *extra);
void restart_worker_at(enum provider provider, const char *address, const char *model, const char *extra);

/* To questions with this mark the mock answers what answers.json has by that name, or by it and the provider's. once:
 * only the first time. Earlier rules win. */
void mock_says(const char *mark, enum provider provider, const char *name, bool once);

/* It answers a report, by either protocol; byte for byte in pieces `pace` milliseconds apart (0: at once). */
void mock_reports(const char *mark, const json_t *report, int pace);

/* The questions with this mark, as the mock keeps them, oldest first: {body, path, timestamp, response};
 * borrowed. */
json_t *mock_journal(const char *mark);
size_t mock_calls(const char *mark);

/* The report of bench/inflight, which is honest about the sample CV; borrowed. */
const json_t *honest_report(void);

/* A JSON file of the project; borrowed. */
json_t *project_json(const char *path);

/* A new mark, and the sample posting with it; a new reference. */
const char *new_mark(void);
json_t *marked_posting(const char *mark);

/* Submits a report for the posting (taken over) and expects 202; the job's id. */
const char *submit_posting(const struct person *person, const char *application_id, json_t *posting);

/* Waits until the job has ended so; its status. Longer than await_job(), as repeats take their time. */
const struct answer *await_end(const struct person *person, const char *job_id, const char *status);

#endif
