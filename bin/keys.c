/* careervp keys: makes the key files of SPEC 12, each only where it is not there yet. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dal/keys.h"
#include "operator.h"
#include "verbs.h"

static const struct {
	const char *name, *prefix;
} files[] = {
	{ "data.key", "1 " },
	{ "hash.key", "" },
	{ "link.key", "" },
};

static bool
write_key(int fd, const char *prefix)
{
	unsigned char key[CVP_KEY_BYTES];
	char hex[CVP_KEY_HEX];
	bool ok;

	randombytes_buf(key, sizeof(key));
	sodium_bin2hex(hex, sizeof(hex), key, sizeof(key));
	ok = dprintf(fd, "%s%s\n", prefix, hex) > 0 && fsync(fd) == 0;
	sodium_memzero(key, sizeof(key));
	sodium_memzero(hex, sizeof(hex));
	return ok;
}

static bool
make_file(const char *dir, const char *name, const char *prefix)
{
	char path[4096];
	bool ok;
	int fd;

	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= (int)sizeof(path))
		return false;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST;
	ok = write_key(fd, prefix);
	return close(fd) == 0 && ok;
}

int
cvp_verb_keys(int argc, char **argv)
{
	if (argc != 3 || strcmp(argv[1], "new") != 0)
		return cvp_verb_usage(argc, argv, "keys new FOLDER");
	for (size_t i = 0; i < CVP_COUNT(files); i++)
		if (!make_file(argv[2], files[i].name, files[i].prefix)) {
			fprintf(stderr, "careervp keys: %s/%s: %s\n", argv[2], files[i].name, strerror(errno));
			return 1;
		}
	return 0;
}
