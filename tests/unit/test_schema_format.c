/* Formats and patterns: what each takes and what it does not. */
#include "test_schema.h"

#include "schema/format.h"
#include "schema/pattern.h"

/* The first that is not judged as wanted, or NULL; NULL ends the list. */
static const char *
first_misjudged(const char *format, bool wanted, const char *const *texts)
{
	for (; *texts != NULL; texts++)
		if (cvp_format_named(format)->accepts(*texts, strlen(*texts)) != wanted)
			return *texts;
	return NULL;
}

#define TAKES(format, ...) ck_assert_pstr_eq(first_misjudged(format, true, (const char *[]){ __VA_ARGS__, NULL }), NULL)
#define REFUSES(format, ...)                                                                                           \
	ck_assert_pstr_eq(first_misjudged(format, false, (const char *[]){ __VA_ARGS__, NULL }), NULL)

START_TEST(dates_are_days_of_the_calendar)
{
	TAKES("date", "2026-11-21", "0001-01-01", "2024-02-29", "2000-02-29", "9999-12-31");
	REFUSES("date", "", "2026-11", "2026-13-01", "2026-00-01", "2026-02-29", "1900-02-29", "2026-11-31", "26-11-21",
		"2026-1-1", "2026-11-21 ", "2026-11-21T", "2026/11/21", "-026-11-21", "٢٠٢٦-11-21", "Present");
}
END_TEST

START_TEST(times_are_rfc_3339)
{
	TAKES("date-time", "2026-11-21T03:42:00Z", "2026-11-21t03:42:00z", "2026-11-21T03:42:00.123456Z",
	      "2026-11-21T03:42:00+05:30", "1998-12-31T23:59:60Z", "1999-01-01T00:59:60+01:00",
	      "1998-12-31T15:59:60-08:00");
	REFUSES("date-time", "2026-11-21", "2026-11-21T03:42:00", "2026-11-21 03:42:00Z", "2026-11-21T24:00:00Z",
		"2026-11-21T03:60:00Z", "2026-11-21T03:42:61Z", "2026-11-21T03:42:60Z", "2026-11-21T03:42:00.Z",
		"2026-11-21T03:42:00+24:00", "2026-11-21T03:42:00+05", "2026-11-21T03:42:00ZZ", "2026-02-30T03:42:00Z");
}
END_TEST

START_TEST(mail_addresses_are_rfc_5321)
{
	TAKES("email", "a@example.com", "first.last+tag@mail.example.co.uk", "\"quoted \\\" @\"@example.com",
	      "x@localhost", "x@[192.0.2.1]", "x@[IPv6:2001:db8::1]", "o'brien@example.com");
	REFUSES("email", "", "a", "@example.com", "a@", "a@b@c", "a b@example.com", ".a@example.com", "a.@example.com",
		"a..b@example.com", "a@-example.com", "a@example-.com", "a@example..com", "a@example.com.",
		"a@exa_mple.com", "a@[192.0.2.256]", "a@[IPv6:1:2]", "a@[]", "\"open@example.com", "\"end\\",
		"a@example.com\n", "иван@example.com",
		"a123456789a123456789a123456789a123456789a123456789a123456789a1234@example.com");
}
END_TEST

START_TEST(uris_are_rfc_3986)
{
	TAKES("uri", "https://example.com", "https://user:pw@example.com:8080/a/b;c?d=e&f#g", "mailto:a@example.com",
	      "urn:isbn:0451450523", "https://[2001:db8::1]:443/", "https://[::ffff:192.0.2.1]/", "https://[v1.x:y]/",
	      "file:///etc/hosts", "https://example.com/%D0%BF", "a:", "https://example.com:/", "tel:+1-816-555-1212");
	REFUSES("uri", "", "example.com", "/path", "//example.com", "https://exa mple.com", "https://example.com/ü",
		"https://example.com/%", "https://example.com/%zz", "1http://example.com", "https://[::1",
		"https://[:::1]/", "https://[1:2:3:4:5:6:7:8:9]/", "https://[1::2::3]/", "https://example.com:80a/",
		"https://a@b@c/", "https://example.com/<script>", "https://example.com/\"", "https://example.com/#a#b",
		"https://[v1.%41]/");
}
END_TEST

START_TEST(uuids_have_their_dashes)
{
	TAKES("uuid", "00000000-0000-4000-8000-000000000000", "2EB8AA08-aa98-11EA-b4aa-73B441D16380");
	REFUSES("uuid", "", "2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
		"2eb8aa08-aa98-11ea-b4aa-73b441d163800", "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}");
}
END_TEST

START_TEST(a_nul_ends_no_text)
{
	ck_assert(!cvp_format_named("date")->accepts("2026-11-21\0", 11));
	ck_assert(!cvp_format_named("uri")->accepts("https://example.com/\0", 21));
	ck_assert(!cvp_format_named("email")->accepts("a@example.com\0", 14));
}
END_TEST

START_TEST(other_formats_are_annotations)
{
	ck_assert_ptr_null(cvp_format_named("hostname"));
	ck_assert(accepts("{\"format\": \"hostname\"}", "\"not a host\""));
	ck_assert(accepts("{\"format\": \"date\"}", "5"));
	ck_assert(!accepts("{\"format\": \"date\"}", "\"5\""));
}
END_TEST

static enum cvp_match
find(const char *pattern, const char *text, size_t length)
{
	struct cvp_pattern_scratch *scratch = NULL;
	char fault[256] = "";
	struct cvp_pattern *compiled = cvp_pattern_new(pattern, strlen(pattern), fault, sizeof(fault));
	enum cvp_match match;

	ck_assert_msg(compiled != NULL, "%s: %s", pattern, fault);
	ck_assert_str_eq(cvp_pattern_text(compiled), pattern);
	match = cvp_pattern_find(compiled, text, length, &scratch);
	cvp_pattern_scratch_free(scratch);
	cvp_pattern_free(compiled);
	return match;
}

static bool
finds(const char *pattern, const char *text)
{
	return find(pattern, text, strlen(text)) == CVP_MATCH_YES;
}

START_TEST(patterns_mean_what_ecmascript_means)
{
	ck_assert(finds("b+", "abba"));
	ck_assert(finds("^a$", "a") && !finds("^a$", "a\n"));
	ck_assert(finds("^.$", "😀") && !finds("^.$", "\n"));
	ck_assert(finds("^\\d$", "5") && !finds("^\\d$", "٥"));
	ck_assert(finds("^\\w+$", "a_1") && !finds("^\\w+$", "é"));
	ck_assert(finds("^\\u0041\\u{1F600}$", "A😀"));
	ck_assert(finds("^[\\p{L}\\p{Nd}]+$", "Ивритאב9"));
	ck_assert(finds("^\\p{Letter}+$", "π") && !finds("^\\P{Letter}+$", "π"));
	ck_assert(finds("^\\p{General_Category=Uppercase_Letter}\\p{gc=Ll}$", "Яя"));
	ck_assert(finds("^\\p{Script=Hebrew}+$", "שלום"));
	ck_assert(finds("^(a)\\1$", "aa") && !finds("^(a)\\1$", "ab"));
	ck_assert(finds("^(?<year>\\d{4})-(?:0[1-9]|1[0-2])$", "2026-11"));
	ck_assert(finds("^https?:\\/\\/", "https://example.com"));
	ck_assert(finds("^a\\\\p{Letter}$", "a\\p{Letter}")); /* an escaped backslash, no property */
}
END_TEST

START_TEST(patterns_end_in_bounded_time)
{
	char hostile[2002];

	memset(hostile, 'a', 2000);
	memcpy(hostile + 2000, "!", 2);
	ck_assert_int_eq(find("^(a+)+$", hostile, 2001), CVP_MATCH_TOO_COSTLY);
}
END_TEST

START_TEST(bad_patterns_are_explained)
{
	static const char *const bad[] = { "(", "[a", "a{2,1}", "\\p{Nonsense}", "*", "\\C", "(?<n>a)(?<n>b)" };

	for (size_t i = 0; i < CVP_COUNT(bad); i++) {
		char fault[256] = "";

		ck_assert_msg(cvp_pattern_new(bad[i], strlen(bad[i]), fault, sizeof(fault)) == NULL, "%s", bad[i]);
		ck_assert_msg(strstr(fault, " at byte ") != NULL, "%s", fault);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("schema format");
	TCase *cases = tcase_create("cases");

	tcase_add_checked_fixture(cases, fresh_start, fresh_end);
	tcase_add_test(cases, dates_are_days_of_the_calendar);
	tcase_add_test(cases, times_are_rfc_3339);
	tcase_add_test(cases, mail_addresses_are_rfc_5321);
	tcase_add_test(cases, uris_are_rfc_3986);
	tcase_add_test(cases, uuids_have_their_dashes);
	tcase_add_test(cases, a_nul_ends_no_text);
	tcase_add_test(cases, other_formats_are_annotations);
	tcase_add_test(cases, patterns_mean_what_ecmascript_means);
	tcase_add_test(cases, patterns_end_in_bounded_time);
	tcase_add_test(cases, bad_patterns_are_explained);
	suite_add_tcase(suite, cases);
	return suite;
}

int
main(void)
{
	return run(suite());
}
