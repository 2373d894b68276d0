/* fuzz.h - what the fuzz targets share. A target is one file with one function, FUZZ(name): libFuzzer's entry where
 * tools/fuzz builds it, fuzz_name() where replay.c feeds it the kept corpus.
 *
 * A target takes any bytes and checks what its parser promises with assert(): sanitizers see the rest. One thread. */
#ifndef CVP_FUZZ_H
#define CVP_FUZZ_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#ifdef FUZZ_REPLAY
#define FUZZ(name) fuzz_##name
#else
#define FUZZ(name) LLVMFuzzerTestOneInput
#endif

typedef int fuzz_target(const uint8_t *bytes, size_t length);

#ifdef FUZZ_REPLAY
fuzz_target fuzz_charset, fuzz_cv_json, fuzz_cv_text, fuzz_docx, fuzz_extract_wire, fuzz_markdown, fuzz_pdf_text,
    fuzz_posting_html, fuzz_posting_json, fuzz_posting_text;
#else
fuzz_target LLVMFuzzerTestOneInput;
#endif

struct cvp_assets;
struct cvp_ctx;
struct cvp_posting_import;

/* A context without anything of the input before. */
struct cvp_ctx *fuzz_begin(void);

/* Ours, from DATA_DIR or srcdir, read once. */
const struct cvp_assets *fuzz_assets(void);

/* The input with a NUL behind it, in the arena. */
char *fuzz_copy(struct cvp_ctx *ctx, const uint8_t *bytes, size_t length);

/* A failure says what is wrong, in a sentence that is UTF-8. */
void fuzz_check_failure(const struct cvp_ctx *ctx);

/* What every posting that was taken must be; reads what it asks for, too. */
void fuzz_check_posting(struct cvp_ctx *ctx, const struct cvp_posting_import *import);

#endif
