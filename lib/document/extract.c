#include "document/extract.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/config.h"
#include "core/ctx.h"
#include "document/extract_wire.h"

#define HEAD_MAX   64 /* bytes of the head line */
#define ANSWER_MAX (HEAD_MAX + CVP_EXTRACT_TEXT_MAX + CVP_EXTRACT_JSON_MAX)
#define CHUNK      65536

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
	return fd;
}

/* In a group of its own, so that its tools end with it; no environment, so that no credential is in it. */
static bool
spawn(const char *program, struct child *child, int out)
{
	char *const words[] = { (char *)program, NULL };
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
	failed = posix_spawn(&child->pid, program, &actions, &attributes, words, environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return failed == 0;
}

static enum cvp_code
start(struct cvp_ctx *ctx, const char *bytes, size_t length, struct child *child)
{
	const char *program = cvp_config_text(ctx->config, CVP_SET_EXTRACT_PROGRAM);
	bool is_started = false;
	int pipe[2];

	child->document = memory_file(bytes, length);
	if (child->document >= 0 && pipe2(pipe, O_CLOEXEC) == 0) {
		is_started = spawn(program, child, pipe[1]);
		close(pipe[1]);
		child->answer = pipe[0];
		if (!is_started)
			close(pipe[0]);
	}
	if (is_started)
		return CVP_OK;
	if (child->document >= 0)
		close(child->document);
	return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The program that reads documents cannot be started.");
}

/* Reads until the child closes its output or the time is over. */
static void
listen_to(int fd, struct cvp_buf *answer)
{
	int64_t until = cvp_monotonic() + CVP_EXTRACT_SECONDS * CVP_SECOND;
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

static int
stop(struct child *child)
{
	int status = 0;

	close(child->answer);
	close(child->document);
	kill(-child->pid, SIGKILL); /* its tools, too; it has said what it had to say */
	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return status;
}

/* Failures that the child may name; anything else it says is none. */
static bool
is_told_failure(int code)
{
	return code == CVP_EMPTY_DOCUMENT || code == CVP_DOCUMENT_ENCRYPTED || code == CVP_DOCUMENT_UNREADABLE ||
	       code == CVP_UNSUPPORTED_FILE_FORMAT || code == CVP_PAYLOAD_TOO_LARGE || code == CVP_INTERNAL_ERROR;
}

static enum cvp_code
take(struct cvp_ctx *ctx, const struct cvp_buf *answer, struct cvp_extract *extract)
{
	const char *said = cvp_buf_string(answer), *line_end = memchr(said, '\n', answer->length);
	size_t text, resume, head;
	int code;

	if (line_end == NULL || sscanf(said, CVP_EXTRACT_HEAD "%d %zu %zu", &code, &text, &resume) != 3)
		return cvp_fail(ctx, CVP_DOCUMENT_UNREADABLE,
				"The document takes too much to read; save it again, or paste its text.");
	head = (size_t)(line_end + 1 - said);
	if (text > answer->length - head || resume != answer->length - head - text)
		return cvp_fail(ctx, CVP_DOCUMENT_UNREADABLE, "The document could be read in part only.");
	if (code != CVP_OK)
		return cvp_fail(ctx, is_told_failure(code) ? (enum cvp_code)code : CVP_INTERNAL_ERROR, "%s",
				cvp_arena_strndup(ctx->arena, said + head, text));
	extract->text = cvp_arena_strndup(ctx->arena, said + head, text);
	extract->length = text;
	extract->resume = resume > 0 ? cvp_arena_strndup(ctx->arena, said + head + text, resume) : NULL;
	extract->resume_length = resume;
	return CVP_OK;
}

enum cvp_code
cvp_document_extract(struct cvp_ctx *ctx, const char *bytes, size_t length, struct cvp_extract *extract)
{
	struct cvp_buf answer = CVP_BUF(ANSWER_MAX);
	struct child child;
	enum cvp_code code = start(ctx, bytes, length, &child);

	if (code != CVP_OK)
		return code;
	listen_to(child.answer, &answer);
	stop(&child);
	code = take(ctx, &answer, extract);
	cvp_buf_free(&answer);
	return code;
}
