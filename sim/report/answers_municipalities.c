/* What each home municipality pays: a zone's costs divided by number of students. The model tells
 * zones apart, and within a zone nothing: municipalities of a zone differ in size only, also in how
 * certain their costs are. */
#include "sim/report/answers_shared.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { STRATEGY, VERSUS, NAME, ZONE, STUDENTS, SHARE, COMPARATOR_COST, COST, EXTRA };
enum { EXTRA_EACH = EXTRA + 4, N_COLUMNS = EXTRA_EACH + 4 };

/* What is read of the sample for one zone. */
typedef struct zone {
    const char *title;
    size_t paid;     /* outcome: costs of its municipalities */
    size_t students; /* outcome: its students on 1 October */
    double listed;   /* students in the list */
} zone;

/* Outcomes of a zone with the label "host": of the mbo model municipal_host, home_host. */
static kea_status find_zone(zone *out, const kea_answer_input *input, const kea_sample *sample,
                            size_t element, kea_error *err)
{
    const kea_problem *problem = input->problem;
    const kea_by_home *by_home = &input->frame->by_home;
    const kea_param_decl *decl = problem->entries[problem->municipality_entry].decl;
    char name[2 * KEA_MAX_NAME];
    kea_status status = KEA_OK;
    out->title = decl->titles[element];
    out->listed = kea_municipalities_students(&problem->municipalities, element);
    (void)snprintf(name, sizeof name, "%s%s", by_home->paid, decl->labels[element]);
    KEA_TRY(kea_answers_outcome(sample, name, &out->paid, err));
    (void)snprintf(name, sizeof name, "%s%s", by_home->people, decl->labels[element]);
    KEA_TRY(kea_answers_outcome(sample, name, &out->students, err));
done:
    return status;
}

static void init_table(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use csv = KEA_COLUMN_CSV;
    const kea_column columns[N_COLUMNS] = {
        {"strategy", "", "", 0, csv},         {"comparator", "", "", 0, csv},
        {"municipality", "", "", 0, csv},     {"zone", "", "", 0, csv},
        {"students_in_list", "", "", 0, csv}, {"share_of_zone_by_students", "", "", 3, csv},
        {"comparator_%s", "", "", 0, csv},    {"strategy_%s", "", "", 0, csv},
        {"extra_%s", "", "", 0, csv},         {"extra_error", "", "", 0, csv},
        {"extra_low", "", "", 0, csv},        {"extra_high", "", "", 0, csv},
        {"extra_each_%s", "", "", 1, csv},    {"extra_each_error", "", "", 1, csv},
        {"extra_each_low", "", "", 1, csv},   {"extra_each_high", "", "", 1, csv},
    };
    kea_answers_table(table, input, kea_text("What home municipalities pay"), N_COLUMNS, columns);
}

static double mean_cost(const kea_sample *sample, size_t arm, size_t outcome)
{
    double sum = 0.0;
    for (size_t i = 0; i < sample->n_points; i++)
        sum += *kea_sample_at(sample, i, arm, outcome, KEA_SCOPE_DISCOUNTED);
    return sum / (double)sample->n_points;
}

/* The extra cost of a zone at every point: `share` of it, or (0) per student of the comparator. */
static kea_estimate extra(const kea_sample *sample, size_t arm, const zone *of, double share,
                          double *scratch)
{
    const kea_scope scope = KEA_SCOPE_DISCOUNTED;
    for (size_t i = 0; i < sample->n_points; i++) {
        double students = *kea_sample_at(sample, i, 0, of->students, scope);
        double factor = share > 0.0 ? share : students > 0.0 ? 1.0 / students : (double)NAN;
        scratch[i] = factor * (*kea_sample_at(sample, i, arm, of->paid, scope) -
                               *kea_sample_at(sample, i, 0, of->paid, scope));
    }
    return kea_estimate_of(scratch, sample->n_points);
}

static void put_row(kea_table *table, const kea_answer_input *input, const kea_answer_part *part,
                    size_t arm, const kea_municipality *one, const zone *of, double *scratch)
{
    const kea_sample *sample = part->sample;
    double share = one->students / of->listed;
    kea_table_row(table);
    kea_answers_put_name(table, STRATEGY, part, input->problem, arm);
    kea_answers_put_name(table, VERSUS, part, input->problem, 0);
    kea_table_text(table, NAME, one->name);
    kea_table_key(table, ZONE, of->title, kea_text(of->title));
    kea_table_number(table, STUDENTS, one->students, 0);
    kea_table_number(table, SHARE, share, 3);
    kea_table_number(table, COMPARATOR_COST, share * mean_cost(sample, 0, of->paid), 0);
    kea_table_number(table, COST, share * mean_cost(sample, arm, of->paid), 0);
    kea_answers_put(table, EXTRA, extra(sample, arm, of, share, scratch), 1.0, 0);
    kea_answers_put(table, EXTRA_EACH, extra(sample, arm, of, 0.0, scratch), 1.0, 1);
}

bool kea_answers_has_municipalities(const kea_answer_input *input)
{
    return input->frame->by_home.paid && input->problem->municipalities.n > 0;
}

kea_status kea_answers_municipalities(kea_table *table, const kea_answer_input *input,
                                      kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_municipalities *list = &input->problem->municipalities;
    const kea_answer_part *part = NULL;
    void *scratch = NULL;
    init_table(table, input);
    KEA_TRY(kea_answers_need(&part, input, "psa", err));
    KEA_TRY(kea_memory_new(&scratch, part->sample->n_points, sizeof(double), err));
    for (size_t arm = 1; arm < part->sample->n_arms; arm++) {
        for (size_t i = 0; i < list->n; i++) {
            zone of;
            KEA_TRY(find_zone(&of, input, part->sample, list->item[i].zone, err));
            put_row(table, input, part, arm, &list->item[i], &of, scratch);
        }
    }
    status = kea_table_check(table, err);
done:
    free(scratch);
    return status;
}
