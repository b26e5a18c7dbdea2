/* Writes empty files to fill in; see template.h. */
#include "sim/inputs/template.h"

#include "sim/inputs/buffer.h"
#include "sim/inputs/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static void write_setting(kea_buffer *out, const kea_setting_row *row)
{
    bool first = !row->part || strcmp(row->part, "from") == 0;
    bool last = !row->part || strcmp(row->part, "n") == 0;
    if (row->meaning)
        kea_buffer_add(out, "    # %s\n", row->meaning);
    if (first)
        kea_buffer_add(out, "    %s = %s", row->key, row->part ? "{ " : "");
    if (row->part)
        kea_buffer_add(out, "%s = ", row->part);
    kea_buffer_add(out, "%s", row->start);
    kea_buffer_add(out, "%s%s", row->part ? (last ? "; }" : "; ") : "", last ? ";\n" : "");
}

/* Sweeps may be left out, so they are an example to uncomment. */
static void write_sweeps(kea_buffer *out)
{
    kea_buffer_add(out,
                   "    # parameters to vary one by one: all values of each times every factor.\n"
                   "    # element: whose value stands along the axis of figures, for a\n"
                   "    # parameter with several\n"
                   "    # sweeps = (\n"
                   "    #     { parameter = \"...\"; element = \"...\";\n"
                   "    #       factor = { from = 0.0; to = 2.0; n = 9; }; }\n"
                   "    # );\n");
}

static void write_settings(kea_buffer *out, const char *group, const kea_param_table *params)
{
    kea_buffer_add(out, "%s: {\n", group);
    for (size_t i = 0; i < kea_n_setting_rows; i++) {
        const kea_setting_row *row = &kea_setting_rows[i];
        if (strcmp(row->group, group) == 0 && kea_setting_applies(row, params))
            write_setting(out, row);
    }
    if (strcmp(group, "analysis") == 0)
        write_sweeps(out);
    kea_buffer_add(out, "};\n\n");
}

static void write_parameter(kea_buffer *out, const kea_param_decl *decl)
{
    static const char *const kinds[] = {[KEA_NUMBER] = "",
                                        [KEA_INTEGER] = ", whole",
                                        [KEA_SHARES] = ", together 1",
                                        [KEA_HOMES] = ", together 1",
                                        [KEA_PARTS] = ", together at most 1",
                                        [KEA_CHOICE] = "",
                                        [KEA_STAFFING] = ""};
    kea_buffer_add(out, "\n    # %s\n    # %s\n", decl->label, decl->meaning);
    if (decl->kind == KEA_CHOICE)
        kea_buffer_add(out, "    # the name of one of:\n");
    else
        kea_buffer_add(out, "    # %s%sfrom %.10g to %.10g%s\n", decl->unit,
                       decl->unit[0] ? ", " : "", decl->min, decl->max, kinds[decl->kind]);
    for (size_t i = 0; decl->labels && i < decl->count; i++)
        kea_buffer_add(out, "%s%s", i > 0 ? ", " : "    # ", decl->labels[i]);
    kea_buffer_add(out, "%s    %s = {\n", decl->labels ? "\n" : "", decl->name);
    bool is_list = decl->count > 1 && decl->kind != KEA_CHOICE;
    kea_buffer_add(out, "        value = %s;\n", is_list ? "[ ]" : "");
    if (decl->kind == KEA_STAFFING)
        kea_buffer_add(out, "        # or instead of value: hours_per_week and for_students; fte, "
                            "hours_per_fte and\n"
                            "        # for_students; hours_per_class and students_per_class\n");
    if (decl->kind == KEA_NUMBER || decl->kind == KEA_STAFFING)
        kea_buffer_add(out, "        # distribution = { family = \"...\"; low = ...; high = ...; "
                            "};\n");
    if (decl->kind == KEA_HOMES)
        kea_buffer_add(out, "        # or instead of value: list = \"FILE.csv\"; a file with the "
                            "columns name, zone and\n"
                            "        # students, one municipality a line\n");
    if (kea_param_sums_to_one(decl))
        kea_buffer_add(out, "        # distribution = { family = \"dirichlet\"; concentration = "
                            "...; };\n");
    kea_buffer_add(out, "        source = \"\";\n        status = \"\"; # report, published or "
                        "assumption\n    };\n");
}

static void write_parameters(kea_buffer *out, const kea_param_table *params, kea_param_scope scope)
{
    kea_buffer_add(out, "parameters: {");
    for (size_t i = 0; i < params->n; i++) {
        if (params->decl[i].scope == scope)
            write_parameter(out, &params->decl[i]);
    }
    kea_buffer_add(out, "};\n");
}

/* Correlated groups may be left out, so they are an example to uncomment. */
static void write_correlations(kea_buffer *out)
{
    kea_buffer_add(out, "\n# Uncertain numbers that move together, for example because the same\n"
                        "# evidence is behind them; put - before a name that moves against the\n"
                        "# others. rho: how strongly, from 0 to below 1.\n"
                        "# correlations: (\n"
                        "#     { name = \"...\"; parameters = [ \"...\", \"...\" ]; rho = ...;\n"
                        "#       source = \"...\"; status = \"...\"; }\n"
                        "# );\n");
}

/* What-ifs too. */
static void write_what_ifs(kea_buffer *out)
{
    kea_buffer_add(
        out, "\n# Named scenarios with other values for some parameters: value, factor (times\n"
             "# the present value) or quantile (of its distribution).\n"
             "# what_if: (\n"
             "#     { name = \"...\"; parameters = ( { name = \"...\"; factor = ...; } );\n"
             "#       source = \"...\"; status = \"...\"; }\n"
             "# );\n");
}

/* And sites, where a model has places. */
static void write_sites(kea_buffer *out, const kea_param_table *params)
{
    if (!params->size)
        return;
    kea_buffer_add(
        out,
        "\n# Schools over which hours can be divided (keasim allocate --by sites), with what is\n"
        "# other there.\n"
        "# sites: (\n"
        "#     { name = \"...\"; %s = ...; parameters = ( { name = \"...\"; value = ...; } "
        ");\n"
        "#       source = \"...\"; status = \"...\"; }\n"
        "# );\n",
        params->size);
}

/* And ways to pay, where a model says who can. */
static void write_funding(kea_buffer *out, const kea_param_table *params)
{
    char payers[512];
    if (params->n_payers == 0)
        return;
    kea_param_list(params->n_payers, params->payers, payers, sizeof payers);
    kea_buffer_add(
        out,
        "\n# Other ways to pay for the strategies than their care models say. Payers: %s;\n"
        "# others in other_payers. Leave out what there is not.\n"
        "# funding: (\n"
        "#     { name = \"...\"; %sshares = { %s = ...; }; rest = \"%s\";\n"
        "#       grants = ( { payer = \"...\"; amount = ...; first_year = 1; last_year = ...; } "
        ");\n"
        "#       ceilings = { %s = ...; }; indexation = ...; other_payers = [ \"...\" ];\n"
        "#       source = \"...\"; status = \"...\"; }\n"
        "# );\n",
        payers,
        params->home_payer ? "contribution = ...; contribution_last_year = ...; host_share = ...; "
                           : "",
        params->payers[0], params->payers[0], params->payers[params->n_payers - 1]);
}

kea_status kea_template(const kea_param_table *params, const char *model_name, char **text,
                        kea_error *err)
{
    kea_buffer out = {0};
    kea_buffer_add(&out, "# A scenario for keasim. Fill in every value, source and status;\n"
                         "# scenarios/README.md explains the format.\n"
                         "format = 1;\n"
                         "title = \"\";\n");
    kea_buffer_add(&out, "model = \"%s\";\n\n", model_name);
    write_settings(&out, "run", params);
    kea_buffer_add(&out,
                   "# the care model in place before the decision (a file of the models folder)\n"
                   "status_quo = \"\";\n"
                   "# the care models to compare, the comparator first\n"
                   "strategies = [ \"\", \"\" ];\n\n");
    write_settings(&out, "analysis", params);
    write_parameters(&out, params, KEA_WORLD);
    write_correlations(&out);
    write_what_ifs(&out);
    write_sites(&out, params);
    write_funding(&out, params);
    return kea_buffer_take(&out, text, err);
}

kea_status kea_template_care(const kea_param_table *params, char **text, kea_error *err)
{
    kea_buffer out = {0};
    kea_buffer_add(&out, "# A care model for keasim. Fill in every value, source and status.\n"
                         "# Parameters of the scenario may be given here too; they then hold for\n"
                         "# this care model only.\n"
                         "format = 1;\n"
                         "care_model: {\n"
                         "    # what people call it\n"
                         "    name = \"\";\n"
                         "    # what it is and whom it serves, in a few sentences\n"
                         "    summary = \"\";\n"
                         "    # where it is described\n"
                         "    source = \"\";\n"
                         "};\n\n");
    write_parameters(&out, params, KEA_CARE);
    return kea_buffer_take(&out, text, err);
}
