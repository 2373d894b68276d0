#include "service/export.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "career/kind.h"
#include "career/paper.h"
#include "career/tailored_cv_resume.h"
#include "core/ctx.h"
#include "document/markdown.h"
#include "document/render.h"
#include "schema/canonical.h"
#include "service/document.h"
#include "service/gate.h"
#include "template/template.h"

#define EXPORT_MAX      CVP_RENDER_MAX
#define ARCHIVE_OF_WORD "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

static const struct {
	const char *format, *content_type, *extension;
} formats[] = {
	{ "json", "application/json; charset=utf-8", "json" },
	{ "md", "text/markdown; charset=utf-8", "md" },
	{ "html", "text/html; charset=utf-8", "html" },
	{ "pdf", "application/pdf", "pdf" },
	{ "docx", ARCHIVE_OF_WORD, "docx" },
	{ "resume", "application/json; charset=utf-8", "json" },
};

static const char *const names[] = {
	[CVP_EXPORT_CV] = "resume",
	[CVP_EXPORT_TAILORED_CV] = "cv",
	[CVP_EXPORT_VPR] = "report",
};

/* The CV to be set: the one exported, or what tailoring made of it; NULL for a report. */
static const json_t *
resume_of(struct cvp_ctx *ctx, const struct cvp_export_source *source)
{
	if (source->kind == CVP_EXPORT_CV)
		return json_object_get(source->input, "resume");
	return source->kind == CVP_EXPORT_TAILORED_CV ? cvp_tailored_cv_resume(ctx, source->input, source->artifact)
						      : NULL;
}

static const char *
language_of(const struct cvp_export_source *source)
{
	const char *language = json_string_value(json_object_get(source->input, "language"));

	return language != NULL ? language : "en";
}

/* The artifact's own time, so that it gives the same file each time. */
static const char *
made_at(const struct cvp_export_source *source)
{
	const char *as_of = json_string_value(json_object_get(source->input, "as_of"));

	return as_of != NULL ? as_of : "1970-01-01T00:00:00Z";
}

static enum cvp_code
write_json(struct cvp_ctx *ctx, const json_t *value, struct cvp_buf *out)
{
	char *text = json_dumps(value, JSON_INDENT(2));

	if (text == NULL)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The document cannot be written.");
	cvp_buf_text(out, text);
	free(text);
	return CVP_OK;
}

/* A report is set from its Markdown, a CV from its members. */
static enum cvp_code
paper_of(struct cvp_ctx *ctx, const struct cvp_assets *assets, const struct cvp_export_source *source,
	 const json_t *resume, json_t **paper)
{
	struct cvp_buf markdown = CVP_BUF(EXPORT_MAX);
	enum cvp_code code = CVP_OK;

	if (resume != NULL) {
		*paper = cvp_resume_paper(ctx, assets, resume, language_of(source));
		return CVP_OK;
	}
	code = cvp_vpr_document(ctx, assets, source->input, source->artifact, "md", &markdown);
	if (code == CVP_OK)
		*paper = cvp_markdown_paper(ctx, cvp_buf_string(&markdown), language_of(source));
	cvp_buf_free(&markdown);
	return code;
}

static enum cvp_code
write_paper(struct cvp_ctx *ctx, const struct cvp_assets *assets, const struct cvp_export_source *source,
	    const char *format, struct cvp_buf *out)
{
	const json_t *resume = resume_of(ctx, source);
	struct cvp_buf attached = CVP_BUF(EXPORT_MAX);
	enum cvp_code code;
	json_t *paper;

	code = paper_of(ctx, assets, source, resume, &paper);
	if (code != CVP_OK)
		return code;
	if (resume != NULL)
		cvp_canonical_json(resume, &attached);
	code = cvp_gate_begin_document(ctx, CVP_DOCUMENT_OUT);
	if (code == CVP_OK) {
		code = cvp_document_render(ctx, paper, format, resume != NULL ? cvp_buf_string(&attached) : NULL,
					   made_at(source), out);
		cvp_gate_end_document(ctx, CVP_DOCUMENT_OUT);
	}
	cvp_buf_free(&attached);
	return code;
}

/* Of a CV: its blocks through a template of their own. */
static enum cvp_code
write_cv_text(struct cvp_ctx *ctx, const struct cvp_assets *assets, const struct cvp_export_source *source,
	      const char *format, struct cvp_buf *out)
{
	json_t *paper = cvp_resume_paper(ctx, assets, resume_of(ctx, source), language_of(source));
	json_t *model = cvp_own(ctx, cvp_paper_model(ctx, paper));

	return cvp_template_render(ctx, assets->templates, cvp_arena_printf(ctx->arena, "artifact/resume.%s", format),
				   model, out);
}

static enum cvp_code
write_text(struct cvp_ctx *ctx, const struct cvp_assets *assets, const struct cvp_export_source *source,
	   const char *format, struct cvp_buf *out)
{
	switch (source->kind) {
	case CVP_EXPORT_VPR:
		return cvp_vpr_document(ctx, assets, source->input, source->artifact, format, out);
	case CVP_EXPORT_TAILORED_CV:
		if (strcmp(format, "md") == 0)
			return cvp_tailored_cv_document(ctx, assets, source->input, source->artifact, format, out);
		return write_cv_text(ctx, assets, source, format, out);
	default:
		return write_cv_text(ctx, assets, source, format, out);
	}
}

enum cvp_code
cvp_export_check(struct cvp_ctx *ctx, enum cvp_export_kind kind, const char *format)
{
	bool is_cv = kind != CVP_EXPORT_VPR;

	for (size_t i = 0; i < CVP_COUNT(formats); i++)
		if (format == NULL ||
		    (strcmp(formats[i].format, format) == 0 && (is_cv || strcmp(format, "resume") != 0)))
			return CVP_OK;
	return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/format", "format must be json, %smd, html, pdf or docx.",
			   is_cv ? "resume, " : "");
}

enum cvp_code
cvp_export_write(struct cvp_ctx *ctx, const struct cvp_assets *assets, const struct cvp_export_source *source,
		 const char *format, struct cvp_buf *out)
{
	bool is_cv = source->kind != CVP_EXPORT_VPR;

	if (is_cv && strcmp(format, "resume") == 0)
		return write_json(ctx, resume_of(ctx, source), out);
	if (strcmp(format, "json") == 0)
		return write_json(ctx, source->artifact != NULL ? source->artifact : resume_of(ctx, source), out);
	if (strcmp(format, "pdf") == 0 || strcmp(format, "docx") == 0)
		return write_paper(ctx, assets, source, format, out);
	if (strcmp(format, "md") == 0 || strcmp(format, "html") == 0)
		return write_text(ctx, assets, source, format, out);
	return cvp_export_check(ctx, source->kind, format);
}

enum cvp_code
cvp_export_make(struct cvp_ctx *ctx, const struct cvp_assets *assets, const struct cvp_export_source *source,
		const char *format, struct cvp_export *exported)
{
	struct cvp_buf out = CVP_BUF(EXPORT_MAX);
	enum cvp_code code;
	size_t i = 0;

	format = format != NULL ? format : formats[0].format;
	code = cvp_export_write(ctx, assets, source, format, &out);
	if (code == CVP_OK && cvp_buf_failed(&out))
		code = cvp_fail(ctx, CVP_INTERNAL_ERROR, "The document is too large to be made.");
	while (code == CVP_OK && strcmp(formats[i].format, format) != 0)
		i++;
	if (code == CVP_OK)
		*exported = (struct cvp_export){
			cvp_arena_strndup(ctx->arena, cvp_buf_string(&out), out.length), formats[i].content_type,
			cvp_arena_printf(ctx->arena, "%s.%s", names[source->kind], formats[i].extension), out.length
		};
	cvp_buf_free(&out);
	return code;
}
