/* What is said of a choice in plain words, wherever it is told. */
#ifndef KEA_REPORT_CHOICE_H
#define KEA_REPORT_CHOICE_H

#include "sim/analysis/evpi.h"
#include "sim/analysis/frontier.h"
#include "sim/analysis/precision.h"

#include <stddef.h>

/* How certain a simulation must be of an order before it is called more than noise. */
#define KEA_CHOICE_LEVEL 0.95

/* "on the frontier", "dominated by a mix", "dominated" in the reader's language. */
const char *kea_choice_standing(kea_standing standing);

/* "The order of the strategies is not within the noise of the simulation.", or what is, and how
 * many draws would tell the first two apart. ranks as of kea_ranking_of; best and second are the
 * names of ranks[0] and [1]. Cut to size. */
void kea_choice_noise(char *text, size_t size, const kea_ranking *ranking, const kea_rank *ranks,
                      const char *best, const char *second);

/* "It is the best in 51% of draws.": how sure the choice is, which the mean does not tell. `share`
 * of all draws. A share that is not quite 1 is told as "more than 99%". Cut to size. */
void kea_choice_sure(char *text, size_t size, double share);

/* The share of draws in which an arm has the highest net benefit at one willingness to pay. Errors
 * as of kea_decision_init. */
KEA_CHECKED kea_status kea_choice_share(double *share, const kea_pairs *pairs, size_t arm,
                                        double wtp, kea_error *err);

/* "To know everything before choosing would be worth EUR 28,700 (Monte Carlo error
 * EUR 1,200) per decision; ...". Cut to size. */
void kea_choice_worth(char *text, size_t size, const kea_evpi *evpi, const char *currency);

#endif
