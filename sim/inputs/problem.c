/* A loaded problem: its values, and finding things in it. Its draws stand in problem_draw.c. */
#include "sim/inputs/problem.h"

#include "sim/inputs/funding.h"
#include "sim/inputs/what_if.h"

#include <stdlib.h>
#include <string.h>

const char *kea_evidence_name(kea_evidence evidence)
{
    switch (evidence) {
    case KEA_REPORT:
        return "report";
    case KEA_PUBLISHED:
        return "published";
    case KEA_ASSUMPTION:
        return "assumption";
    }
    return "unknown";
}

void kea_care_model_free(kea_care_model *care)
{
    free(care->id);
    free(care->name);
    free(care->summary);
    free(care->source);
    free(care->file);
    *care = (kea_care_model){0};
}

void kea_correlation_free(kea_correlation *correlation)
{
    free(correlation->name);
    free(correlation->members);
    free(correlation->source);
    free(correlation->file);
    *correlation = (kea_correlation){0};
}

void kea_problem_free(kea_problem *problem)
{
    for (size_t i = 0; i < problem->n_care; i++)
        kea_care_model_free(&problem->care[i]);
    for (size_t i = 0; i < problem->n_entries; i++) {
        free(problem->entries[i].name);
        free(problem->entries[i].source);
        free(problem->entries[i].file);
    }
    for (size_t i = 0; i < problem->n_correlations; i++)
        kea_correlation_free(&problem->correlations[i]);
    kea_municipalities_free(&problem->municipalities);
    kea_fundings_free(problem->funding);
    for (size_t i = 0; i < problem->n_what_ifs; i++)
        kea_what_if_free(&problem->what_ifs[i]);
    for (size_t i = 0; i < problem->n_sites; i++)
        kea_what_if_free(&problem->sites[i]);
    free(problem->file);
    free(problem->title);
    free(problem->model_name);
    free(problem->text);
    free(problem->care);
    free(problem->sweeps);
    free(problem->strategies);
    free(problem->entries);
    free(problem->correlations);
    free(problem->what_ifs);
    free(problem->sites);
    *problem = (kea_problem){0};
}

void kea_problem_values(const kea_problem *problem, const double *entry_value, size_t care,
                        double *values)
{
    /* world entries come first, so a care model's own value is written over the shared one */
    for (size_t i = 0; i < problem->n_entries; i++) {
        const kea_entry *entry = &problem->entries[i];
        if (entry->care == KEA_WORLD_ENTRY || entry->care == care)
            values[entry->slot] = entry_value[i];
    }
}

void kea_problem_base(const kea_problem *problem, double *out)
{
    for (size_t i = 0; i < problem->n_entries; i++)
        out[i] = problem->entries[i].value;
}

bool kea_problem_find(const kea_problem *problem, const char *name, size_t *index)
{
    for (size_t i = 0; i < problem->n_entries; i++) {
        if (strcmp(problem->entries[i].name, name) == 0) {
            *index = i;
            return true;
        }
    }
    return false;
}

size_t kea_problem_find_param(const kea_problem *problem, const char *param, size_t care,
                              size_t max, size_t *index)
{
    size_t n = 0;
    for (size_t i = 0; i < problem->n_entries; i++) {
        const kea_entry *entry = &problem->entries[i];
        if (entry->care != care || strcmp(entry->decl->name, param) != 0)
            continue;
        if (n < max)
            index[n] = i;
        n++;
    }
    return n;
}
