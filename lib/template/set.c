#include "core/arena.h"
#include "core/ctx.h"
#include "template/tree.h"

#include <stdlib.h>

#define NAME_LENGTH_MAX 512

struct cvp_templates *
cvp_templates_new(void)
{
	return cvp_xcalloc(1, sizeof(struct cvp_templates));
}

void
cvp_templates_free(struct cvp_templates *set)
{
	if (set == NULL)
		return;
	for (size_t i = 0; i < set->count; i++)
		cvp_template_free(set->sorted[i]);
	free(set->sorted);
	free(set);
}

/* Where name stands, or would stand. */
static size_t
position(const struct cvp_templates *set, const char *name)
{
	size_t low = 0, high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(set->sorted[middle]->name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct cvp_template *
cvp_templates_find(const struct cvp_templates *set, const char *name)
{
	size_t at = position(set, name);

	return at < set->count && strcmp(set->sorted[at]->name, name) == 0 ? set->sorted[at] : NULL;
}

bool
cvp_templates_have(const struct cvp_templates *set, const char *name)
{
	return cvp_templates_find(set, name) != NULL;
}

enum cvp_code
cvp_templates_add(struct cvp_ctx *ctx, struct cvp_templates *set, const char *name, const char *text, size_t length)
{
	size_t at = position(set, name);
	struct cvp_template *t;

	if (name[0] == '\0' || strlen(name) > NAME_LENGTH_MAX)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "a template's name is empty or longer than %d bytes",
				NAME_LENGTH_MAX);
	if (cvp_templates_have(set, name))
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s:1: there is a template of this name already", name);
	t = cvp_template_compile(ctx, name, text, length);
	if (t == NULL)
		return ctx->err.code;
	if (set->count == set->room) {
		set->room = set->room > 0 ? 2 * set->room : 32;
		set->sorted = cvp_xrealloc(set->sorted, set->room * sizeof(struct cvp_template *));
	}
	memmove(set->sorted + at + 1, set->sorted + at, (set->count - at) * sizeof(struct cvp_template *));
	set->sorted[at] = t;
	set->count++;
	set->linked = false;
	return CVP_OK;
}

/* The ending of a name with its dot: ".html" of "page/home.html", "" of "page.d/home". */
static const char *
ending(const char *name)
{
	const char *folder = strrchr(name, '/'), *dot = strrchr(name, '.');

	return dot == NULL || (folder != NULL && dot < folder) ? "" : dot;
}

const struct cvp_template *
cvp_templates_resolve(const struct cvp_templates *set, const struct cvp_template *from, const char *name, size_t length)
{
	char full[2 * NAME_LENGTH_MAX + 1];
	const struct cvp_template *found;
	const char *own_ending = ending(from->name);

	if (length > NAME_LENGTH_MAX || memchr(name, '\0', length) != NULL)
		return NULL;
	memcpy(full, name, length);
	full[length] = '\0';
	found = cvp_templates_find(set, full);
	if (found != NULL || own_ending[0] == '\0')
		return found;
	memcpy(full + length, own_ending, strlen(own_ending) + 1);
	return cvp_templates_find(set, full);
}

static enum cvp_code
link_one(struct cvp_ctx *ctx, const struct cvp_templates *set, struct cvp_template *t)
{
	for (uint32_t i = 0; i < t->node_count; i++) {
		struct cvp_node *node = &t->nodes[i];
		const char *name = cvp_span_text(t, node->text);

		if ((node->kind != CVP_NODE_PARTIAL && node->kind != CVP_NODE_PARENT) || node->dynamic)
			continue;
		node->target = cvp_templates_resolve(set, t, name, node->text.length);
		if (node->target == NULL)
			return cvp_fail(ctx, CVP_INVALID_INPUT, "%s:%u: no template %.*s", t->name, node->line,
					(int)node->text.length, name);
	}
	return CVP_OK;
}

enum cvp_code
cvp_templates_link(struct cvp_ctx *ctx, struct cvp_templates *set)
{
	for (size_t i = 0; i < set->count; i++) {
		enum cvp_code code = link_one(ctx, set, set->sorted[i]);

		if (code != CVP_OK)
			return code;
	}
	set->linked = true;
	return CVP_OK;
}
