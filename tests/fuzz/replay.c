/* replay - feeds every target the inputs kept of it (tests/fuzz/corpus/TARGET/) without a fuzzer: what was once found,
 * or reaches far, stays tried by `make check`.
 *
 *   replay                  all; a line a target
 *   replay TARGET FILE...   these */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/buf.h"
#include "core/code.h"
#include "fuzz.h"

#define FILE_MAX ((size_t)1024 * 1024)

static const struct {
	const char *name;
	fuzz_target *run;
} targets[] = {
	{ "charset", fuzz_charset },           { "cv_json", fuzz_cv_json },
	{ "cv_text", fuzz_cv_text },           { "docx", fuzz_docx },
	{ "extract_wire", fuzz_extract_wire }, { "markdown", fuzz_markdown },
	{ "pdf_text", fuzz_pdf_text },         { "posting_html", fuzz_posting_html },
	{ "posting_json", fuzz_posting_json }, { "posting_text", fuzz_posting_text },
};

/* Bytes of their own, of their exact size: a sanitizer sees a step beyond them. */
static void
run_bytes(fuzz_target *run, const struct cvp_buf *bytes)
{
	uint8_t *copy = cvp_xmalloc(bytes->length);

	if (bytes->length > 0)
		memcpy(copy, bytes->data, bytes->length);
	run(copy, bytes->length);
	free(copy);
}

static bool
run_file(fuzz_target *run, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct cvp_buf bytes = CVP_BUF(FILE_MAX);
	char block[16384];
	size_t got;

	if (file == NULL) {
		fprintf(stderr, "replay: %s cannot be read\n", path);
		return false;
	}
	while ((got = fread(block, 1, sizeof(block), file)) > 0)
		cvp_buf_add(&bytes, block, got);
	fclose(file);
	run_bytes(run, &bytes);
	cvp_buf_free(&bytes);
	return true;
}

/* The number of files run; 0 is a failure: a target without a corpus is not tried. */
static int
run_folder(struct cvp_arena *arena, const char *name, fuzz_target *run)
{
	const char *top = getenv("srcdir") != NULL ? getenv("srcdir") : ".";
	const char *path = cvp_arena_printf(arena, "%s/tests/fuzz/corpus/%s", top, name);
	DIR *folder = opendir(path);
	const struct dirent *entry;
	int count = 0;

	run((const uint8_t *)"", 0);
	while (folder != NULL && (entry = readdir(folder)) != NULL)
		if (entry->d_name[0] != '.')
			count += run_file(run, cvp_arena_printf(arena, "%s/%s", path, entry->d_name));
	if (folder != NULL)
		closedir(folder);
	printf("fuzz: %s, %d inputs replayed\n", name, count);
	return count;
}

static int
run_all(void)
{
	struct cvp_arena *arena = cvp_arena_new(65536);
	int status = EXIT_SUCCESS;

	for (size_t i = 0; i < CVP_COUNT(targets); i++)
		if (run_folder(arena, targets[i].name, targets[i].run) == 0)
			status = EXIT_FAILURE;
	cvp_arena_free(arena);
	return status;
}

int
main(int argc, char **argv)
{
	if (argc < 3)
		return run_all();
	for (size_t i = 0; i < CVP_COUNT(targets); i++) {
		if (strcmp(targets[i].name, argv[1]) != 0)
			continue;
		for (int file = 2; file < argc; file++)
			if (!run_file(targets[i].run, argv[file]))
				return EXIT_FAILURE;
		return EXIT_SUCCESS;
	}
	fprintf(stderr, "replay: no target %s\n", argv[1]);
	return EXIT_FAILURE;
}
