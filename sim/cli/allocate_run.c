/* See allocate_run.h. Parts of a population are first simulated at full size, to learn how long
 * people stay in each: by Little's law (Little 1961, Oper. Res. 9) those present are those who come
 * in a year times the years that they stay, and in a school that is always full the years of stay
 * are those present over those who leave in a year. */
#include "sim/cli/allocate_run.h"

#include "sim/cli/stop.h"
#include "sim/core/memory.h"
#include "sim/engine/run.h"
#include "sim/inputs/what_if.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Schools behind the sizes and the price of an hour. */
enum { PILOTS = 10 };

/* Hours that are tried, times those of an even division: close where most is decided, and up to a
 * site that gets eight times its part. */
static const double tried[] = {0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0, 1.25,
                               1.5, 1.75,  2.0,  2.5,   3.0, 3.5,   4.0,  5.0,   6.0, 8.0};
enum { N_TRIED = sizeof tried / sizeof tried[0] };

typedef struct simulation {
    const kea_allocate_run *run;
    kea_allocation *a;
    size_t staffing; /* entry of the hours per 100 */
    size_t n_window; /* school years of the decision */
    size_t n_sites;
    kea_what_if *made;        /* [n_sites] parts as sites; NULL: they are the scenario's */
    const kea_what_if *sites; /* [n_sites] */
    size_t *start;            /* [n_sites] parts: entry of the share of newcomers */
    double base_cost;         /* of all teams in a year, at the base hours */
} simulation;

static kea_run_options engine_options(const kea_allocate_run *run)
{
    return (kea_run_options){.threads = run->threads,
                             .progress = kea_progress_show,
                             .context = run->progress,
                             .stop = kea_stop_asked()};
}

/* ---------------------------------------------------------------- what is asked */

/* Parts in which anybody starts: their entries into entry[KEA_MAX_ELEMENTS]; returns how many. */
static size_t find_parts(const kea_allocate_run *run, size_t *entry)
{
    size_t all[KEA_MAX_ELEMENTS], found = 0;
    size_t n = kea_problem_find_param(run->problem, run->model->parts->start, KEA_WORLD_ENTRY,
                                      KEA_MAX_ELEMENTS, all);
    for (size_t i = 0; i < n; i++)
        if (run->problem->entries[all[i]].value > 0.0)
            entry[found++] = all[i];
    return found;
}

/* Where money buys the hours of a team, these cannot be given. */
static kea_status check_bought(const kea_problem *problem, kea_error *err)
{
    for (size_t i = 0; problem->params.budget && i < problem->n_entries; i++) {
        const kea_entry *entry = &problem->entries[i];
        if (strcmp(entry->decl->name, problem->params.budget) == 0 && entry->value > 0.0)
            return kea_error_at(err, KEA_ERR_USAGE, entry->file, entry->line,
                                "%s is %.10g, so that money buys the hours of teams; make it 0 to "
                                "divide them",
                                entry->name, entry->value);
    }
    return KEA_OK;
}

kea_status kea_allocate_check(const kea_allocation *a, const kea_allocate_run *run, kea_error *err)
{
    const kea_problem *problem = run->problem;
    size_t entry = 0, parts[KEA_MAX_ELEMENTS];
    if (run->by_parts && !run->model->parts)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "--by: the model %s does not tell its population apart; list sites in "
                             "the scenario and use --by sites",
                             run->model->name);
    if (run->by_parts && find_parts(run, parts) < 2)
        return kea_error_at(err, KEA_ERR_USAGE, problem->file, 0,
                            "--by: all newcomers start in the same of the %s; there is nothing to "
                            "divide over",
                            run->model->parts->name);
    if (!run->by_parts && problem->n_sites == 0)
        return kea_error_at(err, KEA_ERR_USAGE, problem->file, 0,
                            "the scenario lists no 'sites' to divide hours over");
    if (a->money && !run->model->frame->funded.category)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "--budget: the model %s does not tell what a team costs; give --hours",
                             run->model->name);
    kea_status status = check_bought(problem, err);
    if (status == KEA_OK)
        status = kea_design_staffing(problem, a->strategy, &entry, err);
    if (status == KEA_OK && !(problem->entries[entry].value > 0.0))
        return kea_error_at(err, KEA_ERR_USAGE, problem->entries[entry].file,
                            problem->entries[entry].line,
                            "%s has no hours: there is nothing to divide",
                            problem->care[problem->strategies[a->strategy]].id);
    return status;
}

/* ---------------------------------------------------------------- sites */

static double whole_size(const simulation *s)
{
    size_t entry = 0;
    (void)kea_problem_find(s->run->problem, s->run->problem->params.size, &entry);
    return s->run->problem->entries[entry].value;
}

/* A part as a site: only newcomers of its kind. */
static kea_status make_part(const simulation *s, size_t site, double size, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = s->run->problem;
    kea_what_if *made = &s->made[site];
    kea_what_if_free(made);
    KEA_TRY(kea_what_if_reserve(made, 2, err));
    KEA_TRY(kea_what_if_add(made, problem, problem->params.size, size, err));
    KEA_TRY(kea_what_if_add(made, problem, problem->entries[s->start[site]].name, 1.0, err));
done:
    return status;
}

/* The parts, each as large as the whole. */
static kea_status make_parts(simulation *s, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, KEA_MAX_ELEMENTS, sizeof *s->start, err));
    s->start = block;
    s->n_sites = find_parts(s->run, s->start);
    KEA_TRY(kea_memory_new(&block, s->n_sites, sizeof *s->made, err));
    s->made = block;
    for (size_t i = 0; i < s->n_sites; i++)
        KEA_TRY(make_part(s, i, whole_size(s), err));
    s->sites = s->made;
done:
    return status;
}

/* Whole numbers that sum to the whole, in proportion to weight[n]: each rounded down, and one more
 * for those that lost most. None is below 1. */
static void apportion(size_t n, const double *weight, double whole, double *size)
{
    double sum = 0.0, given = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += weight[i];
    for (size_t i = 0; i < n; i++) {
        size[i] = fmax(1.0, floor(whole * weight[i] / sum));
        given += size[i];
    }
    for (; given < whole; given += 1.0) {
        size_t most = 0;
        for (size_t i = 1; i < n; i++)
            if (whole * weight[i] / sum - size[i] > whole * weight[most] / sum - size[most])
                most = i;
        size[most] += 1.0;
    }
}

/* ---------------------------------------------------------------- the pilot */

/* Cost of the team over the window at one point, a year. */
static double team_cost(const simulation *s, const kea_sample *sample, size_t point, size_t arm)
{
    const char *category = s->run->model->frame->funded.category;
    double sum = 0.0;
    for (size_t k = 0; category && k < sample->n_outcomes; k++)
        if (sample->outcomes[k].category && strcmp(sample->outcomes[k].category, category) == 0)
            sum += *kea_sample_at(sample, point, arm, k, KEA_SCOPE_WINDOW);
    return sum / (double)s->n_window;
}

/* The sum of an outcome over the pilot's schools of a site, under the comparator. */
static double pilot_sum(const kea_sample *sample, size_t site, const char *outcome)
{
    size_t index = 0;
    double sum = 0.0;
    if (!outcome || !kea_sample_find(sample, outcome, &index))
        return 0.0;
    for (size_t j = 0; j < PILOTS; j++)
        sum += *kea_sample_at(sample, site * PILOTS + j, 0, index, KEA_SCOPE_WINDOW);
    return sum;
}

static kea_status size_parts(simulation *s, const kea_sample *sample, double *size, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_model *model = s->run->model;
    const kea_problem *problem = s->run->problem;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, s->n_sites, sizeof(double), err));
    double *weight = block;
    for (size_t i = 0; i < s->n_sites; i++) {
        double there = pilot_sum(sample, i, model->frame->population.outcome);
        double leave = pilot_sum(sample, i, model->parts->leavers[0]) +
                       pilot_sum(sample, i, model->parts->leavers[1]);
        weight[i] = problem->entries[s->start[i]].value * there / leave;
        if (!(leave > 0.0))
            KEA_TRY(kea_error_set(err, KEA_ERR_RUN,
                                  "nobody leaves who starts in %s, so that its size cannot be told",
                                  problem->entries[s->start[i]].name));
    }
    apportion(s->n_sites, weight, whole_size(s), size);
done:
    free(block);
    return status;
}

/* Takes over the sizes, and adds up what teams of the base hours cost. */
static kea_status take_pilot(simulation *s, const kea_sample *sample, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, s->n_sites, sizeof(double), err));
    double *size = block;
    for (size_t i = 0; i < s->n_sites; i++)
        size[i] = kea_what_if_size(&s->sites[i]);
    if (s->made)
        KEA_TRY(size_parts(s, sample, size, err));
    for (size_t i = 0; i < s->n_sites; i++) {
        double cost = 0.0, scale = size[i] / kea_what_if_size(&s->sites[i]);
        for (size_t j = 0; j < PILOTS; j++)
            cost += team_cost(s, sample, i * PILOTS + j, 1) / PILOTS;
        s->base_cost += cost * scale;
        if (s->made)
            KEA_TRY(make_part(s, i, size[i], err));
    }
done:
    free(block);
    return status;
}

static kea_status run_pilot(simulation *s, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_variation variation;
    kea_design design = {0};
    kea_sample sample = {0};
    const double base = 1.0;
    const kea_allocate_run *run = s->run;
    const kea_run_options options = engine_options(run);
    kea_variation_sites(&variation, s->n_sites, s->sites, s->staffing);
    KEA_TRY(
        kea_design_sites(&design, run->problem, &variation, s->a->strategy, 1, &base, PILOTS, err));
    KEA_TRY(kea_run(run->model, run->problem, &design, &options, &sample, err));
    KEA_TRY(take_pilot(s, &sample, err));
done:
    kea_sample_free(&sample);
    kea_design_free(&design);
    kea_variation_free(&variation);
    return status;
}

/* ---------------------------------------------------------------- hours */

static kea_status name_sites(const simulation *s, kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, s->n_sites, sizeof *s->a->site, err);
    if (status != KEA_OK)
        return status;
    s->a->site = block;
    for (size_t i = 0; i < s->n_sites; i++) {
        kea_allocation_site *site = &s->a->site[i];
        site->size = kea_what_if_size(&s->sites[i]);
        site->key = site->name = s->sites[i].name;
        if (!s->made)
            continue;
        const kea_entry *entry = &s->run->problem->entries[s->start[i]];
        site->key = entry->decl->labels[entry->element];
        site->name = kea_text(entry->decl->titles[entry->element]);
    }
    return KEA_OK;
}

/* Hours of an even division per 100 people. */
static double even_rate(const simulation *s)
{
    const kea_allocation *a = s->a;
    double size = 0.0;
    if (a->money)
        return s->run->problem->entries[s->staffing].value * a->budget / s->base_cost;
    for (size_t i = 0; i < s->n_sites; i++)
        size += a->site[i].size;
    return 100.0 * a->budget / size;
}

/* What is tried at every site. */
static kea_status set_hours(simulation *s, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_allocation *a = s->a;
    void *block = NULL;
    const kea_entry *entry = &s->run->problem->entries[s->staffing];
    double rate = even_rate(s), most = entry->decl->max / tried[N_TRIED - 1];
    if (!(rate <= most))
        return kea_error_set(
            err, KEA_ERR_USAGE,
            "so much is %.4g %s of %s for each 100 %s; at most %.4g can be divided", rate,
            entry->decl->unit, entry->decl->name, s->run->problem->params.size, most);
    KEA_TRY(kea_memory_new(&block, N_TRIED, sizeof(double), err));
    a->rate = block;
    KEA_TRY(kea_memory_new(&block, s->n_sites * N_TRIED, sizeof(double), err));
    a->hours = block;
    for (size_t k = 0; k < N_TRIED; k++) {
        a->rate[k] = rate * tried[k];
        for (size_t i = 0; i < s->n_sites; i++)
            a->hours[i * N_TRIED + k] = a->rate[k] * a->site[i].size / 100.0;
    }
done:
    return status;
}

/* ---------------------------------------------------------------- curves */

/* Takes the values of a block of points; costs are summed up. */
static kea_status collect(void *context, size_t first, const kea_sample *block, kea_error *err)
{
    kea_status status = KEA_OK;
    const simulation *s = context;
    kea_allocation *a = s->a;
    double value[KEA_RUN_BLOCK];
    const size_t n = s->run->draws;
    for (size_t k = 0; k < N_TRIED; k++) {
        KEA_TRY(kea_quantity_values(&a->quantity, block, &s->run->model->frame->effects[0], k + 1,
                                    value, err));
        for (size_t p = 0; p < block->n_points; p++) {
            size_t site = (first + p) / n, draw = (first + p) % n;
            a->value[(draw * s->n_sites + site) * N_TRIED + k] = a->turned ? -value[p] : value[p];
            if (a->cost)
                a->cost[site * N_TRIED + k] += team_cost(s, block, p, k + 1) / (double)n;
        }
    }
done:
    return status;
}

static kea_status run_curves(simulation *s, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_allocation *a = s->a;
    kea_variation variation;
    kea_design design = {0};
    void *block = NULL;
    double factor[N_TRIED];
    const kea_allocate_run *run = s->run;
    const kea_run_options options = engine_options(run);
    size_t cells = s->n_sites * N_TRIED;
    for (size_t k = 0; k < N_TRIED; k++)
        factor[k] = a->rate[k] / run->problem->entries[s->staffing].value;
    kea_variation_sites(&variation, s->n_sites, s->sites, s->staffing);
    variation.drawn = true;
    KEA_TRY(kea_memory_new(&block, run->draws * cells, sizeof(double), err));
    a->value = block;
    if (run->model->frame->funded.category) {
        KEA_TRY(kea_memory_new(&block, cells, sizeof(double), err));
        a->cost = block;
    }
    KEA_TRY(kea_design_sites(&design, run->problem, &variation, a->strategy, N_TRIED, factor,
                             run->draws, err));
    KEA_TRY(kea_run_blocks(run->model, run->problem, &design, &options, 0, collect, s, err));
    a->curves = (kea_allocation_curves){s->n_sites, N_TRIED, run->draws,
                                        a->money ? a->cost : a->hours, a->value};
done:
    kea_design_free(&design);
    kea_variation_free(&variation);
    return status;
}

/* ---------------------------------------------------------------- one team */

static kea_status collect_whole(void *context, size_t first, const kea_sample *block,
                                kea_error *err)
{
    const simulation *s = context;
    double *value = s->a->whole + first;
    kea_status status = kea_quantity_values(&s->a->quantity, block,
                                            &s->run->model->frame->effects[0], 1, value, err);
    for (size_t p = 0; p < block->n_points && s->a->turned; p++)
        value[p] = -value[p];
    return status;
}

/* Hours per 100 people that spend the budget when all sites have the same. */
static double rate_of_budget(const simulation *s)
{
    const kea_allocation_curves *c = &s->a->curves;
    double amount[N_TRIED] = {0};
    for (size_t i = 0; i < c->n_sites * N_TRIED; i++)
        amount[i % N_TRIED] += c->amount[i];
    return kea_allocation_line(N_TRIED, amount, s->a->rate, s->a->budget);
}

/* All parts together, as the scenario has them, with the same hours per 100 people. */
static kea_status run_whole(simulation *s, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_allocate_run *run = s->run;
    const kea_problem *problem = run->problem;
    const kea_run_options options = engine_options(run);
    const double factor = rate_of_budget(s) / problem->entries[s->staffing].value;
    kea_what_if whole = {0};
    kea_variation variation;
    kea_design design = {0};
    void *block = NULL;
    kea_variation_sites(&variation, 1, &whole, s->staffing);
    variation.drawn = true;
    KEA_TRY(kea_what_if_reserve(&whole, 1, err));
    KEA_TRY(kea_what_if_add(&whole, problem, problem->params.size, whole_size(s), err));
    KEA_TRY(kea_memory_new(&block, run->draws, sizeof(double), err));
    s->a->whole = block;
    KEA_TRY(kea_design_sites(&design, problem, &variation, s->a->strategy, 1, &factor, run->draws,
                             err));
    KEA_TRY(kea_run_blocks(run->model, problem, &design, &options, 0, collect_whole, s, err));
done:
    kea_design_free(&design);
    kea_variation_free(&variation);
    kea_what_if_free(&whole);
    return status;
}

/* ---------------------------------------------------------------- all */

static kea_status count_years(simulation *s, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = s->run->problem;
    void *base = NULL, *values = NULL;
    size_t n_periods = 0;
    KEA_TRY(kea_memory_new(&base, problem->n_entries, sizeof(double), err));
    KEA_TRY(kea_memory_new(&values, kea_param_table_length(&problem->params), sizeof(double), err));
    kea_problem_base(problem, base);
    kea_problem_values(problem, base, problem->strategies[0], values);
    s->run->model->periods(values, &s->n_window, &n_periods);
done:
    free(base);
    free(values);
    return status;
}

static kea_status simulate(simulation *s, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_allocate_run *run = s->run;
    KEA_TRY(kea_design_staffing(run->problem, s->a->strategy, &s->staffing, err));
    KEA_TRY(count_years(s, err));
    s->sites = run->problem->sites;
    s->n_sites = run->by_parts ? 0 : run->problem->n_sites;
    if (run->by_parts)
        KEA_TRY(make_parts(s, err));
    /* a pilot of parts is of whole schools, of sites of their own size */
    double pilot = PILOTS * 2.4 * (double)(run->by_parts ? s->n_sites : 1);
    double curves = (double)run->draws * (0.4 + N_TRIED + 1);
    double whole = run->by_parts ? (double)run->draws * 2.4 : 0.0;
    kea_progress_start(run->progress, pilot + curves + whole, 0.0, run->quiet);
    kea_progress_stage(run->progress, "size and price of sites", pilot);
    if (s->made || s->a->money)
        KEA_TRY(run_pilot(s, err));
    if (s->a->money && !(s->base_cost > 0.0))
        KEA_TRY(kea_error_set(err, KEA_ERR_USAGE,
                              "--budget: the team costs nothing in this scenario; give --hours"));
    KEA_TRY(name_sites(s, err));
    KEA_TRY(set_hours(s, err));
    kea_progress_stage(run->progress, "sites at other hours", curves);
    KEA_TRY(run_curves(s, err));
    kea_progress_stage(run->progress, "one team for all", whole);
    if (run->by_parts)
        KEA_TRY(run_whole(s, err));
done:
    kea_progress_end(run->progress);
    return status;
}

kea_status kea_allocate_simulate(kea_allocation *a, const kea_allocate_run *run, kea_error *err)
{
    simulation s = {.run = run, .a = a};
    kea_status status = simulate(&s, err);
    for (size_t i = 0; s.made && i < s.n_sites; i++)
        kea_what_if_free(&s.made[i]);
    free(s.made);
    free(s.start);
    return status;
}
