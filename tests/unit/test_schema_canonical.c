/* RFC 8785: the canonical form and the checksum made of it. */
#include <float.h>
#include <math.h>
#include <stdint.h>

#include "schema/canonical.h"
#include "schema/number.h"
#include "test_schema.h"

static const char *
canonical_of(const json_t *value)
{
	struct cvp_buf out = CVP_BUF(1 << 20);
	const char *text;

	cvp_canonical_json(value, &out);
	ck_assert(!cvp_buf_failed(&out));
	text = cvp_arena_strndup(fresh.arena, cvp_buf_string(&out), out.length);
	cvp_buf_free(&out);
	return text;
}

static const char *
canonical(const char *json)
{
	return canonical_of(json_of(json));
}

/* ECMA-262 6.1.6.1.20 and appendix B of RFC 8785. */
START_TEST(numbers_are_written_as_ecmascript_writes_them)
{
	static const struct {
		double value;
		const char *text;
	} cases[] = {
		{ 0.0, "0" },
		{ -0.0, "0" },
		{ 1.0, "1" },
		{ -1.5, "-1.5" },
		{ 0.1, "0.1" },
		{ 0.85, "0.85" },
		{ 0.30000000000000004, "0.30000000000000004" },
		{ 333333333.33333329, "333333333.3333333" },
		{ 1e20, "100000000000000000000" },
		{ 123456789012345680000.0, "123456789012345680000" },
		{ 999999999999999900000.0, "999999999999999900000" },
		{ 1e21, "1e+21" },
		{ 1e23, "1e+23" },
		{ 9.999999999999997e22, "9.999999999999997e+22" },
		{ 1.0000000000000001e23, "1.0000000000000001e+23" },
		{ 1.2345e30, "1.2345e+30" },
		{ 0.000001, "0.000001" },
		{ 0.0000012345, "0.0000012345" },
		{ 1e-7, "1e-7" },
		{ 1.5e-7, "1.5e-7" },
		{ 9.999999999999997e-7, "9.999999999999997e-7" },
		{ 5e-324, "5e-324" },
		{ -5e-324, "-5e-324" },
		{ 1.5e-323, "1.5e-323" },
		{ 2.2250738585072014e-308, "2.2250738585072014e-308" },
		{ 2.225073858507201e-308, "2.225073858507201e-308" },
		{ DBL_MAX, "1.7976931348623157e+308" },
		{ -DBL_MAX, "-1.7976931348623157e+308" },
		{ 9007199254740991.0, "9007199254740991" },
		{ 9007199254740992.0, "9007199254740992" },
		{ 9007199254740994.0, "9007199254740994" },
		{ 295147905179352830000.0, "295147905179352830000" },
		/* a power of two whose nearest 16 digits read back as the double below */
		{ 0x1p-44, "5.684341886080802e-14" },
		{ 0x1p-24, "5.960464477539063e-8" },
		{ 4.35, "4.35" },
		{ 19.99, "19.99" },
		{ 1424953923781206.25, "1424953923781206.2" },
	};

	for (size_t i = 0; i < CVP_COUNT(cases); i++) {
		char text[CVP_NUMBER_SIZE];

		ck_assert_uint_eq(cvp_number_text(cases[i].value, text), strlen(cases[i].text));
		ck_assert_str_eq(text, cases[i].text);
	}
}
END_TEST

static uint64_t
next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Every double reads back as itself, and no shorter decimal would. */
START_TEST(numbers_are_the_shortest_that_read_back)
{
	uint64_t state = UINT64_C(0x2545F4914F6CDD1D);

	for (int i = 0; i < 20000; i++) {
		uint64_t bits = next_random(&state);
		char text[CVP_NUMBER_SIZE], shorter[64];
		struct cvp_decimal decimal;
		double value;
		int digits;

		memcpy(&value, &bits, sizeof(value));
		if (!isfinite(value))
			continue;
		cvp_number_text(value, text);
		ck_assert(strtod(text, NULL) == value);
		decimal = cvp_decimal_of(value);
		digits = snprintf(shorter, sizeof(shorter), "%llu", (unsigned long long)decimal.digits);
		if (digits < 2)
			continue;
		snprintf(shorter, sizeof(shorter), "%.*e", digits - 2, value);
		ck_assert_msg(strtod(shorter, NULL) != value, "%s for %s", text, shorter);
	}
}
END_TEST

START_TEST(integers_stay_integers_as_far_as_doubles_hold_them)
{
	ck_assert_str_eq(canonical("[0, -0, 7, -42, 9007199254740992, -9007199254740992]"),
			 "[0,0,7,-42,9007199254740992,-9007199254740992]");
	ck_assert_str_eq(canonical("[9007199254740993, 9223372036854775807, -9223372036854775808]"),
			 "[9007199254740992,9223372036854776000,-9223372036854776000]");
	ck_assert_str_eq(canonical("[1.0, 1e2, -0.0, 56.0]"), "[1,100,0,56]");
}
END_TEST

START_TEST(texts_are_escaped_no_more_than_needed)
{
	ck_assert_str_eq(canonical("\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\\\/\\u007f\\u2028\""),
			 "\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\x7f\xe2\x80\xa8\"");
	ck_assert_str_eq(canonical("\"\\u20ac \\ud83d\\ude02 \\u05d0\""), "\"€ 😂 א\"");
}
END_TEST

/* UTF-16 order: U+1F602 (D83D DE02) and even U+10FFFF (DBFF DFFF) come before U+E000 and what follows it. */
START_TEST(members_are_sorted_by_utf16)
{
	ck_assert_str_eq(
	    canonical("{\"\\ufb33\": 1, \"\\ud83d\\ude02\": 2, \"\\u20ac\": 3, \"\\ue000\": 4, \"\\uffff\": 5,"
		      " \"\\ud7ff\": 6, \"z\": 7, \"\": 8, \"zz\": 9, \"\\ud83d\\ude01\": 10,"
		      " \"\\udbff\\udfff\": 11, \"\\udb40\\udc00\": 12}"),
	    "{\"\":8,\"z\":7,\"zz\":9,\"€\":3,\"\xed\x9f\xbf\":6,\"😁\":10,\"😂\":2,"
	    "\"\xf3\xa0\x80\x80\":12,\"\xf4\x8f\xbf\xbf\":11,"
	    "\"\xee\x80\x80\":4,\"\xef\xac\xb3\":1,\"\xef\xbf\xbf\":5}");
}
END_TEST

START_TEST(everything_nests_without_white_space)
{
	ck_assert_str_eq(canonical(" { \"b\" : [ ] , \"a\" : { \"d\" : null , \"c\" : [ true , false , { } ] } } "),
			 "{\"a\":{\"c\":[true,false,{}],\"d\":null},\"b\":[]}");
}
END_TEST

/* More members than the writer holds inline, at two levels at once. */
START_TEST(wide_and_deep_objects_are_sorted)
{
	json_t *outer = cvp_own(&fresh.ctx, json_object());
	const char *text, *at;

	for (int i = 99; i >= 0; i--) {
		json_t *inner = json_object();

		for (int j = 99; j >= 0; j--)
			json_object_set_new(inner, cvp_arena_printf(fresh.arena, "k%02d", j), json_integer(j));
		json_object_set_new(outer, cvp_arena_printf(fresh.arena, "o%02d", i), inner);
	}
	text = canonical_of(outer);
	at = text;
	for (int i = 0; i < 100; i++) {
		at = strstr(at, cvp_arena_printf(fresh.arena, "\"o%02d\":{\"k00\":0,\"k01\":1,", i));
		ck_assert_ptr_nonnull(at);
	}
	ck_assert_ptr_nonnull(strstr(at, "\"k99\":99}}"));
}
END_TEST

/* T-9: the order of keys leaves the checksum as it is. */
START_TEST(key_order_does_not_change_the_checksum)
{
	char one[CVP_SHA256_HEX], other[CVP_SHA256_HEX], third[CVP_SHA256_HEX];

	cvp_canonical_sha256(json_of("{\"score\": 0.85, \"evidence\": [{\"text\": \"C\", \"source\": \"/work/0\"}]}"),
			     one);
	cvp_canonical_sha256(json_of("{\"evidence\": [{\"source\": \"/work/0\", \"text\": \"C\"}], \"score\": 0.85}"),
			     other);
	cvp_canonical_sha256(json_of("{\"evidence\": [{\"source\": \"/work/0\", \"text\": \"c\"}], \"score\": 0.85}"),
			     third);
	ck_assert_uint_eq(strlen(one), 64);
	ck_assert_str_eq(one, other);
	ck_assert_str_ne(one, third);
}
END_TEST

START_TEST(the_checksum_is_sha256_of_the_text)
{
	char hex[CVP_SHA256_HEX];

	cvp_canonical_sha256(json_of("{}"), hex);
	ck_assert_str_eq(hex, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}
END_TEST

START_TEST(the_ceiling_of_the_buffer_holds)
{
	struct cvp_buf out = CVP_BUF(10);

	cvp_canonical_json(json_of("[\"far more than ten bytes\"]"), &out);
	ck_assert(cvp_buf_failed(&out));
	ck_assert_uint_le(out.length, 10);
	cvp_buf_free(&out);
}
END_TEST

static bool
is_multiple(const char *value, const char *step)
{
	return cvp_number_is_multiple(json_of(value), json_of(step));
}

START_TEST(multiples_are_those_of_the_decimals_as_written)
{
	ck_assert(is_multiple("19.99", "0.01"));
	ck_assert(is_multiple("0.07", "0.01"));
	ck_assert(is_multiple("-4.35", "0.01"));
	ck_assert(is_multiple("1e300", "0.01"));
	ck_assert(is_multiple("0.3", "0.1"));
	ck_assert(is_multiple("0", "0.7"));
	ck_assert(is_multiple("9007199254740993", "3"));
	ck_assert(is_multiple("1e308", "1e-300"));
	ck_assert(is_multiple("3", "1.5"));
	ck_assert(!is_multiple("19.995", "0.01"));
	ck_assert(!is_multiple("1e-300", "1"));
	ck_assert(!is_multiple("1e308", "0.123456789"));
	ck_assert(!is_multiple("9007199254740993", "2"));
	ck_assert(!is_multiple("10", "3"));
}
END_TEST

static int
compare(const char *a, const char *b)
{
	return cvp_number_compare(json_of(a), json_of(b));
}

START_TEST(integers_and_reals_compare_exactly)
{
	ck_assert_int_eq(compare("1", "1.0"), 0);
	ck_assert_int_eq(compare("9007199254740992", "9007199254740992.0"), 0);
	ck_assert_int_gt(compare("9007199254740993", "9007199254740992.0"), 0);
	ck_assert_int_lt(compare("9007199254740992.0", "9007199254740993"), 0);
	ck_assert_int_lt(compare("9223372036854775807", "9223372036854775808.0"), 0);
	ck_assert_int_eq(compare("-9223372036854775808", "-9223372036854775808.0"), 0);
	ck_assert_int_gt(compare("-9223372036854775808", "-1e300"), 0);
	ck_assert_int_lt(compare("-2", "-1.5"), 0);
	ck_assert_int_lt(compare("-1.5", "-1"), 0);
	ck_assert_int_gt(compare("2.5", "2"), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("schema canonical");
	TCase *cases = tcase_create("cases");

	tcase_add_checked_fixture(cases, fresh_start, fresh_end);
	tcase_add_test(cases, numbers_are_written_as_ecmascript_writes_them);
	tcase_add_test(cases, numbers_are_the_shortest_that_read_back);
	tcase_add_test(cases, integers_stay_integers_as_far_as_doubles_hold_them);
	tcase_add_test(cases, texts_are_escaped_no_more_than_needed);
	tcase_add_test(cases, members_are_sorted_by_utf16);
	tcase_add_test(cases, everything_nests_without_white_space);
	tcase_add_test(cases, wide_and_deep_objects_are_sorted);
	tcase_add_test(cases, key_order_does_not_change_the_checksum);
	tcase_add_test(cases, the_checksum_is_sha256_of_the_text);
	tcase_add_test(cases, the_ceiling_of_the_buffer_holds);
	tcase_add_test(cases, multiples_are_those_of_the_decimals_as_written);
	tcase_add_test(cases, integers_and_reals_compare_exactly);
	suite_add_tcase(suite, cases);
	return suite;
}

int
main(void)
{
	return run(suite());
}
