/* lies_honest.c - changes that leave a document honest: order, omission, notation, fewer words, a skill's other name.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

#include "career/kind.h"
#include "lies.h"
#include "text/lexicon.h"

static json_t *
jobs_of(json_t *artifact)
{
	return json_object_get(cv_of(artifact), "work_experience");
}

static bool
unchanged(struct scene *s, json_t *artifact)
{
	(void)artifact;
	return lie_at(s, "", "nothing changed");
}

static void
swap(json_t *list, size_t i, size_t j)
{
	json_t *one = json_incref(json_array_get(list, i));

	json_array_set(list, i, json_array_get(list, j));
	json_array_set_new(list, j, one);
}

/* Turns lists round; `other` beside `list`, or NULL. */
static void
turn_round(json_t *list, json_t *other)
{
	for (size_t i = 0, j = json_array_size(list); i + 1 < j; i++) {
		swap(list, i, --j);
		if (json_array_size(other) == json_array_size(list))
			swap(other, i, j);
	}
}

static bool
reordered(struct scene *s, json_t *artifact)
{
	static const char *const lists[] = { "work_experience", "skills", "education", "certifications" };

	for (size_t i = 0; i < 4; i++)
		turn_round(json_object_get(cv_of(artifact), lists[i]), NULL);
	for (size_t i = 0; i < json_array_size(jobs_of(artifact)); i++) {
		json_t *job = json_array_get(jobs_of(artifact), i);

		turn_round(json_object_get(job, "description_bullets"), json_object_get(job, "bullet_sources"));
	}
	return lie_at(s, "", "all lists turned round");
}

static bool
omitted(struct scene *s, json_t *artifact)
{
	static const char *const lists[] = { "work_experience", "skills", "education", "certifications" };
	const char *name = lists[roll(s, 4)];
	json_t *list = json_object_get(cv_of(artifact), name);
	size_t i;

	if (json_array_size(list) < 2 || any_of(s, list, &i) == NULL)
		return false;
	json_array_remove(list, i);
	return lie_at(s, "", name);
}

static bool
bullet_omitted(struct scene *s, json_t *artifact)
{
	struct bullet bullet;

	if (!bullet_where(s, artifact, NULL, &bullet))
		return false;
	json_array_remove(bullet.bullets, bullet.index);
	json_array_remove(json_object_get(bullet.job, "bullet_sources"), bullet.index);
	return lie_at(s, "", bullet.text);
}

/* "2019-03" as people write it. */
static const char *
as_written(struct scene *s, const char *date)
{
	static const char *const en[] = { "January", "February", "March",     "April",   "May",      "June",
					  "July",    "August",   "September", "October", "November", "December" };
	static const char *const ru[] = { "январь", "февраль", "март",     "апрель",  "май",    "июнь",
					  "июль",   "август",  "сентябрь", "октябрь", "ноябрь", "декабрь" };
	static const char *const he[] = { "ינואר", "פברואר", "מרץ",    "אפריל",   "מאי",    "יוני",
					  "יולי",  "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר" };
	int year, month;

	if (date == NULL || sscanf(date, "%4d-%2d", &year, &month) != 2 || month < 1 || month > 12)
		return NULL;
	switch (roll(s, 4)) {
	case 0:
		return cvp_arena_printf(s->ctx->arena, "%02d/%04d", month, year);
	case 1:
		return cvp_arena_printf(s->ctx->arena, "%.3s %04d", en[month - 1], year);
	case 2:
		return in_digits(s, cvp_arena_printf(s->ctx->arena, "%04d-%02d", year, month));
	default:
		return cvp_arena_printf(s->ctx->arena, "%s %04d",
					by_language(s, en[month - 1], ru[month - 1], he[month - 1]), year);
	}
}

static bool
dates_rewritten(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *job = job_of(s, artifact, &i);
	const char *start = job != NULL ? as_written(s, text_in(job, "start_date")) : NULL;
	const char *end = job != NULL ? as_written(s, text_in(job, "end_date")) : NULL;

	if (start != NULL)
		set_text(job, "start_date", start);
	if (end != NULL)
		set_text(job, "end_date", end);
	return start != NULL && lie_at(s, "", start);
}

/* Every `from` of the text is `to`. */
static const char *
all_replaced(struct scene *s, const char *text, const char *from, const char *to)
{
	for (const char *found = strstr(text, from); found != NULL; found = strstr(found, from)) {
		size_t at = (size_t)(found - text);

		text = replaced(s, text, at, strlen(from), to);
		found = text + at + strlen(to);
	}
	return text;
}

static const char *
decomposed(struct scene *s, const char *text)
{
	size_t length;
	uint8_t *raw = u8_normalize(UNINORM_NFD, (const uint8_t *)text, strlen(text), NULL, &length);
	const char *copy = raw != NULL ? cvp_arena_strndup(s->ctx->arena, (const char *)raw, length) : text;

	free(raw);
	return copy;
}

/* The same words in other signs: dashes, spaces, quotes, composed letters, digits. */
static const char *
in_other_signs(struct scene *s, const char *text)
{
	text = decomposed(s, text);
	text = all_replaced(s, text, "-", roll(s, 2) ? "\u2011" : "\u2013");
	text = all_replaced(s, text, " ", roll(s, 2) ? "\u00a0" : "  ");
	text = all_replaced(s, text, "'", "\u2019");
	return roll(s, 2) ? in_digits(s, text) : text;
}

static bool
signs_changed(struct scene *s, json_t *artifact)
{
	struct bullet bullet;
	size_t i;
	json_t *job = job_of(s, artifact, &i);

	if (job == NULL)
		return false;
	if (roll(s, 2)) {
		set_text(job, "company_name", in_other_signs(s, text_in(job, "company_name")));
		set_text(job, "job_title", in_other_signs(s, text_in(job, "job_title")));
		return lie_at(s, "", text_in(job, "company_name"));
	}
	return bullet_where(s, artifact, NULL, &bullet) && set_bullet(s, &bullet, in_other_signs(s, bullet.text));
}

static bool
summary_in_other_signs(struct scene *s, json_t *artifact)
{
	const char *text = text_in(cv_of(artifact), "executive_summary");

	if (text == NULL || text[0] == '\0')
		return false;
	text = all_replaced(s, text, " ", "\u00a0");
	set_text(cv_of(artifact), "executive_summary", decomposed(s, text));
	return lie_at(s, "", text);
}

/* The last words are left out, from a comma or "and" on, or a third of them. */
static const char *
shortened(struct scene *s, const char *text)
{
	size_t length = strlen(text), at = length;
	const char *comma = NULL;

	for (const char *found = strchr(text, ','); found != NULL; found = strchr(found + 1, ','))
		if (found[1] == ' ' && (size_t)(found - text) * 2 > length)
			comma = found;
	if (comma != NULL)
		return cvp_arena_strndup(s->ctx->arena, text, (size_t)(comma - text));
	while (at * 3 > length * 2)
		at--;
	while (at > 0 && text[at] != ' ')
		at--;
	return at > 0 ? cvp_arena_strndup(s->ctx->arena, text, at) : NULL;
}

static bool
words_dropped(struct scene *s, json_t *artifact)
{
	struct bullet bullet;
	const char *text;

	if (!bullet_where(s, artifact, NULL, &bullet) || strlen(bullet.text) < 40)
		return false;
	text = shortened(s, bullet.text);
	return text != NULL && set_bullet(s, &bullet, text);
}

/* One adverb or adjective is left out: a word of the middle ending in -ly, -ive, -ful, -но, -ный. */
static bool
adjective_dropped(struct scene *s, json_t *artifact)
{
	static const char *const ends[] = { "ly ", "ive ", "ful ", "al ", "ous ", "но ", "ный ", "ная ", "ных " };
	struct bullet bullet;

	for (int tries = 0; tries < 10 && bullet_where(s, artifact, NULL, &bullet); tries++) {
		const char *found = strstr(bullet.text, ends[roll(s, 9)]);
		size_t end, start;

		if (found == NULL)
			continue;
		end = (size_t)(found - bullet.text) + strcspn(found, " ") + 1;
		for (start = end - 1; start > 0 && bullet.text[start - 1] != ' '; start--)
			;
		if (start > 0 && strspn(bullet.text + start, "abcdefghijklmnopqrstuvwxyz") == end - 1 - start)
			return set_bullet(s, &bullet, replaced(s, bullet.text, start, end - start, ""));
	}
	return false;
}

/* Other names of skills, as people use them: ours, not the lexicon's list. */
static bool
skill_by_other_name(struct scene *s, json_t *artifact)
{
	static const char *const names[][2] = {
		{ "JavaScript", "JS" },
		{ "Kubernetes", "k8s" },
		{ "PostgreSQL", "Postgres" },
		{ "Go", "Golang" },
		{ "Node.js", "NodeJS" },
		{ "React", "React.js" },
		{ "Vue", "Vue.js" },
		{ "TypeScript", "TS" },
		{ "Amazon Web Services", "AWS" },
		{ "AWS", "Amazon Web Services" },
		{ "HTML", "HTML5" },
		{ "CSS", "CSS3" },
		{ "GCP", "Google Cloud" },
		{ "Excel", "Microsoft Excel" },
		{ "MongoDB", "Mongo" },
	};
	json_t *skills = json_object_get(cv_of(artifact), "skills");

	for (size_t i = 0; i < json_array_size(skills); i++) {
		json_t *skill = json_array_get(skills, i);
		struct cvp_skill_id one, other;

		for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++) {
			if (strcmp(text_in(skill, "skill_name"), names[j][0]) != 0 ||
			    !cvp_lexicon_find(s->ctx, s->assets->lexicon, names[j][0], &one) ||
			    !cvp_lexicon_find(s->ctx, s->assets->lexicon, names[j][1], &other) ||
			    one.index != other.index)
				continue;
			set_text(skill, "skill_name", names[j][1]);
			return lie_at(s, "", names[j][1]);
		}
	}
	return false;
}

static bool
contact_rewritten(struct scene *s, json_t *artifact)
{
	json_t *contact = json_object_get(cv_of(artifact), "contact_info");
	const char *email = text_in(contact, "email"), *phone = text_in(contact, "phone");
	char *upper;

	if (email == NULL)
		return false;
	upper = cvp_arena_strdup(s->ctx->arena, email);
	for (char *c = upper; *c != '\0' && *c != '@'; c++)
		*c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
	set_text(contact, "email", upper);
	if (phone != NULL)
		set_text(contact, "phone", all_replaced(s, all_replaced(s, phone, "-", " "), "(", ""));
	return lie_at(s, "", upper);
}

const struct lie_kind tailored_truths[] = {
	{ "unchanged", unchanged },
	{ "reordered", reordered },
	{ "entry left out", omitted },
	{ "bullet left out", bullet_omitted },
	{ "dates in another notation", dates_rewritten },
	{ "other signs, digits", signs_changed },
	{ "summary in other signs", summary_in_other_signs },
	{ "words dropped", words_dropped },
	{ "adjective dropped", adjective_dropped },
	{ "skill by another name", skill_by_other_name },
	{ "contact in another notation", contact_rewritten },
};
const size_t tailored_truth_count = sizeof(tailored_truths) / sizeof(tailored_truths[0]);

/* Reports */

static bool
point_left_out(struct scene *s, json_t *report)
{
	static const char *const lists[][2] = { { "talking_points", "x_talking_point_sources" },
						{ "differentiators", "x_differentiator_sources" } };
	const char *const *list = lists[roll(s, 2)];
	size_t i;

	if (any_of(s, json_object_get(report, list[0]), &i) == NULL)
		return false;
	json_array_remove(json_object_get(report, list[0]), i);
	json_array_remove(json_object_get(report, list[1]), i);
	return lie_at(s, "", list[0]);
}

static bool
strategy_left_out(struct scene *s, json_t *report)
{
	size_t i;

	if (any_of(s, json_object_get(report, "gap_strategies"), &i) == NULL)
		return false;
	json_array_remove(json_object_get(report, "gap_strategies"), i);
	return lie_at(s, "", "gap_strategies");
}

static bool
points_turned_round(struct scene *s, json_t *report)
{
	turn_round(json_object_get(report, "talking_points"), json_object_get(report, "x_talking_point_sources"));
	turn_round(json_object_get(report, "differentiators"), json_object_get(report, "x_differentiator_sources"));
	return lie_at(s, "", "lists turned round");
}

static bool
report_in_other_signs(struct scene *s, json_t *report)
{
	const char *text = text_in(report, "executive_summary");

	text = all_replaced(s, text, " ", "\u00a0");
	set_text(report, "executive_summary", roll(s, 2) ? decomposed(s, text) : in_digits(s, text));
	return lie_at(s, "", text);
}

const struct lie_kind report_truths[] = {
	{ "unchanged", unchanged },
	{ "reordered", points_turned_round },
	{ "point left out", point_left_out },
	{ "strategy left out", strategy_left_out },
	{ "other signs, digits", report_in_other_signs },
};
const size_t report_truth_count = sizeof(report_truths) / sizeof(report_truths[0]);
