/* Shares by home zone, counted from a list of municipalities. */
#include "sim/inputs/load.h"
#include "sim/inputs/municipalities.h"
#include "sim/inputs/source.h"

#include <stdlib.h>

kea_status kea_load_homes(const kea_span *span, const kea_setting *setting, double *value,
                          kea_error *err)
{
    kea_status status = KEA_OK;
    kea_problem *problem = span->loader->problem;
    kea_municipalities *list = &problem->municipalities;
    const char *name = NULL;
    char *folder = NULL, *path = NULL;
    kea_error why;
    double all = 0;
    if (span->care != KEA_WORLD_ENTRY)
        return kea_config_fail(span->config, setting, err,
                               "where students live belongs to the scenario; a care model cannot "
                               "have a list of its own");
    KEA_TRY(kea_config_text(span->config, setting, &name, err));
    KEA_TRY(kea_source_folder(&folder, problem->file, err));
    KEA_TRY(kea_source_join(&path, folder, name, err));
    status = kea_municipalities_read(list, path, span->decl, &why);
    if (status == KEA_ERR_IO)
        status =
            kea_config_fail(span->config, setting, err, "cannot read %s: %.400s", path, why.text);
    else if (status != KEA_OK && err)
        *err = why;
    if (status != KEA_OK)
        goto done;
    problem->municipality_entry = problem->n_entries;
    for (size_t i = 0; i < span->n; i++)
        all += value[i] = kea_municipalities_students(list, i);
    for (size_t i = 0; i < span->n; i++)
        value[i] /= all;
done:
    free(folder);
    free(path);
    return status;
}
