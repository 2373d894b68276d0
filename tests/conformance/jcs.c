/* jcs.c - the test vectors of RFC 8785, byte for byte. */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/canonical.h"

#define PATH_MAX_LENGTH 4096
#define VECTOR_MAX      ((size_t)1024 * 1024)

static int
is_json(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

static bool
read_all(const char *path, struct cvp_buf *text)
{
	FILE *file = fopen(path, "rb");
	char piece[4096];
	size_t length;

	if (file == NULL)
		return false;
	while ((length = fread(piece, 1, sizeof(piece), file)) > 0)
		cvp_buf_add(text, piece, length);
	fclose(file);
	return !cvp_buf_failed(text);
}

static bool
equals_file(const struct cvp_buf *actual, const char *path)
{
	struct cvp_buf wanted = CVP_BUF(VECTOR_MAX);
	bool is_equal = read_all(path, &wanted) && wanted.length == actual->length &&
			memcmp(cvp_buf_string(&wanted), cvp_buf_string(actual), wanted.length) == 0;

	cvp_buf_free(&wanted);
	return is_equal;
}

static bool
run_vector(const char *folder, const char *name)
{
	struct cvp_buf canonical = CVP_BUF(VECTOR_MAX);
	char path[PATH_MAX_LENGTH];
	json_error_t fault;
	bool passes = false;
	json_t *value;

	snprintf(path, sizeof(path), "%s/input/%s", folder, name);
	value = json_load_file(path, JSON_DECODE_ANY | JSON_ALLOW_NUL, &fault);
	if (value == NULL) {
		printf("FAIL %s: %s\n", path, fault.text);
		return false;
	}
	cvp_canonical_json(value, &canonical);
	snprintf(path, sizeof(path), "%s/output/%s", folder, name);
	passes = equals_file(&canonical, path);
	if (!passes)
		printf("FAIL %s: got %s\n", path, cvp_buf_string(&canonical));
	cvp_buf_free(&canonical);
	json_decref(value);
	return passes;
}

int
main(void)
{
	const char *shared = getenv("CVP_SHARED"), *srcdir = getenv("srcdir"), *ci = getenv("CI");
	char folder[PATH_MAX_LENGTH / 4], inputs[PATH_MAX_LENGTH / 2];
	struct dirent **entries;
	int count, passed = 0;

	if (shared != NULL)
		snprintf(folder, sizeof(folder), "%s/data/jcs/testdata", shared);
	else
		snprintf(folder, sizeof(folder), "%s/../shared/data/jcs/testdata", srcdir != NULL ? srcdir : ".");
	snprintf(inputs, sizeof(inputs), "%s/input", folder);
	count = scandir(inputs, &entries, is_json, alphasort);
	if (count < 0) {
		printf("jcs: the vectors of RFC 8785 are not here (%s)\n", inputs);
		return ci != NULL && strcmp(ci, "true") == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
	}
	for (int i = 0; i < count; i++) {
		passed += run_vector(folder, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	printf("jcs: %d of %d vectors\n", passed, count);
	return passed == count && count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
