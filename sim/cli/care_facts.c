/* Tells what a care model is, whom it serves, what it does, its staffing and its price. */
#include "sim/cli/care_facts.h"

#include "models/registry.h"
#include "sim/core/memory.h"
#include "sim/report/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, INDENT = 2 };

/* The facts of one care model; 0 when the model tells none or memory is short. */
static size_t facts_of(const kea_problem *problem, size_t care, kea_fact *facts)
{
    const kea_model *model = kea_models_find(problem->model_name);
    size_t length = kea_param_table_length(&problem->params), n = 0;
    void *base = NULL, *values = NULL;
    if (model && model->describe &&
        kea_memory_new(&base, problem->n_entries, sizeof(double), NULL) == KEA_OK &&
        kea_memory_new(&values, length, sizeof(double), NULL) == KEA_OK) {
        kea_problem_base(problem, base);
        kea_problem_values(problem, base, care, values);
        n = model->describe(values, facts);
    }
    free(values);
    free(base);
    return n;
}

static void print_fact(const kea_fact *fact)
{
    int decimals = fact->unit[0] ? 0 : 2;
    (void)printf("    %-42s %8.*f%s%s\n", fact->label, decimals, fact->value,
                 fact->unit[0] ? " " : "", fact->unit);
}

static void print_paragraph(const char *text)
{
    (void)printf("%*s", INDENT, "");
    kea_table_paragraph(stdout, text, KEA_TABLE_WIDTH - INDENT, INDENT);
}

static void print_care(const kea_problem *problem, size_t care)
{
    const kea_care_model *self = &problem->care[care];
    kea_fact facts[KEA_MAX_FACTS];
    size_t n = facts_of(problem, care, facts);
    (void)printf("%s (%s)\n", self->name, self->id);
    print_paragraph(self->summary);
    print_paragraph(self->source);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(facts[i].group, facts[i - 1].group) != 0)
            (void)printf("\n  %s\n", facts[i].group);
        print_fact(&facts[i]);
    }
    (void)printf("\n  Prices are those of %s.\n"
                 "  Sources and uncertainty of every number: %s\n",
                 problem->file, self->file);
}

void kea_cli_care_headlines(const kea_problem *problem, size_t care)
{
    kea_fact facts[KEA_MAX_FACTS];
    size_t n = facts_of(problem, care, facts);
    for (size_t i = 0; i < n; i++) {
        if (facts[i].headline)
            print_fact(&facts[i]);
    }
}

/* Where care models are looked for. */
static void models_folder(const kea_cli_input *input, char *folder)
{
    if (input->models_dir)
        (void)snprintf(folder, PATH_SIZE, "%s", input->models_dir);
    else
        kea_cli_data_path(folder, PATH_SIZE, "models");
}

/* Finds the file of a care model; `model` becomes the model in whose folder it lies, or NULL. */
static bool find_care(const char *name, const kea_cli_input *input, const char **model)
{
    char folder[PATH_SIZE], path[2 * PATH_SIZE];
    size_t n = 0;
    const kea_model *const *models = kea_models(&n);
    models_folder(input, folder);
    *model = NULL;
    (void)snprintf(path, sizeof path, "%s/%s.cfg", folder, name);
    if (access(path, R_OK) == 0)
        return true;
    for (size_t i = 0; i < n; i++) {
        (void)snprintf(path, sizeof path, "%s/%s/%s.cfg", folder, models[i]->name, name);
        *model = models[i]->name;
        if (access(path, R_OK) == 0)
            return true;
    }
    return false;
}

bool kea_cli_is_care(const char *name, const kea_cli_input *input)
{
    const char *model;
    size_t length = strlen(name);
    if (strchr(name, '/') || length > KEA_MAX_NAME ||
        (length > 4 && strcmp(name + length - 4, ".cfg") == 0))
        return false;
    return find_care(name, input, &model);
}

int kea_cli_describe_care(const char *name, const char *scenario, const kea_cli_input *input)
{
    kea_problem problem = {0};
    kea_error err = {0};
    char folder[PATH_SIZE], path[PATH_SIZE], relative[2 * KEA_MAX_NAME];
    const char *model = NULL;
    size_t care = 0;
    models_folder(input, folder);
    (void)find_care(name, input, &model);
    (void)snprintf(relative, sizeof relative, "scenarios/%s.cfg", model ? model : "friesland");
    kea_cli_data_path(path, sizeof path, relative);
    const kea_load_options options = {folder, input->n_set, input->set};
    kea_status status = kea_problem_load_beside(&problem, scenario ? scenario : path, &options,
                                                kea_models_params, name, &care, &err);
    if (status == KEA_OK)
        print_care(&problem, care);
    kea_problem_free(&problem);
    return status == KEA_OK ? 0 : kea_cli_fail(&err);
}
