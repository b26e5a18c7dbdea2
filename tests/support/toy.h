/* A small decision problem made in memory, for tests that need one but no file: six parameters of
 * every kind, three care models, entries of every scope, two sweeps. No two values are equal. */
#ifndef KEA_TESTS_TOY_H
#define KEA_TESTS_TOY_H

#include "sim/core/memory.h"
#include "sim/inputs/problem.h"
#include "tests/support/support.h"

#include <stdlib.h>
#include <string.h>

/* Slots of the values vector. */
enum {
    TOY_WINDOW_YEARS,
    TOY_ALL_YEARS,
    TOY_RATE,               /* 2 elements */
    TOY_MIX = TOY_RATE + 2, /* 3 shares */
    TOY_PRICE = TOY_MIX + 3,
    TOY_HOURS,
    TOY_LENGTH
};

/* Entries: world entries first. */
enum {
    TOY_E_WINDOW,
    TOY_E_ALL,
    TOY_E_RATE_LOW,
    TOY_E_RATE_HIGH,
    TOY_E_MIX,
    TOY_E_PRICE = TOY_E_MIX + 3,
    TOY_E_NONE_HOURS,
    TOY_E_ALPHA_HOURS,
    TOY_E_BETA_HOURS,
    TOY_E_BETA_RATE_LOW,
    TOY_E_BETA_RATE_HIGH,
    TOY_N_ENTRIES
};

enum { TOY_SWEEP_RATE, TOY_SWEEP_PRICE };

static const char *const toy_rate_labels[] = {"low", "high"};
static const char *const toy_rate_titles[] = {"the low", "the high"};
static const char *const toy_mix_labels[] = {"x", "y", "z"};
static const char *const toy_mix_titles[] = {"part x", "part y", "part z"};
static const kea_param_decl toy_decls[] = {
    {"window_years", "years of the window", 1, NULL, NULL, "years", 1, 20, KEA_INTEGER, KEA_WORLD,
     "Years of the window."},
    {"all_years", "years in all", 1, NULL, NULL, "years", 1, 30, KEA_INTEGER, KEA_WORLD,
     "All years."},
    {"rate", "rate of the toy", 2, toy_rate_labels, toy_rate_titles, "per year", 0, 0.75,
     KEA_NUMBER, KEA_WORLD, "Two rates."},
    {"mix", "mix of three", 3, toy_mix_labels, toy_mix_titles, "share", 0, 1, KEA_SHARES, KEA_WORLD,
     "Three shares."},
    {"price", "price of an hour", 1, NULL, NULL, "EUR per hour", 0, 1000, KEA_NUMBER, KEA_WORLD,
     "A price."},
    {"hours", "team hours", 1, NULL, NULL, "hours", 0, 50, KEA_STAFFING, KEA_CARE,
     "Hours of a team."},
};
static const kea_param_table toy_table = {.decl = toy_decls,
                                          .n = sizeof toy_decls / sizeof toy_decls[0]};

static inline char *toy_text(const char *text)
{
    char *copy = NULL;
    assert_int_equal(kea_memory_copy_text(&copy, text, NULL), KEA_OK);
    return copy;
}

static inline void *toy_new(size_t count, size_t size)
{
    void *block = NULL;
    assert_int_equal(kea_memory_new(&block, count, size, NULL), KEA_OK);
    return block;
}

static inline void toy_set_entry(kea_problem *problem, size_t at, const char *name, size_t decl,
                                 size_t element, double value)
{
    kea_entry *entry = &problem->entries[at];
    *entry = (kea_entry){.name = toy_text(name),
                         .decl = &toy_decls[decl],
                         .element = element,
                         .slot = kea_param_table_offset(&toy_table, decl) + element,
                         .care = KEA_WORLD_ENTRY,
                         .value = value,
                         .dist = {KEA_FIXED, {value, 0, 0, 0}},
                         .group_first = at,
                         .group_count = 1,
                         .source = toy_text("made up"),
                         .evidence = (kea_evidence)(at % 3),
                         .file = toy_text("toy.cfg"),
                         .line = 10 + (int)at};
}

static inline void toy_set_uniform(kea_problem *problem, size_t at, double min, double max)
{
    problem->entries[at].dist = (kea_dist){KEA_UNIFORM, {min, max, 0, 0}};
}

static inline void toy_make_entries(kea_problem *problem)
{
    static const double alpha[] = {2, 3, 5};
    problem->n_entries = TOY_N_ENTRIES;
    problem->entries = toy_new(TOY_N_ENTRIES, sizeof *problem->entries);
    toy_set_entry(problem, TOY_E_WINDOW, "window_years", 0, 0, 2);
    toy_set_entry(problem, TOY_E_ALL, "all_years", 1, 0, 3);
    toy_set_entry(problem, TOY_E_RATE_LOW, "rate.low", 2, 0, 0.21);
    toy_set_entry(problem, TOY_E_RATE_HIGH, "rate.high", 2, 1, 0.41);
    toy_set_entry(problem, TOY_E_MIX, "mix.x", 3, 0, 0.2);
    toy_set_entry(problem, TOY_E_MIX + 1, "mix.y", 3, 1, 0.3);
    toy_set_entry(problem, TOY_E_MIX + 2, "mix.z", 3, 2, 0.5);
    toy_set_entry(problem, TOY_E_PRICE, "price", 4, 0, 10);
    toy_set_entry(problem, TOY_E_NONE_HOURS, "none.hours", 5, 0, 0);
    toy_set_entry(problem, TOY_E_ALPHA_HOURS, "alpha.hours", 5, 0, 4);
    toy_set_entry(problem, TOY_E_BETA_HOURS, "beta.hours", 5, 0, 7);
    toy_set_entry(problem, TOY_E_BETA_RATE_LOW, "beta.rate.low", 2, 0, 0.26);
    toy_set_entry(problem, TOY_E_BETA_RATE_HIGH, "beta.rate.high", 2, 1, 0.36);
    toy_set_uniform(problem, TOY_E_RATE_LOW, 0.1, 0.3);
    toy_set_uniform(problem, TOY_E_RATE_HIGH, 0.35, 0.45);
    toy_set_uniform(problem, TOY_E_PRICE, 8, 14);
    toy_set_uniform(problem, TOY_E_ALPHA_HOURS, 2, 6);
    toy_set_uniform(problem, TOY_E_BETA_RATE_LOW, 0.22, 0.28);
    for (size_t i = 0; i < 3; i++) {
        kea_entry *share = &problem->entries[TOY_E_MIX + i];
        share->dist = (kea_dist){KEA_DIRICHLET, {alpha[i], 10, 0, 0}};
        share->group_first = TOY_E_MIX;
        share->group_count = 3;
    }
    problem->entries[TOY_E_NONE_HOURS].care = 0;
    problem->entries[TOY_E_ALPHA_HOURS].care = 1;
    for (size_t i = TOY_E_BETA_HOURS; i < TOY_N_ENTRIES; i++)
        problem->entries[i].care = 2;
}

/* Both rates, of which figures show the second, and the price. */
static inline void toy_make_sweeps(kea_problem *problem)
{
    problem->n_sweeps = 2;
    problem->sweeps = toy_new(2, sizeof *problem->sweeps);
    problem->sweeps[TOY_SWEEP_RATE] = (kea_sweep){&toy_decls[2], 1, {0, 2, 3}};
    problem->sweeps[TOY_SWEEP_PRICE] = (kea_sweep){&toy_decls[4], KEA_NO_ELEMENT, {0.5, 1.5, 2}};
}

static inline void toy_make_care(kea_problem *problem)
{
    static const char *const id[] = {"none", "alpha", "beta"};
    static const char *const name[] = {"No team", "Team alpha", "Team beta"};
    problem->n_care = 3;
    problem->care = toy_new(3, sizeof *problem->care);
    for (size_t i = 0; i < 3; i++)
        problem->care[i] =
            (kea_care_model){toy_text(id[i]), toy_text(name[i]), toy_text("What it is."),
                             toy_text("Somebody."), toy_text("care.cfg")};
    problem->n_strategies = 3;
    problem->strategies = toy_new(3, sizeof *problem->strategies);
    for (size_t i = 0; i < 3; i++)
        problem->strategies[i] = i;
}

/* Fills the problem; free with kea_problem_free. Care models: none, alpha, beta with own rates. */
static inline void toy_problem(kea_problem *problem)
{
    *problem = (kea_problem){.file = toy_text("toy.cfg"),
                             .title = toy_text("A toy"),
                             .model_name = toy_text("toy"),
                             .text = toy_text("title = \"A toy\";\n"),
                             .params = toy_table};
    problem->settings = (kea_settings){.seed = 18446744073709551557U,
                                       .draws = 1001,
                                       .sampling = KEA_SAMPLING_LATIN_HYPERCUBE,
                                       .replicates = 21,
                                       .discount_costs = 0.04,
                                       .discount_effects = 0.015,
                                       .willingness_to_pay = {0, 80000, 41},
                                       .reference_wtp = 12345.5,
                                       .hours_factor = {0, 4, 5},
                                       .sweep_draws = 31,
                                       .sweep_replicates = 11,
                                       .tornado_replicates = 13,
                                       .tornado_level = 0.95,
                                       .target_error = 4.5,
                                       .precision_draws = 6,
                                       .precision_replicates = 9};
    toy_make_sweeps(problem);
    toy_make_care(problem);
    toy_make_entries(problem);
    problem->sampling = (kea_sampling){
        .scheme = KEA_SAMPLING_LATIN_HYPERCUBE, .seed = problem->settings.seed, .block = 125};
}

#endif
