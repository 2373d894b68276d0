/* seal.h - bodies at rest (SPEC 12): format byte, key id, nonce, XChaCha20-Poly1305(zstd(bytes)).
 *
 * A sealed body is bound to its table, column and key, so that bytes moved to another row do not open. A codec holds
 * the compression state and belongs to one thread; the keys behind it are shared. */
#ifndef CVP_DAL_SEAL_H
#define CVP_DAL_SEAL_H

#include <jansson.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/code.h"

#define CVP_BODY_MAX ((size_t)32 * 1024 * 1024) /* bytes of one body before sealing */

struct cvp_codec;
struct cvp_ctx;
struct cvp_keys;

/* Where a body stands: key is the row's primary key, its parts joined with '#'. */
struct cvp_place {
	const char *table, *column, *key;
};

struct cvp_codec *cvp_codec_new(const struct cvp_keys *keys); /* keys: borrowed */
void cvp_codec_free(struct cvp_codec *codec);

/* Appends the sealed bytes to out. */
CVP_CHECKED enum cvp_code cvp_seal(struct cvp_ctx *ctx, struct cvp_codec *codec, struct cvp_place place,
				   const void *bytes, size_t length, struct cvp_buf *out);
CVP_CHECKED enum cvp_code cvp_seal_json(struct cvp_ctx *ctx, struct cvp_codec *codec, struct cvp_place place,
					const json_t *value, struct cvp_buf *out);

/* Opens a sealed body; *bytes is in the context's arena, NUL-terminated. CVP_INTEGRITY_ERROR where a bit differs, the
 * place is another one or the key is not there. */
CVP_CHECKED enum cvp_code cvp_unseal(struct cvp_ctx *ctx, struct cvp_codec *codec, struct cvp_place place,
				     const void *sealed, size_t sealed_length, const char **bytes, size_t *length);
CVP_CHECKED enum cvp_code cvp_unseal_json(struct cvp_ctx *ctx, struct cvp_codec *codec, struct cvp_place place,
					  const void *sealed, size_t sealed_length, json_t **value);

#endif
