#include "core/arena.h"
#include "core/ctx.h"
#include "template/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_DEPTH_MAX 16 /* also ends a circle of symbolic links */

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name); /* not alphasort(), which follows the locale */
}

static int
is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Reads to the end of the file, but no more than a byte beyond what a template may have. */
static bool
read_all(int file, struct cvp_buf *text)
{
	char *room;
	ssize_t got;

	do {
		size_t wanted = text->max - text->length < 65536 ? text->max - text->length : 65536;

		room = wanted > 0 ? cvp_buf_reserve(text, wanted) : NULL;
		if (room == NULL)
			return true;
		got = read(file, room, wanted);
		if (got > 0)
			cvp_buf_used(text, (size_t)got);
	} while (got > 0 || (got < 0 && errno == EINTR));
	return got == 0;
}

static enum cvp_code
load_file(struct cvp_ctx *ctx, struct cvp_templates *set, const char *path, const char *name)
{
	struct cvp_buf text = CVP_BUF((size_t)CVP_TEMPLATE_BYTES_MAX + 1);
	int file = open(path, O_RDONLY | O_CLOEXEC);
	enum cvp_code code;

	if (file < 0 || !read_all(file, &text))
		code = cvp_fail(ctx, CVP_INVALID_INPUT, "%s:1: cannot be read: %s", name, strerror(errno));
	else
		code = cvp_templates_add(ctx, set, name, cvp_buf_string(&text), text.length);
	if (file >= 0)
		close(file);
	cvp_buf_free(&text);
	return code;
}

/* JSON beside the templates is data that they are rendered over. */
static bool
is_data(const char *name)
{
	size_t length = strlen(name);

	return length > 5 && strcmp(name + length - 5, ".json") == 0;
}

static enum cvp_code load_folder(struct cvp_ctx *ctx, struct cvp_templates *set, const char *path, const char *prefix,
				 unsigned depth);

static enum cvp_code
load_entry(struct cvp_ctx *ctx, struct cvp_templates *set, const char *path, const char *name, unsigned depth)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s:1: cannot be read: %s", name, strerror(errno));
	if (S_ISDIR(status.st_mode))
		return load_folder(ctx, set, path, cvp_arena_printf(ctx->arena, "%s/", name), depth + 1);
	if (S_ISREG(status.st_mode) && !is_data(name))
		return load_file(ctx, set, path, name);
	return CVP_OK; /* phrases; a socket, a pipe */
}

/* prefix: what the names of the folder's files begin with, "" or "page/". */
static enum cvp_code
load_folder(struct cvp_ctx *ctx, struct cvp_templates *set, const char *path, const char *prefix, unsigned depth)
{
	struct dirent **entries = NULL;
	enum cvp_code code = CVP_OK;
	int count;

	if (depth > FOLDER_DEPTH_MAX)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s: template folders nested deeper than %d", path,
				FOLDER_DEPTH_MAX);
	count = scandir(path, &entries, is_visible, by_name);
	if (count < 0)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s: cannot be read as a folder of templates: %s", path,
				strerror(errno));
	for (int i = 0; i < count; i++) {
		const char *file = entries[i]->d_name;

		if (code == CVP_OK)
			code = load_entry(ctx, set, cvp_arena_printf(ctx->arena, "%s/%s", path, file),
					  cvp_arena_printf(ctx->arena, "%s%s", prefix, file), depth);
		free(entries[i]);
	}
	free(entries);
	return code;
}

enum cvp_code
cvp_templates_load(struct cvp_ctx *ctx, struct cvp_templates *set, const char *dir)
{
	return load_folder(ctx, set, dir, "", 0);
}
