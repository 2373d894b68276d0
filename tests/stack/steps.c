#include "steps.h"

#include <string.h>

#include "stack.h"

#define JOB_SECONDS 30

const char *
import_sample_cv(const struct person *person)
{
	const struct answer *answer = call_as(person, "POST", "/api/cv", json_pack("{s:O}", "resume", sample_cv()));

	assert_status(answer, 200);
	return text_at(answer, "/cv_id");
}

json_t *
report_request(const struct person *person, const char *application_id, const char *answer)
{
	json_t *posting = json_pack(
	    "{s:s, s:s, s:[s,s], s:[s,s,s,s], s:{s:s, s:s}, s:s, s:s}", "company_name", "Tidewater Freight",
	    "role_title", "Senior Backend Engineer", "responsibilities", "Design and run HTTP services",
	    "Keep our PostgreSQL databases fast", "requirements", "5+ years of professional Python experience",
	    "Strong SQL skills and query tuning in PostgreSQL", "Experience with Kubernetes in production",
	    "Experience with Salesforce administration", "location", "city", "Hamburg", "country", "Germany",
	    "employment_type", "Full-time", "language", "en");

	return json_pack("{s:s, s:s, s:o, s:[{s:s, s:s}]}", "application_id", application_id, "user_id",
			 person->user_id, "job_posting", posting, "gap_responses", "question",
			 "Where have you run Kubernetes?", "answer", answer);
}

const char *
submit_report(const struct person *person, const char *application_id)
{
	const struct answer *answer = call_as(person, "POST", "/api/vpr",
					      report_request(person, application_id, ANY_ANSWER));

	assert_status(answer, 202);
	return text_at(answer, "/job_id");
}

const struct answer *
await_job(const struct person *person, const char *job_id, const char *status)
{
	const char *path = text("/api/vpr/status/%s", job_id);
	const struct answer *answer = call_as(person, "GET", path, NULL);

	for (double end = deadline(JOB_SECONDS); answer->status == 202 && !has_passed(end);) {
		nap();
		answer = call_as(person, "GET", path, NULL);
	}
	assert_status(answer, 200);
	ck_assert_msg(strcmp(text_at(answer, "/status"), status) == 0, "not %s: %s", status, answer->body);
	return answer;
}

const struct answer *
finished_report(const struct person *person, const char *application_id)
{
	return await_job(person, submit_report(person, application_id), "COMPLETED");
}
