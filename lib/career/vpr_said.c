/* vpr_said.c - sentences, citations and the pointers they rest on. */
#include <stdint.h>
#include <string.h>
#include <unistr.h>

#include "career/verify_plain.h"
#include "career/vpr_parts.h"
#include "core/ctx.h"

#define TEXT_MAX  65536
#define CUT_LEAST 60 /* code points: a cut at a clause keeps at least so many */

struct cvp_said
cvp_said_new(struct cvp_vpr *vpr)
{
	struct cvp_said said = { .text = CVP_BUF(TEXT_MAX) };

	said.sources = cvp_own(vpr->ctx, json_array());
	return said;
}

void
cvp_said_sentence(struct cvp_said *said, const char *sentence)
{
	if (sentence[0] == '\0')
		return;
	if (said->text.length > 0)
		cvp_buf_char(&said->text, ' ');
	cvp_buf_text(&said->text, sentence);
}

void
cvp_said_source(struct cvp_said *said, const char *pointer)
{
	size_t index;
	json_t *has;

	if (pointer == NULL)
		return;
	json_array_foreach (said->sources, index, has) {
		if (strcmp(json_string_value(has), pointer) == 0)
			return;
	}
	json_array_append_new(said->sources, json_string(pointer));
}

void
cvp_said_entry(struct cvp_said *said, const struct cvp_cv_entry *entry)
{
	if (entry == NULL)
		return;
	cvp_said_source(said, entry->title.pointer);
	cvp_said_source(said, entry->organisation.pointer);
}

void
cvp_said_line(struct cvp_said *said, struct cvp_vpr_line *line)
{
	cvp_said_source(said, line->pointer);
	cvp_said_entry(said, line->entry);
	line->is_used = true;
}

const char *
cvp_vpr_next(struct cvp_vpr *vpr, const char *key, const struct cvp_slot *slots)
{
	size_t at = 0;

	while (at < vpr->turn_count && strcmp(vpr->turns[at].key, key) != 0)
		at++;
	if (at == vpr->turn_count && at < CVP_VPR_TURNS_MAX)
		vpr->turns[vpr->turn_count++] = (struct cvp_turn){ key, 0 };
	return cvp_phrase(&vpr->phrases, key, at < CVP_VPR_TURNS_MAX ? vpr->turns[at].said++ : 0, slots);
}

const char *
cvp_said_text(struct cvp_vpr *vpr, struct cvp_said *said)
{
	return cvp_buf_take(&said->text, vpr->ctx->arena);
}

void
cvp_said_skills(struct cvp_vpr *vpr, struct cvp_said *said, const struct cvp_vpr_skill *skills, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct cvp_cv_line *proof = NULL;

		for (size_t j = 0; j < vpr->cv->line_count; j++) {
			const struct cvp_cv_line *line = &vpr->cv->lines[j];

			if ((proof == NULL || (!proof->is_dated && line->is_dated)) &&
			    cvp_vpr_line_names(vpr, j, skills[i].id))
				proof = line;
		}
		if (proof != NULL)
			cvp_said_source(said, proof->at.pointer);
	}
}

static bool
is_quote_mark(ucs4_t c)
{
	return c == 0xAB || c == 0xBB || c == 0x201C || c == 0x201D || c == 0x201E || c == 0x201F;
}

/* One line, single spaces, straight quotation marks inside. */
static char *
on_one_line(struct cvp_ctx *ctx, const char *visible)
{
	char *line = cvp_arena_alloc(ctx->arena, strlen(visible) + 1);
	const uint8_t *at = (const uint8_t *)visible, *next;
	size_t used = 0;
	ucs4_t c;

	for (; (next = u8_next(&c, at)) != NULL; at = next) {
		bool is_space = c == ' ' || c == '\n' || c == '\t' || c == 0xA0;

		if (is_space && (used == 0 || line[used - 1] == ' '))
			continue;
		if (is_space || is_quote_mark(c)) {
			line[used++] = is_space ? ' ' : '"';
		} else {
			memcpy(line + used, at, (size_t)(next - at));
			used += (size_t)(next - at);
		}
	}
	while (used > 0 && line[used - 1] == ' ')
		used--;
	line[used] = '\0';
	return line;
}

/* Where to cut a text that is longer than `most` code points: a sentence's end, a clause's, a word's. Bytes. */
static size_t
cut_at(const char *text, size_t most, bool *at_end)
{
	const uint8_t *limit = (const uint8_t *)text;
	size_t sentence = 0, clause = 0, word = 0, count = 0;
	ucs4_t c;

	*at_end = false;
	for (const uint8_t *next; count < most && (next = u8_next(&c, limit)) != NULL; limit = next, count++) {
		size_t here = (size_t)((const char *)limit - text);

		if (c == ' ')
			word = here;
		if (c == ' ' && here > 0 && strchr(".!?", text[here - 1]) != NULL && count >= CUT_LEAST)
			sentence = here;
		else if (c == ' ' && here > 0 && strchr(",;:", text[here - 1]) != NULL && count >= CUT_LEAST)
			clause = here;
	}
	*at_end = sentence > 0;
	if (sentence > 0)
		return sentence;
	return clause > 0 ? clause : word > 0 ? word : (size_t)((const char *)limit - text);
}

const char *
cvp_vpr_quotable(struct cvp_ctx *ctx, const char *text, size_t most)
{
	char *line = on_one_line(ctx, cvp_visible_text(ctx, text));
	size_t length, start = strspn(line, "-*+ ");
	bool is_cut = most > 0 && cvp_text_length(line + start) > most, at_end = false;

	line += start;
	length = is_cut ? cut_at(line, most, &at_end) : strlen(line);
	while (most > 0 && length > 0 && strchr(" .,;:", line[length - 1]) != NULL)
		length--;
	return cvp_arena_printf(ctx->arena, "%.*s%s", (int)length, line, is_cut && !at_end ? "…" : "");
}

static const char *
plain_of(const struct cvp_vpr *vpr, struct cvp_cv_text text)
{
	return text.text != NULL ? cvp_vpr_quotable(vpr->ctx, text.text, 0) : NULL;
}

const char *
cvp_vpr_period(const struct cvp_vpr *vpr, const struct cvp_cv_entry *entry)
{
	struct cvp_arena *arena = vpr->ctx->arena;
	int from = entry->start.year, to = entry->end.year;
	const char *first = cvp_arena_printf(arena, "%d", from), *last = cvp_arena_printf(arena, "%d", to);

	if (entry->is_open && from != 0 && entry->section != CVP_CV_EDUCATION)
		return cvp_phrase(&vpr->phrases, "period.open", 0,
				  (const struct cvp_slot[]){ { "from", first }, { NULL, NULL } });
	if (from == 0 || to == 0 || from == to)
		return from != 0 ? first : to != 0 ? last : NULL;
	return cvp_phrase(&vpr->phrases, "period.span", 0,
			  (const struct cvp_slot[]){ { "from", first }, { "to", last }, { NULL, NULL } });
}

/* Appends ", part" or the first part; one that is named already adds nothing. */
static void
add_part(const struct cvp_vpr *vpr, struct cvp_buf *parts, const char *part)
{
	if (part == NULL || part[0] == '\0' || strstr(cvp_buf_string(parts), part) != NULL)
		return;
	if (parts->length > 0)
		cvp_buf_text(parts, ", ");
	cvp_buf_text(parts, cvp_phrase_list(&vpr->phrases, &part, 1)); /* a list of one: isolated where it must be */
}

const char *
cvp_vpr_cite(const struct cvp_vpr *vpr, const struct cvp_vpr_line *line)
{
	struct cvp_buf parts = CVP_BUF(TEXT_MAX);
	const char *cite = "";

	if (line->entry != NULL) {
		add_part(vpr, &parts, plain_of(vpr, line->entry->title));
		add_part(vpr, &parts, plain_of(vpr, line->entry->organisation));
		add_part(vpr, &parts, cvp_vpr_period(vpr, line->entry));
	}
	if (parts.length > 0)
		cite = cvp_phrase(&vpr->phrases, "cite", 0,
				  (const struct cvp_slot[]){ { "parts", cvp_buf_string(&parts) }, { NULL, NULL } });
	cvp_buf_free(&parts);
	return cite;
}

/* Russian puts employers between « »; marks of the name's own become the inner ones. */
static const char *
inside_quotes(const struct cvp_vpr *vpr, const char *name)
{
	return name != NULL ? cvp_vpr_quotable(vpr->ctx, name, 0) : NULL;
}

const char *
cvp_vpr_job(const struct cvp_vpr *vpr, const struct cvp_cv_entry *entry)
{
	const char *title = plain_of(vpr, entry->title), *employer = inside_quotes(vpr, entry->organisation.text);
	const char *period = cvp_vpr_period(vpr, entry);
	const struct cvp_slot slots[] = { { "title", title },
					  { "employer", employer },
					  { "period", period },
					  { "place", title != NULL ? title : employer },
					  { NULL, NULL } };

	if (title != NULL && employer != NULL)
		return cvp_phrase(&vpr->phrases, period != NULL ? "job.dated" : "job", 0, slots);
	if (title == NULL && employer == NULL)
		return NULL;
	return period != NULL ? cvp_phrase(&vpr->phrases, "place.dated", 0, slots) : title != NULL ? title : employer;
}

const char *
cvp_vpr_school(const struct cvp_vpr *vpr, const struct cvp_cv_entry *entry)
{
	const char *degree = plain_of(vpr, entry->title), *area = plain_of(vpr, entry->area);
	const char *institution = plain_of(vpr, entry->organisation), *period = cvp_vpr_period(vpr, entry);
	struct cvp_buf parts = CVP_BUF(TEXT_MAX);
	const char *school;

	if (degree == NULL && area == NULL && institution == NULL)
		return NULL;
	if (degree != NULL && area != NULL && strstr(degree, area) == NULL)
		add_part(
		    vpr, &parts,
		    cvp_phrase(&vpr->phrases, "school.area", 0,
			       (const struct cvp_slot[]){ { "degree", degree }, { "area", area }, { NULL, NULL } }));
	else
		add_part(vpr, &parts, degree != NULL ? degree : area);
	add_part(vpr, &parts, institution);
	school = cvp_buf_take(&parts, vpr->ctx->arena);
	if (period == NULL)
		return school;
	return cvp_phrase(&vpr->phrases, "place.dated", 0,
			  (const struct cvp_slot[]){ { "place", school }, { "period", period }, { NULL, NULL } });
}

const char *
cvp_vpr_years(const struct cvp_vpr *vpr, int months)
{
	if (months < 12)
		return NULL;
	return cvp_phrase_count(&vpr->phrases, months % 12 >= 2 ? "years.more" : "years", months / 12);
}

const char *
cvp_vpr_asked(const struct cvp_vpr *vpr, const struct cvp_vpr_row *row)
{
	return cvp_vpr_quotable(vpr->ctx, row->requirement, 90);
}
