/* Staffing, sweeps over parameters and the maps of both: what every value brings. */
#include "sim/report/answers_shared.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is told of every value: these, then as many of the frame's measures as there is room for. */
enum { EXTRA_COST, GAINED, BENEFIT, MEASURES, MOST_MEASURES = 4 };

/* Columns; a quantity takes four. */
enum { STRATEGY, HOURS_FACTOR, HOURS, FACTOR, QUANTITY };
enum { MOST_COLUMNS = QUANTITY + 4 * (MEASURES + MOST_MEASURES) + 1 };
_Static_assert((int)MOST_COLUMNS <= (int)KEA_TABLE_MAX_COLUMNS, "the table is too wide");

/* What is needed while filling. */
typedef struct sweep {
    const kea_answer_input *input;
    const kea_answer_part *part;
    kea_pairs pairs;
    size_t people;
    kea_gain gain;
    size_t n_measures;
    kea_found_measure measure[MOST_MEASURES];
    double highest[MOST_MEASURES]; /* mean of a group; what has none counts not */
    double money_scale;
    size_t *group;   /* [point] */
    double *value;   /* [point] */
    double *scratch; /* [point] */
} sweep;

static size_t n_quantities(const sweep *s)
{
    return MEASURES + s->n_measures;
}

/* A map is of base values: no parameter uncertainty. */
static bool is_map(const kea_answer_part *part)
{
    return part->design->kind == KEA_DESIGN_MAP;
}

/* What is varied, in words. */
static void write_title(char *text, size_t size, const kea_answer_input *input,
                        const kea_answer_part *part)
{
    const kea_design *design = part->design;
    const char *label = design->sweep == KEA_NO_SWEEP
                            ? ""
                            : kea_text(input->problem->sweeps[design->sweep].decl->label);
    if (design->kind == KEA_DESIGN_HOURS)
        (void)snprintf(text, size, "%s", kea_text("Other staffing hours"));
    else
        (void)snprintf(text, size,
                       is_map(part) ? kea_text("Other staffing hours and other values of \"%s\"")
                                    : kea_text("Other values of \"%s\""),
                       label);
}

static bool is_share(const kea_measure_decl *decl)
{
    return strcmp(decl->unit, "share") == 0;
}

/* Names of the four columns of an estimate: "wait_weeks", "wait_error", ... */
typedef struct names {
    char mean[96], error[96], low[96], high[96];
} names;

/* The key's last part is its unit: "mean_wait_weeks" gives "mean_wait_error". */
static void name_columns(names *n, const char *key)
{
    const char *unit = strrchr(key, '_');
    int stem = unit ? (int)(unit - key) : (int)strlen(key);
    const char *year = strstr(key, "_per_");
    stem = year ? (int)(year - key) : stem;
    (void)snprintf(n->mean, sizeof n->mean, "%.80s", key);
    (void)snprintf(n->error, sizeof n->error, "%.*s_error", stem, n->mean);
    (void)snprintf(n->low, sizeof n->low, "%.*s_low", stem, n->mean);
    (void)snprintf(n->high, sizeof n->high, "%.*s_high", stem, n->mean);
}

/* The columns of cost, effect and net benefit, into columns[QUANTITY ..]. */
static void set_quantities(const sweep *s, kea_column *columns, char titles[2][160],
                           char gained[32])
{
    const kea_column_use csv = KEA_COLUMN_CSV, both = KEA_COLUMN_BOTH;
    const kea_column_use uncertain = is_map(s->part) ? csv : both;
    const kea_frame *frame = s->input->frame;
    const int decimals = kea_answers_decimals(s->input);
    (void)snprintf(titles[0], 160, kea_text("extra cost per %s"), kea_text(frame->population.one));
    /* TRANSLATORS: "early leavers prevented" and "100 students a year" */
    (void)snprintf(titles[1], 160, kea_text("%s per %s"), kea_text(frame->effects[0].gained),
                   kea_text(frame->population.many));
    (void)snprintf(gained, 32, "gained_per_%.6g", frame->population.n);
    const kea_column own[] = {
        {"extra_cost_each_%s", titles[0], "%s", 0, both},
        {"extra_cost_error", "", "", 0, csv},
        {"extra_cost_low", "", "", 0, csv},
        {"extra_cost_high", "", "", 0, csv},
        {gained, titles[1], "", decimals, both},
        {"gained_error", "", "", 0, csv},
        {"gained_low", kea_text("95% from"), "", decimals, uncertain},
        {"gained_high", kea_text("95% to"), "", decimals, uncertain},
        {"net_benefit_%s", kea_text("net benefit"), kea_answers_whole(s->input).unit, 0, both},
        {"net_benefit_error", "", "", 0, csv},
        {"net_benefit_low", "", "", 0, csv},
        {"net_benefit_high", "", "", 0, csv},
    };
    memcpy(&columns[QUANTITY], own, sizeof own);
}

/* The columns of the measures, then the probability. */
static size_t set_measures(const sweep *s, kea_column *columns, names *words)
{
    size_t at = QUANTITY + 4 * MEASURES;
    for (size_t m = 0; m < s->n_measures; m++, at += 4) {
        const kea_measure_decl *decl = s->measure[m].decl;
        const char *unit = is_share(decl) ? "%" : kea_text(decl->unit);
        name_columns(&words[m], decl->key);
        columns[at] = (kea_column){words[m].mean, kea_text(decl->label ? decl->label : decl->key),
                                   unit, decl->decimals, KEA_COLUMN_BOTH};
        columns[at + 1] = (kea_column){words[m].error, "", "", 0, KEA_COLUMN_CSV};
        columns[at + 2] = (kea_column){words[m].low, "", "", 0, KEA_COLUMN_CSV};
        columns[at + 3] = (kea_column){words[m].high, "", "", 0, KEA_COLUMN_CSV};
    }
    columns[at] = (kea_column){"probability_positive", kea_text("worth it, probability"), "%", 0,
                               is_map(s->part) ? KEA_COLUMN_CSV : KEA_COLUMN_BOTH};
    return at + 1;
}

static void init_table(kea_table *table, const sweep *s)
{
    const kea_column_use csv = KEA_COLUMN_CSV, both = KEA_COLUMN_BOTH;
    kea_design_kind kind = s->part->design->kind;
    kea_column_use hours = kind == KEA_DESIGN_SWEEP ? csv : both;
    kea_column_use factor = kind == KEA_DESIGN_HOURS ? csv : both;
    const kea_answer_input *input = s->input;
    const char *people = kea_text(s->part->sample->outcomes[s->people].unit);
    char title[512], per_100[160], quantities[2][160], gained[32];
    names words[MOST_MEASURES];
    (void)snprintf(per_100, sizeof per_100, kea_text("hours per 100 %s"), people);
    kea_column columns[MOST_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"hours_factor", kea_text("hours, times"), "", 2, hours},
        {"hours_per_100", per_100, kea_text("a week"), 1, hours},
        {"factor", kea_text("its value, times"), "", 2, factor},
    };
    set_quantities(s, columns, quantities, gained);
    size_t n = set_measures(s, columns, words);
    write_title(title, sizeof title, input, s->part);
    kea_answers_table(table, input, title, n, columns);
}

static kea_status find_measures(sweep *s, kea_error *err)
{
    const kea_frame *frame = s->input->frame;
    for (size_t m = 0; m < frame->n_measures && s->n_measures < MOST_MEASURES; m++) {
        if (frame->measures[m].use != KEA_IN_SWEEPS)
            continue;
        kea_status status = kea_answers_measure(&s->measure[s->n_measures++], s->part->sample,
                                                &frame->measures[m], err);
        if (status != KEA_OK)
            return status;
    }
    return KEA_OK;
}

static kea_status sweep_init(sweep *s, const kea_answer_input *input, const kea_answer_part *part,
                             kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    const kea_sample *sample = part->sample;
    const kea_effect *effect = &input->frame->effects[0];
    *s = (sweep){.input = input, .part = part, .money_scale = kea_answers_whole(input).scale};
    KEA_TRY(kea_answers_population(input, sample, &s->people, err));
    KEA_TRY(kea_answers_gain_find(&s->gain, input, sample, effect, err));
    KEA_TRY(find_measures(s, err));
    KEA_TRY(kea_answers_pairs(&s->pairs, part, effect, err));
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

static double quantity(const sweep *s, size_t point, size_t arm, size_t which)
{
    const kea_sample *sample = s->part->sample;
    const kea_measure cost = {KEA_ALL_COSTS, KEA_SCOPE_WINDOW, s->people, 1.0};
    switch (which) {
    case EXTRA_COST:
        return kea_estimate_value(sample, point, arm, &cost) -
               kea_estimate_value(sample, point, 0, &cost);
    case GAINED:
        return kea_answers_gain_at(&s->gain, sample, point, arm);
    case BENEFIT:
        return kea_pairs_net_benefit(&s->pairs, point, arm, 0,
                                     s->input->problem->settings.reference_wtp);
    default:
        return kea_answers_measure_at(&s->measure[which - MEASURES], sample, point, arm);
    }
}

/* How a quantity is shown. */
static double scale_of(const sweep *s, size_t which)
{
    if (which == BENEFIT)
        return s->money_scale;
    return which >= MEASURES && is_share(s->measure[which - MEASURES].decl) ? 100.0 : 1.0;
}

/* The estimate of a quantity in one group; a map's points differ by chance only, hence no interval.
 * *positive gets the share of points with a positive value, ties counting half; NAN where all are
 * exactly 0, as where nothing differs from the comparator. */
static kea_estimate estimate(sweep *s, size_t group, size_t arm, size_t which, double *positive)
{
    size_t n = s->part->sample->n_points;
    double count = 0.0;
    bool differs = false;
    for (size_t i = 0; i < n; i++) {
        double x = s->group[i] == group ? quantity(s, i, arm, which) : 0.0;
        s->value[i] = x;
        differs = differs || x != 0.0;
        if (s->group[i] == group)
            count += x > 0.0 ? 1.0 : x == 0.0 ? 0.5 : 0.0;
    }
    kea_estimate out = kea_curve_group(n, s->value, s->group, group, s->scratch);
    *positive = differs && !is_map(s->part) ? count / (double)out.n : (double)NAN;
    if (is_map(s->part))
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
    kea_table_number(table, FACTOR,
                     s->part->design->kind == KEA_DESIGN_HOURS ? none : group_level(s, group),
                     KEA_COLUMN_DECIMALS);
    for (size_t q = 0; q < n_quantities(s); q++) {
        double positive = 0.0;
        kea_estimate value = estimate(s, group, arm, q, &positive);
        kea_answers_put(table, QUANTITY + 4 * q, value, scale_of(s, q), KEA_COLUMN_DECIMALS);
        if (q == BENEFIT)
            probability = positive;
        if (q >= MEASURES)
            s->highest[q - MEASURES] = fmax(s->highest[q - MEASURES], value.mean);
    }
    kea_table_scaled(table, QUANTITY + 4 * n_quantities(s), probability, 100.0,
                     KEA_COLUMN_DECIMALS);
}

kea_status kea_answers_sweep(kea_table *table, const kea_answer_input *input,
                             const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    sweep s = {0};
    char amount[64], note[1500];
    const kea_frame *frame = input->frame;
    *table = (kea_table){0};
    KEA_TRY(sweep_init(&s, input, part, err));
    init_table(table, &s);
    for (size_t group = 0; group < part->design->n_groups; group++)
        for (size_t arm = 1; arm < part->sample->n_arms; arm++)
            put_swept(table, &s, group, arm);
    kea_text_number(amount, sizeof amount, input->problem->settings.reference_wtp, 0,
                    kea_text_language());
    (void)snprintf(
        note, sizeof note,
        kea_text("Net benefit: %s over window and run-out, discounted, at %s %s per %s."),
        kea_text(frame->population.whole), frame->currency, amount,
        kea_text(frame->effects[0].gain));
    for (size_t m = 0; m < s.n_measures; m++)
        kea_answers_measure_note(note, sizeof note, s.measure[m].decl, s.highest[m]);
    kea_table_note(table, note);
    status = kea_table_check(table, err);
done:
    sweep_free(&s);
    return status;
}
