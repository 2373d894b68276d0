#include "stack.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "client.h"

#define ARGUMENTS_MAX 24
#define NAP_NANOS     50000000
#define OUTPUT_MAX    ((size_t)1 << 20)
#define WORDS_MAX     8
#define GONE_SECONDS  30

extern char **environ;

/* ---- time */

static double
now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

double
deadline(double seconds)
{
	return now() + seconds;
}

bool
has_passed(double deadline)
{
	return now() >= deadline;
}

void
nap(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = NAP_NANOS }, NULL);
}

void
pause_for(double seconds)
{
	double end = deadline(seconds);

	while (!has_passed(end))
		nap();
}

const char *
unique(void)
{
	struct timespec at;

	clock_gettime(CLOCK_REALTIME, &at);
	return text("%llx-%lx", (long long)at.tv_sec * 1000000 + at.tv_nsec / 1000, (long)getpid());
}

/* ---- processes */

static bool
is_overridden(const char *entry, const char *const *environment)
{
	size_t name = strcspn(entry, "=") + 1;

	/* tools/stack would take DATABASE_URL for a database of somebody else's */
	if (strncmp(entry, "DATABASE_URL=", 13) == 0)
		return true;
	for (; environment != NULL && *environment != NULL; environment++)
		if (strncmp(entry, *environment, name) == 0)
			return true;
	return false;
}

/* Our environment with the given entries in place of those of the same name; the caller frees the array. */
static char **
merged(const char *const *environment)
{
	size_t count = 0, to = 0;
	char **all;

	for (char **entry = environ; *entry != NULL; entry++)
		count++;
	for (size_t i = 0; environment != NULL && environment[i] != NULL; i++)
		count++;
	all = calloc(count + 1, sizeof(*all));
	ck_assert_ptr_nonnull(all);
	for (char **entry = environ; *entry != NULL; entry++)
		if (!is_overridden(*entry, environment))
			all[to++] = *entry;
	for (size_t i = 0; environment != NULL && environment[i] != NULL; i++)
		all[to++] = strdup(environment[i]);
	return all;
}

static void
free_merged(char **all, const char *const *environment)
{
	size_t ours = 0, count = 0;

	while (environment != NULL && environment[ours] != NULL)
		ours++;
	while (all[count] != NULL)
		count++;
	for (size_t i = count - ours; i < count; i++)
		free(all[i]);
	free(all);
}

static pid_t
begin(char **arguments, const char *const *environment, int output)
{
	char **all = merged(environment);
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int failed;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
	failed = posix_spawnp(&pid, arguments[0], &actions, NULL, arguments, all);
	posix_spawn_file_actions_destroy(&actions);
	free_merged(all, environment);
	ck_assert_msg(failed == 0, "cannot run %s: %s", arguments[0], strerror(failed));
	return pid;
}

int
await_process(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Runs to the end; what it printed. Into a file and not a pipe: servers it starts may inherit the other end. */
static const char *
output_of(char **arguments, const char *const *environment, int *status)
{
	FILE *file = tmpfile();
	char *bytes;
	const char *output;

	ck_assert_ptr_nonnull(file);
	*status = await_process(begin(arguments, environment, fileno(file)));
	rewind(file);
	bytes = calloc(OUTPUT_MAX + 1, 1);
	ck_assert_ptr_nonnull(bytes);
	bytes[fread(bytes, 1, OUTPUT_MAX, file)] = '\0';
	fclose(file);
	output = text("%s", bytes);
	free(bytes);
	return output;
}

static const char *
must_run(char **arguments, const char *const *environment)
{
	int status;
	const char *output = output_of(arguments, environment, &status);

	ck_assert_msg(status == 0, "%s %s: exit status %d: %s", arguments[0], arguments[1], status, output);
	return output;
}

static const char *
first_line(const char *output)
{
	return text("%.*s", (int)strcspn(output, "\n"), output);
}

/* ---- the stack */

static const char *
dir(void)
{
	return setting("STACK_DIR");
}

void
stack(const char *verb, const char *names, const char *const *environment)
{
	char *arguments[ARGUMENTS_MAX] = { (char *)setting("STACK_TOOL"), (char *)verb, "--dir", (char *)dir() };
	char *list = strdup(names), *rest = list, *name;
	size_t count = 4;

	while ((name = strsep(&rest, " ")) != NULL && count < ARGUMENTS_MAX - 1)
		arguments[count++] = name;
	must_run(arguments, environment);
	free(list);
}

const char *
stack_token(const char *user_id)
{
	char *arguments[] = {
		(char *)setting("STACK_TOOL"), "run", "--dir", (char *)dir(), "token", "new", (char *)user_id, NULL
	};

	return first_line(must_run(arguments, NULL));
}

static bool
is_alive(pid_t pid)
{
	FILE *file = fopen(text("/proc/%d/stat", (int)pid), "r");
	char line[512] = "";
	const char *state;

	if (file == NULL)
		return false;
	if (fgets(line, sizeof(line), file) == NULL)
		line[0] = '\0';
	fclose(file);
	state = strrchr(line, ')');
	return state != NULL && strncmp(state, ") Z", 3) != 0;
}

pid_t
stack_pid(const char *name)
{
	FILE *file = fopen(text("%s/run/%s.pid", dir(), name), "r");
	char line[64] = "";
	pid_t pid;

	if (file == NULL)
		return 0;
	if (fgets(line, sizeof(line), file) == NULL)
		line[0] = '\0';
	fclose(file);
	pid = (pid_t)strtol(line, NULL, 10);
	return pid > 0 && is_alive(pid) ? pid : 0;
}

pid_t
stack_begin(const char *verb, const char *const *environment)
{
	char *arguments[] = { (char *)setting("STACK_TOOL"), "run", "--dir", (char *)dir(), (char *)verb, NULL };
	int log = open(text("%s/log/beside.log", dir()), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	pid_t pid;

	ck_assert_int_ge(log, 0);
	pid = begin(arguments, environment, log);
	close(log);
	return pid;
}

const char *
careervp(const char *const *words, int *status)
{
	char *arguments[WORDS_MAX + 5] = { (char *)setting("STACK_TOOL"), "run", "--dir", (char *)dir() };

	for (int i = 0; words[i] != NULL; i++) {
		ck_assert_int_lt(i, WORDS_MAX);
		arguments[4 + i] = (char *)words[i];
	}
	return output_of(arguments, AS_IT_IS, status);
}

pid_t
stack_begin_restarts(const char *name, int times, double pause)
{
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child > 0)
		return child;
	for (int i = 0; i < times; i++) {
		pause_for(pause);
		stack("restart", name, AS_IT_IS);
	}
	_exit(0);
}

int
end_process(pid_t pid, int signal)
{
	kill(pid, signal);
	return await_process(pid);
}

void
kill_stranger(pid_t pid)
{
	double end = deadline(GONE_SECONDS);

	ck_assert_int_gt(pid, 1);
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	while (is_alive(pid) && !has_passed(end))
		nap();
	ck_assert(!is_alive(pid));
}

/* ---- the database */

static const char *
query(const char *statements)
{
	char *arguments[] = { "psql", "-qAtX",
			      "-v",   "ON_ERROR_STOP=1",
			      "-d",   (char *)setting("DATABASE_URL"),
			      "-c",   (char *)statements,
			      NULL };
	const char *output = must_run(arguments, NULL);
	size_t length = strlen(output);

	while (length > 0 && output[length - 1] == '\n')
		length--;
	return text("%.*s", (int)length, output);
}

__attribute__((format(printf, 1, 0))) static const char *
formatted(const char *format, va_list args)
{
	char *made;
	const char *kept;

	ck_assert_int_ge(vasprintf(&made, format, args), 0);
	kept = text("%s", made);
	free(made);
	return kept;
}

const char *
sql(const char *format, ...)
{
	const char *statements;
	va_list args;

	va_start(args, format);
	statements = formatted(format, args);
	va_end(args);
	return query(statements);
}

long long
sql_number(const char *format, ...)
{
	const char *statements, *output;
	long long number;
	va_list args;
	char *end;

	va_start(args, format);
	statements = formatted(format, args);
	va_end(args);
	output = query(statements);
	number = strtoll(output, &end, 10);
	ck_assert_msg(end != output && *end == '\0', "no number: %s: %s", statements, output);
	return number;
}

/* ---- logs */

static size_t
count_lines(const char *path, const char *needle)
{
	FILE *file = fopen(path, "r");
	size_t count = 0, size = 0;
	char *line = NULL;

	if (file == NULL)
		return 0;
	while (getline(&line, &size, file) >= 0)
		count += strstr(line, needle) != NULL;
	free(line);
	fclose(file);
	return count;
}

size_t
log_lines(const char *needle)
{
	const char *folder = text("%s/log", dir());
	DIR *open_folder = opendir(folder);
	const struct dirent *entry;
	size_t count = 0;

	ck_assert_ptr_nonnull(open_folder);
	while ((entry = readdir(open_folder)) != NULL)
		if (entry->d_name[0] != '.')
			count += count_lines(text("%s/%s", folder, entry->d_name), needle);
	closedir(open_folder);
	return count;
}

/* ---- running */

int
run_suite(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed;

	setvbuf(stdout, NULL, _IOLBF, 0);
	srunner_set_fork_status(runner, CK_FORK);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
