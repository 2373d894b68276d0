#include "career/cv_text_tokens.h"

#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_date.h"
#include "core/code.h"

#define PHONE_DIGITS_MIN 7
#define PHONE_DIGITS_MAX 15 /* ITU-T E.164 */
#define TOKEN_MAX        500

static bool
is_token_char(char c)
{
	return (unsigned char)c > ' ' && !strchr("<>()[]{}\"'|,;", c);
}

static bool
is_plain(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Bytes of a host name ("mail.example.org") at text; *tld: the offset of its last part. */
static size_t
scan_host(const char *text, size_t *tld)
{
	size_t at = 0;

	*tld = 0;
	while (is_plain(text[at]) || (text[at] == '.' && at > 0 && is_plain(text[at + 1]))) {
		if (text[at] == '.')
			*tld = at + 1;
		if (++at > TOKEN_MAX)
			return 0;
	}
	return *tld ? at : 0;
}

static bool
is_local(char c)
{
	return is_plain(c) || c == '.' || c == '+' || c == '%';
}

static size_t
scan_email(const char *text)
{
	size_t at = 0, host, tld;

	while (at < 64 && is_local(text[at]))
		at++;
	if (at == 0 || text[at] != '@')
		return 0;
	host = scan_host(text + at + 1, &tld);
	return host && host - tld >= 2 ? at + 1 + host : 0;
}

/* The end of a link's path: white space, a quote, a bracket it did not open; full stops at the end are the sentence's.
 */
static size_t
scan_path(const char *text)
{
	size_t at = 0;

	while (at < TOKEN_MAX && is_token_char(text[at]))
		at++;
	while (at > 0 && strchr(".:!?*", text[at - 1]))
		at--;
	return at;
}

/* Hosts without a scheme are links only where their last part says so: "Node.js" is none. */
static bool
is_known_tld(const char *tld, size_t length)
{
	static const char *const known[] = { "com",   "org",    "net",    "io",   "dev",  "me",   "ru",
					     "il",    "co",     "app",    "ai",   "tech", "info", "site",
					     "xyz",   "design", "edu",    "gov",  "uk",   "de",   "fr",
					     "eu",    "us",     "ca",     "in",   "page", "blog", "online",
					     "pro",   "biz",    "by",     "ua",   "kz",   "se",   "nl",
					     "pl",    "ch",     "es",     "it",   "au",   "br",   "jp",
					     "space", "su",     "studio", "link", "work", "name", "example" };

	for (size_t i = 0; i < CVP_COUNT(known); i++)
		if (strlen(known[i]) == length && strncmp(tld, known[i], length) == 0)
			return true;
	return false;
}

static size_t
scan_link(const char *text)
{
	size_t host, tld, scheme = 0;

	if (strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0)
		scheme = (size_t)(strstr(text, "://") - text) + 3;
	host = scan_host(text + scheme, &tld);
	if (scheme)
		return is_token_char(text[scheme]) ? scheme + scan_path(text + scheme) : 0;
	if (host == 0 || (strncmp(text, "www.", 4) != 0 && !is_known_tld(text + tld, host - tld)))
		return 0;
	return text[host] == '/' ? host + scan_path(text + host) : host;
}

/* "+1 (555) 123-4567": digits with what may part them; no date, no span of years. */
static size_t
scan_phone(const char *text)
{
	struct cvp_date date;
	size_t at = 0, end = 0, length;
	int digits = 0;

	for (; at < 32; at += length) {
		uint32_t c = cvp_cv_char_at(text + at, &length);

		if (cvp_cv_char_is_digit(c)) {
			digits++;
			end = at + 1;
		} else if (c == '+' ? at > 0
				    : !(c == ' ' || c == '(' || c == ')' || c == '.' || c == '/' ||
					(cvp_cv_char_is_dash(c) && c != '~') || c == 0xA0)) {
			break;
		}
	}
	if (digits < PHONE_DIGITS_MIN || digits > PHONE_DIGITS_MAX)
		return 0;
	text += strspn(text, "( ");
	length = cvp_date_scan(text, &date);
	return length && strspn(text, "0123456789") >= 4 ? 0 : end;
}

static bool
begins_token(const char *text, size_t at)
{
	uint32_t before = cvp_cv_char_before(text, at);

	return !cvp_cv_char_is_letter(before) && !cvp_cv_char_is_digit(before) && before != '@' && before != '-' &&
	       before != '_' && before != '.';
}

enum cvp_token_kind
cvp_token_find(const char *text, size_t at, size_t *from, size_t *to)
{
	size_t length, step;

	for (; text[at]; at += step) {
		cvp_cv_char_at(text + at, &step);
		if (!begins_token(text, at))
			continue;
		*from = at;
		length = scan_email(text + at);
		*to = at + length;
		if (length)
			return CVP_TOKEN_EMAIL;
		length = scan_link(text + at);
		*to = at + length;
		if (length)
			return CVP_TOKEN_LINK;
		length = text[at] == '+' || text[at] == '(' || cvp_cv_char_is_digit((unsigned char)text[at])
			     ? scan_phone(text + at)
			     : 0;
		*to = at + length;
		if (length)
			return CVP_TOKEN_PHONE;
	}
	return CVP_TOKEN_NONE;
}
