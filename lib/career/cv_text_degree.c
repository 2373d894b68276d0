#include "career/cv_text_degree.h"

#include <string.h>
#include <strings.h>

#include "career/cv_chars.h"
#include "career/cv_text_lists.h"
#include "core/ctx.h"

static const char edge_marks[] = ",;|:·•/–—-−~\t";

static const char *const score_words[] = { "gpa",          "cgpa",  "grade", "grade point average",
					   "средний балл", "ממוצע", "ציון" };

static const char *const honor_words[] = {
	"cum laude",   "magna",          "summa",       "dean's list",    "dean’s list",
	"honors",      "honours",        "distinction", "valedictorian",  "first class",
	"with honors", "graduated with", "с отличием",  "красный диплом", "диплом с отличием",
	"בהצטיינות",   "הצטיינות",       "merit",
};

static bool
has_word(const char *text, const char *const *words, size_t count)
{
	size_t length;

	for (size_t at = 0; text[at]; at += length) {
		if (!cvp_cv_char_is_letter(cvp_cv_char_before(text, at)) &&
		    cvp_cv_chars_any_word(text + at, words, count, NULL))
			return true;
		cvp_cv_char_at(text + at, &length);
	}
	return false;
}

/* "GPA: 3.8/4.0" → "3.8/4.0"; NULL where the part is no mark. */
static const char *
score_of(struct cvp_ctx *ctx, const char *text)
{
	size_t length = cvp_cv_chars_any_word(text, score_words, CVP_COUNT(score_words), NULL), end;

	if (length == 0)
		return NULL;
	text = cvp_text_trim(ctx, text + length, strlen(text + length), ":-–—=(");
	end = strspn(text, "0123456789./, ");
	while (end > 0 && strchr("., /", text[end - 1]))
		end--;
	return end ? cvp_arena_strndup(ctx->arena, text, end) : NULL;
}

/* What may follow "of" in the name of a degree: words that go on ("Applied", "Business") and those that end it. */
static bool
goes_on(const char *word, size_t length)
{
	static const char *const words[] = { "applied",     "fine",    "social",       "public", "business", "computer",
					     "information", "liberal", "professional", "visual", "medical",  "dental" };

	return cvp_cv_chars_any_word(word, words, CVP_COUNT(words), NULL) == length;
}

static bool
ends_degree(const char *word, size_t length)
{
	static const char *const words[] = { "science",    "sciences",       "arts",      "art",      "engineering",
					     "technology", "administration", "education", "laws",     "law",
					     "philosophy", "commerce",       "music",     "medicine", "nursing",
					     "design",     "architecture",   "health",    "work",     "applications",
					     "studies",    "surgery" };

	return cvp_cv_chars_any_word(word, words, CVP_COUNT(words), NULL) == length;
}

/* The bytes of "of Applied Science" at text; 0 where no such name stands there. */
static size_t
scan_of(const char *text)
{
	size_t at = 0, length = cvp_word_next(text, &at);

	if (length != 2 || strncmp(text + at, "of", 2) != 0)
		return 0;
	at += length;
	while ((length = cvp_word_next(text, &at)) > 0) {
		if (ends_degree(text + at, length))
			return at + length;
		if (!goes_on(text + at, length))
			return 0;
		at += length;
	}
	return 0;
}

size_t
cvp_degree_scan(const struct cvp_text_reader *reader, const char *text)
{
	static const char *const honours[] = { "hons", "honours", "honors", "degree" };
	static const char *const phrases[] = { "high school diploma",
					       "secondary school certificate",
					       "a-levels",
					       "gcses",
					       "school leaving certificate",
					       "high school certificate",
					       "matric",
					       "leaving certificate",
					       "general education",
					       "среднее специальное",
					       "среднее профессиональное",
					       "высшее образование" };
	size_t at = 0, length, end = cvp_cv_chars_any_word(text, phrases, CVP_COUNT(phrases), NULL);

	if (end)
		return end;
	while ((length = cvp_word_next(text, &at)) > 0) {
		size_t of = end ? scan_of(text + end) : 0;

		if (end && (memchr(text + end, ',', at - end) || memchr(text + end, ':', at - end)))
			break;
		if (of)
			at = end + of;
		else if ((cvp_word_classes(reader->words, text + at, length) & CVP_WORD_DEGREE) ||
			 (end && cvp_cv_chars_any_word(text + at, honours, CVP_COUNT(honours), NULL) == length))
			at += length;
		else
			break;
		end = at;
	}
	if (end && text[end] == '.')
		end++;
	if (end && text[end] == ')')
		end++;
	return end;
}

/* What stands between a degree and its subject: "in", a comma, a colon, "по специальности", the Hebrew "ב". */
static const char *
skip_link_words(struct cvp_ctx *ctx, const char *text)
{
	static const char *const words[] = {
		"in",          "of",        "with",     "по специальности", "по направлению",
		"по",          "в области", "major in", "with a major in",  "специальность",
		"направление", "בתחום",     "the"
	};
	const char *rest = cvp_text_trim(ctx, text, strlen(text), edge_marks);
	size_t length = cvp_cv_chars_any_word(rest, words, CVP_COUNT(words), NULL);

	if (length)
		return cvp_text_trim(ctx, rest + length, strlen(rest + length), edge_marks);
	if (strncmp(rest, "ב-", 3) == 0)
		return cvp_text_trim(ctx, rest + 3, strlen(rest + 3), edge_marks);
	if (strncmp(rest, "ב", 2) == 0 && strlen(rest) > 6)
		return rest + 2;
	return rest;
}

/* A degree that names its own subject, so that what follows it is no subject but the school ("MBA, Example School"). */
static bool
names_subject(const char *degree)
{
	static const char *const words[] = {
		"mba",         "m.b.a",
		"bba",         "llb",
		"ll.b",        "llm",
		"jd",          "md",
		"m.d",         "med",
		"m.ed",        "bed",
		"b.ed",        "bcom",
		"b.com",       "mph",
		"dds",         "barch",
		"mca",         "bca",
		"ged",         "business administration",
		"commerce",    "laws",
		"law",         "education",
		"nursing",     "architecture",
		"social work", "public health",
		"medicine",    "computer applications",
	};

	return has_word(degree, words, CVP_COUNT(words));
}

static bool
is_degree_part(const struct cvp_text_reader *reader, const struct cvp_part *part)
{
	return cvp_degree_scan(reader, part->text) > 0;
}

/* A degree's name at the end of a part whose subject comes first ("Computer Science BSc"): its offset; 0 without. */
static size_t
degree_at_end(const struct cvp_text_reader *reader, const char *text)
{
	size_t at = 0, length, last = 0;

	while ((length = cvp_word_next(text, &at)) > 0) {
		if (at > 0 && (cvp_word_classes(reader->words, text + at, length) & CVP_WORD_DEGREE) &&
		    cvp_degree_scan(reader, text + at) == strlen(text + at))
			last = at;
		if (last)
			return last;
		at += length;
	}
	return 0;
}

/* "Automotive Technology University of Example": the subject, and the school that no mark parts from it. */
static const char *
cut_school(const struct cvp_text_reader *reader, const char *area, struct cvp_degree *degree)
{
	static const char *const schools[] = { " University of ", " College of ", " Institute of ", " School of ",
					       " Academy of " };

	for (size_t i = 0; i < CVP_COUNT(schools); i++) {
		const char *school = strstr(area, schools[i]);

		if (!school || degree->institution)
			continue;
		degree->institution = school + 1;
		return cvp_text_trim(reader->ctx, area, (size_t)(school - area), edge_marks);
	}
	return area;
}

static void
take_degree(const struct cvp_text_reader *reader, const char *text, struct cvp_degree *degree)
{
	struct cvp_ctx *ctx = reader->ctx;
	size_t length = cvp_degree_scan(reader, text);
	const char *area = skip_link_words(ctx, text + length);
	const char *study = cvp_text_trim(ctx, text, length, edge_marks);

	if (degree->study_type && (degree->area || area[0] == '\0'))
		return;
	degree->study_type = study;
	if (area[0] && !degree->area)
		degree->area = cut_school(reader, area, degree);
}

static bool
is_faculty(const char *text)
{
	static const char *const words[] = { "faculty",    "department", "dept",    "факультет", "кафедра", "school of",
					     "college of", "факультет:", "הפקולטה", "הפקולטה ל", "החוג ל",  "החוג" };

	return cvp_cv_chars_any_word(text, words, CVP_COUNT(words), NULL) > 0;
}

static int
school_words(const struct cvp_text_reader *reader, const char *text)
{
	return cvp_word_count(reader->words, text).school;
}

/* "University of California" and "Berkeley": one of several places a university has. */
static bool
is_campus(const struct cvp_part *school, const struct cvp_part *next)
{
	static const char *const systems[] = {
		"university of california",     "university of texas",          "university of maryland",
		"university of wisconsin",      "university of illinois",       "university of michigan",
		"university of minnesota",      "university of colorado",       "university of massachusetts",
		"university of north carolina", "state university of new york", "city university of new york",
		"california state university",  "university of missouri",       "university of nebraska",
	};

	return next->joint <= CVP_JOINT_COMMA && next->joint >= CVP_JOINT_DASH && !strchr(next->text, ',') &&
	       strlen(next->text) < 24 &&
	       cvp_cv_chars_any_word(school->text, systems, CVP_COUNT(systems), NULL) == strlen(school->text);
}

/* Which part is the school: the one with most words of schools, no degree. Its campus and what it is part of join it.
 */
static int
find_school(const struct cvp_text_reader *reader, struct cvp_parts *parts)
{
	int found = -1, most = 0;

	for (int i = 0; i < (int)parts->count; i++) {
		int words = school_words(reader, parts->at[i].text);

		if (parts->at[i].is_labelled && parts->at[i].kind == CVP_PART_COMPANY)
			return i;
		if (words == 0 || is_degree_part(reader, &parts->at[i]) || is_faculty(parts->at[i].text))
			continue;
		if (words > most) {
			most = words;
			found = i;
		}
	}
	while (found >= 0 && found + 1 < (int)parts->count && parts->at[found + 1].line == parts->at[found].line) {
		struct cvp_part *next = &parts->at[found + 1];

		if (!is_campus(&parts->at[found], next) &&
		    !(next->joint == CVP_JOINT_COMMA && school_words(reader, next->text) > 0 &&
		      !is_degree_part(reader, next)))
			break;
		cvp_parts_merge(reader, parts, found);
	}
	return found;
}

/* "BSc at Example University", "MS, MIT" inside one part: cut where the school begins. */
static void
split_schools(const struct cvp_text_reader *reader, struct cvp_parts *parts)
{
	static const char *const joints[] = { " at ", " from ", " в ", " @ " };

	for (size_t i = 0; i < parts->count && parts->count < CVP_PARTS_MAX; i++) {
		struct cvp_part *part = &parts->at[i];

		if (!is_degree_part(reader, part))
			continue;
		for (size_t j = 0; j < CVP_COUNT(joints); j++) {
			const char *joint = strstr(part->text, joints[j]);
			struct cvp_part second = *part;

			if (!joint || school_words(reader, joint) == 0)
				continue;
			second.text = joint + strlen(joints[j]);
			second.from = part->from + (size_t)(second.text - part->text);
			part->to = part->from + (size_t)(joint - part->text);
			part->text = cvp_arena_strndup(reader->ctx->arena, part->text, (size_t)(joint - part->text));
			parts->at[parts->count++] = second;
			break;
		}
	}
}

/* A part that has the degree and the school without a mark between ("BSc, Automotive Technology University of X")
 * cannot be cut surely; what is neither degree nor school is the subject, the school where none is known. */
static void
take_plain(const struct cvp_text_reader *reader, const struct cvp_part *part, struct cvp_degree *degree)
{
	const char *score = score_of(reader->ctx, part->text);

	if (score)
		degree->score = score;
	else if (part->kind == CVP_PART_PLACE)
		degree->location = degree->location ? degree->location : part->text;
	else if (has_word(part->text, honor_words, CVP_COUNT(honor_words)))
		degree->honors = part->text;
	else if (part->kind == CVP_PART_DURATION)
		return;
	else if (!degree->institution && (degree->area || !degree->study_type || part->joint <= CVP_JOINT_DASH ||
					  names_subject(degree->study_type)))
		degree->institution = part->text;
	else if (!degree->area)
		degree->area = part->text;
}

/* "Arizona State University": how many bytes before the school's word belong to its name; words like "State" and
 * "Community" need one more before them. */
static size_t
school_start(const struct cvp_text_reader *reader, const char *text)
{
	static const char *const more[] = { "state", "community", "high",          "technical", "junior",
					    "city",  "county",    "international", "national",  "business",
					    "park",  "art",       "law",           "medical" };
	size_t starts[3] = { 0 }, words = 0, at = 0, length, step;

	while ((length = cvp_word_next(text, &at)) > 0) {
		if (words && (cvp_word_classes(reader->words, text + at, length) & CVP_WORD_SCHOOL)) {
			size_t last = starts[(words - 1) % 3], back;

			if (strncasecmp(text + at, "university of", 13) == 0)
				return at;
			back = words > 1 && cvp_cv_chars_any_word(text + last, more, CVP_COUNT(more), NULL) ? 2 : 1;
			last = starts[(words - back) % 3];
			return cvp_cv_char_is_upper(cvp_cv_char_at(text + last, &step)) ? last : 0;
		}
		starts[words++ % 3] = at;
		at += length;
	}
	return 0;
}

/* What a subject holds of a school, where none was told: all of it behind the end of school, else its last name. */
static void
take_school_of_area(const struct cvp_text_reader *reader, struct cvp_degree *degree)
{
	static const char *const no_subject[] = { "high school diploma", "ged", "g.e.d", "diploma", "high school" };
	const char *area = degree->area;
	size_t start;

	if (degree->institution || !area || !degree->study_type)
		return;
	if (cvp_cv_chars_any_word(degree->study_type, no_subject, CVP_COUNT(no_subject), NULL) ==
	    strlen(degree->study_type)) {
		if (school_words(reader, area) == 0 && !strcasestr(area, " high"))
			return;
		degree->institution = area;
		degree->area = NULL;
		return;
	}
	start = school_words(reader, area) ? school_start(reader, area) : 0;
	if (start == 0 && (school_words(reader, area) != 1 || cvp_word_count(reader->words, area).words > 4))
		return;
	degree->institution = cvp_text_trim(reader->ctx, area + start, strlen(area + start), edge_marks);
	degree->area = start ? cvp_text_trim(reader->ctx, area, start, edge_marks) : NULL;
	if (degree->area && degree->area[0] == '\0')
		degree->area = NULL;
}

struct cvp_degree
cvp_degree_of(const struct cvp_text_reader *reader, struct cvp_parts *parts)
{
	struct cvp_degree degree = { 0 };
	size_t at;
	int school;

	split_schools(reader, parts);
	school = find_school(reader, parts);
	cvp_parts_find_places(reader, parts);
	school = find_school(reader, parts);
	if (school >= 0)
		degree.institution = parts->at[school].text;
	for (int i = 0; i < (int)parts->count; i++)
		if (i != school && is_degree_part(reader, &parts->at[i]))
			take_degree(reader, parts->at[i].text, &degree);
	for (int i = 0; i < (int)parts->count; i++) {
		struct cvp_part part = parts->at[i];

		if (i == school || is_degree_part(reader, &part))
			continue;
		at = degree.study_type ? 0 : degree_at_end(reader, part.text);
		if (at) {
			degree.study_type = part.text + at;
			part.text = cvp_text_trim(reader->ctx, part.text, at, edge_marks);
		}
		take_plain(reader, &part, &degree);
	}
	take_school_of_area(reader, &degree);
	return degree;
}

static void
add_to_list(json_t *entry, const char *key, const char *text)
{
	json_t *list = json_object_get(entry, key);

	if (!list) {
		list = json_array();
		json_object_set_new(entry, key, list);
	}
	json_array_append_new(list, json_string(text));
}

/* "Relevant coursework: Algorithms, Databases" into courses[]. */
static bool
take_courses(struct cvp_text_reader *reader, json_t *entry, const char *text)
{
	static const char *const words[] = { "relevant coursework", "coursework",  "courses",
					     "relevant courses",    "key courses", "курсы",
					     "основные курсы",      "קורסים",      "selected courses" };
	const char *label, *rest;
	json_t *courses;

	if (!cvp_text_label(reader->ctx, text, &label, &rest) ||
	    cvp_cv_chars_any_word(label, words, CVP_COUNT(words), NULL) != strlen(label))
		return false;
	courses = json_object_get(entry, "courses");
	if (!courses) {
		courses = json_array();
		json_object_set_new(entry, "courses", courses);
	}
	cvp_text_split_list(reader, courses, rest);
	return true;
}

/* "GPA: 3.85/4.0, Dean's List": the mark, and the honour behind the comma. */
static bool
take_score(struct cvp_text_reader *reader, json_t *entry, const char *text)
{
	const char *score = score_of(reader->ctx, text), *comma = strchr(text, ',');

	if (!score || json_object_get(entry, "score"))
		return false;
	cvp_text_set(entry, "score", score);
	if (comma && has_word(comma, honor_words, CVP_COUNT(honor_words)))
		add_to_list(entry, "x_honors", cvp_text_trim(reader->ctx, comma, strlen(comma), edge_marks));
	return true;
}

void
cvp_degree_read_details(struct cvp_text_reader *reader, json_t *entry, const struct cvp_text_lines *details)
{
	struct cvp_text_lines rest = { 0 };

	for (size_t i = 0; i < details->count; i++) {
		const char *text = details->at[i].text;

		if (take_score(reader, entry, text) || take_courses(reader, entry, text))
			continue;
		if (strlen(text) < 80 && has_word(text, honor_words, CVP_COUNT(honor_words)))
			add_to_list(entry, "x_honors", text);
		else
			cvp_text_lines_add(reader->ctx, &rest, details->at[i]);
	}
	cvp_text_read_body(reader, entry, &rest, "summary");
}
