#include "career/filler.h"

#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "text/text.h"

/* Words of the usual generators, sorted; none is a word of English, and the short ones of other languages are left out.
 */
static const char *const filler[] = {
	"accumsan",  "adipiscing",    "aenean",       "aliqua",      "aliquam",   "aliquet",     "aliquip",
	"amet",      "anim",          "arcu",         "auctor",      "augue",     "aute",        "bibendum",
	"blandit",   "cillum",        "commodo",      "condimentum", "congue",    "consectetur", "consequat",
	"convallis", "cupidatat",     "curabitur",    "cursus",      "dapibus",   "deserunt",    "diam",
	"dictum",    "dignissim",     "dolor",        "dolore",      "donec",     "duis",        "efficitur",
	"egestas",   "eget",          "eiusmod",      "eleifend",    "elementum", "elit",        "enim",
	"erat",      "eros",          "esse",         "etiam",       "euismod",   "excepteur",   "exercitation",
	"facilisi",  "facilisis",     "faucibus",     "felis",       "fermentum", "feugiat",     "finibus",
	"fringilla", "fugiat",        "fusce",        "gravida",     "habitant",  "habitasse",   "hendrerit",
	"iaculis",   "imperdiet",     "incididunt",   "interdum",    "ipsum",     "irure",       "labore",
	"laboris",   "laborum",       "lacinia",      "lacus",       "laoreet",   "lectus",      "ligula",
	"lobortis",  "lorem",         "luctus",       "maecenas",    "magna",     "malesuada",   "massa",
	"mattis",    "mauris",        "metus",        "minim",       "molestie",  "mollis",      "mollit",
	"morbi",     "nascetur",      "neque",        "nibh",        "nisi",      "nisl",        "nostrud",
	"nulla",     "nullam",        "nunc",         "occaecat",    "odio",      "officia",     "orci",
	"ornare",    "pariatur",      "pellentesque", "pharetra",    "phasellus", "placerat",    "porttitor",
	"praesent",  "pretium",       "proident",     "proin",       "pulvinar",  "purus",       "quam",
	"quis",      "reprehenderit", "rhoncus",      "ridiculus",   "risus",     "rutrum",      "sagittis",
	"sapien",    "scelerisque",   "semper",       "senectus",    "sint",      "sodales",     "sollicitudin",
	"suscipit",  "suspendisse",   "tellus",       "tempor",      "tempus",    "tincidunt",   "tortor",
	"tristique", "turpis",        "ullamco",      "ullamcorper", "ultrices",  "ultricies",   "urna",
	"varius",    "vehicula",      "velit",        "venenatis",   "veniam",    "vestibulum",  "vitae",
	"vivamus",   "viverra",       "voluptate",    "volutpat",    "vulputate"
};

static int
by_name(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

bool
cvp_is_filler(struct cvp_ctx *ctx, const char *text)
{
	struct cvp_words words = cvp_words_of(ctx, text, strlen(text));
	size_t count = 0;

	for (size_t i = 0; i < words.count; i++)
		count += bsearch(words.words[i].folded, filler, CVP_COUNT(filler), sizeof(filler[0]), by_name) != NULL;
	return words.count > 0 && 2 * count >= words.count;
}
