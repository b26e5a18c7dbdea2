/* Tells what a calibration found: in words and tables for people, as CSV for programs. */
#ifndef KEA_CLI_CALIBRATION_TEXT_H
#define KEA_CLI_CALIBRATION_TEXT_H

#include "sim/cli/published.h"
#include "sim/search/calibrate.h"

#include <stdio.h>

/* Writes it all for people: the open numbers with their reasons, every figure before and after, and
 * the values to put into the files. */
KEA_CHECKED kea_status kea_calibration_write(FILE *out, const kea_published *published,
                                             const kea_calibration *calibration, kea_error *err);

/* Writes calibration.csv (open numbers), figures.csv and values.csv into a folder. */
KEA_CHECKED kea_status kea_calibration_save(const kea_published *published,
                                            const kea_calibration *calibration, const char *folder,
                                            kea_error *err);

#endif
