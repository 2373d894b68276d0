#include "dal/keys.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/ctx.h"

#define KEY_IDS 256

struct cvp_keys {
	unsigned char data[KEY_IDS][CVP_KEY_BYTES];
	bool has[KEY_IDS];
	unsigned char newest; /* 0: none read yet */
	unsigned char hash[CVP_KEY_BYTES], link[CVP_KEY_BYTES];
};

static enum cvp_code
bad_file(struct cvp_ctx *ctx, enum cvp_setting setting, const char *why)
{
	return cvp_fail(ctx, CVP_INVALID_INPUT, "%s: %s", cvp_setting_info(setting).name, why);
}

static enum cvp_code
open_key_file(struct cvp_ctx *ctx, enum cvp_setting setting, FILE **file)
{
	const char *path = cvp_config_text(ctx->config, setting);

	if (*path == '\0')
		return bad_file(ctx, setting, "not set; `careervp keys new FILE` makes one");
	*file = fopen(path, "r");
	return *file != NULL ? CVP_OK : bad_file(ctx, setting, strerror(errno));
}

static bool
read_hex_key(const char *hex, unsigned char key[CVP_KEY_BYTES])
{
	size_t length;

	return strlen(hex) == CVP_KEY_HEX - 1 &&
	       sodium_hex2bin(key, CVP_KEY_BYTES, hex, CVP_KEY_HEX - 1, NULL, &length, NULL) == 0 &&
	       length == CVP_KEY_BYTES;
}

static bool
read_line(FILE *file, char line[256])
{
	if (fgets(line, 256, file) == NULL)
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	return true;
}

/* "3 0123…": id, space, key. */
static bool
take_data_line(struct cvp_keys *keys, const char *line)
{
	char *end;
	long id = strtol(line, &end, 10);

	if (id < 1 || id >= KEY_IDS || *end != ' ' || keys->has[id] || !read_hex_key(end + 1, keys->data[id]))
		return false;
	keys->has[id] = true;
	keys->newest = (unsigned char)id;
	return true;
}

static enum cvp_code
load_data_keys(struct cvp_ctx *ctx, struct cvp_keys *keys)
{
	enum cvp_code code;
	char line[256];
	FILE *file;

	code = open_key_file(ctx, CVP_SET_DATA_KEY_FILE, &file);
	if (code != CVP_OK)
		return code;
	while (code == CVP_OK && read_line(file, line))
		if (*line != '\0' && *line != '#' && !take_data_line(keys, line))
			code = bad_file(ctx, CVP_SET_DATA_KEY_FILE,
					"a line is not `id 64-hex-digits` with an id of 1 to 255, each once");
	fclose(file);
	sodium_memzero(line, sizeof(line));
	if (code == CVP_OK && keys->newest == 0)
		code = bad_file(ctx, CVP_SET_DATA_KEY_FILE, "holds no key");
	return code;
}

static enum cvp_code
load_one_key(struct cvp_ctx *ctx, enum cvp_setting setting, unsigned char key[CVP_KEY_BYTES])
{
	enum cvp_code code;
	char line[256];
	FILE *file;

	code = open_key_file(ctx, setting, &file);
	if (code != CVP_OK)
		return code;
	if (!read_line(file, line) || !read_hex_key(line, key))
		code = bad_file(ctx, setting, "must hold 64 hex digits");
	fclose(file);
	sodium_memzero(line, sizeof(line));
	return code;
}

enum cvp_code
cvp_keys_load(struct cvp_ctx *ctx, struct cvp_keys **keys)
{
	struct cvp_keys *loaded = cvp_xcalloc(1, sizeof(*loaded));
	enum cvp_code code;

	code = load_data_keys(ctx, loaded);
	if (code == CVP_OK)
		code = load_one_key(ctx, CVP_SET_HASH_KEY_FILE, loaded->hash);
	if (code == CVP_OK)
		code = load_one_key(ctx, CVP_SET_LINK_KEY_FILE, loaded->link);
	if (code == CVP_OK)
		*keys = loaded;
	else
		cvp_keys_free(loaded);
	return code;
}

struct cvp_keys *
cvp_keys_for_test(unsigned char seed)
{
	struct cvp_keys *keys = cvp_xcalloc(1, sizeof(*keys));

	memset(keys->data[1], seed, CVP_KEY_BYTES);
	memset(keys->hash, seed + 1, CVP_KEY_BYTES);
	memset(keys->link, seed + 2, CVP_KEY_BYTES);
	keys->has[1] = true;
	keys->newest = 1;
	return keys;
}

void
cvp_keys_free(struct cvp_keys *keys)
{
	if (keys == NULL)
		return;
	sodium_memzero(keys, sizeof(*keys));
	free(keys);
}

const unsigned char *
cvp_keys_newest(const struct cvp_keys *keys, unsigned char *id)
{
	*id = keys->newest;
	return keys->data[keys->newest];
}

const unsigned char *
cvp_keys_find(const struct cvp_keys *keys, unsigned char id)
{
	return keys->has[id] ? keys->data[id] : NULL;
}

void
cvp_keys_hash(const struct cvp_keys *keys, const char *text, unsigned char hash[CVP_KEY_BYTES])
{
	crypto_auth_hmacsha256(hash, (const unsigned char *)text, strlen(text), keys->hash);
}

void
cvp_keys_sign(const struct cvp_keys *keys, const char *text, unsigned char mac[CVP_KEY_BYTES])
{
	crypto_auth_hmacsha256(mac, (const unsigned char *)text, strlen(text), keys->link);
}
