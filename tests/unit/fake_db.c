#include "fake_db.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dal/db.h"
#include "dal/keys.h"

#define COLUMNS  13 /* of artifacts, in the order of artifact_insert */
#define ROWS_MAX 200

enum {
	OF_OWNER,
	OF_KIND,
	OF_SUBJECT,
	OF_VERSION,
	OF_CREATED_AT,
	OF_EXPIRES_AT,
	OF_CHECKSUM,
	OF_CONTENT,
	OF_BODY,
	OF_METADATA,
	OF_USAGE,
	OF_VERIFIED,
	OF_JOB
};

struct cell {
	char *bytes; /* NULL: null */
	size_t length;
};

struct row {
	struct cell cells[COLUMNS];
	bool is_committed;
};

struct cvp_row {
	const struct cell *cells[COLUMNS];
};

struct cvp_db {
	int unused;
};

static struct {
	struct cvp_db session;
	struct cvp_keys *keys;
	struct cvp_codec *codec;
	struct row rows[ROWS_MAX];
	size_t count;
	bool is_lost;
	int transactions;
} fake;

void
fake_db_open(struct fake_db *db, int64_t now)
{
	memset(&fake, 0, sizeof(fake));
	fake.keys = cvp_keys_for_test(3);
	fake.codec = cvp_codec_new(fake.keys);
	db->clock = cvp_clock_fixed(now);
	cvp_ctx_init(&db->ctx, cvp_arena_new(65536));
	db->ctx.clock = &db->clock;
	db->ctx.db = &fake.session;
}

static void
free_row(struct row *row)
{
	for (int i = 0; i < COLUMNS; i++)
		free(row->cells[i].bytes);
}

void
fake_db_close(struct fake_db *db)
{
	for (size_t i = 0; i < fake.count; i++)
		free_row(&fake.rows[i]);
	cvp_codec_free(fake.codec);
	cvp_keys_free(fake.keys);
	cvp_arena_free(db->ctx.arena);
}

void
fake_db_lose(bool is_lost)
{
	fake.is_lost = is_lost;
}

int
fake_db_open_transactions(void)
{
	return fake.transactions;
}

size_t
fake_db_rows(void)
{
	return fake.count;
}

void
fake_db_damage(void)
{
	struct cell *body = &fake.rows[fake.count - 1].cells[OF_BODY];

	body->bytes[body->length / 2] ^= 1;
}

/* Parameters: the same text forms as the real ones. */

struct cvp_param
cvp_text(const char *text)
{
	return (struct cvp_param){ .bytes = text, .length = text != NULL ? strlen(text) : 0 };
}

struct cvp_param
cvp_int(int64_t value)
{
	struct cvp_param param = { .length = 1 };

	snprintf(param.scratch, sizeof(param.scratch), "%lld", (long long)value);
	return param;
}

struct cvp_param
cvp_bool(bool value)
{
	return cvp_text(value ? "t" : "f");
}

struct cvp_param
cvp_time(int64_t at)
{
	struct cvp_param param = { .length = 1 };

	if (at == CVP_FOREVER)
		return cvp_text("infinity");
	cvp_time_format(at, param.scratch);
	return param;
}

struct cvp_param
cvp_bytes(const void *bytes, size_t length)
{
	return (struct cvp_param){ .bytes = bytes, .length = length, .is_binary = true };
}

struct cvp_param
cvp_body(const struct cvp_buf *sealed)
{
	return sealed->length > 0 ? cvp_bytes(sealed->data, sealed->length) : cvp_null();
}

struct cvp_param
cvp_null(void)
{
	return (struct cvp_param){ 0 };
}

static const char *
text_of(const struct cvp_param *param)
{
	return param->bytes != NULL ? param->bytes : param->scratch;
}

static int64_t
time_of(const char *text)
{
	int64_t at;

	if (strcmp(text, "infinity") == 0)
		return CVP_FOREVER;
	ck_assert_msg(cvp_time_parse(text, &at), "no time: %s", text);
	return at;
}

static struct cell
cell_of(const struct cvp_param *param)
{
	bool is_null = param->bytes == NULL && param->scratch[0] == '\0';
	size_t length = param->is_binary ? param->length : strlen(text_of(param));
	struct cell cell = { NULL, length };

	if (is_null)
		return cell;
	cell.bytes = cvp_xcalloc(1, length + 1);
	memcpy(cell.bytes, text_of(param), length);
	return cell;
}

/* Columns. */

bool
cvp_row_is_null(const struct cvp_row *row, int column)
{
	return row->cells[column]->bytes == NULL;
}

const char *
cvp_row_text(struct cvp_ctx *ctx, const struct cvp_row *row, int column)
{
	return cvp_row_is_null(row, column) ? NULL : cvp_arena_strdup(ctx->arena, row->cells[column]->bytes);
}

int64_t
cvp_row_int(const struct cvp_row *row, int column)
{
	return cvp_row_is_null(row, column) ? 0 : strtoll(row->cells[column]->bytes, NULL, 10);
}

bool
cvp_row_bool(const struct cvp_row *row, int column)
{
	return !cvp_row_is_null(row, column) && row->cells[column]->bytes[0] == 't';
}

int64_t
cvp_row_time(const struct cvp_row *row, int column)
{
	return cvp_row_is_null(row, column) ? 0 : time_of(row->cells[column]->bytes);
}

const void *
cvp_row_bytes(const struct cvp_row *row, int column, size_t *length)
{
	*length = row->cells[column]->length;
	return row->cells[column]->bytes;
}

json_t *
cvp_row_json(struct cvp_ctx *ctx, const struct cvp_row *row, int column)
{
	if (cvp_row_is_null(row, column))
		return NULL;
	return cvp_own(ctx, json_loads(row->cells[column]->bytes, JSON_DECODE_ANY, NULL));
}

/* Transactions. */

static enum cvp_code
away(struct cvp_ctx *ctx)
{
	return cvp_fail(ctx, CVP_DATABASE_ERROR, "The database is away.");
}

enum cvp_code
cvp_db_begin(struct cvp_ctx *ctx)
{
	if (fake.is_lost)
		return away(ctx);
	fake.transactions++;
	return CVP_OK;
}

enum cvp_code
cvp_db_commit(struct cvp_ctx *ctx)
{
	if (fake.is_lost)
		return away(ctx);
	for (size_t i = 0; i < fake.count; i++)
		fake.rows[i].is_committed = true;
	fake.transactions = 0;
	return CVP_OK;
}

void
cvp_db_rollback(struct cvp_ctx *ctx)
{
	(void)ctx;
	fake.transactions = 0;
	while (fake.count > 0 && !fake.rows[fake.count - 1].is_committed)
		free_row(&fake.rows[--fake.count]);
}

const struct cvp_keys *
cvp_db_keys(const struct cvp_ctx *ctx)
{
	(void)ctx;
	return fake.keys;
}

struct cvp_codec *
cvp_db_codec(const struct cvp_ctx *ctx)
{
	(void)ctx;
	return fake.codec;
}

/* The table. */

static bool
is_of(const struct row *row, const char *owner, const char *subject)
{
	return strcmp(row->cells[OF_OWNER].bytes, owner) == 0 &&
	       strcmp(row->cells[OF_KIND].bytes, "tailored_cv") == 0 &&
	       (subject == NULL || strcmp(row->cells[OF_SUBJECT].bytes, subject) == 0);
}

static bool
is_at(const struct row *row, const struct cvp_param *params)
{
	return is_of(row, text_of(&params[0]), text_of(&params[1])) &&
	       time_of(row->cells[OF_CREATED_AT].bytes) == time_of(text_of(&params[2]));
}

static bool
is_alive(const struct row *row, const struct cvp_param *now)
{
	return time_of(row->cells[OF_EXPIRES_AT].bytes) > time_of(text_of(now));
}

/* Has the row the owner, kind and subject that the parameters begin with? */
static bool
is_subject(const struct row *row, const struct cvp_param *params)
{
	bool is_same = true;

	for (int i = OF_OWNER; i <= OF_SUBJECT; i++)
		is_same &= strcmp(row->cells[i].bytes, text_of(&params[i])) == 0;
	return is_same;
}

static bool
collides(const struct row *row, const struct cvp_param *params)
{
	return is_subject(row, params) &&
	       (strcmp(row->cells[OF_VERSION].bytes, text_of(&params[OF_VERSION])) == 0 ||
		strcmp(row->cells[OF_CREATED_AT].bytes, text_of(&params[OF_CREATED_AT])) == 0);
}

static enum cvp_code
insert(struct cvp_ctx *ctx, const struct cvp_param *params)
{
	for (size_t i = 0; i < fake.count; i++) {
		if (collides(&fake.rows[i], params))
			return cvp_fail(ctx, CVP_CONFLICT, "That is there already.");
	}
	ck_assert_uint_lt(fake.count, ROWS_MAX);
	for (int i = 0; i < COLUMNS; i++)
		fake.rows[fake.count].cells[i] = cell_of(&params[i]);
	fake.rows[fake.count++].is_committed = fake.transactions == 0;
	return CVP_OK;
}

/* The artifact of owner, kind, subject and version that the parameters begin with; version 0: the newest. */
static struct row *
artifact_of(const struct cvp_param *params)
{
	long wanted = strtol(text_of(&params[OF_VERSION]), NULL, 10), newest = -1;
	struct row *found = NULL;

	for (size_t i = 0; i < fake.count; i++) {
		struct row *row = &fake.rows[i];
		long version = strtol(row->cells[OF_VERSION].bytes, NULL, 10);

		if (is_subject(row, params) && (wanted == 0 ? version > newest : version == wanted)) {
			newest = version;
			found = row;
		}
	}
	return found;
}

static size_t
delete_artifact(const struct cvp_param *params)
{
	struct row *row = artifact_of(params);

	if (row == NULL)
		return 0;
	free_row(row);
	memmove(row, row + 1, (size_t)(&fake.rows[--fake.count] - row) * sizeof(*row));
	return 1;
}

/* Removes or changes the row a key names; how many there were. */
static size_t
change(const char *name, const struct cvp_param *params)
{
	for (size_t i = 0; i < fake.count; i++) {
		struct row *row = &fake.rows[i];

		if (!is_at(row, params))
			continue;
		if (strcmp(name, "tailored_keep") == 0) {
			if (!is_alive(row, &params[4]))
				return 0;
			free(row->cells[OF_EXPIRES_AT].bytes);
			row->cells[OF_EXPIRES_AT] = cell_of(&params[3]);
		} else {
			free_row(row);
			memmove(row, row + 1, (--fake.count - i) * sizeof(*row));
		}
		return 1;
	}
	return 0;
}

enum cvp_code
cvp_db_exec(struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_param *params, size_t *affected)
{
	size_t count = 1;
	enum cvp_code code = CVP_OK;

	if (fake.is_lost)
		return away(ctx);
	if (strcmp(stmt->name, "artifact_insert") == 0)
		code = insert(ctx, params);
	else if (strcmp(stmt->name, "tailored_delete") == 0 || strcmp(stmt->name, "tailored_keep") == 0)
		count = change(stmt->name, params);
	else if (strcmp(stmt->name, "artifact_delete") == 0)
		count = delete_artifact(params);
	else if (strcmp(stmt->name, "artifact_lock") != 0)
		ck_abort_msg("the fake does not know %s", stmt->name);
	if (affected != NULL)
		*affected = count;
	return code;
}

/* Time, then subject, the later first. */
static int
newest_first(const void *left, const void *right)
{
	const struct row *a = *(const struct row *const *)left, *b = *(const struct row *const *)right;
	int64_t at = time_of(a->cells[OF_CREATED_AT].bytes), other = time_of(b->cells[OF_CREATED_AT].bytes);

	if (at != other)
		return at < other ? 1 : -1;
	return strcmp(b->cells[OF_SUBJECT].bytes, a->cells[OF_SUBJECT].bytes);
}

static bool
is_behind(const struct row *row, int64_t at, const char *subject)
{
	int64_t own = time_of(row->cells[OF_CREATED_AT].bytes);

	return own < at || (own == at && strcmp(row->cells[OF_SUBJECT].bytes, subject) < 0);
}

static bool
is_wanted(const struct row *row, const char *name, const struct cvp_param *params)
{
	if (strcmp(name, "artifact_get") == 0)
		return row == artifact_of(params) && is_alive(row, &params[4]);
	if (strcmp(name, "tailored_get") == 0)
		return is_at(row, params) && is_alive(row, &params[3]);
	if (strcmp(name, "tailored_list_application") == 0)
		return is_of(row, text_of(&params[0]), text_of(&params[1])) && is_alive(row, &params[2]);
	if (strcmp(name, "tailored_list_user") == 0)
		return is_of(row, text_of(&params[0]), NULL) && is_alive(row, &params[1]) &&
		       is_behind(row, time_of(text_of(&params[2])), text_of(&params[3]));
	ck_abort_msg("the fake does not know %s", name);
}

static struct cvp_row
columns_of(const struct row *row, const char *name)
{
	static const int all[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
	static const int listed[] = { OF_OWNER,    OF_SUBJECT,  OF_VERSION,  OF_CREATED_AT, OF_EXPIRES_AT,
				      OF_CHECKSUM, OF_VERIFIED, OF_METADATA, OF_USAGE,      OF_JOB };
	bool is_whole = strcmp(name, "tailored_get") == 0 || strcmp(name, "artifact_get") == 0;
	struct cvp_row out = { { NULL } };

	for (size_t i = 0; i < (is_whole ? CVP_COUNT(all) : CVP_COUNT(listed)); i++)
		out.cells[i] = &row->cells[is_whole ? all[i] : listed[i]];
	return out;
}

static struct cvp_row
next_version(const struct cvp_param *params, struct cell *cell)
{
	static char text[16];
	int version = 0;

	for (size_t i = 0; i < fake.count; i++) {
		if (is_of(&fake.rows[i], text_of(&params[0]), text_of(&params[1])) &&
		    (int)strtol(fake.rows[i].cells[OF_VERSION].bytes, NULL, 10) > version)
			version = (int)strtol(fake.rows[i].cells[OF_VERSION].bytes, NULL, 10);
	}
	snprintf(text, sizeof(text), "%d", version + 1);
	*cell = (struct cell){ text, strlen(text) };
	return (struct cvp_row){ { cell } };
}

/* Version and created_at for the next artifact. */
static enum cvp_code
next_artifact(struct cvp_ctx *ctx, const struct cvp_param *params,
	      enum cvp_code (*decode)(struct cvp_ctx *ctx, const struct cvp_row *row, void *out), void *out)
{
	int64_t at = time_of(text_of(&params[3]));
	long version = 0;
	char texts[2][CVP_TIME_SIZE];
	struct cell cells[2];
	struct cvp_row row = { { &cells[0], &cells[1] } };

	for (size_t i = 0; i < fake.count; i++) {
		if (is_subject(&fake.rows[i], params)) {
			long own = strtol(fake.rows[i].cells[OF_VERSION].bytes, NULL, 10);
			int64_t own_at = time_of(fake.rows[i].cells[OF_CREATED_AT].bytes);

			version = own > version ? own : version;
			at = own_at >= at ? own_at + 1 : at;
		}
	}
	snprintf(texts[0], sizeof(texts[0]), "%ld", version + 1);
	cvp_time_format(at, texts[1]);
	for (int i = 0; i < 2; i++)
		cells[i] = (struct cell){ texts[i], strlen(texts[i]) };
	return decode(ctx, &row, out);
}

enum cvp_code
cvp_db_query(struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_param *params,
	     enum cvp_code (*decode)(struct cvp_ctx *ctx, const struct cvp_row *row, void *out), void *out,
	     size_t *count)
{
	const struct row *found[ROWS_MAX];
	size_t most = strcmp(stmt->name, "tailored_list_user") == 0 ? strtoul(text_of(&params[4]), NULL, 10) : ROWS_MAX;
	size_t number = 0;
	enum cvp_code code = CVP_OK;

	if (fake.is_lost)
		return away(ctx);
	if (strcmp(stmt->name, "tailored_next") == 0) {
		struct cell cell;
		struct cvp_row row = next_version(params, &cell);

		return decode(ctx, &row, out);
	}
	if (strcmp(stmt->name, "artifact_next") == 0)
		return next_artifact(ctx, params, decode, out);
	for (size_t i = 0; i < fake.count; i++) {
		if (is_wanted(&fake.rows[i], stmt->name, params))
			found[number++] = &fake.rows[i];
	}
	qsort(found, number, sizeof(found[0]), newest_first);
	number = number < most ? number : most;
	for (size_t i = 0; i < number && code == CVP_OK; i++) {
		struct cvp_row row = columns_of(found[i], stmt->name);

		code = decode(ctx, &row, out);
	}
	if (count != NULL)
		*count = number;
	return code;
}
