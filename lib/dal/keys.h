/* keys.h - the keys of a program: sealing at rest, keyed hashes, signed links (SPEC 12).
 *
 * Read once at start from the files DATA_KEY_FILE, HASH_KEY_FILE and LINK_KEY_FILE name; immutable; any thread. */
#ifndef CVP_DAL_KEYS_H
#define CVP_DAL_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"

#define CVP_KEY_BYTES 32
#define CVP_KEY_HEX   (2 * CVP_KEY_BYTES + 1)

struct cvp_ctx;
struct cvp_keys;

/* CVP_INVALID_INPUT names the setting and what is wrong with its file. */
CVP_CHECKED enum cvp_code cvp_keys_load(struct cvp_ctx *ctx, struct cvp_keys **keys);

/* Keys for tests: one data key with id 1, all bytes derived from seed. */
struct cvp_keys *cvp_keys_for_test(unsigned char seed);
void cvp_keys_free(struct cvp_keys *keys);

/* The key that seals now, and its id (1..255). */
const unsigned char *cvp_keys_newest(const struct cvp_keys *keys, unsigned char *id);

/* The data key with that id, NULL where there is none. */
const unsigned char *cvp_keys_find(const struct cvp_keys *keys, unsigned char id);

/* HMAC-SHA256 under the key of hashes (emails, rate subjects) or of links. */
void cvp_keys_hash(const struct cvp_keys *keys, const char *text, unsigned char hash[CVP_KEY_BYTES]);
void cvp_keys_sign(const struct cvp_keys *keys, const char *text, unsigned char mac[CVP_KEY_BYTES]);

#endif
