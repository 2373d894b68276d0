#include "service/document.h"

#include <string.h>

#include "career/cv.h"
#include "career/cv_view.h"
#include "career/kind.h"
#include "core/ctx.h"
#include "service/assets.h"
#include "template/template.h"

/* Headings of the CV's sections, as the page's own texts would give them. */
static json_t *
section_names(const json_t *labels)
{
	json_t *names = json_object();
	const char *key;
	json_t *label;

	json_object_foreach ((json_t *)labels, key, label) {
		if (strncmp(key, "section_", 8) == 0)
			json_object_set(names, key + 8, label);
	}
	return json_pack("{s:o}", "section", names);
}

/* The CV beside the report. */
static enum cvp_code
add_cv(struct cvp_ctx *ctx, const json_t *resume, json_t *model)
{
	const struct cvp_cv *cv;
	enum cvp_code code;

	if (json_object_size(resume) == 0)
		return CVP_OK;
	code = cvp_cv_parse(ctx, resume, &cv);
	if (code != CVP_OK)
		return code;
	json_object_set(model, "cv", cvp_cv_view(ctx, cv));
	json_object_set_new(model, "t", section_names(json_object_get(model, "labels")));
	return CVP_OK;
}

enum cvp_code
cvp_vpr_document(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *report,
		 const char *format, struct cvp_buf *out)
{
	bool is_page = strcmp(format, "html") == 0;
	json_t *model;
	enum cvp_code code = cvp_kind_vpr.view(ctx, assets, input, report, &model);

	if (code == CVP_OK && is_page) {
		json_object_set(model, "lang", json_object_get(model, "language"));
		code = add_cv(ctx, json_object_get(input, "resume"), model);
	}
	if (code != CVP_OK)
		return code;
	return cvp_template_render(ctx, assets->templates, is_page ? "artifact/document.html" : "artifact/vpr.md",
				   model, out);
}

enum cvp_code
cvp_tailored_cv_document(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
			 const json_t *artifact, const char *format, struct cvp_buf *out)
{
	json_t *model;
	enum cvp_code code = cvp_kind_tailored_cv.view(ctx, assets, input, artifact, &model);

	if (code != CVP_OK)
		return code;
	return cvp_template_render(ctx, assets->templates,
				   cvp_arena_printf(ctx->arena, "artifact/tailored_cv.%s", format), model, out);
}
