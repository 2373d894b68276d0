#include "shared_data.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/buf.h"

#define FILE_MAX ((size_t)16 * 1024 * 1024)

const char *
top_folder(void)
{
	const char *top = getenv("srcdir");

	return top != NULL ? top : ".";
}

const char *
data_folder(struct cvp_arena *arena)
{
	const char *shared = getenv("CVP_SHARED");

	if (shared != NULL)
		return cvp_arena_printf(arena, "%s/data", shared);
	return cvp_arena_printf(arena, "%s/../shared/data", top_folder());
}

bool
has_folder(const char *path)
{
	DIR *folder = opendir(path);

	if (folder != NULL)
		closedir(folder);
	return folder != NULL;
}

int
without_data(const char *runner, const char *path)
{
	const char *ci = getenv("CI");

	printf("%s: %s is not there, nothing was measured\n", runner, path);
	return ci != NULL && strcmp(ci, "true") == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

const char *
read_file(struct cvp_arena *arena, const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	struct cvp_buf bytes = CVP_BUF(FILE_MAX);
	const char *text = NULL;
	char block[16384];
	size_t got;

	if (file == NULL)
		return NULL;
	while ((got = fread(block, 1, sizeof(block), file)) > 0)
		cvp_buf_add(&bytes, block, got);
	if (!ferror(file) && !cvp_buf_failed(&bytes)) {
		text = cvp_arena_strndup(arena, cvp_buf_string(&bytes), bytes.length);
		if (length != NULL)
			*length = bytes.length;
	}
	fclose(file);
	cvp_buf_free(&bytes);
	return text;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t
list_files(struct cvp_arena *arena, const char *path, const char *ending, const char **names, size_t most)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	size_t count = 0, size = strlen(ending);

	while (folder != NULL && count < most && (entry = readdir(folder)) != NULL) {
		size_t length = strlen(entry->d_name);

		if (length > size && strcmp(entry->d_name + length - size, ending) == 0)
			names[count++] = cvp_arena_strdup(arena, entry->d_name);
	}
	if (folder != NULL)
		closedir(folder);
	qsort(names, count, sizeof(*names), compare_names);
	return count;
}
