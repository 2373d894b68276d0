/* Postings as people bring them, made the stored form of SPEC 2.3: text, JSON, schema.org, HTML. */
#include "career/posting.h"
#include "core/clock.h"
#include "test_career_vpr.h"

#define TEXT_MAX    50000
#define SECONDS_MAX 3000000 /* as microseconds: much more than a slow machine needs */

static struct cvp_posting_import
import_text(const char *text)
{
	struct cvp_posting_import import;
	enum cvp_code code = cvp_posting_import_text(&ctx, &assets, text, strlen(text), &import);

	ck_assert_msg(code == CVP_OK, "%s: %s", cvp_code_name(code), ctx.err.message);
	return import;
}

/* object: JSON with ' for ". */
static struct cvp_posting_import
import_json(const char *object)
{
	struct cvp_posting_import import;
	enum cvp_code code = cvp_posting_import_json(&ctx, &assets, json(object), &import);

	ck_assert_msg(code == CVP_OK, "%s: %s", cvp_code_name(code), ctx.err.message);
	return import;
}

static const char *
text_at(struct cvp_posting_import import, const char *member)
{
	return json_string_value(json_object_get(import.posting, member));
}

static const char *
entry_at(struct cvp_posting_import import, const char *member, size_t index)
{
	const char *text = json_string_value(json_array_get(json_object_get(import.posting, member), index));

	return text != NULL ? text : "(none)";
}

static const char *
pointer_of_failure(void)
{
	const char *pointer = json_string_value(json_object_get(json_array_get(ctx.err.details, 0), "pointer"));

	return pointer != NULL ? pointer : "(none)";
}

static void
assert_refused(enum cvp_code code, enum cvp_code wanted, const char *pointer)
{
	ck_assert_str_eq(cvp_code_name(code), cvp_code_name(wanted));
	ck_assert_str_eq(pointer_of_failure(), pointer);
	ck_assert_uint_gt(strlen(ctx.err.message), 10);
	cvp_clear(&ctx);
}

static void
assert_json_refused(const char *object, enum cvp_code wanted, const char *pointer)
{
	struct cvp_posting_import import;

	assert_refused(cvp_posting_import_json(&ctx, &assets, json(object), &import), wanted, pointer);
}

static void
assert_text_refused(const char *text, size_t length, enum cvp_code wanted, const char *pointer)
{
	struct cvp_posting_import import;

	assert_refused(cvp_posting_import_text(&ctx, &assets, text, length, &import), wanted, pointer);
}

/* Who hires for what, as a text says it; NULL: not found, and the warnings say so. */
static void
assert_names(const char *text, const char *title, const char *company)
{
	struct cvp_posting_import import = import_text(text);
	const char *found_title = text_at(import, "role_title"), *found_company = text_at(import, "company_name");

	ck_assert_msg(title != NULL ? found_title != NULL && strcmp(found_title, title) == 0 : found_title == NULL,
		      "title \"%s\", not \"%s\", of: %s", found_title, title, text);
	ck_assert_msg(company != NULL ? found_company != NULL && strcmp(found_company, company) == 0
				      : found_company == NULL,
		      "company \"%s\", not \"%s\", of: %s", found_company, company, text);
	ck_assert_uint_eq(json_array_size(import.warnings), (size_t)(title == NULL) + (company == NULL));
}

static const char *
repeated(const char *piece, size_t count)
{
	size_t length = strlen(piece);
	char *text = cvp_arena_alloc(arena, count * length + 1);

	for (size_t i = 0; i < count; i++)
		memcpy(text + i * length, piece, length);
	return text;
}

START_TEST(a_text_is_kept_as_its_description)
{
	struct cvp_posting_import import = import_text("Senior Cook at Blue Fork\n\n\n\nYou   will cook fish.\r\n"
						       "Requirements:\n- 3 years in a kitchen\n\n");

	ck_assert_str_eq(text_at(import, "description"),
			 "Senior Cook at Blue Fork\n\nYou will cook fish.\nRequirements:\n- 3 years in a kitchen");
	ck_assert_str_eq(text_at(import, "role_title"), "Senior Cook");
	ck_assert_str_eq(text_at(import, "company_name"), "Blue Fork");
	ck_assert_str_eq(text_at(import, "language"), "en");
	ck_assert_uint_eq(json_array_size(import.warnings), 0);
}
END_TEST

START_TEST(names_are_found_by_labels)
{
	assert_names("Company: Hotel Lumière\nJob Title: Chef de Partie\nKeep a clean station and cook fish well.",
		     "Chef de Partie", "Hotel Lumière");
	assert_names("Компания: Тёплый дом\nДолжность: Кассир\nРабота с кассой и покупателями каждый день.", "Кассир",
		     "Тёплый дом");
	assert_names("שם החברה: אלפא\nתפקיד: רכז גיוס\nגיוס עובדים לצוותי הפיתוח של החברה בתל אביב.", "רכז גיוס",
		     "אלפא");
}
END_TEST

START_TEST(names_are_found_in_the_first_lines)
{
	assert_names("Data Analyst | Contoso\nYou will answer questions with numbers, tables and clear words.",
		     "Data Analyst", "Contoso");
	assert_names("Backend Engineer\nNorthwind | Remote\n\nYou will build services in Go and run them well.",
		     "Backend Engineer", "Northwind");
	assert_names("Backend Engineer\nGlobex Corporation\nBerlin\n\nYou will build services in Go and run them.",
		     "Backend Engineer", "Globex Corporation");
	assert_names("Бухгалтер\nООО «Ромашка», г. Казань\n\nВедение первичной документации и сдача отчётности.",
		     "Бухгалтер", "ООО «Ромашка»");
	assert_names("דרוש/ה מנהל/ת מוצר לחברת Alpha בתל אביב\nדרישות: ניסיון של 3 שנים לפחות בניהול מוצר.",
		     "מנהל/ת מוצר", "Alpha");
}
END_TEST

START_TEST(names_are_found_in_sentences)
{
	assert_names("About the job\nSt. Mary Hospital is looking for a Night Nurse to care for patients on two wards.",
		     "Night Nurse", "St. Mary Hospital");
	assert_names("Join Acme Corp as a Data Engineer! You will build pipelines with Python for many teams.",
		     "Data Engineer", "Acme Corp");
	assert_names("About Acme\n\nAcme sells nets. We are looking for a Head of Sales who will grow revenue.",
		     "Head of Sales", "Acme");
	assert_names("Требуется менеджер по продажам в компанию Вектор\n\nТребования: опыт продаж от года.",
		     "менеджер по продажам", "Вектор");
	assert_names("חברת אלפא מחפשת רכז גיוס\n\nדרישות: ניסיון של שנתיים לפחות בגיוס עובדים.", "רכז גיוס", "אלפא");
}
END_TEST

START_TEST(names_that_a_text_does_not_say_stay_unknown)
{
	assert_names("You must know a lot of things, and be willing to do even more of them every day.", NULL, NULL);
	assert_names("Мы ищем человека, который любит порядок и умеет быстро считать чужие деньги.", NULL, NULL);
	/* "for a leading hi-tech company" is no name */
	assert_names("דרוש/ה מנהל/ת מוצר לחברת הייטק מובילה\nדרישות: ניסיון של 3 שנים לפחות בניהול מוצר.",
		     "מנהל/ת מוצר", NULL);
	assert_names("Requirements\n- 3 years of work with Java\n- A degree in physics\n- Fluent English", NULL, NULL);
}
END_TEST

START_TEST(the_language_is_detected_unless_given)
{
	ck_assert_str_eq(
	    text_at(import_text("Ищем повара с опытом от 3 лет в горячем цехе, знание HACCP."), "language"), "ru");
	ck_assert_str_eq(text_at(import_text("דרוש טבח עם ניסיון של 3 שנים לפחות במטבח חם, ידע ב-HACCP."), "language"),
			 "he");
	ck_assert_str_eq(text_at(import_json("{'company':'A','title':'Cook','language':'ru'}"), "language"), "ru");
	ck_assert_str_eq(
	    text_at(import_json("{'company':'A','title':'Cook','requirements':['Знание HACCP']}"), "language"), "ru");
}
END_TEST

START_TEST(every_alias_of_a_member_is_read)
{
	static const char *const companies[] = { "company_name", "company", "employer", "companyName" };
	static const char *const titles[] = { "role_title", "title", "job_title", "position", "jobTitle" };
	static const char *const bodies[] = { "description", "job_description" };

	for (size_t i = 0; i < 5; i++) {
		struct cvp_posting_import import = import_json(
		    cvp_arena_printf(arena, "{'%s':' Acme ','%s':'Cook','%s':'Cook\\nfish'}", companies[i % 4],
				     titles[i], bodies[i % 2]));

		ck_assert_str_eq(text_at(import, "company_name"), "Acme");
		ck_assert_str_eq(text_at(import, "role_title"), "Cook");
		ck_assert_str_eq(text_at(import, "description"), "Cook\nfish");
	}
}
END_TEST

START_TEST(json_fills_every_member_of_the_stored_form)
{
	struct cvp_posting_import import = import_json(
	    "{'company':{'name':'Acme'},'title':'Cook','requirements':['3 years','- Fish'],'nice_to_have':['French'],"
	    "'responsibilities':'Cook fish\\nClean up','location':{'city':'Lyon','country':'FR'},"
	    "'work_format':'Hybrid, two "
	    "days','employment_type':'FULL_TIME','industry':'Food','date_posted':'2026-01-05',"
	    "'valid_through':'2026-02-05','salary':{'min':2000,'max':2500.5,'currency':'EUR','unit':'MONTH'},"
	    "'source_url':'https://acme.example/jobs/1','unknown':1}");
	json_t *wanted = json(
	    "{'company_name':'Acme','role_title':'Cook','requirements':['3 years','Fish'],'nice_to_have':['French'],"
	    "'responsibilities':['Cook fish','Clean up'],'location':{'city':'Lyon','country':'FR'},"
	    "'work_format':'hybrid','employment_type':'FULL_TIME','industry':'Food','date_posted':'2026-01-05',"
	    "'valid_through':'2026-02-05','salary':{'min':2000,'max':2500.5,'currency':'EUR','unit':'MONTH'},"
	    "'source_url':'https://acme.example/jobs/1','language':'en'}");

	ck_assert_msg(json_equal(import.posting, wanted), "%s", line_of(import.posting));
	ck_assert_uint_eq(json_array_size(import.warnings), 0);
}
END_TEST

START_TEST(the_work_format_is_told_in_three_languages)
{
	static const char *const formats[][2] = { { "TELECOMMUTE", "remote" },   { "удалённо", "remote" },
						  { "עבודה מרחוק", "remote" },   { "гибридный", "hybrid" },
						  { "משרה היברידית", "hybrid" }, { "On-site", "office" },
						  { "в офисе", "office" } };

	for (size_t i = 0; i < CVP_COUNT(formats); i++)
		ck_assert_str_eq(text_at(import_json(cvp_arena_printf(
					     arena, "{'company':'A','title':'B','work_format':'%s'}", formats[i][0])),
					 "work_format"),
				 formats[i][1]);
	ck_assert_ptr_null(
	    text_at(import_json("{'company':'A','title':'B','work_format':'by agreement'}"), "work_format"));
}
END_TEST

START_TEST(json_as_text_is_json)
{
	struct cvp_posting_import import = import_text(
	    "\xEF\xBB\xBF \n{\"company\": \"Acme\", \"title\": \"Cook\", \"requirements\": [\"Fish\"]}");

	ck_assert_str_eq(text_at(import, "role_title"), "Cook");
	ck_assert_str_eq(entry_at(import, "requirements", 0), "Fish");
	import = import_text("[{\"company\": \"Acme\", \"title\": \"Cook\"}, {\"company\": \"B\", \"title\": \"C\"}]");
	ck_assert_str_eq(text_at(import, "role_title"), "Cook");
	ck_assert_uint_eq(json_array_size(import.warnings), 1);
	/* a plain text may begin with a bracket */
	import = import_text("[Remote] Cook at Blue Fork\nYou will cook fish for many guests every day.");
	ck_assert_ptr_nonnull(text_at(import, "description"));
}
END_TEST

START_TEST(a_job_boards_own_shape_is_read)
{
	struct cvp_posting_import import = import_json(
	    "{'name':'Бухгалтер','employer':{'name':'Ромашка'},'area':{'name':'Казань'},'schedule':{'id':'remote'},"
	    "'description':'<p>Вести учёт.</p><ul><li>Знание "
	    "1С</li></ul>','key_skills':[{'name':'1С'},{'name':'Excel'}],"
	    "'experience':{'id':'between1And3','name':'От 1 года до 3 лет'},'alternate_url':'https://hh.example/1'}");

	ck_assert_str_eq(text_at(import, "company_name"), "Ромашка");
	ck_assert_str_eq(text_at(import, "description"), "Вести учёт.\n\n- Знание 1С");
	ck_assert_str_eq(entry_at(import, "x_key_skills", 1), "Excel");
	ck_assert_str_eq(text_at(import, "x_experience"), "От 1 года до 3 лет");
	ck_assert_str_eq(text_at(import, "work_format"), "remote");
	ck_assert_str_eq(text_at(import, "source_url"), "https://hh.example/1");
}
END_TEST

START_TEST(a_schema_org_posting_is_read)
{
	struct cvp_posting_import import = import_json(
	    "{'@context':'https://schema.org','@graph':[{'@type':'WebPage'},{'@type':['Thing','JobPosting'],"
	    "'title':'Cook','hiringOrganization':{'@type':'Organization','name':'Blue Fork'},"
	    "'description':'<p>Cook &amp; serve.</p>','responsibilities':'Cook; Serve','qualifications':['3 years'],"
	    "'skills':'Fish','experienceRequirements':{'monthsOfExperience':36},'employmentType':['FULL_TIME','OTHER'],"
	    "'jobLocation':{'address':{'addressLocality':'Lyon','addressCountry':{'name':'France'}}},"
	    "'jobLocationType':'TELECOMMUTE','datePosted':'2026-01-05','inLanguage':'en-GB',"
	    "'baseSalary':{'currency':'EUR','value':{'minValue':20,'maxValue':25,'unitText':'HOUR'}}}]}");
	json_t *wanted = json(
	    "{'role_title':'Cook','company_name':'Blue Fork','employment_type':'FULL_TIME',"
	    "'date_posted':'2026-01-05','description':'Cook & serve.','language':'en','work_format':'remote',"
	    "'location':{'city':'Lyon','country':'France'},"
	    "'salary':{'min':20,'max':25,'unit':'HOUR','currency':'EUR'},'x_experience':'3 years of experience',"
	    "'responsibilities':['Cook','Serve'],'requirements':['3 years','Fish']}");

	ck_assert_msg(json_equal(import.posting, wanted), "%s", line_of(import.posting));
}
END_TEST

START_TEST(the_block_of_a_page_wins_over_the_page)
{
	struct cvp_posting_import import = import_text(
	    "<!DOCTYPE html><html><head><title>Jobs</title><script>var a = '<p>';</script>\n"
	    "<script type=\"application/ld+json\">{\"@type\": \"BreadcrumbList\"}</script>\n"
	    "<script type='application/ld+json'>//<![CDATA[\n{\"@type\": \"JobPosting\", \"title\": \"Cook\",\n"
	    "\"hiringOrganization\": {\"name\": \"Blue\tFork\"}, \"description\": \"&lt;p&gt;Fish.&lt;/p&gt;\"}\n//]]>"
	    "</script></head><body><h1>Waiter at Red Spoon</h1></body></html>");

	ck_assert_str_eq(text_at(import, "role_title"), "Cook");
	ck_assert_str_eq(text_at(import, "company_name"), "Blue Fork");
	ck_assert_str_eq(text_at(import, "description"), "Fish.");
}
END_TEST

/* Templates of job pages write JSON-LD that is not quite JSON. No word of it changes. */
START_TEST(a_block_with_the_usual_faults_is_read)
{
	static const char *const blocks[] = {
		"{&quot;@type&quot;:&quot;JobPosting&quot;,&quot;title&quot;:&quot;R&amp;D cook&quot;}",
		"{\"@type\": \"JobPosting\", \"title\": \"R&D 'cook'\",}",
		"{\"@type\": \"JobPosting\"\n\"title\": \"R\\&D \\'cook\\'\" \"skills\": [\"a\", \"b\",]}",
		"{\"@graph\": [{\"@type\": \"WebPage\"} {\"@type\": \"schema:JobPosting\", \"title\": \"R&D cook\"}]}",
		"[1, {\"@type\": \"http://schema.org/JobPosting\", \"Title\": \"R&D\ncook\"}] trailing",
	};

	for (size_t i = 0; i < CVP_COUNT(blocks); i++) {
		const char *page = cvp_arena_printf(
		    arena,
		    "<script>var a;</script><script type=\"application/ld+json\">{\"@type\":"
		    "\"Organization\"}</script><script type=\"application/ld+json\">%s"
		    "</script><h1>Waiter</h1>",
		    blocks[i]);
		const char *title = text_at(import_text(page), "role_title");

		ck_assert_msg(title != NULL && strncmp(title, "R&D", 3) == 0 && strstr(title, "cook") != NULL,
			      "block %zu: %s", i, title != NULL ? title : "(none)");
	}
}
END_TEST

START_TEST(a_block_beyond_mending_is_named)
{
	static const char block[] = "<script type='application/ld+json'>{\"@type\":\"JobPosting\",\"title\":</script>";
	const char *page = cvp_arena_printf(arena, "%s<h1>Cook at Blue Fork</h1><p>%s</p>", block,
					    repeated("fish ", 20));
	struct cvp_posting_import import = import_text(page);

	ck_assert_str_eq(text_at(import, "role_title"), "Cook");
	ck_assert_ptr_nonnull(strstr(line_of(import.warnings), "JobPosting block is no valid JSON"));
	assert_text_refused(block, sizeof(block) - 1, CVP_INVALID_JSON, "(none)");
	assert_text_refused("//<![CDATA[\n{\"@type\":]]>", 24, CVP_INVALID_JSON, "(none)");
}
END_TEST

/* Who pastes what a page publishes cannot mend it: a name that lacks is null, as in a text. */
START_TEST(json_ld_pasted_as_text_may_lack_a_name)
{
	struct cvp_posting_import import = import_text("{\"@type\":\"JobPosting\",\"title\":\"Cook\"}");

	ck_assert_str_eq(text_at(import, "role_title"), "Cook");
	ck_assert(json_is_null(json_object_get(import.posting, "company_name")));
	ck_assert_uint_eq(json_array_size(import.warnings), 1);
	import = import_text("// <![CDATA[\n[{\"@type\":\"JobPosting\",\"title\":\"Cook\"}]\n//]]>");
	ck_assert_str_eq(text_at(import, "role_title"), "Cook");
	assert_text_refused("{\"@type\":\"JobPosting\"}", 22, CVP_VALIDATION_MISSING_REQUIRED_FIELD, "/title");
	assert_json_refused("{'@type':'JobPosting','title':'Cook'}", CVP_VALIDATION_MISSING_REQUIRED_FIELD,
			    "/company_name");
}
END_TEST

/* Navigation stands before the title in a page. */
START_TEST(a_page_is_about_what_it_says_it_is)
{
	const char *rest = repeated("We cook fish. ", 8);

	ck_assert_str_eq(text_at(import_text(cvp_arena_printf(
				     arena,
				     "<html><head><meta property=\"og:title\" content=\"Cook &amp; baker\"/>"
				     "</head><body><ul><li>sign in</li></ul><p>%s</p></body></html>",
				     rest)),
				 "role_title"),
			 "Cook & baker");
	ck_assert_str_eq(
	    text_at(import_text(cvp_arena_printf(
			arena, "<body><ul><li>sign in</li></ul><h1 class=a>Cook</h1><p>%s</p></body>", rest)),
		    "role_title"),
	    "Cook");
}
END_TEST

START_TEST(html_becomes_the_text_it_shows)
{
	struct cvp_posting_import import = import_text(
	    "<html><head><style>p { color: red }</style></head><body><h1>Cook at Blue Fork</h1><!-- hidden -->"
	    "<p>Cook fish &amp; chips,<br>R&eacute;my&#8217;s way.</p><ul><li><p>3+ years</p></li><li>a < b</li></ul>"
	    "<script>alert(1)</script></body></html>");

	ck_assert_str_eq(text_at(import, "description"),
			 "Cook at Blue Fork\n\nCook fish & chips,\nRémy’s way.\n\n- 3+ years\n- a < b");
	ck_assert_str_eq(text_at(import, "company_name"), "Blue Fork");
}
END_TEST

START_TEST(names_and_list_entries_lose_their_tags)
{
	struct cvp_posting_import import = import_json(
	    "{'company':'<b>A&amp;B</b>','title':'  Chef\\n de  Partie ','requirements':['<li>Fish</li>','  ']}");

	ck_assert_str_eq(text_at(import, "company_name"), "A&B");
	ck_assert_str_eq(text_at(import, "role_title"), "Chef de Partie");
	ck_assert_uint_eq(json_array_size(json_object_get(import.posting, "requirements")), 1);
}
END_TEST

START_TEST(json_without_a_name_or_with_a_wrong_one_is_refused_at_its_pointer)
{
	assert_json_refused("{'title':'Cook'}", CVP_VALIDATION_MISSING_REQUIRED_FIELD, "/company_name");
	assert_json_refused("{'company':'  ','title':'Cook'}", CVP_VALIDATION_MISSING_REQUIRED_FIELD, "/company_name");
	assert_json_refused("{'company':'Acme'}", CVP_VALIDATION_MISSING_REQUIRED_FIELD, "/role_title");
	assert_json_refused("{'company':'Acme','job_title':7}", CVP_VALIDATION_ERROR, "/job_title");
	assert_json_refused("{'employer':true,'title':'Cook'}", CVP_VALIDATION_ERROR, "/employer");
	assert_json_refused("{'company':'Acme','title':'Cook','description':['x']}", CVP_VALIDATION_ERROR,
			    "/description");
	assert_json_refused("{'company':'Acme','title':'Cook','source_url':'ftp://x'}", CVP_VALIDATION_ERROR,
			    "/source_url");
	assert_json_refused("7", CVP_VALIDATION_ERROR, "");
}
END_TEST

static const char *
with_requirements(const char *value)
{
	return cvp_arena_printf(arena, "{'company':'A','title':'B','requirements':%s}", value);
}

START_TEST(lists_beyond_their_limits_are_refused_at_their_pointers)
{
	const char *long_entry = cvp_arena_printf(arena, "['a','%s']", repeated("x", 1001));
	const char *most = cvp_arena_printf(arena, "[%s'x']", repeated("'x',", 49));
	const char *beyond = cvp_arena_printf(arena, "[%s'x']", repeated("'x',", 50));

	assert_json_refused(with_requirements("5"), CVP_VALIDATION_ERROR, "/requirements");
	assert_json_refused(with_requirements("['a', 5]"), CVP_VALIDATION_ERROR, "/requirements/1");
	assert_json_refused(with_requirements(long_entry), CVP_VALIDATION_ERROR, "/requirements/1");
	assert_json_refused(with_requirements(beyond), CVP_VALIDATION_ERROR, "/requirements/50");
	ck_assert_uint_eq(
	    json_array_size(json_object_get(import_json(with_requirements(most)).posting, "requirements")), 50);
}
END_TEST

/* Whoever publishes a page is not there to mend it: what is too much is left out and told. */
START_TEST(schema_org_lists_beyond_their_limits_are_cut_with_a_warning)
{
	struct cvp_posting_import import = import_json(
	    cvp_arena_printf(arena, "{'@type':'JobPosting','title':'A','hiringOrganization':'B','skills':[%s'x']}",
			     repeated("'x',", 60)));

	ck_assert_uint_eq(json_array_size(json_object_get(import.posting, "requirements")), 50);
	ck_assert_uint_eq(json_array_size(import.warnings), 1);
}
END_TEST

START_TEST(names_and_texts_beyond_their_limits_are_refused)
{
	const char *long_name = repeated("щ", 201), *name = repeated("щ", 200);

	assert_json_refused(cvp_arena_printf(arena, "{'company':'%s','title':'B'}", long_name), CVP_VALIDATION_ERROR,
			    "/company");
	assert_json_refused(cvp_arena_printf(arena, "{'company':'A','role_title':'%s'}", long_name),
			    CVP_VALIDATION_ERROR, "/role_title");
	assert_json_refused(
	    cvp_arena_printf(arena, "{'company':'A','title':'B','job_description':'%s'}", repeated("x", TEXT_MAX + 1)),
	    CVP_VALIDATION_ERROR, "/job_description");
	ck_assert_str_eq(
	    text_at(import_json(cvp_arena_printf(arena, "{'company':'%s','title':'B'}", name)), "company_name"), name);
}
END_TEST

START_TEST(a_text_has_50_to_50000_characters)
{
	const char *most = repeated("ж", TEXT_MAX), *beyond = repeated("ж", TEXT_MAX + 1);

	assert_text_refused(repeated("ж", 49), 98, CVP_VALIDATION_ERROR, "/description");
	assert_text_refused("   ", 3, CVP_VALIDATION_ERROR, "/description");
	assert_text_refused(beyond, strlen(beyond), CVP_VALIDATION_ERROR, "/description");
	ck_assert_str_eq(text_at(import_text(repeated("ж", 50)), "description"), repeated("ж", 50));
	ck_assert_str_eq(text_at(import_text(most), "description"), most);
}
END_TEST

START_TEST(bad_bytes_and_broken_json_are_refused)
{
	static const char bad[] = "We are looking for a cook \xFF\xFE who knows fish and meat alike.";
	static const char with_nul[] = "We are looking for a cook \0 who knows fish and meat alike.";
	static const char broken[] = "{\"company\": \"Acme\", \"title\": }";

	assert_text_refused(bad, sizeof(bad) - 1, CVP_INVALID_INPUT, "/description");
	assert_text_refused(with_nul, sizeof(with_nul) - 1, CVP_INVALID_INPUT, "/description");
	assert_text_refused(broken, sizeof(broken) - 1, CVP_INVALID_JSON, "(none)");
}
END_TEST

/* Imports a posting and reads what it asks for; microseconds. */
static int64_t
time_of(const char *text)
{
	struct cvp_posting_import import;
	struct cvp_requirements asked;
	int64_t start = cvp_monotonic();

	import = import_text(text);
	ck_assert_int_eq(cvp_posting_requirements(&ctx, &assets, import.posting, &asked), CVP_OK);
	ck_assert_uint_le(asked.count, 50);
	return cvp_monotonic() - start;
}

/* Each took from seconds to minutes where a loop began anew at every sign; now none takes a tenth of one. */
START_TEST(hostile_postings_cost_no_more_than_their_length)
{
	static const char *const pieces[] = { "Python ", "(Python, ", "Python and Java or ", "(",
					      "a; ",     "5 years ",  "must have ",          "опыт Python и Java, ",
					      "a. b: ",  "1. ",       "Join Acme ",          "You will use Python, " };

	for (size_t i = 0; i < CVP_COUNT(pieces); i++) {
		const char *line = repeated(pieces[i], 49000 / strlen(pieces[i]));

		ck_assert_int_lt(time_of(cvp_arena_printf(arena, "Requirements:\n- %s", line)), SECONDS_MAX);
	}
	ck_assert_int_lt(
	    time_of(cvp_arena_printf(arena, "{\"company\":\"A\",\"title\":\"B\",\"requirements\":[\"%s\"]}",
				     repeated("-", 300000))),
	    SECONDS_MAX);
	ck_assert_int_lt(
	    time_of(cvp_arena_printf(arena, "<p>%s</script<%s", repeated("<script>", 60000), repeated("cook ", 20))),
	    SECONDS_MAX);
}
END_TEST

START_TEST(the_same_posting_gives_the_same_bytes)
{
	static const char text[] =
	    "Senior Cook at Blue Fork\nRequirements:\n- 3 years in a kitchen\n- French\n- HACCP\n";
	char *one = json_dumps(import_text(text).posting, JSON_COMPACT), *two;

	cvp_ctx_reset(&ctx);
	two = json_dumps(import_text(text).posting, JSON_COMPACT);
	ck_assert_str_eq(one, two);
	free(one);
	free(two);
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, a_text_is_kept_as_its_description);
	tcase_add_test(tc, names_are_found_by_labels);
	tcase_add_test(tc, names_are_found_in_the_first_lines);
	tcase_add_test(tc, names_are_found_in_sentences);
	tcase_add_test(tc, names_that_a_text_does_not_say_stay_unknown);
	tcase_add_test(tc, the_language_is_detected_unless_given);
	tcase_add_test(tc, every_alias_of_a_member_is_read);
	tcase_add_test(tc, json_fills_every_member_of_the_stored_form);
	tcase_add_test(tc, the_work_format_is_told_in_three_languages);
	tcase_add_test(tc, json_as_text_is_json);
	tcase_add_test(tc, a_job_boards_own_shape_is_read);
	tcase_add_test(tc, a_schema_org_posting_is_read);
	tcase_add_test(tc, the_block_of_a_page_wins_over_the_page);
	tcase_add_test(tc, a_block_with_the_usual_faults_is_read);
	tcase_add_test(tc, a_block_beyond_mending_is_named);
	tcase_add_test(tc, json_ld_pasted_as_text_may_lack_a_name);
	tcase_add_test(tc, a_page_is_about_what_it_says_it_is);
	tcase_add_test(tc, html_becomes_the_text_it_shows);
	tcase_add_test(tc, names_and_list_entries_lose_their_tags);
	tcase_add_test(tc, json_without_a_name_or_with_a_wrong_one_is_refused_at_its_pointer);
	tcase_add_test(tc, lists_beyond_their_limits_are_refused_at_their_pointers);
	tcase_add_test(tc, schema_org_lists_beyond_their_limits_are_cut_with_a_warning);
	tcase_add_test(tc, names_and_texts_beyond_their_limits_are_refused);
	tcase_add_test(tc, a_text_has_50_to_50000_characters);
	tcase_add_test(tc, bad_bytes_and_broken_json_are_refused);
	tcase_add_test(tc, hostile_postings_cost_no_more_than_their_length);
	tcase_add_test(tc, the_same_posting_gives_the_same_bytes);
}

int
main(void)
{
	return run_suite("career_posting", add_tests);
}
