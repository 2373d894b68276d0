/* tree.h - a compiled template: its text and, in one array in the order of the text, what to do with it.
 *
 * A node's content (of a section, a block, a parent) follows it in the array and ends before node.end, so that a walk
 * is an index and leaving a section out is a jump. All text is borrowed from the template's own copy by offset. Private
 * to this folder. */
#ifndef CVP_TEMPLATE_TREE_H
#define CVP_TEMPLATE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/code.h"
#include "template/template.h"

/* A part of a template's text. */
struct cvp_span {
	uint32_t at, length; /* bytes */
};

enum cvp_node_kind {
	CVP_NODE_TEXT,     /* text: printed as it stands */
	CVP_NODE_VALUE,    /* {{text}} */
	CVP_NODE_SECTION,  /* {{#text}} */
	CVP_NODE_INVERTED, /* {{^text}} */
	CVP_NODE_PARTIAL,  /* {{>text}} */
	CVP_NODE_PARENT,   /* {{<text}}; its content is blocks only */
	CVP_NODE_BLOCK     /* {{$text}}: inside a parent what it is given, elsewhere the place and its default */
};

struct cvp_template;

struct cvp_node {
	uint8_t kind;         /* enum cvp_node_kind */
	bool raw;             /* value: never escaped */
	bool dynamic;         /* partial, parent: text is a path to the name, {{>*text}} */
	bool standalone;      /* partial, parent, block: alone on its line, which vanished */
	uint32_t line;        /* of the tag, from 1 */
	uint32_t end;         /* the first node after this one's content */
	uint32_t keys;        /* value, section, dynamic name: the first of its keys in the template */
	uint32_t key_count;   /* 0: the implicit iterator {{.}} */
	struct cvp_span text; /* the literal, or the name */
	struct cvp_span indent;
	const struct cvp_template *target; /* partial, parent: set by linking */
};

struct cvp_template {
	char *name;
	bool html; /* values are escaped */
	char *text;
	uint32_t length;
	struct cvp_node *nodes;
	uint32_t node_count, node_room;
	struct cvp_span *keys; /* names split at their dots */
	uint32_t key_count, key_room;
};

struct cvp_templates {
	struct cvp_template **sorted; /* by name, in byte order */
	size_t count, room;
	bool linked; /* every target is set */
};

static inline const char *
cvp_span_text(const struct cvp_template *t, struct cvp_span span)
{
	return t->text + span.at;
}

/* A copy of text compiled under name. NULL when it is not a template; then ctx says why. */
struct cvp_template *cvp_template_compile(struct cvp_ctx *ctx, const char *name, const char *text, size_t length);
void cvp_template_free(struct cvp_template *t);

/* NULL: there is none of that name. */
const struct cvp_template *cvp_templates_find(const struct cvp_templates *set, const char *name);

/* The template that `name` means in a tag of `from`: of that very name, else with from's ending. NULL: there is none.
 */
const struct cvp_template *cvp_templates_resolve(const struct cvp_templates *set, const struct cvp_template *from,
						 const char *name, size_t length);

/* Appends what {{value}} prints: a string as it is, a number as in canonical JSON, true and false; nothing for the rest
 * and for NULL. */
void cvp_template_print(struct cvp_buf *out, const json_t *value, bool escape);

/* What a section takes for false: NULL, null, false, 0, "" and an empty list. */
bool cvp_template_is_false(const json_t *value);

#endif
