/* client.h - HTTP for the tests of the stack: one call, one answer, read with JSON Pointers.
 *
 * Everything a function here gives back lives until the program ends: a test is short and reads better without frees.
 * Whatever keeps a call from being made at all (no connection, no environment) fails the test. */
#ifndef CVP_STACK_CLIENT_H
#define CVP_STACK_CLIENT_H

#include <check.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define JSON_TYPE "Content-Type: application/json"
#define FORM_TYPE "Content-Type: application/x-www-form-urlencoded"
#define FILE_TYPE "Content-Type: multipart/form-data; boundary=cvp-test-boundary"
#define HTML      "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"

/* A NULL-terminated list of header lines. */
#define HEADERS(...)                                                                                                   \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		__VA_ARGS__, NULL                                                                                      \
	}
#define NO_HEADERS ((const char *const[]){ NULL })

struct answer {
	long status;
	const char *headers; /* the lines as they came */
	const char *body;    /* with a NUL behind it */
	size_t length;
	json_t *json; /* NULL where the body is not JSON */
};

struct request {
	const char *method, *path; /* path: with its query, below BASE_URL, sent as it stands; or a whole address */
	const char *const *headers;
	const char *body; /* NULL: none */
	size_t length;    /* of body; 0: up to its NUL */
};

const struct answer *call(const char *method, const char *path, const char *const *headers, const char *body);
const struct answer *call_request(const struct request *request);

/* All at once, each on a connection of its own. answers[i] answers requests[i]. */
void call_parallel(const struct request *requests, size_t count, const struct answer **answers);

/* Somebody with an account and a token. */
struct person {
	const char *user_id;
	const char *authorization; /* the header line */
};

/* A new one; name is the beginning of the user_id, so that no two runs meet. */
struct person person_new(const char *name);
struct person person_of_token(const char *user_id, const char *token);

/* A call of that person with a JSON body (taken over; NULL: none). */
const struct answer *call_as(const struct person *person, const char *method, const char *path, json_t *body);

/* The value of an answer's header; NULL where there is none. With several of the name: the first. */
const char *header_of(const struct answer *answer, const char *name);

/* The value of a cookie the answer sets; NULL where it sets none. */
const char *cookie_of(const struct answer *answer, const char *name);

/* What stands at a JSON Pointer; NULL where nothing does. "" is the whole. */
const json_t *at(const json_t *json, const char *pointer);
const char *text_at(const struct answer *answer, const char *pointer); /* NULL: no text there */
long long number_at(const struct answer *answer, const char *pointer); /* fails the test where there is none */

/* Does a failure's details name that place? */
bool names_pointer(const struct answer *answer, const char *pointer);

/* The path of an absolute address of ours: without BASE_URL. Fails the test where it leads elsewhere. */
const char *path_of(const char *address);

/* printf() into a text of its own. */
const char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Keeps a JSON value (taken over) until the program ends. */
json_t *kept(json_t *json);

/* A JSON value (taken over) as text. */
const char *dumped(json_t *json);

/* Percent-encodes everything but letters and digits. */
const char *encoded(const char *value);

/* A multipart body of FILE_TYPE: part by part, then its end. filename NULL: a field. */
const char *file_part(const char *field, const char *filename, const char *content);
#define FILE_END "--cvp-test-boundary--\r\n"

const char *setting(const char *name); /* of the environment; the test fails without it */
const char *file_text(const char *path);
json_t *sample_cv(void); /* samples/ of the project; borrowed */
json_t *sample_posting(void);

/* Fails, saying where and what was answered, unless the status is the one; for a failure also its code. */
#define assert_status(answer, status)        check_status(CALLER, answer, status)
#define assert_failure(answer, status, code) check_failure(CALLER, answer, status, code)

void check_status(const char *where, const struct answer *answer, int status);
void check_failure(const char *where, const struct answer *answer, int status, const char *code);

#define CALLER              __FILE__ ":" CALLER_LINE(__LINE__)
#define CALLER_LINE(line)   CALLER_DIGITS(line)
#define CALLER_DIGITS(line) #line

#endif
