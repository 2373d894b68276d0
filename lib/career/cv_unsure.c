/* Where a person should look once more at what was read in a text. */
#include "career/cv_import.h"

#include <string.h>

#include "core/ctx.h"

#define UNSURE_MAX 200u

static void
add(json_t *unsure, const char *pointer, const char *reason)
{
	if (json_array_size(unsure) < UNSURE_MAX)
		json_array_append_new(unsure, json_pack("{s:s, s:s}", "pointer", pointer, "reason", reason));
}

/* Members an entry of the section has where its text was understood. */
static void
add_missing(struct cvp_ctx *ctx, json_t *unsure, const json_t *resume, const char *section, const char *const *keys)
{
	const json_t *entries = json_object_get(resume, section);

	for (size_t i = 0; i < json_array_size(entries); i++)
		for (const char *const *key = keys; *key; key++)
			if (!json_object_get(json_array_get(entries, i), *key))
				add(unsure, cvp_arena_printf(ctx->arena, "/%s/%zu/%s", section, i, *key), "missing");
}

json_t *
cvp_cv_unsure(struct cvp_ctx *ctx, const json_t *resume)
{
	static const char *const basics[] = { "name", "email", "phone", NULL };
	static const char *const work[] = { "name", "position", "x_dates", NULL };
	static const char *const education[] = { "institution", "studyType", NULL };
	json_t *unsure = cvp_own(ctx, json_array());
	const json_t *unparsed = json_object_get(resume, "x_unparsed");

	for (const char *const *key = basics; *key; key++)
		if (!json_object_get(json_object_get(resume, "basics"), *key))
			add(unsure, cvp_arena_printf(ctx->arena, "/basics/%s", *key), "missing");
	add_missing(ctx, unsure, resume, "work", work);
	add_missing(ctx, unsure, resume, "education", education);
	for (size_t i = 0; i < json_array_size(unparsed); i++)
		add(unsure, cvp_arena_printf(ctx->arena, "/x_unparsed/%zu", i), "not_understood");
	return unsure;
}
