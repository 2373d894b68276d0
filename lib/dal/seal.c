#include "dal/seal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "core/ctx.h"
#include "dal/keys.h"

#define FORMAT        1
#define NONCE_BYTES   crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES     crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HEADER_BYTES  (2 + NONCE_BYTES)
#define ZSTD_LEVEL    1
#define KEEP_CODEC_UP ((size_t)512 * 1024) /* a larger compression state is given back after use */

struct cvp_codec {
	const struct cvp_keys *keys;
	ZSTD_CCtx *compress;
	ZSTD_DCtx *expand;
};

struct cvp_codec *
cvp_codec_new(const struct cvp_keys *keys)
{
	struct cvp_codec *codec = cvp_xcalloc(1, sizeof(*codec));

	codec->keys = keys;
	return codec;
}

void
cvp_codec_free(struct cvp_codec *codec)
{
	if (codec == NULL)
		return;
	ZSTD_freeCCtx(codec->compress);
	ZSTD_freeDCtx(codec->expand);
	free(codec);
}

/* The additional data: place, each part with its NUL, so that no two places read alike. */
static const unsigned char *
place_bytes(struct cvp_ctx *ctx, struct cvp_place place, size_t *length)
{
	size_t table = strlen(place.table) + 1, column = strlen(place.column) + 1, key = strlen(place.key) + 1;
	unsigned char *bytes = cvp_arena_alloc(ctx->arena, table + column + key);

	memcpy(bytes, place.table, table);
	memcpy(bytes + table, place.column, column);
	memcpy(bytes + table + column, place.key, key);
	*length = table + column + key;
	return bytes;
}

static enum cvp_code
compress(struct cvp_ctx *ctx, struct cvp_codec *codec, const void *bytes, size_t length, void **packed, size_t *size)
{
	size_t bound = ZSTD_compressBound(length);

	if (length > CVP_BODY_MAX)
		return cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "The content is too large to be stored.");
	if (codec->compress == NULL)
		codec->compress = ZSTD_createCCtx();
	*packed = cvp_arena_alloc(ctx->arena, bound);
	*size = ZSTD_compressCCtx(codec->compress, *packed, bound, bytes, length, ZSTD_LEVEL);
	if (ZSTD_isError(*size))
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "A body could not be compressed.");
	if (ZSTD_sizeof_CCtx(codec->compress) > KEEP_CODEC_UP) {
		ZSTD_freeCCtx(codec->compress);
		codec->compress = NULL;
	}
	return CVP_OK;
}

enum cvp_code
cvp_seal(struct cvp_ctx *ctx, struct cvp_codec *codec, struct cvp_place place, const void *bytes, size_t length,
	 struct cvp_buf *out)
{
	const unsigned char *key, *place_data;
	unsigned char key_id, *to;
	size_t packed_size = 0, place_size;
	void *packed = NULL;
	enum cvp_code code;

	code = compress(ctx, codec, bytes, length, &packed, &packed_size);
	if (code != CVP_OK)
		return code;
	key = cvp_keys_newest(codec->keys, &key_id);
	place_data = place_bytes(ctx, place, &place_size);
	to = (unsigned char *)cvp_buf_reserve(out, HEADER_BYTES + packed_size + TAG_BYTES);
	if (to == NULL)
		return cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "The content is too large to be stored.");
	to[0] = FORMAT;
	to[1] = key_id;
	randombytes_buf(to + 2, NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(to + HEADER_BYTES, NULL, packed, packed_size, place_data, place_size,
						   NULL, to + 2, key);
	cvp_buf_used(out, HEADER_BYTES + packed_size + TAG_BYTES);
	return CVP_OK;
}

enum cvp_code
cvp_seal_json(struct cvp_ctx *ctx, struct cvp_codec *codec, struct cvp_place place, const json_t *value,
	      struct cvp_buf *out)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	enum cvp_code code;

	if (text == NULL)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "A body could not be written as JSON.");
	code = cvp_seal(ctx, codec, place, text, strlen(text), out);
	sodium_memzero(text, strlen(text));
	free(text);
	return code;
}

static enum cvp_code
damaged(struct cvp_ctx *ctx, struct cvp_place place)
{
	return cvp_fail(ctx, CVP_INTEGRITY_ERROR, "A stored body (%s.%s) is damaged or its key is missing.",
			place.table, place.column);
}

static enum cvp_code
decrypt(struct cvp_ctx *ctx, struct cvp_codec *codec, struct cvp_place place, const unsigned char *sealed,
	size_t length, unsigned char **packed, size_t *size)
{
	const unsigned char *key, *place_data;
	size_t place_size;

	if (length < HEADER_BYTES + TAG_BYTES || sealed[0] != FORMAT)
		return damaged(ctx, place);
	key = cvp_keys_find(codec->keys, sealed[1]);
	if (key == NULL)
		return damaged(ctx, place);
	*size = length - HEADER_BYTES - TAG_BYTES;
	*packed = cvp_arena_alloc(ctx->arena, *size);
	place_data = place_bytes(ctx, place, &place_size);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(*packed, NULL, NULL, sealed + HEADER_BYTES,
						       length - HEADER_BYTES, place_data, place_size, sealed + 2,
						       key) != 0)
		return damaged(ctx, place);
	return CVP_OK;
}

enum cvp_code
cvp_unseal(struct cvp_ctx *ctx, struct cvp_codec *codec, struct cvp_place place, const void *sealed,
	   size_t sealed_length, const char **bytes, size_t *length)
{
	unsigned char *packed = NULL;
	unsigned long long content;
	size_t packed_size = 0;
	enum cvp_code code;
	char *text;

	code = decrypt(ctx, codec, place, sealed, sealed_length, &packed, &packed_size);
	if (code != CVP_OK)
		return code;
	content = ZSTD_getFrameContentSize(packed, packed_size);
	if (content > CVP_BODY_MAX) /* also the two error values */
		return damaged(ctx, place);
	if (codec->expand == NULL)
		codec->expand = ZSTD_createDCtx();
	text = cvp_arena_alloc(ctx->arena, (size_t)content + 1);
	if (ZSTD_decompressDCtx(codec->expand, text, (size_t)content, packed, packed_size) != content)
		return damaged(ctx, place);
	*bytes = text;
	*length = (size_t)content;
	return CVP_OK;
}

enum cvp_code
cvp_unseal_json(struct cvp_ctx *ctx, struct cvp_codec *codec, struct cvp_place place, const void *sealed,
		size_t sealed_length, json_t **value)
{
	enum cvp_code code;
	const char *text;
	size_t length;
	json_t *parsed;

	code = cvp_unseal(ctx, codec, place, sealed, sealed_length, &text, &length);
	if (code != CVP_OK)
		return code;
	parsed = json_loadb(text, length, JSON_DECODE_ANY, NULL);
	if (parsed == NULL)
		return damaged(ctx, place);
	*value = cvp_own(ctx, parsed);
	return CVP_OK;
}
