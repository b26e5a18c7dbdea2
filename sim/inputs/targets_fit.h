/* The part of a targets file that says what a calibration may change. Internal to sim/inputs; the
 * way in is kea_targets_load of targets.h. */
#ifndef KEA_INPUTS_TARGETS_FIT_H
#define KEA_INPUTS_TARGETS_FIT_H

#include "sim/core/status.h"
#include "sim/inputs/config.h"
#include "sim/inputs/targets.h"

/* Reads one name, or a list of names, into *names (freed with kea_target_names_free, also after
 * failure). `what` completes "expected ...; found ...". */
KEA_CHECKED kea_status kea_target_names_read(const kea_config *config, const kea_setting *setting,
                                             const char *what, kea_target_names *names,
                                             kea_error *err);
void kea_target_names_free(kea_target_names *names); /* legal on {0} and twice */

/* Reads the group `calibration` of the file, when it has one; all figures have been read before. */
KEA_CHECKED kea_status kea_target_fits_read(kea_targets *targets, const kea_config *config,
                                            kea_error *err);
void kea_target_fits_free(kea_targets *targets); /* legal on {0} and twice */

#endif
