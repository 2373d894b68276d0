/* Where a line of the template holds nothing but tags that print nothing, it vanishes from the output. That is known at
 * the line's end only: until then its blanks are nodes, and are emptied then. A parent with all it holds counts as one
 * tag of the line it begins on. */
#include "core/arena.h"
#include "core/ctx.h"
#include "template/scan.h"

#include <stdlib.h>

#define NESTING_MAX   64 /* sections, blocks and parents in one template; bounds the stack of a rendering */
#define NAME_SHOWN    60 /* bytes of a name in a message */
#define TEXT_MAX      ((size_t)CVP_TEMPLATE_BYTES_MAX)
#define SHOW(c, name) (int)((name).length < NAME_SHOWN ? (name).length : NAME_SHOWN), (c)->t->text + (name).at

/* What the line being read has shown so far. */
struct line {
	uint32_t first_node;
	unsigned tags;    /* all but values */
	unsigned prints;  /* partials and parents among them */
	bool has_text;    /* something visible, or a value */
	bool closed_here; /* something was opened and closed on it */
};

/* A section, block or parent that is open. */
struct level {
	uint32_t node;
	struct line line;       /* parent: the line it began on */
	struct cvp_span dedent; /* argument: what was taken off outside */
};

struct compiler {
	struct cvp_ctx *ctx;
	struct cvp_template *t;
	struct cvp_scan scan;
	struct line line;
	struct cvp_span dedent; /* what is taken off each line of the argument being read */
	struct level levels[NESTING_MAX];
	unsigned depth;
};

static void
complain(struct compiler *c, uint32_t line, const char *what)
{
	cvp_fail(c->ctx, CVP_INVALID_INPUT, "%s:%u: %s", c->t->name, line, what);
}

static struct cvp_node *
add_node(struct compiler *c, enum cvp_node_kind kind, struct cvp_span text, uint32_t line)
{
	struct cvp_template *t = c->t;
	struct cvp_node *node;

	if (t->node_count == t->node_room) {
		t->node_room = t->node_room > 0 ? 2 * t->node_room : 16;
		t->nodes = cvp_xrealloc(t->nodes, t->node_room * sizeof(*t->nodes));
	}
	node = &t->nodes[t->node_count++];
	*node = (struct cvp_node){ .kind = (uint8_t)kind, .line = line, .end = t->node_count, .text = text };
	return node;
}

static struct cvp_node *
innermost(const struct compiler *c)
{
	return c->depth > 0 ? &c->t->nodes[c->levels[c->depth - 1].node] : NULL;
}

/* Directly in a parent, between its arguments, where text means nothing. */
static bool
is_between_arguments(const struct compiler *c)
{
	const struct cvp_node *node = innermost(c);

	return node != NULL && node->kind == CVP_NODE_PARENT;
}

static bool
is_argument(const struct compiler *c)
{
	return c->depth > 1 && c->t->nodes[c->levels[c->depth - 2].node].kind == CVP_NODE_PARENT;
}

/* --- blanks at the edges of lines --- */

/* The blanks a line starts with. */
static struct cvp_span
margin(const struct compiler *c, uint32_t line_start)
{
	struct cvp_span span = { line_start, 0 };

	while (span.at + span.length < c->t->length && cvp_is_blank(c->t->text[span.at + span.length]))
		span.length++;
	return span;
}

/* The blanks before a tag that is the first thing on its line; empty before any other. */
static struct cvp_span
margin_before(const struct compiler *c, uint32_t tag_begin)
{
	uint32_t at = tag_begin;

	while (at > 0 && cvp_is_blank(c->t->text[at - 1]))
		at--;
	if (at > 0 && c->t->text[at - 1] != '\n')
		return (struct cvp_span){ tag_begin, 0 };
	return (struct cvp_span){ at, tag_begin - at };
}

/* Is there nothing but blanks from `at` to the end of the line? Then *next is where the next line starts. */
static bool
ends_line(const struct compiler *c, uint32_t at, uint32_t *next)
{
	struct cvp_span blanks = margin(c, at);

	at = blanks.at + blanks.length;
	if (at < c->t->length && c->t->text[at] != '\n')
		return false;
	*next = at < c->t->length ? at + 1 : at;
	return true;
}

/* The span without what the argument around it has too much at the start of each of its lines. */
static struct cvp_span
without_dedent(const struct compiler *c, struct cvp_span span)
{
	const char *text = c->t->text;
	uint32_t cut = 0;

	while (cut < span.length && cut < c->dedent.length && text[span.at + cut] == text[c->dedent.at + cut])
		cut++;
	return (struct cvp_span){ span.at + cut, span.length - cut };
}

/* How deep the content is written that starts a line: the margin of its first line that is not blank. False when there
 * is no content before the tag that closes it. */
static bool
content_margin(const struct compiler *c, uint32_t line_start, struct cvp_span *found)
{
	uint32_t next;

	while (line_start < c->t->length && ends_line(c, line_start, &next))
		line_start = next;
	*found = margin(c, line_start);
	return !cvp_scan_is_close(&c->scan, found->at + found->length);
}

static bool
line_vanishes(const struct line *line)
{
	if (line->has_text || line->tags == 0)
		return false;
	return line->prints > 0 ? line->tags == 1 : !line->closed_here;
}

/* Empties the blanks of the line, which ends before `next`, and tells its tags that they stand alone. */
static void
vanish(struct compiler *c, uint32_t next)
{
	for (uint32_t i = c->line.first_node; i < c->t->node_count; i++) {
		struct cvp_node *node = &c->t->nodes[i];
		struct cvp_span inside;

		if (node->kind == CVP_NODE_TEXT)
			node->text.length = 0;
		node->standalone = true;
		if (node->kind == CVP_NODE_BLOCK && content_margin(c, next, &inside))
			node->indent = without_dedent(c, inside);
		if (node->kind == CVP_NODE_PARENT)
			i = node->end - 1;
	}
}

static void
begin_line(struct compiler *c)
{
	c->line = (struct line){ .first_node = c->t->node_count };
}

/* --- text --- */

static bool
is_blank(const char *text, struct cvp_span span)
{
	for (uint32_t i = 0; i < span.length; i++) {
		if (!cvp_is_blank(text[span.at + i]) && text[span.at + i] != '\n')
			return false;
	}
	return true;
}

/* Makes one node of two neighbours in the text; the second is the last node. */
static void
join_last(struct compiler *c)
{
	struct cvp_node *last, *before;

	if (c->t->node_count < 2)
		return;
	last = &c->t->nodes[c->t->node_count - 1];
	before = last - 1;
	if (last->kind != CVP_NODE_TEXT || before->kind != CVP_NODE_TEXT ||
	    before->text.at + before->text.length != last->text.at)
		return;
	before->text.length += last->text.length;
	c->t->node_count--;
}

/* One line of text, or its part between two tags, up to `to`. */
static void
add_piece(struct compiler *c, uint32_t from, uint32_t to)
{
	struct cvp_span piece = { from, to - from };
	bool ends = c->t->text[to - 1] == '\n', blank = is_blank(c->t->text, piece);

	if (from == 0 || c->t->text[from - 1] == '\n')
		piece = without_dedent(c, piece);
	if (ends && blank && line_vanishes(&c->line)) {
		vanish(c, to);
	} else if (piece.length > 0) {
		add_node(c, CVP_NODE_TEXT, piece, 0);
		if (ends || !blank)
			join_last(c); /* blanks before a tag stay apart: they may have to go */
	}
	if (ends)
		begin_line(c);
	else
		c->line.has_text |= !blank;
}

static void
add_text(struct compiler *c, uint32_t from, uint32_t to)
{
	if (is_between_arguments(c))
		return;
	while (from < to) {
		const char *newline = memchr(c->t->text + from, '\n', to - from);
		uint32_t next = newline != NULL ? (uint32_t)(newline - c->t->text) + 1 : to;

		add_piece(c, from, next);
		from = next;
	}
}

/* --- names --- */

static bool
add_key(struct compiler *c, struct cvp_span key)
{
	struct cvp_template *t = c->t;

	if (t->key_count == t->key_room) {
		t->key_room = t->key_room > 0 ? 2 * t->key_room : 16;
		t->keys = cvp_xrealloc(t->keys, t->key_room * sizeof(*t->keys));
	}
	t->keys[t->key_count++] = key;
	return key.length > 0;
}

/* Splits the node's name at its dots; "." alone has no keys. */
static bool
split_name(struct compiler *c, struct cvp_node *node)
{
	const char *text = c->t->text;
	uint32_t at = node->text.at, end = at + node->text.length;
	bool valid = true;

	node->keys = c->t->key_count;
	if (node->text.length == 1 && text[at] == '.')
		return true;
	for (uint32_t i = at; i <= end; i++) {
		if (i < end && text[i] != '.')
			continue;
		valid &= add_key(c, (struct cvp_span){ at, i - at });
		at = i + 1;
	}
	node->key_count = c->t->key_count - node->keys;
	if (!valid)
		complain(c, node->line, "a dotted name with an empty part");
	return valid;
}

/* --- tags --- */

static bool
open_level(struct compiler *c, uint32_t node)
{
	if (c->depth == NESTING_MAX) {
		complain(c, c->t->nodes[node].line, "sections and blocks are nested too deep");
		return false;
	}
	c->levels[c->depth++] = (struct level){ .node = node, .line = c->line, .dedent = c->dedent };
	return true;
}

static bool
add_value(struct compiler *c, const struct cvp_tag *tag)
{
	struct cvp_node *node;

	c->line.has_text = true;
	join_last(c); /* the blanks before it are text now */
	node = add_node(c, CVP_NODE_VALUE, tag->name, tag->line);
	node->raw = tag->kind == '&';
	return split_name(c, node);
}

static bool
open_section(struct compiler *c, const struct cvp_tag *tag)
{
	struct cvp_node *node = add_node(c, tag->kind == '#' ? CVP_NODE_SECTION : CVP_NODE_INVERTED, tag->name,
					 tag->line);

	c->line.tags++;
	return split_name(c, node) && open_level(c, c->t->node_count - 1);
}

/* A partial or a parent. */
static struct cvp_node *
add_include(struct compiler *c, enum cvp_node_kind kind, const struct cvp_tag *tag)
{
	struct cvp_node *node = add_node(c, kind, tag->name, tag->line);

	node->dynamic = tag->dynamic;
	node->indent = without_dedent(c, margin_before(c, tag->begin));
	if (tag->dynamic && !split_name(c, node))
		return NULL;
	return node;
}

static bool
add_partial(struct compiler *c, const struct cvp_tag *tag)
{
	c->line.tags++;
	c->line.prints++;
	return add_include(c, CVP_NODE_PARTIAL, tag) != NULL;
}

static bool
open_parent(struct compiler *c, const struct cvp_tag *tag)
{
	return add_include(c, CVP_NODE_PARENT, tag) != NULL && open_level(c, c->t->node_count - 1);
}

/* A block of a parent: its content is written for another place, so its margin is taken off. */
static bool
open_argument(struct compiler *c, const struct cvp_tag *tag)
{
	uint32_t next;

	add_node(c, CVP_NODE_BLOCK, tag->name, tag->line);
	if (!open_level(c, c->t->node_count - 1))
		return false;
	if (ends_line(c, tag->end, &next)) {
		c->scan.at = next;
		content_margin(c, next, &c->dedent);
		begin_line(c);
	} else {
		c->dedent = margin_before(c, tag->begin);
		c->line = (struct line){ .first_node = c->t->node_count - 1, .tags = 1 };
	}
	return true;
}

static bool
open_block(struct compiler *c, const struct cvp_tag *tag)
{
	struct cvp_node *node;

	if (is_between_arguments(c))
		return open_argument(c, tag);
	node = add_node(c, CVP_NODE_BLOCK, tag->name, tag->line);
	node->indent = without_dedent(c, margin_before(c, tag->begin));
	c->line.tags++;
	return open_level(c, c->t->node_count - 1);
}

static void
close_argument(struct compiler *c, const struct level *level, uint32_t at)
{
	struct cvp_node *last = &c->t->nodes[c->t->node_count - 1];

	c->line.closed_here |= level->node >= c->line.first_node;
	if (line_vanishes(&c->line))
		vanish(c, at);
	else if (!c->line.has_text && c->line.tags == 0 && c->t->node_count > c->line.first_node)
		last->text.length = 0; /* only the margin of the closing tag */
	c->dedent = level->dedent;
}

static void
close_parent(struct compiler *c, const struct level *level)
{
	c->line = level->line;
	c->line.tags++;
	c->line.prints++;
}

static bool
matches(const struct compiler *c, const struct cvp_node *node, const struct cvp_tag *tag)
{
	return node->dynamic == tag->dynamic && node->text.length == tag->name.length &&
	       memcmp(cvp_span_text(c->t, node->text), cvp_span_text(c->t, tag->name), tag->name.length) == 0;
}

static bool
close_level(struct compiler *c, const struct cvp_tag *tag)
{
	struct cvp_node *node = innermost(c);
	const struct level *level;

	if (node == NULL || !matches(c, node, tag)) {
		if (node == NULL)
			cvp_fail(c->ctx, CVP_INVALID_INPUT, "%s:%u: closes '%.*s', which is not open", c->t->name,
				 tag->line, SHOW(c, tag->name));
		else
			cvp_fail(c->ctx, CVP_INVALID_INPUT, "%s:%u: closes '%.*s' where '%.*s' of line %u is open",
				 c->t->name, tag->line, SHOW(c, tag->name), SHOW(c, node->text), node->line);
		return false;
	}
	level = &c->levels[c->depth - 1];
	if (is_argument(c)) {
		close_argument(c, level, tag->begin);
	} else if (node->kind == CVP_NODE_PARENT) {
		close_parent(c, level);
	} else {
		c->line.tags++;
		c->line.closed_here |= level->node >= c->line.first_node;
	}
	node->end = c->t->node_count;
	c->depth--;
	return true;
}

static bool
add_tag(struct compiler *c, const struct cvp_tag *tag)
{
	if (is_between_arguments(c) && strchr("$/!=", tag->kind) == NULL) {
		complain(c, tag->line, "only blocks {{$name}} belong in a parent");
		return false;
	}
	switch (tag->kind) {
	case '#':
	case '^':
		return open_section(c, tag);
	case '/':
		return close_level(c, tag);
	case '>':
		return add_partial(c, tag);
	case '<':
		return open_parent(c, tag);
	case '$':
		return open_block(c, tag);
	case '!':
	case '=':
		c->line.tags++;
		return true;
	default:
		return add_value(c, tag);
	}
}

static bool
compile(struct compiler *c)
{
	struct cvp_tag tag;
	uint32_t from;

	do {
		const char *complaint;

		from = c->scan.at;
		complaint = cvp_scan_next(&c->scan, &tag);
		if (complaint != NULL) {
			complain(c, tag.line, complaint);
			return false;
		}
		add_text(c, from, tag.begin);
		if (tag.kind != CVP_TAG_NONE && !add_tag(c, &tag))
			return false;
	} while (tag.kind != CVP_TAG_NONE);
	if (c->depth > 0) {
		const struct cvp_node *node = innermost(c);

		cvp_fail(c->ctx, CVP_INVALID_INPUT, "%s:%u: '%.*s' is never closed", c->t->name, node->line,
			 SHOW(c, node->text));
		return false;
	}
	if (line_vanishes(&c->line))
		vanish(c, c->t->length);
	return true;
}

static bool
has_ending(const char *name, const char *ending)
{
	size_t length = strlen(name), wanted = strlen(ending);

	return length >= wanted && strcmp(name + length - wanted, ending) == 0;
}

static void
give_back_room(struct cvp_template *t)
{
	t->nodes = cvp_xrealloc(t->nodes, t->node_count * sizeof(*t->nodes));
	t->keys = cvp_xrealloc(t->keys, t->key_count * sizeof(*t->keys));
	t->node_room = t->node_count;
	t->key_room = t->key_count;
}

struct cvp_template *
cvp_template_compile(struct cvp_ctx *ctx, const char *name, const char *text, size_t length)
{
	struct compiler c = { .ctx = ctx };
	struct cvp_template *t;

	if (length > TEXT_MAX) {
		cvp_fail(ctx, CVP_INVALID_INPUT, "%s:1: larger than %zu bytes", name, TEXT_MAX);
		return NULL;
	}
	t = cvp_xcalloc(1, sizeof(*t));
	t->name = cvp_xstrdup(name);
	t->html = has_ending(name, ".html");
	t->text = cvp_xmalloc(length + 1);
	if (length > 0)
		memcpy(t->text, text, length);
	t->text[length] = '\0';
	t->length = (uint32_t)length;
	c.t = t;
	cvp_scan_init(&c.scan, t->text, t->length);
	if (!compile(&c)) {
		cvp_template_free(t);
		return NULL;
	}
	give_back_room(t);
	return t;
}

void
cvp_template_free(struct cvp_template *t)
{
	if (t == NULL)
		return;
	free(t->name);
	free(t->text);
	free(t->nodes);
	free(t->keys);
	free(t);
}
