/* fake_db.h - stands in for dal/db.h at link time: the table `artifacts` in memory, and a database that can be away.
 *
 * It knows the statements of the repositories it is linked with by their names and keeps what they bind, byte for byte,
 * with the table's two unique keys. What it does is proved again on Postgres in tests/stack. One thread. */
#ifndef CVP_TEST_FAKE_DB_H
#define CVP_TEST_FAKE_DB_H

#include <stdbool.h>
#include <stddef.h>

#include "core/ctx.h"

/* A context with the fake as its database, and with keys for tests; its clock stands at `now` until it is moved. */
struct fake_db {
	struct cvp_ctx ctx;
	struct cvp_clock clock;
};

void fake_db_open(struct fake_db *fake, int64_t now);
void fake_db_close(struct fake_db *fake);

/* From now on every call fails as if the server were gone; or no more. */
void fake_db_lose(bool is_lost);

/* How many transactions are open: 0 when all that began has ended. Rows written in one that ended without a commit are
 * gone. */
int fake_db_open_transactions(void);

size_t fake_db_rows(void);

/* Flips a bit of the body of the row last written. */
void fake_db_damage(void);

#endif
