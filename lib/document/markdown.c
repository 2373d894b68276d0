#include "document/markdown.h"

#include <stdbool.h>
#include <string.h>

#include "core/ctx.h"

struct reader {
	struct cvp_ctx *ctx;
	json_t *blocks;
	const char *title;
	char *paragraph; /* lines of it so far; NULL: none is open */
};

/* Steps over a link's address, or leaves its words where none follows. */
static const char *
behind_link(const char *at)
{
	const char *end = at[0] == ']' && at[1] == '(' ? strchr(at, ')') : NULL;

	return end != NULL ? end + 1 : at;
}

/* The words without Markdown's signs. */
static char *
plain(struct cvp_ctx *ctx, const char *text)
{
	char *to = cvp_arena_alloc(ctx->arena, strlen(text) + 1);
	size_t used = 0;

	for (const char *at = text; *at != '\0';) {
		const char *behind = behind_link(at);

		if (behind != at) {
			at = behind;
		} else if (at[0] == '\\' && strchr("\\`*_{}[]()#+-.!|<>~", at[1]) != NULL && at[1] != '\0') {
			to[used++] = at[1];
			at += 2;
		} else if (at[0] == '`' || at[0] == '*' || (at[0] == '[' && strstr(at, "](") != NULL)) {
			at++;
		} else {
			to[used++] = *at++;
		}
	}
	return to;
}

static void
put(struct reader *reader, const char *kind, const char *text)
{
	json_array_append_new(reader->blocks, json_pack("[s, s, s]", kind, plain(reader->ctx, text), ""));
}

static void
end_paragraph(struct reader *reader)
{
	if (reader->paragraph != NULL)
		put(reader, "p", reader->paragraph);
	reader->paragraph = NULL;
}

static void
add_to_paragraph(struct reader *reader, const char *line)
{
	reader->paragraph = reader->paragraph == NULL
				? cvp_arena_strdup(reader->ctx->arena, line)
				: cvp_arena_printf(reader->ctx->arena, "%s %s", reader->paragraph, line);
}

static void
put_heading(struct reader *reader, const char *line)
{
	size_t level = strspn(line, "#");
	const char *text = line + level + strspn(line + level, " ");

	if (level == 1 && reader->title == NULL)
		reader->title = plain(reader->ctx, text);
	put(reader, level == 1 ? "name" : level == 2 ? "h" : "pair", text);
}

/* "| a | b |": its cells in one line; the rule below a head is none. */
static void
put_row(struct reader *reader, const char *line)
{
	char *row = cvp_arena_strdup(reader->ctx->arena, line), *rest = row, *cell;
	const char *all = NULL;

	if (strspn(line, "|-: ") == strlen(line))
		return;
	while ((cell = strsep(&rest, "|")) != NULL) {
		cell += strspn(cell, " ");
		for (size_t end = strlen(cell); end > 0 && cell[end - 1] == ' '; end--)
			cell[end - 1] = '\0';
		if (*cell != '\0')
			all = all == NULL ? cell : cvp_arena_printf(reader->ctx->arena, "%s — %s", all, cell);
	}
	if (all != NULL)
		put(reader, "p", all);
}

static void
read_line(struct reader *reader, const char *line)
{
	const char *text = line + strspn(line, " ");
	bool is_list = (text[0] == '-' || text[0] == '*') && text[1] == ' ';

	if (*text == '\0' || line[0] == '#' || is_list || text[0] == '|')
		end_paragraph(reader);
	if (line[0] == '#')
		put_heading(reader, line);
	else if (is_list)
		put(reader, "li", text + 2);
	else if (text[0] == '|')
		put_row(reader, text);
	else if (text[0] == '>')
		add_to_paragraph(reader, text + 1 + strspn(text + 1, " "));
	else if (*text != '\0')
		add_to_paragraph(reader, text);
}

json_t *
cvp_markdown_paper(struct cvp_ctx *ctx, const char *markdown, const char *language)
{
	struct reader reader = { .ctx = ctx, .blocks = json_array() };
	char *copy = cvp_arena_strdup(ctx->arena, markdown), *rest = copy, *line;

	while ((line = strsep(&rest, "\n")) != NULL)
		read_line(&reader, line);
	end_paragraph(&reader);
	return cvp_own(ctx, json_pack("{s:s, s:s, s:o}", "title", reader.title != NULL ? reader.title : "", "language",
				      language, "blocks", reader.blocks));
}
