/* The tailored CV by the built-in engine (SPEC 7.6, 7.7), what a person makes of it, and its views. Every case of the
 * report is a case of it, too. */
#include "career/cv.h"
#include "career/tailored_cv_edit.h"
#include "career/tailored_cv_view.h"
#include "career/verify_tailored.h"
#include "core/buf.h"
#include "test_career_vpr.h"

#define TEXT_MAX ((size_t)1 << 20)

static const char *const lengths[] = { "compact", "standard", "detailed" };
static const size_t most[] = { 3, 5, 50 };

/* The minimal case has no address to be answered to: that is refused. */
static json_t *
input_of(const char *name)
{
	json_t *input = case_input(name), *basics = json_object_get(json_object_get(input, "resume"), "basics");

	if (json_object_get(basics, "email") == NULL)
		json_object_set_new(basics, "email", json_string("somebody@example.org"));
	return input;
}

static json_t *
tailored(const json_t *input)
{
	json_t *made = NULL;
	enum cvp_code code = cvp_kind_tailored_cv.generate(&ctx, &assets, input, &made);

	ck_assert_msg(code == CVP_OK, "%s: %s %s", cvp_code_name(code), ctx.err.message,
		      ctx.err.details != NULL ? line_of(ctx.err.details) : "");
	return made;
}

static json_t *
cv_of(const json_t *made)
{
	return json_object_get(made, "tailored_cv");
}

static json_t *
job_at(const json_t *made, size_t index)
{
	return json_array_get(json_object_get(cv_of(made), "work_experience"), index);
}

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static json_t *
with_preferences(const char *name, const char *preferences)
{
	json_t *input = input_of(name);

	json_object_set(input, "preferences", json(preferences));
	return input;
}

START_TEST(it_is_what_its_schema_says_and_passes_verification)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names), made_count = 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < CVP_COUNT(lengths); j++) {
			json_t *input = input_of(names[i]), *made, *verdict;

			json_object_set_new(input, "preferences", json_pack("{s:s}", "length", lengths[j]));
			made = tailored(input);
			ck_assert_msg(cvp_schema_validate(&ctx, cvp_schemas_get(assets.schemas, "tailored_cv.json"),
							  made) == CVP_OK,
				      "%s: %s", names[i], line_of(ctx.err.details));
			ck_assert_int_eq(cvp_verify_tailored_cv(&ctx, &assets, input, made, &verdict), CVP_OK);
			ck_assert_msg(is_valid(verdict), "%s: %s", names[i], line_of(verdict));
			ck_assert_msg(json_equal(made, tailored(input)), "%s is not the same twice", names[i]);
			made_count++;
		}
	}
	printf("tailored_cv: %zu made, verified, made again\n", made_count);
}
END_TEST

/* SPEC 7.7: bullets are what stands at their sources; jobs, dates, schools stay; no more bullets than asked for. */
START_TEST(bullets_are_the_sources_and_jobs_stay)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names);

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < CVP_COUNT(lengths); j++) {
			json_t *input = input_of(names[i]), *resume = json_object_get(input, "resume"), *made, *job;
			size_t index;

			json_object_set_new(input, "preferences", json_pack("{s:s}", "length", lengths[j]));
			made = tailored(input);
			ck_assert_uint_eq(json_array_size(json_object_get(cv_of(made), "work_experience")),
					  json_array_size(json_object_get(resume, "work")));
			ck_assert_uint_eq(json_array_size(json_object_get(cv_of(made), "education")),
					  json_array_size(json_object_get(resume, "education")));
			json_array_foreach (json_object_get(cv_of(made), "work_experience"), index, job) {
				json_t *bullets = json_object_get(job, "description_bullets");
				json_t *sources = json_object_get(job, "bullet_sources");

				ck_assert_uint_le(json_array_size(bullets), most[j]);
				ck_assert_uint_eq(json_array_size(bullets), json_array_size(sources));
				for (size_t k = 0; k < json_array_size(bullets); k++)
					ck_assert_str_eq(json_string_value(json_array_get(bullets, k)),
							 cvp_pointer_text(resume, json_string_value(json_array_get(
										      json_array_get(sources, k), 0))));
			}
		}
	}
}
END_TEST

START_TEST(preferences_are_followed_or_warned_of)
{
	json_t *made = tailored(with_preferences(
	    "backend-engineer",
	    "{'length': 'compact', 'tone': 'technical', 'exclude_sections': ['skills', 'projects', "
	    "'work'], 'emphasis_areas': ['Kubernetes', 'deep sea diving'], 'include_summary': false}"));
	const json_t *warnings = json_object_get(json_object_get(made, "metadata"), "warnings");

	ck_assert_str_eq(text_of(cv_of(made), "executive_summary"), "");
	ck_assert_uint_eq(json_array_size(json_object_get(cv_of(made), "skills")), 0);
	ck_assert_ptr_null(json_object_get(json_object_get(cv_of(made), "x_other"), "projects"));
	ck_assert_uint_gt(json_array_size(json_object_get(cv_of(made), "work_experience")), 0);
	ck_assert_uint_eq(json_array_size(warnings), 2);
	ck_assert_str_eq(text_of(json_array_get(warnings, 0), "field"), "/preferences/exclude_sections/2");
	ck_assert_ptr_nonnull(strstr(text_of(json_array_get(warnings, 1), "message"), "deep sea diving"));
	ck_assert_str_eq(text_of(json_object_get(made, "x_style"), "tone"), "technical");
}
END_TEST

/* What the person wants in front stands in front. */
START_TEST(emphasis_moves_lines_up)
{
	json_t *input = json(
	    "{'user_id': 'u', 'application_id': 'a', 'cv_id': 'c', 'cv_version': 3, 'as_of': '2026-03-01T00:00:00Z', "
	    "'language': 'en', 'version': 1, 'gap_responses': [], 'posting': {'company_name': 'X', 'role_title': "
	    "'Cook', "
	    "'requirements': ['Grilling']}, 'resume': {'basics': {'name': 'Ada Low', 'email': 'a@example.org'}, "
	    "'work': "
	    "[{'name': 'Bistro', 'position': 'Cook', 'startDate': '2020', 'highlights': ['Cooked for 40 guests', 'Ran "
	    "the "
	    "grill each night', 'Trained apprentices in baking', 'Ordered wine']}]}, 'preferences': {'length': "
	    "'compact', "
	    "'emphasis_areas': ['training apprentices']}}");
	json_t *made = tailored(input), *bullets = json_object_get(job_at(made, 0), "description_bullets");

	ck_assert_uint_eq(json_array_size(bullets), 3);
	ck_assert_str_eq(json_string_value(json_array_get(bullets, 0)), "Trained apprentices in baking");
	ck_assert_uint_eq(json_array_size(json_object_get(job_at(made, 0), "original_bullets")), 4);
	ck_assert_int_eq(json_integer_value(json_object_get(cv_of(made), "source_cv_version")), 3);
	ck_assert_str_eq(text_of(cv_of(made), "target_job_id"), "manual");
	ck_assert_ptr_nonnull(strstr(text_of(cv_of(made), "executive_summary"), "more than 6 years"));
}
END_TEST

/* An answer that proves a requirement is taken over in its own words, with its pointer; one for interviews only is not.
 */
START_TEST(answers_are_evidence)
{
	json_t *input = input_of("backend-engineer"), *made, *highlights;

	json_object_set_new(json_object_get(input, "posting"), "requirements", json_pack("[s]", "Terraform"));
	json_object_set(
	    input, "gap_responses",
	    json("[{'question': 'Terraform?', 'answer': 'Secret Terraform work for a rival.', 'destination': "
		 "'INTERVIEW_MVP_ONLY'}, {'question': 'Terraform?', 'answer': 'I wrote Terraform modules for "
		 "our three clusters and reviewed those of others.', 'destination': 'CV_IMPACT'}]"));
	made = tailored(input);
	highlights = json_object_get(cv_of(made), "x_highlights");
	ck_assert_uint_eq(json_array_size(highlights), 1);
	ck_assert_str_eq(
	    json_string_value(json_array_get(json_object_get(json_array_get(highlights, 0), "sources"), 0)),
	    "/gap_responses/1");
	ck_assert_ptr_null(strstr(line_of(cv_of(made)), "rival"));
}
END_TEST

START_TEST(a_cv_without_an_address_is_refused)
{
	json_t *input = case_input("backend-engineer"), *made;

	json_object_del(json_object_get(json_object_get(input, "resume"), "basics"), "email");
	ck_assert_int_eq(cvp_kind_tailored_cv.generate(&ctx, &assets, input, &made),
			 CVP_VALIDATION_MISSING_REQUIRED_FIELD);
	ck_assert_ptr_nonnull(strstr(ctx.err.message, "email"));
}
END_TEST

static json_t *
all_numbers(size_t count)
{
	json_t *numbers = cvp_own(&ctx, json_array());

	for (size_t i = 0; i < count; i++)
		json_array_append_new(numbers, json_integer((json_int_t)i));
	return numbers;
}

/* Every change taken back: the CV's own summary, bullets and skills in its own order, the other sections whole. */
START_TEST(taking_back_every_change_gives_the_cv)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names);

	for (size_t i = 0; i < count; i++) {
		json_t *input = input_of(names[i]), *resume = json_object_get(input, "resume"), *made, *edited, *taken;
		json_t *job, *none = cvp_own(&ctx, json_object());
		size_t index;

		json_object_set(input, "preferences",
				json("{'length': 'compact', 'exclude_sections': ['certifications', "
				     "'languages', 'projects']}"));
		made = tailored(input);
		ck_assert_int_eq(cvp_tailored_cv_edit(&ctx, &assets, input, made,
						      all_numbers(json_array_size(json_object_get(made, "x_changes"))),
						      none, &edited),
				 CVP_OK);
		ck_assert_msg(cvp_tailored_cv_take(&ctx, &assets, input, edited, &taken) == CVP_OK, "%s: %s", names[i],
			      ctx.err.details != NULL ? line_of(ctx.err.details) : ctx.err.message);
		json_array_foreach (json_object_get(cv_of(taken), "work_experience"), index, job) {
			const json_t *own = json_object_get(json_array_get(json_object_get(resume, "work"), index),
							    "highlights");

			if (json_array_size(own) > 0)
				ck_assert_msg(json_equal(json_object_get(job, "description_bullets"), (json_t *)own),
					      "%s: %s", names[i], line_of(job));
		}
		if (json_object_get(resume, "languages") != NULL)
			ck_assert(json_equal(json_object_get(json_object_get(cv_of(taken), "x_other"), "languages"),
					     json_object_get(resume, "languages")));
		ck_assert_uint_eq(json_array_size(json_object_get(cv_of(taken), "certifications")),
				  json_array_size(json_object_get(resume, "certificates")));
		ck_assert_uint_eq(json_array_size(json_object_get(taken, "x_changes")), 0);
	}
}
END_TEST

static enum cvp_code
edit_bullet(const json_t *input, const json_t *made, const char *text, json_t **taken)
{
	json_t *texts = cvp_own(&ctx, json_pack("{s:s}", "/tailored_cv/work_experience/0/description_bullets/0", text));
	json_t *edited;
	enum cvp_code code = cvp_tailored_cv_edit(&ctx, &assets, input, made, cvp_own(&ctx, json_array()), texts,
						  &edited);

	return code == CVP_OK ? cvp_tailored_cv_take(&ctx, &assets, input, edited, taken) : code;
}

/* SPEC 8: an edited line with a figure its source does not have goes back to the source, and that is said. */
START_TEST(an_edited_line_is_held_to_its_source)
{
	json_t *input = input_of("backend-engineer"), *made = tailored(input), *taken;
	const char *before = json_string_value(
	    json_array_get(json_object_get(job_at(made, 0), "description_bullets"), 0));
	const char *lie = cvp_arena_printf(arena, "%s, saving 7,341,000 euros", before);
	const char *after;

	ck_assert_int_eq(edit_bullet(input, made, lie, &taken), CVP_OK);
	after = json_string_value(json_array_get(json_object_get(job_at(taken, 0), "description_bullets"), 0));
	ck_assert_str_eq(after, before);
	ck_assert_uint_gt(json_array_size(json_object_get(json_object_get(taken, "metadata"), "warnings")), 0);
	ck_assert_int_eq(edit_bullet(input, made, "", &taken), CVP_OK); /* emptied: left out */
	ck_assert_uint_eq(json_array_size(json_object_get(job_at(taken, 0), "description_bullets")),
			  json_array_size(json_object_get(job_at(made, 0), "description_bullets")) - 1);
}
END_TEST

/* A pointer that leads nowhere is named. */
START_TEST(an_edit_of_nothing_is_refused)
{
	json_t *input = input_of("backend-engineer"), *made = tailored(input), *edited;
	json_t *texts = json("{'/tailored_cv/contact_info/name': 'Somebody Else'}");

	ck_assert_int_eq(cvp_tailored_cv_edit(&ctx, &assets, input, made, cvp_own(&ctx, json_array()), texts, &edited),
			 CVP_VALIDATION_ERROR);
}
END_TEST

START_TEST(documents_and_reviews_render)
{
	const char *names[CASES_MAX];
	static const char *const files[] = { "artifact/tailored_cv.md", "artifact/tailored_cv.html" };
	size_t count = case_names(names);

	for (size_t i = 0; i < count; i++) {
		json_t *input = input_of(names[i]), *made = tailored(input), *model, *gone;
		const char *name = text_of(json_object_get(cv_of(made), "contact_info"), "name");

		ck_assert_int_eq(cvp_tailored_cv_view(&ctx, &assets, input, made, &model), CVP_OK);
		for (size_t j = 0; j < CVP_COUNT(files); j++) {
			struct cvp_buf out = CVP_BUF(TEXT_MAX);

			ck_assert_int_eq(cvp_template_render(&ctx, assets.templates, files[j], model, &out), CVP_OK);
			ck_assert_ptr_nonnull(strstr(cvp_buf_string(&out), name));
			cvp_buf_free(&out);
		}
		ck_assert_int_eq(cvp_tailored_cv_review(&ctx, &assets, input, made, &model), CVP_OK);
		ck_assert_uint_eq(json_array_size(json_object_get(model, "changes")),
				  json_array_size(json_object_get(made, "x_changes")));
		gone = json("{'resume': {}, 'posting': {}, 'gap_responses': []}"); /* the CV has been deleted */
		ck_assert_int_eq(cvp_tailored_cv_review(&ctx, &assets, gone, made, &model), CVP_OK);
		ck_assert(!json_is_true(
		    json_object_get(cvp_own(&ctx, cvp_tailored_cv_compare(&ctx, made, made)), "has_parts")));
	}
}
END_TEST

static enum cvp_code
adopted(const json_t *input, const json_t *answer, json_t **made, size_t *left_out)
{
	const struct cvp_schema *schema = cvp_schemas_get(assets.schemas, "tailored_cv_answer.json");

	ck_assert_msg(cvp_schema_validate(&ctx, schema, answer) == CVP_OK, "%s", ctx.err.message);
	return cvp_kind_tailored_cv.writing->adopt(&ctx, &assets, input, answer, made, left_out);
}

/* SPEC 9: what a model is asked shows the lines by their pointers, and nothing to reach or name the candidate by. */
START_TEST(a_model_is_told_no_contact)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names);

	for (size_t i = 0; i < count; i++) {
		json_t *input = input_of(names[i]),
		       *basics = json_object_get(json_object_get(input, "resume"), "basics");
		json_t *model = NULL;
		const char *data;

		ck_assert_int_eq(cvp_kind_tailored_cv.writing->ask(&ctx, &assets, input, NULL, &model), CVP_OK);
		data = text_of(model, "data");
		ck_assert_ptr_nonnull(strstr(data, "\"rewrite\":["));
		ck_assert_ptr_null(strstr(data, text_of(basics, "email")));
		ck_assert_ptr_null(strstr(data, text_of(basics, "name")));
		if (text_of(basics, "phone") != NULL)
			ck_assert_ptr_null(strstr(data, text_of(basics, "phone")));
	}
}
END_TEST

/* Honest words stand, with their sources and as a change; the rest of the CV is the engine's. */
START_TEST(a_models_words_are_taken_over)
{
	json_t *input = input_of("backend-engineer"), *ours = tailored(input), *made, *bullets, *answer;
	const char *line = json_string_value(
	    json_array_get(json_array_get(json_object_get(job_at(ours, 0), "bullet_sources"), 0), 0));
	const char *text = cvp_pointer_text(json_object_get(input, "resume"), line);
	const char *again = cvp_arena_printf(arena, "In production: %s", text);
	size_t left_out;

	answer = cvp_own(&ctx, json_pack("{s:[], s:[{s:s, s:s, s:[s]}]}", "executive_summary", "bullets", "line", line,
					 "text", again, "sources", line));
	ck_assert_msg(adopted(input, answer, &made, &left_out) == CVP_OK, "%s", ctx.err.message);
	bullets = json_object_get(job_at(made, 0), "description_bullets");
	ck_assert_uint_eq(json_array_size(bullets),
			  json_array_size(json_object_get(job_at(ours, 0), "description_bullets")));
	ck_assert(json_equal(json_object_get(cv_of(made), "skills"), json_object_get(cv_of(ours), "skills")));
	ck_assert_str_eq(text_of(cv_of(made), "executive_summary"), text_of(cv_of(ours), "executive_summary"));
}
END_TEST

/* SPEC 8 and 2.5: a figure that is not in the sources, a line too long, a line of no job: the CV's own stand, and it is
 * said. */
START_TEST(a_models_lies_revert)
{
	json_t *input = input_of("backend-engineer"), *ours = tailored(input), *made, *answer;
	const json_t *sources = json_object_get(job_at(ours, 0), "bullet_sources");
	const char *first = json_string_value(json_array_get(json_array_get(sources, 0), 0));
	const char *second = json_string_value(json_array_get(json_array_get(sources, 1), 0));
	char longest[601];
	size_t left_out;

	memset(longest, 'a', 600);
	longest[600] = '\0';
	answer = cvp_own(
	    &ctx, json_pack("{s:[{s:s, s:[s]}], s:[{s:s, s:s, s:[s]}, {s:s, s:s, s:[s]}, {s:s, s:s, s:[s]}]}",
			    "executive_summary", "text", "Saved 9,400,000 euros in 17 countries.", "sources", first,
			    "bullets", "line", first, "text", "Cut costs by 87 % across 412 services in nine countries",
			    "sources", first, "line", second, "text", longest, "sources", second, "line",
			    "/work/77/highlights/3", "text", "Won a prize", "sources", "/work/77/highlights/3"));
	ck_assert_msg(adopted(input, answer, &made, &left_out) == CVP_OK, "%s %s", ctx.err.message,
		      ctx.err.details != NULL ? line_of(ctx.err.details) : "");
	ck_assert(json_equal(json_object_get(job_at(made, 0), "description_bullets"),
			     json_object_get(job_at(ours, 0), "description_bullets")));
	ck_assert_str_eq(text_of(cv_of(made), "executive_summary"), text_of(cv_of(ours), "executive_summary"));
	ck_assert_uint_ge(left_out, 3);
	ck_assert_uint_ge(json_array_size(json_object_get(json_object_get(made, "metadata"), "warnings")), 3);
	ck_assert_ptr_null(strstr(line_of(cv_of(made)), "412"));
	ck_assert_msg(cvp_schema_validate(&ctx, cvp_schemas_get(assets.schemas, "tailored_cv.json"), made) == CVP_OK,
		      "%s", line_of(ctx.err.details));
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, it_is_what_its_schema_says_and_passes_verification);
	tcase_add_test(tc, bullets_are_the_sources_and_jobs_stay);
	tcase_add_test(tc, preferences_are_followed_or_warned_of);
	tcase_add_test(tc, emphasis_moves_lines_up);
	tcase_add_test(tc, answers_are_evidence);
	tcase_add_test(tc, a_cv_without_an_address_is_refused);
	tcase_add_test(tc, taking_back_every_change_gives_the_cv);
	tcase_add_test(tc, an_edited_line_is_held_to_its_source);
	tcase_add_test(tc, an_edit_of_nothing_is_refused);
	tcase_add_test(tc, documents_and_reviews_render);
	tcase_add_test(tc, a_model_is_told_no_contact);
	tcase_add_test(tc, a_models_words_are_taken_over);
	tcase_add_test(tc, a_models_lies_revert);
}

int
main(void)
{
	return run_suite("career_tailored_cv", add_tests);
}
