/* kb.h - what is known of a vacancy (SPEC 11.3): a JSON object of eight parts, each field null or [] until it is known.
 *
 *   role             role_title, role_domain, role_seniority
 *   company          company_location_city, company_location_region, work_format
 *   compensation     salary_min_rub, salary_max_rub, salary_comment
 *   employment       employment_type, schedule_comment
 *   requirements     experience_years_min, education_level, hard_skills[], soft_skills[]
 *   responsibilities tasks[], raw_vacancy_text
 *   sourcing         suggested_channels[]
 *   meta             filled_fields_count, missing_fields[], last_updated_iso
 *
 * Pure. */
#ifndef CVP_HIRING_KB_H
#define CVP_HIRING_KB_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Nothing is known. A new reference. */
json_t *cvp_kb_new(int64_t now);

/* Counts anew what is filled and what is missing. */
void cvp_kb_note_change(json_t *kb, int64_t now);

/* A field of a part; NULL where it is not known (null, "" or []). */
const json_t *cvp_kb_get(const json_t *kb, const char *part, const char *field);
const char *cvp_kb_text(const json_t *kb, const char *part, const char *field);

/* Replaces a field; value is taken over. */
void cvp_kb_set(json_t *kb, const char *part, const char *field, json_t *value);

/* What is asked for when it is missing, in this order. */
enum cvp_kb_gap { CVP_KB_ROLE, CVP_KB_FORMAT, CVP_KB_PLACE, CVP_KB_EMPLOYMENT, CVP_KB_PAY, CVP_KB_GAPS };

bool cvp_kb_is_missing(const json_t *kb, enum cvp_kb_gap gap);

/* Equal but for the time of the last change? */
bool cvp_kb_equal(const json_t *a, const json_t *b);

#endif
