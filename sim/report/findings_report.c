/* Findings as sentences with tables, and as files. */
#include "sim/report/findings_shared.h"

#include "sim/report/choice.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef kea_status (*fill)(kea_table *table, const kea_findings *findings, kea_error *err);

typedef struct part {
    const char *file; /* name of the CSV */
    fill fill;
    bool there; /* the findings have it */
    bool told;  /* in the text too */
} part;

enum { N_PARTS = 11 };

static void list_parts(const kea_findings *f, part parts[N_PARTS])
{
    const bool valued = f->n_sets > 0, told = f->coefficients != NULL;
    const part all[N_PARTS] = {
        {"frontier", kea_findings_frontier, true, true},
        {"decision", kea_findings_decision, true, true},
        {"views", kea_findings_views, f->options.views != NULL, true},
        {"subgroups", kea_findings_subgroups, f->options.n_groupings > 0, true},
        {"ranking", kea_findings_ranking, true, true},
        {"precision", kea_findings_spreads, true, true},
        {"running_mean", kea_findings_running, true, false},
        {"evpi", kea_findings_evpi, true, true},
        {"evppi", kea_findings_evppi, valued, true},
        {"coefficients", kea_findings_coefficients, told, true},
        {"evsi", kea_findings_evsi, f->n_study > 0, true}};
    memcpy(parts, all, sizeof all);
}

static void paragraph(FILE *out, const char *text)
{
    kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 0);
}

/* What was analysed. */
static void write_head(FILE *out, const kea_findings *f)
{
    char text[KEA_FINDINGS_TEXT], points[40];
    const kea_language language = kea_text_language();
    kea_text_number(points, sizeof points, (double)f->benefits.n_points, 0, language);
    (void)snprintf(text, sizeof text,
                   kea_text("%s: %s draws of %zu strategies and %zu uncertain numbers. Everything "
                            "is held against %s; more effect is better."),
                   f->options.source, points, f->benefits.n_arms, f->psa->n_params,
                   f->psa->arms[0].title);
    paragraph(out, text);
    if (!f->psa->costs[0])
        return;
    (void)snprintf(text, sizeof text, kea_text("Costs are those of: %s."), f->psa->costs);
    paragraph(out, text);
    if (f->psa->later)
        paragraph(out, kea_text("Later costs are among them: what a strategy brings later is "
                                "counted in money, and an amount per unit of effect must not hold "
                                "it as well."));
}

/* What to choose, and whether the simulation is large enough to say so. */
static kea_status write_choice(FILE *out, const kea_findings *f, kea_error *err)
{
    double share = 0.0;
    kea_status status =
        kea_choice_share(&share, &f->psa->pairs, f->ranks[0].arm, f->options.wtp, err);
    if (status != KEA_OK)
        return status;
    char text[KEA_FINDINGS_TEXT], amount[200];
    kea_findings_amount(f, f->options.wtp, amount, sizeof amount);
    (void)snprintf(text, sizeof text, kea_text("At %s, %s has the highest net benefit on average."),
                   amount, f->psa->arms[f->ranks[0].arm].title);
    paragraph(out, text);
    kea_choice_sure(text, sizeof text, share);
    paragraph(out, text);
    kea_choice_noise(text, sizeof text, &f->ranking, f->ranks, f->psa->arms[f->ranks[0].arm].title,
                     f->psa->arms[f->ranks[1].arm].title);
    paragraph(out, text);
    kea_choice_worth(text, sizeof text, &f->evpi, f->psa->currency);
    paragraph(out, text);
    return KEA_OK;
}

kea_status kea_findings_write(FILE *out, const kea_findings *findings, kea_error *err)
{
    part parts[N_PARTS];
    list_parts(findings, parts);
    write_head(out, findings);
    kea_status chosen = write_choice(out, findings, err);
    if (chosen != KEA_OK)
        return chosen;
    for (size_t i = 0; i < N_PARTS; i++) {
        kea_table table = {0};
        if (!parts[i].there || !parts[i].told)
            continue;
        (void)fputc('\n', out);
        kea_status status = parts[i].fill(&table, findings, err);
        if (status == KEA_OK)
            status = kea_table_print(&table, out, err);
        kea_table_free(&table);
        if (status != KEA_OK)
            return status;
    }
    if (findings->why_not[0]) {
        char text[KEA_FINDINGS_TEXT];
        (void)fputc('\n', out);
        (void)snprintf(text, sizeof text, kea_text("There are no regression coefficients: %s."),
                       findings->why_not);
        paragraph(out, text);
    }
    return KEA_OK;
}

kea_status kea_findings_save(const kea_findings *findings, const char *folder, kea_error *err)
{
    part parts[N_PARTS];
    list_parts(findings, parts);
    for (size_t i = 0; i < N_PARTS; i++) {
        kea_table table = {0};
        char path[4096];
        if (!parts[i].there)
            continue;
        if (snprintf(path, sizeof path, "%s/%s.csv", folder, parts[i].file) >= (int)sizeof path)
            return kea_error_set(err, KEA_ERR_IO, "the path %s is too long", folder);
        kea_status status = parts[i].fill(&table, findings, err);
        if (status == KEA_OK)
            status = kea_table_save(&table, path, err);
        kea_table_free(&table);
        if (status != KEA_OK)
            return status;
    }
    return KEA_OK;
}
