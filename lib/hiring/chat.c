#include "hiring/chat.h"

#include <string.h>

#include "core/buf.h"
#include "core/ctx.h"
#include "hiring/kb.h"
#include "hiring/read.h"
#include "hiring/read_parts.h"
#include "hiring/show.h"
#include "text/phrase.h"

#define VACANCY_LEAST 200 /* characters: a vacancy's text is longer */
#define ASKED_MAX     3   /* missing fields that a reply asks for */

const char *const cvp_hiring_quick_replies[2] = { "Есть текст вакансии", "Нет вакансии, есть задачи" };

/* A turn as it is made. */
struct talk {
	struct cvp_ctx *ctx;
	const struct cvp_lexicon *lexicon;
	struct cvp_phrases phrases;
	const struct cvp_hiring_place *place;
	struct cvp_words words;
	int64_t now;
	struct cvp_hiring_turn *turn;
};

static const char *
phrase(const struct talk *talk, const char *key)
{
	return cvp_phrase(&talk->phrases, key, 0, NULL);
}

static void
reply_with(struct talk *talk, const char *state, const char *key)
{
	talk->turn->state = state;
	talk->turn->reply = phrase(talk, key);
}

static void
ask_flow(struct talk *talk, const char *key)
{
	reply_with(talk, "awaiting_flow", key);
	talk->turn->has_quick_replies = true;
}

static void
read_said(struct talk *talk, enum cvp_hiring_source source)
{
	struct cvp_hiring_turn *turn = talk->turn;

	cvp_hiring_read(talk->ctx, talk->lexicon, turn->said, source, turn->kb);
	turn->is_kb_changed = !cvp_kb_equal(turn->kb, talk->place->kb);
	if (turn->is_kb_changed)
		cvp_kb_note_change(turn->kb, talk->now);
}

/* The reply, and below it what was understood of the vacancy so far, so that it can be put right. */
static void
show_understood(struct talk *talk)
{
	const char *shown = cvp_hiring_shown(&talk->phrases, talk->turn->kb);

	if (*shown != '\0')
		talk->turn->reply = cvp_arena_printf(talk->ctx->arena, "%s\n\n%s", talk->turn->reply, shown);
}

static void
ask_missing(struct talk *talk)
{
	static const char *const keys[CVP_KB_GAPS] = {
		[CVP_KB_ROLE] = "hiring.ask.role",   [CVP_KB_FORMAT] = "hiring.ask.format",
		[CVP_KB_PLACE] = "hiring.ask.place", [CVP_KB_EMPLOYMENT] = "hiring.ask.employment",
		[CVP_KB_PAY] = "hiring.ask.pay",
	};
	const char *asked[ASKED_MAX];
	size_t count = 0;

	for (enum cvp_kb_gap gap = 0; gap < CVP_KB_GAPS && count < ASKED_MAX; gap++)
		if (cvp_kb_is_missing(talk->turn->kb, gap))
			asked[count++] = phrase(talk, keys[gap]);
	if (count > 0)
		talk->turn->reply = cvp_arena_printf(
		    talk->ctx->arena, "%s\n\n%s", talk->turn->reply,
		    cvp_phrase(&talk->phrases, "hiring.ask", 0,
			       (struct cvp_slot[]){ { "what", cvp_phrase_list(&talk->phrases, asked, count) },
						    { NULL, NULL } }));
}

/* ---- the states ---- */

static bool
has_word(const struct talk *talk, const char *stems)
{
	for (size_t i = 0; i < talk->words.count; i++)
		if (cvp_hiring_has_stem(talk->words.words[i].folded, stems))
			return true;
	return false;
}

static bool
is_label(const struct talk *talk, size_t label)
{
	return strcmp(cvp_text_fold(talk->ctx, talk->turn->said),
		      cvp_text_fold(talk->ctx, cvp_hiring_quick_replies[label])) == 0;
}

#define VACANCY_WORDS "ваканс vacanc posting$ משרה$ למשרה$ המשרה$"
#define TEXT_WORDS    "опис description$ jd$ תיאור$"

static bool
chooses_tasks(const struct talk *talk)
{
	bool names_vacancy = has_word(talk, VACANCY_WORDS);

	if (is_label(talk, 1))
		return true;
	if (has_word(talk, "нет$ no$ not$ don't$ אין$ לא$") && (names_vacancy || has_word(talk, TEXT_WORDS)))
		return true;
	return has_word(talk, "задач task duties$ משימות$") && !names_vacancy;
}

static bool
chooses_vacancy(const struct talk *talk)
{
	return is_label(talk, 0) ||
	       (has_word(talk, "есть$ yes$ have$ there's$ יש$ כן$") && has_word(talk, VACANCY_WORDS)) ||
	       (has_word(talk, "have$ יש$") && has_word(talk, TEXT_WORDS));
}

static void
take_vacancy(struct talk *talk)
{
	json_t *tasks;

	cvp_kb_set(talk->turn->kb, "responsibilities", "raw_vacancy_text", json_string(talk->turn->said));
	cvp_hiring_read(talk->ctx, talk->lexicon, talk->turn->said, CVP_HIRING_VACANCY, talk->turn->kb);
	tasks = json_object_get(json_object_get(talk->turn->kb, "responsibilities"), "tasks");
	if (json_array_size(tasks) == 0)
		json_array_append_new(tasks, json_string(phrase(talk, "hiring.tasks.in_text")));
	talk->turn->is_kb_changed = true;
	cvp_kb_note_change(talk->turn->kb, talk->now);
	reply_with(talk, "awaiting_clarifications", "hiring.clarify");
	show_understood(talk);
}

/* A text as long as a vacancy's is one, whether its choice was made before or not. */
static bool
is_vacancy(const struct talk *talk)
{
	return cvp_text_length(talk->turn->said) > VACANCY_LEAST;
}

static void
in_flow(struct talk *talk)
{
	if (*talk->turn->said == '\0')
		ask_flow(talk, "hiring.flow");
	else if (is_vacancy(talk))
		take_vacancy(talk);
	else if (chooses_tasks(talk))
		reply_with(talk, "awaiting_tasks", "hiring.tasks");
	else if (chooses_vacancy(talk))
		reply_with(talk, "awaiting_vacancy_text", "hiring.vacancy");
	else
		ask_flow(talk, "hiring.flow.again");
}

static void
in_vacancy_text(struct talk *talk)
{
	if (is_vacancy(talk))
		take_vacancy(talk);
	else
		reply_with(talk, "awaiting_vacancy_text",
			   *talk->turn->said == '\0' ? "hiring.vacancy" : "hiring.vacancy.short");
}

static void
in_tasks(struct talk *talk)
{
	if (*talk->turn->said == '\0') {
		reply_with(talk, "awaiting_tasks", "hiring.tasks");
		return;
	}
	read_said(talk, CVP_HIRING_TASKS);
	reply_with(talk, "awaiting_clarifications", "hiring.clarify");
	show_understood(talk);
}

static void
in_clarifications(struct talk *talk)
{
	if (*talk->turn->said == '\0') {
		reply_with(talk, "awaiting_clarifications", "hiring.clarify");
		return;
	}
	read_said(talk, CVP_HIRING_ANSWER);
	reply_with(talk, CVP_HIRING_STATE_LAST, "hiring.ready");
	talk->turn->shows_result = true;
	show_understood(talk);
	ask_missing(talk);
}

static void
in_ready(struct talk *talk)
{
	if (*talk->turn->said != '\0')
		read_said(talk, CVP_HIRING_REMARK);
	reply_with(talk, CVP_HIRING_STATE_LAST, talk->turn->is_kb_changed ? "hiring.noted.changed" : "hiring.noted");
	if (talk->turn->is_kb_changed)
		show_understood(talk);
}

static const struct {
	const char *name;
	void (*take)(struct talk *talk);
} states[] = {
	{ CVP_HIRING_STATE_FIRST, in_flow }, { "awaiting_vacancy_text", in_vacancy_text },
	{ "awaiting_tasks", in_tasks },      { "awaiting_clarifications", in_clarifications },
	{ CVP_HIRING_STATE_LAST, in_ready },
};

static const char *
trimmed(struct cvp_ctx *ctx, const char *text)
{
	size_t length;

	if (text == NULL)
		return "";
	text += strspn(text, " \t\r\n");
	length = strlen(text);
	while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL)
		length--;
	return cvp_arena_strndup(ctx->arena, text, length);
}

void
cvp_hiring_take_turn(struct cvp_ctx *ctx, const json_t *phrases, const struct cvp_lexicon *lexicon,
		     const struct cvp_hiring_place *place, const char *type, const char *text, int64_t now,
		     struct cvp_hiring_turn *turn)
{
	struct talk talk = {
		ctx, lexicon, cvp_phrases_of(ctx, phrases, place->language), place, { NULL, 0 }, now, turn
	};

	*turn = (struct cvp_hiring_turn){ .state = place->state, .kb = cvp_own(ctx, json_deep_copy(place->kb)) };
	if (strcmp(type, "start") == 0) {
		ask_flow(&talk, "hiring.hello");
		return;
	}
	turn->said = trimmed(ctx, text);
	talk.words = cvp_words_of(ctx, turn->said, strlen(turn->said));
	for (size_t i = 0; i < CVP_COUNT(states); i++)
		if (strcmp(states[i].name, place->state) == 0)
			states[i].take(&talk);
}
