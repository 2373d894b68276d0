/* assets.h - reads from disk, once at start, what every kind works with (struct cvp_assets, career/kind.h).
 *
 * Below the data folder: the *.skills of conf/skills (the lexicon), templates/artifact/, templates/prompt/ and
 * templates/partial/cv.html, templates/i18n/artifact.<lang>.json (phrases), the *.json of schemas. Loading is for one
 * thread; what is loaded never changes and all threads may read it. */
#ifndef CVP_SERVICE_ASSETS_H
#define CVP_SERVICE_ASSETS_H

#include "career/kind.h"
#include "core/code.h"

struct cvp_ctx;

/* *assets: malloc'd, released by cvp_assets_free(). CVP_INVALID_INPUT says which file is missing or wrong, and where.
 */
CVP_CHECKED enum cvp_code cvp_assets_load(struct cvp_ctx *ctx, const char *data_dir, struct cvp_assets **assets);

/* NULL is fine. */
void cvp_assets_free(struct cvp_assets *assets);

#endif
