#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "career/posting.h"
#include "core/ctx.h"
#include "service/assets.h"
#include "text/text.h"

#define DESCRIPTION_MAX 50000u /* SPEC 2.5 */
#define NAMES_MAX       200u
#define ENTRIES_MAX     50u

static struct cvp_arena *arena, *kept;
static struct cvp_ctx ctx, kept_ctx;
static struct cvp_assets *assets;

struct cvp_ctx *
fuzz_begin(void)
{
	if (arena == NULL) {
		arena = cvp_arena_new((size_t)256 * 1024);
		cvp_ctx_init(&ctx, arena);
	}
	cvp_ctx_reset(&ctx);
	return &ctx;
}

const struct cvp_assets *
fuzz_assets(void)
{
	const char *top = getenv("DATA_DIR") != NULL ? getenv("DATA_DIR") : getenv("srcdir");

	if (assets != NULL)
		return assets;
	kept = cvp_arena_new((size_t)256 * 1024);
	cvp_ctx_init(&kept_ctx, kept);
	if (cvp_assets_load(&kept_ctx, top != NULL ? top : ".", &assets) != CVP_OK) {
		fprintf(stderr, "fuzz: %s\n", kept_ctx.err.message);
		exit(2);
	}
	return assets;
}

char *
fuzz_copy(struct cvp_ctx *into, const uint8_t *bytes, size_t length)
{
	return cvp_arena_strndup(into->arena, length > 0 ? (const char *)bytes : "", length);
}

void
fuzz_check_failure(const struct cvp_ctx *failed)
{
	const char *message = failed->err.message;

	assert(message != NULL && message[0] != '\0');
	assert(cvp_text_is_valid(message, strlen(message)));
}

static void
check_text(const json_t *posting, const char *member, size_t max)
{
	const json_t *value = json_object_get(posting, member);

	if (json_is_string(value))
		assert(json_string_length(value) > 0 && cvp_text_length(json_string_value(value)) <= max);
}

static void
check_list(const json_t *posting, const char *member)
{
	const json_t *list = json_object_get(posting, member);

	assert(list == NULL || (json_is_array(list) && json_array_size(list) <= ENTRIES_MAX));
	for (size_t i = 0; i < json_array_size(list); i++)
		assert(json_is_string(json_array_get(list, i)));
}

void
fuzz_check_posting(struct cvp_ctx *into, const struct cvp_posting_import *import)
{
	struct cvp_requirements asked;

	assert(json_is_object(import->posting) && json_is_array(import->warnings));
	check_text(import->posting, "company_name", NAMES_MAX);
	check_text(import->posting, "role_title", NAMES_MAX);
	check_text(import->posting, "description", DESCRIPTION_MAX);
	check_list(import->posting, "responsibilities");
	check_list(import->posting, "requirements");
	check_list(import->posting, "nice_to_have");
	assert(json_is_string(json_object_get(import->posting, "language")));
	if (cvp_posting_requirements(into, fuzz_assets(), import->posting, &asked) == CVP_OK)
		assert(asked.count <= ENTRIES_MAX);
	else
		fuzz_check_failure(into);
}
