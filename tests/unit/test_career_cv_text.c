/* Plain-text and Markdown CVs (career/cv_import.h): a case a folder of tests/data/career/cv/text. */
#include "test_career_cv.h"

#include "core/buf.h"
#include "text/text.h"

static const struct {
	const char *name, *file;
} cases[] = {
	{ "title-then-employer", "cv.txt" },
	{ "employer-then-title", "cv.txt" },
	{ "markdown-bars", "cv.md" },
	{ "title-at-company", "cv.txt" },
	{ "dates-first", "cv.txt" },
	{ "ru-hh", "cv.txt" },
	{ "ru-inline", "cv.txt" },
	{ "he-blocks", "cv.txt" },
	{ "he-lines", "cv.txt" },
	{ "several-posts", "cv.txt" },
	{ "double-spaced", "cv.txt" },
	{ "teacher-dashes", "cv.txt" },
	{ "sales-plain", "cv.txt" },
	{ "labelled-fields", "cv.txt" },
	{ "chef-employer-dash", "cv.txt" },
	{ "ru-middle-dots", "cv.txt" },
	{ "ru-markdown", "cv.md" },
	{ "he-bars", "cv.txt" },
	{ "two-columns", "cv.txt" },
	{ "dates-in-left-column", "cv.txt" },
	{ "paragraphs-only", "cv.txt" },
	{ "centred", "cv.txt" },
	{ "side-column-first", "cv.txt" },
	{ "crlf-tabs-capitals", "cv.txt" },
	{ "academic", "cv.txt" },
	{ "ru-labelled", "cv.txt" },
	{ "emoji-markdown", "cv.md" },
	{ "paragraph-then-bullets", "cv.txt" },
	{ "numbered-outline", "cv.txt" },
	{ "no-headings", "cv.txt" },
	{ "student-projects", "cv.md" },
	{ "anonymous-placeholders", "cv.txt" },
	{ "columns-of-a-page", "cv.txt" },
};

/* What differs from the expectation, a line each. */
struct differences {
	struct cvp_buf text;
};

static const char *
member(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static void
expect(struct differences *d, const char *what, const json_t *wanted, const char *found)
{
	if (json_is_string(wanted) && strcmp(json_string_value(wanted), found) != 0)
		cvp_buf_printf(&d->text, "\n  %s: \"%s\", not \"%s\"", what, found, json_string_value(wanted));
}

/* A row of wanted texts against the members of an entry; null is not judged. */
static void
expect_row(struct differences *d, const char *what, const json_t *row, const json_t *entry, const char *const *keys)
{
	for (size_t i = 0; i < json_array_size(row); i++)
		expect(d, cvp_arena_printf(arena, "%s.%s", what, keys[i]), json_array_get(row, i),
		       member(entry, keys[i]));
}

static void
expect_entries(struct differences *d, const char *section, const json_t *rows, const json_t *entries,
	       const char *const *keys)
{
	if (json_array_size(rows) != json_array_size(entries))
		cvp_buf_printf(&d->text, "\n  %s: %zu, not %zu", section, json_array_size(entries),
			       json_array_size(rows));
	for (size_t i = 0; i < json_array_size(rows); i++)
		expect_row(d, cvp_arena_printf(arena, "%s %zu", section, i), json_array_get(rows, i),
			   json_array_get(entries, i), keys);
}

static bool
holds(const json_t *list, const char *text)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (json_is_string(item) && strcmp(json_string_value(item), text) == 0)
			return true;
		if (strcmp(member(item, "name"), text) == 0 || strcmp(member(item, "language"), text) == 0 ||
		    holds(json_object_get(item, "keywords"), text) || holds(json_object_get(item, "highlights"), text))
			return true;
	}
	return false;
}

static void
expect_all(struct differences *d, const char *what, const json_t *wanted, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(wanted); i++)
		if (!holds(list, json_string_value(json_array_get(wanted, i))))
			cvp_buf_printf(&d->text, "\n  %s: no \"%s\"", what,
				       json_string_value(json_array_get(wanted, i)));
}

static void
compare(struct differences *d, const json_t *wanted, const struct cvp_cv_import *import)
{
	static const char *const job_keys[] = { "position", "name", "startDate", "endDate" };
	static const char *const school_keys[] = { "studyType", "area", "institution", "endDate" };
	const json_t *resume = import->resume, *basics = json_object_get(resume, "basics");

	expect(d, "name", json_object_get(wanted, "name"), member(basics, "name"));
	expect(d, "label", json_object_get(wanted, "label"), member(basics, "label"));
	expect(d, "email", json_object_get(wanted, "email"), member(basics, "email"));
	expect(d, "phone", json_object_get(wanted, "phone"), member(basics, "phone"));
	expect(d, "city", json_object_get(wanted, "city"), member(json_object_get(basics, "location"), "city"));
	expect(d, "language", json_object_get(wanted, "language"), import->language);
	expect_entries(d, "work", json_object_get(wanted, "work"), json_object_get(resume, "work"), job_keys);
	expect_entries(d, "education", json_object_get(wanted, "education"), json_object_get(resume, "education"),
		       school_keys);
	expect_all(d, "skills", json_object_get(wanted, "skills"), json_object_get(resume, "skills"));
	expect_all(d, "languages", json_object_get(wanted, "languages"), json_object_get(resume, "languages"));
	expect_all(d, "bullets", json_object_get(wanted, "bullets"), json_object_get(resume, "work"));
	if (json_array_size(json_object_get(resume, "languages")) !=
	    json_array_size(json_object_get(wanted, "languages")))
		cvp_buf_printf(&d->text, "\n  languages: %zu", json_array_size(json_object_get(resume, "languages")));
	if (json_integer_value(json_object_get(wanted, "certificates")) !=
	    (json_int_t)json_array_size(json_object_get(resume, "certificates")))
		cvp_buf_printf(&d->text, "\n  certificates: %zu",
			       json_array_size(json_object_get(resume, "certificates")));
}

START_TEST(a_person_reads_the_same)
{
	struct differences d = { CVP_BUF(1 << 16) };
	const char *dir = cvp_arena_printf(arena, "tests/data/career/cv/text/%s", cases[_i].name);
	struct cvp_cv_import import;
	enum cvp_code code;
	size_t length;
	const char *text = load_text(cvp_arena_printf(arena, "%s/%s", dir, cases[_i].file), &length);

	code = cvp_cv_read_text(&ctx, &assets, text, length, &import);
	ck_assert_msg(code == CVP_OK, "%s: %s", cases[_i].name, ctx.err.message);
	compare(&d, load_json(cvp_arena_printf(arena, "%s/expect.json", dir)), &import);
	ck_assert_msg(d.text.length == 0, "%s%s", cases[_i].name, cvp_buf_string(&d.text));
	cvp_buf_free(&d.text);
}
END_TEST

/* Every word of the result stands in the input; but a network's name and the language are ours. */
static void
check_words(const json_t *value, const char *input, const char *name)
{
	json_t *own = (json_t *)value, *child;
	const char *key;

	json_object_foreach (own, key, child)
		if (strcmp(key, "network") != 0 && strcmp(key, "meta") != 0 && strcmp(key, "startDate") != 0 &&
		    strcmp(key, "endDate") != 0 && strcmp(key, "date") != 0 && strcmp(key, "releaseDate") != 0)
			check_words(child, input, name);
	for (size_t i = 0; i < json_array_size(value); i++)
		check_words(json_array_get(value, i), input, name);
	if (json_is_string(value)) {
		const char *word = json_string_value(value);

		while (*word) {
			size_t length = strcspn(word, " \n\t");
			const char *copy = cvp_arena_strndup(arena, word, length);

			ck_assert_msg(strstr(input, copy) != NULL, "%s: \"%s\" was invented", name, copy);
			word += length + strspn(word + length, " \n\t");
		}
	}
}

START_TEST(nothing_is_invented)
{
	const char *path = cvp_arena_printf(arena, "tests/data/career/cv/text/%s/%s", cases[_i].name, cases[_i].file);
	struct cvp_cv_import import;
	size_t length;
	const char *text = load_text(path, &length);
	char *plain = cvp_arena_strdup(arena, text), *out = plain;

	/* emphasis is no word */
	for (const char *c = plain; *c; c++)
		if (*c != '*' && *c != '`')
			*out++ = *c;
	*out = '\0';
	ck_assert_int_eq(cvp_cv_read_text(&ctx, &assets, text, length, &import), CVP_OK);
	check_words(import.resume, plain, cases[_i].name);
}
END_TEST

/* What is missing or was not understood is told by its place. */
START_TEST(a_person_is_told_where_to_look)
{
	static const char *const places[] = { "/basics/name", "/basics/email", "/work/0/name", "/work/3/x_dates",
					      "/education/1/institution" };
	static const bool wanted[] = { true, true, true, true, false };
	struct cvp_cv_import import;
	size_t length;
	const char *text = load_text("tests/data/career/cv/text/anonymous-placeholders/cv.txt", &length);
	char *unsure;

	ck_assert_int_eq(cvp_cv_read_text(&ctx, &assets, text, length, &import), CVP_OK);
	unsure = json_dumps(cvp_cv_unsure(&ctx, import.resume), 0);
	for (size_t i = 0; i < CVP_COUNT(places); i++)
		ck_assert_msg((strstr(unsure, cvp_arena_printf(arena, "\"%s\"", places[i])) != NULL) == wanted[i],
			      "%s in %s", places[i], unsure);
	free(unsure);
	ck_assert_int_eq(cvp_cv_import_text(&ctx, &assets, text, length, &import), CVP_INSUFFICIENT_CV_DATA);
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_loop_test(tc, a_person_reads_the_same, 0, (int)CVP_COUNT(cases));
	tcase_add_loop_test(tc, nothing_is_invented, 0, (int)CVP_COUNT(cases));
	tcase_add_test(tc, a_person_is_told_where_to_look);
}

int
main(void)
{
	return run_suite("career/cv_text", add_tests);
}
