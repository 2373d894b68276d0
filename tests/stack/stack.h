/* stack.h - the stack under test from the outside: its parts, its database, its logs; and time.
 *
 * tests/stack/run starts the stack and names it in the environment. Texts live until the program ends. */
#ifndef CVP_STACK_STACK_H
#define CVP_STACK_STACK_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* NAME=VALUE texts that tools/stack and what it starts get beside our own environment; NULL-terminated. */
#define WITH(...)                                                                                                      \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		__VA_ARGS__, NULL                                                                                      \
	}
#define AS_IT_IS NULL

/* tools/stack VERB NAMES --dir …; names: parts of the stack, a space between. Fails the test where it fails. */
void stack(const char *verb, const char *names, const char *const *environment);

#define PROGRAMS "account cv application gap tailor vpr system"

/* Restarts a part again and again in a process of its own, each time after a pause (seconds). The caller waits for it.
 */
pid_t stack_begin_restarts(const char *name, int times, double pause);

/* A token of a user, who is made where there is none. */
const char *stack_token(const char *user_id);

/* The process of a part now; 0 where none runs. */
pid_t stack_pid(const char *name);

/* careervp WORDS (NULL-terminated) with the stack's settings, to its end: what it printed, on both of its streams. */
const char *careervp(const char *const *words, int *status);

/* careervp VERB beside the stack with its settings, its log in the stack's folder. The caller waits for it or ends it.
 */
pid_t stack_begin(const char *verb, const char *const *environment);

/* Waits for the end of such a process. Returns its exit status, or 128 + the signal it died of. */
int await_process(pid_t pid);
int end_process(pid_t pid, int signal); /* the same after sending it a signal */

/* Kills a process that is not our child and waits until it is gone. */
void kill_stranger(pid_t pid);

/* Runs statements in one session; gives back what they print, rows as lines, columns with '|' between. */
const char *sql(const char *format, ...) __attribute__((format(printf, 1, 2)));
long long sql_number(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Lines of all logs of the stack that hold the text. */
size_t log_lines(const char *needle);

/* Of this run only. */
const char *unique(void);

/* A point in time so many seconds from now, has it passed, and a short sleep between two looks. */
double deadline(double seconds);
bool has_passed(double deadline);
void nap(void);
void pause_for(double seconds);

/* Runs a suite, each test in a process of its own. Returns the exit status of the program. */
int run_suite(Suite *suite);

#endif
