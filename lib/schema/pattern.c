#define PCRE2_CODE_UNIT_WIDTH 8
#include "schema/pattern.h"

#include <pcre2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/buf.h"

#define STEPS_MAX    200000 /* backtracking of one match: a few milliseconds */
#define HEAP_MAX_KIB 20000
#define SOURCE_MAX   ((size_t)256 * 1024)

struct cvp_pattern {
	pcre2_code *code;
	pcre2_match_context *limits; /* only read by a match */
	char *text;
};

struct cvp_pattern_scratch {
	pcre2_match_data *data;
};

/* ECMA-262 knows the general categories by long names too, PCRE2 only by short ones. */
static const struct {
	const char *name, *category;
} categories[] = {
	{ "Letter", "L" },
	{ "Cased_Letter", "L&" },
	{ "Uppercase_Letter", "Lu" },
	{ "Lowercase_Letter", "Ll" },
	{ "Titlecase_Letter", "Lt" },
	{ "Modifier_Letter", "Lm" },
	{ "Other_Letter", "Lo" },
	{ "Mark", "M" },
	{ "Combining_Mark", "M" },
	{ "Nonspacing_Mark", "Mn" },
	{ "Spacing_Mark", "Mc" },
	{ "Enclosing_Mark", "Me" },
	{ "Number", "N" },
	{ "Decimal_Number", "Nd" },
	{ "digit", "Nd" },
	{ "Letter_Number", "Nl" },
	{ "Other_Number", "No" },
	{ "Punctuation", "P" },
	{ "punct", "P" },
	{ "Connector_Punctuation", "Pc" },
	{ "Dash_Punctuation", "Pd" },
	{ "Open_Punctuation", "Ps" },
	{ "Close_Punctuation", "Pe" },
	{ "Initial_Punctuation", "Pi" },
	{ "Final_Punctuation", "Pf" },
	{ "Other_Punctuation", "Po" },
	{ "Symbol", "S" },
	{ "Math_Symbol", "Sm" },
	{ "Currency_Symbol", "Sc" },
	{ "Modifier_Symbol", "Sk" },
	{ "Other_Symbol", "So" },
	{ "Separator", "Z" },
	{ "Space_Separator", "Zs" },
	{ "Line_Separator", "Zl" },
	{ "Paragraph_Separator", "Zp" },
	{ "Other", "C" },
	{ "Control", "Cc" },
	{ "cntrl", "Cc" },
	{ "Format", "Cf" },
	{ "Private_Use", "Co" },
	{ "Unassigned", "Cn" },
};

static bool
starts_with(const char *text, size_t length, const char *start)
{
	return length >= strlen(start) && memcmp(text, start, strlen(start)) == 0;
}

/* Writes the name between the braces of \p{...} as PCRE2 knows it. */
static void
add_property(struct cvp_buf *out, const char *name, size_t length)
{
	static const char *const prefixes[] = { "General_Category=", "gc=" };

	for (size_t i = 0; i < CVP_COUNT(prefixes); i++) {
		if (starts_with(name, length, prefixes[i])) {
			name += strlen(prefixes[i]);
			length -= strlen(prefixes[i]);
		}
	}
	for (size_t i = 0; i < CVP_COUNT(categories); i++) {
		if (strlen(categories[i].name) == length && memcmp(categories[i].name, name, length) == 0) {
			cvp_buf_text(out, categories[i].category);
			return;
		}
	}
	cvp_buf_add(out, name, length);
}

/* An escape at text: copied, a property's name put into PCRE2's words. Returns its length. */
static size_t
add_escape(struct cvp_buf *out, const char *text, size_t length)
{
	const char *end;
	size_t size;

	if (length < 3 || (text[1] != 'p' && text[1] != 'P') || text[2] != '{' ||
	    (end = memchr(text, '}', length)) == NULL) {
		size = length < 2 ? length : 2;
		cvp_buf_add(out, text, size);
		return size;
	}
	cvp_buf_add(out, text, 3);
	add_property(out, text + 3, (size_t)(end - text) - 3);
	cvp_buf_char(out, '}');
	return (size_t)(end - text) + 1;
}

static void
translate(struct cvp_buf *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		if (text[i] == '\\') {
			i += add_escape(out, text + i, length - i);
		} else {
			cvp_buf_char(out, text[i]);
			i++;
		}
	}
}

static pcre2_code *
compile(const char *source, size_t length, char *error, size_t error_size)
{
	const uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALLOW_EMPTY_CLASS |
				 PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	PCRE2_UCHAR why[128] = "out of memory";
	pcre2_code *code = NULL;
	PCRE2_SIZE at = 0;
	int fault = 0;

	if (context != NULL) {
		pcre2_set_compile_extra_options(context, PCRE2_EXTRA_ALT_BSUX);
		pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
		code = pcre2_compile((PCRE2_SPTR)source, length, options, &fault, &at, context);
		if (code == NULL)
			pcre2_get_error_message(fault, why, sizeof(why));
		pcre2_compile_context_free(context);
	}
	if (code == NULL)
		snprintf(error, error_size, "%s at byte %zu", (const char *)why, (size_t)at);
	return code;
}

static pcre2_match_context *
limits_new(void)
{
	pcre2_match_context *limits = pcre2_match_context_create(NULL);

	if (limits != NULL) {
		pcre2_set_match_limit(limits, STEPS_MAX);
		pcre2_set_heap_limit(limits, HEAP_MAX_KIB);
	}
	return limits;
}

struct cvp_pattern *
cvp_pattern_new(const char *text, size_t length, char *error, size_t error_size)
{
	struct cvp_buf source = CVP_BUF(SOURCE_MAX);
	struct cvp_pattern *pattern = NULL;
	pcre2_code *code = NULL;

	translate(&source, text, length);
	if (cvp_buf_failed(&source))
		snprintf(error, error_size, "longer than %zu bytes", SOURCE_MAX);
	else
		code = compile(cvp_buf_string(&source), source.length, error, error_size);
	if (code != NULL) {
		pattern = cvp_xcalloc(1, sizeof(*pattern));
		pattern->code = code;
		pattern->limits = limits_new();
		pattern->text = cvp_xstrdup(text);
	}
	cvp_buf_free(&source);
	return pattern;
}

void
cvp_pattern_free(struct cvp_pattern *pattern)
{
	if (pattern == NULL)
		return;
	pcre2_code_free(pattern->code);
	pcre2_match_context_free(pattern->limits);
	free(pattern->text);
	free(pattern);
}

const char *
cvp_pattern_text(const struct cvp_pattern *pattern)
{
	return pattern->text;
}

enum cvp_match
cvp_pattern_find(const struct cvp_pattern *pattern, const char *text, size_t length,
		 struct cvp_pattern_scratch **scratch)
{
	int found;

	if (*scratch == NULL) {
		*scratch = cvp_xmalloc(sizeof(**scratch));
		(*scratch)->data = pcre2_match_data_create(1, NULL); /* where it matched is not asked */
	}
	if ((*scratch)->data == NULL)
		return CVP_MATCH_TOO_COSTLY;
	/* jansson has checked the UTF-8 */
	found = pcre2_match(pattern->code, (PCRE2_SPTR)text, length, 0, PCRE2_NO_UTF_CHECK, (*scratch)->data,
			    pattern->limits);
	if (found >= 0)
		return CVP_MATCH_YES;
	return found == PCRE2_ERROR_NOMATCH ? CVP_MATCH_NO : CVP_MATCH_TOO_COSTLY;
}

void
cvp_pattern_scratch_free(struct cvp_pattern_scratch *scratch)
{
	if (scratch == NULL)
		return;
	pcre2_match_data_free(scratch->data);
	free(scratch);
}
