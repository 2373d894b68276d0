#include "core/clock.h"

#include <time.h>

static int64_t
system_now(const struct cvp_clock *clock)
{
	struct timespec ts;

	(void)clock;
	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * CVP_SECOND + ts.tv_nsec / 1000;
}

static int64_t
fixed_now(const struct cvp_clock *clock)
{
	return clock->fixed;
}

const struct cvp_clock cvp_clock_system = { .now = system_now };

struct cvp_clock
cvp_clock_fixed(int64_t at)
{
	return (struct cvp_clock){ .now = fixed_now, .fixed = at };
}

int64_t
cvp_monotonic(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * CVP_SECOND + ts.tv_nsec / 1000;
}

/* Howard Hinnant's days_from_civil: years begin in March, so that the leap day is the last of its year. */
int64_t
cvp_days_from_civil(int64_t year, int month, int day)
{
	int64_t era, year_of_era, day_of_year;

	year -= month <= 2;
	era = (year >= 0 ? year : year - 399) / 400;
	year_of_era = year - era * 400;
	day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

void
cvp_civil_from_time(int64_t at, int *year, int *month, int *day)
{
	int64_t z = floor_div(at, CVP_DAY_SECONDS * CVP_SECOND) + 719468;
	int64_t era = floor_div(z, 146097);
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

/* Writes value as exactly `count` digits and returns where the text goes on; printf would cost as much as the query. */
static char *
put_digits(char *to, int64_t value, int count, char after)
{
	for (int i = count - 1; i >= 0; i--, value /= 10)
		to[i] = (char)('0' + value % 10);
	to[count] = after;
	return to + count + 1;
}

void
cvp_time_format(int64_t at, char text[CVP_TIME_SIZE])
{
	int64_t of_day = at - floor_div(at, CVP_DAY_SECONDS * CVP_SECOND) * CVP_DAY_SECONDS * CVP_SECOND;
	int64_t seconds = of_day / CVP_SECOND;
	int year, month, day;

	cvp_civil_from_time(at, &year, &month, &day);
	text = put_digits(text, year < 0 ? 0 : year, 4, '-');
	text = put_digits(text, month, 2, '-');
	text = put_digits(text, day, 2, 'T');
	text = put_digits(text, seconds / 3600, 2, ':');
	text = put_digits(text, seconds / 60 % 60, 2, ':');
	text = put_digits(text, seconds % 60, 2, '.');
	text = put_digits(text, of_day % CVP_SECOND, 6, 'Z');
	*text = '\0';
}

/* Reads exactly `count` digits, moving *p behind them. */
static bool
digits(const char **p, int count, int *value)
{
	*value = 0;
	for (; count > 0; count--, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		*value = *value * 10 + (**p - '0');
	}
	return true;
}

static bool
literal(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

/* ".5" and ".1234567" alike, as microseconds; further digits are cut. */
static bool
fraction(const char **p, int *micros)
{
	int scale = 100000;

	*micros = 0;
	if (!literal(p, '.'))
		return true;
	if (**p < '0' || **p > '9')
		return false;
	for (; **p >= '0' && **p <= '9'; (*p)++, scale /= 10)
		*micros += (**p - '0') * scale;
	return true;
}

/* Seconds east of UTC. */
static bool
zone(const char **p, int *offset)
{
	int hours, minutes, sign;

	*offset = 0;
	if (**p == '\0')
		return true;
	if (**p == 'Z' || **p == 'z') {
		(*p)++;
		return true;
	}
	if (**p != '+' && **p != '-')
		return false;
	sign = *(*p)++ == '-' ? -1 : 1;
	if (!digits(p, 2, &hours) || !literal(p, ':') || !digits(p, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*offset = sign * (hours * 3600 + minutes * 60);
	return true;
}

static int
days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

bool
cvp_time_parse(const char *text, int64_t *at)
{
	int year, month, day, hour, minute, second, micros, offset;
	const char *p = text;

	if (!digits(&p, 4, &year) || !literal(&p, '-') || !digits(&p, 2, &month) || !literal(&p, '-') ||
	    !digits(&p, 2, &day) || (*p != 'T' && *p != 't' && *p != ' '))
		return false;
	p++;
	if (!digits(&p, 2, &hour) || !literal(&p, ':') || !digits(&p, 2, &minute) || !literal(&p, ':') ||
	    !digits(&p, 2, &second) || !fraction(&p, &micros) || !zone(&p, &offset) || *p != '\0')
		return false;
	if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) || hour > 23 || minute > 59 ||
	    second > 60)
		return false;
	*at = ((cvp_days_from_civil(year, month, day) * CVP_DAY_SECONDS + hour * 3600 + minute * 60 + second - offset) *
	       CVP_SECOND) +
	      micros;
	return true;
}
