/* Staffing as people think of it (hours a week for so many students, fte, hours per class) in the
 * model's unit, hours per 100 students a week. The only place where it is converted. */
#ifndef KEA_INPUTS_STAFFING_H
#define KEA_INPUTS_STAFFING_H

#include "sim/core/status.h"
#include "sim/inputs/config.h"

#include <stddef.h>

/* Every key that a way of giving staffing has, in the group of a KEA_STAFFING parameter. */
enum { KEA_STAFFING_KEYS = 7 };
extern const char *const kea_staffing_keys[KEA_STAFFING_KEYS];

/* Reads one of
 *     value                                  hours per 100 students a week
 *     hours_per_week, for_students           100 x hours / students
 *     fte, hours_per_fte, for_students       100 x fte x hours / students
 *     hours_per_class, students_per_class    100 x hours / students
 * from a group into *hours (per 100 students a week, unchecked but finite). *setting is the key to
 * name when that number is out of range. KEA_ERR_INPUT when keys of two ways stand together, one is
 * missing, or a number of students is not above 0. */
KEA_CHECKED kea_status kea_staffing_load(const kea_config *config, const kea_setting *group,
                                         double *hours, kea_setting **setting, kea_error *err);

#endif
