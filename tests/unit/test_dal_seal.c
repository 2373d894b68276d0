/* Bodies at rest: what is sealed opens again, and only where it was sealed for (SPEC 12). */
#include <check.h>
#include <string.h>

#include "core/ctx.h"
#include "dal/keys.h"
#include "dal/seal.h"
#include "run.h"

static const struct cvp_place here = { "cv_versions", "body", "user#cv#1" };

static struct cvp_ctx ctx;
static struct cvp_keys *keys;
static struct cvp_codec *codec;
static struct cvp_buf sealed = CVP_BUF(CVP_BODY_MAX);

static void
set_up(void)
{
	cvp_ctx_init(&ctx, cvp_arena_new(4096));
	keys = cvp_keys_for_test(7);
	codec = cvp_codec_new(keys);
	ck_assert_int_eq(cvp_seal(&ctx, codec, here, "secret secret secret", 20, &sealed), CVP_OK);
}

static void
tear_down(void)
{
	cvp_buf_free(&sealed);
	cvp_codec_free(codec);
	cvp_keys_free(keys);
	cvp_arena_free(ctx.arena);
}

START_TEST(a_sealed_body_opens_at_its_place)
{
	const char *text;
	size_t length;

	ck_assert_int_eq(cvp_unseal(&ctx, codec, here, sealed.data, sealed.length, &text, &length), CVP_OK);
	ck_assert_uint_eq(length, 20);
	ck_assert_str_eq(text, "secret secret secret");
	ck_assert_ptr_null(memmem(sealed.data, sealed.length, "secret", 6));
}
END_TEST

START_TEST(an_empty_body_opens)
{
	struct cvp_buf empty = CVP_BUF(1000);
	const char *text;
	size_t length;

	ck_assert_int_eq(cvp_seal(&ctx, codec, here, "", 0, &empty), CVP_OK);
	ck_assert_int_eq(cvp_unseal(&ctx, codec, here, empty.data, empty.length, &text, &length), CVP_OK);
	ck_assert_uint_eq(length, 0);
	cvp_buf_free(&empty);
}
END_TEST

START_TEST(the_same_body_is_never_sealed_to_the_same_bytes)
{
	struct cvp_buf again = CVP_BUF(1000);

	ck_assert_int_eq(cvp_seal(&ctx, codec, here, "secret secret secret", 20, &again), CVP_OK);
	ck_assert_uint_eq(again.length, sealed.length);
	ck_assert_int_ne(memcmp(again.data, sealed.data, sealed.length), 0);
	cvp_buf_free(&again);
}
END_TEST

/* Moved to another row, column or table it does not open. */
START_TEST(a_body_is_bound_to_its_place)
{
	static const struct cvp_place others[] = {
		{ "cv_versions", "body", "user#cv#2" },
		{ "cv_versions", "original", "user#cv#1" },
		{ "artifacts", "body", "user#cv#1" },
	};
	const char *text;
	size_t length;

	for (size_t i = 0; i < CVP_COUNT(others); i++) {
		ck_assert_int_eq(cvp_unseal(&ctx, codec, others[i], sealed.data, sealed.length, &text, &length),
				 CVP_INTEGRITY_ERROR);
		cvp_clear(&ctx);
	}
}
END_TEST

/* T-9: every flipped bit is noticed, every cut too. */
START_TEST(damage_is_noticed)
{
	const char *text;
	size_t length;

	for (size_t i = 0; i < sealed.length; i++) {
		sealed.data[i] ^= 0x10;
		ck_assert_int_eq(cvp_unseal(&ctx, codec, here, sealed.data, sealed.length, &text, &length),
				 CVP_INTEGRITY_ERROR);
		sealed.data[i] ^= 0x10;
		cvp_clear(&ctx);
		ck_assert_int_eq(cvp_unseal(&ctx, codec, here, sealed.data, i, &text, &length), CVP_INTEGRITY_ERROR);
		cvp_clear(&ctx);
	}
}
END_TEST

START_TEST(another_key_does_not_open_it)
{
	struct cvp_keys *other_keys = cvp_keys_for_test(8);
	struct cvp_codec *other = cvp_codec_new(other_keys);
	const char *text;
	size_t length;

	ck_assert_int_eq(cvp_unseal(&ctx, other, here, sealed.data, sealed.length, &text, &length),
			 CVP_INTEGRITY_ERROR);
	cvp_codec_free(other);
	cvp_keys_free(other_keys);
}
END_TEST

START_TEST(large_json_comes_back_equal)
{
	json_t *list = cvp_own(&ctx, json_array()), *back;
	struct cvp_buf body = CVP_BUF(CVP_BODY_MAX);

	for (int i = 0; i < 20000; i++)
		json_array_append_new(list, json_pack("{s:i, s:s}", "n", i, "t", "Привет, мир; שלום"));
	ck_assert_int_eq(cvp_seal_json(&ctx, codec, here, list, &body), CVP_OK);
	ck_assert_int_eq(cvp_unseal_json(&ctx, codec, here, body.data, body.length, &back), CVP_OK);
	ck_assert(json_equal(list, back));
	cvp_buf_free(&body);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("seal");
	TCase *tests = tcase_create("seal");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_sealed_body_opens_at_its_place);
	tcase_add_test(tests, an_empty_body_opens);
	tcase_add_test(tests, the_same_body_is_never_sealed_to_the_same_bytes);
	tcase_add_test(tests, a_body_is_bound_to_its_place);
	tcase_add_test(tests, damage_is_noticed);
	tcase_add_test(tests, another_key_does_not_open_it);
	tcase_add_test(tests, large_json_comes_back_equal);
	suite_add_tcase(suite, tests);
	return run(suite);
}
