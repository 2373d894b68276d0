/* api_description.h - the descriptions that model providers publish of their requests, read from ../shared/data/api. */
#ifndef CVP_TEST_API_DESCRIPTION_H
#define CVP_TEST_API_DESCRIPTION_H

struct cvp_ctx;
struct cvp_schema;
struct cvp_schemas;

/* The schema of a provider's ("anthropic", "openai") request, compiled into set; NULL, with a line, where it cannot be.
 */
const struct cvp_schema *api_request_schema(struct cvp_ctx *ctx, struct cvp_schemas *set, const char *provider);

#endif
