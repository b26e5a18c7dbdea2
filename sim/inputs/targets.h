/* Published figures that a model is held against, as read from a targets file
 * (scenarios/targets.cfg; the format is described in scenarios/README.md).
 *
 * Here are names only: whether a scenario has the strategy and a model the outcomes is checked by
 * who holds results against them (sim/report/validation.h). */
#ifndef KEA_INPUTS_TARGETS_H
#define KEA_INPUTS_TARGETS_H

#include "sim/core/status.h"
#include "sim/inputs/problem.h"

#include <stdbool.h>
#include <stddef.h>

/* What a published figure is for. */
typedef enum kea_target_role {
    KEA_TARGET_FITTED,     /* parameters were chosen so that the model comes near it */
    KEA_TARGET_CHECK,      /* looked at, but nothing was chosen by it */
    KEA_TARGET_PREDICTION, /* kept apart from all choosing: what the model says unaided */
    KEA_N_TARGET_ROLES
} kea_target_role;

/* "fitted", "check", "prediction": as in the file. */
const char *kea_target_role_name(kea_target_role role);

/* What of the strategy is held against the figure. */
typedef enum kea_target_compare {
    KEA_TARGET_LEVEL,      /* its own value */
    KEA_TARGET_DIFFERENCE, /* its value minus the comparator's */
    KEA_TARGET_RATIO       /* its value divided by the comparator's */
} kea_target_compare;

/* Names, such as of outcomes that are added up. */
typedef struct kea_target_names {
    size_t n;
    char **name; /* [n], owned */
} kea_target_names;

/* The simulated quantity: the sum of some outcomes over the window, not discounted, divided by the
 * sum of others, times `scale`. */
typedef struct kea_target_measure {
    kea_target_names outcome; /* empty when `category` is given */
    char *category;           /* all cost outcomes of this category; NULL when there are outcomes */
    kea_target_names over;    /* empty: not divided */
    double scale;
    kea_target_compare compare;
} kea_target_measure;

/* In the place of an outcome: all costs during school. */
#define KEA_TARGET_COST "cost"

/* One figure. All texts owned. */
typedef struct kea_target {
    char *id;        /* its key in the file: "friesland_reach" */
    char *name;      /* in words; translatable */
    size_t scenario; /* index in kea_targets.scenario */
    char *strategy;  /* id of a care model */
    kea_target_measure measure;
    double value, low, high; /* published, in `unit`; low <= value <= high */
    char *unit;              /* "%", "EUR", "ratio" */
    kea_target_role role;
    kea_evidence evidence;
    char *source;
    char *note; /* how to read it, and why the model may miss it; "" for none; translatable */
    char *file; /* where it stands */
    int line;
} kea_target;

/* A number of the scenarios that a calibration may change: one parameter or several, all
 * multiplied by the same. */
typedef struct kea_target_open {
    kea_target_names parameters; /* as in --set: "effort", "dropout_hazard.level1", "team.effort" */
    double low, high;            /* what the first of the numbers may become; 0 < low < high */
    char *reason;                /* why it is open; translatable */
    char *file;                  /* where it stands */
    int line;
} kea_target_open;

/* One step of a calibration: some numbers are chosen by some fitted figures. */
typedef struct kea_target_fit {
    char *id;       /* its key in the file */
    size_t *target; /* [n_targets] indices in kea_targets.target, all of role fitted */
    size_t n_targets;
    kea_target_open *open; /* [n_open], n_open <= n_targets */
    size_t n_open;
    char *file;
    int line;
} kea_target_fit;

typedef struct kea_targets {
    char *file;      /* the path that was read */
    char *title;     /* what the figures are about; translatable */
    char **scenario; /* [n_scenarios] paths, each once, in the order in which they are named */
    size_t n_scenarios;
    kea_target *target; /* [n], in the order of the file */
    size_t n;
    kea_target_fit *fit; /* [n_fits], in the order of the file; none without `calibration` */
    size_t n_fits;
} kea_targets;

/* Reads a targets file. Scenarios are looked for beside it; it is an error when one is not there.
 * The caller frees with kea_targets_free (legal also after failure, on {0} and twice).
 * Errors: KEA_ERR_IO when `path` cannot be read, KEA_ERR_INPUT for what it says, KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_targets_load(kea_targets *targets, const char *path, kea_error *err);
void kea_targets_free(kea_targets *targets);

/* Whether a file is one of targets rather than a scenario: its root has `targets`. False also for
 * a file that cannot be read. */
bool kea_targets_is(const char *path);

#endif
