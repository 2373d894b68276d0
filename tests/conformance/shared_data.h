/* shared_data.h - what the runners over the shared data have in common: where it is, its files and their names.
 *
 * All results are in the arena given. */
#ifndef CVP_TEST_SHARED_DATA_H
#define CVP_TEST_SHARED_DATA_H

#include <stdbool.h>
#include <stddef.h>

struct cvp_arena;

/* The project's top folder (srcdir), the shared data's (below CVP_SHARED, or beside the project). */
const char *top_folder(void);
const char *data_folder(struct cvp_arena *arena);

bool has_folder(const char *path);

/* Says that the data is not there and nothing was measured. The runner's exit status: a failure where CI=true. */
int without_data(const char *runner, const char *path);

/* A file's bytes with a NUL behind them; NULL where it cannot be read. length may be NULL. */
const char *read_file(struct cvp_arena *arena, const char *path, size_t *length);

/* Names in a folder that end so, sorted; none where the folder is not there. At most `most`. */
size_t list_files(struct cvp_arena *arena, const char *path, const char *ending, const char **names, size_t most);

#endif
