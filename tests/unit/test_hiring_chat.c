/* The intake chat and the hiring report (SPEC 11.2 to 11.4). */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "career/kind.h"
#include "core/ctx.h"
#include "hiring/chat.h"
#include "hiring/kb.h"
#include "hiring/report.h"
#include "run.h"
#include "service/assets.h"

#define NOW INT64_C(1796000000000000)
#define VACANCY                                                                                                                                                                                    \
	"Вакансия: Python-разработчик\nОбязанности:\n- разрабатывать сервисы\n- писать тесты\nТребования: опыт от 3 " \
	"лет, "                                                                                                                                                                                 \
	"PostgreSQL, Docker, высшее образование. Мы делаем сервис доставки, команда из десяти человек, процесс без "        \
	"лишних встреч и с хорошими людьми."

static struct cvp_ctx ctx;
static struct cvp_assets *assets;
static struct cvp_hiring_place place;
static struct cvp_hiring_turn turn;

static void
set_up(void)
{
	const char *top = getenv("srcdir");

	cvp_ctx_init(&ctx, cvp_arena_new((size_t)64 * 1024));
	ck_assert_msg(cvp_assets_load(&ctx, top != NULL ? top : ".", &assets) == CVP_OK, "%s", ctx.err.message);
	place = (struct cvp_hiring_place){ CVP_HIRING_STATE_FIRST, "ru", cvp_own(&ctx, cvp_kb_new(NOW)) };
}

static void
tear_down(void)
{
	cvp_assets_free(assets);
	cvp_arena_free(ctx.arena);
}

/* Says it, and goes on from where it leads. */
static void
say(const char *type, const char *text)
{
	cvp_hiring_take_turn(&ctx, assets->phrases, assets->lexicon, &place, type, text, NOW, &turn);
	place.state = turn.state;
	place.kb = turn.kb;
}

static void
assert_reply(const char *state, const char *first, const char *second)
{
	ck_assert_str_eq(turn.state, state);
	ck_assert_msg(strstr(turn.reply, first) != NULL, "no %s in: %s", first, turn.reply);
	ck_assert_msg(strstr(turn.reply, second) != NULL, "no %s in: %s", second, turn.reply);
}

/* H-6, and the table of SPEC 11.2 with its key words. */
START_TEST(the_way_with_a_vacancy)
{
	say("start", NULL);
	assert_reply("awaiting_flow", "Привет", "");
	ck_assert(turn.has_quick_replies && turn.said == NULL);
	say("quick_reply", cvp_hiring_quick_replies[0]);
	assert_reply("awaiting_vacancy_text", "ставь", "ваканс");
	ck_assert(!turn.has_quick_replies);
	say("text", "Python-разработчик");
	assert_reply("awaiting_vacancy_text", "ставь", "ваканс");
	say("text", VACANCY);
	assert_reply("awaiting_clarifications", "уточн", "Python-разработчик");
	ck_assert_str_eq(cvp_kb_text(turn.kb, "responsibilities", "raw_vacancy_text"), VACANCY);
	ck_assert(!turn.shows_result);
	say("text", "Москва, гибридно, 200-300к, фулл тайм");
	assert_reply("free_ready", "Москва", "200,000–300,000");
	ck_assert(turn.shows_result && turn.is_kb_changed);
	ck_assert_uint_eq(json_array_size(json_object_get(json_object_get(turn.kb, "meta"), "missing_fields")), 0);
	say("text", "не Москва, а Казань");
	assert_reply("free_ready", "обновлена", "Казань");
	ck_assert(!turn.shows_result);
	say("text", "  спасибо ");
	ck_assert(!turn.is_kb_changed);
	ck_assert_str_eq(turn.said, "спасибо");
}
END_TEST

START_TEST(the_way_with_tasks)
{
	say("start", NULL);
	say("quick_reply", cvp_hiring_quick_replies[1]);
	assert_reply("awaiting_tasks", "пиши", "задач");
	say("text", "");
	assert_reply("awaiting_tasks", "пиши", "задач");
	say("text", "- отвечать на письма\n2) вести таблицу\n- да");
	assert_reply("awaiting_clarifications", "уточн", "город");
	ck_assert_uint_eq(json_array_size(cvp_kb_get(turn.kb, "responsibilities", "tasks")), 2);
	say("text", "не знаю");
	assert_reply("free_ready", "не хватает", "формата");
	ck_assert_ptr_null(strstr(turn.reply, "бюджета")); /* three are asked for, in their order */
	say("start", NULL);
	assert_reply("awaiting_flow", "Привет", "");
	ck_assert_ptr_nonnull(cvp_kb_get(turn.kb, "responsibilities", "tasks"));
}
END_TEST

START_TEST(what_is_meant_by_an_answer)
{
	static const struct {
		const char *language, *text, *state;
	} rows[] = {
		{ "ru", "нет описания", "awaiting_tasks" },
		{ "ru", "вакансии нет", "awaiting_tasks" },
		{ "ru", "только задачи", "awaiting_tasks" },
		{ "ru", "есть вакансия", "awaiting_vacancy_text" },
		{ "ru", "ЕСТЬ ТЕКСТ ВАКАНСИИ", "awaiting_vacancy_text" },
		{ "ru", "хочу нанять", "awaiting_flow" },
		{ "ru", "", "awaiting_flow" },
		{ "en", "I have a job description", "awaiting_vacancy_text" },
		{ "en", "no vacancy, just tasks", "awaiting_tasks" },
		{ "he", "יש משרה", "awaiting_vacancy_text" },
		{ "he", "אין תיאור", "awaiting_tasks" },
		{ "ru", VACANCY, "awaiting_clarifications" },
	};

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		place.state = CVP_HIRING_STATE_FIRST;
		place.language = rows[i].language;
		say("text", rows[i].text);
		ck_assert_msg(strcmp(turn.state, rows[i].state) == 0, "%s: %s", rows[i].text, turn.state);
	}
}
END_TEST

static const json_t *
part(const json_t *report, const char *name)
{
	const json_t *found = json_object_get(report, name);

	ck_assert_msg(found != NULL, "no %s", name);
	return found;
}

static bool
says(const json_t *report, const char *words)
{
	char *text = json_dumps(report, JSON_COMPACT);
	bool is_said = strstr(text, words) != NULL;

	free(text);
	return is_said;
}

/* SPEC 11.4: domains are independent, a place only where people come to it. */
START_TEST(the_report_follows_the_vacancy)
{
	json_t *report;

	say("text", VACANCY);
	say("text", "Москва, гибрид, 200-300к, полный день");
	report = cvp_own(&ctx, cvp_hiring_report(&ctx, assets->phrases, "ru", "python", turn.kb));
	ck_assert_ptr_nonnull(strstr(json_string_value(part(report, "headline")), "python-разработчик"));
	ck_assert_uint_eq(json_array_size(part(report, "where_to_search")), 3);
	ck_assert(says(report, "HeadHunter") && says(report, "Хабр Карьера") && says(report, "Авито") &&
		  says(report, "Москва"));
	ck_assert(says(report, "200,000–300,000") && !says(report, "Behance"));
	ck_assert_str_eq(json_string_value(json_object_get(part(report, "budget_reality_check"), "status")), "unknown");
	ck_assert(json_equal(report, cvp_own(&ctx, cvp_hiring_report(&ctx, assets->phrases, "ru", "python", turn.kb))));
}
END_TEST

START_TEST(a_report_of_little)
{
	json_t *report = cvp_own(&ctx, cvp_hiring_report(&ctx, assets->phrases, "en", "plumber", place.kb));

	ck_assert_ptr_nonnull(strstr(json_string_value(part(report, "headline")), "plumber"));
	ck_assert_uint_eq(json_array_size(part(report, "where_to_search")), 2); /* main, and the general channels */
	ck_assert(says(report, "Referrals") && says(report, "trial task"));
	ck_assert_uint_eq(json_array_size(part(report, "next_steps")), 5);
}
END_TEST

/* SPEC 11.3: the labels, in their order, from the beginning. */
START_TEST(what_is_missing_is_told)
{
	const json_t *missing = json_object_get(json_object_get(place.kb, "meta"), "missing_fields");

	ck_assert_uint_eq(json_array_size(missing), CVP_KB_GAPS);
	ck_assert_str_eq(json_string_value(json_array_get(missing, 0)), "role.role_title OR responsibilities.tasks");
	ck_assert_str_eq(json_string_value(json_array_get(missing, 4)), "compensation (min/max/comment)");
	ck_assert_int_eq(json_integer_value(json_object_get(json_object_get(place.kb, "meta"), "filled_fields_count")),
			 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("hiring chat");
	TCase *chat = tcase_create("chat");

	tcase_add_checked_fixture(chat, set_up, tear_down);
	tcase_add_test(chat, the_way_with_a_vacancy);
	tcase_add_test(chat, the_way_with_tasks);
	tcase_add_test(chat, what_is_meant_by_an_answer);
	tcase_add_test(chat, the_report_follows_the_vacancy);
	tcase_add_test(chat, a_report_of_little);
	tcase_add_test(chat, what_is_missing_is_told);
	suite_add_tcase(suite, chat);
	return run(suite);
}
