/* A sample of outcomes: for every point (a parameter draw, a sweep value, ...) and every arm (a
 * strategy, or a strategy at other hours), every outcome at three scopes. What the engine fills,
 * the store keeps and the analyses read; an analysis needs nothing else. */
#ifndef KEA_CORE_SAMPLE_H
#define KEA_CORE_SAMPLE_H

#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>

/* What kind of cost an outcome with a category is. The costs of a decision are those made while it
 * holds: what follows later may be what the effect is worth, and then may not be counted beside a
 * willingness to pay. A model whose costs are all part of the decision has the first kind only. */
typedef enum kea_cost_kind {
    KEA_COST_DURING,  /* of the decision: during school */
    KEA_COST_AFTER,   /* later: after leaving */
    KEA_COST_TRANSFER /* money that changes hands later (benefits): no cost to society */
} kea_cost_kind;

/* Whose costs are summed. */
typedef enum kea_perspective {
    KEA_PERSPECTIVE_DURING,  /* all payers, costs of the decision: the basis of the KEA */
    KEA_PERSPECTIVE_SOCIETY, /* all payers, all costs but transfers */
    KEA_PERSPECTIVE_PUBLIC,  /* all payers but "society", transfers included: the public purse */
    KEA_N_PERSPECTIVES
} kea_perspective;

/* What an outcome is. A model declares its outcomes once, in one table. */
typedef struct kea_outcome_decl {
    const char *name;     /* e.g. "vsv" */
    const char *unit;     /* e.g. "students", "EUR", "weeks" */
    int better;           /* +1 more is better, -1 less is better, 0 neither */
    const char *category; /* for costs: "team", "mentor", ...; NULL otherwise */
    const char *payer;    /* for costs: "school", "municipality", ...; without a category: a part of
                             what this payer pays, counted there already; NULL otherwise */
    const char *label;    /* short, for tables and figures (translatable) */
    const char *meaning;  /* one sentence */
    kea_cost_kind kind;   /* of a cost */
} kea_outcome_decl;

/* Over what time an outcome is summed. */
typedef enum kea_scope {
    KEA_SCOPE_WINDOW,     /* the periods of the window, not discounted */
    KEA_SCOPE_TOTAL,      /* window and run-out, not discounted */
    KEA_SCOPE_DISCOUNTED, /* window and run-out, discounted to the first period */
    KEA_N_SCOPES
} kea_scope;

/* Takes the amounts by school year of one point and arm, [outcome][period]; they are gone after the
 * call. */
typedef void (*kea_take_periods)(void *to, size_t point, size_t arm, const double *amounts);

/* Amounts by school year that are kept elsewhere, being large: hands over those of every point and,
 * within it, every arm. Errors are those of where they are kept. */
typedef struct kea_period_source {
    kea_status (*read)(const void *from, kea_take_periods take, void *to, kea_error *err);
    const void *from; /* borrowed */
} kea_period_source;

typedef struct kea_sample {
    size_t n_points;
    size_t n_arms;
    size_t n_outcomes;
    const kea_outcome_decl *outcomes; /* [n_outcomes], borrowed from the model */
    double *value;                    /* [point][arm][outcome][scope], owned */
    size_t n_periods;                 /* school years; 0 when they are not kept apart */
    double *period;           /* [point][arm][outcome][period], not discounted, owned; NULL: ... */
    kea_period_source source; /* ... they are read from here */
} kea_sample;

/* Zeroes and allocates; free with kea_sample_free. `outcomes` is borrowed. */
KEA_CHECKED kea_status kea_sample_init(kea_sample *sample, size_t n_points, size_t n_arms,
                                       size_t n_outcomes, const kea_outcome_decl *outcomes,
                                       kea_error *err);

/* Makes room for the amounts of every school year, all 0. Once, after kea_sample_init. */
KEA_CHECKED kea_status kea_sample_keep_periods(kea_sample *sample, size_t n_periods,
                                               kea_error *err);

/* Legal on {0}, after a failed init, and twice. */
void kea_sample_free(kea_sample *sample);

/* Copies the points of `part` to the places from point `first` on. Both have the same arms,
 * outcomes and school years, and there is room. */
void kea_sample_put(kea_sample *sample, size_t first, const kea_sample *part);

/* The place of one value. No bounds check in release builds. */
static inline double *kea_sample_at(const kea_sample *sample, size_t point, size_t arm,
                                    size_t outcome, kea_scope scope)
{
    return sample->value +
           (((point * sample->n_arms + arm) * sample->n_outcomes + outcome) * KEA_N_SCOPES) +
           (size_t)scope;
}

/* Hands over the amounts by school year of every point, and within a point of every arm, in their
 * order, from memory or from the source. Nothing when n_periods is 0. */
KEA_CHECKED kea_status kea_sample_each_period(const kea_sample *sample, kea_take_periods take,
                                              void *to, kea_error *err);

/* The amounts of one outcome, one for each of n_periods school years, of a sample that has them in
 * memory. */
static inline double *kea_sample_periods(const kea_sample *sample, size_t point, size_t arm,
                                         size_t outcome)
{
    return sample->period +
           ((point * sample->n_arms + arm) * sample->n_outcomes + outcome) * sample->n_periods;
}

/* Finds an outcome by name; returns false and leaves *index when there is none. */
bool kea_sample_find(const kea_sample *sample, const char *name, size_t *index);

/* The sum of the costs of the decision of one arm at one point, in their unit. */
double kea_sample_cost(const kea_sample *sample, size_t point, size_t arm, kea_scope scope);

/* The sum of the costs that a perspective counts. */
double kea_sample_cost_seen(const kea_sample *sample, size_t point, size_t arm, kea_scope scope,
                            kea_perspective perspective);

/* Whether a perspective counts an outcome. */
bool kea_outcome_seen(const kea_outcome_decl *outcome, kea_perspective perspective);

/* Whether a perspective counts costs that are made later: what an effect is worth may then be among
 * the costs already. */
bool kea_perspective_later(size_t n_outcomes, const kea_outcome_decl *outcomes,
                           kea_perspective perspective);

/* "during", "society", "public": in files and options. */
const char *kea_perspective_name(kea_perspective perspective);

#endif
