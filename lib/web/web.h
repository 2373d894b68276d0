/* web.h - a FastCGI program in one call: its route table, its handlers, everything else is here (DESIGN 2).
 *
 * A handler gets a request whose caller is known, whose body is parsed and valid, and gives back a code and a model. It
 * names no HTTP status and writes no byte. One handler serves JSON and HTML: the model is sent as JSON, or rendered by
 * the route's template. What a handler has to say beyond the model (a place to go to, a cookie, a file) goes to
 * req->reply. */
#ifndef CVP_WEB_WEB_H
#define CVP_WEB_WEB_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"
#include "core/ctx.h"
#include "service/gate.h"

enum cvp_method { CVP_GET, CVP_POST, CVP_PUT, CVP_PATCH, CVP_DELETE, CVP_METHOD_COUNT };

/* Flags of a route. */
enum {
	CVP_USER = 1 << 0,             /* only for a known caller; else 401, or the sign-in page */
	CVP_SPEND_GENERATION = 1 << 1, /* takes a token of the caller's generation bucket */
	CVP_NEEDS_ASSETS = 1 << 2,     /* the program loads lexicon, phrases and artifact templates */
	CVP_BIG_BODY = 1 << 3,         /* takes up to 14 MiB: a document inside */
	CVP_ADMIN = 1 << 4,            /* with CVP_USER: only for admins; else 403 */
};

#define CVP_BODY_LIMIT     ((size_t)1024 * 1024)
#define CVP_BIG_BODY_LIMIT ((size_t)14 * 1024 * 1024)
#define CVP_FILE_LIMIT     ((size_t)10 * 1024 * 1024)

/* A file of a multipart body. In the context's arena. */
struct cvp_upload {
	const char *field, *filename, *bytes;
	size_t length;
	const struct cvp_upload *next;
};

/* What an answer has beyond its model. */
struct cvp_reply {
	const char *location;   /* where a form post leads to (303) */
	int retry_after;        /* seconds; 0: none */
	const char *set_cookie; /* session cookie to set; "" ends it */
	struct cvp_allowance allowance;
	const char *file; /* sent instead of the model, as content_type */
	size_t file_length;
	const char *content_type, *filename;
	const char *allow; /* methods the address takes, with METHOD_NOT_ALLOWED */
};

struct cvp_request;

/* A file is the answer; all is the context's. filename: of our own making. */
void cvp_send_file(const struct cvp_request *req, const char *bytes, size_t length, const char *content_type,
		   const char *filename);

struct cvp_path_value {
	const char *name, *value;
};

struct cvp_request {
	const struct cvp_route *route;
	enum cvp_method method;
	const json_t *body;  /* an object; empty without a body */
	const json_t *query; /* an object of texts */
	struct cvp_caller caller;
	const char *idempotency_key, *if_match, *prefer; /* NULL: not sent */
	const char *cookie;                              /* the session cookie as sent, or NULL */
	const struct cvp_upload *files;
	bool is_form; /* urlencoded or multipart; on a page, success answers 303 */
	struct cvp_path_value path[4];
	struct cvp_reply *reply;
};

/* Fills *model (the context's) or fails. */
typedef enum cvp_code cvp_handler(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model);

/* path: literal segments and {name} for one of the id characters, {name:int} for a positive number, {name:version} for
 * that or `latest`. schema: of the body, in schemas/, without its ending; NULL takes none into account. template: below
 * templates/page, without its ending; NULL: JSON only. */
struct cvp_route {
	enum cvp_method method;
	const char *path, *schema;
	cvp_handler *handler;
	const char *template;
	unsigned flags;
};

/* Serves until SIGTERM or SIGINT, then finishes what it accepted. Arguments: --listen PATH (a socket to make; without
 * it the listening socket is descriptor 0), --routes (prints the table and exits). Returns the exit status. */
int cvp_serve(const char *program, const struct cvp_route *routes, size_t count, int argc, char **argv);

/* The value of a path's {name}; never NULL for a name of the route. */
const char *cvp_path(const struct cvp_request *req, const char *name);
int cvp_path_int(const struct cvp_request *req, const char *name); /* `latest`: 0 */

/* A query value, NULL where there is none. */
const char *cvp_query(const struct cvp_request *req, const char *name);

/* A whole number of the query from least to most; CVP_INVALID_INPUT names it. fallback where it is not given. */
CVP_CHECKED enum cvp_code cvp_query_int(struct cvp_ctx *ctx, const struct cvp_request *req, const char *name, int least,
					int most, int fallback, int *value);

/* The seconds a client would wait for a result by its Prefer header (RFC 7240): wait=n, at most 120; respond-async: 0;
 * -1 where it says nothing of it. */
int cvp_prefer_wait(const struct cvp_request *req);

/* A text member of the body, NULL where there is none. */
const char *cvp_body_text(const struct cvp_request *req, const char *name);

#endif
