/* Which part of a header is the title, which the employer, which the place. */
#include "career/cv_text_head.h"

#include <string.h>

#include "career/cv_chars.h"
#include "core/ctx.h"

#define HEAD_WORDS 16
#define ROW_MAX    400 /* a table's row may hold what was done, too */

/* The part of that kind with the highest score, the first of equals; -1 without. */
static int
best(const struct cvp_parts *parts, enum cvp_part_kind kind, int but)
{
	int found = -1;

	for (int i = 0; i < (int)parts->count; i++)
		if (i != but && parts->at[i].kind == kind && (found < 0 || parts->at[i].score > parts->at[found].score))
			found = i;
	return found;
}

static int
count_kind(const struct cvp_parts *parts, enum cvp_part_kind kind)
{
	int count = 0;

	for (size_t i = 0; i < parts->count; i++)
		count += parts->at[i].kind == kind;
	return count;
}

/* Is the part's line the next one's, and do the two, with the comma between, make a place ("Austin", "TX")? */
static bool
makes_place(const struct cvp_text_reader *reader, const struct cvp_part *part)
{
	const struct cvp_part *next = part + 1;

	if (next->joint != CVP_JOINT_COMMA || part->line != next->line)
		return false;
	if (part->kind != CVP_PART_PLACE && (part->kind != CVP_PART_PLAIN || strchr(next->text, ',')))
		return false; /* "Brightloop, Austin, TX": the town has its region already */
	return cvp_words_are_place(
	    reader->words, cvp_arena_strndup(reader->ctx->arena, part->line + part->from, next->to - part->from));
}

/* A plain part before a place is its town ("Pleasantville, CA"), unless it is the only name that could be the
 * employer's: then only the code of a region makes it a town. */
void
cvp_parts_find_places(const struct cvp_text_reader *reader, struct cvp_parts *parts)
{
	for (int i = (int)parts->count - 2; i >= 0; i--) {
		struct cvp_part *part = &parts->at[i];
		bool is_lone = count_kind(parts, CVP_PART_PLAIN) < 2 && count_kind(parts, CVP_PART_COMPANY) == 0 &&
			       count_kind(parts, CVP_PART_TITLE) != 0;

		if (!makes_place(reader, part))
			continue;
		if (part->kind == CVP_PART_PLAIN && is_lone && (i == 0 || !cvp_words_are_region_code(part[1].text)))
			continue;
		part->kind = CVP_PART_PLACE;
		cvp_parts_merge(reader, parts, i);
	}
}

/* Parts that a comma parts from the title and that are nothing else belong to it, once the employer is known from
 * elsewhere ("Lead Instructor, AI Engineering Track"). */
static void
grow_title(const struct cvp_text_reader *reader, struct cvp_parts *parts, int *title, int *company)
{
	while (*title + 1 < (int)parts->count) {
		struct cvp_part *next = &parts->at[*title + 1];

		if (next->joint != CVP_JOINT_COMMA || *title + 1 == *company || next->line != parts->at[*title].line ||
		    (next->kind != CVP_PART_PLAIN && next->kind != CVP_PART_TITLE))
			return;
		cvp_parts_merge(reader, parts, *title);
		if (*company > *title)
			(*company)--;
	}
}

/* The plain part that is most likely the employer: what stands after "at", else nearest to the title. */
static int
pick_company(const struct cvp_parts *parts, int title)
{
	int found = -1;

	for (int i = 0; i < (int)parts->count; i++) {
		if (i == title || parts->at[i].kind != CVP_PART_PLAIN)
			continue;
		if (parts->at[i].joint == CVP_JOINT_AT)
			return i;
		if (found < 0 ||
		    (found < title && i > title && parts->at[i].joint != CVP_JOINT_COMMA &&
		     parts->at[i].joint != CVP_JOINT_TAB && parts->at[found].line != parts->at[title].line &&
		     parts->at[i].line == parts->at[title].line))
			found = i;
	}
	return found;
}

/* Several titles and no employer: "Acme Trainers | Sales Manager" has two only by its words. */
static int
pick_titled_company(const struct cvp_parts *parts, int title)
{
	int other = best(parts, CVP_PART_TITLE, title);

	if (other < 0 || parts->at[other > title ? other : title].joint == CVP_JOINT_COMMA)
		return -1;
	return other;
}

/* A title among the plain parts, where no word tells: by the order usual in this CV. A lone name is the employer's. */
static int
pick_title(const struct cvp_parts *parts, int company, bool title_first)
{
	int first = -1, second = -1;

	for (int i = 0; i < (int)parts->count; i++) {
		if (i == company || parts->at[i].kind != CVP_PART_PLAIN)
			continue;
		/* what a comma parts from the employer is its department or its town */
		if (company >= 0 && i == company + 1 && parts->at[i].joint == CVP_JOINT_COMMA)
			continue;
		if (first < 0)
			first = i;
		else if (second < 0)
			second = i;
	}
	if (company >= 0)
		return first;
	if (second < 0)
		return -1;
	return title_first ? first : second;
}

/* "מנהל שיווק בבזק": the employer after a preposition that is written as one with it. */
static bool
split_hebrew(const struct cvp_text_reader *reader, struct cvp_parts *parts, int title)
{
	static const char *const no_names[] = { "בכיר",  "בכירה", "בתחום", "במשרה",  "בית",
						"ביטוח", "בנק",   "בקרה",  "בדיקות", "בטיחות" };
	struct cvp_part *part = &parts->at[title];
	const char *last = strrchr(part->text, ' ');

	if (!last || strncmp(last + 1, "ב", 2) != 0 || strlen(last + 1) < 6 || parts->count == CVP_PARTS_MAX ||
	    cvp_cv_chars_any_word(last + 1, no_names, CVP_COUNT(no_names), NULL))
		return false;
	parts->at[parts->count] = (struct cvp_part){ .line = part->line,
						     .from = part->from + (size_t)(last - part->text) + 3,
						     .to = part->to,
						     .text = last + 3,
						     .joint = CVP_JOINT_AT,
						     .kind = CVP_PART_COMPANY };
	parts->count++;
	part->to = part->from + (size_t)(last - part->text);
	part->text = cvp_arena_strndup(reader->ctx->arena, part->text, (size_t)(last - part->text));
	return true;
}

/* "Store Manager Acme Group": the title ends after its last title word; the names behind it are the employer. */
static bool
split_tail(const struct cvp_text_reader *reader, struct cvp_parts *parts, int title)
{
	struct cvp_part *part = &parts->at[title], tail = *part;
	size_t at = 0, length, end = 0, step;

	while ((length = cvp_word_next(part->text, &at)) > 0) {
		if (cvp_word_classes(reader->words, part->text + at, length) & CVP_WORD_TITLE)
			end = at + length;
		at += length;
	}
	tail.text = part->text + end + cvp_cv_chars_space(part->text + end);
	if (end == 0 || tail.text == part->text + end || parts->count == CVP_PARTS_MAX ||
	    !cvp_cv_char_is_upper(cvp_cv_char_at(tail.text, &step)))
		return false;
	if (cvp_word_count(reader->words, tail.text).words < 2 || cvp_word_count(reader->words, tail.text).rank)
		return false;
	tail.from = part->from + (size_t)(tail.text - part->text);
	tail.kind = CVP_PART_COMPANY;
	tail.joint = CVP_JOINT_COMMA;
	part->to = part->from + end;
	part->text = cvp_arena_strndup(reader->ctx->arena, part->text, end);
	memmove(part + 2, part + 1, (parts->count - (size_t)title - 1) * sizeof(*part));
	part[1] = tail;
	parts->count++;
	return true;
}

/* A part that names a post first and a legal form after it ("Cook Example Company") is both. */
static void
split_legal_tails(const struct cvp_text_reader *reader, struct cvp_parts *parts)
{
	for (int i = 0; i < (int)parts->count; i++) {
		struct cvp_part *part = &parts->at[i];
		struct cvp_word_counts counts = cvp_word_count(reader->words, part->text);
		size_t at = 0, length = cvp_word_next(part->text, &at);

		if (part->is_labelled || !counts.legal || !counts.title || counts.ends_in_title ||
		    (cvp_word_classes(reader->words, part->text + at, length) & CVP_WORD_LEGAL))
			continue;
		if (!split_tail(reader, parts, i))
			continue;
		part->kind = CVP_PART_TITLE;
		part->score = 4;
		part[1].score = 5;
	}
}

/* The place of the header; a plain part after the employer's comma is one too. */
static const char *
pick_place(const struct cvp_parts *parts, int title, int company)
{
	int place = best(parts, CVP_PART_PLACE, -1);

	if (place < 0 && company >= 0 && company + 1 < (int)parts->count && company + 1 != title) {
		const struct cvp_part *next = &parts->at[company + 1];

		if (next->kind == CVP_PART_PLAIN && next->joint >= CVP_JOINT_DASH && strlen(next->text) < 60)
			return next->text;
	}
	return place < 0 ? NULL : parts->at[place].text;
}

static void
fill(const struct cvp_parts *parts, int title, int company, struct cvp_head *head)
{
	int kind = best(parts, CVP_PART_EMPLOYMENT, -1), text = best(parts, CVP_PART_TEXT, -1);

	head->title = title < 0 ? NULL : parts->at[title].text;
	head->organisation = company < 0 ? NULL : parts->at[company].text;
	head->location = pick_place(parts, title, company);
	head->employment = kind < 0 ? NULL : parts->at[kind].text;
	head->text = text < 0 ? NULL : parts->at[text].text;
	head->title_first = title < company;
}

/* Beside the placeholder of an employer nothing else is one: what is left of the line is the post, commas and all. */
static void
clear_beside_placeholder(const struct cvp_text_reader *reader, struct cvp_parts *parts)
{
	int company = best(parts, CVP_PART_COMPANY, -1), title;

	if (company < 0 || !cvp_text_is_placeholder(parts->at[company].text))
		return;
	for (int i = 0; i < (int)parts->count; i++)
		if (i != company && (parts->at[i].kind == CVP_PART_COMPANY || parts->at[i].kind == CVP_PART_PLACE))
			parts->at[i].kind = CVP_PART_PLAIN;
	title = best(parts, CVP_PART_TITLE, -1);
	for (int i = 0; title < 0 && i < (int)parts->count; i++)
		if (parts->at[i].kind == CVP_PART_PLAIN || parts->at[i].kind == CVP_PART_EMPLOYMENT)
			title = i;
	if (title < 0)
		return;
	parts->at[title].kind = CVP_PART_TITLE;
	while (title > 0 && parts->at[title].joint == CVP_JOINT_COMMA && title - 1 != company &&
	       parts->at[title - 1].line == parts->at[title].line) {
		parts->at[--title].kind = CVP_PART_TITLE;
		cvp_parts_merge(reader, parts, title);
	}
}

struct cvp_head
cvp_head_of(const struct cvp_text_reader *reader, struct cvp_parts *parts, bool title_first)
{
	struct cvp_head head = { 0 };
	int title, company;

	cvp_parts_find_places(reader, parts);
	split_legal_tails(reader, parts);
	clear_beside_placeholder(reader, parts);
	title = best(parts, CVP_PART_TITLE, -1);
	company = best(parts, CVP_PART_COMPANY, -1);
	head.is_sure = title >= 0 && company >= 0;
	if (title >= 0 && company < 0 && split_hebrew(reader, parts, title))
		company = (int)parts->count - 1;
	if (company < 0 && title >= 0) {
		company = pick_company(parts, title);
		head.is_sure = company >= 0 && parts->at[company].joint != CVP_JOINT_COMMA;
	}
	if (company < 0 && title >= 0)
		company = pick_titled_company(parts, title);
	if (company < 0 && title >= 0 && split_tail(reader, parts, title))
		company = title + 1;
	if (title < 0)
		title = pick_title(parts, company, title_first);
	if (company < 0 && title >= 0)
		company = pick_company(parts, title);
	if (company < 0 && title < 0)
		company = best(parts, CVP_PART_PLAIN, -1);
	if (title >= 0)
		grow_title(reader, parts, &title, &company);
	fill(parts, title, company, &head);
	return head;
}

/* Does the text end like a sentence: in a full stop that is no abbreviation's? */
static bool
ends_sentence(const struct cvp_text_reader *reader, const char *text)
{
	size_t length = strlen(text), start, bytes;

	if (length == 0 || (text[length - 1] != '.' && text[length - 1] != ';' && text[length - 1] != '!'))
		return false;
	for (start = length - 1; start > 0 && !cvp_cv_char_is_space(cvp_cv_char_before(text, start)); start--)
		;
	bytes = length - 1 - start;
	if (bytes <= 3 || memchr(text + start, '.', bytes))
		return false;
	return !(cvp_word_classes(reader->words, text + start, bytes) & (CVP_WORD_LEGAL | CVP_WORD_DEGREE));
}

static bool
begins_lower(const char *text)
{
	size_t length;
	uint32_t c = cvp_cv_char_at(text, &length);

	return cvp_cv_char_is_letter(c) && c < 0x590 && cvp_cv_char_lower(c) == c;
}

bool
cvp_is_head_line(const struct cvp_text_reader *reader, const struct cvp_text_line *line)
{
	struct cvp_word_counts counts;

	if (line->is_bullet || strlen(line->text) > 2 * CVP_HEAD_MAX || ends_sentence(reader, line->text))
		return false;
	if (begins_lower(line->text) && !line->level && !line->is_bold)
		return false;
	counts = cvp_word_count(reader->words, line->text);
	return counts.words <= HEAD_WORDS && counts.words > 0;
}

/* Is the character one that parts a date from the rest? */
static bool
is_parting(uint32_t c)
{
	return c == 0 || c == '\t' || c == '|' || c == '/' || c == ',' || c == ';' || c == ':' || c == '(' ||
	       c == ')' || c == '[' || c == ']' || c == 0xB7 || c == 0x2022 || cvp_cv_char_is_dash(c);
}

/* "Sales Associate 01/2015 to 11/2016 Acme": a span between two names, though no mark parts them. */
static bool
is_between_names(const char *text, const struct cvp_date_range *range)
{
	const char *after = text + range->to + cvp_cv_chars_space(text + range->to);
	size_t start = range->from, length;

	while (start > 0 && cvp_cv_char_is_space(cvp_cv_char_before(text, start)))
		start--;
	while (start > 0 && !cvp_cv_char_is_space(cvp_cv_char_before(text, start)))
		start--;
	return cvp_cv_char_is_upper(cvp_cv_char_at(after, &length)) &&
	       cvp_cv_char_is_upper(cvp_cv_char_at(text + start, &length));
}

/* A sentence that names its years: most of its words have no capital. */
static bool
is_running_text(const struct cvp_text_reader *reader, const char *text)
{
	struct cvp_word_counts counts = cvp_word_count(reader->words, text);

	return counts.words > 6 && (counts.capitals - counts.numbers) * 2 < counts.words && ends_sentence(reader, text);
}

bool
cvp_is_dated_head(const struct cvp_text_reader *reader, const struct cvp_text_line *line,
		  const struct cvp_date_range *range)
{
	const char *text = line->text, *rest = text + range->to;
	size_t from = range->from, length, words;
	bool parted_before, parted_after;

	if (!line->is_bullet && range->is_range && range->from < CVP_HEAD_MAX &&
	    cvp_text_find_company_placeholder(text))
		return true;
	if (strlen(text) > ROW_MAX)
		return false;
	while (from > 0 && text[from - 1] == ' ')
		from--;
	while (*rest == ' ' || *rest == '.')
		rest++;
	parted_before = is_parting(cvp_cv_char_before(text, from));
	parted_after = is_parting(cvp_cv_char_at(rest, &length));
	words = (size_t)cvp_word_count(reader->words, text).words;
	if (!line->is_bullet && is_running_text(reader, text))
		return false;
	if (range->is_range && range->from > 0 && is_between_names(text, range))
		return words <= HEAD_WORDS && !ends_sentence(reader, text);
	if (range->is_range)
		return (parted_before || *rest == '\0' || parted_after) &&
		       (words <= HEAD_WORDS + 8 || line->is_bullet || strchr(text, '|') || strchr(text, '\t'));
	/* A lone date proves less: the line must be nothing else, or a header that ends in it. */
	if (line->is_bullet || words > HEAD_WORDS)
		return false;
	return from == 0 ? *rest == '\0' || parted_after
			 : parted_before && (*rest == '\0' || rest[strspn(rest, ") ]")] == '\0');
}

/* The right column of a line, where it is nothing but a date or a length of time: the offset of its tab; 0 else. */
static size_t
find_column(const struct cvp_text_reader *reader, const char *text, struct cvp_date_range *range)
{
	const char *tab = strrchr(text, '\t');

	range->to = 0;
	if (!tab || tab == text)
		return 0;
	if (cvp_words_are_duration(reader->words, tab + 1))
		return (size_t)(tab - text);
	if (!cvp_date_range_find(tab + 1, 0, range) || range->from > 1 || strlen(tab + 1) > range->to + 2)
		return 0;
	return (size_t)(tab - text);
}

struct cvp_text_lines
cvp_text_split_columns(const struct cvp_text_reader *reader, const struct cvp_text_lines *lines)
{
	struct cvp_text_lines split = { 0 };
	struct cvp_date_range range;

	for (size_t i = 0; i < lines->count; i++) {
		struct cvp_text_line line = lines->at[i], dated = line;
		size_t tab = find_column(reader, line.text, &range);

		if (tab && (line.is_bullet || range.to == 0)) {
			if (range.to) {
				dated.text = line.text + tab + 1;
				dated.is_bullet = dated.is_bold = false;
				dated.indent = 0;
				cvp_text_lines_add(reader->ctx, &split, dated);
			}
			line.text = cvp_arena_strndup(reader->ctx->arena, line.text, tab);
		}
		if (!cvp_words_are_duration(reader->words, line.text))
			cvp_text_lines_add(reader->ctx, &split, line);
	}
	return split;
}
