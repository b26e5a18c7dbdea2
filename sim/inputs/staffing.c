/* Reads and converts staffing; see staffing.h. */
#include "sim/inputs/staffing.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

const char *const kea_staffing_keys[KEA_STAFFING_KEYS] = {
    "value",           "hours_per_week",    "fte", "hours_per_fte", "for_students",
    "hours_per_class", "students_per_class"};

#define WAYS                                                                                       \
    "give value (hours per 100 students), or hours_per_week and for_students, or fte, "            \
    "hours_per_fte and for_students, or hours_per_class and students_per_class"

/* One way of giving staffing. The result is the product of the factors, for each 100 of the
 * students. */
typedef struct way {
    const char *lead;     /* the key that tells this way from the others */
    const char *factor;   /* what `lead` is multiplied with, or NULL */
    const char *students; /* how many students the hours are for, or NULL: for 100 */
} way;

static const way ways[] = {{"value", NULL, NULL},
                           {"hours_per_week", NULL, "for_students"},
                           {"fte", "hours_per_fte", "for_students"},
                           {"hours_per_class", NULL, "students_per_class"}};

static bool is_same(const char *a, const char *b)
{
    return a && strcmp(a, b) == 0;
}

/* The way that the group uses, the first whose leading key is there; NULL when there is none. */
static const way *find_way(const kea_setting *group)
{
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if (kea_config_find(group, ways[i].lead))
            return &ways[i];
    }
    return NULL;
}

/* No key of another way may stand in the group. */
static kea_status check_alone(const kea_config *config, const kea_setting *group, const way *used,
                              kea_error *err)
{
    for (size_t i = 0; i < KEA_STAFFING_KEYS; i++) {
        const char *key = kea_staffing_keys[i];
        if (is_same(used->lead, key) || is_same(used->factor, key) || is_same(used->students, key))
            continue;
        const kea_setting *other = kea_config_find(group, key);
        if (other)
            return kea_config_fail(config, other, err,
                                   "cannot stand beside '%s', staffing is given in one way; " WAYS,
                                   used->lead);
    }
    return KEA_OK;
}

static kea_status read_partner(const kea_config *config, const kea_setting *group, const char *key,
                               const char *what, double *number, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_setting *setting = NULL;
    KEA_TRY(kea_config_need(config, group, key, what, &setting, err));
    KEA_TRY(kea_config_number(config, setting, false, number, err));
    if (!(*number > 0))
        status = kea_config_fail(config, setting, err, "expected a number above 0, found %.10g",
                                 *number);
done:
    return status;
}

kea_status kea_staffing_load(const kea_config *config, const kea_setting *group, double *hours,
                             kea_setting **setting, kea_error *err)
{
    kea_status status = KEA_OK;
    double lead = 0, factor = 1, students = 100;
    const way *used = find_way(group);
    if (!used)
        return kea_config_fail(config, group, err, "the team's hours are missing; " WAYS);
    KEA_TRY(check_alone(config, group, used, err));
    *setting = kea_config_find(group, used->lead);
    KEA_TRY(kea_config_number(config, *setting, false, &lead, err));
    if (used->factor)
        KEA_TRY(read_partner(config, group, used->factor,
                             "hours a week that one fte is with the students", &factor, err));
    if (used->students)
        KEA_TRY(read_partner(config, group, used->students,
                             "the number of students that the hours are for", &students, err));
    *hours = used->students ? 100 * (lead * factor) / students : lead;
    if (!isfinite(*hours))
        status = kea_config_fail(config, *setting, err, "the hours per 100 students are too large");
done:
    return status;
}
