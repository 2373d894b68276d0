/* postings - every posting of the shared data read as SPEC 2.3 says, or refused by its code. Prints a line a file.
 *
 * What must hold of all that is read: a language, and a description without tags. Of texts: the description has the
 * letters of the file, all and in order, and its lines. Of JSON: title and company are those the object names. Of pages
 * that carry a JobPosting: its title or company is found. Refused is only what lacks a name the object should have, and
 * what is named NEG-. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "career/posting.h"
#include "career/posting_html.h"
#include "core/ctx.h"
#include "service/assets.h"
#include "shared_data.h"
#include "text/text.h"

#define FILES_MAX 256

static struct cvp_arena *arena;
static struct cvp_ctx ctx;
static const struct cvp_assets *assets;

struct tally {
	int files, read, refused, titles, companies, faults;
};

/* Letters and digits only, folded. */
static const char *
essence(const char *text)
{
	const char *folded = cvp_text_fold(&ctx, text != NULL ? text : "");
	char *kept = cvp_arena_alloc(arena, strlen(folded) + 1);
	size_t out = 0;

	for (; *folded; folded++)
		if ((unsigned char)*folded >= 0x80 || (*folded >= 'a' && *folded <= 'z') ||
		    (*folded >= '0' && *folded <= '9'))
			kept[out++] = *folded;
	return kept;
}

static bool
ends_in(const char *name, const char *ending)
{
	size_t length = strlen(name), size = strlen(ending);

	return length >= size && strcmp(name + length - size, ending) == 0;
}

static const char *
text_at(const json_t *posting, const char *member)
{
	return json_string_value(json_object_get(posting, member));
}

static size_t
count_lines(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += *text != '\n' && (text[1] == '\n' || text[1] == '\0');
	return count;
}

/* The fault of a plain text's posting; NULL without. */
static const char *
fault_of_text(const char *source, const json_t *posting)
{
	const char *body = text_at(posting, "description");

	if (body == NULL || strcmp(essence(body), essence(source)) != 0)
		return "its text is another one";
	return count_lines(body) + 2 < count_lines(source) * 9 / 10 ? "its lines are gone" : NULL;
}

static bool
is_same(const json_t *given, const char *found)
{
	const char *text = json_string_value(given);

	return text == NULL || essence(text)[0] == '\0' || strcmp(essence(text), essence(found)) == 0;
}

/* The fault of what was read of an object that names its title and company as schema.org and hh.ru do. */
static const char *
fault_of_object(const char *source, const json_t *posting)
{
	json_t *object = cvp_own(&ctx, json_loads(source, 0, NULL));
	const json_t *title = json_object_get(object, "title"), *owner = json_object_get(object, "hiringOrganization");

	if (json_object_get(object, "key_skills")) {
		title = json_object_get(object, "name");
		owner = json_object_get(object, "employer");
	}
	if (!is_same(title, text_at(posting, "role_title")))
		return "its title is another one";
	return is_same(json_object_get(owner, "name"), text_at(posting, "company_name")) ? NULL
											 : "its company is another one";
}

static const char *
fault_of_read(const char *name, const char *source, const json_t *posting)
{
	const char *body = text_at(posting, "description");

	if (text_at(posting, "language") == NULL)
		return "it has no language";
	if (body != NULL && cvp_html_is_html(body) && !cvp_html_is_html(essence(source)))
		return "tags are left in its text";
	if (strstr(source, "JobPosting") != NULL)
		return text_at(posting, "role_title") || text_at(posting, "company_name")
			   ? fault_of_object(source, posting)
			   : "its block was not read";
	if (ends_in(name, ".json"))
		return fault_of_object(source, posting);
	return ends_in(name, ".html") ? NULL : fault_of_text(source, posting);
}

/* Only what is broken may be refused, and JSON that lacks a name. */
static const char *
fault_of_refused(const char *name, const char *source, enum cvp_code code)
{
	bool is_own = strstr(source, "JobPosting") == NULL && ends_in(name, ".json");

	if (strncmp(name + strcspn(name, "-"), "-NEG-", 5) == 0)
		return code == CVP_INVALID_JSON ? NULL : "it is refused by another code";
	return is_own && code == CVP_VALIDATION_MISSING_REQUIRED_FIELD ? NULL : "it is refused";
}

static void
run_file(struct tally *tally, const char *folder, const char *path, const char *name)
{
	size_t length;
	const char *source = read_file(arena, path, &length), *fault = "cannot be read";
	struct cvp_posting_import import = { 0 };
	enum cvp_code code;

	if (source == NULL)
		exit(2);
	code = cvp_posting_import_text(&ctx, assets, source, length, &import);
	fault = code == CVP_OK ? fault_of_read(name, source, import.posting) : fault_of_refused(name, source, code);
	tally->files++;
	tally->read += code == CVP_OK;
	tally->refused += code != CVP_OK;
	tally->titles += text_at(import.posting, "role_title") != NULL;
	tally->companies += text_at(import.posting, "company_name") != NULL;
	tally->faults += fault != NULL;
	printf("%-10s %-32.32s %-16s %s | %s%s%s\n", folder, name, code == CVP_OK ? "read" : cvp_code_name(code),
	       text_at(import.posting, "role_title") ? text_at(import.posting, "role_title") : "-",
	       text_at(import.posting, "company_name") ? text_at(import.posting, "company_name") : "-",
	       fault != NULL ? "  FAULT: " : "", fault != NULL ? fault : "");
	cvp_ctx_reset(&ctx);
}

static int
run_all(struct cvp_arena *kept, const char *data)
{
	static const char *const folders[] = { "text", "he", "hh-ru", "widjobs", "jsonld", "jsonld-raw", "html" };
	struct tally tally = { 0 };

	for (size_t f = 0; f < CVP_COUNT(folders); f++) {
		const char *folder = cvp_arena_printf(kept, "%s/postings/%s", data, folders[f]), *names[FILES_MAX];
		size_t count = list_files(kept, folder, "", names, FILES_MAX);

		for (size_t i = 0; i < count; i++)
			if (names[i][0] != '.')
				run_file(&tally, folders[f], cvp_arena_printf(kept, "%s/%s", folder, names[i]),
					 names[i]);
	}
	printf("postings: %d files, %d read (title in %d, company in %d), %d refused, %d faults\n", tally.files,
	       tally.read, tally.titles, tally.companies, tally.refused, tally.faults);
	return tally.faults == 0 && tally.files > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(void)
{
	struct cvp_arena *kept = cvp_arena_new((size_t)1 << 20);
	const char *data = data_folder(kept);
	struct cvp_assets *loaded = NULL;
	int status = EXIT_FAILURE;

	arena = cvp_arena_new((size_t)1 << 20);
	cvp_ctx_init(&ctx, arena);
	if (!has_folder(data))
		status = without_data("postings", data);
	else if (cvp_assets_load(&ctx, top_folder(), &loaded) != CVP_OK)
		printf("postings: %s\n", ctx.err.message);
	else
		assets = loaded, status = run_all(kept, data);
	cvp_assets_free(loaded);
	cvp_arena_free(arena);
	cvp_arena_free(kept);
	return status;
}
