#include "text/diff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/ctx.h"

#define SPACE " \t\n\r\v\f"

/* A word and the white space behind it; that before the first word belongs to the first. */
struct token {
	const char *start;
	size_t length; /* with white space */
	const char *word;
	size_t word_length;
};

struct tokens {
	struct token *rows;
	size_t count;
};

static struct tokens
tokens_of(struct cvp_ctx *ctx, const char *text)
{
	struct tokens tokens = { .rows = cvp_arena_alloc(ctx->arena, (strlen(text) / 2 + 1) * sizeof(struct token)) };
	const char *start = text, *at = text + strspn(text, SPACE);

	while (*at != '\0') {
		size_t word = strcspn(at, SPACE), space = strspn(at + word, SPACE);

		tokens.rows[tokens.count++] = (struct token){ start, (size_t)(at - start) + word + space, at, word };
		at += word + space;
		start = at;
	}
	return tokens;
}

static bool
is_same(const struct token *a, const struct token *b)
{
	return a->word_length == b->word_length && memcmp(a->word, b->word, a->word_length) == 0;
}

/* Words of both texts, and the runs in the making. */
struct differ {
	struct cvp_ctx *ctx;
	struct tokens before, after;
	struct cvp_diff diff;
	const char *run_start; /* of the open run; NULL: none */
	size_t run_length;
	enum cvp_diff_kind run_kind;
};

static void
close_run(struct differ *d)
{
	if (d->run_start != NULL)
		d->diff.runs[d->diff.count++] =
		    (struct cvp_diff_run){ d->run_kind, cvp_arena_strndup(d->ctx->arena, d->run_start, d->run_length) };
	d->run_start = NULL;
}

/* Tokens of one kind follow each other in their text, so a run is one piece of it. */
static void
put(struct differ *d, enum cvp_diff_kind kind, const struct token *token)
{
	if (d->run_start == NULL || d->run_kind != kind) {
		close_run(d);
		d->run_start = token->start;
		d->run_length = 0;
		d->run_kind = kind;
	}
	d->run_length += token->length;
}

/* A stretch of both texts, from..end. */
struct stretch {
	size_t before, before_end, after, after_end;
};

static void
put_all(struct differ *d, struct stretch s)
{
	for (size_t i = s.before; i < s.before_end; i++)
		put(d, CVP_DIFF_GONE, &d->before.rows[i]);
	for (size_t i = s.after; i < s.after_end; i++)
		put(d, CVP_DIFF_NEW, &d->after.rows[i]);
}

/* lengths[i][j]: of the longest common subsequence of the stretch's rests from i and j. */
static uint16_t *
lengths_of(const struct differ *d, struct stretch s)
{
	size_t rows = s.before_end - s.before, width = s.after_end - s.after + 1;
	uint16_t *lengths = cvp_arena_alloc(d->ctx->arena, (rows + 1) * width * sizeof(*lengths));

	for (size_t i = rows; i-- > 0;) {
		for (size_t j = width - 1; j-- > 0;) {
			uint16_t down = lengths[(i + 1) * width + j], right = lengths[i * width + j + 1];

			if (is_same(&d->before.rows[s.before + i], &d->after.rows[s.after + j]))
				lengths[i * width + j] = (uint16_t)(lengths[(i + 1) * width + j + 1] + 1);
			else
				lengths[i * width + j] = down >= right ? down : right;
		}
	}
	return lengths;
}

static void
walk(struct differ *d, struct stretch s)
{
	size_t rows = s.before_end - s.before, width = s.after_end - s.after + 1, i = 0, j = 0;
	const uint16_t *lengths = lengths_of(d, s);

	while (i < rows && j < width - 1) {
		const struct token *gone = &d->before.rows[s.before + i], *new = &d->after.rows[s.after + j];

		if (is_same(gone, new)) {
			put(d, CVP_DIFF_SAME, new);
			i++;
			j++;
		} else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
			put(d, CVP_DIFF_GONE, gone);
			i++;
		} else {
			put(d, CVP_DIFF_NEW, new);
			j++;
		}
	}
	put_all(d, (struct stretch){ s.before + i, s.before_end, s.after + j, s.after_end });
}

struct cvp_diff
cvp_diff_words(struct cvp_ctx *ctx, const char *before, const char *after)
{
	struct differ d = { .ctx = ctx, .before = tokens_of(ctx, before), .after = tokens_of(ctx, after) };
	struct stretch s = { 0, d.before.count, 0, d.after.count };

	d.diff.runs = cvp_arena_alloc(ctx->arena, (d.before.count + d.after.count + 1) * sizeof(*d.diff.runs));
	for (; s.before < s.before_end && s.after < s.after_end &&
	       is_same(&d.before.rows[s.before], &d.after.rows[s.after]);
	     s.before++, s.after++)
		put(&d, CVP_DIFF_SAME, &d.after.rows[s.after]);
	while (s.before_end > s.before && s.after_end > s.after &&
	       is_same(&d.before.rows[s.before_end - 1], &d.after.rows[s.after_end - 1])) {
		s.before_end--;
		s.after_end--;
	}
	if (s.before_end - s.before > CVP_DIFF_WORDS || s.after_end - s.after > CVP_DIFF_WORDS)
		put_all(&d, s);
	else
		walk(&d, s);
	for (size_t i = s.after_end; i < d.after.count; i++)
		put(&d, CVP_DIFF_SAME, &d.after.rows[i]);
	close_run(&d);
	return d.diff;
}
