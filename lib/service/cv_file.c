#include "service/cv_file.h"

#include <string.h>

#include "core/ctx.h"
#include "document/charset.h"
#include "document/extract.h"
#include "service/gate.h"

static enum cvp_code
extract(struct cvp_ctx *ctx, struct cvp_file file, struct cvp_extract *found)
{
	enum cvp_code code = cvp_gate_begin_document(ctx, CVP_DOCUMENT_IN);

	if (code != CVP_OK)
		return code;
	code = cvp_document_extract(ctx, file.bytes, file.length, found);
	cvp_gate_end_document(ctx, CVP_DOCUMENT_IN);
	return code;
}

/* The CV as it was exported, if it can be read; its text else. */
static enum cvp_code
import_found(struct cvp_ctx *ctx, const struct cvp_assets *assets, const struct cvp_extract *found,
	     struct cvp_cv_import *import)
{
	json_t *resume = NULL;

	if (found->resume != NULL)
		resume = cvp_own(ctx, json_loadb(found->resume, found->resume_length, JSON_REJECT_DUPLICATES, NULL));
	if (json_is_object(resume)) {
		if (cvp_cv_import_json(ctx, assets, resume, import) == CVP_OK)
			return CVP_OK;
		cvp_clear(ctx);
	}
	return cvp_cv_import_text(ctx, assets, found->text, found->length, import);
}

/* text: what the file says in words, NULL where it is not known. */
static enum cvp_code
import_file(struct cvp_ctx *ctx, const struct cvp_assets *assets, struct cvp_file file, struct cvp_cv_import *import,
	    const char **text, size_t *length)
{
	struct cvp_extract found;
	enum cvp_code code;

	*text = NULL;
	if (file.length == 0)
		return cvp_fail(ctx, CVP_EMPTY_DOCUMENT, "The file is empty.");
	if (cvp_document_sniff(file.bytes, file.length) == CVP_DOCUMENT_TEXT) {
		cvp_document_utf8(ctx, file.bytes, file.length, text, length);
		return cvp_cv_import_bytes(ctx, assets, *text, *length, import);
	}
	code = extract(ctx, file, &found);
	if (code != CVP_OK)
		return code;
	*text = found.text;
	*length = found.length;
	code = import_found(ctx, assets, &found, import);
	import->was_json = false; /* the document is the original */
	return code;
}

enum cvp_code
cvp_cv_file_import(struct cvp_ctx *ctx, const struct cvp_assets *assets, struct cvp_file file,
		   struct cvp_cv_import *import)
{
	const char *text;
	size_t length;

	return import_file(ctx, assets, file, import, &text, &length);
}

enum cvp_code
cvp_cv_file_read(struct cvp_ctx *ctx, const struct cvp_assets *assets, struct cvp_file file,
		 struct cvp_cv_import *import, const char **text, size_t *length)
{
	enum cvp_code code = import_file(ctx, assets, file, import, text, length);

	if (code != CVP_INSUFFICIENT_CV_DATA || *text == NULL || (*length > 0 && (*text)[0] == '{'))
		return code;
	cvp_clear(ctx);
	return cvp_cv_read_text(ctx, assets, *text, *length, import);
}

const char *
cvp_cv_file_type(struct cvp_file file)
{
	switch (cvp_document_sniff(file.bytes, file.length)) {
	case CVP_DOCUMENT_PDF:
		return "application/pdf";
	case CVP_DOCUMENT_ZIP:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
	case CVP_DOCUMENT_OLE:
		return "application/msword";
	default:
		return "text/plain";
	}
}
