/* When are there draws enough? Goes along with a probabilistic analysis, draw by draw, and tells
 * where the Monte Carlo standard error of the net benefit is at or below a target.
 *
 * The error: of every strategy the standard error of its mean net benefit against arm 0 (paired,
 * discounted, at the reference willingness to pay, independent draws), divided by the mean number
 * of persons (of the frame's population, arm 0, over the window); the largest over the strategies.
 * Its unit is money per person: per student a year.
 *
 * The rule: after 100 draws, and from there on when there are a tenth more, rounded up to twenties
 * (100, 120, ... 220, 260, 300, 340, ...), the draws are enough once the error is at or below the
 * target. It depends on the draws in their order and on nothing else.
 *
 * Who stops when the error looks small stops a little too early: an estimate of the error that is
 * too low by chance ends the draws, one that is too high does not (Chow, Robbins 1965, Annals of
 * Mathematical Statistics 36; Glynn, Whitt 1992, Annals of Applied Probability 2). The least number
 * of draws and the few looks keep that small: in simulated analyses (tests/unit/test_enough.c)
 * intervals of 1.96 errors at the stop hold the truth in 94.5 to 95 of 100 cases where net benefits
 * are normal, in 93 to 94.5 where they are as skewed as an exponential distribution; there the mean
 * is off by about a tenth of an error on average, towards the side of the short tail. */
#ifndef KEA_ANALYSIS_ENOUGH_H
#define KEA_ANALYSIS_ENOUGH_H

#include "sim/core/frame.h"
#include "sim/core/moments.h"
#include "sim/core/sample.h"
#include "sim/core/status.h"
#include "sim/inputs/problem.h"

#include <stdbool.h>
#include <stddef.h>

/* The fewest draws that can be enough, and what all numbers of draws at which that is looked at are
 * multiples of. */
enum { KEA_ENOUGH_LEAST = 100, KEA_ENOUGH_STEP = 20 };

typedef struct kea_enough {
    double target, wtp;
    const kea_effect *effect; /* borrowed */
    const char *population;   /* name of the outcome; borrowed */
    size_t n_arms;
    kea_moments *benefit; /* [n_arms] net benefits against arm 0, of the whole */
    kea_moments persons;
    size_t n;      /* draws so far */
    size_t next;   /* draws at which to look next */
    bool met;      /* the draws were enough at a look */
    size_t met_at; /* how many draws there were at the first such look; 0: none */
} kea_enough;

/* The first number of draws above n at which to look. */
size_t kea_enough_look(size_t n);

/* Starts without draws. `settings` give target and willingness to pay; with a target of 0 draws are
 * never enough. Free with kea_enough_free (legal on {0}, after a failed init, and twice).
 * KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_enough_init(kea_enough *enough, const kea_settings *settings,
                                       const kea_frame *frame, size_t n_arms, kea_error *err);
void kea_enough_free(kea_enough *enough);

/* Adds the next draws, one a point; those after a look that they were enough at too. Errors:
 * KEA_ERR_MEMORY; KEA_ERR_INPUT when the sample lacks an outcome. */
KEA_CHECKED kea_status kea_enough_add(kea_enough *enough, const kea_sample *draws, kea_error *err);

/* The error now; NAN with fewer than 2 draws. */
double kea_enough_error(const kea_enough *enough);

#endif
