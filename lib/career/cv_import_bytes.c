/* What a file is, told by its content and not by its name. */
#include <string.h>
#include <strings.h>

#include "career/cv_import.h"
#include "core/ctx.h"
#include "text/text.h"

/* The first bytes of formats that are no text, and of texts that are no CV's. */
static const struct {
	const char *bytes;
	size_t length;
	const char *name;
} formats[] = {
	{ "%PDF-", 5, "PDF" },
	{ "PK\x03\x04", 4, "a ZIP archive (DOCX, ODT)" },
	{ "\xD0\xCF\x11\xE0", 4, "an old Word document" },
	{ "{\\rtf", 5, "RTF" },
	{ "\x89PNG", 4, "a PNG image" },
	{ "\xFF\xD8\xFF", 3, "a JPEG image" },
	{ "GIF8", 4, "a GIF image" },
	{ "RIFF", 4, "a RIFF file" },
	{ "\x1F\x8B", 2, "a gzip file" },
	{ "\x7F"
	  "ELF",
	  4, "a program" },
};

static enum cvp_code
check_format(struct cvp_ctx *ctx, const char *bytes, size_t length)
{
	for (size_t i = 0; i < CVP_COUNT(formats); i++)
		if (length >= formats[i].length && memcmp(bytes, formats[i].bytes, formats[i].length) == 0)
			return cvp_fail(ctx, CVP_UNSUPPORTED_FILE_FORMAT,
					"The file is %s; a CV is read from JSON, plain text or Markdown",
					formats[i].name);
	if (length >= 5 && (strncasecmp(bytes, "<html", 5) == 0 || strncasecmp(bytes, "<!doc", 5) == 0 ||
			    strncasecmp(bytes, "<?xml", 5) == 0))
		return cvp_fail(ctx, CVP_UNSUPPORTED_FILE_FORMAT,
				"The file is HTML or XML; a CV is read from JSON, plain text or Markdown");
	return CVP_OK;
}

/* Bytes of a byte order mark and white space before the content. */
static size_t
skip_blank(const char *bytes, size_t length)
{
	size_t at = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

	while (at < length && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r')))
		at++;
	return at;
}

enum cvp_code
cvp_cv_import_bytes(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *bytes, size_t length,
		    struct cvp_cv_import *import)
{
	size_t skip = skip_blank(bytes, length);
	json_error_t error;
	json_t *object;
	enum cvp_code code;

	code = check_format(ctx, bytes + skip, length - skip);
	if (code != CVP_OK)
		return code;
	if (!cvp_text_is_valid(bytes, length))
		return cvp_fail(ctx, CVP_INVALID_INPUT, "The text is not UTF-8, or holds U+0000");
	if (skip == length || (bytes[skip] != '{' && bytes[skip] != '['))
		return cvp_cv_import_text(ctx, assets, bytes, length, import);
	object = cvp_own(ctx, json_loadb(bytes + skip, length - skip, 0, &error));
	if (object)
		return cvp_cv_import_json(ctx, assets, object, import);
	if (bytes[skip] == '[')
		return cvp_cv_import_text(ctx, assets, bytes, length, import);
	/* where, but not what: jansson's own words quote the CV */
	return cvp_fail(ctx, CVP_INVALID_JSON, "The file is not JSON: line %d, column %d", error.line, error.column);
}
