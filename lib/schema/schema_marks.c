/* schema_marks.c - bit sets of members and items; allocated only past 128 of them. */
#include <stdlib.h>
#include <string.h>

#include "schema/schema_run.h"

static size_t
word_count(const struct schema_marks *marks)
{
	return (marks->count + 63) / 64;
}

static uint64_t *
words_of(struct schema_marks *marks)
{
	return marks->words != NULL ? marks->words : marks->inlined;
}

static const uint64_t *
words_seen(const struct schema_marks *marks)
{
	return marks->words != NULL ? marks->words : marks->inlined;
}

void
cvp_schema_marks_begin(struct schema_marks *marks, size_t count)
{
	*marks = (struct schema_marks){ .count = count };
	if (word_count(marks) > SCHEMA_MARKS_INLINE)
		marks->words = cvp_xcalloc(word_count(marks), sizeof(*marks->words));
}

void
cvp_schema_marks_end(struct schema_marks *marks)
{
	free(marks->words);
}

void
cvp_schema_marks_merge(struct schema_marks *into, const struct schema_marks *from)
{
	for (size_t i = 0; i < word_count(into); i++)
		words_of(into)[i] |= words_seen(from)[i];
}

bool
cvp_schema_is_marked(const struct schema_marks *marks, size_t index)
{
	return (words_seen(marks)[index / 64] >> index % 64 & 1) != 0;
}

void
cvp_schema_mark(struct schema_marks *marks, size_t index)
{
	if (marks != NULL)
		words_of(marks)[index / 64] |= UINT64_C(1) << index % 64;
}

void
cvp_schema_mark_all(struct schema_marks *marks)
{
	if (marks != NULL)
		memset(words_of(marks), 0xFF, word_count(marks) * sizeof(*marks->words));
}
