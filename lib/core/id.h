/* id.h - identifiers and their alphabet (SPEC 2.1), random tokens, and short encodings. Any thread. */
#ifndef CVP_CORE_ID_H
#define CVP_CORE_ID_H

#include <stdbool.h>
#include <stddef.h>

#define CVP_ID_MAX       255
#define CVP_UUID_SIZE    sizeof("00000000-0000-4000-8000-000000000000")
#define CVP_SHA256_BYTES 32
#define CVP_SHA256_HEX   65 /* with its NUL */
#define CVP_TOKEN_BYTES  32 /* of randomness in a credential */
#define CVP_TOKEN_PREFIX "cvp_"
#define CVP_TOKEN_SIZE   (sizeof(CVP_TOKEN_PREFIX) + 43) /* prefix, base64url of 32 bytes, NUL */

struct cvp_uuid {
	char text[CVP_UUID_SIZE]; /* lowercase */
};

struct cvp_uuid cvp_uuid_new(void); /* random: version 4 */

/* Equal names, equal ids: of the name's SHA-256, version 8 (RFC 9562). */
struct cvp_uuid cvp_uuid_named(const char *name);

/* [A-Za-z0-9._:@-]{1,255}, and none of ".", "..", "new", which are words of our paths. */
bool cvp_id_is_valid(const char *text);

/* A credential of 32 random bytes: "cvp_" and base64url. */
void cvp_token_new(char token[CVP_TOKEN_SIZE]);

void cvp_sha256(const void *bytes, size_t length, unsigned char digest[CVP_SHA256_BYTES]);
void cvp_sha256_hex(const void *bytes, size_t length, char hex[CVP_SHA256_HEX]);

/* Lowercase hex of `length` bytes; hex holds 2*length+1. */
void cvp_hex(const unsigned char *bytes, size_t length, char *hex);

#endif
