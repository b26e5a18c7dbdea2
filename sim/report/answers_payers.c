/* Who pays and who saves: the extra costs by payer and by perspective, during school and after. */
#include "sim/report/answers_shared.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* When a cost is made. */
typedef enum period { DURING, AFTER, WHOLE, N_PERIODS } period;

/* Columns; an estimate takes four: N_PERIODS for the whole school, then per student. */
enum { STRATEGY, VERSUS, KIND, WHO, WHOLE_SCHOOL, PER_STUDENT = WHOLE_SCHOOL + 4 * N_PERIODS };
enum { N_COLUMNS = PER_STUDENT + 4 * N_PERIODS };
_Static_assert((int)N_COLUMNS <= (int)KEA_TABLE_MAX_COLUMNS, "the table is too wide");

/* Which costs a row sums: those of a payer, those that a perspective counts, or (neither) all. */
typedef struct selection {
    const char *kind, *key, *label; /* label marked for translation */
    const char *payer;              /* NULL: of everybody */
    kea_perspective perspective;    /* KEA_N_PERSPECTIVES: none */
} selection;

static const selection totals[] = {
    {"all", "all", KEA_MARK("all payers together"), NULL, KEA_N_PERSPECTIVES},
    {"perspective", "during", KEA_MARK("during school (KEA)"), NULL, KEA_PERSPECTIVE_DURING},
    {"perspective", "society", KEA_MARK("society, no transfers"), NULL, KEA_PERSPECTIVE_SOCIETY},
    {"perspective", "public", KEA_MARK("public purse"), NULL, KEA_PERSPECTIVE_PUBLIC},
};
enum { N_TOTALS = sizeof totals / sizeof totals[0] };

/* Parts of what municipalities pay, by where students live; outcomes of the model, if it has them.
 */
static const struct zone {
    const char *outcome, *label;
} zones[] = {
    {"municipal_host", KEA_MARK("  of which school's own")},
    {"municipal_region", KEA_MARK("  of which in the region")},
    {"municipal_outside", KEA_MARK("  of which elsewhere")},
};
enum { N_ZONES = sizeof zones / sizeof zones[0] };

static bool selected(const kea_outcome_decl *outcome, const selection *what, period when)
{
    if (!outcome->category)
        return false;
    if (what->payer && (!outcome->payer || strcmp(outcome->payer, what->payer) != 0))
        return false;
    if (what->perspective != KEA_N_PERSPECTIVES && !kea_outcome_seen(outcome, what->perspective))
        return false;
    return when == WHOLE || (when == DURING) == (outcome->kind == KEA_COST_DURING);
}

/* The extra discounted cost of a selection at every point, into increment[n_points]. */
static void increments(const kea_sample *sample, size_t arm, const selection *what, period when,
                       double *increment)
{
    const kea_scope scope = KEA_SCOPE_DISCOUNTED;
    for (size_t i = 0; i < sample->n_points; i++) {
        increment[i] = 0.0;
        for (size_t o = 0; o < sample->n_outcomes; o++)
            if (selected(&sample->outcomes[o], what, when))
                increment[i] += *kea_sample_at(sample, i, arm, o, scope) -
                                *kea_sample_at(sample, i, 0, o, scope);
    }
}

/* Divides by the comparator's students; with one denominator payers still sum to their total. */
static void per_student(const kea_sample *sample, size_t students, double *increment)
{
    for (size_t i = 0; i < sample->n_points; i++) {
        double by = *kea_sample_at(sample, i, 0, students, KEA_SCOPE_DISCOUNTED);
        increment[i] = by == 0.0 ? (double)NAN : increment[i] / by;
    }
}

static void init_payers(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use csv = KEA_COLUMN_CSV;
    const kea_column_use both = KEA_COLUMN_BOTH;
    const char *thousand = kea_text("1,000 EUR");
    const kea_column columns[N_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"comparator", "", "", 0, csv},
        {"kind", "", "", 0, csv},
        {"payer", kea_text("who"), "", 0, both},
        {"during_eur", kea_text("during school"), thousand, 0, both},
        {"during_error", "", "", 0, csv},
        {"during_low", "", "", 0, csv},
        {"during_high", "", "", 0, csv},
        {"after_eur", kea_text("after leaving"), thousand, 0, both},
        {"after_error", "", "", 0, csv},
        {"after_low", "", "", 0, csv},
        {"after_high", "", "", 0, csv},
        {"sum_eur", kea_text("sum"), thousand, 0, both},
        {"sum_error", kea_text("Monte Carlo error"), thousand, 0, both},
        {"sum_low", kea_text("95% from"), thousand, 0, both},
        {"sum_high", kea_text("95% to"), thousand, 0, both},
        {"during_per_student_eur", "", "", 1, csv},
        {"during_per_student_error", "", "", 1, csv},
        {"during_per_student_low", "", "", 1, csv},
        {"during_per_student_high", "", "", 1, csv},
        {"after_per_student_eur", "", "", 1, csv},
        {"after_per_student_error", "", "", 1, csv},
        {"after_per_student_low", "", "", 1, csv},
        {"after_per_student_high", "", "", 1, csv},
        {"sum_per_student_eur", kea_text("sum per student a year"), "EUR", 1, both},
        {"sum_per_student_error", "", "", 1, csv},
        {"sum_per_student_low", "", "", 1, csv},
        {"sum_per_student_high", "", "", 1, csv},
    };
    char title[512];
    kea_answers_title(title, sizeof title, kea_text("Who pays and who saves, extra costs"), input);
    kea_table_init(table, title, N_COLUMNS, columns);
    kea_table_note(
        table,
        kea_text("Whole school, discounted; per student on 1 October and school year. A minus is "
                 "money saved. Transfers (benefits) are paid by one and received by another: no "
                 "cost to society. The public purse is every payer but society. What follows after "
                 "leaving is what preventing an early leaver is worth: do not set it against a "
                 "willingness to pay as well."));
}

static void put_name(kea_table *table, const kea_answer_input *input, const kea_answer_part *part,
                     size_t arm, const selection *what)
{
    kea_table_row(table);
    kea_answers_put_name(table, STRATEGY, part, input->problem, arm);
    kea_answers_put_name(table, VERSUS, part, input->problem, 0);
    kea_table_text(table, KIND, what->kind);
    kea_table_key(table, WHO, what->key, kea_text(what->label));
}

static void put_row(kea_table *table, const kea_answer_input *input, const kea_answer_part *part,
                    size_t arm, const selection *what, size_t students, double *scratch)
{
    const kea_sample *sample = part->sample;
    put_name(table, input, part, arm, what);
    for (period when = DURING; when < N_PERIODS; when++) {
        increments(sample, arm, what, when, scratch);
        kea_answers_put(table, WHOLE_SCHOOL + 4 * when, kea_estimate_of(scratch, sample->n_points),
                        0.001, 0);
        increments(sample, arm, what, when, scratch);
        per_student(sample, students, scratch);
        kea_answers_put(table, PER_STUDENT + 4 * when, kea_estimate_of(scratch, sample->n_points),
                        1.0, 1);
    }
}

/* A zone is one outcome, which does not tell when its costs are made: the sum only. */
static void put_zone(kea_table *table, const kea_answer_input *input, const kea_answer_part *part,
                     size_t arm, const struct zone *zone, size_t students, double *scratch)
{
    const kea_sample *sample = part->sample;
    const selection what = {"zone", zone->outcome, zone->label, NULL, KEA_N_PERSPECTIVES};
    const double none = (double)NAN;
    kea_measure of = {0, KEA_SCOPE_DISCOUNTED, KEA_NO_OUTCOME, 1.0};
    if (!kea_sample_find(sample, zone->outcome, &of.outcome))
        return;
    put_name(table, input, part, arm, &what);
    for (size_t c = WHOLE_SCHOOL; c < N_COLUMNS; c++)
        kea_table_number(table, c, none, 0);
    kea_answers_put(table, WHOLE_SCHOOL + 4 * WHOLE,
                    kea_estimate_increment(sample, arm, 0, &of, scratch), 0.001, 0);
    for (size_t i = 0; i < sample->n_points; i++)
        scratch[i] =
            kea_estimate_value(sample, i, arm, &of) - kea_estimate_value(sample, i, 0, &of);
    per_student(sample, students, scratch);
    kea_answers_put(table, PER_STUDENT + 4 * WHOLE, kea_estimate_of(scratch, sample->n_points), 1.0,
                    1);
}

/* Whether outcome o is the first with its payer. */
static bool first_of_payer(const kea_sample *sample, size_t o)
{
    const kea_outcome_decl *outcomes = sample->outcomes;
    if (!outcomes[o].category || !outcomes[o].payer)
        return false;
    for (size_t before = 0; before < o; before++)
        if (outcomes[before].category && outcomes[before].payer &&
            strcmp(outcomes[before].payer, outcomes[o].payer) == 0)
            return false;
    return true;
}

kea_status kea_answers_payers(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    void *scratch = NULL;
    const kea_answer_part *part = NULL;
    size_t students = 0;
    init_payers(table, input);
    KEA_TRY(kea_answers_need(&part, input, "psa", err));
    const kea_sample *sample = part->sample;
    KEA_TRY(kea_answers_outcome(sample, KEA_STUDENTS, &students, err));
    KEA_TRY(kea_memory_new(&scratch, sample->n_points, sizeof(double), err));
    for (size_t arm = 1; arm < sample->n_arms; arm++) {
        for (size_t o = 0; o < sample->n_outcomes; o++) {
            const char *payer = sample->outcomes[o].payer;
            const selection what = {"payer", payer, payer, payer, KEA_N_PERSPECTIVES};
            if (!first_of_payer(sample, o))
                continue;
            put_row(table, input, part, arm, &what, students, scratch);
            for (size_t z = 0; z < N_ZONES && strcmp(payer, "municipality") == 0; z++)
                put_zone(table, input, part, arm, &zones[z], students, scratch);
        }
        for (size_t t = 0; t < N_TOTALS; t++)
            put_row(table, input, part, arm, &totals[t], students, scratch);
    }
    status = kea_table_check(table, err);
done:
    free(scratch);
    return status;
}

/* Mean cost over mean effect, with the percentiles of the ratio when the effect is positive at
 * every point; NAN where the ratio has no meaning. */
static kea_estimate per_effect(size_t n, const double *saved, const kea_pairs *pairs, size_t arm,
                               double *ratio)
{
    const double none = (double)NAN;
    double sum_saved = 0.0, sum_effect = 0.0;
    bool positive = n > 0;
    for (size_t i = 0; i < n; i++) {
        double effect = kea_pairs_effect_increment(pairs, i, arm, 0);
        sum_saved += saved[i];
        sum_effect += effect;
        positive = positive && effect > 0.0;
        ratio[i] = saved[i] / effect;
    }
    kea_estimate estimate = {none, none, none, none, n};
    if (positive)
        estimate = kea_estimate_of(ratio, n);
    estimate.mean = sum_effect > 0.0 ? sum_saved / sum_effect : none;
    estimate.error = none;
    return estimate;
}

kea_status kea_answers_society(kea_society *out, const kea_answer_part *part, size_t arm,
                               kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    void *block = NULL;
    size_t students = 0;
    const kea_sample *sample = part->sample;
    const selection *what = &totals[2];
    size_t n = sample->n_points;
    KEA_TRY(kea_answers_outcome(sample, KEA_STUDENTS, &students, err));
    KEA_TRY(kea_answers_pairs(&pairs, part, &kea_effects[0], err));
    KEA_TRY(kea_memory_new(&block, 2 * n, sizeof(double), err));
    double *saved = block;
    double *ratio = saved + n;
    out->counted = false;
    for (size_t o = 0; o < sample->n_outcomes; o++)
        out->counted = out->counted || selected(&sample->outcomes[o], what, AFTER);
    increments(sample, arm, what, AFTER, saved);
    for (size_t i = 0; i < n; i++)
        saved[i] = -saved[i];
    out->worth_per_leaver = per_effect(n, saved, &pairs, arm, ratio);
    per_student(sample, students, saved);
    out->worth_per_student = kea_estimate_of(saved, n);
    increments(sample, arm, what, WHOLE, saved);
    per_student(sample, students, saved);
    out->net_per_student = kea_estimate_of(saved, n);
done:
    kea_pairs_free(&pairs);
    free(block);
    return status;
}
