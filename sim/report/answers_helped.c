/* The persons whom a strategy reached against the same persons under the comparator. */
#include "sim/report/answers_shared.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdlib.h>

enum { STRATEGY, VERSUS, HELPED, EARLY, EARLY_BEFORE, RATIO, N_COLUMNS = RATIO + 4 };

/* The outcomes a model must have for this. */
typedef struct paired {
    size_t helped, early, before;
} paired;

static kea_status find(const kea_sample *sample, const kea_paired *names, paired *p, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(kea_answers_outcome(sample, names->persons, &p->helped, err));
    KEA_TRY(kea_answers_outcome(sample, names->events, &p->early, err));
    KEA_TRY(kea_answers_outcome(sample, names->before, &p->before, err));
done:
    return status;
}

bool kea_answers_has_helped(const kea_answer_input *input)
{
    return input->frame->paired.persons && kea_answers_find(input, "psa");
}

static void init_helped(kea_table *table, const kea_answer_input *input, const char *people)
{
    const kea_paired *names = &input->frame->paired;
    const kea_column_use both = KEA_COLUMN_BOTH;
    const kea_column columns[N_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"comparator", "", "", 0, KEA_COLUMN_CSV},
        {"helped", kea_text(names->persons_label), "", 0, both},
        {"events", kea_text(names->events_label), "%", 1, both},
        {"events_comparator", kea_text(names->before_label), "%", 1, both},
        {"risk_ratio", kea_text("risk ratio"), "", 2, both},
        {"risk_ratio_error", kea_text("Monte Carlo error"), "", 4, both},
        {"risk_ratio_low", kea_text("95% from"), "", 2, both},
        {"risk_ratio_high", kea_text("95% to"), "", 2, both},
    };
    char note[512];
    kea_answers_table(table, input, kea_text(names->title), N_COLUMNS, columns);
    (void)snprintf(
        note, sizeof note,
        kea_text("The same %s under both; nobody can observe that. keasim validate holds such "
                 "ratios beside what published evidence lets expect."),
        kea_text(people));
    kea_table_note(table, note);
}

/* Ratio of means; its error by the delta method, its interval from the ratios of the points. */
static kea_estimate risk_ratio(const kea_sample *sample, size_t arm, const paired *p,
                               double *scratch)
{
    const kea_scope scope = KEA_SCOPE_TOTAL;
    size_t n = sample->n_points;
    double above = 0.0, below = 0.0, squares = 0.0;
    for (size_t i = 0; i < n; i++) {
        double early = *kea_sample_at(sample, i, arm, p->early, scope);
        double before = *kea_sample_at(sample, i, arm, p->before, scope);
        above += early;
        below += before;
        scratch[i] = before > 0.0 ? early / before : (double)NAN;
    }
    kea_estimate ratio = kea_estimate_of(scratch, n);
    ratio.mean = below > 0.0 ? above / below : (double)NAN;
    for (size_t i = 0; i < n; i++) {
        double residual = *kea_sample_at(sample, i, arm, p->early, scope) -
                          ratio.mean * *kea_sample_at(sample, i, arm, p->before, scope);
        squares += residual * residual;
    }
    double count = (double)n;
    ratio.error = n > 1 ? sqrt(squares * count / (count - 1.0)) / below : (double)NAN;
    return ratio;
}

kea_status kea_answers_helped(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    void *scratch = NULL;
    const kea_answer_part *part = NULL;
    paired p;
    size_t people = 0;
    *table = (kea_table){0};
    KEA_TRY(kea_answers_need(&part, input, "psa", err));
    const kea_sample *sample = part->sample;
    KEA_TRY(kea_answers_population(input, sample, &people, err));
    init_helped(table, input, sample->outcomes[people].unit);
    KEA_TRY(find(sample, &input->frame->paired, &p, err));
    KEA_TRY(kea_memory_new(&scratch, sample->n_points, sizeof(double), err));
    for (size_t arm = 1; arm < sample->n_arms; arm++) {
        kea_measure helped = {p.helped, KEA_SCOPE_TOTAL, KEA_NO_OUTCOME, 1.0};
        double students = kea_estimate_arm(sample, arm, &helped, scratch).mean;
        kea_measure early = {p.early, KEA_SCOPE_TOTAL, KEA_NO_OUTCOME, 1.0};
        kea_measure before = {p.before, KEA_SCOPE_TOTAL, KEA_NO_OUTCOME, 1.0};
        double with = kea_estimate_arm(sample, arm, &early, scratch).mean;
        double without = kea_estimate_arm(sample, arm, &before, scratch).mean;
        double none = (double)NAN;
        kea_table_row(table);
        kea_answers_put_name(table, STRATEGY, part, input->problem, arm);
        kea_answers_put_name(table, VERSUS, part, input->problem, 0);
        kea_table_number(table, HELPED, students, 0);
        kea_table_scaled(table, EARLY, students > 0 ? with / students : none, 100.0, 1);
        kea_table_scaled(table, EARLY_BEFORE, students > 0 ? without / students : none, 100.0, 1);
        kea_answers_put(table, RATIO, risk_ratio(sample, arm, &p, scratch), 1.0,
                        KEA_COLUMN_DECIMALS);
    }
    status = kea_table_check(table, err);
done:
    free(scratch);
    return status;
}
