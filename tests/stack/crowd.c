#include "crowd.h"

#include "stack.h"
#include "steps.h"

#define DRAIN_WAIT 60

long long
queue_of(const struct person *person, const char *which)
{
	return sql_number("SELECT count(*) FROM queue WHERE user_id = '%s' AND (%s)", person->user_id, which);
}

long long
jobs_of(const struct person *person, const char *which)
{
	return sql_number("SELECT count(*) FROM jobs WHERE user_id = '%s' AND (%s)", person->user_id, which);
}

void
await_queue(const struct person *person, const char *which, long long most)
{
	double end = deadline(DRAIN_WAIT);

	while (queue_of(person, which) > most && !has_passed(end))
		nap();
	ck_assert_int_le(queue_of(person, which), most);
}

void
submit_many(const struct person *person, const char *name, size_t count)
{
	struct request requests[CROWD_MAX];
	const struct answer *answers[CROWD_MAX];
	const char *const *headers = HEADERS(person->authorization, JSON_TYPE);

	ck_assert_uint_le(count, CROWD_MAX);
	for (size_t i = 0; i < count; i++)
		requests[i] = (struct request){ "POST", "/api/vpr", headers,
						dumped(report_request(person, text("%s-%zu", name, i), ANY_ANSWER)),
						0 };
	call_parallel(requests, count, answers);
	for (size_t i = 0; i < count; i++)
		assert_status(answers[i], 202);
}

void
assert_each_once(const struct person *person, long long count)
{
	await_queue(person, "true", 0);
	ck_assert_int_eq(jobs_of(person, "status = 'COMPLETED'"), count);
	ck_assert_int_eq(jobs_of(person, "status <> 'COMPLETED'"), 0);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM artifacts WHERE owner = '%s'", person->user_id), count);
	ck_assert_int_eq(
	    sql_number("SELECT count(DISTINCT (subject, job_id)) FROM artifacts WHERE owner = '%s' AND kind ="
		       " 'vpr' AND version = 1",
		       person->user_id),
	    count);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM results WHERE user_id = '%s'", person->user_id), count);
}
