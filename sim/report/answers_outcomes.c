/* Outcome tables: every strategy beside the comparator, and the yearly figures. */
#include "sim/report/answers_shared.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Besides the costs, in this order. */
static const char *const shown_outcomes[] = {"vsv",      "external_light", "external_specialist",
                                             "diplomas", "absence_weeks",  "unmet_weeks"};
enum { N_SHOWN = sizeof shown_outcomes / sizeof shown_outcomes[0] };

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
    kea_answers_title(
        title, sizeof title,
        count == KEA_WHOLE_SCHOOL
            ? kea_text("Outcomes of the whole school over window and run-out, discounted")
            : kea_text("Outcomes per 100 students a year in the window"),
        input);
    kea_table_init(table, title, N_COLUMNS, columns);
}

/* The outcome's names and, on the terminal, its unit when it is money. */
static void put_names(kea_table *table, const kea_outcome_decl *decl, kea_count_by count)
{
    char label[256];
    bool money = !decl || decl->category;
    const char *name = decl ? kea_text(decl->label) : kea_text("All costs during school");
    if (!money)
        (void)snprintf(label, sizeof label, "%s", name);
    else if (count == KEA_WHOLE_SCHOOL)
        (void)snprintf(label, sizeof label, kea_text("%s, thousand EUR"), name);
    else
        (void)snprintf(label, sizeof label, kea_text("%s, EUR"), name);
    kea_table_key(table, OUTCOME, decl ? decl->name : "cost", label);
    kea_table_text(table, CATEGORY, decl && decl->category ? decl->category : "");
    kea_table_text(table, PAYER, decl && decl->payer ? decl->payer : "");
    kea_table_text(table, UNIT, decl ? decl->unit : "EUR");
}

static void put_row(kea_table *table, const kea_answer_input *input, const kea_answer_part *part,
                    size_t arm, size_t outcome, kea_count_by count, double *scratch)
{
    const kea_sample *sample = part->sample;
    const kea_outcome_decl *decl = outcome == KEA_ALL_COSTS ? NULL : &sample->outcomes[outcome];
    bool whole = count == KEA_WHOLE_SCHOOL;
    kea_measure measure = {outcome, KEA_SCOPE_DISCOUNTED, KEA_NO_OUTCOME, 1.0};
    if (!whole) {
        measure.scope = KEA_SCOPE_WINDOW;
        measure.scale = 100.0;
        if (!kea_sample_find(sample, KEA_STUDENTS, &measure.denominator))
            return;
    }
    bool money = !decl || decl->category;
    double shown = money && whole ? 0.001 : 1.0;
    kea_estimate difference = kea_estimate_increment(sample, arm, 0, &measure, scratch);
    int decimals = money ? 0 : kea_text_decimals(difference.mean);
    int most = whole ? 1 : 2;
    decimals = decimals > most ? most : decimals;
    kea_table_row(table);
    kea_answers_put_name(table, STRATEGY, part, input->problem, arm);
    kea_answers_put_name(table, VERSUS, part, input->problem, 0);
    put_names(table, decl, count);
    kea_answers_put(table, COMPARATOR_MEAN, kea_estimate_arm(sample, 0, &measure, scratch), shown,
                    decimals);
    kea_answers_put(table, STRATEGY_MEAN, kea_estimate_arm(sample, arm, &measure, scratch), shown,
                    decimals);
    kea_answers_put(table, DIFFERENCE, difference, shown, decimals);
    if (decl && decl->category && decl->kind != KEA_COST_DURING)
        kea_table_hide(table);
}

/* The window cuts what follows after leaving off, so it stands among the whole school's only. */
static bool is_listed(const kea_outcome_decl *decl, kea_count_by count)
{
    return decl->category && (count == KEA_WHOLE_SCHOOL || decl->kind == KEA_COST_DURING);
}

kea_status kea_answers_outcomes(kea_table *table, const kea_answer_input *input, kea_count_by count,
                                kea_error *err)
{
    kea_status status = KEA_OK;
    void *scratch = NULL;
    const kea_answer_part *part = NULL;
    size_t students = 0;
    init_outcomes(table, input, count);
    KEA_TRY(kea_answers_need(&part, input, "psa", err));
    KEA_TRY(kea_answers_outcome(part->sample, KEA_STUDENTS, &students, err));
    KEA_TRY(kea_memory_new(&scratch, part->sample->n_points, sizeof(double), err));
    for (size_t arm = 1; arm < part->sample->n_arms; arm++) {
        put_row(table, input, part, arm, KEA_ALL_COSTS, count, scratch);
        for (size_t o = 0; o < part->sample->n_outcomes; o++)
            if (is_listed(&part->sample->outcomes[o], count))
                put_row(table, input, part, arm, o, count, scratch);
        for (size_t s = 0; s < N_SHOWN; s++) {
            size_t outcome = 0;
            KEA_TRY(kea_answers_outcome(part->sample, shown_outcomes[s], &outcome, err));
            put_row(table, input, part, arm, outcome, count, scratch);
        }
    }
    kea_table_note(table, kea_text("The interval is what is not known about the parameters and "
                                   "chance between schools; the Monte Carlo error is how exactly "
                                   "the simulation knows the mean difference."));
    status = kea_table_check(table, err);
done:
    free(scratch);
    return status;
}

/* A yearly figure: one outcome over another, or over the sum of two. */
typedef struct figure {
    const char *key;
    const char *label; /* marked for translation; NULL: the outcome's own label */
    const char *unit;
    const char *outcome;
    const char *by;
    double scale;
    const char *also_by;
} figure;

#define PER_STUDENT KEA_MARK("per student")
static const figure figures[] = {
    {"stock_level1", NULL, KEA_MARK("share"), "stock_level1", KEA_STUDENTS, 1, NULL},
    {"stock_level2", NULL, KEA_MARK("share"), "stock_level2", KEA_STUDENTS, 1, NULL},
    {"stock_level3", NULL, KEA_MARK("share"), "stock_level3", KEA_STUDENTS, 1, NULL},
    {"stock_level4", NULL, KEA_MARK("share"), "stock_level4", KEA_STUDENTS, 1, NULL},
    {"vsv_level1", NULL, KEA_MARK("share"), "vsv_level1", "stock_level1", 1, NULL},
    {"vsv_level2", NULL, KEA_MARK("share"), "vsv_level2", "stock_level2", 1, NULL},
    {"vsv_level3", NULL, KEA_MARK("share"), "vsv_level3", "stock_level3", 1, NULL},
    {"vsv_level4", NULL, KEA_MARK("share"), "vsv_level4", "stock_level4", 1, NULL},
    {"vsv", NULL, KEA_MARK("share"), "vsv", KEA_STUDENTS, 1, NULL},
    {"dropout", NULL, KEA_MARK("share"), "dropout", KEA_STUDENTS, 1, NULL},
    {"diplomas", NULL, PER_STUDENT, "diplomas", KEA_STUDENTS, 1, NULL},
    {"reach", NULL, KEA_MARK("share"), "reach", KEA_STUDENTS, 1, NULL},
    {"started", NULL, PER_STUDENT, "started", KEA_STUDENTS, 1, NULL},
    {"mean_wait_weeks", KEA_MARK("Mean wait for the team"), KEA_MARK("weeks"), "wait_weeks",
     "started", 1, NULL},
    {"case_hours", NULL, PER_STUDENT, "case_hours", KEA_STUDENTS, 1, NULL},
    {"external_light", NULL, PER_STUDENT, "external_light", KEA_STUDENTS, 1, NULL},
    {"external_specialist", NULL, PER_STUDENT, "external_specialist", KEA_STUDENTS, 1, NULL},
    {"overflow", NULL, PER_STUDENT, "overflow", KEA_STUDENTS, 1, NULL},
    {"needs", NULL, PER_STUDENT, "needs", KEA_STUDENTS, 1, NULL},
    {"needs_at_entry", NULL, PER_STUDENT, "needs_at_entry", KEA_STUDENTS, 1, NULL},
    {"escalations", NULL, PER_STUDENT, "escalations", KEA_STUDENTS, 1, NULL},
    {"detected", NULL, PER_STUDENT, "detected", KEA_STUDENTS, 1, NULL},
    {"mentor_hours", NULL, PER_STUDENT, "mentor_hours", KEA_STUDENTS, 1, NULL},
    {"absence", KEA_MARK("Share of teaching time missed"), KEA_MARK("share"), "absence_weeks",
     "teaching_enrolled_weeks", 1, NULL},
    {"burden", KEA_MARK("Mean burden"), KEA_MARK("burden"), "burden_weeks",
     "teaching_enrolled_weeks", 1, NULL},
    {"unmet", KEA_MARK("Share of weeks with unmet need"), KEA_MARK("share"), "unmet_weeks",
     "enrolled_weeks", 1, NULL},
    {"enrolled", KEA_MARK("Part of the year enrolled"), KEA_MARK("share"), "enrolled_weeks",
     KEA_STUDENTS, 1.0 / 52.0, NULL},
};
enum { N_FIGURES = sizeof figures / sizeof figures[0] };

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

/* The estimate of a figure in one part; NAN without the part or an outcome. */
static kea_estimate figure_of(const kea_answer_part *part, size_t arm, const figure *what,
                              double *scratch)
{
    const double none = (double)NAN;
    const kea_scope window = KEA_SCOPE_WINDOW;
    size_t outcome = 0;
    size_t by = 0;
    size_t also_by = 0;
    if (!part || !kea_sample_find(part->sample, what->outcome, &outcome) ||
        !kea_sample_find(part->sample, what->by, &by) ||
        (what->also_by && !kea_sample_find(part->sample, what->also_by, &also_by)))
        return (kea_estimate){none, none, none, none, 0};
    for (size_t i = 0; i < part->sample->n_points; i++) {
        double below = *kea_sample_at(part->sample, i, arm, by, window);
        if (what->also_by)
            below += *kea_sample_at(part->sample, i, arm, also_by, window);
        double above = *kea_sample_at(part->sample, i, arm, outcome, window);
        scratch[i] = below == 0.0 ? none : above / below * what->scale;
    }
    return kea_estimate_of(scratch, part->sample->n_points);
}

static void put_figure(kea_table *table, const kea_answer_input *input, size_t arm,
                       const figure *what, double *scratch)
{
    const kea_answer_part *base = kea_answers_find(input, "base");
    const kea_answer_part *psa = kea_answers_find(input, "psa");
    const kea_answer_part *any = base ? base : psa;
    size_t outcome = 0;
    if (!kea_sample_find(any->sample, what->outcome, &outcome))
        return;
    const kea_outcome_decl *decl = &any->sample->outcomes[outcome];
    kea_estimate fixed = figure_of(base, arm, what, scratch);
    kea_table_row(table);
    kea_answers_put_name(table, A_STRATEGY, any, input->problem, arm);
    kea_table_key(table, A_FIGURE, what->key, kea_text(what->label ? what->label : decl->label));
    kea_table_key(table, A_UNIT, what->unit, kea_text(what->unit));
    kea_table_number(table, A_BASE, fixed.mean, KEA_COLUMN_DECIMALS);
    kea_table_number(table, A_BASE_ERROR, fixed.error, KEA_COLUMN_DECIMALS);
    kea_answers_put(table, A_MEAN, figure_of(psa, arm, what, scratch), 1.0, KEA_COLUMN_DECIMALS);
}

/* The problem domains, by the model's own list: share of all needs. */
static void put_domains(kea_table *table, const kea_answer_input *input, const kea_sample *sample,
                        size_t arm, double *scratch)
{
    for (size_t o = 0; o < sample->n_outcomes; o++) {
        const char *name = sample->outcomes[o].name;
        const figure domain = {name, NULL, KEA_MARK("share"), name, "needs", 1, "needs_at_entry"};
        if (strncmp(name, "domain_", strlen("domain_")) == 0)
            put_figure(table, input, arm, &domain, scratch);
    }
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
    for (size_t arm = 0; arm < sample->n_arms; arm++) {
        for (size_t f = 0; f < N_FIGURES; f++)
            put_figure(table, input, arm, &figures[f], scratch);
        put_domains(table, input, sample, arm, scratch);
    }
    status = kea_table_check(table, err);
done:
    free(scratch);
    return status;
}
