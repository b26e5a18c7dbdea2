/* The interface between the engine and a model.
 *
 * A model takes one parameter draw, one strategy and one cohort's address, and adds to outcome
 * accumulators. It knows nothing of files, threads, stores or reports. Models are const structs;
 * what changes lives in a workspace, one per thread. */
#ifndef KEA_ENGINE_MODEL_H
#define KEA_ENGINE_MODEL_H

#include "sim/core/frame.h"
#include "sim/core/funding.h"
#include "sim/core/sample.h"
#include "sim/core/status.h"
#include "sim/inputs/params.h"

#include <stddef.h>
#include <stdint.h>

/* Which simulated people: random streams are addressed by these two (and what the model adds). */
typedef struct kea_cohort {
    uint64_t seed;
    uint32_t number;
} kea_cohort;

/* Something that happens in one simulated life. Texts are constants, marked for translation. */
typedef struct kea_event {
    int week;           /* since the start of the warm-up */
    const char *what;   /* "a need arises" */
    const char *detail; /* "severe"; NULL for none */
    double number;      /* weeks, hours, ... as `what` says; NAN for none */
} kea_event;
typedef void kea_listener(void *context, const kea_event *event);

/* One fact about a strategy, for people. Texts are constants. */
typedef struct kea_fact {
    const char *group; /* facts of a group stand together under it */
    const char *label;
    double value;
    const char *unit; /* "" for none */
    int headline;     /* true for the few that say most */
} kea_fact;
enum { KEA_MAX_FACTS = 32 };

/* Parts of the population that can be seen as sites of their own, with a team of their own. */
typedef struct kea_parts {
    const char *name;       /* what a user asks for: "levels" */
    const char *start;      /* parameter of kind KEA_SHARES: in which part newcomers start */
    const char *leavers[2]; /* outcomes that together count who leaves; the second may be NULL */
    const char *caveat;     /* what is left out by telling the parts apart (translatable) */
} kea_parts;

typedef struct kea_model {
    const char *name;    /* "mbo" */
    const char *summary; /* one sentence */
    const char *caveat;  /* what its answers leave out, for readers of results (translatable) */
    const kea_param_table *params;
    const kea_outcome_decl *outcomes; /* [n_outcomes] */
    size_t n_outcomes;
    const kea_frame *frame; /* what its answers are about */
    const kea_parts *parts; /* NULL: the population is not told apart */

    /* Checks rules between parameters that no single range can express. `values` is one strategy's
     * values vector. KEA_ERR_INPUT with a text naming keys, values and the rule. May be NULL. */
    kea_status (*check)(const double *values, kea_error *err);

    /* What a strategy is: at most KEA_MAX_FACTS facts into facts[], by group; returns their number.
     * May be NULL. */
    size_t (*describe)(const double *values, kea_fact *facts);

    /* Number of periods (school years) of the outcome table, and how many of them, from the first,
     * form the window. Both depend on fixed parameters only. */
    void (*periods)(const double *values, size_t *n_window, size_t *n_periods);

    /* A workspace for one thread. May be reused for any number of cohorts. */
    kea_status (*open)(void **workspace, kea_error *err);
    void (*close)(void *workspace);

    /* Tells the discount factors of the periods, [n_periods] for costs and for effects, which stay
     * where they are until `close`. Called once, before the first `begin`; a model that is not told
     * discounts nothing. Only for outcomes that the engine cannot discount, such as squares of one
     * person's total. May be NULL. */
    void (*discount)(void *workspace, size_t n_periods, const double *costs, const double *effects);

    /* Simulates a cohort up to the decision under the status quo and keeps its state. */
    kea_status (*begin)(void *workspace, kea_cohort cohort, const double *status_quo,
                        kea_error *err);

    /* Runs one strategy from the kept state, which stays as it was. Fills
     * out[period][outcome], which holds zeros before. The first run after `begin` is the
     * comparator: what compares the same person under two strategies compares with it. `continues`
     * says that the strategy is the status quo itself, so that an organisation that exists already
     * does not start anew. */
    kea_status (*run)(void *workspace, const double *strategy, int continues, double *out,
                      kea_error *err);

    /* Asks that every following run also fills groups[subgroup - 1][period][outcome], which holds
     * zeros before: what out has, of each group of people that the groupings of `params` have, so
     * that the groups of a grouping sum to out (up to rounding). `out` may then differ from what it
     * is otherwise by rounding. Called once, before the first `begin`; `groups` stays where it is
     * until `close`. NULL in a model without groupings. */
    void (*apart)(void *workspace, double *groups);

    /* Tells everything that happens to one person in the following begin and runs, which are the
     * same to the last bit as without a listener. `listener` NULL ends it. The member may be NULL.
     */
    void (*listen)(void *workspace, uint32_t person, kea_listener *listener, void *context);

    /* What a strategy has and is paid for, from its values alone. Of models that have staffing, a
     * parameter for the money that buys it (params->budget) and payers; NULL of others. */
    void (*supply)(const double *values, kea_supply *out);
} kea_model;

#endif
