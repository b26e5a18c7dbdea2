/* A decision problem made in memory whose uncertain numbers are all uniform between 0 and 1: the
 * inputs of functions that are known in closed form. */
#ifndef KEA_TESTS_CUBE_H
#define KEA_TESTS_CUBE_H

#include "sim/core/memory.h"
#include "sim/inputs/problem_draw.h"
#include "tests/support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CUBE_MOST = 64 };

static const char *const cube_labels[CUBE_MOST] = {"e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8"};
static const kea_param_decl cube_decl = {"x", "an input", CUBE_MOST,  cube_labels, cube_labels, "",
                                         0,   1,          KEA_NUMBER, KEA_WORLD,   "Input."};

static inline void *cube_new(size_t count, size_t size)
{
    void *block = NULL;
    kea_error err = {0};
    assert_ok(kea_memory_new(&block, count, size, &err), err);
    return block;
}

static inline char *cube_text(const char *text)
{
    char *copy = NULL;
    kea_error err = {0};
    assert_ok(kea_memory_copy_text(&copy, text, &err), err);
    return copy;
}

/* n numbers x.e1, x.e2, ...; of the first `tied` the normal scores correlate by rho. One strategy,
 * which is the status quo. Free with kea_problem_free. */
static inline void cube_problem(kea_problem *problem, size_t n, kea_sampling_scheme sampling,
                                size_t tied, double rho)
{
    kea_error err = {0};
    assert_in_range(n, 1, CUBE_MOST);
    *problem = (kea_problem){.params = {.decl = &cube_decl, .n = 1}, .n_entries = n, .n_care = 1};
    problem->n_strategies = 1;
    problem->file = cube_text("cube.cfg");
    problem->settings = (kea_settings){.seed = 20240901, .draws = 1000, .sampling = sampling};
    problem->care = cube_new(1, sizeof *problem->care);
    problem->strategies = cube_new(1, sizeof *problem->strategies);
    problem->entries = cube_new(n, sizeof *problem->entries);
    for (size_t i = 0; i < n; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "x.e%zu", i + 1);
        problem->entries[i] = (kea_entry){.name = cube_text(name),
                                          .decl = &cube_decl,
                                          .element = i,
                                          .slot = i,
                                          .care = KEA_WORLD_ENTRY,
                                          .value = 0.5,
                                          .dist = {KEA_UNIFORM, {0, 1}},
                                          .group_first = i,
                                          .group_count = 1};
    }
    if (tied > 0) {
        problem->correlations = cube_new(1, sizeof *problem->correlations);
        problem->n_correlations = 1;
        problem->correlations[0] =
            (kea_correlation){.name = cube_text("tied"), .rho = rho, .n_members = tied};
        problem->correlations[0].members = cube_new(tied, sizeof(kea_correlation_member));
        for (size_t i = 0; i < tied; i++)
            problem->correlations[0].members[i] = (kea_correlation_member){i, 1};
    }
    assert_ok(kea_problem_draw_prepare(problem, &err), err);
}

#endif
