/* Tables of the value of information: perfect, partial, and that of a study. */
#include "sim/report/findings_shared.h"

#include "sim/report/axis.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { SHOWN_SETS = 15 };

/* ---------------------------------------------------------------- perfect */

enum { I_PER, I_VALUE, I_ERROR, I_COLUMNS };

static void put_value(kea_table *table, const char *key, const char *words, double times,
                      const kea_evpi *evpi)
{
    kea_table_row(table);
    kea_table_key(table, I_PER, key, words);
    kea_table_number(table, I_VALUE, evpi->value * times,
                     kea_findings_decimals(evpi->value * times));
    kea_table_number(table, I_ERROR, evpi->error * times,
                     kea_findings_decimals(evpi->value * times));
}

kea_status kea_findings_evpi(kea_table *table, const kea_findings *findings, kea_error *err)
{
    const kea_findings *f = findings;
    const kea_psa *psa = f->psa;
    const kea_column_use both = KEA_COLUMN_BOTH;
    const kea_column columns[I_COLUMNS] = {{"per", kea_text("per"), "", 0, both},
                                           {"evpi", kea_text("value"), "%s", 0, both},
                                           {"evpi_error", kea_text("error"), "%s", 0, both}};
    char title[KEA_FINDINGS_TEXT], amount[200], note[KEA_FINDINGS_TEXT], size[40];
    kea_findings_amount(f, f->options.wtp, amount, sizeof amount);
    (void)snprintf(title, sizeof title,
                   kea_text("What it is worth at most to know everything (EVPI), at %s"), amount);
    kea_findings_table(table, f, title, I_COLUMNS, columns);
    put_value(table, "decision", kea_text("decision"), 1.0, &f->evpi);
    if (psa->person[0])
        put_value(table, "person", psa->person, 1.0 / psa->persons, &f->evpi);
    if (f->options.population) {
        const kea_population *whom = &f->options.whom;
        put_value(table, "population", kea_text("population"), f->decisions, &f->evpi);
        kea_text_number(size, sizeof size, f->decisions, f->decisions < 100.0 ? 2 : 0,
                        kea_text_language());
        (void)snprintf(
            note, sizeof note,
            kea_text("Population: %s decisions over %g years, discounted at %g%% a year."), size,
            whom->horizon_years, 100.0 * whom->discount_rate);
        kea_table_note(table, note);
    }
    return kea_table_check(table, err);
}

/* ---------------------------------------------------------------- partial */

enum {
    P_SET,
    P_TITLE,
    P_SIZE,
    P_VALUE,
    P_ERROR,
    P_SHARE,
    P_POPULATION,
    P_CHECK,
    P_SAMPLING,
    P_REGRESSION,
    P_SHIFT,
    P_RAW,
    P_CAPPED,
    P_RAISED,
    P_METHOD,
    P_FREEDOM,
    P_R2,
    P_FIT,
    P_COLUMNS
};

static void init_evppi(kea_table *table, const kea_findings *f)
{
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    const int money = kea_findings_decimals(f->evpi.value);
    const kea_column columns[P_COLUMNS] = {
        {"set", kea_text("number or group"), "", 0, both},
        {"title", "", "", 0, csv},
        {"n_parameters", "", "", 0, csv},
        {"evppi", kea_text("value"), "%s", money, both},
        {"evppi_error", kea_text("error"), "%s", money, both},
        {"share_of_evpi", kea_text("of EVPI"), "%", 0, both},
        {"population_evppi", "", "", 0, csv},
        {"flags", kea_text("check"), "", 0, both},
        {"error_sampling", "", "", 0, csv},
        {"error_regression", "", "", 0, csv},
        {"shift", "", "", 0, csv},
        {"evppi_raw", "", "", 0, csv},
        {"capped", "", "", 0, csv},
        {"raised_by", "", "", 0, csv},
        {"method", "", "", 0, csv},
        {"freedom", "", "", 0, csv},
        {"r_squared", "", "", 0, csv},
        {"lack_of_fit", "", "", 0, csv},
    };
    char title[KEA_FINDINGS_TEXT], amount[200];
    kea_findings_amount(f, f->options.wtp, amount, sizeof amount);
    (void)snprintf(title, sizeof title,
                   kea_text("Which numbers are worth knowing better (EVPPI), at %s"), amount);
    kea_findings_table(table, f, title, P_COLUMNS, columns);
}

/* What is to be kept in mind of a value: a name for files, and words. */
static void write_flags(const kea_findings *f, const kea_evppi *e, bool people, char *text,
                        size_t size)
{
    const bool misfit = e->lack_of_fit < KEA_FINDINGS_MISFIT;
    const bool small = fabs(e->parts.shift) > 0.5 * e->value && e->value > 0.01 * f->evpi.value;
    const struct {
        bool is;
        const char *key, *words;
    } flags[] = {{e->capped, "capped", kea_text("cut to EVPI")},
                 {e->raised_by != KEA_NO_SET, "raised", kea_text("raised to a part of it")},
                 {misfit, "misfit", kea_text("poor fit")},
                 {small, "few_draws", kea_text("few draws")}};
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (flags[i].is && used < size)
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? ", " : "",
                                     people ? flags[i].words : flags[i].key);
}

static void put_set(kea_table *table, const kea_findings *f, size_t set)
{
    char id[300], title[300], keys[120], words[200];
    const kea_evppi *e = &f->evppi[set];
    kea_findings_set(f, set, false, id, sizeof id);
    kea_findings_set(f, set, true, title, sizeof title);
    write_flags(f, e, false, keys, sizeof keys);
    write_flags(f, e, true, words, sizeof words);
    kea_table_key(table, P_SET, id, title);
    kea_table_text(table, P_TITLE, title);
    kea_table_number(table, P_SIZE, (double)f->sets[set].n, 0);
    kea_table_number(table, P_VALUE, e->value, KEA_COLUMN_DECIMALS);
    kea_table_number(table, P_ERROR, e->error, KEA_COLUMN_DECIMALS);
    kea_table_scaled(table, P_SHARE, f->evpi.value > 0.0 ? e->value / f->evpi.value : (double)NAN,
                     100.0, KEA_COLUMN_DECIMALS);
    kea_table_number(table, P_POPULATION, e->value * f->decisions, 0);
    kea_table_key(table, P_CHECK, keys, words);
    kea_table_number(table, P_SAMPLING, e->parts.sampling, 0);
    kea_table_number(table, P_REGRESSION, e->parts.regression, 0);
    kea_table_number(table, P_SHIFT, e->parts.shift, 0);
    kea_table_number(table, P_RAW, e->raw, 0);
    kea_table_number(table, P_CAPPED, e->capped, 0);
    if (e->raised_by != KEA_NO_SET) {
        kea_findings_set(f, e->raised_by, false, id, sizeof id);
        kea_table_text(table, P_RAISED, id);
    }
    kea_table_text(table, P_METHOD, kea_smoother_name(e->method));
    kea_table_number(table, P_FREEDOM, e->freedom, 0);
    kea_table_number(table, P_R2, e->share, 0);
    kea_table_number(table, P_FIT, e->lack_of_fit, 0);
}

/* What the rows do not say by themselves. */
static void write_evppi_note(const kea_findings *f, size_t left_out, bool misfit, char *note,
                             size_t size)
{
    char more[160] = "";
    const bool none = f->n_sets > 0 && f->evppi[f->order[0]].value <= 0.0;
    if (left_out)
        (void)snprintf(more, sizeof more,
                       kea_text("%zu more numbers are worth no more than these; the CSV has them "
                                "all."),
                       left_out);
    (void)snprintf(
        note, size, "%s%s%s%s%s",
        none ? kea_text("As far as these draws tell, none of them, known by itself, would "
                        "change which strategy is best on average.")
             : "",
        none && left_out ? " " : "", more, misfit && (none || left_out) ? " " : "",
        misfit ? kea_text("Poor fit: the regression misses something, and the value may "
                          "be too low; a group, or more draws, may tell.")
               : "");
}

kea_status kea_findings_evppi(kea_table *table, const kea_findings *findings, kea_error *err)
{
    const kea_findings *f = findings;
    size_t left_out = 0;
    bool misfit = false;
    char note[KEA_FINDINGS_TEXT];
    init_evppi(table, f);
    for (size_t i = 0; i < f->n_sets; i++) {
        const size_t set = f->order[i];
        const bool shown = i < SHOWN_SETS || set >= f->psa->n_params;
        kea_table_row(table);
        put_set(table, f, set);
        misfit = misfit || (shown && f->evppi[set].lack_of_fit < KEA_FINDINGS_MISFIT);
        left_out += !shown;
        if (!shown)
            kea_table_hide(table);
    }
    write_evppi_note(f, left_out, misfit, note, sizeof note);
    kea_table_note(table, note);
    return kea_table_check(table, err);
}

/* ---------------------------------------------------------------- of a study */

enum {
    S_SIZE,
    S_BEST,
    S_VALUE,
    S_ERROR,
    S_SHARE,
    S_COST,
    S_ENBS,
    S_ENBS_ERROR,
    S_CHECK,
    S_RAW,
    S_FIT,
    S_COLUMNS
};

static void put_size(kea_table *table, const kea_findings *f, const kea_evsi_point *p, bool best)
{
    const kea_findings_study *study = f->options.study;
    const bool misfit = p->lack_of_fit < KEA_FINDINGS_MISFIT;
    kea_table_row(table);
    kea_table_number(table, S_SIZE, (double)p->size, 0);
    kea_table_key(table, S_BEST, best ? "best" : "", best ? kea_text("best") : "");
    kea_table_number(table, S_VALUE, p->value, KEA_COLUMN_DECIMALS);
    kea_table_number(table, S_ERROR, p->error, KEA_COLUMN_DECIMALS);
    kea_table_scaled(table, S_SHARE, f->study_evppi > 0.0 ? p->value / f->study_evppi : (double)NAN,
                     100.0, KEA_COLUMN_DECIMALS);
    if (study->priced)
        kea_table_number(table, S_COST,
                         study->plan.cost_fixed + study->plan.cost_per_subject * (double)p->size,
                         KEA_COLUMN_DECIMALS);
    kea_table_number(table, S_ENBS, p->enbs, KEA_COLUMN_DECIMALS);
    kea_table_number(table, S_ENBS_ERROR, p->enbs_error, KEA_COLUMN_DECIMALS);
    kea_table_key(table, S_CHECK,
                  p->capped   ? "capped"
                  : p->raised ? "raised"
                  : misfit    ? "misfit"
                              : "",
                  p->capped   ? kea_text("cut to EVPPI")
                  : p->raised ? kea_text("raised to a smaller study")
                  : misfit    ? kea_text("poor fit")
                              : "");
    kea_table_number(table, S_RAW, p->raw, 0);
    kea_table_number(table, S_FIT, p->lack_of_fit, 0);
}

kea_status kea_findings_evsi(kea_table *table, const kea_findings *findings, kea_error *err)
{
    const kea_findings *f = findings;
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    const kea_findings_study *study = f->options.study;
    const kea_column_use prices = study->priced ? both : csv;
    const int money = kea_findings_decimals(f->study_evppi);
    const kea_column columns[S_COLUMNS] = {
        {"size", kea_text("size"), "", 0, both},
        {"best", "", "", 0, both},
        {"evsi", kea_text("value"), "%s", money, both},
        {"evsi_error", kea_text("error"), "%s", money, both},
        {"share_of_evppi", kea_text("of knowing it exactly"), "%", 0, both},
        {"study_cost", kea_text("cost"), "%s", 0, prices},
        {"enbs", kea_text("value less cost"), "%s", 0, prices},
        {"enbs_error", kea_text("error"), "%s", 0, prices},
        {"flags", kea_text("check"), "", 0, both},
        {"evsi_raw", "", "", 0, csv},
        {"lack_of_fit", "", "", 0, csv},
    };
    char note[KEA_FINDINGS_TEXT], exact[100];
    kea_findings_table(table, f, kea_text("What a study is worth, by its size (EVSI)"), S_COLUMNS,
                       columns);
    bool placed = !study->search;
    for (size_t i = 0; i < f->n_study; i++) {
        if (!placed && f->best.size <= f->study[i].size) {
            placed = true;
            put_size(table, f, &f->best, f->best.enbs > 0.0);
            if (f->best.size == f->study[i].size)
                continue;
        }
        put_size(table, f, &f->study[i], false);
    }
    kea_money_write(exact, sizeof exact, f->psa->currency, f->study_evppi, 4);
    (void)snprintf(note, sizeof note,
                   study->priced
                       ? kea_text("Value per decision; exact knowledge would be worth %s. Value "
                                  "less cost: for the population.")
                       : kea_text("Value per decision; exact knowledge would be worth %s."),
                   exact);
    kea_table_note(table, note);
    return kea_table_check(table, err);
}
