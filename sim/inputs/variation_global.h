/* Private to the variations: the points of the global kinds. */
#ifndef KEA_INPUTS_VARIATION_GLOBAL_H
#define KEA_INPUTS_VARIATION_GLOBAL_H

#include "sim/inputs/variation.h"

/* kea_variation_values of KEA_VARIATION_SOBOL and KEA_VARIATION_MORRIS. */
void kea_variation_global_values(const kea_variation *variation, const kea_problem *problem,
                                 size_t group, uint32_t repeat, double *values);

#endif
