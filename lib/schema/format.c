#include "schema/format.h"

#include <stdint.h>
#include <string.h>

#include "core/code.h"

/* A text being read; nothing is written behind its end, and a NUL is a byte like others. */
struct reader {
	const char *at, *end;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_alnum(char c)
{
	return is_alpha(c) || is_digit(c);
}

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static bool
at_end(const struct reader *in)
{
	return in->at == in->end;
}

static bool
take(struct reader *in, char c)
{
	if (at_end(in) || *in->at != c)
		return false;
	in->at++;
	return true;
}

/* Takes exactly `count` digits. */
static bool
take_number(struct reader *in, int count, int *value)
{
	*value = 0;
	for (; count > 0; count--) {
		if (at_end(in) || !is_digit(*in->at))
			return false;
		*value = *value * 10 + (*in->at++ - '0');
	}
	return true;
}

/* RFC 3339, section 5.6, with the days of each month. */

static int
days_in_month(int year, int month)
{
	static const signed char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && is_leap);
}

static bool
take_date(struct reader *in)
{
	int year, month, day;

	if (!take_number(in, 4, &year) || !take(in, '-') || !take_number(in, 2, &month) || !take(in, '-') ||
	    !take_number(in, 2, &day))
		return false;
	return month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

/* Z or +HH:MM; minutes east of Greenwich. */
static bool
take_zone(struct reader *in, int *offset)
{
	int sign, hour, minute;

	*offset = 0;
	if (take(in, 'Z') || take(in, 'z'))
		return true;
	sign = take(in, '-') ? -1 : 1;
	if (sign > 0 && !take(in, '+'))
		return false;
	if (!take_number(in, 2, &hour) || !take(in, ':') || !take_number(in, 2, &minute))
		return false;
	*offset = sign * (hour * 60 + minute);
	return hour <= 23 && minute <= 59;
}

static bool
take_time(struct reader *in)
{
	int hour, minute, second, offset;

	if (!take_number(in, 2, &hour) || !take(in, ':') || !take_number(in, 2, &minute) || !take(in, ':') ||
	    !take_number(in, 2, &second))
		return false;
	if (take(in, '.')) {
		const char *start = in->at;

		while (!at_end(in) && is_digit(*in->at))
			in->at++;
		if (in->at == start)
			return false;
	}
	if (!take_zone(in, &offset) || hour > 23 || minute > 59 || second > 60)
		return false;
	/* a leap second is the last of a day in UTC */
	return second < 60 || (hour * 60 + minute - offset + 2880) % 1440 == 1439;
}

static bool
is_date(const char *text, size_t length)
{
	struct reader in = { text, text + length };

	return take_date(&in) && at_end(&in);
}

static bool
is_date_time(const char *text, size_t length)
{
	struct reader in = { text, text + length };

	return take_date(&in) && (take(&in, 'T') || take(&in, 't')) && take_time(&in) && at_end(&in);
}

static bool
is_uuid(const char *text, size_t length)
{
	if (length != 36)
		return false;
	for (size_t i = 0; i < length; i++) {
		bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (is_dash ? text[i] != '-' : !is_hex(text[i]))
			return false;
	}
	return true;
}

/* RFC 3986, section 3.2.2: the two literal addresses. */

static bool
is_ipv4(const char *text, size_t length)
{
	struct reader in = { text, text + length };

	for (int part = 0; part < 4; part++) {
		const char *start;
		int value = 0;

		if (part > 0 && !take(&in, '.'))
			return false;
		start = in.at;
		while (!at_end(&in) && is_digit(*in.at) && in.at - start < 3)
			value = value * 10 + (*in.at++ - '0');
		if (in.at == start || value > 255 || (*start == '0' && in.at - start > 1))
			return false;
	}
	return at_end(&in);
}

/* Groups of 16 bits before the end of text: an IPv4 tail counts two. -1 where a group is bad. */
static int
count_ipv6_groups(const char *text, size_t length, bool may_end_in_ipv4)
{
	const char *end = text + length;
	int count = 0;

	if (length == 0)
		return 0;
	for (;;) {
		const char *colon = memchr(text, ':', (size_t)(end - text));
		size_t size = (size_t)((colon != NULL ? colon : end) - text);

		if (colon == NULL && may_end_in_ipv4 && is_ipv4(text, size))
			return count + 2;
		if (size < 1 || size > 4)
			return -1;
		for (size_t i = 0; i < size; i++)
			if (!is_hex(text[i]))
				return -1;
		count++;
		if (colon == NULL)
			return count;
		text = colon + 1;
	}
}

static bool
is_ipv6(const char *text, size_t length)
{
	const char *gap = NULL;
	int before, after;
	size_t size;

	for (size_t i = 0; gap == NULL && i + 1 < length; i++)
		if (text[i] == ':' && text[i + 1] == ':')
			gap = text + i;
	if (gap == NULL)
		return count_ipv6_groups(text, length, true) == 8;
	size = (size_t)(gap - text);
	before = count_ipv6_groups(text, size, false);
	after = count_ipv6_groups(gap + 2, length - size - 2, true);
	return before >= 0 && after >= 0 && before + after <= 7;
}

/* RFC 5321, section 4.1.2: a Mailbox. */

#define EMAIL_LOCAL_MAX 64
#define EMAIL_MAX       254
#define HOST_LABEL_MAX  63

static bool
is_atom_char(char c)
{
	return is_alnum(c) || is_one_of(c, "!#$%&'*+-/=?^_`{|}~");
}

static bool
take_dotted_atoms(struct reader *in)
{
	do {
		const char *start = in->at;

		while (!at_end(in) && is_atom_char(*in->at))
			in->at++;
		if (in->at == start)
			return false;
	} while (take(in, '.'));
	return true;
}

static bool
take_quoted(struct reader *in)
{
	if (!take(in, '"'))
		return false;
	while (!at_end(in) && *in->at >= ' ' && *in->at <= '~' && *in->at != '"') {
		if (*in->at == '\\' && (++in->at == in->end || *in->at < ' ' || *in->at > '~'))
			return false;
		in->at++;
	}
	return take(in, '"');
}

static bool
is_domain(const char *text, size_t length)
{
	struct reader in = { text, text + length };

	do {
		const char *start = in.at;

		while (!at_end(&in) && (is_alnum(*in.at) || *in.at == '-'))
			in.at++;
		if (in.at == start || in.at - start > HOST_LABEL_MAX || *start == '-' || in.at[-1] == '-')
			return false;
	} while (take(&in, '.'));
	return at_end(&in);
}

static bool
is_mail_literal(const char *text, size_t length)
{
	static const char tag[] = "IPv6:";

	if (length < 2 || text[0] != '[' || text[length - 1] != ']')
		return false;
	text++;
	length -= 2;
	if (length > strlen(tag) && memcmp(text, tag, strlen(tag)) == 0)
		return is_ipv6(text + strlen(tag), length - strlen(tag));
	return is_ipv4(text, length);
}

static bool
is_email(const char *text, size_t length)
{
	struct reader in = { text, text + length };
	bool is_local = length > 0 && text[0] == '"' ? take_quoted(&in) : take_dotted_atoms(&in);

	if (!is_local || in.at - text > EMAIL_LOCAL_MAX || length > EMAIL_MAX || !take(&in, '@'))
		return false;
	length = (size_t)(in.end - in.at);
	return is_domain(in.at, length) || is_mail_literal(in.at, length);
}

/* RFC 3986, appendix A. */

#define SUB_DELIMS "!$&'()*+,;="

/* Takes unreserved and percent-encoded characters and those of `more` for as long as they come. */
static void
take_chars(struct reader *in, const char *more)
{
	while (!at_end(in)) {
		if (*in->at == '%' && in->end - in->at >= 3 && is_hex(in->at[1]) && is_hex(in->at[2]))
			in->at += 3;
		else if (is_alnum(*in->at) || is_one_of(*in->at, "-._~") || is_one_of(*in->at, more))
			in->at++;
		else
			break;
	}
}

static bool
take_scheme(struct reader *in)
{
	if (at_end(in) || !is_alpha(*in->at))
		return false;
	while (!at_end(in) && (is_alnum(*in->at) || is_one_of(*in->at, "+-.")))
		in->at++;
	return take(in, ':');
}

/* "vX.Y", an address of a kind to come */
static bool
is_ip_future(const char *text, size_t length)
{
	struct reader in = { text, text + length };
	const char *start;

	if (!take(&in, 'v') && !take(&in, 'V'))
		return false;
	for (start = in.at; !at_end(&in) && is_hex(*in.at);)
		in.at++;
	if (in.at == start || !take(&in, '.') || at_end(&in))
		return false;
	if (memchr(in.at, '%', (size_t)(in.end - in.at)) != NULL)
		return false;
	take_chars(&in, SUB_DELIMS ":");
	return at_end(&in);
}

static bool
take_host(struct reader *in)
{
	const char *start = in->at, *close;
	size_t length;

	if (!take(in, '[')) {
		take_chars(in, SUB_DELIMS);
		return true;
	}
	close = memchr(start, ']', (size_t)(in->end - start));
	if (close == NULL)
		return false;
	length = (size_t)(close - in->at);
	if (!is_ipv6(in->at, length) && !is_ip_future(in->at, length))
		return false;
	in->at = close + 1;
	return true;
}

static bool
take_authority(struct reader *in)
{
	struct reader user = *in;

	take_chars(&user, SUB_DELIMS ":");
	if (take(&user, '@'))
		*in = user;
	if (!take_host(in))
		return false;
	if (take(in, ':'))
		while (!at_end(in) && is_digit(*in->at))
			in->at++;
	return at_end(in) || is_one_of(*in->at, "/?#");
}

static bool
is_uri(const char *text, size_t length)
{
	struct reader in = { text, text + length };

	if (!take_scheme(&in))
		return false;
	if (in.end - in.at >= 2 && in.at[0] == '/' && in.at[1] == '/') {
		in.at += 2;
		if (!take_authority(&in))
			return false;
	}
	take_chars(&in, SUB_DELIMS ":@/");
	if (take(&in, '?'))
		take_chars(&in, SUB_DELIMS ":@/?");
	if (take(&in, '#'))
		take_chars(&in, SUB_DELIMS ":@/?");
	return at_end(&in);
}

const struct cvp_format *
cvp_format_named(const char *name)
{
	static const struct cvp_format formats[] = {
		{ "date", is_date, "must be a date such as 2026-11-21" },
		{ "date-time", is_date_time, "must be a date and time such as 2026-11-21T03:42:00Z" },
		{ "email", is_email, "must be an e-mail address" },
		{ "uri", is_uri, "must be a URI such as https://example.com/" },
		{ "uuid", is_uuid, "must be a UUID" },
	};

	for (size_t i = 0; i < CVP_COUNT(formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}
