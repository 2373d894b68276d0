/* crowd.h - many jobs of one person: submitted at once, counted in the database, waited for. */
#ifndef CVP_STACK_CROWD_H
#define CVP_STACK_CROWD_H

#include "client.h"

#define CROWD_MAX 100

/* How many rows of the person's in queue and in jobs meet an SQL condition. */
long long queue_of(const struct person *person, const char *which);
long long jobs_of(const struct person *person, const char *which);

/* Waits until at most that many of the person's queue rows meet the condition; the test fails where they stay. */
void await_queue(const struct person *person, const char *which, long long most);

/* Submits count reports (at most CROWD_MAX) of as many applications at once, NAME-0 and so on; all are new jobs. */
void submit_many(const struct person *person, const char *name, size_t count);

/* Every job is there, ended well, once: one artifact and one result each, and nothing is left to do. */
void assert_each_once(const struct person *person, long long count);

#endif
