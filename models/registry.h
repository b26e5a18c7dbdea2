/* The models that the program knows. */
#ifndef MODELS_REGISTRY_H
#define MODELS_REGISTRY_H

#include "sim/engine/model.h"

#include <stddef.h>

/* All models; *n is their number. */
const kea_model *const *kea_models(size_t *n);

/* A model by name, NULL when there is none. */
const kea_model *kea_models_find(const char *name);

/* A model's declarations by name, NULL when there is none: what the scenario loader asks for. */
const kea_param_table *kea_models_params(const char *name);

#endif
