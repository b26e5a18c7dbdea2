/* What a care model is, in figures for people. */
#ifndef MODELS_MBO_DESCRIBE_H
#define MODELS_MBO_DESCRIBE_H

#include "sim/engine/model.h"

/* Staffing, price, mechanisms, needs and payers of one strategy's values vector; see kea_model. */
size_t mbo_describe(const double *values, kea_fact *facts);

#endif
