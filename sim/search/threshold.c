/* See threshold.h. The system that is solved is a grid of one parameter with one level. */
#include "sim/search/threshold.h"

#include "sim/inputs/design.h"

static const double TOLERANCE = 1e-4; /* of the range */

typedef struct threshold {
    const kea_model *model;
    const kea_problem *problem;
    const kea_threshold_options *options;
    kea_run_options run;
    kea_varied axis; /* a copy that borrows; its only level is what the search tries */
    kea_design design;
} threshold;

kea_status kea_threshold_check(const kea_varied *varied, const kea_problem *problem, kea_error *err)
{
    const kea_param_decl *decl = problem->entries[varied->entries[0]].decl;
    if (decl->kind == KEA_INTEGER || decl->kind == KEA_CHOICE)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "'%s' %s, so no value of it lies between others; try its values one "
                             "by one with --one-way",
                             varied->name,
                             decl->kind == KEA_INTEGER ? "is a whole number" : "is a choice");
    if (varied->levels.from < varied->levels.to)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_USAGE,
                         "'%s': a threshold is searched from a smaller to a larger value, found "
                         "%.10g to %.10g",
                         varied->name, varied->levels.from, varied->levels.to);
}

/* The system of the search. */
static kea_status run_at(void *context, const double *input, double *output, kea_error *err)
{
    threshold *t = context;
    kea_status status = KEA_OK;
    kea_sample sample = {0};
    t->axis.levels = (kea_range){*input, *input, 1};
    KEA_TRY(kea_run(t->model, t->problem, &t->design, &t->run, &sample, err));
    KEA_TRY(kea_quantity_values(&t->options->quantity, &sample, &t->model->frame->effects[0], 1,
                                output, err));
done:
    kea_sample_free(&sample);
    return status;
}

kea_status kea_threshold_find(kea_crossing *crossing, const kea_model *model,
                              const kea_problem *problem, const kea_varied *varied,
                              const kea_threshold_options *options, const kea_run_options *run,
                              kea_error *err)
{
    kea_status status = KEA_OK;
    kea_variation variation = {0};
    threshold t = {
        .model = model, .problem = problem, .options = options, .run = *run, .axis = *varied};
    const kea_system system = {1, 1, options->repeats, run_at, &t};
    t.axis.levels = (kea_range){options->low, options->low, 1};
    t.run.progress = NULL;
    KEA_TRY(kea_threshold_check(varied, problem, err));
    KEA_TRY(kea_variation_grid(&variation, problem, 1, &t.axis, err));
    variation.drawn = options->drawn;
    KEA_TRY(kea_design_varied(&t.design, problem, &variation, "threshold", options->repeats, err));
    t.design.arms[1] = t.design.arms[options->strategy]; /* the others are not asked about */
    t.design.n_arms = 2;
    KEA_TRY(kea_search_root(&system, options->goal, options->low, options->high,
                            (options->high - options->low) * TOLERANCE, crossing, err));
done:
    kea_design_free(&t.design);
    kea_variation_free(&variation);
    return status;
}
