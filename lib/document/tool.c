#include "document/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "document/jail.h"

#define CANNOT_RUN 127
#define CHUNK      65536

/* The child: nothing but its three descriptors, no more rights than reading takes. */
static _Noreturn void
become(const char *const *words, int out, int err)
{
	char *environment[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", NULL };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0 && cvp_jail_tool())
		execvpe(words[0], (char *const *)words, environment);
	_exit(CANNOT_RUN);
}

bool
cvp_tool_start(struct cvp_tool *tool, const char *const *words)
{
	int out[2], err[2];

	if (pipe2(out, O_CLOEXEC) != 0)
		return false;
	if (pipe2(err, O_CLOEXEC) != 0) {
		close(out[0]);
		close(out[1]);
		return false;
	}
	tool->pid = fork();
	if (tool->pid == 0)
		become(words, out[1], err[1]);
	close(out[1]);
	close(err[1]);
	tool->out = out[0];
	tool->err = err[0];
	return tool->pid > 0;
}

/* Reads once; false at the end. */
static bool
read_some(int fd, struct cvp_buf *buf)
{
	char chunk[CHUNK];
	ssize_t length = read(fd, chunk, sizeof(chunk));

	if (length > 0)
		cvp_buf_add(buf, chunk, (size_t)length);
	return length > 0 || (length < 0 && errno == EINTR);
}

int
cvp_tool_finish(struct cvp_tool *tool, struct cvp_buf *out, struct cvp_buf *err)
{
	struct pollfd fds[] = { { .fd = tool->out, .events = POLLIN }, { .fd = tool->err, .events = POLLIN } };
	struct cvp_buf *bufs[] = { out, err };
	int open = 2, status;

	while (open > 0 && (poll(fds, 2, -1) >= 0 || errno == EINTR)) {
		for (int i = 0; i < 2; i++) {
			if (fds[i].revents == 0 || read_some(fds[i].fd, bufs[i]))
				continue;
			fds[i].fd = -1; /* poll passes over it */
			fds[i].revents = 0;
			open--;
		}
	}
	close(tool->out);
	close(tool->err);
	while (waitpid(tool->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
