/* format.h - the `format`s that are assertions here: date, date-time, email, uri, uuid. Any thread. */
#ifndef CVP_SCHEMA_FORMAT_H
#define CVP_SCHEMA_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

struct cvp_format {
	const char *name;
	bool (*accepts)(const char *text, size_t length);
	const char *sentence; /* "must be a date, such as 2026-11-21" */
};

/* The format of that name, or NULL: all others are annotations. Static. */
const struct cvp_format *cvp_format_named(const char *name);

#endif
