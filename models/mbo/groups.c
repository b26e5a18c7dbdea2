/* Cells of students, and what they sum to. */
#include "models/mbo/groups.h"

#include "models/mbo/costs.h"
#include "models/mbo/outcomes.h"

_Static_assert(MBO_CELLS <= UINT8_MAX + 1, "a cell fits a student's field");

/* cell = (start * MBO_FIFTHS + fifth) * MBO_ZONES + zone; start is an inflow group of level 1, then
 * come the other levels */
uint8_t mbo_cell(int level, int inflow, int zone, double u)
{
    int start = level == 0 ? inflow : MBO_INFLOW + level - 1;
    int fifth = (int)(u * MBO_FIFTHS);
    return (uint8_t)((start * MBO_FIFTHS + fifth) * MBO_ZONES + zone);
}

/* The group that a cell belongs to in every grouping, in the order of mbo_groupings. */
static void groups_of(int cell, int group[MBO_GROUPINGS])
{
    int zone = cell % MBO_ZONES, fifth = cell / MBO_ZONES % MBO_FIFTHS;
    int start = cell / (MBO_ZONES * MBO_FIFTHS);
    group[MBO_BY_LEVEL] = start < MBO_INFLOW ? 0 : start - MBO_INFLOW + 1;
    group[MBO_BY_INFLOW] = start < MBO_INFLOW ? start : MBO_INFLOW;
    group[MBO_BY_HOME] = zone;
    group[MBO_BY_FRAILTY] = fifth;
}

/* The part of a school year's team that is for the students of a row. */
static double team_part(const double *whole, const double *row, double casework)
{
    double by_students = row[OUT_students] / whole[OUT_students];
    if (!(whole[OUT_case_hours] > 0.0))
        return by_students;
    return casework * (row[OUT_case_hours] / whole[OUT_case_hours]) +
           (1.0 - casework) * by_students;
}

static void add_team(const mbo_params *p, int year, bool starts, size_t size, const double *whole,
                     double *groups)
{
    double team[MBO_N_OUTCOMES] = {0};
    size_t n = kea_grouping_total(MBO_GROUPINGS, mbo_groupings);
    double casework = mbo_team_casework_part(p, year, starts, whole);
    if (!(whole[OUT_students] > 0.0))
        return;
    mbo_team_costs(p, year, starts, whole, team);
    for (size_t g = 0; g < n; g++) {
        double *row = groups + g * size;
        double part = team_part(whole, row, casework);
        for (int k = 0; k < MBO_N_OUTCOMES; k++)
            row[k] += part * team[k];
    }
}

void mbo_groups_add(const mbo_params *p, size_t n_school_years, bool starts, const double *whole,
                    const double *cells, double *groups)
{
    size_t size = mbo_n_periods(p, n_school_years) * MBO_N_OUTCOMES;
    for (int cell = 0; cell < MBO_CELLS; cell++) {
        const double *from = cells + (size_t)cell * size;
        int group[MBO_GROUPINGS];
        groups_of(cell, group);
        for (size_t g = 0; g < MBO_GROUPINGS; g++) {
            size_t number = kea_grouping_number(mbo_groupings, g, (size_t)group[g]);
            double *to = groups + (number - 1) * size;
            for (size_t i = 0; i < size; i++)
                to[i] += from[i];
        }
    }
    for (size_t year = 0; year < n_school_years; year++)
        add_team(p, (int)year, starts, size, whole + year * MBO_N_OUTCOMES,
                 groups + year * MBO_N_OUTCOMES);
}
