/* clock.h - times as microseconds since 1970-01-01T00:00:00Z, and their RFC 3339 text.
 *
 * Wall-clock time is read through the context (cvp_now(), ctx.h) so that tests can hold it still. Any thread. */
#ifndef CVP_CORE_CLOCK_H
#define CVP_CORE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define CVP_SECOND      INT64_C(1000000) /* microseconds */
#define CVP_DAY_SECONDS INT64_C(86400)
#define CVP_TIME_SIZE   sizeof("2026-11-21T03:42:00.123456Z")

/* Where a context takes its time from. */
struct cvp_clock {
	int64_t (*now)(const struct cvp_clock *clock); /* microseconds since the epoch */
	int64_t fixed;                                 /* for clocks that stand still */
};

extern const struct cvp_clock cvp_clock_system;

/* A clock that always shows `at`. */
struct cvp_clock cvp_clock_fixed(int64_t at);

/* Microseconds of a clock that never jumps; for durations only. */
int64_t cvp_monotonic(void);

/* "2026-11-21T03:42:00.123456Z": always with microseconds, so that keys sort. */
void cvp_time_format(int64_t at, char text[CVP_TIME_SIZE]);

/* Reads RFC 3339 with or without fraction and zone (none = UTC); false where text is no such time (SPEC 2.1). */
bool cvp_time_parse(const char *text, int64_t *at);

/* Days from 1970-01-01 to a day of the proleptic Gregorian calendar; month 1..12, day 1..31. */
int64_t cvp_days_from_civil(int64_t year, int month, int day);

/* The civil date of a time, in UTC. */
void cvp_civil_from_time(int64_t at, int *year, int *month, int *day);

#endif
