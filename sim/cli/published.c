/* Loads a file of published figures with everything that it names. */
#include "sim/cli/published.h"

#include "models/registry.h"
#include "sim/core/memory.h"
#include "sim/report/validation.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

int kea_published_path(const kea_command *self, int argc, char **argv,
                       char path[KEA_PUBLISHED_PATH])
{
    if (argc - optind > 1)
        return kea_cli_usage(self, "expected at most one file of targets, found %d words",
                             argc - optind);
    if (argc == optind)
        kea_cli_data_path(path, KEA_PUBLISHED_PATH, "scenarios/targets.cfg");
    else if (snprintf(path, KEA_PUBLISHED_PATH, "%s", argv[optind]) >= KEA_PUBLISHED_PATH)
        return kea_cli_usage(self, "the path of the targets is too long");
    return -1;
}

int kea_published_load(kea_published *published, const char *path, const kea_cli_input *input)
{
    kea_error err = {0};
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(kea_targets_load(&published->targets, path, &err));
    size_t n = published->targets.n_scenarios;
    KEA_TRY(kea_memory_new(&block, n, sizeof *published->problem, &err));
    published->problem = block;
    KEA_TRY(kea_memory_new(&block, n, sizeof *published->model, &err));
    published->model = block;
    for (size_t i = 0; i < n; i++) {
        kea_problem *problem = &published->problem[i];
        int failed = kea_cli_load(problem, published->targets.scenario[i], input);
        if (failed)
            return failed;
        const kea_model *model = kea_models_find(problem->model_name);
        published->model[i] = model;
        KEA_TRY(kea_validation_check(&published->targets, i, problem, model->n_outcomes,
                                     model->outcomes, &err));
    }
done:
    return status == KEA_OK ? 0 : kea_cli_fail(&err);
}

void kea_published_free(kea_published *published)
{
    for (size_t i = 0; published->problem && i < published->targets.n_scenarios; i++)
        kea_problem_free(&published->problem[i]);
    free(published->problem);
    free(published->model);
    kea_targets_free(&published->targets);
    *published = (kea_published){0};
}
