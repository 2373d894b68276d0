/* careervp render TEMPLATE DATA [--partials DIR]: a template rendered over a JSON file ('-': standard input).
 *
 * Partials and parents are named below DIR. Exit status 0; 1 when the template or the data are bad, with one line on
 * stderr that names file and line; 2 for a wrong call. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "core/ctx.h"
#include "core/file.h"
#include "template/template.h"
#include "verbs.h"

#define DATA_MAX   ((size_t)64 * 1024 * 1024)
#define OUTPUT_MAX ((size_t)256 * 1024 * 1024)

enum { EXIT_DONE, EXIT_REFUSED, EXIT_USAGE };

struct call {
	const char *template, *data, *partials;
};

static bool
read_call(int argc, char **argv, struct call *call)
{
	static const struct option options[] = { { "partials", required_argument, NULL, 'p' }, { NULL, 0, NULL, 0 } };
	int option;

	optind = 0; /* glibc: forget another verb's arguments */
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option != 'p')
			return false;
		call->partials = optarg;
	}
	if (argc - optind != 2)
		return false;
	call->template = argv[optind];
	call->data = argv[optind + 1];
	return true;
}

static enum cvp_code
add_file(struct cvp_ctx *ctx, struct cvp_templates *set, const char *path)
{
	struct cvp_buf text = CVP_BUF((size_t)CVP_TEMPLATE_BYTES_MAX + 1);
	FILE *file = fopen(path, "rb");
	char block[16384];
	enum cvp_code code;
	size_t got;

	if (file == NULL)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s:1: cannot be read: %s", path, strerror(errno));
	while (!cvp_buf_failed(&text) && (got = fread(block, 1, sizeof(block), file)) > 0)
		cvp_buf_add(&text, block, got);
	if (ferror(file))
		code = cvp_fail(ctx, CVP_INVALID_INPUT, "%s:1: cannot be read: %s", path, strerror(errno));
	else if (cvp_buf_failed(&text))
		code = cvp_fail(ctx, CVP_INVALID_INPUT, "%s:1: larger than %d bytes", path, CVP_TEMPLATE_BYTES_MAX);
	else
		code = cvp_templates_add(ctx, set, path, cvp_buf_string(&text), text.length);
	fclose(file);
	cvp_buf_free(&text);
	return code;
}

static enum cvp_code
load_templates(struct cvp_ctx *ctx, struct cvp_templates *set, const struct call *call)
{
	enum cvp_code code = CVP_OK;

	if (call->partials != NULL)
		code = cvp_templates_load(ctx, set, call->partials);
	if (code == CVP_OK && !cvp_templates_have(set, call->template))
		code = add_file(ctx, set, call->template);
	return code == CVP_OK ? cvp_templates_link(ctx, set) : code;
}

static enum cvp_code
write_out(struct cvp_ctx *ctx, const struct cvp_buf *out)
{
	if (fwrite(cvp_buf_string(out), 1, out->length, stdout) != out->length || fflush(stdout) != 0)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "the rendering cannot be written: %s", strerror(errno));
	return CVP_OK;
}

static enum cvp_code
render(struct cvp_ctx *ctx, const struct call *call)
{
	struct cvp_templates *set = cvp_templates_new();
	struct cvp_buf out = CVP_BUF(OUTPUT_MAX);
	json_t *data = NULL;
	enum cvp_code code;

	code = load_templates(ctx, set, call);
	if (code == CVP_OK)
		code = cvp_file_json(ctx, call->data, DATA_MAX, &data);
	if (code == CVP_OK)
		code = cvp_template_render(ctx, set, call->template, data, &out);
	if (code == CVP_OK)
		code = write_out(ctx, &out);
	cvp_buf_free(&out);
	cvp_templates_free(set);
	return code;
}

/* One line, whatever bytes of a file the message quotes. */
static void
complain(const char *message)
{
	fputs("careervp render: ", stderr);
	for (; *message != '\0'; message++)
		fputc((unsigned char)*message < ' ' ? ' ' : *message, stderr);
	fputc('\n', stderr);
}

int
cvp_verb_render(int argc, char **argv)
{
	struct call call = { NULL, NULL, NULL };
	struct cvp_arena *arena;
	struct cvp_ctx ctx;
	enum cvp_code code;

	if (!read_call(argc, argv, &call)) {
		fputs("usage: careervp render TEMPLATE DATA [--partials DIR]\n", stderr);
		return EXIT_USAGE;
	}
	arena = cvp_arena_new(4096);
	cvp_ctx_init(&ctx, arena);
	code = render(&ctx, &call);
	if (code != CVP_OK)
		complain(ctx.err.message);
	cvp_arena_free(arena);
	return code == CVP_OK ? EXIT_DONE : EXIT_REFUSED;
}
