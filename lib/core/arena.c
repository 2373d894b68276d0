#include "core/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)16 * 1024)

/* Under AddressSanitizer what is not handed out is poisoned, with a gap behind each allocation: a step beyond one, or a
 * use after reset, is seen as malloc's would be. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER
#endif
#ifdef HAS_SANITIZER
#include <sanitizer/asan_interface.h>
#define POISON(at, size)   ASAN_POISON_MEMORY_REGION(at, size)
#define UNPOISON(at, size) ASAN_UNPOISON_MEMORY_REGION(at, size)
#define GAP                alignof(max_align_t)
#else
#define POISON(at, size)   ((void)(at), (void)(size))
#define UNPOISON(at, size) ((void)(at), (void)(size))
#define GAP                ((size_t)0)
#endif

struct block {
	struct block *next;
	size_t size, used;
	alignas(max_align_t) char data[];
};

struct owned {
	struct owned *next;
	void (*release)(void *);
	void *value;
};

struct cvp_arena {
	struct block *first; /* kept over resets */
	struct block *current;
	struct owned *owned;
	void *notes[CVP_ARENA_NOTES];
};

void
cvp_out_of_memory(void)
{
	static const char line[] = "{\"level\":\"error\",\"event\":\"out_of_memory\"}\n";

	fputs(line, stderr);
	_Exit(70); /* EX_SOFTWARE; nothing more can be done safely */
}

void *
cvp_xmalloc(size_t size)
{
	void *memory = malloc(size > 0 ? size : 1);

	if (memory == NULL)
		cvp_out_of_memory();
	return memory;
}

void *
cvp_xcalloc(size_t count, size_t size)
{
	void *memory = calloc(count > 0 ? count : 1, size > 0 ? size : 1);

	if (memory == NULL)
		cvp_out_of_memory();
	return memory;
}

void *
cvp_xrealloc(void *old, size_t size)
{
	void *memory = realloc(old, size > 0 ? size : 1);

	if (memory == NULL)
		cvp_out_of_memory();
	return memory;
}

char *
cvp_xstrdup(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(cvp_xmalloc(size), text, size);
}

static struct block *
block_new(size_t size)
{
	struct block *block = cvp_xmalloc(sizeof(*block) + size);

	block->next = NULL;
	block->size = size;
	block->used = 0;
	POISON(block->data, size);
	return block;
}

struct cvp_arena *
cvp_arena_new(size_t first_block)
{
	struct cvp_arena *arena = cvp_xcalloc(1, sizeof(*arena));

	arena->first = block_new(first_block);
	arena->current = arena->first;
	return arena;
}

static void
release_owned(struct cvp_arena *arena)
{
	for (struct owned *owned = arena->owned; owned != NULL; owned = owned->next)
		owned->release(owned->value);
	arena->owned = NULL;
}

static void
release_blocks(struct block *block)
{
	while (block != NULL) {
		struct block *next = block->next;

		free(block);
		block = next;
	}
}

void
cvp_arena_reset(struct cvp_arena *arena)
{
	release_owned(arena);
	release_blocks(arena->first->next);
	memset(arena->notes, 0, sizeof(arena->notes));
	arena->first->next = NULL;
	arena->first->used = 0;
	arena->current = arena->first;
	POISON(arena->first->data, arena->first->size);
}

void
cvp_arena_free(struct cvp_arena *arena)
{
	if (arena == NULL)
		return;
	release_owned(arena);
	release_blocks(arena->first);
	free(arena);
}

void *
cvp_arena_alloc(struct cvp_arena *arena, size_t size)
{
	struct block *block = arena->current;
	size_t room;
	void *memory;

	if (size > SIZE_MAX / 2)
		cvp_out_of_memory();
	room = ((size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1)) + GAP;
	if (block->size - block->used < room) {
		block = block_new(room > BLOCK_SIZE ? room : BLOCK_SIZE);
		arena->current->next = block;
		arena->current = block;
	}
	memory = block->data + block->used;
	block->used += room;
	UNPOISON(memory, size);
	return memset(memory, 0, size);
}

void *
cvp_arena_grow(struct cvp_arena *arena, const void *old, size_t old_size, size_t new_size)
{
	void *memory = cvp_arena_alloc(arena, new_size);

	if (old_size > 0)
		memcpy(memory, old, old_size < new_size ? old_size : new_size);
	return memory;
}

char *
cvp_arena_strndup(struct cvp_arena *arena, const char *text, size_t length)
{
	char *copy = cvp_arena_alloc(arena, length + 1);

	memcpy(copy, text, length);
	return copy;
}

char *
cvp_arena_strdup(struct cvp_arena *arena, const char *text)
{
	return cvp_arena_strndup(arena, text, strlen(text));
}

char *
cvp_arena_vprintf(struct cvp_arena *arena, const char *format, va_list args)
{
	va_list again;
	char *text;
	int length;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		return cvp_arena_strdup(arena, "");
	text = cvp_arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, args);
	return text;
}

char *
cvp_arena_printf(struct cvp_arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = cvp_arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void **
cvp_arena_note(struct cvp_arena *arena, enum cvp_arena_note note)
{
	return &arena->notes[note];
}

void
cvp_arena_at_reset(struct cvp_arena *arena, void (*release)(void *), void *value)
{
	struct owned *owned = cvp_arena_alloc(arena, sizeof(*owned));

	*owned = (struct owned){ arena->owned, release, value };
	arena->owned = owned;
}

static void
release_json(void *value)
{
	json_decref(value);
}

json_t *
cvp_arena_own(struct cvp_arena *arena, json_t *value)
{
	if (value != NULL)
		cvp_arena_at_reset(arena, release_json, value);
	return value;
}
