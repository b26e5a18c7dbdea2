/* Sweeps over hours and referral rates, the two-way maps and the tornado. */
#include "sim/report/answers_shared.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is told of every value swept. */
enum { EXTRA_COST, PREVENTED, BENEFIT, SPECIALIST, REACH, WAIT, N_QUANTITIES };

/* Columns; a quantity takes four. */
enum {
    STRATEGY,
    HOURS_FACTOR,
    HOURS,
    RATE_FACTOR,
    QUANTITY,
    PROBABILITY = QUANTITY + 4 * N_QUANTITIES,
    N_COLUMNS
};

/* Outcome indices and arrays needed while filling. */
typedef struct sweep {
    const kea_answer_input *input;
    const kea_answer_part *part;
    kea_pairs pairs;
    size_t students, vsv, specialist, reach, wait, started;
    bool is_map;     /* base values: no parameter uncertainty */
    size_t *group;   /* [point] */
    double *value;   /* [point] */
    double *scratch; /* [point] */
} sweep;

static bool has_name(const kea_answer_part *part, const char *start)
{
    return strncmp(part->design->name, start, strlen(start)) == 0;
}

/* What is varied, in words, marked for translation. */
static const char *sweep_title(const kea_answer_part *part)
{
    static const struct {
        const char *design, *title;
    } titles[] = {
        {"map_refer_external", KEA_MARK("Other staffing hours and another referral rate")},
        {"map_team_referral", KEA_MARK("Other staffing hours and another hand-over rate")},
        {"refer_external", KEA_MARK("Another referral rate")},
        {"team_referral", KEA_MARK("Another hand-over rate")},
        {"hours", KEA_MARK("Other staffing hours")},
    };
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (has_name(part, titles[i].design))
            return titles[i].title;
    return part->design->name;
}

static void init_sweep_table(kea_table *table, const kea_answer_input *input,
                             const kea_answer_part *part)
{
    static const kea_column_use csv = KEA_COLUMN_CSV;
    static const kea_column_use both = KEA_COLUMN_BOTH;
    bool map = has_name(part, "map_");
    kea_column_use hours = map || has_name(part, "hours") ? both : csv;
    kea_column_use rate = has_name(part, "hours") ? csv : both;
    kea_column_use uncertain = map ? csv : both;
    const char *thousand = kea_text("1,000 EUR");
    const kea_column columns[N_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"hours_factor", kea_text("hours, times"), "", 2, hours},
        {"hours_per_100", kea_text("hours per 100 students"), kea_text("a week"), 1, hours},
        {"rate_factor", kea_text("referral rate, times"), "", 2, rate},
        {"extra_cost_per_student_year_eur", kea_text("extra cost per student a year"), "EUR", 0,
         both},
        {"extra_cost_error", "", "", 0, csv},
        {"extra_cost_low", "", "", 0, csv},
        {"extra_cost_high", "", "", 0, csv},
        {"vsv_prevented_per_100_year", kea_text("leavers prevented per 100 a year"), "", 2, both},
        {"vsv_prevented_error", "", "", 0, csv},
        {"vsv_prevented_low", kea_text("95% from"), "", 2, uncertain},
        {"vsv_prevented_high", kea_text("95% to"), "", 2, uncertain},
        {"net_benefit_eur", kea_text("net benefit"), thousand, 0, both},
        {"net_benefit_error", "", "", 0, csv},
        {"net_benefit_low", "", "", 0, csv},
        {"net_benefit_high", "", "", 0, csv},
        {"specialist_per_100_year", kea_text("specialist referrals per 100 a year"), "", 2, both},
        {"specialist_error", "", "", 0, csv},
        {"specialist_low", "", "", 0, csv},
        {"specialist_high", "", "", 0, csv},
        {"reach_share", kea_text("reached"), "%", 1, both},
        {"reach_error", "", "", 0, csv},
        {"reach_low", "", "", 0, csv},
        {"reach_high", "", "", 0, csv},
        {"mean_wait_weeks", kea_text("mean wait"), kea_text("weeks"), 1, both},
        {"mean_wait_error", "", "", 0, csv},
        {"mean_wait_low", "", "", 0, csv},
        {"mean_wait_high", "", "", 0, csv},
        {"probability_positive", kea_text("worth it, probability"), "%", 0, uncertain},
    };
    char title[512];
    kea_answers_title(title, sizeof title, kea_text(sweep_title(part)), input);
    kea_table_init(table, title, N_COLUMNS, columns);
}

static kea_status sweep_init(sweep *s, const kea_answer_input *input, const kea_answer_part *part,
                             kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    const kea_sample *sample = part->sample;
    memset(s, 0, sizeof *s);
    s->input = input;
    s->part = part;
    s->is_map = has_name(part, "map_");
    KEA_TRY(kea_answers_outcome(sample, KEA_STUDENTS, &s->students, err));
    KEA_TRY(kea_answers_outcome(sample, "vsv", &s->vsv, err));
    KEA_TRY(kea_answers_outcome(sample, "external_specialist", &s->specialist, err));
    KEA_TRY(kea_answers_outcome(sample, "reach", &s->reach, err));
    KEA_TRY(kea_answers_outcome(sample, "wait_weeks", &s->wait, err));
    KEA_TRY(kea_answers_outcome(sample, "started", &s->started, err));
    KEA_TRY(kea_answers_pairs(&s->pairs, part, &kea_effects[0], err));
    KEA_TRY(kea_memory_new(&block, sample->n_points, sizeof(size_t), err));
    s->group = block;
    for (size_t i = 0; i < sample->n_points; i++)
        s->group[i] = kea_design_point(part->design, i).group;
    KEA_TRY(kea_memory_new(&block, sample->n_points, sizeof(double), err));
    s->value = block;
    KEA_TRY(kea_memory_new(&block, sample->n_points, sizeof(double), err));
    s->scratch = block;
done:
    return status;
}

static void sweep_free(sweep *s)
{
    kea_pairs_free(&s->pairs);
    free(s->group);
    free(s->value);
    free(s->scratch);
}

static double quantity(const sweep *s, size_t point, size_t arm, int which)
{
    const kea_sample *sample = s->part->sample;
    const kea_measure cost = {KEA_ALL_COSTS, KEA_SCOPE_WINDOW, s->students, 1.0};
    const kea_measure vsv = {s->vsv, KEA_SCOPE_WINDOW, s->students, 100.0};
    const kea_measure specialist = {s->specialist, KEA_SCOPE_WINDOW, s->students, 100.0};
    const kea_measure reach = {s->reach, KEA_SCOPE_WINDOW, s->students, 1.0};
    const kea_measure wait = {s->wait, KEA_SCOPE_WINDOW, s->started, 1.0};
    switch (which) {
    case EXTRA_COST:
        return kea_estimate_value(sample, point, arm, &cost) -
               kea_estimate_value(sample, point, 0, &cost);
    case PREVENTED:
        return kea_estimate_value(sample, point, 0, &vsv) -
               kea_estimate_value(sample, point, arm, &vsv);
    case BENEFIT:
        return kea_pairs_net_benefit(&s->pairs, point, arm, 0,
                                     s->input->problem->settings.reference_wtp);
    case SPECIALIST:
        return kea_estimate_value(sample, point, arm, &specialist);
    case REACH:
        return kea_estimate_value(sample, point, arm, &reach);
    default:
        return kea_estimate_value(sample, point, arm, &wait);
    }
}

/* The estimate of a quantity in one group; a map's points differ by chance only, hence no interval.
 * *positive gets the share of points with a positive value, ties counting half. */
static kea_estimate estimate(sweep *s, size_t group, size_t arm, int which, double *positive)
{
    size_t n = s->part->sample->n_points;
    double count = 0.0;
    for (size_t i = 0; i < n; i++) {
        double x = s->group[i] == group ? quantity(s, i, arm, which) : 0.0;
        s->value[i] = x;
        if (s->group[i] == group)
            count += x > 0.0 ? 1.0 : x == 0.0 ? 0.5 : 0.0;
    }
    kea_estimate out = kea_curve_group(n, s->value, s->group, group, s->scratch);
    *positive = out.n > 0 && !s->is_map ? count / (double)out.n : (double)NAN;
    if (s->is_map)
        out.low = out.high = (double)NAN;
    return out;
}

static double group_level(const sweep *s, size_t group)
{
    for (size_t i = 0; i < s->part->sample->n_points; i++)
        if (s->group[i] == group)
            return kea_design_point(s->part->design, i).level;
    return (double)NAN;
}

static void put_swept(kea_table *table, sweep *s, size_t group, size_t arm)
{
    static const double scale[N_QUANTITIES] = {1.0, 1.0, 0.001, 1.0, 100.0, 1.0};
    const double none = (double)NAN;
    const kea_arm *of = &s->part->design->arms[arm];
    bool hours = of->entry != KEA_NO_ENTRY;
    double probability = 0.0;
    kea_table_row(table);
    kea_answers_put_name(table, STRATEGY, s->part, s->input->problem, arm);
    kea_table_number(table, HOURS_FACTOR, hours ? of->factor : none, KEA_COLUMN_DECIMALS);
    const kea_entry *entry = hours ? &s->input->problem->entries[of->entry] : NULL;
    kea_table_number(table, HOURS,
                     entry ? kea_design_scaled(entry, entry->value, of->factor) : none,
                     KEA_COLUMN_DECIMALS);
    kea_table_number(table, RATE_FACTOR, has_name(s->part, "hours") ? none : group_level(s, group),
                     KEA_COLUMN_DECIMALS);
    for (int q = 0; q < N_QUANTITIES; q++) {
        double positive = 0.0;
        kea_estimate value = estimate(s, group, arm, q, &positive);
        kea_answers_put(table, QUANTITY + 4 * (size_t)q, value, scale[q], KEA_COLUMN_DECIMALS);
        if (q == BENEFIT)
            probability = positive;
    }
    kea_table_scaled(table, PROBABILITY, probability, 100.0, KEA_COLUMN_DECIMALS);
}

kea_status kea_answers_sweep(kea_table *table, const kea_answer_input *input,
                             const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    sweep s;
    char amount[64];
    char note[512];
    memset(&s, 0, sizeof s);
    init_sweep_table(table, input, part);
    KEA_TRY(sweep_init(&s, input, part, err));
    for (size_t group = 0; group < part->design->n_groups; group++)
        for (size_t arm = 1; arm < part->sample->n_arms; arm++)
            put_swept(table, &s, group, arm);
    kea_text_number(amount, sizeof amount, input->problem->settings.reference_wtp, 0,
                    kea_text_language());
    (void)snprintf(note, sizeof note,
                   kea_text("Net benefit: whole school over window and run-out, discounted, at EUR "
                            "%s per early leaver prevented."),
                   amount);
    kea_table_note(table, note);
    status = kea_table_check(table, err);
done:
    sweep_free(&s);
    return status;
}
