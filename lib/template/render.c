#include "core/ctx.h"
#include "template/tree.h"

#define NESTING_MAX     1024 /* sections, blocks, partials and parents together; bounds the stack */
#define INDENTATION_MAX ((size_t)64 * 1024)

/* The context stack: values that names are looked up in, the nearest first. */
struct scope {
	const json_t *value;
	const struct scope *outer;
};

/* The arguments of one parent tag that is being rendered. */
struct arguments {
	const struct cvp_template *t;
	const struct cvp_node *parent;
	const struct arguments *outer;
};

struct render {
	struct cvp_ctx *ctx;
	const struct cvp_templates *set;
	struct cvp_buf *out;
	const struct scope *scope;
	const struct arguments *arguments;
	/* What each line of the template starts with: indentation from indent_from to its end. */
	struct cvp_buf indentation;
	size_t indent_from;
	bool line_start; /* a line of the template begins here */
	bool html;       /* in a template that escapes, or in one that such a template includes */
	unsigned depth, nesting;
	enum cvp_code code;
};

static void render_range(struct render *r, const struct cvp_template *t, uint32_t from, uint32_t to);

static bool
is_stopped(const struct render *r)
{
	return r->code != CVP_OK || cvp_buf_failed(r->out);
}

/* --- text --- */

static void
start_line(struct render *r)
{
	if (r->line_start && r->indentation.length > r->indent_from)
		cvp_buf_add(r->out, r->indentation.data + r->indent_from, r->indentation.length - r->indent_from);
	r->line_start = false;
}

/* Text of the template, each line of it that is not empty with the indentation in force. */
static void
print_indented(struct render *r, const char *text, size_t length)
{
	while (length > 0) {
		const char *newline = memchr(text, '\n', length);
		size_t line = newline != NULL ? (size_t)(newline - text) + 1 : length;

		if (text[0] != '\n' && !(line == 2 && text[0] == '\r' && newline != NULL))
			start_line(r);
		cvp_buf_add(r->out, text, line);
		r->line_start = newline != NULL;
		text += line;
		length -= line;
	}
}

static void
print_text(struct render *r, const struct cvp_template *t, struct cvp_span span)
{
	const char *text = cvp_span_text(t, span);

	if (span.length == 0)
		return;
	if (r->indentation.length > r->indent_from) {
		print_indented(r, text, span.length);
		return;
	}
	cvp_buf_add(r->out, text, span.length);
	r->line_start = text[span.length - 1] == '\n';
}

/* --- names --- */

static const json_t *
get(const struct cvp_template *t, const json_t *object, struct cvp_span key)
{
	return json_object_getn(object, cvp_span_text(t, key), key.length);
}

/* The first key is looked for up the stack; the rest must lead on from there. */
static const json_t *
look_up(const struct render *r, const struct cvp_template *t, const struct cvp_node *node)
{
	const struct cvp_span *keys = t->keys + node->keys;
	const json_t *value = NULL;

	if (node->key_count == 0)
		return r->scope->value;
	for (const struct scope *scope = r->scope; scope != NULL && value == NULL; scope = scope->outer)
		value = get(t, scope->value, keys[0]);
	for (uint32_t i = 1; i < node->key_count && value != NULL; i++)
		value = get(t, value, keys[i]);
	return value;
}

/* --- nodes --- */

static bool
enter(struct render *r, const struct cvp_template *t, const struct cvp_node *node)
{
	if (r->nesting == NESTING_MAX) {
		r->code = cvp_fail(r->ctx, CVP_INTERNAL_ERROR, "%s:%u: nested deeper than %d levels", t->name,
				   node->line, NESTING_MAX);
		return false;
	}
	r->nesting++;
	return true;
}

static void
render_value(struct render *r, const struct cvp_template *t, const struct cvp_node *node)
{
	const json_t *value = look_up(r, t, node);

	if (json_is_string(value) && json_string_length(value) == 0)
		return;
	if (r->line_start)
		start_line(r);
	cvp_template_print(r->out, value, r->html && !node->raw);
}

static void
render_content(struct render *r, const struct cvp_template *t, const struct cvp_node *node, const json_t *value)
{
	struct scope scope = { value, r->scope };

	r->scope = &scope;
	render_range(r, t, (uint32_t)(node - t->nodes) + 1, node->end);
	r->scope = scope.outer;
}

static void
render_section(struct render *r, const struct cvp_template *t, const struct cvp_node *node)
{
	const json_t *value = look_up(r, t, node);

	if (cvp_template_is_false(value) || !enter(r, t, node))
		return;
	if (json_is_array(value)) {
		for (size_t i = 0; i < json_array_size(value) && !is_stopped(r); i++)
			render_content(r, t, node, json_array_get(value, i));
	} else {
		render_content(r, t, node, value);
	}
	r->nesting--;
}

static void
render_inverted(struct render *r, const struct cvp_template *t, const struct cvp_node *node)
{
	if (!cvp_template_is_false(look_up(r, t, node)) || !enter(r, t, node))
		return;
	render_range(r, t, (uint32_t)(node - t->nodes) + 1, node->end);
	r->nesting--;
}

/* Renders lines of `t` at the place of a tag, further indented by `indent`. A tag with a line to itself may still come
 * out within a line, first thing of what was put there: then only its own indentation is due. */
static void
render_at_place(struct render *r, const struct cvp_template *t, uint32_t from, uint32_t to, const char *indent,
		size_t indent_length, bool standalone)
{
	size_t length = r->indentation.length;

	cvp_buf_add(&r->indentation, indent, indent_length);
	if (cvp_buf_failed(&r->indentation)) {
		r->code = cvp_fail(r->ctx, CVP_INTERNAL_ERROR, "%s: indented by more than %zu bytes", t->name,
				   INDENTATION_MAX);
		return;
	}
	if (standalone && !r->line_start)
		cvp_buf_add(r->out, indent, indent_length);
	render_range(r, t, from, to);
	r->line_start |= standalone;
	r->indentation.length = length;
}

static const struct cvp_template *
find_target(struct render *r, const struct cvp_template *t, const struct cvp_node *node)
{
	const char *name = cvp_span_text(t, node->text);
	size_t length = node->text.length;

	if (node->dynamic) {
		const json_t *value = look_up(r, t, node);

		if (!json_is_string(value))
			return NULL;
		name = json_string_value(value);
		length = json_string_length(value);
	} else if (r->set->linked) {
		return node->target;
	}
	return cvp_templates_resolve(r->set, t, name, length);
}

static void
render_target(struct render *r, const struct cvp_template *target, const char *indent, const struct cvp_node *node)
{
	size_t indent_from = r->indent_from;
	bool html = r->html;

	r->html |= target->html;
	if (!node->standalone) { /* within a line: that line has been indented, the lines of the target are not */
		start_line(r);
		r->indent_from = r->indentation.length;
	}
	render_at_place(r, target, 0, target->node_count, indent, node->standalone ? node->indent.length : 0,
			node->standalone);
	r->indent_from = indent_from;
	r->html = html;
}

/* A partial, or a parent with its arguments. */
static void
render_include(struct render *r, const struct cvp_template *t, const struct cvp_node *node)
{
	const struct cvp_template *target = find_target(r, t, node);
	struct arguments arguments = { t, node, r->arguments };

	if (target == NULL)
		return;
	if (r->depth == CVP_TEMPLATE_DEPTH_MAX) {
		r->code = cvp_fail(r->ctx, CVP_INTERNAL_ERROR, "%s:%u: partials nested deeper than %d", t->name,
				   node->line, CVP_TEMPLATE_DEPTH_MAX);
		return;
	}
	if (!enter(r, t, node))
		return;
	r->depth++;
	if (node->kind == CVP_NODE_PARENT)
		r->arguments = &arguments;
	render_target(r, target, cvp_span_text(t, node->indent), node);
	r->arguments = arguments.outer;
	r->depth--;
	r->nesting--;
}

static const struct cvp_node *
find_argument(const struct arguments *arguments, const char *name, uint32_t length)
{
	const struct cvp_template *t = arguments->t;
	uint32_t i = (uint32_t)(arguments->parent - t->nodes) + 1;

	for (; i < arguments->parent->end; i = t->nodes[i].end) {
		struct cvp_span own = t->nodes[i].text;

		if (own.length == length && memcmp(cvp_span_text(t, own), name, length) == 0)
			return &t->nodes[i];
	}
	return NULL;
}

/* The outermost argument of the block's name, or its default. An argument's own blocks are parameters of the template
 * it was written in: only what was given to that one fills them, which also ends any recursion. */
static void
render_block(struct render *r, const struct cvp_template *t, const struct cvp_node *node)
{
	const struct arguments *saved = r->arguments, *giver = NULL;
	const struct cvp_node *argument = NULL;

	if (!enter(r, t, node))
		return;
	for (const struct arguments *a = r->arguments; a != NULL; a = a->outer) {
		const struct cvp_node *given = find_argument(a, cvp_span_text(t, node->text), node->text.length);

		if (given != NULL) {
			argument = given;
			giver = a;
		}
	}
	if (argument == NULL) {
		render_range(r, t, (uint32_t)(node - t->nodes) + 1, node->end);
	} else {
		r->arguments = giver->outer;
		render_at_place(r, giver->t, (uint32_t)(argument - giver->t->nodes) + 1, argument->end,
				cvp_span_text(t, node->indent), node->indent.length, node->standalone);
		r->arguments = saved;
	}
	r->nesting--;
}

static void
render_range(struct render *r, const struct cvp_template *t, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to && !is_stopped(r); i = t->nodes[i].end) {
		const struct cvp_node *node = &t->nodes[i];

		switch ((enum cvp_node_kind)node->kind) {
		case CVP_NODE_TEXT:
			print_text(r, t, node->text);
			break;
		case CVP_NODE_VALUE:
			render_value(r, t, node);
			break;
		case CVP_NODE_SECTION:
			render_section(r, t, node);
			break;
		case CVP_NODE_INVERTED:
			render_inverted(r, t, node);
			break;
		case CVP_NODE_PARTIAL:
		case CVP_NODE_PARENT:
			render_include(r, t, node);
			break;
		case CVP_NODE_BLOCK:
			render_block(r, t, node);
			break;
		}
	}
}

enum cvp_code
cvp_template_render(struct cvp_ctx *ctx, const struct cvp_templates *set, const char *name, const json_t *model,
		    struct cvp_buf *out)
{
	const struct cvp_template *t = cvp_templates_find(set, name);
	struct scope scope = { model, NULL };
	struct render r = { .ctx = ctx, .set = set, .out = out, .scope = &scope, .line_start = true };
	size_t length = out->length;

	if (t == NULL)
		return cvp_fail(ctx, CVP_NOT_FOUND, "no template %s", name);
	cvp_buf_init(&r.indentation, INDENTATION_MAX);
	r.html = t->html;
	render_range(&r, t, 0, t->node_count);
	cvp_buf_free(&r.indentation);
	if (r.code == CVP_OK && cvp_buf_failed(out))
		r.code = cvp_fail(ctx, CVP_INTERNAL_ERROR, "%s: the rendering is larger than %zu bytes", name,
				  out->max);
	if (r.code != CVP_OK && out->data != NULL) {
		out->length = length;
		out->data[length] = '\0';
	}
	return r.code;
}
