#include "core/id.h"

#include <sodium.h>
#include <string.h>

/* 16 bytes written as a UUID of that version. */
static struct cvp_uuid
uuid_of(unsigned char bytes[16], unsigned version)
{
	static const size_t dashes[] = { 8, 13, 18, 23 };
	struct cvp_uuid id;
	char hex[33];
	size_t from = 0, at = 0;

	bytes[6] = (unsigned char)((bytes[6] & 0x0f) | version << 4);
	bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
	cvp_hex(bytes, 16, hex);
	for (size_t i = 0; i < CVP_UUID_SIZE - 1; i++) {
		if (at < 4 && i == dashes[at]) {
			id.text[i] = '-';
			at++;
		} else {
			id.text[i] = hex[from++];
		}
	}
	id.text[CVP_UUID_SIZE - 1] = '\0';
	return id;
}

struct cvp_uuid
cvp_uuid_new(void)
{
	unsigned char random[16];

	randombytes_buf(random, sizeof(random));
	return uuid_of(random, 4);
}

struct cvp_uuid
cvp_uuid_named(const char *name)
{
	unsigned char digest[CVP_SHA256_BYTES];

	cvp_sha256(name, strlen(name), digest);
	return uuid_of(digest, 8);
}

bool
cvp_id_is_valid(const char *text)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:@-";
	size_t length = strlen(text);

	if (length < 1 || length > CVP_ID_MAX || strspn(text, alphabet) != length)
		return false;
	return strcmp(text, ".") != 0 && strcmp(text, "..") != 0 && strcmp(text, "new") != 0;
}

void
cvp_token_new(char token[CVP_TOKEN_SIZE])
{
	unsigned char random[CVP_TOKEN_BYTES];

	randombytes_buf(random, sizeof(random));
	memcpy(token, CVP_TOKEN_PREFIX, sizeof(CVP_TOKEN_PREFIX));
	sodium_bin2base64(token + sizeof(CVP_TOKEN_PREFIX) - 1, CVP_TOKEN_SIZE - sizeof(CVP_TOKEN_PREFIX) + 1, random,
			  sizeof(random), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(random, sizeof(random));
}

void
cvp_sha256(const void *bytes, size_t length, unsigned char digest[CVP_SHA256_BYTES])
{
	crypto_hash_sha256(digest, bytes, length);
}

void
cvp_hex(const unsigned char *bytes, size_t length, char *hex)
{
	sodium_bin2hex(hex, length * 2 + 1, bytes, length);
}

void
cvp_sha256_hex(const void *bytes, size_t length, char hex[CVP_SHA256_HEX])
{
	unsigned char digest[CVP_SHA256_BYTES];

	cvp_sha256(bytes, length, digest);
	cvp_hex(digest, sizeof(digest), hex);
}
