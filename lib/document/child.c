#include "document/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"

#define CHUNK 65536

struct child {
	pid_t pid;
	int document, answer; /* descriptors; answer: its standard output */
};

/* The bytes as a file without a name: what reads them may open it as often as it likes. */
static int
memory_file(const char *bytes, size_t length)
{
	int fd = memfd_create("document", MFD_CLOEXEC);
	size_t at = 0;

	while (fd >= 0 && at < length) {
		ssize_t put = write(fd, bytes + at, length - at);

		if (put <= 0 && errno != EINTR) {
			close(fd);
			return -1;
		}
		at += put > 0 ? (size_t)put : 0;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

/* In a group of its own, so that its tools end with it; no environment, so that no credential is in it. */
static bool
spawn(const char *const *words, struct child *child, int out)
{
	char *environment[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none;
	int failed;

	sigemptyset(&none);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, child->document, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setsigmask(&attributes, &none);
	failed = posix_spawn(&child->pid, words[0], &actions, &attributes, (char *const *)words, environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return failed == 0;
}

static bool
start(const char *const *words, const char *bytes, size_t length, struct child *child)
{
	bool is_started = false;
	int pipe[2];

	child->document = memory_file(bytes, length);
	if (child->document >= 0 && pipe2(pipe, O_CLOEXEC) == 0) {
		is_started = spawn(words, child, pipe[1]);
		close(pipe[1]);
		child->answer = pipe[0];
		if (!is_started)
			close(pipe[0]);
	}
	if (!is_started && child->document >= 0)
		close(child->document);
	return is_started;
}

/* Reads until the child closes its output or the time is over. */
static void
listen_to(int fd, int seconds, struct cvp_buf *answer)
{
	int64_t until = cvp_monotonic() + seconds * CVP_SECOND;
	struct pollfd poller = { .fd = fd, .events = POLLIN };
	ssize_t got = 1;

	while (got > 0 && !cvp_buf_failed(answer)) {
		int64_t left = (until - cvp_monotonic()) / (CVP_SECOND / 1000);
		int ready = left > 0 ? poll(&poller, 1, (int)left) : 0;
		char *room;

		if (ready < 0 && errno == EINTR)
			continue;
		room = ready > 0 ? cvp_buf_reserve(answer, CHUNK) : NULL;
		got = room != NULL ? read(fd, room, CHUNK) : 0;
		if (got > 0)
			cvp_buf_used(answer, (size_t)got);
		else if (got < 0 && errno == EINTR)
			got = 1;
	}
}

static void
stop(struct child *child)
{
	int status;

	close(child->answer);
	close(child->document);
	kill(-child->pid, SIGKILL); /* its tools, too; it has said what it had to say */
	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		continue;
}

bool
cvp_child_run(const char *const *words, const char *bytes, size_t length, int seconds, struct cvp_buf *answer)
{
	struct child child;

	if (!start(words, bytes, length, &child))
		return false;
	listen_to(child.answer, seconds, answer);
	stop(&child);
	return true;
}
