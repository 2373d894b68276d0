/* verify_claims.c - takes a text apart into lines and statements, hands them to the scanners; figures, skills, degrees,
 * certificates and addresses are judged here. */
#include "career/verify_claims.h"

#include <string.h>
#include <strings.h>

#include "career/verify_line.h"
#include "career/verify_plain.h"
#include "career/verify_prose.h"
#include "career/verify_prose_index.h"
#include "core/ctx.h"

#define TEXT_MAX 40000 /* bytes of a field that are read; schemas allow less */

void
cvp_line_report(const struct cvp_line *line, enum cvp_severity severity, const char *expected, const char *actual)
{
	cvp_verdict_add(line->check->verdict, line->field, severity, expected, actual);
}

const char *
cvp_line_part(const struct cvp_line *line, size_t first, size_t count)
{
	const struct cvp_word *from = &line->words.words[first], *to = &line->words.words[first + count - 1];

	return cvp_arena_strndup(line->check->ctx->arena, line->text + from->offset,
				 to->offset + to->length - from->offset);
}

const char *
cvp_line_gap(const struct cvp_line *line, size_t after, size_t *length)
{
	const struct cvp_word *left = &line->words.words[after - 1];

	*length = line->words.words[after].offset - left->offset - left->length;
	return line->text + left->offset + left->length;
}

bool
cvp_statement_seeks(const struct cvp_line *line, const struct cvp_statement *statement)
{
	static const char *const seeking[] = { "seek*",  "looking", "interested", "aspir*",  "eager", "applying",
					       "pursu*", "goal",    "objective",  "ищу",     "ищет",  "цель",
					       "хочу",   "хотел*",  "מחפש*",      "מעוניי*", "שואפ*" };

	for (size_t i = statement->first; i < statement->first + statement->count; i++) {
		if (cvp_cue_is_listed(line->words.words[i].folded, seeking, CVP_COUNT(seeking)))
			return true;
	}
	return false;
}

bool
cvp_line_allows_target(const struct cvp_line *line, const struct cvp_statement *statement)
{
	if (line->voice == CVP_VOICE_CV)
		return false;
	return line->voice == CVP_VOICE_POSTING || (statement->cues & CVP_STATES_DENIAL) != 0 ||
	       cvp_statement_is_about_target(statement);
}

bool
cvp_line_target_has(const struct cvp_line *line, size_t first, size_t count)
{
	const struct cvp_check *check = line->check;

	return check->target == NULL || cvp_facts_have_words(check->ctx, check->target, &line->words, first, count);
}

/* The statement the byte at `offset` stands in: the last one that begins before it. */
static const struct cvp_statement *
statement_at(const struct cvp_line *line, size_t offset)
{
	const struct cvp_statement *found = NULL;

	for (size_t i = 0; i < line->statements.count; i++) {
		if (found == NULL || line->words.words[line->statements.rows[i].first].offset <= offset)
			found = &line->statements.rows[i];
	}
	return found;
}

static bool
is_counted(const struct cvp_check *check, const struct cvp_number *number)
{
	for (size_t i = 0; i < check->count_count; i++) {
		if (number->unit == CVP_UNIT_NONE && number->value == check->counts[i])
			return true;
	}
	return false;
}

static bool
is_target_number(const struct cvp_line *line, const struct cvp_number *number)
{
	const struct cvp_statement *statement = statement_at(line, number->offset);
	const struct cvp_check *check = line->check;

	if (line->voice == CVP_VOICE_POSTING)
		return check->target == NULL || cvp_facts_have_number(check->target, NULL, number);
	if (statement == NULL || !cvp_line_allows_target(line, statement))
		return false;
	if ((number->unit == CVP_UNIT_MONTHS || number->unit == CVP_UNIT_YEARS) &&
	    (statement->cues & CVP_STATES_ADVICE) != 0)
		return true; /* a time to plan or to ask for, nobody's past */
	return check->target == NULL || ((statement->cues & CVP_STATES_WISH) != 0 && is_counted(check, number)) ||
	       cvp_facts_have_number(check->target, NULL, number);
}

/* Is it part of an employer's name: "7-Eleven"? */
static bool
is_in_name(const struct cvp_line *line, const struct cvp_number *number)
{
	for (size_t i = 0; i < line->words.count; i++) {
		if (line->is_name[i] && line->words.words[i].offset <= number->offset &&
		    number->offset < line->words.words[i].offset + line->words.words[i].length)
			return true;
	}
	return false;
}

/* "less than two years" claims no two years. */
static bool
is_shortfall(const struct cvp_line *line, const struct cvp_number *number)
{
	static const char *const leads[] = { "less than ", "fewer than ", "менее ", "меньше ", "פחות מ" };

	for (size_t i = 0; i < CVP_COUNT(leads); i++) {
		size_t length = strlen(leads[i]);

		if (number->unit == CVP_UNIT_YEARS && number->offset >= length &&
		    strncasecmp(line->text + number->offset - length, leads[i], length) == 0)
			return true;
	}
	return false;
}

static bool
is_proved_number(const struct cvp_line *line, const struct cvp_number *number)
{
	const struct cvp_statement *statement = statement_at(line, number->offset);

	if (line->voice == CVP_VOICE_POSTING)
		return cvp_facts_have_number(line->check->cv, line->scope, number);
	if (is_in_name(line, number) || is_shortfall(line, number) || cvp_prose_counts(line, number))
		return true;
	return cvp_facts_have_number(line->check->cv, line->scope, number) &&
	       (statement == NULL || cvp_prose_binds_number(line, statement, number));
}

static void
check_numbers(struct cvp_line *line)
{
	struct cvp_numbers numbers = cvp_numbers_of(line->check->ctx, line->text);

	for (size_t i = 0; i < numbers.count; i++) {
		const struct cvp_number *n = &numbers.rows[i];
		const char *actual = cvp_arena_strndup(line->check->ctx->arena, line->text + n->offset, n->length);

		if (n->is_loose || is_proved_number(line, n) || is_target_number(line, n))
			continue;
		cvp_line_report(line, n->is_year ? CVP_SEVERITY_CRITICAL : CVP_SEVERITY_WARNING,
				line->scope != NULL && line->scope->count > 0 ? "a figure of the sources named"
									      : "a figure of the CV",
				actual);
	}
}

static const struct cvp_statement *
statement_of_word(const struct cvp_line *line, size_t word)
{
	for (size_t i = 0; i < line->statements.count; i++) {
		const struct cvp_statement *statement = &line->statements.rows[i];

		if (word >= statement->first && word < statement->first + statement->count)
			return statement;
	}
	return NULL;
}

/* Soft skills are words of every language's daily use; only what can be checked is. */
static bool
is_checkable(const struct cvp_lexicon *lexicon, struct cvp_skill_id skill)
{
	return cvp_skill_kind(lexicon, skill) != CVP_SKILL_SOFT;
}

static void
check_skill(struct cvp_line *line, const struct cvp_skill_hit *hit)
{
	const struct cvp_check *check = line->check;
	const struct cvp_statement *statement = statement_of_word(line, hit->first);
	bool is_certificate = cvp_skill_kind(check->cv->lexicon, hit->skill) == CVP_SKILL_CERTIFICATION;

	for (size_t i = 0; i < hit->count; i++)
		line->is_skill[hit->first + i] = true;
	if (cvp_skill_kind(check->cv->lexicon, hit->skill) == CVP_SKILL_LANGUAGE && line->voice != CVP_VOICE_POSTING &&
	    statement != NULL && !cvp_line_allows_target(line, statement))
		cvp_prose_language_check(line, hit);
	if (!is_checkable(check->cv->lexicon, hit->skill) || cvp_facts_have_skill(check->cv, hit->skill) ||
	    cvp_facts_have_words(check->ctx, check->cv, &line->words, hit->first, hit->count))
		return;
	if (hit->count > 1 && cvp_prose_has_words(line, hit->first, hit->count))
		return;
	if (statement != NULL && line->voice == CVP_VOICE_CANDIDATE && (statement->cues & CVP_STATES_DENIAL) != 0)
		return;
	if (statement != NULL && cvp_line_allows_target(line, statement) &&
	    (check->target == NULL || cvp_facts_have_skill(check->target, hit->skill)))
		return;
	cvp_line_report(line, is_certificate ? CVP_SEVERITY_CRITICAL : CVP_SEVERITY_WARNING, NULL,
			cvp_line_part(line, hit->first, hit->count));
}

static void
check_skills(struct cvp_line *line)
{
	const struct cvp_check *check = line->check;
	struct cvp_skill_hits hits = cvp_lexicon_scan(check->ctx, check->cv->lexicon, line->text, &line->words);

	for (size_t i = 0; i < hits.count; i++)
		check_skill(line, &hits.hits[i]);
}

static bool
names_certificate(const struct cvp_line *line, const struct cvp_statement *statement)
{
	static const char *const stems[] = { "certified", "certificate", "certification", "licensed", "сертифи",
					     "лицензи",   "הסמכ",        "מוסמכ",         "תעודת" };

	for (size_t i = statement->first; i < statement->first + statement->count; i++) {
		for (size_t j = 0; j < CVP_COUNT(stems); j++) {
			if (strncmp(line->words.words[i].folded, stems[j], strlen(stems[j])) == 0)
				return true;
		}
	}
	return false;
}

/* Degrees above what the CV names, and certificates where it names none. */
static void
check_education(struct cvp_line *line, const struct cvp_statement *statement)
{
	const struct cvp_check *check = line->check;
	unsigned claimed = cvp_degrees_in(&line->words, statement->first, statement->count) & ~check->cv->degrees;

	if (cvp_line_allows_target(line, statement))
		return;
	if (claimed != 0)
		cvp_line_report(line, CVP_SEVERITY_CRITICAL, "a degree of the CV",
				cvp_line_part(line, statement->first, statement->count));
	if (!check->cv->has_certificate && names_certificate(line, statement))
		cvp_line_report(line, CVP_SEVERITY_CRITICAL, "a certificate of the CV",
				cvp_line_part(line, statement->first, statement->count));
}

static bool
is_address(const char *token, size_t length)
{
	const char *at = memchr(token, '@', length);

	return (at != NULL && at > token && memchr(at, '.', length - (size_t)(at - token)) != NULL) ||
	       (length > 4 && strncasecmp(token, "www.", 4) == 0) ||
	       (length > 7 && strncasecmp(token, "http", 4) == 0 && memmem(token, length, "://", 3) != NULL);
}

/* E-mail and web addresses, which must stand in the CV or the posting as they are. */
static void
check_addresses(struct cvp_line *line)
{
	const struct cvp_check *check = line->check;
	const char *at = line->text;

	while (*at != '\0') {
		size_t length = strcspn(at, " \x01()<>,;\"");

		while (length > 0 && strchr(".!?:", at[length - 1]) != NULL)
			length--;
		if (length > 0 && is_address(at, length)) {
			const char *address = cvp_arena_strndup(check->ctx->arena, at, length);

			if (!cvp_facts_have_text(check->cv, NULL, address) &&
			    (check->target == NULL || !cvp_facts_have_text(check->target, NULL, address)))
				cvp_line_report(line, CVP_SEVERITY_CRITICAL, "an address of the CV", address);
		}
		at += length > 0 ? length : 1;
	}
}

static void
read_words(struct cvp_line *line)
{
	struct cvp_ctx *ctx = line->check->ctx;

	line->words = cvp_words_of(ctx, line->text, strlen(line->text));
	line->is_name = cvp_line_name_words(line);
	line->statements = cvp_statements_of(ctx, line->text, &line->words, line->is_name);
	line->is_skill = cvp_arena_alloc(ctx->arena, (line->words.count + 1) * sizeof(bool));
}

static bool
is_word_end(const char *text, size_t at)
{
	return at == 0 || text[at] == '\0' || strchr(" \"'.,;:!?()", text[at]) != NULL ||
	       strchr(" \"'(", text[at - 1]) != NULL;
}

/* Does a word stand at `at`, that ends there? */
static bool
has_word_at(const char *text, const char *word)
{
	size_t length = strlen(word);

	return strncasecmp(text, word, length) == 0 && is_word_end(text, length);
}

/* "the Senior Engineer role", "role of Senior Engineer": called a role, the name is no claim, whatever the rest says.
 */
static bool
is_called_role(const char *text, size_t at, size_t end)
{
	static const char *const after[] = { " role", " position", " vacancy", " opening", " job", " post" };
	static const char *const before[] = { "role ",        "role of ",   "role as ",  "position of ",
					      "position as ", "role: ",     "роль ",     "роли ",
					      "должность ",   "должности ", "вакансия ", "вакансии ",
					      "המשרה ",       "למשרת ",     "משרת ",     "תפקיד " };

	end += text[end] == '"';
	at -= at > 0 && text[at - 1] == '"';
	for (size_t i = 0; i < CVP_COUNT(after); i++) {
		if (has_word_at(text + end, after[i]))
			return true;
	}
	for (size_t i = 0; i < CVP_COUNT(before); i++) {
		size_t length = strlen(before[i]);

		if (at >= length && strncasecmp(text + at - length, before[i], length) == 0)
			return true;
	}
	return false;
}

/* Masks the name in the statement: everywhere where it may speak of the target, else where it is called a role. */
static void
mask_name(struct cvp_line *line, const struct cvp_statement *statement, const char *name)
{
	const struct cvp_word *last = &line->words.words[statement->first + statement->count - 1];
	size_t length = strlen(name), end = last->offset + last->length;
	const char *from = line->text + line->words.words[statement->first].offset;
	bool is_cv = line->voice == CVP_VOICE_CV;
	bool is_allowed = is_cv ? cvp_statement_seeks(line, statement) : cvp_line_allows_target(line, statement);

	for (const char *found = from; (found = strstr(found, name)) != NULL; found += length) {
		size_t at = (size_t)(found - line->text);

		if (at < end && is_word_end(line->text, at) && is_word_end(line->text, at + length) &&
		    (is_allowed || (!is_cv && is_called_role(line->text, at, at + length))))
			memset(line->text + at, CVP_MASK, length);
	}
}

/* Masks the target's names where the target may be spoken of: their words claim nothing, whatever they are. */
static void
mask_target(struct cvp_line *line)
{
	for (size_t i = 0; i < CVP_COUNT(line->check->target_names); i++) {
		const char *name = line->check->target_names[i];

		if (name == NULL || name[0] == '\0' || strstr(line->text, name) == NULL)
			continue;
		read_words(line);
		for (size_t j = 0; j < line->statements.count; j++)
			mask_name(line, &line->statements.rows[j], name);
	}
}

static void
check_line(const struct cvp_check *check, const char *field, enum cvp_voice voice, const struct cvp_scope *scope,
	   char *visible)
{
	struct cvp_line line = { .check = check, .field = field, .voice = voice, .scope = scope };

	cvp_line_quotes(check, field, voice, scope, visible);
	line.text = cvp_arena_strdup(check->ctx->arena, cvp_text_normal(check->ctx, visible));
	if (line.text[0] == '\0')
		return;
	mask_target(&line);
	if (voice != CVP_VOICE_POSTING)
		cvp_line_citations(&line);
	read_words(&line);
	check_addresses(&line);
	check_numbers(&line);
	check_skills(&line);
	for (size_t i = 0; i < line.statements.count; i++) {
		cvp_line_names(&line, &line.statements.rows[i]);
		cvp_line_roles(&line, &line.statements.rows[i]);
		check_education(&line, &line.statements.rows[i]);
		if (voice != CVP_VOICE_POSTING)
			cvp_line_prose(&line, &line.statements.rows[i]);
	}
}

void
cvp_claims_check(const struct cvp_check *check, const char *field, enum cvp_voice voice, const struct cvp_scope *scope,
		 const char *text)
{
	const char *visible;

	if (text == NULL || (voice == CVP_VOICE_POSTING && check->target == NULL))
		return;
	visible = cvp_visible_text(check->ctx, cvp_arena_strndup(check->ctx->arena, text, strnlen(text, TEXT_MAX)));
	while (*visible != '\0') {
		size_t length = strcspn(visible, "\n");

		if (length > 0)
			check_line(check, field, voice, scope, cvp_arena_strndup(check->ctx->arena, visible, length));
		visible += length + (visible[length] == '\n');
	}
}
