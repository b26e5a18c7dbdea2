/* The numbers of the `run` and `analysis` groups of a scenario file, in one table that serves the
 * loader, the overrides, the written-out scenario and the template. */
#ifndef KEA_INPUTS_SETTINGS_H
#define KEA_INPUTS_SETTINGS_H

#include "sim/core/status.h"
#include "sim/inputs/config.h"
#include "sim/inputs/params.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An evenly spaced list of numbers: n >= 1 values from `from` to `to`. */
typedef struct kea_range {
    double from, to;
    size_t n;
} kea_range;
double kea_range_at(const kea_range *range, size_t i);

/* What is to be computed. Every field has a key of the same name in the scenario file. */
typedef struct kea_settings {
    uint64_t seed;         /* "run.seed", quoted text in the file */
    size_t draws;          /* "run.draws": parameter draws of the probabilistic analysis */
    double target_error;   /* "run.target_error" of a net benefit per person; 0: none */
    size_t sampling;       /* "run.sampling": a kea_sampling_scheme */
    size_t replicates;     /* "run.replicates": cohorts averaged in the base case */
    double discount_costs; /* "run.discount_costs", per year */
    double discount_effects;
    kea_range willingness_to_pay; /* "analysis.willingness_to_pay" per unit of the first effect */
    double reference_wtp;    /* "analysis.reference_willingness_to_pay": used in maps and tornado */
    kea_range hours_factor;  /* "analysis.hours_factor": n is 0 without a staffing parameter */
    size_t sweep_draws;      /* "analysis.sweep_draws": draws behind an uncertainty band */
    size_t sweep_replicates; /* "analysis.sweep_replicates": cohorts per cell of a map */
    size_t tornado_replicates;   /* "analysis.tornado_replicates" */
    double tornado_level;        /* "analysis.tornado_level": central interval, e.g. 0.95 */
    size_t budget_years;         /* "analysis.budget_years" */
    size_t smallest_home;        /* "analysis.smallest_municipality" */
    size_t precision_draws;      /* "analysis.precision_draws"; 0: none */
    size_t precision_replicates; /* "analysis.precision_replicates" */
    size_t subgroup_draws; /* "analysis.subgroup_draws": draws whose results are kept by group */
} kea_settings;

typedef enum kea_setting_kind {
    KEA_SETTING_SEED,
    KEA_SETTING_COUNT,
    KEA_SETTING_REAL,
    KEA_SETTING_SAMPLING
} kea_setting_kind;

typedef struct kea_setting_row {
    const char *group; /* "run" or "analysis" */
    const char *key;
    const char *part;      /* "from", "to" or "n" of a range; NULL for a single number */
    kea_setting_kind kind; /* uint64_t, size_t, double, or size_t for the number of a scheme */
    size_t offset;         /* in kea_settings */
    double min, max;
    const char *start; /* what the template writes */
    const char *meaning;
} kea_setting_row;

extern const kea_setting_row kea_setting_rows[];
extern const size_t kea_n_setting_rows;

/* Whether a model with these parameters has the setting: hours_factor needs a staffing parameter,
 * budget_years payers, smallest_municipality a payer by home, subgroup_draws groups of people. */
bool kea_setting_applies(const kea_setting_row *row, const kea_param_table *params);

/* Reads both groups from the root of a scenario; run.sampling, run.target_error,
 * analysis.precision_draws and precision_replicates may be left out, and what stands in
 * "analysis.sweeps" is left to kea_load_sweeps. KEA_ERR_INPUT. */
KEA_CHECKED kea_status kea_settings_load(kea_settings *settings, const kea_config *config,
                                         const kea_param_table *params, kea_error *err);

/* Reads the range "factor" of a sweep's group. KEA_ERR_INPUT. */
KEA_CHECKED kea_status kea_settings_load_factor(kea_range *factor, const kea_config *config,
                                                const kea_setting *group, kea_error *err);

/* Sets one number by its full name ("run.draws", "analysis.hours_factor.n") from text.
 * KEA_ERR_USAGE with a text about the value, or when there is no such name. */
KEA_CHECKED kea_status kea_settings_set(kea_settings *settings, const kea_param_table *params,
                                        const char *name, const char *value, kea_error *err);

/* Sets "factor.from", "factor.to" or "factor.n" (`part`) of a sweep, in the same way. */
KEA_CHECKED kea_status kea_settings_set_factor(kea_range *factor, const char *part,
                                               const char *value, kea_error *err);

/* Checks the rules between numbers of one range. KEA_ERR_USAGE names its key. */
KEA_CHECKED kea_status kea_settings_check(const kea_settings *settings,
                                          const kea_param_table *params, kea_error *err);

/* The same for one range; the text does not name it. */
KEA_CHECKED kea_status kea_settings_check_range(const kea_range *range, kea_error *err);

/* The value of a row as a number; NAN for a seed and a sampling scheme, which are none. */
double kea_setting_value(const kea_settings *settings, const kea_setting_row *row);

/* Decimal text of digits only to 64 bits. KEA_ERR_USAGE says what is wrong with it. */
KEA_CHECKED kea_status kea_seed_parse(const char *text, uint64_t *seed, kea_error *err);

#endif
