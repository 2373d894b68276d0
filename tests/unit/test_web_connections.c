/* A program's connections: new ones, kept ones, and what is left of them when it stops. */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "run.h"
#include "web/connections.h"

#define NONE (-1)

static struct cvp_connections all;
static struct sockaddr_un address = { .sun_family = AF_UNIX };
static int listen_fd;

static void
set_up(void)
{
	snprintf(address.sun_path, sizeof(address.sun_path), "/tmp/careervp-connections-%ld", (long)getpid());
	listen_fd = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_ge(listen_fd, 0);
	ck_assert_int_eq(bind(listen_fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(listen(listen_fd, 8), 0);
	ck_assert(cvp_connections_open(&all, listen_fd));
}

static void
tear_down(void)
{
	cvp_connections_close(&all);
	close(listen_fd);
	unlink(address.sun_path);
}

/* The front server's side of a new connection. */
static int
front(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	ck_assert_int_eq(connect(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void
say(int fd, const char *word)
{
	ck_assert_int_eq(send(fd, word, strlen(word), MSG_NOSIGNAL), (ssize_t)strlen(word));
}

static void
assert_says(int fd, const char *word)
{
	char said[16] = "";

	ck_assert_int_ge(recv(fd, said, sizeof(said) - 1, 0), 0);
	ck_assert_str_eq(said, word);
}

START_TEST(a_kept_connection_comes_again_when_it_says_something)
{
	int first = front(), second, kept = cvp_connections_next(&all);

	cvp_connections_keep(&all, kept);
	second = front(); /* the idle one is not in its way */
	say(second, "two");
	assert_says(cvp_connections_next(&all), "two");
	for (int i = 0; i < 3; i++) {
		say(first, "one");
		ck_assert_int_eq(cvp_connections_next(&all), kept);
		assert_says(kept, "one");
		cvp_connections_keep(&all, kept);
	}
}
END_TEST

START_TEST(a_kept_connection_that_ends_comes_to_be_closed)
{
	int kept, other = front();

	kept = cvp_connections_next(&all);
	cvp_connections_keep(&all, kept);
	close(other);
	ck_assert_int_eq(cvp_connections_next(&all), kept);
	assert_says(kept, "");
}
END_TEST

START_TEST(a_stop_empties_the_backlog)
{
	int waiting = front();

	cvp_connections_stop(&all, true);
	say(waiting, "late");
	assert_says(cvp_connections_next(&all), "late");
	ck_assert_int_eq(cvp_connections_next(&all), NONE);
}
END_TEST

START_TEST(a_stop_leaves_the_backlog_to_the_next_holder)
{
	int waiting = front();

	cvp_connections_stop(&all, false);
	ck_assert_int_eq(cvp_connections_next(&all), NONE);
	say(waiting, "late");
	assert_says(accept(listen_fd, NULL, NULL), "late");
}
END_TEST

START_TEST(nothing_is_kept_by_a_program_that_stops)
{
	int other = front(), held = cvp_connections_next(&all);

	cvp_connections_stop(&all, true);
	cvp_connections_keep(&all, held);
	assert_says(other, ""); /* it was closed */
	ck_assert_int_eq(cvp_connections_last(&all), NONE);
}
END_TEST

START_TEST(what_was_kept_to_the_end_can_be_read_and_no_more)
{
	int other = front(), kept = cvp_connections_next(&all);

	cvp_connections_keep(&all, kept);
	cvp_connections_stop(&all, true);
	ck_assert_int_eq(cvp_connections_next(&all), NONE);
	say(other, "last"); /* after the last look */
	ck_assert_int_eq(cvp_connections_last(&all), kept);
	assert_says(kept, "last");
	assert_says(kept, "");
	ck_assert_int_lt(send(other, "x", 1, MSG_NOSIGNAL), 0);
	ck_assert_int_eq(cvp_connections_last(&all), NONE);
}
END_TEST

START_TEST(more_than_can_be_kept_are_closed)
{
	int last = NONE, taken[2];

	while (last < CVP_KEPT_LIMIT) {
		ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, taken), 0);
		last = taken[1];
	}
	cvp_connections_keep(&all, last);
	assert_says(taken[0], "");
}
END_TEST

static void *
take_next(void *taken)
{
	*(int *)taken = cvp_connections_next(&all);
	return NULL;
}

START_TEST(one_connection_goes_to_one_of_those_who_wait)
{
	pthread_t threads[2];
	int taken[2];

	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, take_next, &taken[i]), 0);
	say(front(), "a");
	say(front(), "b");
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	ck_assert_int_ge(taken[0], 0);
	ck_assert_int_ge(taken[1], 0);
	ck_assert_int_ne(taken[0], taken[1]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("web/connections");
	TCase *tcase = tcase_create("connections");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, a_kept_connection_comes_again_when_it_says_something);
	tcase_add_test(tcase, a_kept_connection_that_ends_comes_to_be_closed);
	tcase_add_test(tcase, a_stop_empties_the_backlog);
	tcase_add_test(tcase, a_stop_leaves_the_backlog_to_the_next_holder);
	tcase_add_test(tcase, nothing_is_kept_by_a_program_that_stops);
	tcase_add_test(tcase, what_was_kept_to_the_end_can_be_read_and_no_more);
	tcase_add_test(tcase, more_than_can_be_kept_are_closed);
	tcase_add_test(tcase, one_connection_goes_to_one_of_those_who_wait);
	suite_add_tcase(suite, tcase);
	return run(suite);
}
