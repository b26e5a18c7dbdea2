/* The parameters of the mbo model as a struct of doubles, laid over the values vector that the
 * engine passes. Declared once, in params.def. */
#ifndef MODELS_MBO_PARAMS_H
#define MODELS_MBO_PARAMS_H

#include "sim/inputs/params.h"

enum { MBO_LEVELS = 4, MBO_SEVERITIES = 3, MBO_DOMAINS = 11, MBO_INFLOW = 5, MBO_MECHANISMS = 8 };
enum { MBO_LIGHT, MBO_MODERATE, MBO_SEVERE };
enum { MBO_SOCIAL_WORKER, MBO_YOUTH_PROFESSIONAL, MBO_PSYCHOLOGIST, MBO_TEACHER, MBO_ROLES };
enum { MBO_SCHOOL, MBO_MUNICIPALITY, MBO_INSURER, MBO_MINISTRY, MBO_PAYERS };
/* The mechanisms in the order of the `effect` and `fidelity` parameters. */
enum {
    MBO_SAFE_ENVIRONMENT,
    MBO_PERSONAL_CONNECTION,
    MBO_POSITIVE_APPROACH,
    MBO_NORMAL_HELP_REQUEST,
    MBO_OWN_DIRECTION,
    MBO_REALISTIC_CONTEXT,
    MBO_COOPERATION,
    MBO_KEEP_LEARNING
};
enum { MBO_ADULT_AGE = 18 }; /* years; law and payer of care change */
enum { MBO_YOUNGEST = 16, MBO_OLDEST = 27, MBO_AGES = MBO_OLDEST - MBO_YOUNGEST + 1 };
enum { MBO_ZONES = 3, MBO_MAX_HORIZON = 60 };
enum { MBO_YEARS = 8 }; /* school years whose hours may differ */
enum { MBO_UNQUALIFIED, MBO_QUALIFIED, MBO_LEAVERS };
enum { MBO_FIFTHS = 5 };
/* How results can be told apart. */
enum { MBO_BY_LEVEL, MBO_BY_INFLOW, MBO_BY_HOME, MBO_BY_FRAILTY, MBO_GROUPINGS };

/* Sizes by the label names of params.def. */
enum {
    MBO_N_LEVELS = MBO_LEVELS,
    MBO_N_SEVERITIES = MBO_SEVERITIES,
    MBO_N_WORSENING = MBO_SEVERITIES - 1,
    MBO_N_DOMAINS = MBO_DOMAINS,
    MBO_N_INFLOW = MBO_INFLOW,
    MBO_N_MECHANISMS = MBO_MECHANISMS,
    MBO_N_ROLES = MBO_ROLES,
    MBO_N_PAYERS = MBO_PAYERS,
    MBO_N_ZONES = MBO_ZONES,
    MBO_N_LEAVERS = MBO_LEAVERS,
    MBO_N_YEARS = MBO_YEARS
};

typedef struct mbo_params {
#define ONE(name, label, unit, min, max, kind, scope, meaning) double name;
#define MANY(name, label, labels, unit, min, max, kind, scope, meaning) double name[MBO_N_##labels];
#include "models/mbo/params.def"
#undef ONE
#undef MANY
} mbo_params;

/* The factor of hours_by_year in a school year counted from the decision; years before it have 1.
 */
double mbo_hours_factor(const mbo_params *p, int year);

/* A home zone in words, marked for translation. */
const char *mbo_zone_name(int zone);

/* The groupings. Inflow has a group more than the parameter: students of other levels. */
extern const kea_grouping mbo_groupings[MBO_GROUPINGS];

/* The declarations, in the order of the struct. */
extern const kea_param_table mbo_param_table;

/* The struct over a values vector of kea_param_table_length(&mbo_param_table) doubles. */
static inline const mbo_params *mbo_params_of(const double *values)
{
    return (const mbo_params *)(const void *)values;
}

#endif
