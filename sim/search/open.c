/* Finding and checking what a calibration opens. */
#include "sim/search/open.h"

#include "sim/core/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static kea_status fail(const kea_target_open *open, kea_error *err, const char *text)
{
    return kea_error_at(err, KEA_ERR_INPUT, open->file, open->line, "%s", text);
}

kea_status kea_open_entries(const kea_problem *problem, const kea_target_open *open, size_t *entry,
                            size_t *n, kea_error *err)
{
    size_t n_named = 0;
    kea_error why = {0};
    *n = 0;
    for (size_t i = 0; i < open->parameters.n; i++) {
        size_t first = 0, count = 0;
        kea_error missing;
        if (kea_problem_find_named(problem, open->parameters.name[i], &first, &count, &missing) !=
            KEA_OK) {
            why = missing;
            continue;
        }
        n_named++;
        if (*n + count > KEA_MAX_OPEN)
            return fail(open, err, "too many numbers change in step; at most 64 can");
        for (size_t k = 0; k < count; k++)
            entry[(*n)++] = first + k;
    }
    if (n_named == 0 || n_named == open->parameters.n)
        return KEA_OK;
    return fail(open, err, why.text);
}

const kea_problem *kea_open_home(const kea_targets *targets, const kea_problem *problems,
                                 const kea_target_open *open)
{
    size_t first = 0, count = 0;
    for (size_t s = 0; s < targets->n_scenarios; s++)
        if (kea_problem_find_named(&problems[s], open->parameters.name[0], &first, &count, NULL) ==
            KEA_OK)
            return &problems[s];
    return NULL;
}

/* ---------------------------------------------------------------- checks */

static bool uses(const kea_targets *targets, const kea_target_fit *fit, size_t scenario)
{
    for (size_t i = 0; i < fit->n_targets; i++)
        if (targets->target[fit->target[i]].scenario == scenario)
            return true;
    return false;
}

/* Some scenario of the step must have the number; the text says what the last of them lacks. */
static kea_status check_found(const kea_targets *targets, const kea_problem *problems,
                              const kea_target_fit *fit, const kea_target_open *open,
                              kea_error *err)
{
    kea_error why = {0};
    for (size_t s = 0; s < targets->n_scenarios; s++) {
        size_t first = 0, count = 0;
        if (uses(targets, fit, s) && kea_problem_find_named(&problems[s], open->parameters.name[0],
                                                            &first, &count, &why) == KEA_OK)
            return KEA_OK;
    }
    return fail(open, err, why.text);
}

static kea_status check_start(const kea_target_open *open, const kea_entry *first, kea_error *err)
{
    if (first->value >= open->low && first->value <= open->high)
        return KEA_OK;
    return kea_error_at(err, KEA_ERR_INPUT, open->file, open->line,
                        "%s is %.10g now, outside the bounds %.10g to %.10g", first->name,
                        first->value, open->low, open->high);
}

/* A number must stay within its declared range while the first goes to either bound. */
static kea_status check_bounds(const kea_target_open *open, const kea_entry *first,
                               const kea_entry *entry, kea_error *err)
{
    const kea_param_decl *decl = entry->decl;
    if (decl->kind == KEA_SHARES || decl->kind == KEA_INTEGER)
        return kea_error_at(err, KEA_ERR_INPUT, open->file, open->line,
                            "%s cannot be open: %s cannot be multiplied", entry->name,
                            decl->kind == KEA_SHARES ? "shares that sum to 1" : "whole numbers");
    for (int end = 0; end < 2; end++) {
        double bound = end == 0 ? open->low : open->high;
        double value = entry->value * (bound / first->value);
        if (value < decl->min || value > decl->max)
            return kea_error_at(err, KEA_ERR_INPUT, open->file, open->line,
                                "with %s at %.10g, %s would be %.10g; expected %.10g to %.10g",
                                first->name, bound, entry->name, value, decl->min, decl->max);
    }
    return KEA_OK;
}

/* In every scenario a number has the values of its home. */
static kea_status check_same(const kea_target_open *open, const kea_problem *home,
                             const kea_problem *problem, const size_t *entry, size_t n,
                             kea_error *err)
{
    kea_status status = KEA_OK;
    size_t n_home = 0, at_home[KEA_MAX_OPEN];
    KEA_TRY(kea_open_entries(home, open, at_home, &n_home, err));
    for (size_t i = 0; i < n && i < n_home; i++) {
        double here = problem->entries[entry[i]].value, there = home->entries[at_home[i]].value;
        if (here != there)
            return kea_error_at(err, KEA_ERR_INPUT, open->file, open->line,
                                "%s is %.10g in %s and %.10g in %s; only a number that scenarios "
                                "share can be open in them",
                                problem->entries[entry[i]].name, there, home->file, here,
                                problem->file);
    }
done:
    return status;
}

/* One open number in one scenario. taken[n_entries] tells what is open already. */
static kea_status check_in(const kea_target_open *open, const kea_problem *home,
                           const kea_problem *problem, bool *taken, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t n = 0, entry[KEA_MAX_OPEN];
    KEA_TRY(kea_open_entries(problem, open, entry, &n, err));
    if (n > 0)
        KEA_TRY(check_start(open, &problem->entries[entry[0]], err));
    for (size_t i = 0; i < n; i++) {
        const kea_entry *one = &problem->entries[entry[i]];
        if (taken[entry[i]])
            return kea_error_at(err, KEA_ERR_INPUT, open->file, open->line,
                                "%s is open already; a number can be chosen once only", one->name);
        taken[entry[i]] = true;
        KEA_TRY(check_bounds(open, &problem->entries[entry[0]], one, err));
    }
    KEA_TRY(check_same(open, home, problem, entry, n, err));
done:
    return status;
}

/* Everything that is open in one scenario. */
static kea_status check_scenario(const kea_targets *targets, const kea_problem *problems,
                                 const kea_problem *problem, kea_error *err)
{
    kea_status status = KEA_OK;
    void *taken = NULL;
    KEA_TRY(kea_memory_new(&taken, problem->n_entries, sizeof(bool), err));
    for (size_t f = 0; f < targets->n_fits; f++)
        for (size_t k = 0; k < targets->fit[f].n_open; k++) {
            const kea_target_open *open = &targets->fit[f].open[k];
            KEA_TRY(check_in(open, kea_open_home(targets, problems, open), problem, taken, err));
        }
done:
    free(taken);
    return status;
}

kea_status kea_open_check(const kea_targets *targets, const kea_problem *problems, kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t f = 0; f < targets->n_fits; f++)
        for (size_t k = 0; k < targets->fit[f].n_open; k++)
            KEA_TRY(
                check_found(targets, problems, &targets->fit[f], &targets->fit[f].open[k], err));
    for (size_t s = 0; s < targets->n_scenarios; s++)
        KEA_TRY(check_scenario(targets, problems, &problems[s], err));
done:
    return status;
}
