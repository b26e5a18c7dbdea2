/* The tables of the result database, private to sim/store, and the settings that are kept. */
#ifndef KEA_STORE_SCHEMA_H
#define KEA_STORE_SCHEMA_H

#include "sim/core/frame.h"
#include "sim/inputs/problem.h"

#include <stddef.h>

/* "keas": marks the file as ours (PRAGMA application_id). */
#define KEA_SCHEMA_APPLICATION 0x6b656173

/* Raised whenever a reader of the old tables would misread the new ones (PRAGMA user_version). */
#define KEA_SCHEMA_VERSION 8

/* The statements that make all tables and views, in order, ended by NULL. */
extern const char *const kea_schema[];

/* Every field of kea_settings: key in the table `setting`, field, how it is kept. SEED is a text
 * (64 bits do not fit an SQL integer), SAMPLING the name of a scheme, a RANGE takes three rows:
 * key.from, key.to, key.n. */
#define KEA_SCHEMA_SETTINGS(SEED, SAMPLING, COUNT, REAL, RANGE)                                    \
    SEED("run.seed", seed)                                                                         \
    COUNT("run.draws", draws)                                                                      \
    REAL("run.target_error", target_error)                                                         \
    SAMPLING("run.sampling", sampling)                                                             \
    COUNT("run.replicates", replicates)                                                            \
    REAL("run.discount_costs", discount_costs)                                                     \
    REAL("run.discount_effects", discount_effects)                                                 \
    RANGE("analysis.willingness_to_pay", willingness_to_pay)                                       \
    REAL("analysis.reference_willingness_to_pay", reference_wtp)                                   \
    RANGE("analysis.hours_factor", hours_factor)                                                   \
    COUNT("analysis.sweep_draws", sweep_draws)                                                     \
    COUNT("analysis.sweep_replicates", sweep_replicates)                                           \
    COUNT("analysis.tornado_replicates", tornado_replicates)                                       \
    REAL("analysis.tornado_level", tornado_level)                                                  \
    COUNT("analysis.precision_draws", precision_draws)                                             \
    COUNT("analysis.precision_replicates", precision_replicates)                                   \
    COUNT("analysis.budget_years", budget_years)                                                   \
    COUNT("analysis.smallest_municipality", smallest_home)                                         \
    COUNT("analysis.subgroup_draws", subgroup_draws)

/* Every text of kea_frame that may be NULL or not: key in the table `frame`, field. Its number
 * population.n has the key "population.n"; effects and measures have tables of their own. */
#define KEA_SCHEMA_FRAME(TEXT)                                                                     \
    TEXT("currency", currency)                                                                     \
    TEXT("population.outcome", population.outcome)                                                 \
    TEXT("population.one", population.one)                                                         \
    TEXT("population.many", population.many)                                                       \
    TEXT("population.whole", population.whole)                                                     \
    TEXT("population.wholes", population.wholes)                                                   \
    TEXT("during", during)                                                                         \
    TEXT("after", after)                                                                           \
    TEXT("access", access)                                                                         \
    TEXT("paired.title", paired.title)                                                             \
    TEXT("paired.persons", paired.persons)                                                         \
    TEXT("paired.events", paired.events)                                                           \
    TEXT("paired.before", paired.before)                                                           \
    TEXT("paired.persons_label", paired.persons_label)                                             \
    TEXT("paired.events_label", paired.events_label)                                               \
    TEXT("paired.before_label", paired.before_label)                                               \
    TEXT("by_home.paid", by_home.paid)                                                             \
    TEXT("by_home.people", by_home.people)                                                         \
    TEXT("by_home.law1", by_home.law[0])                                                           \
    TEXT("by_home.law1.title", by_home.law_title[0])                                               \
    TEXT("by_home.law1.scatter", by_home.law_scatter[0])                                           \
    TEXT("by_home.law2", by_home.law[1])                                                           \
    TEXT("by_home.law2.title", by_home.law_title[1])                                               \
    TEXT("by_home.law2.scatter", by_home.law_scatter[1])                                           \
    TEXT("by_home.law3", by_home.law[2])                                                           \
    TEXT("by_home.law3.title", by_home.law_title[2])                                               \
    TEXT("by_home.law3.scatter", by_home.law_scatter[2])                                           \
    TEXT("by_home.law4", by_home.law[3])                                                           \
    TEXT("by_home.law4.title", by_home.law_title[3])                                               \
    TEXT("by_home.law4.scatter", by_home.law_scatter[3])                                           \
    TEXT("funded.category", funded.category)                                                       \
    TEXT("funded.start", funded.start)                                                             \
    TEXT("funded.contributions", funded.contributions)

/* A field added to kea_settings but not to the list would be lost without a word. */
#define KEA_SCHEMA_SIZE(key, field) +sizeof(((kea_settings *)NULL)->field)
_Static_assert(sizeof(kea_settings) == 0 KEA_SCHEMA_SETTINGS(KEA_SCHEMA_SIZE, KEA_SCHEMA_SIZE,
                                                             KEA_SCHEMA_SIZE, KEA_SCHEMA_SIZE,
                                                             KEA_SCHEMA_SIZE),
               "KEA_SCHEMA_SETTINGS must list every field of kea_settings");

/* The same for kea_frame: beside the texts a number, two pointers and two counts. */
#define KEA_SCHEMA_TEXT_SIZE(key, field) +sizeof(((kea_frame *)NULL)->field)
_Static_assert(sizeof(kea_frame) == sizeof(double) + 2 * (sizeof(void *) + sizeof(size_t))
                                                             KEA_SCHEMA_FRAME(KEA_SCHEMA_TEXT_SIZE),
               "KEA_SCHEMA_FRAME must list every text of kea_frame");

#endif
