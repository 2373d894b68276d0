/* arena.h - memory that dies together: one arena a request or a job, reset between them.
 *
 * Allocation never fails: when memory is out the program logs a line and exits, leases recover the work. JSON values
 * given to cvp_arena_own() are released at reset. An arena belongs to one thread at a time. */
#ifndef CVP_CORE_ARENA_H
#define CVP_CORE_ARENA_H

#include <jansson.h>
#include <stdarg.h>
#include <stddef.h>

#include "core/code.h"

struct cvp_arena;

/* first_block: bytes kept over resets; what a usual request needs. */
struct cvp_arena *cvp_arena_new(size_t first_block);
void cvp_arena_free(struct cvp_arena *arena);

/* Ends the life of everything allocated or owned since the last reset. */
void cvp_arena_reset(struct cvp_arena *arena);

/* Zeroed, aligned for any type, until reset. A size of 0 gives a valid pointer. */
void *cvp_arena_alloc(struct cvp_arena *arena, size_t size);

/* A new block of new_size bytes that begins with the old_size bytes of old (which may be NULL). */
void *cvp_arena_grow(struct cvp_arena *arena, const void *old, size_t old_size, size_t new_size);

char *cvp_arena_strdup(struct cvp_arena *arena, const char *text);
char *cvp_arena_strndup(struct cvp_arena *arena, const char *text, size_t length);
char *cvp_arena_printf(struct cvp_arena *arena, const char *format, ...) CVP_PRINTF(2, 3);
char *cvp_arena_vprintf(struct cvp_arena *arena, const char *format, va_list args) CVP_PRINTF(2, 0);

/* Has release(value) called at reset, the last given first. */
void cvp_arena_at_reset(struct cvp_arena *arena, void (*release)(void *), void *value);

/* What a module knows of the arena's contents, kept as long as they: a place of its own for each, NULL after a reset.
 */
enum cvp_arena_note { CVP_ARENA_WORDS, CVP_ARENA_NOTES };
void **cvp_arena_note(struct cvp_arena *arena, enum cvp_arena_note note);

/* Takes the reference given and returns the same value, valid until reset. NULL stays NULL. */
json_t *cvp_arena_own(struct cvp_arena *arena, json_t *value);

/* Says so in a line and ends the program: for libraries that report it where this module could not. */
_Noreturn void cvp_out_of_memory(void);

/* malloc, realloc and strdup that never return NULL; released by free(). For what outlives an arena. */
void *cvp_xmalloc(size_t size);
void *cvp_xcalloc(size_t count, size_t size);
void *cvp_xrealloc(void *old, size_t size);
char *cvp_xstrdup(const char *text);

#endif
