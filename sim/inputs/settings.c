/* The table of settings and what reads it; see settings.h. */
#include "sim/inputs/settings.h"

#include "sim/inputs/sampling.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(field) offsetof(kea_settings, field)
#define PART(key, field, part, kind, low, high, start, meaning)                                    \
    {                                                                                              \
        "analysis", key, #part, kind, AT(field) + offsetof(kea_range, part), low, high, start,     \
            meaning                                                                                \
    }
#define RANGE(key, field, high, first, last, count, meaning)                                       \
    PART(key, field, from, KEA_SETTING_REAL, 0, high, first, meaning),                             \
        PART(key, field, to, KEA_SETTING_REAL, 0, high, last, NULL),                               \
        PART(key, field, n, KEA_SETTING_COUNT, 1, 1001, count, NULL)

/* clang-format off */
const kea_setting_row kea_setting_rows[] = {
    {"run", "seed", NULL, KEA_SETTING_SEED, AT(seed), 0, 0, "\"1\"",
     "start of all random numbers: a whole number between quotes"},
    {"run", "draws", NULL, KEA_SETTING_COUNT, AT(draws), 1, 1000000, "1000",
     "parameter draws of the probabilistic analysis"},
    {"run", "target_error", NULL, KEA_SETTING_REAL, AT(target_error), 0, 1e9, "0.0",
     "error of the net benefit per person at which draws are enough; 0: make all draws"},
    {"run", "sampling", NULL, KEA_SETTING_SAMPLING, AT(sampling), 0, 0, "\"random\"",
     "how the draws are spread: random, latin_hypercube or sobol"},
    {"run", "replicates", NULL, KEA_SETTING_COUNT, AT(replicates), 1, 1000000, "20",
     "simulated cohorts averaged in the base case"},
    {"run", "discount_costs", NULL, KEA_SETTING_REAL, AT(discount_costs), 0, 1, "",
     "discount rate of costs per year"},
    {"run", "discount_effects", NULL, KEA_SETTING_REAL, AT(discount_effects), 0, 1, "",
     "discount rate of effects per year"},
    RANGE("willingness_to_pay", willingness_to_pay, 1e9, "0.0", "150000.0", "61",
          "money per unit of the main effect, for the curves"),
    {"analysis", "reference_willingness_to_pay", NULL, KEA_SETTING_REAL, AT(reference_wtp), 0, 1e9,
     "", "money per unit of the main effect, for the maps and the tornado"},
    RANGE("hours_factor", hours_factor, 100, "0.0", "4.0", "17", "multiples of a team's hours"),
    {"analysis", "sweep_draws", NULL, KEA_SETTING_COUNT, AT(sweep_draws), 1, 1000000, "200",
     "parameter draws behind the band of a sweep"},
    {"analysis", "sweep_replicates", NULL, KEA_SETTING_COUNT, AT(sweep_replicates), 1, 1000000,
     "10", "simulated cohorts per cell of a two-way map"},
    {"analysis", "tornado_replicates", NULL, KEA_SETTING_COUNT, AT(tornado_replicates), 1, 1000000,
     "4", "simulated cohorts per end of a tornado bar"},
    {"analysis", "precision_draws", NULL, KEA_SETTING_COUNT, AT(precision_draws), 0, 1000000, "50",
     "parameter draws with several cohorts each, to tell uncertainty from luck; 0: none"},
    {"analysis", "precision_replicates", NULL, KEA_SETTING_COUNT, AT(precision_replicates), 0,
     1000, "4", "simulated cohorts of each of these, 2 or more"},
    {"analysis", "budget_years", NULL, KEA_SETTING_COUNT, AT(budget_years), 1, 60, "5",
     "school years of the budget"},
    {"analysis", "smallest_municipality", NULL, KEA_SETTING_COUNT, AT(smallest_home), 0, 1000000,
     "25", "home municipalities of fewer people are told together, by zone"},
    {"analysis", "tornado_level", NULL, KEA_SETTING_REAL, AT(tornado_level), 0.5, 0.999, "0.95",
     "central interval of each parameter in the tornado"},
    {"analysis", "subgroup_draws", NULL, KEA_SETTING_COUNT, AT(subgroup_draws), 0, 1000000, "100",
     "of the draws, the first so many are told apart by groups of people; 0 for none"},
};
/* clang-format on */
const size_t kea_n_setting_rows = sizeof kea_setting_rows / sizeof kea_setting_rows[0];

/* A sweep's own range, in the same form; offsets are those within the range. */
#define FACTOR(part, kind, low, high)                                                              \
    {                                                                                              \
        "sweeps", "factor", #part, kind, offsetof(kea_range, part), low, high, "",                 \
            "multiples of the parameter's values"                                                  \
    }
static const kea_setting_row factor_rows[] = {FACTOR(from, KEA_SETTING_REAL, 0, 100),
                                              FACTOR(to, KEA_SETTING_REAL, 0, 100),
                                              FACTOR(n, KEA_SETTING_COUNT, 1, 1001)};
enum { N_FACTOR_ROWS = sizeof factor_rows / sizeof factor_rows[0] };
static const char *const range_parts[] = {"from", "to", "n"};

bool kea_setting_applies(const kea_setting_row *row, const kea_param_table *params)
{
    size_t staffing;
    bool hours =
        row->offset >= AT(hours_factor) && row->offset < AT(hours_factor) + sizeof(kea_range);
    if (row->offset == AT(budget_years))
        return params->n_payers > 0;
    if (row->offset == AT(smallest_home))
        return params->home_payer;
    if (row->offset == AT(subgroup_draws))
        return params->n_groupings > 0;
    return !hours || kea_param_table_staffing(params, &staffing);
}

/* Whether a file may leave it out: it is 0 then. */
static bool is_optional(const kea_setting_row *row)
{
    return row->offset == AT(target_error) || row->offset == AT(precision_draws) ||
           row->offset == AT(precision_replicates);
}

/* `target` is what the row's offset counts from: settings, or the range of a sweep. */
static void *place(void *target, const kea_setting_row *row)
{
    return (char *)target + row->offset;
}

double kea_range_at(const kea_range *range, size_t i)
{
    if (i + 1 >= range->n) /* exactly `to`, without rounding */
        return range->n > 1 ? range->to : range->from;
    return range->from + (range->to - range->from) * ((double)i / (double)(range->n - 1));
}

double kea_setting_value(const kea_settings *settings, const kea_setting_row *row)
{
    const void *at = (const char *)settings + row->offset;
    if (row->kind == KEA_SETTING_COUNT)
        return (double)*(const size_t *)at;
    return row->kind == KEA_SETTING_REAL ? *(const double *)at : (double)NAN;
}

static void store(void *target, const kea_setting_row *row, double value)
{
    if (row->kind == KEA_SETTING_COUNT)
        *(size_t *)place(target, row) = (size_t)value;
    else
        *(double *)place(target, row) = value;
}

kea_status kea_seed_parse(const char *text, uint64_t *seed, kea_error *err)
{
    if (!text[0] || text[strspn(text, "0123456789")])
        return kea_error_set(err, KEA_ERR_USAGE,
                             "expected a whole number of digits only, found \"%s\"", text);
    errno = 0;
    unsigned long long value = strtoull(text, NULL, 10);
    if (errno == ERANGE || value > UINT64_MAX)
        return kea_error_set(err, KEA_ERR_USAGE, "expected at most %" PRIu64 " (64 bits), found %s",
                             UINT64_MAX, text);
    *seed = value;
    return KEA_OK;
}

static kea_status check_range(const kea_setting_row *row, double value, kea_error *err)
{
    if (value >= row->min && value <= row->max)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_USAGE, "expected a number from %.10g to %.10g, found %.10g",
                         row->min, row->max, value);
}

static kea_status find_scheme(const char *name, size_t *scheme, kea_error *err)
{
    *scheme = kea_sampling_find(name);
    if (*scheme < KEA_N_SAMPLINGS)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_USAGE,
                         "there is no way of sampling \"%s\"; expected \"random\", "
                         "\"latin_hypercube\" or \"sobol\"",
                         name);
}

/* May be left out: draws are then random. */
static kea_status load_sampling(kea_settings *settings, const kea_config *config,
                                const kea_setting *group, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_setting *setting = kea_config_find(group, "sampling");
    const char *text = NULL;
    kea_error why;
    settings->sampling = KEA_SAMPLING_RANDOM;
    if (!setting)
        return KEA_OK;
    KEA_TRY(kea_config_text(config, setting, &text, err));
    if (find_scheme(text, &settings->sampling, &why) != KEA_OK)
        return kea_config_fail(config, setting, err, "%s", why.text);
done:
    return status;
}

static kea_status load_seed(kea_settings *settings, const kea_config *config,
                            const kea_setting *setting, kea_error *err)
{
    char found[128];
    const char *text = NULL;
    kea_error why;
    if (!kea_config_is_text(setting)) {
        kea_config_describe(setting, found, sizeof found);
        return kea_config_fail(
            config, setting, err,
            "expected a whole number between quotes, like \"20240901\", found %s", found);
    }
    kea_status status = kea_config_text(config, setting, &text, err);
    if (status != KEA_OK)
        return status;
    if (kea_seed_parse(text, &settings->seed, &why) != KEA_OK)
        return kea_config_fail(config, setting, err, "%s", why.text);
    return KEA_OK;
}

/* Names of the members that a group of settings may have. */
static size_t members(const char *group, const kea_param_table *params, const char **names)
{
    size_t n = 0;
    for (size_t i = 0; i < kea_n_setting_rows; i++) {
        const kea_setting_row *row = &kea_setting_rows[i];
        if (strcmp(row->group, group) != 0 || !kea_setting_applies(row, params))
            continue;
        if (n == 0 || strcmp(names[n - 1], row->key) != 0)
            names[n++] = row->key;
    }
    if (strcmp(group, "analysis") == 0)
        names[n++] = "sweeps";
    return n;
}

static kea_status load_row(void *target, const kea_config *config, const kea_setting_row *row,
                           const kea_setting *group, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_setting *setting = NULL;
    if (row->kind == KEA_SETTING_SAMPLING)
        return load_sampling(target, config, group, err);
    if (is_optional(row) && !kea_config_find(group, row->key)) {
        store(target, row, 0.0);
        return KEA_OK;
    }
    const char *what = row->meaning ? row->meaning : "a range needs from, to and n";
    KEA_TRY(kea_config_need(config, group, row->key, what, &setting, err));
    if (row->part) {
        const kea_setting *range = setting;
        KEA_TRY(kea_config_known(config, range, 3, range_parts, err));
        KEA_TRY(kea_config_need(config, range, row->part, "a range needs from, to and n", &setting,
                                err));
    }
    if (row->kind == KEA_SETTING_SEED)
        return load_seed(target, config, setting, err);
    double value;
    kea_error why;
    KEA_TRY(kea_config_number(config, setting, row->kind == KEA_SETTING_COUNT, &value, err));
    if (check_range(row, value, &why) != KEA_OK)
        return kea_config_fail(config, setting, err, "%s", why.text);
    store(target, row, value);
done:
    return status;
}

kea_status kea_settings_check_range(const kea_range *range, kea_error *err)
{
    if (range->n == 1 ? range->from == range->to : range->from < range->to)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_USAGE,
                         "expected 'from' below 'to' (or equal, with n = 1), found from %.10g to "
                         "%.10g with n = %zu",
                         range->from, range->to, range->n);
}

/* Once the last part of a range is known. */
static kea_status check_one_range(const kea_settings *settings, const kea_setting_row *row,
                                  kea_error *err)
{
    if (!row->part || strcmp(row->part, "n") != 0)
        return KEA_OK;
    const char *at = (const char *)settings + row->offset - offsetof(kea_range, n);
    return kea_settings_check_range((const kea_range *)(const void *)at, err);
}

/* Draws of the other schemes belong together in blocks whose size follows from their number, and
 * their error is known from whole blocks only. */
static kea_status check_target(const kea_settings *settings, kea_error *err)
{
    if (!(settings->target_error > 0.0) || settings->sampling == KEA_SAMPLING_RANDOM)
        return KEA_OK;
    return kea_error_set(
        err, KEA_ERR_USAGE,
        "draws can go on until a target only with run.sampling = \"random\", found "
        "\"%s\"; change that, or remove the target",
        kea_sampling_name((kea_sampling_scheme)settings->sampling));
}

/* A split of variance needs two of both. */
static kea_status check_precision(const kea_settings *settings, kea_error *err)
{
    const size_t draws = settings->precision_draws, each = settings->precision_replicates;
    if (draws == 0 || (draws >= 2 && each >= 2))
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_USAGE,
                         "telling uncertainty from luck takes 2 or more draws of 2 or more cohorts "
                         "each, found precision_draws = %zu and precision_replicates = %zu",
                         draws, each);
}

kea_status kea_settings_check(const kea_settings *settings, const kea_param_table *params,
                              kea_error *err)
{
    kea_error rule;
    if (check_target(settings, &rule) != KEA_OK)
        return kea_error_set(err, KEA_ERR_USAGE, "run.target_error: %s", rule.text);
    if (check_precision(settings, &rule) != KEA_OK)
        return kea_error_set(err, KEA_ERR_USAGE, "analysis.precision_draws: %s", rule.text);
    for (size_t i = 0; i < kea_n_setting_rows; i++) {
        kea_error why;
        const kea_setting_row *row = &kea_setting_rows[i];
        if (kea_setting_applies(row, params) && check_one_range(settings, row, &why) != KEA_OK)
            return kea_error_set(err, KEA_ERR_USAGE, "%s.%s: %s", row->group, row->key, why.text);
    }
    return KEA_OK;
}

/* What a model lacks that has no use for a setting. */
static const char *why_not(const kea_setting_row *row)
{
    if (row->offset == AT(budget_years) || row->offset == AT(smallest_home))
        return "does not say who can pay";
    return row->offset == AT(subgroup_draws) ? "tells no groups of people apart"
                                             : "has no staffing to vary";
}

/* A setting that the model has no use for gets a message of its own. */
static kea_status refuse_others(const kea_config *config, const kea_setting *group,
                                const char *name, const kea_param_table *params, kea_error *err)
{
    for (size_t i = 0; i < kea_n_setting_rows; i++) {
        const kea_setting_row *row = &kea_setting_rows[i];
        if (strcmp(row->group, name) != 0 || kea_setting_applies(row, params))
            continue;
        const kea_setting *found = kea_config_find(group, row->key);
        if (found)
            return kea_config_fail(config, found, err, "the model %s; remove it", why_not(row));
    }
    return KEA_OK;
}

static kea_status load_group(kea_settings *settings, const kea_config *config, const char *name,
                             const kea_param_table *params, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_setting *group = NULL;
    const char *names[32];
    KEA_TRY(kea_config_need_group(config, kea_config_root(config), name,
                                  "a group of settings; 'keasim template' shows it", &group, err));
    KEA_TRY(refuse_others(config, group, name, params, err));
    KEA_TRY(kea_config_known(config, group, members(name, params, names), names, err));
    for (size_t i = 0; i < kea_n_setting_rows; i++) {
        const kea_setting_row *row = &kea_setting_rows[i];
        kea_error why;
        if (strcmp(row->group, name) != 0 || !kea_setting_applies(row, params))
            continue;
        KEA_TRY(load_row(settings, config, row, group, err));
        if (check_one_range(settings, row, &why) != KEA_OK)
            return kea_config_fail(config, kea_config_find(group, row->key), err, "%s", why.text);
    }
done:
    return status;
}

kea_status kea_settings_load_factor(kea_range *factor, const kea_config *config,
                                    const kea_setting *group, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_error why;
    for (size_t i = 0; i < N_FACTOR_ROWS; i++)
        KEA_TRY(load_row(factor, config, &factor_rows[i], group, err));
    if (kea_settings_check_range(factor, &why) != KEA_OK)
        status = kea_config_fail(config, kea_config_find(group, "factor"), err, "%s", why.text);
done:
    return status;
}

kea_status kea_settings_load(kea_settings *settings, const kea_config *config,
                             const kea_param_table *params, kea_error *err)
{
    kea_error why;
    kea_status status = load_group(settings, config, "run", params, err);
    if (status == KEA_OK && check_target(settings, &why) != KEA_OK) {
        const kea_setting *run = kea_config_find(kea_config_root(config), "run");
        return kea_config_fail(config, kea_config_find(run, "target_error"), err, "%s", why.text);
    }
    if (status == KEA_OK)
        status = load_group(settings, config, "analysis", params, err);
    if (status == KEA_OK && check_precision(settings, &why) != KEA_OK) {
        const kea_setting *group = kea_config_find(kea_config_root(config), "analysis");
        return kea_config_fail(config, kea_config_find(group, "precision_draws"), err, "%s",
                               why.text);
    }
    return status;
}

static void row_name(const kea_setting_row *row, char *text, size_t size)
{
    (void)snprintf(text, size, "%s.%s%s%s", row->group, row->key, row->part ? "." : "",
                   row->part ? row->part : "");
}

static kea_status set_number(void *target, const kea_setting_row *row, const char *value,
                             kea_error *err)
{
    char *end;
    double number = strtod(value, &end);
    if (end == value || *end || !isfinite(number))
        return kea_error_set(err, KEA_ERR_USAGE, "expected a finite number, found \"%s\"", value);
    if (row->kind == KEA_SETTING_COUNT && number != floor(number))
        return kea_error_set(err, KEA_ERR_USAGE, "expected a whole number, found %s", value);
    kea_status status = check_range(row, number, err);
    if (status == KEA_OK)
        store(target, row, number);
    return status;
}

static kea_status set_row(kea_settings *settings, const kea_setting_row *row, const char *value,
                          kea_error *err)
{
    if (row->kind == KEA_SETTING_SEED)
        return kea_seed_parse(value, &settings->seed, err);
    if (row->kind == KEA_SETTING_SAMPLING)
        return find_scheme(value, &settings->sampling, err);
    return set_number(settings, row, value, err);
}

kea_status kea_settings_set_factor(kea_range *factor, const char *part, const char *value,
                                   kea_error *err)
{
    for (size_t i = 0; i < N_FACTOR_ROWS; i++)
        if (strcmp(factor_rows[i].part, part) == 0)
            return set_number(factor, &factor_rows[i], value, err);
    return kea_error_set(err, KEA_ERR_USAGE, "a range has from, to and n, but no '%s'", part);
}

kea_status kea_settings_set(kea_settings *settings, const kea_param_table *params, const char *name,
                            const char *value, kea_error *err)
{
    char names[64][64];
    const char *list[64];
    size_t n = 0;
    for (size_t i = 0; i < kea_n_setting_rows; i++) {
        const kea_setting_row *row = &kea_setting_rows[i];
        if (!kea_setting_applies(row, params))
            continue;
        row_name(row, names[n], sizeof names[n]);
        if (strcmp(names[n], name) == 0)
            return set_row(settings, row, value, err);
        list[n] = names[n];
        n++;
    }
    const char *nearest = kea_param_nearest(name, n, list);
    return kea_error_set(err, KEA_ERR_USAGE, "there is no setting '%s'%s%s%s", name,
                         nearest ? "; did you mean '" : "", nearest ? nearest : "",
                         nearest ? "'?" : "");
}
