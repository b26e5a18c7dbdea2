/* Who pays and who saves: the extra costs by payer and by perspective, those of the decision and
 * later ones. */
#include "sim/report/answers_shared.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* When a cost is made. */
typedef enum period { DURING, AFTER, WHOLE, N_PERIODS } period;

/* Columns; an estimate takes four: N_PERIODS for the whole, then for each of the population. */
enum { STRATEGY, VERSUS, KIND, WHO, ALL_TOGETHER, EACH = ALL_TOGETHER + 4 * N_PERIODS };
enum { N_COLUMNS = EACH + 4 * N_PERIODS };
_Static_assert((int)N_COLUMNS <= (int)KEA_TABLE_MAX_COLUMNS, "the table is too wide");

/* Which costs a row sums: those of a payer, those that a perspective counts, or (neither) all. */
typedef struct selection {
    const char *kind, *key, *label; /* label marked for translation */
    const char *payer;              /* NULL: of everybody */
    kea_perspective perspective;    /* KEA_N_PERSPECTIVES: none */
} selection;

/* "%s" is what the costs of the decision are called. */
static const selection totals[] = {
    {"all", "all", KEA_MARK("all payers together"), NULL, KEA_N_PERSPECTIVES},
    {"perspective", "during", KEA_MARK("%s (KEA)"), NULL, KEA_PERSPECTIVE_DURING},
    {"perspective", "society", KEA_MARK("society, no transfers"), NULL, KEA_PERSPECTIVE_SOCIETY},
    {"perspective", "public", KEA_MARK("public purse"), NULL, KEA_PERSPECTIVE_PUBLIC},
};
enum { ALL, KEA_COSTS, SOCIETY, PUBLIC, N_TOTALS };
_Static_assert(sizeof totals / sizeof totals[0] == N_TOTALS, "one row for each total");

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

/* Divides by the comparator's population; with one denominator payers still sum to their total. */
static void per_person(const kea_sample *sample, size_t people, double *increment)
{
    for (size_t i = 0; i < sample->n_points; i++) {
        double by = *kea_sample_at(sample, i, 0, people, KEA_SCOPE_DISCOUNTED);
        increment[i] = by == 0.0 ? (double)NAN : increment[i] / by;
    }
}

/* What the columns are for. */
static void note_payers(kea_table *table, const kea_frame *frame)
{
    char note[900], whole[128], later[300] = "";
    kea_answers_capital(whole, sizeof whole, frame->population.whole);
    if (frame->after)
        (void)snprintf(later, sizeof later,
                       kea_text(" What follows %s is what one %s is worth: do not set it against a "
                                "willingness to pay as well."),
                       kea_text(frame->after), kea_text(frame->effects[0].gain));
    (void)snprintf(note, sizeof note,
                   frame->after
                       ? kea_text("%s, discounted; per %s. A minus is money saved. Transfers "
                                  "(benefits) are paid by one and received by another: no cost to "
                                  "society. The public purse is every payer but society.%s")
                       : kea_text("%s, discounted; per %s. A minus is money saved.%s"),
                   whole, kea_text(frame->population.one), later);
    kea_table_note(table, note);
}

static void init_payers(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use csv = KEA_COLUMN_CSV;
    const kea_column_use both = KEA_COLUMN_BOTH;
    const kea_frame *frame = input->frame;
    const kea_column_use phase = frame->after ? both : csv;
    const char *during = frame->during ? kea_text(frame->during) : "";
    const char *after = frame->after ? kea_text(frame->after) : "";
    const char *sum = frame->after ? kea_text("sum") : kea_text("extra cost");
    const char *money = kea_answers_whole(input).unit;
    char each[160];
    (void)snprintf(each, sizeof each,
                   frame->after ? kea_text("sum per %s") : kea_text("extra cost per %s"),
                   kea_text(frame->population.one));
    const kea_column columns[N_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"comparator", "", "", 0, csv},
        {"kind", "", "", 0, csv},
        {"payer", kea_text("who"), "", 0, both},
        {"during_%s", during, money, 0, phase},
        {"during_error", "", "", 0, csv},
        {"during_low", "", "", 0, csv},
        {"during_high", "", "", 0, csv},
        {"after_%s", after, money, 0, phase},
        {"after_error", "", "", 0, csv},
        {"after_low", "", "", 0, csv},
        {"after_high", "", "", 0, csv},
        {"sum_%s", sum, money, 0, both},
        {"sum_error", kea_text("Monte Carlo error"), money, 0, both},
        {"sum_low", kea_text("95% from"), money, 0, both},
        {"sum_high", kea_text("95% to"), money, 0, both},
        {"during_each_%s", "", "", 1, csv},
        {"during_each_error", "", "", 1, csv},
        {"during_each_low", "", "", 1, csv},
        {"during_each_high", "", "", 1, csv},
        {"after_each_%s", "", "", 1, csv},
        {"after_each_error", "", "", 1, csv},
        {"after_each_low", "", "", 1, csv},
        {"after_each_high", "", "", 1, csv},
        {"sum_each_%s", each, "%s", 1, both},
        {"sum_each_error", "", "", 1, csv},
        {"sum_each_low", "", "", 1, csv},
        {"sum_each_high", "", "", 1, csv},
    };
    kea_answers_table(table, input, kea_text("Who pays and who saves, extra costs"), N_COLUMNS,
                      columns);
    note_payers(table, frame);
}

/* What a table is filled with. */
typedef struct payers {
    const kea_answer_input *input;
    const kea_answer_part *part;
    size_t people;   /* outcome that counts the population */
    double scale;    /* of money of the whole */
    double *scratch; /* [point] */
} payers;

/* `label` is in the reader's language already. */
static void put_name(kea_table *table, const payers *p, size_t arm, const selection *what,
                     const char *label)
{
    kea_table_row(table);
    kea_answers_put_name(table, STRATEGY, p->part, p->input->problem, arm);
    kea_answers_put_name(table, VERSUS, p->part, p->input->problem, 0);
    kea_table_text(table, KIND, what->kind);
    kea_table_key(table, WHO, what->key, label);
}

static void put_row(kea_table *table, const payers *p, size_t arm, const selection *what)
{
    const kea_sample *sample = p->part->sample;
    const kea_frame *frame = p->input->frame;
    char label[160];
    kea_text_fill(label, sizeof label, kea_text(what->label),
                  frame->during ? kea_text(frame->during) : kea_text("all costs"));
    put_name(table, p, arm, what, label);
    for (period when = DURING; when < N_PERIODS; when++) {
        increments(sample, arm, what, when, p->scratch);
        kea_answers_put(table, ALL_TOGETHER + 4 * when,
                        kea_estimate_of(p->scratch, sample->n_points), p->scale, 0);
        increments(sample, arm, what, when, p->scratch);
        per_person(sample, p->people, p->scratch);
        kea_answers_put(table, EACH + 4 * when, kea_estimate_of(p->scratch, sample->n_points), 1.0,
                        1);
    }
}

/* A part of what a payer pays is one outcome, which does not tell when its costs are made: the sum
 * only. */
static void put_share(kea_table *table, const payers *p, size_t arm, size_t outcome)
{
    const kea_sample *sample = p->part->sample;
    const kea_outcome_decl *decl = &sample->outcomes[outcome];
    const double none = (double)NAN;
    const kea_measure of = {outcome, KEA_SCOPE_DISCOUNTED, KEA_NO_OUTCOME, 1.0};
    char label[160];
    (void)snprintf(label, sizeof label, "  %s", kea_text(decl->label));
    const selection what = {"part", decl->name, decl->label, NULL, KEA_N_PERSPECTIVES};
    put_name(table, p, arm, &what, label);
    for (size_t c = ALL_TOGETHER; c < N_COLUMNS; c++)
        kea_table_number(table, c, none, 0);
    kea_answers_put(table, ALL_TOGETHER + 4 * WHOLE,
                    kea_estimate_increment(sample, arm, 0, &of, p->scratch), p->scale, 0);
    for (size_t i = 0; i < sample->n_points; i++)
        p->scratch[i] =
            kea_estimate_value(sample, i, arm, &of) - kea_estimate_value(sample, i, 0, &of);
    per_person(sample, p->people, p->scratch);
    kea_answers_put(table, EACH + 4 * WHOLE, kea_estimate_of(p->scratch, sample->n_points), 1.0, 1);
}

/* A payer and the parts of what it pays. */
static void put_payer(kea_table *table, const payers *p, size_t arm, const char *payer)
{
    const kea_sample *sample = p->part->sample;
    const selection what = {"payer", payer, payer, payer, KEA_N_PERSPECTIVES};
    put_row(table, p, arm, &what);
    for (size_t o = 0; o < sample->n_outcomes; o++) {
        const kea_outcome_decl *decl = &sample->outcomes[o];
        if (!decl->category && decl->payer && strcmp(decl->payer, payer) == 0)
            put_share(table, p, arm, o);
    }
}

/* Whether a total can differ from that of all payers: without later costs only the public purse
 * can, where society pays something. */
static bool is_total(const payers *p, size_t total)
{
    const kea_sample *sample = p->part->sample;
    if (p->input->frame->after || total == ALL)
        return true;
    for (size_t o = 0; o < sample->n_outcomes && total == PUBLIC; o++)
        if (sample->outcomes[o].category &&
            !kea_outcome_seen(&sample->outcomes[o], KEA_PERSPECTIVE_PUBLIC))
            return true;
    return false;
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
    payers p = {.input = input, .scale = kea_answers_whole(input).scale};
    init_payers(table, input);
    KEA_TRY(kea_answers_need(&p.part, input, "psa", err));
    const kea_sample *sample = p.part->sample;
    KEA_TRY(kea_answers_population(input, sample, &p.people, err));
    KEA_TRY(kea_memory_new(&scratch, sample->n_points, sizeof(double), err));
    p.scratch = scratch;
    for (size_t arm = 1; arm < sample->n_arms; arm++) {
        for (size_t o = 0; o < sample->n_outcomes; o++)
            if (first_of_payer(sample, o))
                put_payer(table, &p, arm, sample->outcomes[o].payer);
        for (size_t t = 0; t < N_TOTALS; t++)
            if (is_total(&p, t))
                put_row(table, &p, arm, &totals[t]);
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

kea_status kea_answers_society(kea_society *out, const kea_answer_input *input,
                               const kea_answer_part *part, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    void *block = NULL;
    size_t people = 0;
    const kea_sample *sample = part->sample;
    const selection *what = &totals[SOCIETY];
    size_t n = sample->n_points;
    KEA_TRY(kea_answers_population(input, sample, &people, err));
    KEA_TRY(kea_answers_pairs(&pairs, part, &input->frame->effects[0], err));
    KEA_TRY(kea_memory_new(&block, 2 * n, sizeof(double), err));
    double *saved = block;
    double *ratio = saved + n;
    out->counted = false;
    for (size_t o = 0; o < sample->n_outcomes; o++)
        out->counted = out->counted || selected(&sample->outcomes[o], what, AFTER);
    increments(sample, arm, what, AFTER, saved);
    for (size_t i = 0; i < n; i++)
        saved[i] = -saved[i];
    out->worth_per_gain = per_effect(n, saved, &pairs, arm, ratio);
    per_person(sample, people, saved);
    out->worth_each = kea_estimate_of(saved, n);
    increments(sample, arm, what, WHOLE, saved);
    per_person(sample, people, saved);
    out->net_each = kea_estimate_of(saved, n);
done:
    kea_pairs_free(&pairs);
    free(block);
    return status;
}
