/* Fact verification (SPEC 8) of a tailored CV: each row of its table, in three languages; what is mended and how. The
 * mutation test (tests/conformance/lies.c) plants lies in the tailored CVs of many people; here each rule stands by
 * itself. */
#include "career/verify_tailored.h"
#include "test_career_vpr.h"

static const char resume_text[] =
    "{'basics':{'name':'Anna Weiss','label':'Backend Engineer','email':'anna@weiss.example','phone':'+49 30 1234567',"
    "'location':{'city':'Berlin','countryCode':'DE'},'url':'https://weiss.example/',"
    "'summary':'Backend engineer for payments. I like quiet on-call weeks.',"
    "'profiles':[{'network':'LinkedIn','url':'https://www.linkedin.com/in/annaweiss'}]},"
    "'work':[{'name':'Kestrel Payments','position':'Senior Engineer','startDate':'2019-03-01','location':'Berlin',"
    "'highlights':['Contributed to the migration of 40 services to Kubernetes without downtime',"
    "'Cut p99 latency by 35% and saved $2M a year','Built the ledger in Go and PostgreSQL'],"
    "'x_technologies':['Go','PostgreSQL','Kafka']},"
    "{'name':'Lumen Bank','position':'Engineer','startDate':'2015-06','endDate':'2019-02',"
    "'highlights':['Helped the team build a reporting tool in Java','Wrote batch jobs for 12 branches']},"
    "{'name':'Kestrel Payments','position':'Intern','startDate':'2014-06','endDate':'2014-09',"
    "'highlights':['Tested card terminals']}],"
    "'education':[{'institution':'TU Berlin','studyType':'BSc','area':'Computer Science','startDate':'2011',"
    "'endDate':'2015','score':'1.7'}],"
    "'certificates':[{'name':'Certified Kubernetes Administrator','issuer':'CNCF','date':'2021-05'}],"
    "'skills':[{'name':'Go','level':'Expert'},{'name':'JavaScript'},{'name':'C++'},"
    "{'name':'Databases','keywords':['PostgreSQL','Redis']}],"
    "'languages':[{'language':'German','fluency':'native'},{'language':'French','fluency':'basic'}]}";

static const char artifact_text[] =
    "{'tailored_cv':{'contact_info':{'name':'Anna Weiss','x_label':'Backend Engineer','email':'anna@weiss.example',"
    "'phone':'+49 30 1234567','location':'Berlin, DE','linkedin':'https://www.linkedin.com/in/annaweiss',"
    "'x_url':'https://weiss.example/'},"
    "'executive_summary':'Backend engineer for payments. I like quiet on-call weeks.',"
    "'work_experience':["
    "{'company_name':'Kestrel Payments','job_title':'Senior Engineer','start_date':'2019-03','location':'Berlin',"
    "'description_bullets':['Contributed to the migration of 40 services to Kubernetes without downtime',"
    "'Cut p99 latency by 35% and saved $2M a year','Built the ledger in Go and PostgreSQL'],"
    "'bullet_sources':[['/work/0/highlights/0'],['/work/0/highlights/1'],['/work/0/highlights/2']],"
    "'keyword_alignments':['Kubernetes'],"
    "'original_bullets':['Contributed to the migration of 40 services to Kubernetes without downtime',"
    "'Cut p99 latency by 35% and saved $2M a year','Built the ledger in Go and PostgreSQL']},"
    "{'company_name':'Lumen Bank','job_title':'Engineer','start_date':'2015-06','end_date':'2019-02',"
    "'description_bullets':['Helped the team build a reporting tool in Java','Wrote batch jobs for 12 branches'],"
    "'bullet_sources':[['/work/1/highlights/0'],['/work/1/highlights/1']],"
    "'original_bullets':['Helped the team build a reporting tool in Java','Wrote batch jobs for 12 branches']}],"
    "'skills':[{'skill_name':'Go','proficiency_level':'Expert','relevance_score':1},"
    "{'skill_name':'JavaScript','relevance_score':0.5},{'skill_name':'Redis','relevance_score':0.5,"
    "'x_group':'Databases'}],"
    "'education':[{'institution':'TU Berlin','degree':'BSc','field_of_study':'Computer Science',"
    "'start_date':'2011','end_date':'2015','gpa':'1.7'}],"
    "'certifications':[{'name':'Certified Kubernetes Administrator','issuer':'CNCF','date':'2021-05'}],"
    "'x_other':{'languages':[{'language':'French','fluency':'basic'}]},"
    "'source_cv_version':1,'target_job_id':'j'},"
    "'metadata':{'application_id':'a','user_id':'u','job_id':'j','version':1,'created_at':'2026-03-01T00:00:00Z',"
    "'keyword_matches':['Kubernetes'],'sections_modified':[],'fvs_validation_passed':true,'warnings':[],"
    "'style_issues':[]},'token_usage':{}}";

static const char posting_text[] = "{'company_name':'Polaris Freight','role_title':'Staff Platform Engineer',"
				   "'requirements':['Rust','Kubernetes','Terraform'],'language':'en'}";

static const char answers_text[] =
    "[{'question':'q','answer':'Ran 3 Terraform trainings for our platform team','destination':'CV_IMPACT'},"
    "{'question':'q','answer':'I once led 90 people in a Rust shop','destination':'INTERVIEW_MVP_ONLY'}]";

static json_t *
input_now(void)
{
	return cvp_own(&ctx,
		       json_pack("{s:O, s:O, s:O, s:s}", "resume", json(resume_text), "posting", json(posting_text),
				 "gap_responses", json(answers_text), "as_of", "2026-03-01T00:00:00Z"));
}

/* The value at a pointer without escapes; NULL where there is none. */
static json_t *
value_at(json_t *root, const char *pointer)
{
	char *rest = cvp_arena_strdup(arena, pointer), *key;

	while (root != NULL && (key = strsep(&rest, "/")) != NULL) {
		if (*key != '\0')
			root = json_is_array(root) ? json_array_get(root, (size_t)strtol(key, NULL, 10))
						   : json_object_get(root, key);
	}
	return root;
}

/* Puts a value at a pointer; at the end of a list it is added. */
static void
put_at(json_t *root, const char *pointer, const json_t *value)
{
	const char *slash = strrchr(pointer, '/');
	json_t *parent = value_at(root, cvp_arena_strndup(arena, pointer, (size_t)(slash - pointer)));
	size_t index = (size_t)strtol(slash + 1, NULL, 10);

	if (json_is_object(parent))
		json_object_set(parent, slash + 1, (json_t *)value);
	else if (index < json_array_size(parent))
		json_array_set(parent, index, (json_t *)value);
	else
		json_array_append(parent, (json_t *)value);
}

static json_t *
verified(const json_t *artifact, json_t **mended)
{
	json_t *report = NULL;
	enum cvp_code code = cvp_verify_tailored_cv_mend(&ctx, &assets, input_now(), artifact, mended, &report);

	ck_assert_msg(code == CVP_OK, "%s: %s", cvp_code_name(code), ctx.err.message);
	return report;
}

/* A change, the finding it brings, and what stands at `mended_at` (the place of the change) once it is mended. */
struct lie {
	const char *at, *value; /* JSON with ' for " */
	const char *field;      /* NULL: the same as at */
	bool is_critical;
	const char *mended; /* JSON; NULL: not looked at; "": nothing stands there any more */
};

#define CV     "/tailored_cv"
#define JOB    CV "/work_experience/0"
#define BULLET JOB "/description_bullets/"

static const struct lie facts[] = {
	{ JOB "/company_name", "'Google'", NULL, true, NULL },
	{ JOB "/company_name", "'Kestrel Payments International'", NULL, true, NULL },
	{ JOB "/company_name", "'Kеstrel Payments'", NULL, true, NULL }, /* a Cyrillic letter */
	{ JOB "/company_name", "'Polaris Freight'", NULL, true, NULL },
	{ JOB "/job_title", "'Staff Engineer'", NULL, true, NULL },
	{ JOB "/start_date", "'2018-03'", NULL, true, NULL },
	{ JOB "/start_date", "'2019'", NULL, true, NULL },
	{ JOB "/start_date", "'2019-03 (at Google)'", NULL, true, NULL },
	{ JOB "/end_date", "'2024-01'", NULL, true, NULL },
	{ CV "/work_experience/1/end_date", "'Present'", NULL, true, NULL },
	{ CV "/work_experience/1/end_date", "null", NULL, true, NULL },
	{ CV "/work_experience/1/end_date", "'2020-02'", NULL, true, NULL },
	{ CV "/work_experience/2",
	  "{'company_name':'Kestrel Payments','job_title':'Senior Engineer','start_date':'2019-03',"
	  "'description_bullets':[],'original_bullets':[]}",
	  CV "/work_experience/2/job_title", true, NULL },
	{ CV "/work_experience/2",
	  "{'company_name':'Orbit','job_title':'Pilot','start_date':'2001','description_bullets':[],"
	  "'original_bullets':[]}",
	  CV "/work_experience/2/company_name", true, NULL },
	{ CV "/work_experience", "[]", NULL, true, NULL },
	{ CV "/education/0/institution", "'MIT'", NULL, true, NULL },
	{ CV "/education/0/degree", "'MSc'", NULL, true, NULL },
	{ CV "/education/0/field_of_study", "'Astrophysics'", NULL, true, NULL },
	{ CV "/education/0/end_date", "'2016'", NULL, true, NULL },
	{ CV "/education", "[]", NULL, true, NULL },
	{ CV "/education/0/gpa", "'1.0'", NULL, false, NULL },
	{ CV "/certifications/0/name", "'Certified Kubernetes Security Specialist'", NULL, true, NULL },
	{ CV "/certifications/0/issuer", "'Google'", NULL, true, NULL },
	{ CV "/certifications/0/date", "'2024-05'", NULL, true, NULL },
	{ CV "/contact_info/name", "'Anna Weiß'", NULL, true, NULL },
	{ CV "/contact_info/x_label", "'Chief Engineer'", NULL, true, NULL },
	{ CV "/contact_info/email", "'anna@weiss.exampla'", NULL, true, NULL },
	{ CV "/contact_info/phone", "'+49 30 1234568'", NULL, true, NULL },
	{ CV "/contact_info/linkedin", "'https://www.linkedin.com/in/another'", NULL, true, NULL },
	{ "/x_target", "{'company_name':'Google','role_title':'Staff Platform Engineer'}", "/x_target/company_name",
	  true, NULL },
	{ CV "/contact_info/location", "'Munich, DE'", NULL, false, "'Berlin, DE'" },
	{ JOB "/location", "'San Francisco'", NULL, false, "'Berlin'" },
	{ CV "/x_other/languages/0/fluency", "'fluent'", NULL, false, "'basic'" },
	{ CV "/x_other/languages/1", "{'language':'Finnish','fluency':'native'}", NULL, false, "" },
};

static const struct lie skills[] = {
	{ CV "/skills/0/skill_name", "'Rust'", NULL, false, NULL },
	{ CV "/skills/3", "{'skill_name':'Script','relevance_score':1}", CV "/skills/3/skill_name", false, "" },
	{ CV "/skills/3", "{'skill_name':'C','relevance_score':1}", CV "/skills/3/skill_name", false, "" },
	{ CV "/skills/3", "{'skill_name':'Postgres SQL Server','relevance_score':1}", CV "/skills/3/skill_name", false,
	  "" },
	{ CV "/skills/3", "{'skill_name':'Zyntrix','relevance_score':1}", CV "/skills/3/skill_name", false, "" },
	{ CV "/skills/3", "{'skill_name':'Go (10 years)','relevance_score':1}", CV "/skills/3/skill_name", false, "" },
	{ CV "/skills/1/proficiency_level", "'Expert'", NULL, false, "" },
	{ JOB "/keyword_alignments/1", "'Rust'", NULL, false, "" },
	{ "/metadata/keyword_matches/1", "'Rust'", NULL, false, "" },
};

#define MIGRATION "'Contributed to the migration of 40 services to Kubernetes without downtime'"
#define LATENCY   "'Cut p99 latency by 35% and saved $2M a year'"
#define LEDGER    "'Built the ledger in Go and PostgreSQL'"

static const struct lie bullets[] = {
	{ BULLET "0", "'Led the migration of 40 services to Kubernetes without downtime'", NULL, false, MIGRATION },
	{ BULLET "0", "'Migrated 40 services to Kubernetes without downtime'", NULL, false, MIGRATION },
	{ BULLET "0", "'Contributed to the migration of 400 services to Kubernetes without downtime'", NULL, false,
	  MIGRATION },
	{ BULLET "0", "'Contributed to the migration of ٤٠٠ services to Kubernetes without downtime'", NULL, false,
	  MIGRATION },
	{ BULLET "0", "'Contributed to the migration of four hundred services to Kubernetes'", NULL, false, MIGRATION },
	{ BULLET "0", "'Contributed to the migration of over 40 services to Kubernetes'", NULL, false, MIGRATION },
	{ BULLET "0", "'Contributed to the migration of 40+ services to Kubernetes'", NULL, false, MIGRATION },
	{ BULLET "0", "'Contributed to the migration of 40 services of Velmora Air to Kubernetes'", NULL, false,
	  MIGRATION },
	{ BULLET "0", "'Contributed to the migration of 40 services to Kubernetes and Terraform'", NULL, false,
	  MIGRATION },
	{ BULLET "0", "'Contributed to the global migration of 40 services to Kubernetes'", NULL, false, MIGRATION },
	{ BULLET "0", "'Contributed to the migration of 40 services to Kubernetes with downtime'", NULL, false,
	  MIGRATION },
	{ BULLET "1", "'Cut p99 latency by 45% and saved $2M a year'", NULL, false, LATENCY },
	{ BULLET "1", "'Cut p99 latency by 35% and saved €2M a year'", NULL, false, LATENCY },
	{ BULLET "1", "'Cut p99 latency by 35% and saved CHF 2M a year'", NULL, false, LATENCY },
	{ BULLET "1", "'Cut p99 latency by 35% and saved $2M a month'", NULL, false, LATENCY },
	{ BULLET "1", "'Raised p99 latency by 35%'", NULL, false, LATENCY },
	{ BULLET "2", "'Built the ledger in Go and PostgreSQL, winning an award'", NULL, false, LEDGER },
	{ BULLET "2", "'Founded the ledger team in Go'", NULL, false, LEDGER },
	{ BULLET "2", "'Wrote batch jobs for 12 branches'", NULL, false, LEDGER },
	{ JOB "/bullet_sources/2", "['/work/1/highlights/1']", JOB "/bullet_sources/2/0", false, NULL },
	{ CV "/work_experience/1/description_bullets/0", "'Built a reporting tool in Java'", NULL, false,
	  "'Helped the team build a reporting tool in Java'" },
	{ JOB "/original_bullets/0", "'Led 40 migrations'", NULL, false, NULL },
	{ JOB "/x_description", "'A secret project for the state'", NULL, false, "" },
	{ CV "/x_highlights", "[{'text':'I once led 90 people in a Rust shop','sources':['/gap_responses/1']}]",
	  CV "/x_highlights/0/text", false, "[]" },
};

static const struct lie summaries[] = {
	{ CV "/executive_summary", "'Backend engineer for payments. Knows Rust.'", NULL, false,
	  "'Backend engineer for payments. '" },
	{ CV "/executive_summary", "'Backend engineer with 25 years of experience.'", NULL, false, "''" },
	{ CV "/executive_summary", "'Backend engineer for payments. Worked at Stripe.'", NULL, true, NULL },
	{ CV "/executive_summary", "'Staff platform engineer at Polaris Freight.'", NULL, true, NULL },
	{ CV "/executive_summary", "'Design, build and run Terraform at scale with Rust.'", NULL, false, "''" },
};

static bool
has_finding(const json_t *report, const char *field, bool is_critical)
{
	size_t index;
	json_t *row;

	json_array_foreach (json_object_get(report, "violations"), index, row) {
		const char *severity = json_string_value(json_object_get(row, "severity"));

		if (strcmp(json_string_value(json_object_get(row, "field")), field) == 0 &&
		    (strcmp(severity, "CRITICAL") == 0) == is_critical)
			return true;
	}
	return false;
}

static void
tell(const struct lie *lie)
{
	json_t *artifact = json(artifact_text), *mended, *report, *left;

	put_at(artifact, lie->at, json(lie->value));
	report = verified(artifact, &mended);
	ck_assert_msg(has_finding(report, lie->field != NULL ? lie->field : lie->at, lie->is_critical), "%s = %s: %s",
		      lie->at, lie->value, line_of(report));
	ck_assert(json_is_true(json_object_get(report, "has_critical_violations")) == lie->is_critical);
	left = value_at(mended, lie->at);
	if (lie->mended != NULL)
		ck_assert_msg(lie->mended[0] == '\0' ? left == NULL : json_equal(left, json(lie->mended)),
			      "%s = %s is mended to %s", lie->at, lie->value, left != NULL ? line_of(left) : "nothing");
	if (lie->is_critical)
		return;
	report = verified(mended, &left);
	ck_assert_msg(is_valid(report), "%s = %s: what is mended is refused: %s", lie->at, lie->value, line_of(report));
}

#define TELL_ALL(lies)                                                                                                 \
	for (size_t i = 0; i < CVP_COUNT(lies); i++)                                                                   \
	tell(&(lies)[i])

START_TEST(facts_are_the_cvs)
{
	TELL_ALL(facts);
}
END_TEST

START_TEST(skills_are_shown)
{
	TELL_ALL(skills);
}
END_TEST

START_TEST(bullets_say_no_more_than_their_sources)
{
	TELL_ALL(bullets);
}
END_TEST

START_TEST(the_summary_is_held_as_prose)
{
	TELL_ALL(summaries);
}
END_TEST

/* What may be written otherwise. */
static const struct {
	const char *at, *value;
} honest[] = {
	{ CV "/tailoring_version", "1" },
	{ CV "/contact_info/email", "'Anna@Weiss.Example'" },
	{ CV "/contact_info/phone", "'(49) 30-1234567'" },
	{ CV "/contact_info/linkedin", "'linkedin.com/in/annaweiss'" },
	{ CV "/contact_info/location", "'Berlin'" },
	{ JOB "/company_name", "'Kestrel Payments'" },
	{ JOB "/start_date", "'March 2019'" },
	{ JOB "/start_date", "'03/2019'" },
	{ JOB "/start_date", "'٢٠١٩-٠٣'" },
	{ JOB "/end_date", "'Present'" },
	{ JOB "/x_dates", "'Mar 2019 – Present'" },
	{ CV "/work_experience/1/end_date", "'Feb 2019'" },
	{ CV "/skills/0/skill_name", "'Golang'" },
	{ CV "/skills/2/skill_name", "'Postgres'" },
	{ CV "/skills/3", "{'skill_name':'Terraform','relevance_score':1}" }, /* an answer's */
	{ BULLET "0", "'Contributed to the migration of 40 services to k8s'" },
	{ BULLET "0", "'Contributed to the migration of ４０ services to Kubernetes without downtime'" },
	{ BULLET "1", "'Saved $2M a year and cut p99 latency by 35 %'" },
	{ BULLET "1", "'Cut p99 latency by 35 percent'" },
	{ BULLET "2", "'Built the ledger in PostgreSQL'" },
	{ BULLET "2", "'Developed the ledger in Go and Postgres'" },
	{ CV "/x_highlights", "[{'text':'Ran 3 Terraform trainings for our platform team',"
			      "'sources':['/gap_responses/0']}]" },
	{ CV "/executive_summary",
	  "'Senior engineer with 11 years of experience in payments. Seeking a role at Polaris "
	  "Freight.'" },
};

START_TEST(honest_changes_pass)
{
	for (size_t i = 0; i < CVP_COUNT(honest); i++) {
		json_t *artifact = json(artifact_text), *mended, *report;

		put_at(artifact, honest[i].at, json(honest[i].value));
		report = verified(artifact, &mended);
		ck_assert_msg(is_valid(report), "%s = %s: %s", honest[i].at, honest[i].value, line_of(report));
		ck_assert_msg(json_equal(artifact, mended), "%s = %s was mended", honest[i].at, honest[i].value);
	}
}
END_TEST

START_TEST(what_cannot_be_judged_is_an_error)
{
	static const char *const broken[] = { "[]", "{}", "{'tailored_cv':{'contact_info':{'name':'A'}}}" };
	json_t *report;

	for (size_t i = 0; i < CVP_COUNT(broken); i++) {
		ck_assert_int_eq(cvp_verify_tailored_cv(&ctx, &assets, input_now(), json(broken[i]), &report),
				 CVP_VALIDATION_ERROR);
		cvp_clear(&ctx);
	}
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, facts_are_the_cvs);
	tcase_add_test(tc, skills_are_shown);
	tcase_add_test(tc, bullets_say_no_more_than_their_sources);
	tcase_add_test(tc, the_summary_is_held_as_prose);
	tcase_add_test(tc, honest_changes_pass);
	tcase_add_test(tc, what_cannot_be_judged_is_an_error);
}

int
main(void)
{
	return run_suite("career_verify_tailored", add_tests);
}
