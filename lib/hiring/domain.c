#include "hiring/domain.h"

#include <string.h>

#include "core/ctx.h"
#include "hiring/read_parts.h"

static const struct domain {
	unsigned bit;
	const char *name, *stems;
} domains[] = {
	{ CVP_DOMAIN_IT, "it",
	  "python java golang программ разработ backend frontend бэкенд бекенд фронтенд devops тестировщ "
	  "software$ developer$ programmer$ מתכנת$ מפתח$ תוכנה$ פיתוח$" },
	{ CVP_DOMAIN_CREATIVE, "creative",
	  "дизайн маркетинг маркетолог реклам контент креатив design marketing copywrit content$ creative$ smm עיצוב$ "
	  "מעצב$ מעצבת$ שיווק$" },
	{ CVP_DOMAIN_SALES, "sales", "продаж sales$ менеджер$ менеджера$ бизнес-развити מכירות$" },
};

static unsigned
domain_of(const char *word)
{
	unsigned found = 0;

	for (size_t i = 0; i < CVP_COUNT(domains); i++)
		if (cvp_hiring_has_stem(word, domains[i].stems))
			found |= domains[i].bit;
	return found;
}

/* A word, and what follows a dash in it: "web-дизайнер", "python-разработчик". "It" is a field only where somebody
 * names a profession. */
unsigned
cvp_hiring_domains(struct cvp_ctx *ctx, const char *text, bool is_query)
{
	struct cvp_words words = cvp_words_of(ctx, text, strlen(text));
	unsigned found = 0;

	for (size_t i = 0; i < words.count; i++) {
		if (is_query && cvp_hiring_has_stem(words.words[i].folded, "it$ ит$ айти$"))
			found |= CVP_DOMAIN_IT;
		for (const char *at = words.words[i].folded; at != NULL; at = strchr(at, '-')) {
			at += *at == '-';
			found |= domain_of(at);
		}
	}
	return found;
}

const char *
cvp_hiring_domain_name(unsigned found)
{
	for (size_t i = 0; i < CVP_COUNT(domains); i++)
		if (found & domains[i].bit)
			return domains[i].name;
	return "";
}
