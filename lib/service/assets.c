#include "service/assets.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "core/file.h"
#include "schema/schema.h"
#include "template/template.h"
#include "text/lexicon.h"

#define FILE_MAX ((size_t)4 * 1024 * 1024) /* of one file of ours */

/* The same pointers, writable, for releasing. */
struct loaded {
	struct cvp_assets shown; /* first: what callers hold points here */
	struct cvp_lexicon *lexicon;
	struct cvp_templates *templates;
	struct cvp_schemas *schemas;
	json_t *phrases;
};

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
ends_in(const char *name, const char *ending)
{
	size_t length = strlen(name), size = strlen(ending);

	return length > size && strcmp(name + length - size, ending) == 0;
}

/* The names of the files in dir with that ending, sorted, so that every start reads alike. "" takes all. */
static enum cvp_code
list_files(struct cvp_ctx *ctx, const char *dir, const char *ending, const char ***names, size_t *count)
{
	DIR *folder = opendir(dir);
	const struct dirent *entry;
	size_t room = 0;

	*names = NULL;
	*count = 0;
	if (folder == NULL)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s cannot be read: %s", dir, strerror(errno));
	while ((entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] == '.' || !ends_in(entry->d_name, ending))
			continue;
		if (*count == room) {
			size_t more = room > 0 ? 2 * room : 32;

			*names = cvp_arena_grow(ctx->arena, *names, room * sizeof(**names), more * sizeof(**names));
			room = more;
		}
		(*names)[(*count)++] = cvp_arena_strdup(ctx->arena, entry->d_name);
	}
	closedir(folder);
	if (*count > 1)
		qsort(*names, *count, sizeof(**names), compare_names);
	return CVP_OK;
}

static enum cvp_code
load_lexicon(struct cvp_ctx *ctx, const char *data_dir, struct loaded *loaded)
{
	const char *dir = cvp_arena_printf(ctx->arena, "%s/conf/skills", data_dir), **names;
	struct cvp_lexicon_source *sources;
	size_t count;
	enum cvp_code code = list_files(ctx, dir, ".skills", &names, &count);

	if (code != CVP_OK)
		return code;
	if (count == 0)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s holds no *.skills file", dir);
	sources = cvp_arena_alloc(ctx->arena, count * sizeof(*sources));
	for (size_t i = 0; i < count && code == CVP_OK; i++) {
		sources[i].name = names[i];
		code = cvp_file_read(ctx, cvp_arena_printf(ctx->arena, "%s/%s", dir, names[i]), FILE_MAX,
				     &sources[i].text, &sources[i].length);
	}
	if (code == CVP_OK)
		code = cvp_lexicon_parse(ctx, sources, count, &loaded->lexicon);
	return code;
}

static enum cvp_code
add_template(struct cvp_ctx *ctx, const char *data_dir, const char *name, struct loaded *loaded)
{
	const char *text;
	size_t length;
	enum cvp_code code = cvp_file_read(ctx, cvp_arena_printf(ctx->arena, "%s/templates/%s", data_dir, name),
					   FILE_MAX, &text, &length);

	return code == CVP_OK ? cvp_templates_add(ctx, loaded->templates, name, text, length) : code;
}

static enum cvp_code
add_templates(struct cvp_ctx *ctx, const char *data_dir, const char *folder, struct loaded *loaded)
{
	const char **names;
	size_t count;
	enum cvp_code code = list_files(ctx, cvp_arena_printf(ctx->arena, "%s/templates/%s", data_dir, folder), "",
					&names, &count);

	for (size_t i = 0; i < count && code == CVP_OK; i++)
		code = add_template(ctx, data_dir, cvp_arena_printf(ctx->arena, "%s/%s", folder, names[i]), loaded);
	return code;
}

/* Those of artifacts and prompts, and what they include: pages are the programs' matter. */
static enum cvp_code
load_templates(struct cvp_ctx *ctx, const char *data_dir, struct loaded *loaded)
{
	enum cvp_code code;

	loaded->templates = cvp_templates_new();
	code = add_templates(ctx, data_dir, "artifact", loaded);
	if (code == CVP_OK)
		code = add_templates(ctx, data_dir, "prompt", loaded);
	if (code == CVP_OK)
		code = add_template(ctx, data_dir, "partial/cv.html", loaded);
	return code == CVP_OK ? cvp_templates_link(ctx, loaded->templates) : code;
}

/* Adds the phrases of a file, templates/i18n/SIDE.LANGUAGE.json, to those of the language. */
static enum cvp_code
add_phrases(struct cvp_ctx *ctx, const char *data_dir, const char *side, const char *language, json_t *phrases)
{
	const char *path = cvp_arena_printf(ctx->arena, "%s/templates/i18n/%s.%s.json", data_dir, side, language);
	json_error_t fault;
	json_t *table = json_load_file(path, JSON_REJECT_DUPLICATES, &fault);
	enum cvp_code code = CVP_OK;

	if (json_is_object(table))
		json_object_update(phrases, table);
	else
		code = cvp_fail(ctx, CVP_INVALID_INPUT, "%s:%d: %s", path, fault.line > 0 ? fault.line : 1, fault.text);
	json_decref(table);
	return code;
}

static enum cvp_code
load_phrases(struct cvp_ctx *ctx, const char *data_dir, struct loaded *loaded)
{
	enum cvp_code code = CVP_OK;

	loaded->phrases = json_object();
	for (int language = 0; language < CVP_LANGUAGE_COUNT && code == CVP_OK; language++) {
		const char *name = cvp_language_name((enum cvp_language)language);
		json_t *phrases = json_object();

		json_object_set_new(loaded->phrases, name, phrases);
		code = add_phrases(ctx, data_dir, "artifact", name, phrases);
		if (code == CVP_OK)
			code = add_phrases(ctx, data_dir, "hiring", name, phrases);
	}
	return code;
}

static enum cvp_code
load_schemas(struct cvp_ctx *ctx, const char *data_dir, struct loaded *loaded)
{
	enum cvp_code code;

	loaded->schemas = cvp_schemas_new();
	code = cvp_schemas_load(ctx, loaded->schemas, cvp_arena_printf(ctx->arena, "%s/schemas", data_dir));
	return code == CVP_OK ? cvp_schemas_compile(ctx, loaded->schemas) : code;
}

enum cvp_code
cvp_assets_load(struct cvp_ctx *ctx, const char *data_dir, struct cvp_assets **assets)
{
	struct loaded *loaded = cvp_xcalloc(1, sizeof(*loaded));
	enum cvp_code code = load_lexicon(ctx, data_dir, loaded);

	if (code == CVP_OK)
		code = load_phrases(ctx, data_dir, loaded);
	if (code == CVP_OK)
		code = load_templates(ctx, data_dir, loaded);
	if (code == CVP_OK)
		code = load_schemas(ctx, data_dir, loaded);
	loaded->shown = (struct cvp_assets){ .lexicon = loaded->lexicon,
					     .phrases = loaded->phrases,
					     .templates = loaded->templates,
					     .schemas = loaded->schemas };
	if (code == CVP_OK)
		*assets = &loaded->shown;
	else
		cvp_assets_free(&loaded->shown);
	return code;
}

void
cvp_assets_free(struct cvp_assets *assets)
{
	struct loaded *loaded = (struct loaded *)assets;

	if (loaded == NULL)
		return;
	if (loaded->lexicon != NULL)
		cvp_lexicon_free(loaded->lexicon);
	if (loaded->templates != NULL)
		cvp_templates_free(loaded->templates);
	if (loaded->schemas != NULL)
		cvp_schemas_free(loaded->schemas);
	json_decref(loaded->phrases);
	free(loaded);
}
