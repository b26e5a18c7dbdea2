#include "tests/support/second_model.h"

#include <math.h>
#include <string.h>

enum { YEARS, DEATH, STAY, PRICE, STRENGTH, HOURS, N_PARAMS };

static const kea_param_decl decls[N_PARAMS] = {
    {"years", "years followed", 1, NULL, NULL, "years", 1, 20, KEA_INTEGER, KEA_WORLD, "Years."},
    {"death", "risk of death", 1, NULL, NULL, "share", 0, 1, KEA_NUMBER, KEA_WORLD, "A year's."},
    {"stay", "price of a year of care", 1, NULL, NULL, "GBP per year", 0, 1e6, KEA_NUMBER,
     KEA_WORLD, "What a living person costs."},
    {"price", "price of a nurse", 1, NULL, NULL, "GBP per hour", 0, 1000, KEA_NUMBER, KEA_WORLD,
     "Of an hour."},
    {"strength", "effect of nurses", 1, NULL, NULL, "log ratio", 0, 5, KEA_NUMBER, KEA_CARE,
     "Largest effect on the risk of death."},
    {"nurse_hours", "nurse hours per 100 persons a week", 1, NULL, NULL, "hours per week", 0, 100,
     KEA_STAFFING, KEA_CARE, "Staffing."},
};
static const kea_param_table staffed = {.decl = decls, .n = N_PARAMS},
                             unstaffed = {.decl = decls, .n = HOURS};

enum { PEOPLE, LIFE_YEARS, DEATHS, COST_NURSE, COST_STAY, PART, N_OUTCOMES };

static const kea_outcome_decl outcomes[N_OUTCOMES] = {
    {"people", "persons", 0, NULL, NULL, "Persons", "At the start.", KEA_COST_DURING},
    {"life_years", "years", 1, NULL, NULL, "Life years", "Years lived.", KEA_COST_DURING},
    {"deaths", "persons", -1, NULL, NULL, "Deaths", "Who died.", KEA_COST_DURING},
    {"cost_nurse", "GBP", -1, "nurse", "hospital", "Nurses", "Hours.", KEA_COST_DURING},
    {"cost_stay", "GBP", -1, "stay", "society", "Stay", "Care.", KEA_COST_DURING},
    {"of_society", "GBP", -1, NULL, "society", "of which borrowed", "A tenth.", KEA_COST_DURING},
};

static const kea_effect effects[] = {
    {.key = "life_years",
     .gain = "life year gained",
     .gained = "life years gained",
     .lost = "life year lost",
     .gains = "gains %s life years",
     .loses = "loses %s life years",
     .n_outcomes = 1,
     .outcomes = {"life_years"}},
    {.key = "deaths",
     .gain = "death averted",
     .gained = "deaths averted",
     .lost = "death more",
     .n_outcomes = 1,
     .outcomes = {"deaths"}},
};

static const kea_measure_decl measures[] = {
    {.use = KEA_IN_OUTCOMES, .outcome = "life_years"},
    {.use = KEA_IN_OUTCOMES, .outcome = "deaths"},
    {.use = KEA_IN_YEARLY,
     .key = "lived",
     .unit = "years",
     .outcome = "life_years",
     .per = "people",
     .scale = 1,
     .decimals = 3},
    {.use = KEA_IN_SWEEPS,
     .key = "died_share",
     .label = "died",
     .unit = "share",
     .outcome = "deaths",
     .per = "people",
     .scale = 1,
     .decimals = 1,
     .axis = "Share who died"},
    {.use = KEA_IN_SWEEPS,
     .key = "lived_years",
     .label = "lived",
     .unit = "years",
     .outcome = "life_years",
     .per = "people",
     .scale = 1,
     .decimals = 3,
     .axis = "Mean length of life"},
};

static const kea_frame frame = {
    .currency = "GBP",
    .population = {.outcome = "people",
                   .one = "person",
                   .many = "person",
                   .n = 1,
                   .whole = "whole cohort",
                   .wholes = "cohorts"},
    .effects = effects,
    .n_effects = sizeof effects / sizeof effects[0],
    .measures = measures,
    .n_measures = sizeof measures / sizeof measures[0],
    .access = "More hours: who dies and how long one lives with %s",
};

static void periods(const double *values, size_t *n_window, size_t *n_periods)
{
    *n_window = *n_periods = (size_t)values[YEARS];
}

static kea_status open(void **workspace, kea_error *err)
{
    (void)err;
    static const int nothing;
    *workspace = (void *)(uintptr_t)&nothing;
    return KEA_OK;
}

static void close(void *workspace)
{
    (void)workspace;
}

static kea_status begin(void *workspace, kea_cohort cohort, const double *status_quo,
                        kea_error *err)
{
    (void)workspace;
    (void)cohort;
    (void)status_quo;
    (void)err;
    return KEA_OK;
}

static void live(const double *values, double hours, double nurse_hours, double *out)
{
    double risk = values[DEATH] * exp(-values[STRENGTH] * hours / (hours + 1)), alive = 1;
    out[PEOPLE] = 1;
    for (size_t y = 0; y < (size_t)values[YEARS]; y++) {
        double *row = out + y * N_OUTCOMES;
        row[LIFE_YEARS] = alive;
        row[DEATHS] = alive * risk;
        row[COST_NURSE] = alive * nurse_hours * values[PRICE];
        row[COST_STAY] = alive * values[STAY];
        row[PART] = alive * values[STAY] / 10;
        alive -= alive * risk;
    }
}

static kea_status run_staffed(void *workspace, const double *values, int continues, double *out,
                              kea_error *err)
{
    (void)workspace;
    (void)continues;
    (void)err;
    live(values, values[HOURS], values[HOURS] * 52 / 100, out);
    return KEA_OK;
}

static kea_status run_unstaffed(void *workspace, const double *values, int continues, double *out,
                                kea_error *err)
{
    (void)workspace;
    (void)continues;
    (void)err;
    live(values, values[STRENGTH] > 0 ? 1 : 0, values[STRENGTH] > 0 ? 0.5 : 0, out);
    return KEA_OK;
}

#define MODEL(called, table, runs)                                                                 \
    {                                                                                              \
        .name = called, .summary = "One person in care.", .caveat = "Nobody is cured here.",       \
        .params = &table, .outcomes = outcomes, .n_outcomes = N_OUTCOMES, .frame = &frame,         \
        .periods = periods, .open = open, .close = close, .begin = begin, .run = runs              \
    }

const kea_model second_model = MODEL("ward", staffed, run_staffed);
const kea_model second_model_unstaffed = MODEL("home", unstaffed, run_unstaffed);

const kea_param_table *second_model_lookup(const char *name)
{
    if (strcmp(name, "ward") == 0)
        return &staffed;
    return strcmp(name, "home") == 0 ? &unstaffed : NULL;
}
