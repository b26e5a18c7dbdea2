/* Outcome tables: every strategy beside the comparator, and the yearly figures. */
#include "sim/report/answers_shared.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Columns of the outcome table; an estimate takes four. */
enum {
    STRATEGY,
    VERSUS,
    OUTCOME,
    CATEGORY,
    PAYER,
    UNIT,
    COMPARATOR_MEAN,
    STRATEGY_MEAN = COMPARATOR_MEAN + 4,
    DIFFERENCE = STRATEGY_MEAN + 4,
    N_COLUMNS = DIFFERENCE + 4
};

static void init_outcomes(kea_table *table, const kea_answer_input *input, kea_count_by count)
{
    const kea_problem *problem = input->problem;
    const kea_column_use csv = KEA_COLUMN_CSV;
    const char *comparator = kea_answers_name(problem, 0);
    const char *strategy =
        problem->n_strategies == 2 ? kea_answers_name(problem, 1) : kea_text("strategy");
    const kea_column columns[N_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"comparator", "", "", 0, csv},
        {"outcome", kea_text("outcome"), "", 0, KEA_COLUMN_BOTH},
        {"category", "", "", 0, csv},
        {"payer", "", "", 0, csv},
        {"unit", "", "", 0, csv},
        {"comparator_mean", comparator, "", 0, KEA_COLUMN_BOTH},
        {"comparator_error", "", "", 0, csv},
        {"comparator_low", "", "", 0, csv},
        {"comparator_high", "", "", 0, csv},
        {"strategy_mean", strategy, "", 0, KEA_COLUMN_BOTH},
        {"strategy_error", "", "", 0, csv},
        {"strategy_low", "", "", 0, csv},
        {"strategy_high", "", "", 0, csv},
        {"difference_mean", kea_text("difference"), "", 0, KEA_COLUMN_BOTH},
        {"difference_error", kea_text("Monte Carlo error"), "", 0, KEA_COLUMN_BOTH},
        {"difference_low", kea_text("95% from"), "", 0, KEA_COLUMN_BOTH},
        {"difference_high", kea_text("95% to"), "", 0, KEA_COLUMN_BOTH},
    };
    char title[512];
    const kea_frame_population *population = &input->frame->population;
    (void)snprintf(title, sizeof title,
                   count == KEA_WHOLE
                       ? kea_text("Outcomes of the %s over window and run-out, discounted")
                       : kea_text("Outcomes per %s in the window"),
                   kea_text(count == KEA_WHOLE ? population->whole : population->many));
    kea_answers_table(table, input, title, N_COLUMNS, columns);
}

/* "All costs during school" */
static void write_all_costs(char *text, size_t size, const kea_frame *frame)
{
    if (frame->during)
        (void)snprintf(text, size, kea_text("All costs %s"), kea_text(frame->during));
    else
        (void)snprintf(text, size, "%s", kea_text("All costs"));
}

/* The outcome's names and, on the terminal, its unit when it is money. */
static void put_names(kea_table *table, const kea_frame *frame, const kea_outcome_decl *decl,
                      bool thousands)
{
    char label[300], name[256];
    bool money = !decl || decl->category;
    if (decl)
        (void)snprintf(name, sizeof name, "%s", kea_text(decl->label));
    else
        write_all_costs(name, sizeof name, frame);
    if (!money)
        (void)snprintf(label, sizeof label, "%s", name);
    else if (thousands)
        /* TRANSLATORS: a cost and its currency */
        (void)snprintf(label, sizeof label, kea_text("%s, thousand %s"), name, frame->currency);
    else
        (void)snprintf(label, sizeof label, "%s, %s", name, frame->currency);
    kea_table_key(table, OUTCOME, decl ? decl->name : "cost", label);
    kea_table_text(table, CATEGORY, decl && decl->category ? decl->category : "");
    kea_table_text(table, PAYER, decl && decl->payer ? decl->payer : "");
    kea_table_text(table, UNIT, decl ? decl->unit : frame->currency);
}

/* How a table counts: of the whole, or per so many. */
typedef struct counting {
    bool whole;
    kea_measure measure; /* its outcome is set row by row */
    double money_scale;
    int decimals; /* at most */
} counting;

static kea_status set_counting(counting *c, const kea_answer_input *input, const kea_sample *sample,
                               kea_count_by count, kea_error *err)
{
    kea_whole whole = kea_answers_whole(input);
    if (count == KEA_WHOLE) {
        *c = (counting){
            true, {0, KEA_SCOPE_DISCOUNTED, KEA_NO_OUTCOME, 1.0}, whole.scale, whole.decimals};
        return KEA_OK;
    }
    *c = (counting){false,
                    {0, KEA_SCOPE_WINDOW, KEA_NO_OUTCOME, input->frame->population.n},
                    1.0,
                    kea_answers_decimals(input)};
    return kea_answers_population(input, sample, &c->measure.denominator, err);
}

static void put_row(kea_table *table, const kea_answer_input *input, const kea_answer_part *part,
                    size_t arm, size_t outcome, const counting *count, double *scratch)
{
    const kea_sample *sample = part->sample;
    const kea_outcome_decl *decl = outcome == KEA_ALL_COSTS ? NULL : &sample->outcomes[outcome];
    kea_measure measure = count->measure;
    measure.outcome = outcome;
    bool money = !decl || decl->category;
    double shown = money ? count->money_scale : 1.0;
    kea_estimate difference = kea_estimate_increment(sample, arm, 0, &measure, scratch);
    int decimals = money ? 0 : kea_text_decimals(difference.mean);
    decimals = decimals > count->decimals ? count->decimals : decimals;
    kea_table_row(table);
    kea_answers_put_name(table, STRATEGY, part, input->problem, arm);
    kea_answers_put_name(table, VERSUS, part, input->problem, 0);
    put_names(table, input->frame, decl, count->money_scale < 1.0);
    kea_answers_put(table, COMPARATOR_MEAN, kea_estimate_arm(sample, 0, &measure, scratch), shown,
                    decimals);
    kea_answers_put(table, STRATEGY_MEAN, kea_estimate_arm(sample, arm, &measure, scratch), shown,
                    decimals);
    kea_answers_put(table, DIFFERENCE, difference, shown, decimals);
    if (decl && decl->category && decl->kind != KEA_COST_DURING)
        kea_table_hide(table);
}

/* The window cuts later costs off, so they stand among those of the whole only. */
static bool is_listed(const kea_outcome_decl *decl, const counting *count)
{
    return decl->category && (count->whole || decl->kind == KEA_COST_DURING);
}

/* All rows of one strategy. */
static kea_status put_arm(kea_table *table, const kea_answer_input *input,
                          const kea_answer_part *part, size_t arm, const counting *count,
                          double *scratch, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_frame *frame = input->frame;
    put_row(table, input, part, arm, KEA_ALL_COSTS, count, scratch);
    for (size_t o = 0; o < part->sample->n_outcomes; o++)
        if (is_listed(&part->sample->outcomes[o], count))
            put_row(table, input, part, arm, o, count, scratch);
    for (size_t m = 0; m < frame->n_measures; m++) {
        size_t outcome = 0;
        if (frame->measures[m].use != KEA_IN_OUTCOMES)
            continue;
        KEA_TRY(kea_answers_outcome(part->sample, frame->measures[m].outcome, &outcome, err));
        put_row(table, input, part, arm, outcome, count, scratch);
    }
done:
    return status;
}

kea_status kea_answers_outcomes(kea_table *table, const kea_answer_input *input, kea_count_by count,
                                kea_error *err)
{
    kea_status status = KEA_OK;
    void *scratch = NULL;
    char note[512];
    counting counts;
    const kea_answer_part *part = NULL;
    init_outcomes(table, input, count);
    KEA_TRY(kea_answers_need(&part, input, "psa", err));
    KEA_TRY(set_counting(&counts, input, part->sample, count, err));
    KEA_TRY(kea_memory_new(&scratch, part->sample->n_points, sizeof(double), err));
    for (size_t arm = 1; arm < part->sample->n_arms; arm++)
        KEA_TRY(put_arm(table, input, part, arm, &counts, scratch, err));
    (void)snprintf(note, sizeof note,
                   kea_text("The interval is what is not known about the parameters and chance "
                            "between %s; the Monte Carlo error is how exactly the simulation knows "
                            "the mean difference."),
                   kea_text(input->frame->population.wholes));
    kea_table_note(table, note);
    status = kea_table_check(table, err);
done:
    free(scratch);
    return status;
}

/* Columns of the table of yearly figures. */
enum { A_STRATEGY, A_FIGURE, A_UNIT, A_BASE, A_BASE_ERROR, A_MEAN, A_N = A_MEAN + 4 };

static void init_annual(kea_table *table)
{
    const kea_column columns[A_N] = {
        {"strategy", kea_text("strategy"), "", 0, KEA_COLUMN_BOTH},
        {"figure", kea_text("yearly figure"), "", 0, KEA_COLUMN_BOTH},
        {"unit", kea_text("unit"), "", 0, KEA_COLUMN_BOTH},
        {"base_mean", kea_text("base case"), "", 4, KEA_COLUMN_BOTH},
        {"base_error", kea_text("Monte Carlo error"), "", 4, KEA_COLUMN_BOTH},
        {"mean", kea_text("mean"), "", 4, KEA_COLUMN_CSV},
        {"error", "", "", 4, KEA_COLUMN_CSV},
        {"low", kea_text("95% from"), "", 4, KEA_COLUMN_BOTH},
        {"high", kea_text("95% to"), "", 4, KEA_COLUMN_BOTH},
    };
    kea_table_init(table, kea_text("Yearly figures over the window"), A_N, columns);
}

/* The estimate of a measure in one part; NAN without the part. */
static kea_status measure_in(kea_estimate *out, const kea_answer_part *part, size_t arm,
                             const kea_measure_decl *decl, double *scratch, kea_error *err)
{
    const double none = (double)NAN;
    kea_found_measure found;
    *out = (kea_estimate){none, none, none, none, 0};
    if (!part)
        return KEA_OK;
    kea_status status = kea_answers_measure(&found, part->sample, decl, err);
    if (status != KEA_OK)
        return status;
    for (size_t i = 0; i < part->sample->n_points; i++)
        scratch[i] = kea_answers_measure_at(&found, part->sample, i, arm);
    *out = kea_estimate_of(scratch, part->sample->n_points);
    return KEA_OK;
}

static kea_status put_yearly(kea_table *table, const kea_answer_input *input, size_t arm,
                             const kea_measure_decl *decl, double *scratch, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_answer_part *base = kea_answers_find(input, "base");
    const kea_answer_part *psa = kea_answers_find(input, "psa");
    const kea_answer_part *any = base ? base : psa;
    kea_estimate fixed, drawn;
    size_t outcome = 0;
    KEA_TRY(kea_answers_outcome(any->sample, decl->outcome, &outcome, err));
    KEA_TRY(measure_in(&fixed, base, arm, decl, scratch, err));
    KEA_TRY(measure_in(&drawn, psa, arm, decl, scratch, err));
    kea_table_row(table);
    kea_answers_put_name(table, A_STRATEGY, any, input->problem, arm);
    kea_table_key(table, A_FIGURE, decl->key,
                  kea_text(decl->label ? decl->label : any->sample->outcomes[outcome].label));
    kea_table_key(table, A_UNIT, decl->unit, kea_text(decl->unit));
    kea_table_number(table, A_BASE, fixed.mean, decl->decimals);
    kea_table_number(table, A_BASE_ERROR, fixed.error, decl->decimals);
    kea_answers_put(table, A_MEAN, drawn, 1.0, decl->decimals);
done:
    return status;
}

kea_status kea_answers_annual(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    void *scratch = NULL;
    const kea_answer_part *base = kea_answers_find(input, "base");
    const kea_answer_part *psa = kea_answers_find(input, "psa");
    init_annual(table);
    if (!base && !psa)
        KEA_TRY(kea_answers_need(&psa, input, "psa", err));
    size_t n_base = base ? base->sample->n_points : 0;
    size_t n_psa = psa ? psa->sample->n_points : 0;
    const kea_sample *sample = base ? base->sample : psa->sample;
    KEA_TRY(kea_memory_new(&scratch, n_base > n_psa ? n_base : n_psa, sizeof(double), err));
    for (size_t arm = 0; arm < sample->n_arms; arm++)
        for (size_t m = 0; m < input->frame->n_measures; m++)
            if (input->frame->measures[m].use == KEA_IN_YEARLY)
                KEA_TRY(put_yearly(table, input, arm, &input->frame->measures[m], scratch, err));
    status = kea_table_check(table, err);
done:
    free(scratch);
    return status;
}
