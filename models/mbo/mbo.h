/* The mbo care model: students of a Dutch vocational school, their needs, and who helps. Explained
 * in models/README.md. */
#ifndef MODELS_MBO_MBO_H
#define MODELS_MBO_MBO_H

#include "sim/engine/model.h"

extern const kea_model mbo_model;

#endif
