/* Correlated groups for the made-up problem of toy.h. */
#ifndef KEA_TESTS_TOY_CORRELATE_H
#define KEA_TESTS_TOY_CORRELATE_H

#include "tests/support/support.h"
#include "tests/support/toy.h"

#include <string.h>

/* Adds two correlated groups: of both rates, and of a price against the hours of team alpha. */
static inline void toy_correlate(kea_problem *problem)
{
    static const char *const name[] = {"rates", "market"};
    static const double rho[] = {0.625, 0.375};
    static const kea_correlation_member members[2][2] = {
        {{TOY_E_RATE_LOW, 1}, {TOY_E_RATE_HIGH, 1}}, {{TOY_E_ALPHA_HOURS, -1}, {TOY_E_PRICE, 1}}};
    problem->n_correlations = 2;
    problem->correlations = toy_new(2, sizeof *problem->correlations);
    for (size_t i = 0; i < 2; i++) {
        problem->correlations[i] = (kea_correlation){.name = toy_text(name[i]),
                                                     .rho = rho[i],
                                                     .members = toy_new(2, sizeof *members[i]),
                                                     .n_members = 2,
                                                     .source = toy_text("made up"),
                                                     .evidence = (kea_evidence)(i + 1),
                                                     .file = toy_text("groups.cfg"),
                                                     .line = 50 + (int)i};
        memcpy(problem->correlations[i].members, members[i], sizeof members[i]);
    }
}

#endif
