/* Writes a loaded problem as a scenario file: everything in use, with its source. Care models' own
 * values cannot stand in a scenario, so they follow as comments; so does a correlated group that
 * overrides left with one member, because a scenario may not hold one. */
#include "sim/inputs/buffer.h"
#include "sim/inputs/funding.h"
#include "sim/inputs/load.h"
#include "sim/inputs/settings.h"
#include "sim/inputs/what_if.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What starts every line of a block of entries: deeper, or behind a comment sign. */
typedef struct writer {
    kea_buffer *out;
    const char *start;
    const kea_problem *problem;
} writer;

static bool is_listed(const kea_problem *problem, const kea_entry *entry)
{
    return problem->municipalities.n > 0 && entry == &problem->entries[problem->municipality_entry];
}

static void list_name(const kea_entry *entry, char *name)
{
    (void)snprintf(name, KEA_MAX_NAME + 5, "%.*s.csv", KEA_MAX_NAME, entry->decl->name);
}

kea_status kea_problem_list_file(const kea_problem *problem, char *name, char **text,
                                 kea_error *err)
{
    *text = NULL;
    if (problem->municipalities.n == 0)
        return KEA_OK;
    const kea_entry *entry = &problem->entries[problem->municipality_entry];
    list_name(entry, name);
    return kea_municipalities_write(&problem->municipalities, entry->decl, text, err);
}

static void write_value(const writer *w, const kea_entry *entry)
{
    if (entry->decl->kind == KEA_INTEGER)
        kea_buffer_add(w->out, "%.0f", entry->value);
    else
        kea_buffer_add_number(w->out, entry->value);
}

/* Natural parameter `p` of n elements: a number, or a list. */
static void write_dist_field(const writer *w, const kea_entry *entry, size_t n, size_t p,
                             const char *name)
{
    kea_buffer_add(w->out, " %s = %s", name, n > 1 ? "[" : "");
    for (size_t i = 0; i < n; i++) {
        kea_buffer_add(w->out, "%s", i > 0 ? ", " : "");
        kea_buffer_add_number(w->out, entry[i].dist.p[p]);
    }
    kea_buffer_add(w->out, "%s;", n > 1 ? "]" : "");
}

/* How well distributions were fitted to points; the file holds what came of them. */
static void write_misses(const writer *w, const kea_entry *entry, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = entry[i].miss > most ? entry[i].miss : most;
    if (most > 0)
        kea_buffer_add(w->out,
                       "%s    # fitted to points: off by %.2g%% of the distance from the first to "
                       "the last at most\n",
                       w->start, 100 * most);
}

static void write_dist(const writer *w, const kea_entry *entry, size_t n)
{
    kea_family family = entry->dist.family;
    if (family == KEA_FIXED)
        return;
    kea_buffer_add(w->out, "%s    distribution = { family = \"%s\";", w->start,
                   kea_dist_family_name(family));
    for (size_t p = 0; p < 4 && kea_dist_param_name(family, p); p++)
        write_dist_field(w, entry, n, p, kea_dist_param_name(family, p));
    kea_buffer_add(w->out, " };\n");
    write_misses(w, entry, n);
}

/* The label of the chosen element. */
static void write_choice(const writer *w, const kea_entry *entry, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (entry[i].value == 1)
            kea_buffer_add(w->out, "\"%s\"", entry->decl->labels[i]);
}

/* The values of n elements. */
static void write_values(const writer *w, const kea_entry *entry, size_t n)
{
    char name[KEA_MAX_NAME + 5];
    bool is_choice = entry->decl->kind == KEA_CHOICE;
    bool in_list = n > 1 && !is_choice;
    if (is_listed(w->problem, entry)) {
        list_name(entry, name);
        kea_buffer_add(w->out, "%s    list = \"%s\";\n", w->start, name);
        return;
    }
    kea_buffer_add(w->out, "%s    value = %s", w->start, in_list ? "[" : "");
    if (is_choice)
        write_choice(w, entry, n);
    for (size_t i = 0; i < n && !is_choice; i++) {
        kea_buffer_add(w->out, "%s", i > 0 ? ", " : "");
        write_value(w, &entry[i]);
    }
    kea_buffer_add(w->out, "%s;\n", in_list ? "]" : "");
}

/* value, distribution, source and status of n elements that share the last two. */
static void write_span(const writer *w, const kea_entry *entry, size_t n)
{
    write_values(w, entry, n);
    write_dist(w, entry, n);
    kea_buffer_add(w->out, "%s    source = ", w->start);
    kea_buffer_add_quoted(w->out, entry->source);
    kea_buffer_add(w->out, "; status = \"%s\";\n", kea_evidence_name(entry->evidence));
}

/* True when all elements can stand in one list. */
static bool are_alike(const kea_entry *entry, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (entry[i].dist.family != entry[0].dist.family ||
            entry[i].evidence != entry[0].evidence || strcmp(entry[i].source, entry[0].source) != 0)
            return false;
    }
    return true;
}

static void write_parameter(const writer *w, const kea_entry *entry, size_t n)
{
    const kea_param_decl *decl = entry->decl;
    kea_buffer_add(w->out, "%s# %s%s%s%s\n", w->start, decl->meaning, decl->unit[0] ? " [" : "",
                   decl->unit, decl->unit[0] ? "]" : "");
    kea_buffer_add(w->out, "%s%s = {\n", w->start, decl->name);
    if (are_alike(entry, n)) {
        write_span(w, entry, n);
    } else {
        char start[64];
        (void)snprintf(start, sizeof start, "%s    ", w->start);
        const writer deeper = {w->out, start, w->problem};
        for (size_t i = 0; i < n; i++) {
            kea_buffer_add(w->out, "%s%s = {\n", start, decl->labels[i]);
            write_span(&deeper, &entry[i], 1);
            kea_buffer_add(w->out, "%s};\n", start);
        }
    }
    kea_buffer_add(w->out, "%s};\n", w->start);
}

/* All parameters of one care model, or those shared by all. */
static void write_parameters(const writer *w, const kea_problem *problem, size_t care)
{
    for (size_t i = 0; i < problem->n_entries; i++) {
        const kea_entry *entry = &problem->entries[i];
        if (entry->care == care && entry->element == 0)
            write_parameter(w, entry, entry->decl->count);
    }
}

static void write_setting(kea_buffer *out, const kea_settings *settings, const kea_setting_row *row)
{
    bool first = !row->part || strcmp(row->part, "from") == 0;
    bool last = !row->part || strcmp(row->part, "n") == 0;
    if (first)
        kea_buffer_add(out, "    %s = %s", row->key, row->part ? "{ " : "");
    if (row->part)
        kea_buffer_add(out, "%s = ", row->part);
    if (row->kind == KEA_SETTING_SEED)
        kea_buffer_add(out, "\"%" PRIu64 "\"", settings->seed);
    else if (row->kind == KEA_SETTING_SAMPLING)
        kea_buffer_add(out, "\"%s\"", kea_sampling_name((kea_sampling_scheme)settings->sampling));
    else if (row->kind == KEA_SETTING_COUNT)
        kea_buffer_add(out, "%.0f", kea_setting_value(settings, row));
    else
        kea_buffer_add_number(out, kea_setting_value(settings, row));
    kea_buffer_add(out, "%s%s", row->part ? (last ? "; }" : "; ") : "", last ? ";\n" : "");
}

static void write_sweeps(kea_buffer *out, const kea_problem *problem)
{
    for (size_t i = 0; i < problem->n_sweeps; i++) {
        const kea_sweep *sweep = &problem->sweeps[i];
        const kea_range *factor = &sweep->factor;
        bool element = sweep->element != KEA_NO_ELEMENT && sweep->decl->labels;
        kea_buffer_add(out, "%s        { parameter = \"%s\";", i > 0 ? ",\n" : "    sweeps = (\n",
                       sweep->decl->name);
        if (element)
            kea_buffer_add(out, " element = \"%s\";", sweep->decl->labels[sweep->element]);
        kea_buffer_add(out, " factor = { from = ");
        kea_buffer_add_number(out, factor->from);
        kea_buffer_add(out, "; to = ");
        kea_buffer_add_number(out, factor->to);
        kea_buffer_add(out, "; n = %zu; }; }", factor->n);
    }
    kea_buffer_add(out, "%s", problem->n_sweeps > 0 ? "\n    );\n" : "");
}

static void write_settings(kea_buffer *out, const kea_problem *problem, const char *group)
{
    kea_buffer_add(out, "%s: {\n", group);
    for (size_t i = 0; i < kea_n_setting_rows; i++) {
        const kea_setting_row *row = &kea_setting_rows[i];
        if (strcmp(row->group, group) == 0 && kea_setting_applies(row, &problem->params))
            write_setting(out, &problem->settings, row);
    }
    if (strcmp(group, "analysis") == 0)
        write_sweeps(out, problem);
    kea_buffer_add(out, "};\n");
}

static void write_correlation(const writer *w, const kea_problem *problem,
                              const kea_correlation *group)
{
    kea_buffer_add(w->out, "%s{ name = ", w->start);
    kea_buffer_add_quoted(w->out, group->name);
    kea_buffer_add(w->out, "; rho = ");
    kea_buffer_add_number(w->out, group->rho);
    kea_buffer_add(w->out, ";\n%s  parameters = [", w->start);
    for (size_t i = 0; i < group->n_members; i++) {
        const kea_correlation_member *member = &group->members[i];
        kea_buffer_add(w->out, "%s\"%s%s\"", i > 0 ? ", " : "", member->sign < 0 ? "-" : "",
                       problem->entries[member->entry].name);
    }
    kea_buffer_add(w->out, "];\n%s  source = ", w->start);
    kea_buffer_add_quoted(w->out, group->source);
    kea_buffer_add(w->out, "; status = \"%s\"; }", kea_evidence_name(group->evidence));
}

static void write_correlations(kea_buffer *out, const kea_problem *problem)
{
    const writer in_list = {out, "    ", problem}, in_comment = {out, "#     ", problem};
    size_t written = 0;
    for (size_t g = 0; g < problem->n_correlations; g++) {
        if (problem->correlations[g].n_members < 2)
            continue;
        kea_buffer_add(out, "%s", written++ > 0 ? ",\n" : "correlations: (\n");
        write_correlation(&in_list, problem, &problem->correlations[g]);
    }
    kea_buffer_add(out, "%s", written > 0 ? "\n);\n" : "");
    for (size_t g = 0; g < problem->n_correlations; g++) {
        if (problem->correlations[g].n_members >= 2)
            continue;
        kea_buffer_add(out, "# A correlated group of which the others were made certain:\n");
        write_correlation(&in_comment, problem, &problem->correlations[g]);
        kea_buffer_add(out, "\n");
    }
}

static void write_change(kea_buffer *out, const kea_varied *change)
{
    static const char *const ways[] = {[KEA_VARIED_VALUE] = "value",
                                       [KEA_VARIED_FACTOR] = "factor",
                                       [KEA_VARIED_QUANTILE] = "quantile"};
    kea_buffer_add(out, "{ name = ");
    kea_buffer_add_quoted(out, change->name);
    kea_buffer_add(out, "; %s = ", ways[change->how]);
    for (size_t i = 0; change->each && i < change->n_entries; i++) {
        kea_buffer_add(out, "%s", i > 0 ? ", " : "[");
        kea_buffer_add_number(out, change->each[i]);
    }
    if (!change->each)
        kea_buffer_add_number(out, change->levels.from);
    kea_buffer_add(out, "%s; }", change->each ? "]" : "");
}

/* The end of a group: changes from number `first` on, and the source. */
static void write_changes(kea_buffer *out, const kea_what_if *what_if, size_t first)
{
    for (size_t i = first; i < what_if->n_changes; i++) {
        kea_buffer_add(out, "%s",
                       i > first ? ",\n                    " : ";\n      parameters = (");
        write_change(out, &what_if->changes[i]);
    }
    kea_buffer_add(out, "%s;\n      source = ", what_if->n_changes > first ? ")" : "");
    kea_buffer_add_quoted(out, what_if->source);
    kea_buffer_add(out, "; status = \"%s\"; }", kea_evidence_name(what_if->evidence));
}

static void write_what_ifs(kea_buffer *out, const kea_problem *problem)
{
    for (size_t w = 0; w < problem->n_what_ifs; w++) {
        kea_buffer_add(out, "%s    { name = ", w > 0 ? ",\n" : "what_if: (\n");
        kea_buffer_add_quoted(out, problem->what_ifs[w].name);
        write_changes(out, &problem->what_ifs[w], 0);
    }
    kea_buffer_add(out, "%s", problem->n_what_ifs > 0 ? "\n);\n" : "");
}

static void write_sites(kea_buffer *out, const kea_problem *problem)
{
    for (size_t s = 0; s < problem->n_sites; s++) {
        kea_buffer_add(out, "%s    { name = ", s > 0 ? ",\n" : "sites: (\n");
        kea_buffer_add_quoted(out, problem->sites[s].name);
        kea_buffer_add(out, "; %s = ", problem->params.size);
        kea_buffer_add_number(out, kea_what_if_size(&problem->sites[s]));
        write_changes(out, &problem->sites[s], 1);
    }
    kea_buffer_add(out, "%s", problem->n_sites > 0 ? "\n);\n" : "");
}

static void write_head(kea_buffer *out, const kea_problem *problem, const kea_load_options *options)
{
    kea_buffer_add(out, "# A resolved scenario: every value in use, with its source.\n");
    kea_buffer_add(out, "# Read from ");
    kea_buffer_add_quoted(out, problem->file);
    kea_buffer_add(out, "\n");
    for (size_t i = 0; i < options->n_set; i++) {
        kea_buffer_add(out, "# Overridden on the command line: ");
        kea_buffer_add_quoted(out, options->set[i]);
        kea_buffer_add(out, "\n");
    }
    kea_buffer_add(out, "format = 1;\ntitle = ");
    kea_buffer_add_quoted(out, problem->title);
    kea_buffer_add(out, ";\nmodel = ");
    kea_buffer_add_quoted(out, problem->model_name);
    kea_buffer_add(out, ";\nstatus_quo = \"%s\";\nstrategies = [",
                   problem->care[problem->status_quo].id);
    for (size_t i = 0; i < problem->n_strategies; i++)
        kea_buffer_add(out, "%s\"%s\"", i > 0 ? ", " : "",
                       problem->care[problem->strategies[i]].id);
    kea_buffer_add(out, "];\n");
}

static void write_care(kea_buffer *out, const kea_problem *problem, size_t care)
{
    const kea_care_model *model = &problem->care[care];
    const writer w = {out, "#     ", problem};
    kea_buffer_add(out, "\n# The care model %s, read from ", model->id);
    kea_buffer_add_quoted(out, model->file);
    kea_buffer_add(out, "\n# format = 1;\n# care_model: {\n#     name = ");
    kea_buffer_add_quoted(out, model->name);
    kea_buffer_add(out, ";\n#     summary = ");
    kea_buffer_add_quoted(out, model->summary);
    kea_buffer_add(out, ";\n#     source = ");
    kea_buffer_add_quoted(out, model->source);
    kea_buffer_add(out, ";\n# };\n# parameters: {\n");
    write_parameters(&w, problem, care);
    kea_buffer_add(out, "# };\n");
}

kea_status kea_problem_write(const kea_problem *problem, const kea_load_options *options,
                             char **text, kea_error *err)
{
    kea_buffer out = {0};
    const writer w = {&out, "    ", problem};
    write_head(&out, problem, options);
    write_settings(&out, problem, "run");
    kea_buffer_add(&out, "parameters: {\n");
    write_parameters(&w, problem, KEA_WORLD_ENTRY);
    kea_buffer_add(&out, "};\n");
    write_correlations(&out, problem);
    write_what_ifs(&out, problem);
    write_sites(&out, problem);
    kea_fundings_write(&out, problem->funding, &problem->params);
    write_settings(&out, problem, "analysis");
    for (size_t care = 0; care < problem->n_care; care++)
        write_care(&out, problem, care);
    return kea_buffer_take(&out, text, err);
}
