/* One line per model. */
#include "models/registry.h"

#include "models/hiv/hiv.h"
#include "models/mbo/mbo.h"
#include "models/sick_sicker/sick_sicker.h"
#include "models/sick_sicker_people/sick_sicker_people.h"

#include <string.h>

static const kea_model *const models[] = {
    &mbo_model,
    &hiv_model,
    &sick_sicker_model,
    &sick_sicker_people_model,
};

const kea_model *const *kea_models(size_t *n)
{
    *n = sizeof models / sizeof models[0];
    return models;
}

const kea_model *kea_models_find(const char *name)
{
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++)
        if (strcmp(models[i]->name, name) == 0)
            return models[i];
    return NULL;
}

const kea_param_table *kea_models_params(const char *name)
{
    const kea_model *model = kea_models_find(name);
    return model ? model->params : NULL;
}
