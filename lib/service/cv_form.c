#include "service/cv_form.h"

#include <stdlib.h>
#include <string.h>

#include "career/cv_form.h"
#include "career/cv_import.h"
#include "core/ctx.h"
#include "service/cvs.h"

#define MARK "is_form" /* a field of every such form */

/* Of a document's words as much as a page shows, and the form carries; no CV is near it. */
#define ORIGINAL_MAX (512u * 1024u)

/* What a form is about. */
struct base {
	const json_t *resume;
	const char *draft, *original; /* NULL: a stored CV */
	int version, head_version;    /* 0: a CV that is new */
};

static const char *
text_of(const json_t *body, const char *name)
{
	const char *text = json_string_value(json_object_get(body, name));

	return text != NULL && *text != '\0' ? text : NULL;
}

static enum cvp_code
read_version(struct cvp_ctx *ctx, const json_t *body, int *version)
{
	const char *text = text_of(body, "version");
	char *end;
	long number = text != NULL ? strtol(text, &end, 10) : 0;

	*version = (int)number;
	if (text == NULL || (*end == '\0' && number >= 1 && number <= 1000000))
		return CVP_OK;
	return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/version", "version must be a version's number.");
}

static enum cvp_code
read_draft(struct cvp_ctx *ctx, const char *draft, const json_t **resume)
{
	json_t *object = cvp_own(ctx, json_loads(draft, JSON_REJECT_DUPLICATES, NULL));

	if (!json_is_object(object))
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/draft", "draft is no CV in JSON.");
	*resume = object;
	return CVP_OK;
}

/* The stored version a form is of; its newest one where the form says none. */
static enum cvp_code
load_stored(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, struct base *base)
{
	json_t *stored;
	enum cvp_code code = cvp_cvs_get(ctx, caller, cv_id, base->version, &stored);

	if (code != CVP_OK)
		return code;
	base->resume = json_object_get(stored, "resume");
	base->version = (int)json_integer_value(json_object_get(stored, "version"));
	base->head_version = (int)json_integer_value(json_object_get(stored, "head_version"));
	return CVP_OK;
}

static enum cvp_code
load(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, const json_t *body, struct base *base)
{
	enum cvp_code code = read_version(ctx, body, &base->version);

	base->draft = text_of(body, "draft");
	base->original = text_of(body, "original");
	if (code == CVP_OK && cv_id != NULL)
		code = load_stored(ctx, caller, cv_id, base);
	if (code == CVP_OK && base->draft != NULL)
		code = read_draft(ctx, base->draft, &base->resume);
	if (code == CVP_OK && base->resume == NULL)
		base->resume = cvp_own(ctx, json_object());
	return code;
}

static enum cvp_code
check_name(struct cvp_ctx *ctx, const json_t *form)
{
	if (text_of(form, "name") != NULL)
		return CVP_OK;
	return cvp_fail_at(ctx, CVP_INSUFFICIENT_CV_DATA, "/basics/name", "The CV has no name");
}

/* Would it be taken as a CV? */
static enum cvp_code
check(struct cvp_ctx *ctx, const json_t *form, const json_t *resume)
{
	struct cvp_cv_import import;
	enum cvp_code code = check_name(ctx, form);

	return code == CVP_OK ? cvp_cv_import_json(ctx, cvp_gate_assets(ctx), resume, &import) : code;
}

/* resume: what the form makes of the base. */
static json_t *
model_of(struct cvp_ctx *ctx, const char *cv_id, const struct base *base, const json_t *form, const json_t *resume,
	 const json_t *errors)
{
	const json_t *unsure = base->draft != NULL ? cvp_cv_unsure(ctx, resume) : NULL;
	json_t *model = cvp_own(ctx, json_pack("{s:O, s:s*, s:s*, s:s*, s:b}", "cv_form",
					       cvp_cv_form_view(ctx, form, resume, unsure, errors), "cv_id", cv_id,
					       "draft", base->draft, "original", base->original, "is_stale",
					       base->head_version > base->version));

	if (base->version > 0) {
		json_object_set_new(model, "version", json_integer(base->version));
		json_object_set_new(model, "head_version", json_integer(base->head_version));
	}
	return model;
}

/* The words of a document as a page shows them: control characters, as between columns, are no part of HTML. */
static const char *
readable(struct cvp_ctx *ctx, const char *text, size_t length)
{
	char *copy;

	if (length > ORIGINAL_MAX) {
		length = ORIGINAL_MAX;
		while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
			length--;
	}
	copy = cvp_arena_strndup(ctx->arena, text, length);
	for (char *c = copy; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' && *c != '\n' && *c != '\t')
			*c = ' ';
	return copy;
}

enum cvp_code
cvp_cvs_form_read(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, const json_t *body,
		  struct cvp_file file, json_t **model)
{
	struct base base = { 0 };
	struct cvp_cv_import import;
	const json_t *form;
	const char *text;
	char *draft;
	size_t length;
	enum cvp_code code = load(ctx, caller, cv_id, body, &base);

	if (code == CVP_OK)
		code = cvp_cvs_read(ctx, body, file, &import, &text, &length);
	if (code != CVP_OK)
		return code;
	if (import.was_json)
		return cvp_cvs_update(ctx, caller, cv_id, base.version, body, file, model);
	draft = json_dumps(import.resume, JSON_COMPACT);
	base.draft = cvp_arena_strdup(ctx->arena, draft);
	free(draft);
	base.original = text != NULL ? readable(ctx, text, length) : NULL;
	base.resume = import.resume;
	form = cvp_cv_form_of_resume(ctx, import.resume);
	*model = model_of(ctx, cv_id, &base, form, cvp_cv_form_resume(ctx, form, base.resume), NULL);
	json_object_set(*model, "warnings", import.warnings);
	json_object_set_new(*model, "has_warnings", json_boolean(json_array_size(import.warnings) > 0));
	return CVP_OK;
}

bool
cvp_cvs_form_is(const json_t *body)
{
	return text_of(body, MARK) != NULL;
}

enum cvp_code
cvp_cvs_form_show(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, const json_t *body,
		  json_t **model)
{
	struct base base = { 0 };
	json_t *form, *resume, *errors = NULL;
	enum cvp_code code = load(ctx, caller, cv_id, body, &base);

	if (code != CVP_OK)
		return code;
	form = cvp_cvs_form_is(body) ? cvp_cv_form_of_body(ctx, body) : cvp_cv_form_of_resume(ctx, base.resume);
	resume = cvp_cv_form_resume(ctx, form, base.resume);
	if (cvp_cvs_form_is(body) && check(ctx, form, resume) != CVP_OK) {
		errors = cvp_own(ctx, json_incref(ctx->err.details));
		cvp_clear(ctx);
	}
	*model = model_of(ctx, cv_id, &base, form, resume, errors);
	return CVP_OK;
}

enum cvp_code
cvp_cvs_form_change(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, const json_t *body,
		    const char *action, json_t **model)
{
	json_t *form = cvp_cv_form_of_body(ctx, body);
	struct base base = { 0 };
	enum cvp_code code = load(ctx, caller, cv_id, body, &base);

	if (code == CVP_OK && !cvp_cv_form_change(form, action))
		code = cvp_fail_at(ctx, CVP_INVALID_INPUT, "/_action",
				   "_action must be read, save, save_over, add_… or remove_… of an entry.");
	if (code == CVP_OK)
		*model = model_of(ctx, cv_id, &base, form, cvp_cv_form_resume(ctx, form, base.resume), NULL);
	return code;
}

enum cvp_code
cvp_cvs_form_save(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id, const json_t *body,
		  bool over_newer, json_t **model)
{
	const json_t *form = cvp_cv_form_of_body(ctx, body);
	struct base base = { 0 };
	enum cvp_code code = load(ctx, caller, cv_id, body, &base);

	if (code == CVP_OK)
		code = check_name(ctx, form);
	if (code != CVP_OK)
		return code;
	return cvp_cvs_save(ctx, caller, cv_id, over_newer ? 0 : base.version,
			    cvp_cv_form_resume(ctx, form, base.resume), base.original, model);
}
