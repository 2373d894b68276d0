#include "core/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"

#define SECRET_MAX_BYTES 65536

enum type { TEXT, INT, BOOL, CHOICE, MONEY };

struct row {
	const char *name;
	enum type type;
	const char *fallback;
	const char *sentence;
	int64_t min, max;    /* INT; MONEY, in millionths of a dollar */
	const char *choices; /* CHOICE: words parted by '|' */
	bool is_secret;
};

#ifndef CVP_DATA_DIR
#define CVP_DATA_DIR "."
#endif
#ifndef CVP_LIBEXEC_DIR
#define CVP_LIBEXEC_DIR "."
#endif

/* clang-format off */
static const struct row rows[] = {
	[CVP_SET_DATABASE_URL] = { "DATABASE_URL", TEXT, "",
		"libpq connection string or URL of the database.", .is_secret = true },
	[CVP_SET_DB_SCHEMA] = { "DB_SCHEMA", TEXT, "public",
		"Schema that holds all tables." },
	[CVP_SET_DB_POOL] = { "DB_POOL", INT, "8",
		"Database connections a program keeps.", 1, 200 },
	[CVP_SET_DB_TIMEOUT_SECONDS] = { "DB_TIMEOUT_SECONDS", INT, "10",
		"Longest time one statement may take.", 1, 600 },
	[CVP_SET_THREADS] = { "THREADS", INT, "32",
		"Threads of a program; at most DB_POOL of them work at once, the others wait for what they submitted.", 1, 512 },
	[CVP_SET_PUBLIC_URL] = { "PUBLIC_URL", TEXT, "http://127.0.0.1:8080",
		"Address people see; links are made from it." },
	[CVP_SET_EXTRACT_PROGRAM] = { "EXTRACT_PROGRAM", TEXT, CVP_LIBEXEC_DIR "/careervp-extract",
		"The program that takes the text out of PDF and Word documents." },
	[CVP_SET_EXTRACT_JOBS] = { "EXTRACT_JOBS", INT, "2",
		"Documents a program reads at once; who comes then waits, and gets 503 after 30 seconds.", 1, 64 },
	[CVP_SET_RENDER_PROGRAM] = { "RENDER_PROGRAM", TEXT, CVP_LIBEXEC_DIR "/careervp-render",
		"The program that makes PDF and Word documents." },
	[CVP_SET_EXPORT_JOBS] = { "EXPORT_JOBS", INT, "2",
		"Documents a program makes at once; who comes then waits, and gets 503 after 30 seconds.", 1, 64 },
	[CVP_SET_DATA_DIR] = { "DATA_DIR", TEXT, CVP_DATA_DIR,
		"Folder with templates, schemas and the skills lexicon." },
	[CVP_SET_AUTH_MODE] = { "AUTH_MODE", CHOICE, "required",
		"required: sign-in or token; trusted: loopback callers are believed.", .choices = "required|trusted" },
	[CVP_SET_DATA_KEY_FILE] = { "DATA_KEY_FILE", TEXT, "",
		"Keys that seal bodies at rest, a line each: id, space, 64 hex digits; the last writes." },
	[CVP_SET_HASH_KEY_FILE] = { "HASH_KEY_FILE", TEXT, "",
		"Key of the keyed hashes (64 hex digits); never changed." },
	[CVP_SET_LINK_KEY_FILE] = { "LINK_KEY_FILE", TEXT, "",
		"Key that signs result links (64 hex digits)." },
	[CVP_SET_RATE_LIMITS] = { "RATE_LIMITS", BOOL, "1",
		"0 turns all rate limits off." },
	[CVP_SET_RATE_GENERATION_PER_MINUTE] = { "RATE_GENERATION_PER_MINUTE", INT, "10",
		"CV imports, matches and edits a user may make a minute.", 1, 1000000 },
	[CVP_SET_RATE_GENERATION_BURST] = { "RATE_GENERATION_BURST", INT, "3",
		"How many of them at once.", 1, 1000000 },
	[CVP_SET_RATE_SUBMIT_PER_SECOND] = { "RATE_SUBMIT_PER_SECOND", INT, "2",
		"Reports a user may submit a second.", 1, 1000000 },
	[CVP_SET_RATE_SUBMIT_BURST] = { "RATE_SUBMIT_BURST", INT, "10",
		"How many of them at once.", 1, 1000000 },
	[CVP_SET_RATE_SIGNIN_PER_MINUTE] = { "RATE_SIGNIN_PER_MINUTE", INT, "5",
		"Sign-ins and registrations a minute per account and per address.", 1, 1000000 },
	[CVP_SET_SYNC_WAIT_SECONDS] = { "SYNC_WAIT_SECONDS", INT, "60",
		"How long a request that queues a job waits for its result.", 0, 120 },
	[CVP_SET_GAP_MAX_QUESTIONS] = { "GAP_MAX_QUESTIONS", INT, "5",
		"Questions of a gap analysis, at most.", 1, 10 },
	[CVP_SET_GAP_PERSIST] = { "GAP_PERSIST", BOOL, "1",
		"0: gap analyses are answered but not kept." },
	[CVP_SET_JOB_TTL_SECONDS] = { "JOB_TTL_SECONDS", INT, "86400",
		"How long a job is kept.", 60, 31536000 },
	[CVP_SET_JOB_LEASE_SECONDS] = { "JOB_LEASE_SECONDS", INT, "90",
		"How long a worker owns a job it does not renew.", 1, 3600 },
	[CVP_SET_JOB_BACKOFF_SECONDS] = { "JOB_BACKOFF_SECONDS", INT, "10",
		"Wait before a job's second attempt; fourfold before the third.", 0, 3600 },
	[CVP_SET_JOB_TIMEOUT_SECONDS] = { "JOB_TIMEOUT_SECONDS", INT, "300",
		"Longest time of one attempt.", 1, 3600 },
	[CVP_SET_SWEEP_SECONDS] = { "SWEEP_SECONDS", INT, "60",
		"How often expired rows are removed.", 1, 3600 },
	[CVP_SET_WORKER_ID] = { "WORKER_ID", TEXT, "",
		"Name of this worker; one that starts under the same name takes its own leases back." },
	[CVP_SET_WORKER_THREADS] = { "WORKER_THREADS", INT, "2",
		"Jobs the built-in engine works on at once.", 1, 64 },
	[CVP_SET_WORKER_CONCURRENCY] = { "WORKER_CONCURRENCY", INT, "5",
		"Model calls a worker has open at once; more than 1,000 need more file descriptors.", 1, 10000 },
	[CVP_SET_WORKER_DRAIN_SECONDS] = { "WORKER_DRAIN_SECONDS", INT, "25",
		"How long a worker that is told to stop waits for its model calls; then their jobs go back.", 0, 3600 },
	[CVP_SET_LLM_PROVIDER] = { "LLM_PROVIDER", CHOICE, "builtin",
		"What writes the artifacts: builtin needs no model; openai is any compatible server.",
		.choices = "builtin|anthropic|openai" },
	[CVP_SET_LLM_MODEL_STRATEGIC] = { "LLM_MODEL_STRATEGIC", TEXT, "",
		"Model that writes reports and asks for gaps; needed with a provider other than builtin." },
	[CVP_SET_LLM_MODEL_TEMPLATE] = { "LLM_MODEL_TEMPLATE", TEXT, "",
		"Model that tailors CVs; needed with a provider other than builtin." },
	[CVP_SET_LLM_BASE_URL] = { "LLM_BASE_URL", TEXT, "",
		"Where the provider answers, without /v1/messages or /chat/completions; empty: its own address." },
	[CVP_SET_LLM_API_KEY] = { "LLM_API_KEY", TEXT, "",
		"Key of the provider; a server of one's own under openai may need none.", .is_secret = true },
	[CVP_SET_LLM_TIMEOUT_SECONDS] = { "LLM_TIMEOUT_SECONDS", INT, "120",
		"Longest time of one model call.", 1, 3600 },
	[CVP_SET_LLM_STALL_SECONDS] = { "LLM_STALL_SECONDS", INT, "30",
		"A model call that brings nothing for so long has failed.", 1, 3600 },
	[CVP_SET_LLM_CONCURRENCY] = { "LLM_CONCURRENCY", INT, "0",
		"Jobs that all workers of the database together have in work at once, where a model writes. 0: no limit.",
		0, 100000 },
	[CVP_SET_LLM_PRICE_STRATEGIC_INPUT] = { "LLM_PRICE_STRATEGIC_INPUT", MONEY, "3",
		"US dollars that a million tokens sent to LLM_MODEL_STRATEGIC cost; 0 for a model of one's own.", 0, 1000000000 },
	[CVP_SET_LLM_PRICE_STRATEGIC_OUTPUT] = { "LLM_PRICE_STRATEGIC_OUTPUT", MONEY, "15",
		"US dollars that a million tokens written by it cost.", 0, 1000000000 },
	[CVP_SET_LLM_PRICE_TEMPLATE_INPUT] = { "LLM_PRICE_TEMPLATE_INPUT", MONEY, "0.25",
		"US dollars that a million tokens sent to LLM_MODEL_TEMPLATE cost; 0 for a model of one's own.", 0, 1000000000 },
	[CVP_SET_LLM_PRICE_TEMPLATE_OUTPUT] = { "LLM_PRICE_TEMPLATE_OUTPUT", MONEY, "1.25",
		"US dollars that a million tokens written by it cost.", 0, 1000000000 },
	[CVP_SET_LLM_BUDGET_USD_PER_DAY] = { "LLM_BUDGET_USD_PER_DAY", MONEY, "0",
		"US dollars a user may spend on model calls a day; beyond, no new call is made. 0: no ceiling.",
		0, 1000000000000 },
	[CVP_SET_LLM_FALLBACK] = { "LLM_FALLBACK", CHOICE, "none",
		"Who writes the artifact when the model is down in all attempts: builtin, or none: the job fails.",
		.choices = "none|builtin" },
	[CVP_SET_FAULT_AT] = { "FAULT_AT", CHOICE, "none",
		"For tests: the step of a job at which a worker kills itself.",
		.choices = "none|claimed|loaded|generated|opened|removed|written|committed" },
	[CVP_SET_LOG_LEVEL] = { "LOG_LEVEL", CHOICE, "info",
		"Least important line still logged.", .choices = "error|warning|info|debug" },
};
/* clang-format on */
_Static_assert(CVP_COUNT(rows) == CVP_SET_COUNT, "a setting without a row");

struct cvp_config {
	char *texts[CVP_SET_COUNT];
	int64_t ints[CVP_SET_COUNT];
};

static bool
is_choice(const char *choices, const char *word)
{
	size_t length = strlen(word);

	for (const char *p = choices; p != NULL; p = strchr(p, '|')) {
		p += *p == '|';
		if (length > 0 && strncmp(p, word, length) == 0 && (p[length] == '|' || p[length] == '\0'))
			return true;
	}
	return false;
}

static bool
parse_int(const char *text, int64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoll(text, &end, 10);
	return errno == 0 && end != text && *end == '\0';
}

/* "12" or "0.05", at most six digits after the point, as millionths. */
static bool
parse_money(const char *text, int64_t *value)
{
	const char *point = strchr(text, '.');
	size_t decimals = point != NULL ? strlen(point + 1) : 0;
	char whole[20], digits[7] = "000000";
	int64_t units, fraction;

	if (point == NULL)
		point = text + strlen(text);
	if (strspn(text, "0123456789.") != strlen(text) || (size_t)(point - text) >= sizeof(whole) || decimals > 6 ||
	    (*point == '.' && decimals == 0))
		return false;
	snprintf(whole, sizeof(whole), "%.*s", (int)(point - text), text);
	memcpy(digits, point + (*point == '.'), decimals);
	if (!parse_int(whole, &units) || !parse_int(digits, &fraction) || units > INT64_MAX / 1000000 - 1)
		return false;
	*value = units * 1000000 + fraction;
	return true;
}

static enum cvp_code
check(struct cvp_ctx *ctx, const struct row *row, const char *text, int64_t *value)
{
	*value = 0;
	switch (row->type) {
	case TEXT:
		return CVP_OK;
	case INT:
		if (parse_int(text, value) && *value >= row->min && *value <= row->max)
			return CVP_OK;
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s must be a whole number from %lld to %lld", row->name,
				(long long)row->min, (long long)row->max);
	case MONEY:
		if (parse_money(text, value) && *value >= row->min && *value <= row->max)
			return CVP_OK;
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s must be an amount of dollars such as 0.50", row->name);
	case BOOL:
		if (parse_int(text, value) && (*value == 0 || *value == 1))
			return CVP_OK;
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s must be 0 or 1", row->name);
	case CHOICE:
		if (is_choice(row->choices, text))
			return CVP_OK;
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s must be one of %s", row->name, row->choices);
	}
	return CVP_OK;
}

/* The value of NAME_FILE's file, malloc'd; NULL with a failure recorded where it cannot be read. */
static char *
read_secret(struct cvp_ctx *ctx, const char *variable, const char *path)
{
	FILE *file = fopen(path, "r");
	char *text;
	size_t length;

	if (file == NULL) {
		(void)cvp_fail(ctx, CVP_INVALID_INPUT, "%s: cannot read %s: %s", variable, path, strerror(errno));
		return NULL;
	}
	text = cvp_xmalloc(SECRET_MAX_BYTES + 1);
	length = fread(text, 1, SECRET_MAX_BYTES, file);
	fclose(file);
	while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
		length--;
	text[length] = '\0';
	return text;
}

static char *
find_value(struct cvp_ctx *ctx, const struct row *row)
{
	const char *text = getenv(row->name);
	char variable[80];

	if (row->is_secret) {
		const char *path;

		snprintf(variable, sizeof(variable), "%s_FILE", row->name);
		path = getenv(variable);
		if (path != NULL && *path != '\0')
			return read_secret(ctx, variable, path);
	}
	return cvp_xstrdup(text != NULL && *text != '\0' ? text : row->fallback);
}

enum cvp_code
cvp_config_load(struct cvp_ctx *ctx, struct cvp_config **config)
{
	struct cvp_config *loaded = cvp_xcalloc(1, sizeof(*loaded));
	enum cvp_code code = CVP_OK;

	for (int i = 0; i < CVP_SET_COUNT && code == CVP_OK; i++) {
		loaded->texts[i] = find_value(ctx, &rows[i]);
		code = loaded->texts[i] == NULL ? ctx->err.code
						: check(ctx, &rows[i], loaded->texts[i], &loaded->ints[i]);
	}
	if (code != CVP_OK)
		cvp_config_free(loaded);
	else
		*config = loaded;
	return code;
}

void
cvp_config_free(struct cvp_config *config)
{
	if (config == NULL)
		return;
	for (int i = 0; i < CVP_SET_COUNT; i++)
		free(config->texts[i]);
	free(config);
}

const char *
cvp_config_text(const struct cvp_config *config, enum cvp_setting setting)
{
	return config->texts[setting];
}

int64_t
cvp_config_int(const struct cvp_config *config, enum cvp_setting setting)
{
	return config->ints[setting];
}

bool
cvp_config_bool(const struct cvp_config *config, enum cvp_setting setting)
{
	return config->ints[setting] != 0;
}

struct cvp_setting_info
cvp_setting_info(enum cvp_setting setting)
{
	static const char *const types[] = { "text", "whole number", "0 or 1", "choice", "dollars" };
	const struct row *row = &rows[setting];

	return (struct cvp_setting_info){ row->name, row->type == CHOICE ? row->choices : types[row->type],
					  row->fallback, row->sentence, row->is_secret };
}
