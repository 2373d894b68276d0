/* verify_tailored_summary.c - the summary: free text about the candidate, judged sentence by sentence. */
#include <string.h>

#include "career/cv_pointer.h"
#include "career/verify_tailored_parts.h"
#include "core/buf.h"
#include "core/ctx.h"

#define SUMMARY     CVP_TAILORED "/executive_summary"
#define SUMMARY_MAX (64 * 1024) /* bytes; the schema allows 10,000 characters */
#define SHORTENED   3           /* bytes of a word that a point may shorten: "inc.", "e.g." end no sentence */
#define ENDS        ".!?"

/* Does a sentence end behind the sign at `at`? */
static bool
ends_sentence(const char *text, size_t at)
{
	size_t word = at;

	if (strchr(ENDS, text[at]) == NULL || (text[at + 1] != ' ' && text[at + 1] != '\n' && text[at + 1] != '\0'))
		return false;
	while (word > 0 && strchr(" \n.", text[word - 1]) == NULL)
		word--;
	return text[at] != '.' || at - word > SHORTENED || text[at + 1] == '\0';
}

/* The bytes of the sentence text begins with, and the white space behind it. */
static size_t
sentence_length(const char *text)
{
	size_t at = 0;

	while (text[at] != '\0' && text[at] != '\n' && !ends_sentence(text, at))
		at++;
	while (text[at] != '\0' && strchr(ENDS "\n ", text[at]) != NULL)
		at++;
	return at;
}

/* A whole sentence of the CV's own. */
static bool
is_own(const struct cvp_tailored_check *t, const char *plain)
{
	const struct cvp_facts *facts = t->v.check.cv;
	size_t length = strlen(plain);

	for (size_t i = 0; i < facts->text_count; i++) {
		const char *text = facts->texts[i].plain;

		for (const char *at = text; (at = strstr(at, plain)) != NULL; at++) {
			bool begins = at == text || (at >= text + 2 && at[-1] == ' ' && strchr(ENDS, at[-2]) != NULL);

			if (begins && (at[length] == '\0' || strchr(ENDS, plain[length - 1]) != NULL))
				return true;
		}
	}
	return false;
}

/* Hands the findings of one sentence on; true where it may stay: what is critical is not mended by leaving it out. */
static bool
take_findings(struct cvp_tailored_check *t, const json_t *findings)
{
	bool is_critical = false;

	for (size_t i = 0; i < json_array_size(findings); i++) {
		const json_t *finding = json_array_get(findings, i);
		bool severity = strcmp(json_string_value(json_object_get(finding, "severity")), "CRITICAL") == 0;

		cvp_tailored_report(t, SUMMARY, severity ? CVP_SEVERITY_CRITICAL : CVP_SEVERITY_WARNING,
				    json_string_value(json_object_get(finding, "expected")),
				    json_string_value(json_object_get(finding, "actual")));
		is_critical = is_critical || severity;
	}
	return is_critical || json_array_size(findings) == 0;
}

static bool
may_stand(struct cvp_tailored_check *t, const char *sentence)
{
	const char *plain = cvp_tailored_plain(t, sentence);
	struct cvp_verdict verdict = cvp_verdict_new(t->v.ctx);
	struct cvp_check check = t->v.check;

	if (plain[0] == '\0' || is_own(t, plain))
		return true;
	check.verdict = &verdict;
	cvp_claims_check(&check, SUMMARY, CVP_VOICE_CV, NULL, sentence);
	return take_findings(t, verdict.violations);
}

static void
check_sources(struct cvp_tailored_check *t)
{
	const json_t *sources = json_object_get(t->cv, "x_summary_sources");
	json_t *kept = json_array();

	for (size_t i = 0; i < json_array_size(sources); i++) {
		json_t *source = json_array_get(sources, i);
		const char *pointer = json_string_value(source);

		if (pointer != NULL && cvp_source_text(&t->v, pointer) != NULL)
			json_array_append(kept, source);
		else
			cvp_tailored_report(t, cvp_pointer_index(t->v.ctx, CVP_TAILORED "/x_summary_sources", i),
					    CVP_SEVERITY_WARNING, "a line of the CV", pointer);
	}
	if (sources != NULL)
		json_object_set(t->made, "x_summary_sources", kept);
	json_decref(kept);
}

void
cvp_tailored_summary_check(struct cvp_tailored_check *t)
{
	const char *text = json_string_value(json_object_get(t->cv, "executive_summary"));
	struct cvp_buf kept = CVP_BUF(SUMMARY_MAX);

	check_sources(t);
	while (text != NULL && *text != '\0') {
		size_t length = sentence_length(text);
		const char *sentence = cvp_arena_strndup(t->v.ctx->arena, text, length);

		if (may_stand(t, sentence))
			cvp_buf_text(&kept, sentence);
		text += length;
	}
	cvp_tailored_put(t->made, "executive_summary", cvp_arena_strdup(t->v.ctx->arena, cvp_buf_string(&kept)));
	cvp_buf_free(&kept);
}
