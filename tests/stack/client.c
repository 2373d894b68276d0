#include "client.h"

#include <curl/curl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "stack.h"

#define CALL_SECONDS 60L
#define PARALLEL_MAX 512
#define READ_MAX     ((size_t)1 << 20)

/* What was handed out: reachable until the end, so that the leak checker tells apart what the service's own code lost.
 */
struct kept {
	struct kept *next;
	void *memory;
	json_t *json;
	struct curl_slist *list;
};
static struct kept *all_kept;

static struct kept *
keep(void *memory)
{
	struct kept *kept = calloc(1, sizeof(*kept));

	ck_assert_ptr_nonnull(kept);
	kept->memory = memory;
	kept->next = all_kept;
	all_kept = kept;
	return kept;
}

const char *
setting(const char *name)
{
	const char *value = getenv(name);

	ck_assert_msg(value != NULL && *value != '\0', "%s is not set; tests/stack/run sets it", name);
	return value;
}

const char *
text(const char *format, ...)
{
	va_list args;
	char *made;
	int length;

	va_start(args, format);
	length = vasprintf(&made, format, args);
	va_end(args);
	ck_assert_int_ge(length, 0);
	keep(made);
	return made;
}

/* ---- calling */

struct incoming {
	char *bytes;
	size_t length;
};

static size_t
take_bytes(char *bytes, size_t size, size_t count, void *to)
{
	struct incoming *in = to;
	char *grown = realloc(in->bytes, in->length + size * count + 1);

	if (grown == NULL)
		return 0;
	memcpy(grown + in->length, bytes, size * count);
	in->bytes = grown;
	in->length += size * count;
	grown[in->length] = '\0';
	return size * count;
}

struct exchange {
	CURL *curl;
	struct incoming headers, body;
};

static struct curl_slist *
header_list(const char *const *headers)
{
	struct curl_slist *list = NULL;

	/* the answer to a large body is awaited no longer than to a small one */
	list = curl_slist_append(list, "Expect:");
	for (; headers != NULL && *headers != NULL; headers++)
		list = curl_slist_append(list, *headers);
	return list;
}

static void
prepare(struct exchange *x, const struct request *request)
{
	struct curl_slist *list = header_list(request->headers);

	keep(NULL)->list = list;
	x->curl = curl_easy_init();
	ck_assert_ptr_nonnull(x->curl);
	curl_easy_setopt(x->curl, CURLOPT_URL,
			 *request->path == '/' ? text("%s%s", setting("BASE_URL"), request->path) : request->path);
	curl_easy_setopt(x->curl, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(x->curl, CURLOPT_CUSTOMREQUEST, request->method);
	curl_easy_setopt(x->curl, CURLOPT_NOBODY, strcmp(request->method, "HEAD") == 0 ? 1L : 0L);
	curl_easy_setopt(x->curl, CURLOPT_HTTPHEADER, list);
	curl_easy_setopt(x->curl, CURLOPT_TIMEOUT, CALL_SECONDS);
	curl_easy_setopt(x->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(x->curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(x->curl, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(x->curl, CURLOPT_HEADERFUNCTION, take_bytes);
	curl_easy_setopt(x->curl, CURLOPT_HEADERDATA, &x->headers);
	curl_easy_setopt(x->curl, CURLOPT_WRITEFUNCTION, take_bytes);
	curl_easy_setopt(x->curl, CURLOPT_WRITEDATA, &x->body);
	if (request->body != NULL) {
		size_t length = request->length > 0 ? request->length : strlen(request->body);

		curl_easy_setopt(x->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
		curl_easy_setopt(x->curl, CURLOPT_POSTFIELDS, request->body);
	}
}

static const struct answer *
finish(struct exchange *x)
{
	struct answer *answer = calloc(1, sizeof(*answer));

	ck_assert_ptr_nonnull(answer);
	keep(answer);
	curl_easy_getinfo(x->curl, CURLINFO_RESPONSE_CODE, &answer->status);
	curl_easy_cleanup(x->curl);
	keep(x->headers.bytes);
	keep(x->body.bytes);
	answer->headers = x->headers.bytes != NULL ? x->headers.bytes : "";
	answer->body = x->body.bytes != NULL ? x->body.bytes : "";
	answer->length = x->body.length;
	answer->json = json_loadb(answer->body, answer->length, 0, NULL);
	if (answer->json != NULL)
		keep(NULL)->json = answer->json;
	return answer;
}

const struct answer *
call_request(const struct request *request)
{
	struct exchange x = { 0 };
	CURLcode code;

	prepare(&x, request);
	code = curl_easy_perform(x.curl);
	/* a server may refuse a body before it has read it all */
	ck_assert_msg(code == CURLE_OK || (code == CURLE_SEND_ERROR && x.headers.length > 0), "%s %s: %s",
		      request->method, request->path, curl_easy_strerror(code));
	return finish(&x);
}

const struct answer *
call(const char *method, const char *path, const char *const *headers, const char *body)
{
	return call_request(&(struct request){ method, path, headers, body, 0 });
}

void
call_parallel(const struct request *requests, size_t count, const struct answer **answers)
{
	struct exchange *all = calloc(count, sizeof(*all));
	CURLM *multi = curl_multi_init();
	int running;

	ck_assert_uint_le(count, PARALLEL_MAX);
	for (size_t i = 0; i < count; i++) {
		prepare(&all[i], &requests[i]);
		curl_multi_add_handle(multi, all[i].curl);
	}
	while (curl_multi_perform(multi, &running) == CURLM_OK && running > 0)
		curl_multi_poll(multi, NULL, 0, 1000, NULL);
	for (size_t i = 0; i < count; i++) {
		curl_multi_remove_handle(multi, all[i].curl);
		answers[i] = finish(&all[i]);
	}
	curl_multi_cleanup(multi);
	free(all);
}

/* ---- people */

struct person
person_of_token(const char *user_id, const char *token)
{
	return (struct person){ user_id, text("Authorization: Bearer %s", token) };
}

struct person
person_new(const char *name)
{
	const char *user_id = text("%s-%s", name, unique());

	return person_of_token(user_id, stack_token(user_id));
}

const struct answer *
call_as(const struct person *person, const char *method, const char *path, json_t *body)
{
	const char *json = body != NULL ? dumped(body) : NULL;

	return call(method, path, HEADERS(person->authorization, json != NULL ? JSON_TYPE : "X-Empty: 1"), json);
}

/* ---- reading answers */

const char *
header_of(const struct answer *answer, const char *name)
{
	size_t length = strlen(name);

	for (const char *line = answer->headers; *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n')
		if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
			const char *value = line + length + 1 + strspn(line + length + 1, " ");

			return text("%.*s", (int)strcspn(value, "\r\n"), value);
		}
	return NULL;
}

const char *
cookie_of(const struct answer *answer, const char *name)
{
	const char *begin = text("Set-Cookie: %s=", name), *found = strcasestr(answer->headers, begin);

	if (found == NULL)
		return NULL;
	found += strlen(begin);
	return text("%.*s", (int)strcspn(found, ";\r\n"), found);
}

/* One step of a pointer: ~1 and ~0 undone (RFC 6901). */
static const json_t *
step(const json_t *json, const char *token, size_t length)
{
	char name[1024];
	size_t to = 0;

	for (size_t i = 0; i < length && to < sizeof(name) - 1; i++) {
		bool is_escape = token[i] == '~' && i + 1 < length;

		name[to++] = !is_escape ? token[i] : token[++i] == '1' ? '/' : '~';
	}
	name[to] = '\0';
	if (json_is_array(json))
		return json_array_get(json, strtoul(name, NULL, 10));
	return json_object_get(json, name);
}

const json_t *
at(const json_t *json, const char *pointer)
{
	while (json != NULL && *pointer == '/') {
		size_t length = strcspn(pointer + 1, "/");

		json = step(json, pointer + 1, length);
		pointer += 1 + length;
	}
	return *pointer == '\0' ? json : NULL;
}

const char *
text_at(const struct answer *answer, const char *pointer)
{
	return json_string_value(at(answer->json, pointer));
}

long long
number_at(const struct answer *answer, const char *pointer)
{
	const json_t *value = at(answer->json, pointer);

	ck_assert_msg(json_is_integer(value), "no number at %s: %.600s", pointer, answer->body);
	return json_integer_value(value);
}

bool
names_pointer(const struct answer *answer, const char *pointer)
{
	const json_t *row;
	size_t i;

	json_array_foreach (at(answer->json, "/details"), i, row) {
		const char *named = json_string_value(json_object_get(row, "pointer"));

		if (named != NULL && strcmp(named, pointer) == 0)
			return true;
	}
	return false;
}

const char *
path_of(const char *address)
{
	const char *base = setting("BASE_URL");

	ck_assert_ptr_nonnull(address);
	ck_assert_msg(strncmp(address, base, strlen(base)) == 0, "%s does not lead to %s", address, base);
	return address + strlen(base);
}

void
check_status(const char *where, const struct answer *answer, int status)
{
	ck_assert_msg(answer->status == status, "%s: status %ld, not %d: %.600s", where, answer->status, status,
		      answer->body);
}

void
check_failure(const char *where, const struct answer *answer, int status, const char *code)
{
	const char *given = text_at(answer, "/code");

	check_status(where, answer, status);
	ck_assert_msg(given != NULL && strcmp(given, code) == 0, "%s: code not %s: %.600s", where, code, answer->body);
}

/* ---- making requests */

json_t *
kept(json_t *json)
{
	keep(NULL)->json = json;
	return json;
}

const char *
dumped(json_t *json)
{
	char *made = json_dumps(json, JSON_COMPACT);

	ck_assert_ptr_nonnull(made);
	keep(made);
	json_decref(json);
	return made;
}

const char *
encoded(const char *value)
{
	char *made = calloc(strlen(value) * 3 + 1, 1), *to = made;

	ck_assert_ptr_nonnull(made);
	keep(made);
	for (; *value != '\0'; value++) {
		bool is_plain = (*value >= '0' && *value <= '9') || (*value >= 'A' && *value <= 'Z') ||
				(*value >= 'a' && *value <= 'z');

		to += snprintf(to, 4, is_plain ? "%c" : "%%%02X", (unsigned char)*value);
	}
	return made;
}

const char *
file_part(const char *field, const char *filename, const char *content)
{
	const char *named = filename != NULL ? text("; filename=\"%s\"", filename) : "";

	return text("--cvp-test-boundary\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n", field, named,
		    content);
}

const char *
file_text(const char *path)
{
	FILE *file = fopen(path, "r");
	char *bytes = calloc(READ_MAX + 1, 1);

	ck_assert_msg(file != NULL, "cannot read %s", path);
	ck_assert_ptr_nonnull(bytes);
	keep(bytes);
	bytes[fread(bytes, 1, READ_MAX, file)] = '\0';
	fclose(file);
	return bytes;
}

static json_t *
sample(const char *name)
{
	json_t *json = json_loads(file_text(text("%s/samples/%s.json", setting("srcdir"), name)), 0, NULL);

	ck_assert_ptr_nonnull(json);
	keep(NULL)->json = json;
	return json;
}

json_t *
sample_cv(void)
{
	return sample("cv");
}

json_t *
sample_posting(void)
{
	return sample("posting");
}
