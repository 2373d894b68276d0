/* A CV given as JSON: JSON Resume as it is; UserCV (SPEC 2.2), Reactive Resume and FRESH made one. */
#include "career/cv_finish.h"
#include "career/cv_import.h"
#include "career/cv_makers.h"
#include "career/cv_user.h"
#include "core/ctx.h"

/* A UserCV has none of JSON Resume's basics, and a name, contact or jobs of its own. */
static bool
is_user_cv(const json_t *object)
{
	static const char *const keys[] = { "full_name", "contact_info", "experience", "work_experience" };

	if (json_is_object(json_object_get(object, "basics")))
		return false;
	for (size_t i = 0; i < CVP_COUNT(keys); i++)
		if (json_object_get(object, keys[i]))
			return true;
	return false;
}

/* Makes found->resume of an object that is no JSON Resume. */
static enum cvp_code
convert(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *object, struct cvp_cv_import *found)
{
	enum cvp_code code;

	if (cvp_is_reactive_resume(object))
		return cvp_reactive_resume_to_resume(ctx, object, found->warnings, &found->resume);
	if (cvp_is_fresh(object))
		return cvp_fresh_to_resume(ctx, object, found->warnings, &found->resume);
	if (!is_user_cv(object))
		return CVP_OK;
	code = cvp_cv_validate(ctx, assets, "user_cv.json", object);
	if (code == CVP_OK)
		found->resume = cvp_user_cv_to_resume(ctx, object, found->warnings);
	return code;
}

enum cvp_code
cvp_cv_import_json(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *object,
		   struct cvp_cv_import *import)
{
	struct cvp_cv_import found = { .resume = (json_t *)object,
				       .warnings = cvp_own(ctx, json_array()),
				       .was_json = true };
	enum cvp_code code;

	if (!json_is_object(object))
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "", "A CV must be a JSON object");
	code = convert(ctx, assets, object, &found);
	if (code == CVP_OK)
		code = cvp_cv_finish(ctx, assets, &found);
	if (code == CVP_OK)
		*import = found;
	return code;
}
