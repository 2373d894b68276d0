/* The head of a plain-text CV: name, headline, e-mail, phone, place, links; what is more becomes the summary. */
#include <string.h>
#include <strings.h>

#include "career/cv_chars.h"
#include "career/cv_text.h"
#include "career/cv_text_tokens.h"
#include "core/ctx.h"

#define NAME_WORDS     5
#define HEADLINE_WORDS 14
#define CITY_WORDS     6
#define PROFILES_MAX   50
#define PROSE_WORDS    7

static const char edge_marks[] = ",;|•·:-–—\t/";

struct head {
	struct cvp_text_reader *reader;
	json_t *basics;
	const char *held;     /* a first line that might be the name or the headline */
	size_t items;         /* read so far that were no contact data */
	bool on_contact_line; /* the line being read holds an e-mail, a link or a phone number */
};

enum field { NAME, HEADLINE, PLACE, LINK, IGNORED, FIELD_COUNT };

static const struct {
	enum field field;
	const char *labels; /* parted by '|' */
} fields[] = {
	{ NAME, "|name|full name|фио|имя|ф.и.о|ф.и.о.|имя и фамилия|שם|שם מלא|" },
	{ HEADLINE,
	  "|position|title|desired position|job title|role|headline|позиция|должность|желаемая должность|תפקיד|" },
	{ PLACE, "|location|city|address|based in|residence|lives in|адрес|город|место жительства|проживает|живет "
		 "в|местоположение|проживание|"
		 "город проживания|כתובת|עיר|מגורים|מיקום|עיר מגורים|" },
	{ IGNORED, "|email|e-mail|mail|phone|tel|telephone|mobile|cell|tel.|contact|contacts|phone number|mobile phone|"
		   "почта|эл. почта|электронная почта|телефон|тел|тел.|моб|мобильный|контакты|"
		   "מייל|דוא\"ל|דוא״ל|אימייל|טלפון|נייד|פלאפון|" },
	{ LINK,
	  "|linkedin|github|gitlab|website|web|portfolio|blog|site|homepage|url|twitter|x|leetcode|medium|behance|"
	  "dribbble|stackoverflow|stack overflow|telegram|skype|facebook|instagram|orcid|google scholar|kaggle|habr|"
	  "сайт|портфолио|телеграм|לינקדאין|אתר|תיק עבודות|" },
};

static bool
is_listed(const char *list, const char *label)
{
	const char *at = list + 1;
	char word[64];

	while (*at) {
		size_t length = strcspn(at, "|");

		memcpy(word, at, length);
		word[length] = '\0';
		if (cvp_cv_chars_word(label, word) == strlen(label))
			return true;
		at += length + 1;
	}
	return false;
}

static enum field
field_of(const char *label)
{
	if (label[0] == '\0')
		return FIELD_COUNT;
	for (size_t i = 0; i < CVP_COUNT(fields); i++)
		if (is_listed(fields[i].labels, label))
			return fields[i].field;
	return FIELD_COUNT;
}

static bool
has(const struct head *head, const char *key)
{
	return json_object_get(head->basics, key) != NULL;
}

/* The last comma of text before byte `end`; NULL without. */
static const char *
comma_before(const char *text, const char *end)
{
	return end > text ? memrchr(text, ',', (size_t)(end - text)) : NULL;
}

/* "14 Orchard Lane, Galway, Ireland": the street, the city, the region. */
static void
set_address(struct cvp_ctx *ctx, json_t *location, const char *place)
{
	const char *end = place + strlen(place), *last = comma_before(place, end);
	const char *before = last ? comma_before(place, last) : NULL;
	const char *street_end = before ? before : last ? last : end;

	cvp_text_set(location, "address", cvp_text_trim(ctx, place, (size_t)(street_end - place), edge_marks));
	if (before) {
		cvp_text_set(location, "city", cvp_text_trim(ctx, before, (size_t)(last - before), edge_marks));
		cvp_text_set(location, "region", cvp_text_trim(ctx, last, (size_t)(end - last), edge_marks));
	} else if (last) {
		cvp_text_set(location, "city", cvp_text_trim(ctx, last, (size_t)(end - last), edge_marks));
	}
}

/* "Austin, TX": the city up to the first comma, the region after it; what stands in brackets is no place. */
static void
set_place(struct head *head, const char *text)
{
	struct cvp_ctx *ctx = head->reader->ctx;
	const char *place = cvp_text_trim(ctx, text, strcspn(text, "(["), edge_marks);
	const char *comma = strchr(place, ',');
	json_t *location;

	if (has(head, "location") || place[0] == '\0')
		return;
	location = json_object();
	if (cvp_cv_char_is_digit((unsigned char)place[0])) {
		set_address(ctx, location, place);
	} else {
		size_t city = comma ? (size_t)(comma - place) : strlen(place);

		cvp_text_set(location, "city", cvp_text_trim(ctx, place, city, edge_marks));
		if (comma)
			cvp_text_set(location, "region", cvp_text_trim(ctx, comma, strlen(comma), edge_marks));
	}
	json_object_set_new(head->basics, "location", location);
}

/* The network a link's host belongs to; NULL for any other site. */
static const char *
network_of(const char *link)
{
	static const struct {
		const char *host, *network;
	} known[] = { { "linkedin.com", "LinkedIn" },
		      { "github.com", "GitHub" },
		      { "gitlab.com", "GitLab" },
		      { "twitter.com", "Twitter" },
		      { "x.com/", "X" },
		      { "stackoverflow.com", "Stack Overflow" },
		      { "medium.com", "Medium" },
		      { "behance.net", "Behance" },
		      { "dribbble.com", "Dribbble" },
		      { "leetcode.com", "LeetCode" },
		      { "kaggle.com", "Kaggle" },
		      { "habr.com", "Habr" },
		      { "t.me/", "Telegram" },
		      { "facebook.com", "Facebook" },
		      { "instagram.com", "Instagram" },
		      { "youtube.com", "YouTube" },
		      { "scholar.google", "Google Scholar" },
		      { "orcid.org", "ORCID" } };

	for (size_t i = 0; i < CVP_COUNT(known); i++) {
		const char *host = strcasestr(link, known[i].host);

		if (host && (host == link || host[-1] == '/' || host[-1] == '.'))
			return known[i].network;
	}
	return NULL;
}

static bool
has_profile(const json_t *profiles, const char *url)
{
	for (size_t i = 0; i < json_array_size(profiles); i++)
		if (strcmp(json_string_value(json_object_get(json_array_get(profiles, i), "url")), url) == 0)
			return true;
	return false;
}

static void
add_profile(struct head *head, const char *network, const char *url)
{
	json_t *profiles = json_object_get(head->basics, "profiles"), *profile;
	size_t length = strcspn(url, "?#");
	const char *user;

	if (!profiles) {
		profiles = json_array();
		json_object_set_new(head->basics, "profiles", profiles);
	}
	if (json_array_size(profiles) >= PROFILES_MAX || has_profile(profiles, url))
		return;
	while (length > 0 && url[length - 1] == '/')
		length--;
	user = memrchr(url, '/', length);
	profile = json_pack("{s:s}", "network", network);
	if (user && user > url && user[-1] != '/')
		cvp_text_set(profile, "username",
			     cvp_text_trim(head->reader->ctx, user + 1, length - (size_t)(user + 1 - url), ""));
	json_object_set_new(profile, "url", json_string(url));
	json_array_append_new(profiles, profile);
}

static void
set_link(struct head *head, const char *label, const char *url)
{
	const char *network = network_of(url);

	if (network)
		add_profile(head, network, url);
	else if (!has(head, "url"))
		cvp_text_set(head->basics, "url", url);
	else if (strcmp(json_string_value(json_object_get(head->basics, "url")), url) != 0)
		add_profile(head, label && label[0] ? label : url, url);
}

/* Takes e-mail addresses, links and phone numbers out of a text and gives what is left. */
static const char *
take_tokens(struct head *head, const char *text, const char *label)
{
	struct cvp_ctx *ctx = head->reader->ctx;
	char *rest = cvp_arena_strdup(ctx->arena, text);
	size_t from, to;
	enum cvp_token_kind kind;

	for (size_t at = 0; (kind = cvp_token_find(text, at, &from, &to)) != CVP_TOKEN_NONE; at = to) {
		const char *token = cvp_text_trim(ctx, text + from, to - from, "");

		if (kind == CVP_TOKEN_LINK)
			set_link(head, label, token);
		else if (!has(head, kind == CVP_TOKEN_EMAIL ? "email" : "phone"))
			cvp_text_set(head->basics, kind == CVP_TOKEN_EMAIL ? "email" : "phone", token);
		memset(rest + from, ' ', to - from);
	}
	return cvp_text_unbracket(ctx, cvp_text_trim(ctx, rest, strlen(rest), "|•·:-–—\t/<>,"));
}

bool
cvp_text_is_name(const struct cvp_text_reader *reader, const char *text)
{
	const char *comma = strchr(text, ',');
	const char *name = comma ? cvp_arena_strndup(reader->ctx->arena, text, (size_t)(comma - text)) : text;
	struct cvp_word_counts counts = cvp_word_count(reader->words, name);
	size_t length;

	for (const char *at = name; *at; at += length) {
		uint32_t c = cvp_cv_char_at(at, &length);

		if (!cvp_cv_char_is_letter(c) && !cvp_cv_char_is_space(c) && !strchr(".'’-\"()", *at))
			return false;
	}
	if (reader->is_anonymous || (comma && cvp_words_are_place(reader->words, comma)))
		return false;
	return counts.words >= 1 && counts.words <= NAME_WORDS && counts.capitals >= counts.words - 1 &&
	       counts.legal == 0 && counts.school == 0 && cvp_text_heading_kind(text) == CVP_TEXT_KIND_COUNT;
}

/* "Curriculum Vitae", "Резюме" off the front of the title of the document. */
static const char *
take_document_title(struct cvp_ctx *ctx, const char *text)
{
	static const char *const words[] = { "curriculum vitae", "cv",         "resume",
					     "résumé",           "resume of",  "cv of",
					     "резюме",           "קורות חיים", "קו\"ח",
					     "sample resume" };
	size_t length = cvp_cv_chars_any_word(text, words, CVP_COUNT(words), NULL);

	return length ? cvp_text_trim(ctx, text + length, strlen(text + length), edge_marks) : text;
}

static void read_words(struct head *head, const char *text);

/* "Ann Lee, MSc" whole; of "Ann Lee, a cook who ..." the name, and the rest for itself. */
static void
set_name(struct head *head, const char *text)
{
	struct cvp_ctx *ctx = head->reader->ctx;
	const char *comma = strchr(text, ','),
		   *rest = comma ? cvp_text_trim(ctx, comma, strlen(comma), edge_marks) : "";
	size_t length;
	uint32_t first = cvp_cv_char_at(rest, &length);

	if (rest[0] && (cvp_word_count(head->reader->words, rest).words > 3 || cvp_cv_char_is_digit(first) ||
			(cvp_cv_char_lower(first) == first && first < 0x590))) {
		cvp_text_set(head->basics, "name", cvp_text_trim(ctx, text, (size_t)(comma - text), edge_marks));
		read_words(head, rest);
		return;
	}
	cvp_text_set(head->basics, "name", text);
}

/* Words that are no contact data: the name first, then the headline; a place, a sentence. */
static void
read_words(struct head *head, const char *text)
{
	const struct cvp_text_reader *reader = head->reader;
	struct cvp_word_counts counts = cvp_word_count(reader->words, text);
	bool is_title = counts.title > 0;

	if (counts.words == 0 || field_of(text) != FIELD_COUNT)
		return;
	head->items++;
	if (!has(head, "name") && cvp_text_is_name(reader, text) && head->items <= 4 && !is_title &&
	    (counts.words > 1 || !head->held)) {
		set_name(head, text);
	} else if (!has(head, "name") && !head->held && is_title && counts.words <= NAME_WORDS) {
		head->held = text;
	} else if (!has(head, "location") &&
		   (cvp_words_are_place(reader->words, text) ||
		    (head->on_contact_line && !is_title && counts.words <= CITY_WORDS && has(head, "name")))) {
		set_place(head, text);
	} else if (!has(head, "label") && counts.words <= HEADLINE_WORDS && text[strlen(text) - 1] != '.' &&
		   head->items <= 5) {
		cvp_text_set(head->basics, "label", text);
	} else if (cvp_cv_char_is_digit((unsigned char)text[0]) && strchr(text, ',')) {
		set_place(head, text);
	} else if (counts.words > 5) {
		cvp_text_add_summary(head->reader, text);
	} else {
		cvp_text_keep_unparsed(head->reader, text);
	}
}

static void
read_labelled(struct head *head, const char *whole, const char *label, const char *rest)
{
	enum field field = field_of(label);
	const char *left = take_tokens(head, rest, label);

	if (field == NAME && left[0])
		json_object_set_new(head->basics, "name", json_string(left));
	else if (field == HEADLINE && left[0])
		json_object_set_new(head->basics, "label", json_string(left));
	else if (field == PLACE)
		set_place(head, left);
	else if (field == FIELD_COUNT && left[0])
		cvp_text_keep_unparsed(head->reader, whole);
}

static void
read_item(struct head *head, const char *text, size_t length)
{
	struct cvp_ctx *ctx = head->reader->ctx;
	const char *item = take_document_title(ctx, cvp_text_trim(ctx, text, length, "|•·\t")), *label, *rest;

	if (cvp_text_label(ctx, item, &label, &rest))
		read_labelled(head, item, label, rest);
	else
		read_words(head, take_tokens(head, item, NULL));
}

/* The bytes of what parts two items of a head line: bars, bullets, columns, dashes between spaces. */
static size_t
scan_parting(const char *text)
{
	size_t space = cvp_cv_chars_space(text), length, dash;
	uint32_t c = cvp_cv_char_at(text + space, &length);

	if (c == '|' || c == 0x2022 || c == 0xB7 || c == 0x25C6 || c == 0x2666 || c == 0x25AA || c == 0x22C4)
		return space + length;
	if (memchr(text, '\t', space))
		return space;
	for (dash = space; cvp_cv_char_is_dash(cvp_cv_char_at(text + dash, &length)); dash += length)
		;
	return space && dash > space && cvp_cv_chars_space(text + dash) ? dash : 0;
}

static void
read_line(struct head *head, const struct cvp_text_line *line)
{
	size_t from = 0, to, step, length;
	const char *text = line->text;

	head->on_contact_line = cvp_token_find(line->raw, 0, &from, &to) != CVP_TOKEN_NONE;
	from = 0;
	for (size_t at = 0; text[at]; at += step) {
		cvp_cv_char_at(text + at, &step);
		length = at > from ? scan_parting(text + at) : 0;
		if (length == 0)
			continue;
		read_item(head, text + from, at - from);
		from = at + length;
		step = length;
	}
	read_item(head, text + from, strlen(text + from));
	(void)take_tokens(head, line->raw, NULL); /* targets of Markdown links */
}

/* A first line with a title's word in it is the name where a headline follows ("ALEX DEVELOPER"), else the headline. */
static void
settle_held(struct head *head)
{
	if (!head->held)
		return;
	if (!has(head, "name") && has(head, "label") && cvp_text_is_name(head->reader, head->held))
		json_object_set_new(head->basics, "name", json_string(head->held));
	else if (!has(head, "label"))
		json_object_set_new(head->basics, "label", json_string(head->held));
}

bool
cvp_text_read_link_line(struct cvp_text_reader *reader, const struct cvp_text_line *line)
{
	struct head head = { .reader = reader, .basics = json_object_get(reader->resume, "basics") };
	const char *label, *rest;
	size_t from, to;

	if (!cvp_text_label(reader->ctx, line->text, &label, &rest) || field_of(label) != LINK ||
	    cvp_token_find(rest, 0, &from, &to) != CVP_TOKEN_LINK)
		return false;
	rest = take_tokens(&head, rest, label);
	if (rest[0])
		cvp_text_keep_unparsed(reader, line->text);
	return true;
}

/* Running text: its wrapped lines are joined, those of names and addresses are not. */
static bool
is_prose(const struct cvp_text_reader *reader, const struct cvp_text_line *line)
{
	struct cvp_word_counts counts = cvp_word_count(reader->words, line->text);
	size_t from, to;

	return counts.words >= PROSE_WORDS && counts.capitals * 2 < counts.words &&
	       cvp_token_find(line->text, 0, &from, &to) == CVP_TOKEN_NONE;
}

void
cvp_text_read_head(struct cvp_text_reader *reader, const struct cvp_text_lines *lines)
{
	struct head head = { .reader = reader, .basics = json_object_get(reader->resume, "basics") };

	for (size_t i = 0, next; i < lines->count; i = next) {
		struct cvp_text_lines joined;

		next = i + 1;
		if (!is_prose(reader, &lines->at[i])) {
			read_line(&head, &lines->at[i]);
			continue;
		}
		while (next < lines->count && !lines->at[next].after_blank)
			next++;
		joined = cvp_text_unwrap(reader->ctx, lines, i, next, true);
		for (size_t j = 0; j < joined.count; j++)
			read_line(&head, &joined.at[j]);
	}
	settle_held(&head);
}
