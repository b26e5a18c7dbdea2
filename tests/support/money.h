/* A small sample of costs by payer and school year, for tests of answers about funding: a school
 * and a town pay a team, the town and an insurer bear care, the town bears something later. The
 * town's people live in two parts of it. */
#ifndef KEA_TESTS_SUPPORT_MONEY_H
#define KEA_TESTS_SUPPORT_MONEY_H

#include "sim/core/sample.h"
#include "tests/support/support.h"

#include <math.h>

enum { MONEY_POINTS = 3, MONEY_ARMS = 2, MONEY_PERIODS = 4 };
static const double MONEY_RATE = 0.05;

enum {
    M_PEOPLE,
    M_TEAM_SCHOOL,
    M_TEAM_TOWN,
    M_CARE_TOWN,
    M_CARE_INSURER,
    M_LATER_TOWN,
    M_PEOPLE_EAST,
    M_PEOPLE_WEST,
    M_EAST,
    M_WEST,
    M_CARE_EAST,
    M_CARE_WEST,
    M_LATER_EAST,
    M_LATER_WEST,
    M_SCATTER_CARE,
    M_SCATTER_LATER,
    M_OUTCOMES
};

#define PEOPLE(text)                                                                               \
    {                                                                                              \
        .name = text, .unit = "people", .label = text, .meaning = text                             \
    }
#define COST(text, what, who, when)                                                                \
    {                                                                                              \
        .name = text, .unit = "EUR", .better = -1, .category = what, .payer = who, .label = text,  \
        .meaning = text, .kind = when                                                              \
    }
#define PART(text)                                                                                 \
    {                                                                                              \
        .name = text, .unit = "EUR", .better = -1, .label = text, .meaning = text                  \
    }
static const kea_outcome_decl money_outcomes[M_OUTCOMES] = {
    [M_PEOPLE] = PEOPLE("people"),
    [M_TEAM_SCHOOL] = COST("team_school", "team", "school", KEA_COST_DURING),
    [M_TEAM_TOWN] = COST("team_town", "team", "town", KEA_COST_DURING),
    [M_CARE_TOWN] = COST("care_town", "care", "town", KEA_COST_DURING),
    [M_CARE_INSURER] = COST("care_insurer", "care", "insurer", KEA_COST_DURING),
    [M_LATER_TOWN] = COST("later_town", "benefit", "town", KEA_COST_TRANSFER),
    [M_PEOPLE_EAST] = PEOPLE("people_east"),
    [M_PEOPLE_WEST] = PEOPLE("people_west"),
    [M_EAST] = PART("east"),
    [M_WEST] = PART("west"),
    [M_CARE_EAST] = PART("care_east"),
    [M_CARE_WEST] = PART("care_west"),
    [M_LATER_EAST] = PART("later_east"),
    [M_LATER_WEST] = PART("later_west"),
    [M_SCATTER_CARE] = PEOPLE("scatter_care"),
    [M_SCATTER_LATER] = PEOPLE("scatter_later"),
};
#undef PEOPLE
#undef COST
#undef PART

static inline double *money_at(const kea_sample *sample, size_t point, size_t arm, size_t outcome)
{
    return kea_sample_periods(sample, point, arm, outcome);
}

/* No two numbers are the same. With the team (arm 1) care costs 30 + point less for the insurer and
 * 11 less for the town, later costs are 7 less each year from the second on. East has 3 people in
 * every 5. The team costs 100 + 10 y a year in the first three years, a quarter by the town. */
static inline void money_fill(const kea_sample *s)
{
    for (size_t i = 0; i < MONEY_POINTS; i++)
        for (size_t arm = 0; arm < MONEY_ARMS; arm++)
            for (size_t y = 0; y < MONEY_PERIODS; y++) {
                double people = y < 3 ? 50 : 20, with = (double)arm, year = (double)y;
                double team = y < 3 ? with * (100 + 10 * year) : 0;
                double care = 90 + 3 * year - with * 11, later = 40 - (y > 0 ? with * 7 : 0);
                double town = team / 4;
                money_at(s, i, arm, M_PEOPLE)[y] = people;
                money_at(s, i, arm, M_TEAM_SCHOOL)[y] = team - town;
                money_at(s, i, arm, M_TEAM_TOWN)[y] = town;
                money_at(s, i, arm, M_CARE_TOWN)[y] = care;
                money_at(s, i, arm, M_CARE_INSURER)[y] = 200 + 5 * year - with * (30 + (double)i);
                money_at(s, i, arm, M_LATER_TOWN)[y] = later;
                money_at(s, i, arm, M_SCATTER_CARE)[y] = 1000 - 100 * with + year;
                money_at(s, i, arm, M_SCATTER_LATER)[y] = 500 - 40 * with;
                for (size_t west = 0; west < 2; west++) {
                    double part = west ? .4 : .6;
                    money_at(s, i, arm, M_PEOPLE_EAST + west)[y] = people * part;
                    money_at(s, i, arm, M_CARE_EAST + west)[y] = care * part;
                    money_at(s, i, arm, M_LATER_EAST + west)[y] = later * part;
                    money_at(s, i, arm, M_EAST + west)[y] = (care + later + town) * part;
                }
            }
}

/* Scopes as the engine makes them: all periods, discounted. */
static inline void money_discount(const kea_sample *s)
{
    for (size_t i = 0; i < MONEY_POINTS; i++)
        for (size_t arm = 0; arm < MONEY_ARMS; arm++)
            for (size_t o = 0; o < M_OUTCOMES; o++)
                for (size_t y = 0; y < MONEY_PERIODS; y++)
                    *kea_sample_at(s, i, arm, o, KEA_SCOPE_DISCOUNTED) +=
                        money_at(s, i, arm, o)[y] / pow(1 + MONEY_RATE, (double)y);
}

/* Free with kea_sample_free. */
static inline kea_sample money_sample(void)
{
    kea_error err = {0};
    kea_sample sample;
    assert_ok(kea_sample_init(&sample, MONEY_POINTS, MONEY_ARMS, M_OUTCOMES, money_outcomes, &err),
              err);
    assert_ok(kea_sample_keep_periods(&sample, MONEY_PERIODS, &err), err);
    money_fill(&sample);
    money_discount(&sample);
    return sample;
}

#endif
