/* What must not work, and how it is said: one table of bad requests, each with its status, its code and its field
 * (SPEC 4.1, 4.4). Every answer is {success: false, error, code, request_id}, every request leaves one line in the logs
 * at most. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "stack.h"
#include "steps.h"

#define PASSWORD      "a long password"
#define AWAY_SECONDS  20
#define READERS       32
#define POSTING       "\"job_posting\":{\"company_name\":\"A\",\"role_title\":\"B\"}"
#define VPR(members)  "{\"application_id\":\"app-1\"," POSTING members "}"
#define WITH_ID(id)   "{\"application_id\":" id "," POSTING "}"
#define ABOUT(inside) "{\"application_id\":\"app-1\",\"job_posting\":" inside "}"
#define POSTED(more)  ABOUT("{\"company_name\":\"A\",\"role_title\":\"B\"," more "}")
#define LOGIN(e, p)   "{\"email\":" e ",\"password\":" p "}"
#define EXPIRED       "{expired}"
#define X50           "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X200          X50 X50 X50 X50
#define X1000         X200 X200 X200 X200 X200
#define ID256         X200 X50 "xxxxxx"
#define PDF64         "JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmoK"

/* Whose request it is. */
enum who {
	NOBODY,
	OWNER,  /* has a CV, an application, a finished job and an expired one */
	COOKIE, /* signed in by cookie, without a CSRF token */
	LIAR,   /* sends a token nobody has */
};

struct bad {
	const char *name;
	enum who who;
	const char *method,
	    *path; /* {cv} {app} {job} {token}: of another user; {expired} {mine}: jobs, CV of the owner */
	const char *header, *body;           /* NULL: none */
	const char *(*make)(size_t *length); /* the body, where it is made */
	int status;
	const char *code, *pointer; /* pointer NULL: no field to name */
	bool is_nginx;              /* the programs never see it: the request id is another one */
};

/* ---- bodies too long or too odd to stand in the table */

static char big[16 * 1024 * 1024 + 1];

static const char *
filled_body(size_t length, const char *begin, char fill, const char *end)
{
	size_t head = strlen(begin), tail = strlen(end);

	memset(big, fill, length);
	memcpy(big, begin, head);
	memcpy(big + length - tail, end, tail + 1);
	return big;
}

static const char *
nested(size_t *length)
{
	*length = 100020;
	return filled_body(*length, "{\"x\":", '[', "");
}

static const char *
over_1_mib(size_t *length)
{
	*length = 1024 * 1024 + 1;
	return filled_body(*length, "{\"application_id\":\"", 'a', "\"}");
}

static const char *
over_15_mib(size_t *length)
{
	*length = 15 * 1024 * 1024 + 1;
	return filled_body(*length, "{\"text_content\":\"", 'a', "\"}");
}

static const char *
file_over_10_mib(size_t *length)
{
	*length = 10 * 1024 * 1024 + 512;
	return filled_body(*length, file_part("file", "cv.txt", ""), 'a', "\r\n" FILE_END);
}

static const char *
text_over_a_million(size_t *length)
{
	*length = 1000 * 1000 + 200;
	return filled_body(*length, "{\"text_content\":\"", 'a', "\"}");
}

static const char *
posting_over_50000(size_t *length)
{
	*length = 50100;
	return filled_body(*length, "{\"application_id\":\"app-1\",\"job_posting\":\"", 'a', "\"}");
}

static const char *
answer_over_5000(size_t *length)
{
	const char *begin = "{\"application_id\":\"app-1\"," POSTING
			    ",\"gap_responses\":[{\"question\":\"q\",\"answer\":\"";

	*length = strlen(begin) + 5001 + 4;
	return filled_body(*length, begin, 'a', "\"}]}");
}

static const char *
raw_nul(size_t *length)
{
	const char *body = memcpy(big, VPR(",\"x\":\"a\0b\""), sizeof(VPR(",\"x\":\"a\0b\"")));

	*length = sizeof(VPR(",\"x\":\"a\0b\"")) - 1;
	return body;
}

static const char *
many(size_t *length, const char *begin, const char *item, int count, const char *end)
{
	size_t at = strlen(begin);

	memcpy(big, begin, at);
	for (int i = 0; i < count; i++)
		at += (size_t)snprintf(big + at, 512, "%s%s", i > 0 ? "," : "", item);
	memcpy(big + at, end, strlen(end) + 1);
	*length = at + strlen(end);
	return big;
}

static const char *
requirements_51(size_t *length)
{
	return many(length,
		    "{\"application_id\":\"app-1\",\"job_posting\":{\"company_name\":\"A\",\"role_title\":\"B\","
		    "\"requirements\":[",
		    "\"Python\"", 51, "]}}");
}

static const char *
jobs_61(size_t *length)
{
	return many(length, "{\"resume\":{\"basics\":{\"name\":\"A\"},\"work\":[",
		    "{\"name\":\"A\",\"position\":\"B\"}", 61, "]}}");
}

static const char *
duplicate_keys(size_t *length)
{
	const char *body = "{\"application_id\":\"app-1\",\"application_id\":\"app-2\"," POSTING "}";

	*length = strlen(body);
	return body;
}

/* clang-format off */
#define J JSON_TYPE
static const struct bad cases[] = {
	/* bodies that are no JSON, or not ours */
	{ "broken JSON", OWNER, "POST", "/api/vpr", J, "{\"application_id\": ", 0, 400, "INVALID_JSON", 0, 0 },
	{ "something behind JSON", OWNER, "POST", "/api/vpr", J, VPR("") "x", 0, 400, "INVALID_JSON", 0, 0 },
	{ "a text for an object", OWNER, "POST", "/api/vpr", J, "\"text\"", 0, 400, "INVALID_JSON", 0, 0 },
	{ "a list for an object", OWNER, "POST", "/api/vpr", J, "[]", 0, 400, "VALIDATION_ERROR", "", 0 },
	{ "NaN", OWNER, "POST", "/api/vpr", J, VPR(",\"ttl\":NaN"), 0, 400, "INVALID_JSON", 0, 0 },
	{ "a number out of range", OWNER, "POST", "/api/vpr", J, VPR(",\"ttl\":1e999"), 0, 400, "INVALID_JSON", 0, 0 },
	{ "bad UTF-8", OWNER, "POST", "/api/vpr", J, VPR(",\"x\":\"\xC3(\""), 0, 400, "INVALID_JSON", 0, 0 },
	{ "half a surrogate pair", OWNER, "POST", "/api/vpr", J, VPR(",\"x\":\"\\ud800\""), 0, 400, "INVALID_JSON", 0, 0 },
	{ "a raw NUL", OWNER, "POST", "/api/vpr", J, 0, raw_nul, 400, "INVALID_JSON", 0, 0 },
	{ "an escaped NUL", OWNER, "POST", "/api/vpr", J, VPR(",\"x\":\"a\\u0000b\""), 0, 400, "INVALID_JSON", 0, 0 },
	{ "100,000 levels", OWNER, "POST", "/api/vpr", J, 0, nested, 400, "INVALID_JSON", 0, 0 },
	{ "a key twice", OWNER, "POST", "/api/vpr", J, 0, duplicate_keys, 400, "INVALID_JSON", 0, 0 },
	{ "no body", OWNER, "POST", "/api/vpr", 0, 0, 0, 400, "VALIDATION_MISSING_REQUIRED_FIELD", "/application_id", 0 },
	{ "over 1 MiB", OWNER, "POST", "/api/vpr", J, 0, over_1_mib, 413, "PAYLOAD_TOO_LARGE", 0, 0 },
	{ "over what nginx takes", OWNER, "POST", "/api/cv", J, 0, over_15_mib, 413, "PAYLOAD_TOO_LARGE", 0, 1 },
	{ "plain text", OWNER, "POST", "/api/vpr", "Content-Type: text/plain", VPR(""), 0, 415, "UNSUPPORTED_MEDIA_TYPE", 0, 0 },
	{ "XML", OWNER, "POST", "/api/cv", "Content-Type: application/xml", "<a/>", 0, 415, "UNSUPPORTED_MEDIA_TYPE", 0, 0 },
	{ "nearly JSON's type", OWNER, "POST", "/api/vpr", "Content-Type: application/jsonp", VPR(""), 0, 415, "UNSUPPORTED_MEDIA_TYPE", 0, 0 },
	/* a report's request */
	{ "a number for an id", OWNER, "POST", "/api/vpr", J, WITH_ID("7"), 0, 400, "VALIDATION_ERROR", "/application_id", 0 },
	{ "an empty id", OWNER, "POST", "/api/vpr", J, WITH_ID("\"\""), 0, 400, "VALIDATION_ERROR", "/application_id", 0 },
	{ "an id with a slash", OWNER, "POST", "/api/vpr", J, WITH_ID("\"a/b\""), 0, 400, "VALIDATION_ERROR", "/application_id", 0 },
	{ "an id of dots", OWNER, "POST", "/api/vpr", J, WITH_ID("\"..\""), 0, 400, "VALIDATION_ERROR", "/application_id", 0 },
	{ "the id new", OWNER, "POST", "/api/vpr", J, WITH_ID("\"new\""), 0, 400, "VALIDATION_ERROR", "/application_id", 0 },
	{ "an id of 256", OWNER, "POST", "/api/vpr", J, WITH_ID("\"" ID256 "\""), 0, 400, "VALIDATION_ERROR", "/application_id", 0 },
	{ "an id that ends its line", OWNER, "POST", "/api/vpr", J, WITH_ID("\"a\\n\""), 0, 400, "VALIDATION_ERROR", "/application_id", 0 },
	{ "no posting", OWNER, "POST", "/api/vpr", J, "{\"application_id\":\"app-1\"}", 0, 400, "VALIDATION_MISSING_REQUIRED_FIELD", "/job_posting", 0 },
	{ "a number for a posting", OWNER, "POST", "/api/vpr", J, ABOUT("7"), 0, 400, "VALIDATION_ERROR", "/job_posting", 0 },
	{ "a posting of 49", OWNER, "POST", "/api/vpr", J, ABOUT("\"0123456789012345678901234567890123456789012345678\""), 0, 400, "VALIDATION_ERROR", "/job_posting", 0 },
	{ "a posting over 50,000", OWNER, "POST", "/api/vpr", J, 0, posting_over_50000, 400, "VALIDATION_ERROR", "/job_posting", 0 },
	{ "a posting of nobody", OWNER, "POST", "/api/vpr", J, ABOUT("{\"role_title\":\"B\"}"), 0, 400, "VALIDATION_MISSING_REQUIRED_FIELD", "/job_posting/company_name", 0 },
	{ "a posting for nothing", OWNER, "POST", "/api/vpr", J, ABOUT("{\"company_name\":\"A\"}"), 0, 400, "VALIDATION_MISSING_REQUIRED_FIELD", "/job_posting/role_title", 0 },
	{ "a company of 201", OWNER, "POST", "/api/vpr", J, ABOUT("{\"company_name\":\"" X200 "x\",\"role_title\":\"B\"}"), 0, 400, "VALIDATION_ERROR", "/job_posting/company_name", 0 },
	{ "51 requirements", OWNER, "POST", "/api/vpr", J, 0, requirements_51, 400, "VALIDATION_ERROR", "/job_posting/requirements/50", 0 },
	{ "a requirement of 1,001", OWNER, "POST", "/api/vpr", J, POSTED("\"requirements\":[\"" X1000 "x\"]"), 0, 400, "VALIDATION_ERROR", "/job_posting/requirements/0", 0 },
	{ "a link that is none", OWNER, "POST", "/api/vpr", J, POSTED("\"source_url\":\"javascript:alert(1)\""), 0, 400, "VALIDATION_ERROR", "/job_posting/source_url", 0 },
	{ "an answer over 5,000", OWNER, "POST", "/api/vpr", J, 0, answer_over_5000, 400, "VALIDATION_ERROR", "/gap_responses/0/answer", 0 },
	{ "answers as a text", OWNER, "POST", "/api/vpr", J, VPR(",\"gap_responses\":\"yes\""), 0, 400, "VALIDATION_ERROR", "/gap_responses", 0 },
	{ "a language we do not speak", OWNER, "POST", "/api/vpr", J, VPR(",\"language\":\"xx\""), 0, 400, "VALIDATION_ERROR", "/language", 0 },
	{ "a company without a name", OWNER, "POST", "/api/vpr", J, VPR(",\"company_context\":{\"mission\":\"m\"}"), 0, 400, "VALIDATION_MISSING_REQUIRED_FIELD", "/company_context/company_name", 0 },
	{ "a CV there is not", OWNER, "POST", "/api/vpr", J, VPR(",\"cv_id\":\"nothing\""), 0, 404, "CV_NOT_FOUND", "/cv_id", 0 },
	{ "somebody else's user_id", OWNER, "POST", "/api/vpr", J, VPR(",\"user_id\":\"another\""), 0, 403, "FORBIDDEN", "/user_id", 0 },
	{ "a number for a user_id", OWNER, "POST", "/api/vpr", J, VPR(",\"user_id\":7"), 0, 400, "VALIDATION_ERROR", "/user_id", 0 },
	{ "a key with a space", OWNER, "POST", "/api/vpr", "Idempotency-Key: a b", VPR(""), 0, 400, "INVALID_INPUT", "/Idempotency-Key", 0 },
	{ "a key of 256", OWNER, "POST", "/api/vpr", "Idempotency-Key: " ID256, VPR(""), 0, 400, "INVALID_INPUT", "/Idempotency-Key", 0 },
	{ "a match with nothing", OWNER, "POST", "/api/match", J, "{}", 0, 400, "VALIDATION_MISSING_REQUIRED_FIELD", 0, 0 },
	{ "a match with 49", OWNER, "POST", "/api/match", J, "{\"job_description\":\"short\"}", 0, 400, "VALIDATION_ERROR", "/job_description", 0 },
	/* CVs */
	{ "a CV of nothing", OWNER, "POST", "/api/cv", J, "{}", 0, 400, "VALIDATION_MISSING_REQUIRED_FIELD", 0, 0 },
	{ "a CV of 99", OWNER, "POST", "/api/cv", J, "{\"text_content\":\"Robin Sample\\nSkills\\nPython\"}", 0, 400, "INSUFFICIENT_CV_DATA", "/text_content", 0 },
	{ "a CV over a million", OWNER, "POST", "/api/cv", J, 0, text_over_a_million, 400, "INSUFFICIENT_CV_DATA", "/text_content", 0 },
	{ "a CV of spaces", OWNER, "POST", "/api/cv", J, "{\"text_content\":\"                                   \\n\"}", 0, 422, "EMPTY_DOCUMENT", "/text_content", 0 },
	{ "no base64", OWNER, "POST", "/api/cv", J, "{\"file_content\":\"?!\"}", 0, 400, "VALIDATION_ERROR", "/file_content", 0 },
	{ "a PDF in base64", OWNER, "POST", "/api/cv", J, "{\"file_content\":\"" PDF64 "\"}", 0, 422, "DOCUMENT_UNREADABLE", "/file_content", 0 },
	{ "a resume as a text", OWNER, "POST", "/api/cv", J, "{\"resume\":\"text\"}", 0, 400, "VALIDATION_ERROR", "/resume", 0 },
	{ "a resume of nobody", OWNER, "POST", "/api/cv", J, "{\"resume\":{\"skills\":[{\"name\":\"Go\"}]}}", 0, 400, "INSUFFICIENT_CV_DATA", 0, 0 },
	{ "a resume of a name", OWNER, "POST", "/api/cv", J, "{\"resume\":{\"basics\":{\"name\":\"A\"}}}", 0, 400, "INSUFFICIENT_CV_DATA", 0, 0 },
	{ "work as a text", OWNER, "POST", "/api/cv", J, "{\"resume\":{\"basics\":{\"name\":\"A\"},\"work\":\"much\"}}", 0, 400, "VALIDATION_ERROR", "/resume/work", 0 },
	{ "61 jobs", OWNER, "POST", "/api/cv", J, 0, jobs_61, 400, "VALIDATION_ERROR", "/resume/work", 0 },
	{ "a PDF", OWNER, "POST", "/api/cv", FILE_TYPE, "--cvp-test-boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cv.txt\"\r\n\r\n%PDF-1.4 x\r\n" FILE_END, 0, 422, "DOCUMENT_UNREADABLE", "/file", 0 },
	{ "an empty file", OWNER, "POST", "/api/cv", FILE_TYPE, "--cvp-test-boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cv.txt\"\r\n\r\n\r\n" FILE_END, 0, 422, "EMPTY_DOCUMENT", "/file", 0 },
	{ "a file over 10 MiB", OWNER, "POST", "/api/cv", FILE_TYPE, 0, file_over_10_mib, 413, "PAYLOAD_TOO_LARGE", "/file", 0 },
	{ "parts without a boundary", OWNER, "POST", "/api/cv", "Content-Type: multipart/form-data", FILE_END, 0, 400, "INVALID_INPUT", 0, 0 },
	{ "a boundary of 71", OWNER, "POST", "/api/cv", "Content-Type: multipart/form-data; boundary=" X50 "xxxxxxxxxxxxxxxxxxxxx", "--" X50 "xxxxxxxxxxxxxxxxxxxxx--\r\n", 0, 400, "INVALID_INPUT", 0, 0 },
	{ "parts that do not end", OWNER, "POST", "/api/cv", FILE_TYPE, "--cvp-test-boundary\r\nContent-Disposition: form-data; name=\"text_content\"\r\n\r\nabc", 0, 400, "INVALID_INPUT", 0, 0 },
	{ "a part without a head", OWNER, "POST", "/api/cv", FILE_TYPE, "--cvp-test-boundary\r\nabc\r\n" FILE_END, 0, 400, "INVALID_INPUT", 0, 0 },
	{ "a part without a name", OWNER, "POST", "/api/cv", FILE_TYPE, "--cvp-test-boundary\r\nContent-Disposition: form-data\r\n\r\nabc\r\n" FILE_END, 0, 400, "INVALID_INPUT", 0, 0 },
	{ "parts of another boundary", OWNER, "POST", "/api/cv", FILE_TYPE, "--other\r\n\r\nabc\r\n--other--\r\n", 0, 400, "INVALID_INPUT", 0, 0 },
	{ "a part of bad UTF-8", OWNER, "POST", "/api/cv", FILE_TYPE, "--cvp-test-boundary\r\nContent-Disposition: form-data; name=\"text_content\"\r\n\r\n\xFF\r\n" FILE_END, 0, 400, "INVALID_INPUT", "/text_content", 0 },
	{ "a form of bad UTF-8", OWNER, "POST", "/api/cv", FORM_TYPE, "text_content=%FF", 0, 400, "INVALID_INPUT", "/text_content", 0 },
	{ "a form that breaks off", OWNER, "POST", "/api/cv", FORM_TYPE, "text_content=abc%4", 0, 400, "INVALID_INPUT", "/text_content", 0 },
	{ "If-Match of words", OWNER, "PUT", "/api/cvs/{mine}", "If-Match: \"abc\"", "{\"resume\":{}}", 0, 400, "INVALID_INPUT", "/If-Match", 0 },
	/* who asks */
	{ "nobody", NOBODY, "GET", "/api/cvs", 0, 0, 0, 401, "UNAUTHORIZED", 0, 0 },
	{ "nobody submits", NOBODY, "POST", "/api/vpr", J, VPR(""), 0, 401, "UNAUTHORIZED", 0, 0 },
	{ "a token of nobody", LIAR, "GET", "/api/cvs", 0, 0, 0, 401, "UNAUTHORIZED", 0, 0 },
	{ "another scheme", NOBODY, "GET", "/api/cvs", "Authorization: Basic YTpi", 0, 0, 401, "UNAUTHORIZED", 0, 0 },
	{ "an invented cookie", NOBODY, "GET", "/api/cvs", "Cookie: cvp_session=cvp_0000000000000000000000000000000000000000000", 0, 0, 401, "UNAUTHORIZED", 0, 0 },
	{ "a cookie alone", COOKIE, "POST", "/api/tokens", J, "{}", 0, 403, "CSRF_FAILED", "/_csrf", 0 },
	{ "a cookie and a wrong token", COOKIE, "POST", "/api/tokens", "X-CSRF-Token: 00000000-0000-4000-8000-000000000000", "{}", 0, 403, "CSRF_FAILED", "/_csrf", 0 },
	{ "a form without its token", NOBODY, "POST", "/api/account", FORM_TYPE, "email=a%40b.example&password=0123456789", 0, 403, "CSRF_FAILED", "/_csrf", 0 },
	{ "no email", NOBODY, "POST", "/api/account", J, "{\"password\":\"0123456789\"}", 0, 400, "VALIDATION_MISSING_REQUIRED_FIELD", "/email", 0 },
	{ "no email address", NOBODY, "POST", "/api/account", J, LOGIN("\"a@b@c\"", "\"0123456789\""), 0, 400, "VALIDATION_ERROR", "/email", 0 },
	{ "a short password", NOBODY, "POST", "/api/account", J, LOGIN("\"a@b.example\"", "\"012345678\""), 0, 400, "VALIDATION_ERROR", "/password", 0 },
	{ "a password of numbers", NOBODY, "POST", "/api/session", J, LOGIN("\"a@b.example\"", "1234567890"), 0, 400, "VALIDATION_ERROR", "/password", 0 },
	{ "a password of a book", NOBODY, "POST", "/api/session", J, LOGIN("\"a@b.example\"", "\"" X1000 "x\""), 0, 400, "VALIDATION_ERROR", "/password", 0 },
	{ "the wrong password", NOBODY, "POST", "/api/session", J, LOGIN("\"a@b.example\"", "\"0123456789\""), 0, 401, "UNAUTHORIZED", 0, 0 },
	{ "a label of 101", OWNER, "POST", "/api/tokens", J, "{\"label\":\"" X50 X50 "x\"}", 0, 400, "VALIDATION_ERROR", "/label", 0 },
	/* addresses and methods */
	{ "no such route", OWNER, "GET", "/api/nothing", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "a route too long", OWNER, "GET", "/api/vpr/status/a/b", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "another method", OWNER, "PATCH", "/api/vpr", J, "{}", 0, 405, "METHOD_NOT_ALLOWED", 0, 0 },
	{ "a read-only address", OWNER, "POST", "/api/cvs", J, "{}", 0, 405, "METHOD_NOT_ALLOWED", 0, 0 },
	{ "a method of nobody", OWNER, "BREW", "/api/vpr", 0, 0, 0, 405, "METHOD_NOT_ALLOWED", 0, 0 },
	{ "a method nginx refuses", OWNER, "TRACE", "/api/vpr", 0, 0, 0, 405, "METHOD_NOT_ALLOWED", 0, 1 },
	{ "a file there is not", NOBODY, "GET", "/static/nothing.css", 0, 0, 0, 404, "NOT_FOUND", 0, 1 },
	{ "a file outside", NOBODY, "GET", "/static/../conf/careervp.env.example", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "a path that breaks off", OWNER, "GET", "/api/cvs/%4", 0, 0, 0, 400, "INVALID_INPUT", 0, 1 },
	{ "a path with a NUL", OWNER, "GET", "/api/cvs/a%00b", 0, 0, 0, 400, "INVALID_INPUT", 0, 1 },
	{ "a head of 40,000", OWNER, "GET", "/api/cvs", "X-Long: {long}", 0, 0, 400, "INVALID_INPUT", 0, 1 },
	{ "a path of bad UTF-8", OWNER, "GET", "/api/cvs/%FF", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "a slash in an id", OWNER, "GET", "/api/cvs/a%2Fb", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "a space in an id", OWNER, "GET", "/api/cvs/a%20b", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "the id .", OWNER, "GET", "/api/cvs/.", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "the id ..", OWNER, "GET", "/api/cvs/..", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "the id .., encoded", OWNER, "GET", "/api/cvs/%2e%2e", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "the id new in a path", OWNER, "GET", "/api/cvs/new", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "an id of 256 in a path", OWNER, "GET", "/api/cvs/" ID256, 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "version 0", OWNER, "GET", "/api/applications/app-1/vprs/0", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "version x", OWNER, "GET", "/api/applications/app-1/vprs/x", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "a version beyond numbers", OWNER, "GET", "/api/applications/app-1/vprs/99999999999", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	/* queries */
	{ "limit 0", OWNER, "GET", "/api/jobs?limit=0", 0, 0, 0, 400, "INVALID_INPUT", "/limit", 0 },
	{ "limit 101", OWNER, "GET", "/api/applications?limit=101", 0, 0, 0, 400, "INVALID_INPUT", "/limit", 0 },
	{ "a limit of words", OWNER, "GET", "/api/jobs?limit=ten", 0, 0, 0, 400, "INVALID_INPUT", "/limit", 0 },
	{ "a limit beyond numbers", OWNER, "GET", "/api/jobs?limit=99999999999999999999", 0, 0, 0, 400, "INVALID_INPUT", "/limit", 0 },
	{ "a query that breaks off", OWNER, "GET", "/api/jobs?limit=%4", 0, 0, 0, 400, "INVALID_INPUT", "/limit", 0 },
	{ "a query with a NUL", OWNER, "GET", "/api/applications?q=a%00b", 0, 0, 0, 400, "INVALID_INPUT", "/q", 0 },
	{ "a query of bad UTF-8", OWNER, "GET", "/api/applications?q=%C3%28", 0, 0, 0, 400, "INVALID_INPUT", "/q", 0 },
	{ "a cursor of jobs", OWNER, "GET", "/api/jobs?cursor=soon", 0, 0, 0, 400, "INVALID_INPUT", "/cursor", 0 },
	{ "a cursor of applications", OWNER, "GET", "/api/applications?cursor=a%20b", 0, 0, 0, 400, "INVALID_INPUT", "/cursor", 0 },
	{ "a version of a CV", OWNER, "GET", "/api/cvs/{mine}?version=-1", 0, 0, 0, 400, "INVALID_INPUT", "/version", 0 },
	{ "a format of a CV", OWNER, "GET", "/api/cvs/{mine}/export?format=exe", 0, 0, 0, 400, "INVALID_INPUT", "/format", 0 },
	{ "a format of a report", OWNER, "GET", "/api/applications/app-1/vprs/1/export?format=exe", 0, 0, 0, 400, "INVALID_INPUT", "/format", 0 },
	{ "no job named", OWNER, "GET", "/api/vpr/status", 0, 0, 0, 400, "VALIDATION_MISSING_REQUIRED_FIELD", "/job_id", 0 },
	{ "no signature", NOBODY, "GET", "/api/vpr/results/{job}", 0, 0, 0, 403, "SIGNATURE_INVALID", 0, 0 },
	{ "a signature of words", NOBODY, "GET", "/api/vpr/results/{job}?exp=never&sig=" X50, 0, 0, 0, 403, "SIGNATURE_INVALID", 0, 0 },
	/* what is not there, and what is another's: the same */
	{ "a job there is not", OWNER, "GET", "/api/vpr/status/nothing", 0, 0, 0, 404, "JOB_NOT_FOUND", 0, 0 },
	{ "an expired job", OWNER, "GET", "/api/vpr/status/" EXPIRED, 0, 0, 0, 404, "JOB_NOT_FOUND", 0, 0 },
	{ "another's job", OWNER, "GET", "/api/vpr/status/{job}", 0, 0, 0, 404, "JOB_NOT_FOUND", 0, 0 },
	{ "another's job, by jobs", OWNER, "GET", "/api/jobs/{job}", 0, 0, 0, 404, "JOB_NOT_FOUND", 0, 0 },
	{ "forgetting another's job", OWNER, "DELETE", "/api/jobs/{job}", 0, 0, 0, 404, "JOB_NOT_FOUND", 0, 0 },
	{ "another's CV", OWNER, "GET", "/api/cvs/{cv}", 0, 0, 0, 404, "CV_NOT_FOUND", 0, 0 },
	{ "another's CV as a file", OWNER, "GET", "/api/cvs/{cv}/export", 0, 0, 0, 404, "CV_NOT_FOUND", 0, 0 },
	{ "another's versions", OWNER, "GET", "/api/cvs/{cv}/versions", 0, 0, 0, 404, "CV_NOT_FOUND", 0, 0 },
	{ "another's CV as primary", OWNER, "POST", "/api/cvs/{cv}/primary", 0, 0, 0, 404, "CV_NOT_FOUND", 0, 0 },
	{ "changing another's CV", OWNER, "PUT", "/api/cvs/{cv}", J, "{\"resume\":{\"basics\":{\"name\":\"A\"},\"skills\":[{\"name\":\"Go\"}]}}", 0, 404, "CV_NOT_FOUND", 0, 0 },
	{ "deleting another's CV", OWNER, "DELETE", "/api/cvs/{cv}", 0, 0, 0, 404, "CV_NOT_FOUND", 0, 0 },
	{ "another's application", OWNER, "GET", "/api/applications/{app}", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "deleting another's application", OWNER, "DELETE", "/api/applications/{app}", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "another's reports", OWNER, "GET", "/api/applications/{app}/vprs", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "another's report", OWNER, "GET", "/api/applications/{app}/vprs/1", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "another's report as a file", OWNER, "GET", "/api/applications/{app}/vprs/1/export?format=md", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "deleting another's report", OWNER, "DELETE", "/api/applications/{app}/vprs/1", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
	{ "a report on another's CV", OWNER, "POST", "/api/vpr", J, VPR(",\"cv_id\":\"{cv}\""), 0, 404, "CV_NOT_FOUND", "/cv_id", 0 },
	{ "an application with another's CV", OWNER, "POST", "/api/applications", J, "{\"cv_id\":\"{cv}\"," POSTING "}", 0, 404, "CV_NOT_FOUND", "/cv_id", 0 },
	{ "a match of another's application", OWNER, "POST", "/api/match", J, "{\"application_id\":\"{app}\"}", 0, 404, "NOT_FOUND", 0, 0 },
	{ "a match of another's CV", OWNER, "POST", "/api/match", J, "{\"cv_id\":\"{cv}\"," POSTING "}", 0, 404, "CV_NOT_FOUND", 0, 0 },
	{ "revoking another's token", OWNER, "DELETE", "/api/tokens/{token}", 0, 0, 0, 404, "NOT_FOUND", 0, 0 },
};
/* clang-format on */
#define CASES ((int)(sizeof(cases) / sizeof(cases[0])))

/* What the table speaks of; made once, before the tests. */
static struct world {
	struct person owner, another;
	const char *run, *cookie, *mine, *cv, *app, *job, *token, *expired, *longest;
} world;

static void
make_world(void)
{
	const struct answer *answer;

	world.run = unique();
	world.owner = person_new("bad");
	world.another = person_new("another");
	world.mine = import_sample_cv(&world.owner);
	world.cv = import_sample_cv(&world.another);
	world.app = text("app-%s", world.run);
	world.job = text_at(finished_report(&world.another, world.app), "/job_id");
	world.token = text_at(call_as(&world.another, "GET", "/api/tokens", NULL), "/tokens/0/token_id");
	world.expired = text_at(finished_report(&world.owner, "app-expired"), "/job_id");
	sql("UPDATE jobs SET expires_at = now() - interval '1 s' WHERE job_id = '%s'", world.expired);
	answer = call("POST", "/api/account", HEADERS(JSON_TYPE),
		      text("{\"email\": \"bad.%s@example.org\", \"password\": \"" PASSWORD "\"}", world.run));
	assert_status(answer, 201);
	world.cookie = text("Cookie: cvp_session=%s", cookie_of(answer, "cvp_session"));
	memset(big, 'x', 40000);
	big[40000] = '\0';
	world.longest = text("%s", big);
}

/* The text with every {name} replaced. */
static const char *
with_names(const char *pattern)
{
	const struct {
		const char *name, *value;
	} names[] = { { "{cv}", world.cv },       { "{app}", world.app },     { "{job}", world.job },
		      { "{mine}", world.mine },   { "{token}", world.token }, { "{expired}", world.expired },
		      { "{long}", world.longest } };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && pattern != NULL; i++) {
		const char *found = strstr(pattern, names[i].name);

		if (found != NULL)
			return text("%.*s%s%s", (int)(found - pattern), pattern, names[i].value,
				    found + strlen(names[i].name));
	}
	return pattern;
}

static const char *
credential(enum who who)
{
	static const char *const liar = "Authorization: Bearer cvp_0000000000000000000000000000000000000000000";

	return who == OWNER    ? world.owner.authorization
	       : who == COOKIE ? world.cookie
	       : who == LIAR   ? liar
			       : "X-Nobody: 1";
}

static const char *
request_id(int i)
{
	return text("bad-%s-%d", world.run, i);
}

/* Every failure has this shape, whoever found it (SPEC 4.1). */
static void
assert_shape(const struct answer *answer)
{
	ck_assert_msg(answer->json != NULL, "the answer is not JSON: %.300s", answer->body);
	ck_assert(json_is_false(at(answer->json, "/success")));
	ck_assert_ptr_nonnull(text_at(answer, "/error"));
	ck_assert_ptr_nonnull(text_at(answer, "/request_id"));
	ck_assert_pstr_eq(header_of(answer, "X-Request-Id"), text_at(answer, "/request_id"));
	ck_assert_int_eq(strncmp(header_of(answer, "Content-Type"), "application/json", 16), 0);
}

START_TEST(is_refused)
{
	const struct bad *bad = &cases[_i];
	const char *type = bad->body != NULL && (bad->header == NULL || strncmp(bad->header, "Content-Type", 12) != 0)
			       ? JSON_TYPE
			       : "X-None: 1";
	struct request request = { bad->method, with_names(bad->path),
				   HEADERS(credential(bad->who), text("X-Request-Id: %s", request_id(_i)), type,
					   bad->header != NULL ? with_names(bad->header) : "X-None: 2"),
				   with_names(bad->body), 0 };
	const struct answer *answer;

	if (bad->make != NULL)
		request.body = bad->make(&request.length);
	answer = call_request(&request);
	ck_assert_msg(answer->status == bad->status, "%s: status %ld, not %d: %.400s", bad->name, answer->status,
		      bad->status, answer->body);
	ck_assert_msg(strcmp(text_at(answer, "/code") != NULL ? text_at(answer, "/code") : "none", bad->code) == 0,
		      "%s: code not %s: %.400s", bad->name, bad->code, answer->body);
	ck_assert_msg(bad->pointer == NULL || names_pointer(answer, bad->pointer), "%s: does not name \"%s\": %.400s",
		      bad->name, bad->pointer, answer->body);
	assert_shape(answer);
	if (!bad->is_nginx)
		ck_assert_str_eq(text_at(answer, "/request_id"), request_id(_i));
	ck_assert_msg(bad->status != 405 || header_of(answer, "Allow") != NULL, "%s: no Allow", bad->name);
	ck_assert_msg(bad->status != 401 || header_of(answer, "WWW-Authenticate") != NULL, "%s: no challenge",
		      bad->name);
}
END_TEST

/* Refusals leave one line each in all logs together, and none of them names what was sent. */
START_TEST(one_line_a_request)
{
	for (int i = 0; i < CASES; i++) {
		size_t lines = log_lines(text("\"request_id\":\"%s\"", request_id(i)));

		ck_assert_msg(lines <= 1, "%s: %zu lines", cases[i].name, lines);
	}
	ck_assert_uint_eq(log_lines(world.owner.user_id), 0);
	ck_assert_uint_eq(log_lines(PASSWORD), 0);
	ck_assert_uint_eq(log_lines("javascript:alert"), 0);
	ck_assert_uint_eq(log_lines(world.owner.authorization + strlen("Authorization: Bearer ")), 0);
}
END_TEST

/* An id that could be more than an id is not repeated, in no header and in no log. */
START_TEST(hostile_request_ids)
{
	static const char *const ids[] = {
		"a b", "a%0d%0aSet-Cookie:x=y", "<script>", "\"quoted\"", "{\"a\":1}", ".."
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		const struct answer *answer = call("GET", "/api/cvs", HEADERS(text("X-Request-Id: %s", ids[i])), NULL);

		assert_failure(answer, 401, "UNAUTHORIZED");
		assert_shape(answer);
		ck_assert_uint_eq(strlen(text_at(answer, "/request_id")), 36);
	}
	ck_assert_uint_eq(
	    strlen(header_of(call("GET", "/health", HEADERS("X-Request-Id: " X50 X50 X50), NULL), "X-Request-Id")), 36);
}
END_TEST

/* Deep, but allowed: taken or refused, and the programs live on. */
START_TEST(deep_documents_do_no_harm)
{
	pid_t before = stack_pid("cv");
	const struct answer *answer;
	struct request request = { "POST", "/api/cv", HEADERS(world.owner.authorization, JSON_TYPE), big, 0 };
	const char *begin = "{\"resume\":{\"basics\":{\"name\":\"A\"},\"skills\":[{\"name\":\"Go\"}],\"x_deep\":";
	size_t depth = 2000, at = strlen(begin);

	memcpy(big, begin, at);
	memset(big + at, '[', depth);
	memset(big + at + depth, ']', depth);
	memcpy(big + at + 2 * depth, "}}", 3);
	answer = call_request(&request);
	ck_assert_msg(answer->status == 200 || answer->status == 400, "status %ld: %.300s", answer->status,
		      answer->body);
	assert_status(call_as(&world.owner, "GET", "/api/cvs", NULL), 200);
	ck_assert_int_eq(stack_pid("cv"), before);
}
END_TEST

/* ---- the database away: 503 and never 404, and everybody lives on */

static void
start_postgres(void)
{
	stack("start", "postgres", AS_IT_IS);
}

START_TEST(the_database_goes_and_comes_back)
{
	const char *paths[] = { "/api/cvs", text("/api/vpr/status/%s", world.job),
				text("/api/applications/%s/vprs/1", world.app), "/api/applications", "/api/account" };
	struct person another = world.another, unseen = person_new("unseen");
	const struct answer *answer;
	pid_t vpr = stack_pid("vpr"), worker = stack_pid("worker");
	const char *id;
	double end;

	assert_status(call_as(&another, "GET", paths[1], NULL), 200);
	stack("stop", "postgres", AS_IT_IS);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		id = text("away-%s-%zu", world.run, i);
		answer = call("GET", paths[i], HEADERS(another.authorization, text("X-Request-Id: %s", id)), NULL);
		assert_failure(answer, 503, "DATABASE_ERROR");
		assert_shape(answer);
		ck_assert_ptr_nonnull(header_of(answer, "Retry-After"));
		ck_assert_uint_le(log_lines(text("\"request_id\":\"%s\"", id)), 1);
	}
	answer = call_as(&unseen, "POST", "/api/vpr", report_request(&unseen, "app-1", ANY_ANSWER));
	assert_failure(answer, 503, "DATABASE_ERROR");
	ck_assert_str_eq(call("GET", "/health", NO_HEADERS, NULL)->body, "{\"status\":\"ok\"}");
	ck_assert_str_eq(call("GET", "/health/db", NO_HEADERS, NULL)->body, "{\"ok\":false}");
	answer = call("GET", "/applications", HEADERS(HTML, another.authorization), NULL);
	assert_status(answer, 503);
	ck_assert_ptr_nonnull(strstr(answer->body, "<!doctype html>"));

	start_postgres();
	end = deadline(AWAY_SECONDS);
	while (call_as(&another, "GET", paths[1], NULL)->status != 200 && !has_passed(end))
		nap();
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_status(call_as(&another, "GET", paths[i], NULL), 200);
	ck_assert_str_eq(call("GET", "/health/db", NO_HEADERS, NULL)->body, "{\"ok\":true}");
	finished_report(&another, "app-after");
	ck_assert_int_eq(stack_pid("vpr"), vpr);
	ck_assert_int_eq(stack_pid("worker"), worker);
}
END_TEST

/* A connection that broke while nobody used it is made anew, and no request learns of it. */
START_TEST(a_restart_between_requests_goes_unnoticed)
{
	const char *const *headers = HEADERS(world.owner.authorization);
	struct request requests[READERS];
	const struct answer *answers[READERS];

	for (int i = 0; i < READERS; i++)
		requests[i] = (struct request){ "GET", "/api/cvs", headers, NULL, 0 };
	call_parallel(requests, READERS, answers);
	stack("restart", "postgres", AS_IT_IS);
	for (int round = 0; round < 2; round++) {
		call_parallel(requests, READERS, answers);
		for (int i = 0; i < READERS; i++)
			assert_status(answers[i], 200);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("bad_input");
	TCase *table = tcase_create("table"), *away = tcase_create("away");

	tcase_set_timeout(table, 60);
	tcase_add_unchecked_fixture(table, make_world, NULL);
	tcase_add_loop_test(table, is_refused, 0, CASES);
	tcase_add_test(table, one_line_a_request);
	tcase_add_test(table, hostile_request_ids);
	tcase_add_test(table, deep_documents_do_no_harm);
	suite_add_tcase(suite, table);
	tcase_set_timeout(away, 90);
	tcase_add_unchecked_fixture(away, make_world, start_postgres);
	tcase_add_test(away, the_database_goes_and_comes_back);
	tcase_add_test(away, a_restart_between_requests_goes_unnoticed);
	suite_add_tcase(suite, away);
	printf("bad input: %d cases\n", CASES);
	return run_suite(suite);
}
