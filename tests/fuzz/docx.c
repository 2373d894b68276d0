/* A Word document: an archive as it stands, or the XML of one ("PK" tells), packed here so that Expat's handlers are
 * reached without a checksum to guess. */
#include <string.h>
#include <zip.h>

#include "core/ctx.h"
#include "document/docx.h"
#include "fuzz.h"
#include "text/text.h"

#define TEXT_MAX ((size_t)1024 * 1024)

/* A header and a body: the first line that is a NUL's parts them. */
static void
add_parts(zip_t *archive, const uint8_t *bytes, size_t length)
{
	const uint8_t *cut = memchr(bytes, '\0', length);
	size_t header = cut != NULL ? (size_t)(cut - bytes) : 0, body = cut != NULL ? header + 1 : 0;

	if (header > 0)
		zip_file_add(archive, "word/header1.xml", zip_source_buffer(archive, bytes, header, 0), 0);
	zip_file_add(archive, "word/document.xml", zip_source_buffer(archive, bytes + body, length - body, 0), 0);
	for (zip_uint64_t i = 0; i < 2; i++)
		zip_set_file_compression(archive, i, ZIP_CM_STORE, 0);
}

static const char *
pack(struct cvp_ctx *ctx, const uint8_t *bytes, size_t length, size_t *packed)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	zip_stat_t stat;
	char *copy;

	assert(archive != NULL);
	zip_source_keep(source);
	add_parts(archive, bytes, length);
	if (zip_close(archive) != 0)
		zip_discard(archive);
	zip_source_stat(source, &stat);
	copy = cvp_arena_alloc(ctx->arena, stat.size);
	zip_source_open(source);
	*packed = (size_t)zip_source_read(source, copy, stat.size);
	zip_source_close(source);
	zip_source_free(source);
	return copy;
}

int
FUZZ(docx)(const uint8_t *bytes, size_t length)
{
	struct cvp_ctx *ctx = fuzz_begin();
	struct cvp_buf text = CVP_BUF(TEXT_MAX);
	const char *archive = (const char *)bytes;

	if (length > 0 && (length < 2 || memcmp(bytes, "PK", 2) != 0))
		archive = pack(ctx, bytes, length, &length);
	if (cvp_docx_text(ctx, archive, length, &text) == CVP_OK)
		assert(cvp_text_is_valid(cvp_buf_string(&text), text.length));
	else
		fuzz_check_failure(ctx);
	cvp_buf_free(&text);
	return 0;
}
