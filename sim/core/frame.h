/* What the answers of a model are about: whom it counts, in which money, what is gained, and which
 * figures are worth showing. A model declares its frame once, as constants; the store keeps it;
 * every table, figure and sentence is made from it, so that none of them knows a model.
 *
 * Texts marked (translatable) are English and go through the catalogue where they are shown. */
#ifndef KEA_CORE_FRAME_H
#define KEA_CORE_FRAME_H

#include "sim/core/sample.h"
#include "sim/core/status.h"

#include <stddef.h>

enum { KEA_MAX_LAWS = 4 };

/* What costs are set against: the sum of one or two outcomes, each turned so that more is better.
 */
typedef struct kea_effect {
    const char *key;    /* in tables for programs: "vsv" */
    const char *gain;   /* one of it gained: "early leaver prevented" (translatable) */
    const char *gained; /* several: "early leavers prevented" (translatable) */
    const char *lost;   /* one of it lost: "early leaver more" (translatable) */
    /* What the summary says of a change, with %s for how much (translatable). Of the first effect a
     * clause after the strategy's name: "prevents %s early school leavers (vsv)"; of the others the
     * begin of a sentence, "Referrals to specialist care: %s fewer", or NULL: not told. */
    const char *gains;
    const char *loses;
    size_t n_outcomes;
    const char *outcomes[2]; /* their names */
} kea_effect;

/* Whom amounts are counted per. */
typedef struct kea_frame_population {
    const char *outcome; /* name of the outcome that counts them, whose unit is what they are
                            called: "students"; its sum over the window is what is divided by */
    const char *one;     /* one of that sum, after "per": "student a year" (translatable) */
    const char *many;    /* `n` of it: "100 students a year" (translatable) */
    double n;            /* 100 */
    const char *whole;   /* all that is simulated together: "whole school" (translatable) */
    const char *wholes;  /* several of these: "schools" (translatable) */
} kea_frame_population;

/* Which table shows a measure. */
typedef enum kea_measure_use {
    KEA_IN_OUTCOMES, /* tables of outcomes, below the costs: `outcome` only, the rest is the table's
                      */
    KEA_IN_YEARLY,   /* yearly figures over the window */
    KEA_IN_SWEEPS,   /* beside cost and effect wherever a number is varied */
    KEA_N_MEASURE_USES
} kea_measure_use;

/* A figure worth showing: an outcome over the window, divided by another (or the sum of two) and
 * multiplied by `scale`. */
typedef struct kea_measure_decl {
    kea_measure_use use;
    const char *key;     /* in tables for programs */
    const char *label;   /* for people (translatable); NULL: the outcome's own */
    const char *unit;    /* "share", "weeks", ... (translatable) */
    const char *outcome; /* name of the outcome */
    const char *per;     /* name of the outcome it is divided by, NULL for none */
    const char *and_per; /* of one added to that, NULL for none */
    double scale;
    int decimals;     /* for people */
    const char *axis; /* KEA_IN_SWEEPS: title of its own panel over staffing hours, without the unit
                         (translatable); NULL: not drawn. Two are. */
    /* KEA_IN_SWEEPS: what a reader must know where the figure is above `note_above` (translatable);
     * NULL: nothing. */
    const char *note;
    double note_above;
} kea_measure_decl;

/* The same persons under a strategy and under the comparator. All NULL when a model pairs none. */
typedef struct kea_paired {
    const char *title;   /* of the table (translatable) */
    const char *persons; /* name of the outcome that counts them */
    const char *events;  /* of those among them who come to what is bad */
    const char *before;  /* of the same under the comparator */
    const char *persons_label, *events_label, *before_label; /* heads of columns (translatable) */
} kea_paired;

/* Outcomes by where people live (a parameter of kind KEA_HOMES): how their names begin, the label
 * of the parameter's element follows. Both NULL when a model tells none apart. */
typedef struct kea_by_home {
    const char *paid;   /* costs of the municipalities there: "municipal_" */
    const char *people; /* of the population, who live there: "home_" */
    /* Of these costs, those under a law, up to the first that has no name: how their names begin
     * ("jeugdwet_"), what the law is called (translatable), and the name of the outcome that sums
     * the squared amount of a case over all cases under it, wherever people live. What is under no
     * law is paid for the strategy. */
    const char *law[KEA_MAX_LAWS], *law_title[KEA_MAX_LAWS], *law_scatter[KEA_MAX_LAWS];
} kea_by_home;

/* What arrangements of funding are about. All NULL where a model has none. */
typedef struct kea_funded {
    const char *category;      /* of the costs that they divide over payers: "team" */
    const char *start;         /* name of the outcome: of these, what is paid once, at the start */
    const char *contributions; /* of these, contributions per person, in the care models' own
                                  arrangement */
} kea_funded;

typedef struct kea_frame {
    const char *currency; /* unit of costs, "EUR"; outcomes in it are discounted as costs */
    kea_frame_population population;
    const kea_effect *effects; /* [n_effects] the first is the effect of the decision */
    size_t n_effects;
    const kea_measure_decl
        *measures; /* [n_measures] by use, in the order in which they are shown */
    size_t n_measures;
    /* Where costs are told apart by when they are made (kea_cost_kind), what those of the decision
     * and the later ones are called (translatable): "during school", "after leaving". Both NULL in
     * a model that has costs of the first kind only. */
    const char *during, *after;
    const char *access; /* title of the figure of measures over staffing hours, with %s for the
                           strategy (translatable); NULL: no such figure */
    kea_paired paired;
    kea_by_home by_home;
    kea_funded funded;
} kea_frame;

/* Checks that a frame is complete and names outcomes that there are, effects such that one side is
 * better. KEA_ERR_INTERNAL says what is wrong: for tests of models. */
KEA_CHECKED kea_status kea_frame_check(const kea_frame *frame, size_t n_outcomes,
                                       const kea_outcome_decl *outcomes, kea_error *err);

#endif
