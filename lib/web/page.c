#include <string.h>

#include "core/id.h"
#include "web/http.h"

static const json_t *
phrases_of(const struct cvp_exchange *x)
{
	for (int i = 0; i < CVP_LANGUAGES; i++)
		if (strcmp(x->language, cvp_site_languages[i]) == 0)
			return x->site->phrases[i];
	return x->site->phrases[0];
}

/* The token forms carry: the session's, else one in a cookie of its own. */
static void
choose_csrf(struct cvp_exchange *x)
{
	x->csrf = x->req.caller.csrf != NULL ? x->req.caller.csrf : x->csrf_cookie;
	if (x->csrf != NULL && strlen(x->csrf) >= 32)
		return;
	x->csrf = cvp_arena_strdup(x->ctx->arena, cvp_uuid_new().text);
	x->is_new_csrf = true;
}

/* What every page has: phrases, language and direction, the caller, the token of its forms. */
static json_t *
shell(struct cvp_exchange *x)
{
	const struct cvp_caller *caller = &x->req.caller;
	bool is_rtl = strcmp(x->language, "he") == 0;
	json_t *model = json_pack("{s:O, s:s, s:s, s:s, s:b, s:b, s:b, s:s}", "t", phrases_of(x), "lang", x->language,
				  "dir", is_rtl ? "rtl" : "ltr", "csrf", x->csrf, "is_signed_in",
				  caller->user_id != NULL, "is_admin", caller->is_admin, "can_sign_out",
				  caller->proof == CVP_BY_COOKIE, "request_id", x->request_id);

	json_object_set_new(model, cvp_arena_printf(x->ctx->arena, "is_%s", x->language), json_true());
	return cvp_own(x->ctx, model);
}

/* A failure's code in words of the page's language; Mustache cannot look a phrase up by its value. */
static void
translate_code(json_t *model)
{
	const json_t *codes = json_object_get(json_object_get(model, "t"), "codes");
	const char *code = json_string_value(json_object_get(model, "code"));
	json_t *phrase = code != NULL ? json_object_get(codes, code) : NULL;

	if (phrase != NULL)
		json_object_set(model, "reason", phrase);
}

enum cvp_code
cvp_page_render(struct cvp_exchange *x, const char *template, const json_t *model, struct cvp_buf *out)
{
	const char *name = cvp_arena_printf(x->ctx->arena, "page/%s.html", template);
	json_t *whole;

	choose_csrf(x);
	whole = shell(x);
	if (model != NULL)
		json_object_update(whole, (json_t *)model);
	translate_code(whole);
	return cvp_template_render(x->ctx, x->site->templates, name, whole, out);
}
