/* files.h - what the verbs that work on files share: no database, no server, only the data folder.
 *
 * Everything read is owned by the bench's context and lives until cvp_bench_close(). */
#ifndef CVP_BIN_FILES_H
#define CVP_BIN_FILES_H

#include <jansson.h>

#include "core/buf.h"
#include "core/code.h"
#include "core/ctx.h"
#include "core/file.h"
#include "service/export.h"

struct cvp_assets;
struct cvp_config;
struct cvp_posting_import;

#define CVP_UPLOAD_MAX ((size_t)10 * 1024 * 1024) /* bytes of a file given to a verb, as of an upload (SPEC 2.5) */

struct cvp_bench {
	const char *verb;
	struct cvp_ctx ctx;
	struct cvp_config *config;
	struct cvp_assets *assets;
};

/* The files and options of a call. NULL: not given. A path of "-" is standard input. */
struct cvp_call {
	const char *cv, *posting, *answers, *draft;
	const char *language, *as_of, *format, *kind;
	const char *length, *tone; /* of a tailored CV */
};

/* Reads settings and assets (DATA_DIR). Close it always. */
CVP_CHECKED enum cvp_code cvp_bench_open(struct cvp_bench *bench, const char *verb);
void cvp_bench_close(struct cvp_bench *bench);

/* The context's failure as one line on stderr; returns exit status 1. */
int cvp_bench_fail(struct cvp_bench *bench);

/* A verb of the command that works on files: reads its call, acts, and gives its exit status (verbs.h). */
struct cvp_file_verb {
	const char *name, *usage;
	bool (*read)(int argc, char **argv, struct cvp_call *call); /* false: wrong usage */
	enum cvp_code (*act)(struct cvp_bench *bench, struct cvp_call *call,
			     int *status); /* sets status where it says no */
};
int cvp_file_verb_run(const struct cvp_file_verb *verb, int argc, char **argv);

/* Reads the call's files into the input of a kind (career/kind.h). Where no language is given it is the posting's;
 * where no time is, now. posting may be missing: the input then has none. */
CVP_CHECKED enum cvp_code cvp_call_input(struct cvp_bench *bench, const struct cvp_call *call, json_t **input);

/* A posting's file (text in any of the character sets of document/charset.h, JSON, HTML). */
CVP_CHECKED enum cvp_code cvp_call_posting(struct cvp_bench *bench, const char *path,
					   struct cvp_posting_import *import);

/* Prints what a buffer holds. */
CVP_CHECKED enum cvp_code cvp_print_bytes(struct cvp_ctx *ctx, struct cvp_buf *out);

/* Prints an artifact or a CV in a format (service/export.h). */
CVP_CHECKED enum cvp_code cvp_print_export(struct cvp_bench *bench, const struct cvp_export_source *source,
					   const char *format);

/* Prints JSON, indented, with its line feed. */
CVP_CHECKED enum cvp_code cvp_print_json(struct cvp_ctx *ctx, const json_t *value);

#endif
