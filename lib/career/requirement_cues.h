/* requirement_cues.h - the words by which postings say what a line is: required, a plus, a duty, a benefit, a degree.
 *
 * A cue is words in folded form, parted by spaces; one that ends in '*' stands for every word that begins so. Tables
 * hold English, Russian and Hebrew side by side. Constant data; any thread. */
#ifndef CVP_CAREER_REQUIREMENT_CUES_H
#define CVP_CAREER_REQUIREMENT_CUES_H

#include <stdbool.h>
#include <stddef.h>

#include "text/text.h"

struct cvp_cues {
	int meaning;
	const char *cues; /* parted by '|' */
};

struct cvp_cue_table {
	const struct cvp_cues *groups;
	size_t count;
};

/* Where a cue stands: `count` words from `first`. */
struct cvp_cue_hit {
	int meaning;
	size_t first, count;
};

/* What a heading announces. */
enum cvp_posting_section {
	CVP_SECTION_INTRO, /* prose about the job before any heading, or under one that says little */
	CVP_SECTION_MUST,
	CVP_SECTION_NICE,
	CVP_SECTION_DUTY,
	CVP_SECTION_IGNORE,       /* benefits, the company, how to apply */
	CVP_SECTION_MUST_IF_ALONE /* in the table only: a heading where nothing else stands in the line */
};

/* How much is asked of a thing. */
enum cvp_cue_weight { CVP_CUE_NICE, CVP_CUE_MUST };

/* In order of precedence: the first table entry that matches anywhere decides. */
extern const struct cvp_cue_table cvp_heading_cues;

/* Sentences that ask nothing: benefits, equal opportunity, applying, hours. */
extern const struct cvp_cue_table cvp_noise_cues;

/* Prose sentences that do ask. */
extern const struct cvp_cue_table cvp_asking_cues;

/* enum cvp_cue_weight: "a plus", "обязательно", "יתרון". */
extern const struct cvp_cue_table cvp_weight_cues;

/* Deep, strong, in production: being listed is not enough. */
extern const struct cvp_cue_table cvp_depth_cues;

/* Words that begin a demand of its own: experience, knowledge, ability. */
extern const struct cvp_cue_table cvp_demand_cues;

/* What stands before the core: "You will", "must have". Meaning: nothing. */
extern const struct cvp_cue_table cvp_lead_cues;

/* "such as", "например": what follows are examples, any of which will do. */
extern const struct cvp_cue_table cvp_example_cues;

/* Degrees; meaning: the level of struct cvp_requirement. */
extern const struct cvp_cue_table cvp_degree_cues;

/* Number words and units of time; meaning: tenths, or -12 for years and -1 for months. */
extern const struct cvp_cue_table cvp_number_cues;
extern const struct cvp_cue_table cvp_unit_cues;

/* "certified", "licence", "права категории". */
extern const struct cvp_cue_table cvp_certificate_cues;

/* Words of postings that name nothing one could show: experience, strong, знание. */
extern const struct cvp_cue_table cvp_filler_cues;

/* Does one cue stand exactly at a word? Its count of words, else 0. */
size_t cvp_cue_at(const struct cvp_words *words, size_t at, size_t end, const char *cue);

/* The first table entry (by order of the table) that stands in words from..end. */
bool cvp_cue_find(const struct cvp_words *words, size_t from, size_t end, const struct cvp_cue_table *table,
		  struct cvp_cue_hit *hit);

/* The entry that stands exactly at a word; the longest. */
bool cvp_cue_starts(const struct cvp_words *words, size_t at, size_t end, const struct cvp_cue_table *table,
		    struct cvp_cue_hit *hit);

#endif
