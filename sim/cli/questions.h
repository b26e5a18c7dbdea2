/* The questions of a sensitivity analysis as people write them on the command line, and the designs
 * that answer them. */
#ifndef KEA_CLI_QUESTIONS_H
#define KEA_CLI_QUESTIONS_H

#include "sim/core/status.h"
#include "sim/inputs/design.h"
#include "sim/inputs/factors.h"
#include "sim/inputs/problem.h"
#include "sim/inputs/varied.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum kea_question_kind {
    KEA_ASK_ONE_WAY,
    KEA_ASK_TWO_WAY,
    KEA_ASK_TABLE,
    KEA_ASK_THRESHOLD,
    KEA_ASK_WHAT_IF,
    KEA_ASK_SOBOL,
    KEA_ASK_MORRIS,
    KEA_N_QUESTION_KINDS
} kea_question_kind;

/* The option that asks: "--one-way". */
const char *kea_question_option(kea_question_kind kind);

/* How all questions are to be answered. */
typedef struct kea_question_options {
    bool drawn;          /* other values are put into parameter draws, not into the base case */
    size_t repeats;      /* draws, or cohorts */
    size_t rows;         /* of a Sobol design */
    size_t trajectories; /* of a Morris design */
    bool by_parameter;   /* global analyses: the elements of each parameter are one factor */
    size_t n_groups;
    const char *const *groups; /* [n_groups] "NAME,NAME": one factor together */
} kea_question_options;

enum { KEA_QUESTION_STEM = 240 };

/* Lies where it was made: variation and design borrow from it. */
typedef struct kea_question {
    kea_question_kind kind;
    char stem[KEA_QUESTION_STEM]; /* of its files */
    size_t n_axes;
    kea_varied axes[KEA_VARIATION_AXES];
    kea_factors factors;
    kea_variation variation;
    kea_design design;
} kea_question;

/* Makes a question of its text: "NAME=FROM:TO:N" (values), "NAME=xFROM:xTO:N" (times its value),
 * "NAME=qFROM:qTO:N" (quantiles), with N 5 (of a threshold 9) when left out; "NAME" alone is the
 * 95% interval (of a threshold 0 to 4 times its value); several separated by commas. NULL for the
 * kinds that take none. Free with kea_question_free (legal on {0}, after failure and twice).
 * Errors: KEA_ERR_USAGE, naming the option, KEA_ERR_INPUT, KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_question_make(kea_question *question, const kea_problem *problem,
                                         kea_question_kind kind, const char *text,
                                         const kea_question_options *options, kea_error *err);
void kea_question_free(kea_question *question);

#endif
