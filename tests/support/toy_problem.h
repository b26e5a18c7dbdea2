/* A small made-up model with a scenario and two care models, as files, for tests of the loader. */
#ifndef KEA_TESTS_SUPPORT_TOY_PROBLEM_H
#define KEA_TESTS_SUPPORT_TOY_PROBLEM_H

#include "sim/inputs/problem.h"
#include "tests/support/files.h"
#include "tests/support/support.h"

#include <stdint.h>

static const char *const levels[] = {"low", "middle", "high"};
static const char *const level_titles[] = {"low level", "middle level", "high level"};
static const char *const sizes[] = {"light", "severe"};
static const char *const size_titles[] = {"light cases", "severe cases"};

static const kea_param_decl decls[] = {
    {"students", "places at school", 1, NULL, NULL, "students", 1, 100000, KEA_INTEGER, KEA_WORLD,
     "Places."},
    {"hazard", "leaving", 3, levels, level_titles, "per year", 0, 10, KEA_NUMBER, KEA_WORLD,
     "Hazard of leaving."},
    {"mix", "mix of levels", 3, levels, level_titles, "share", 0, 1, KEA_SHARES, KEA_WORLD,
     "Share of each level."},
    {"accept", "who accept", 1, NULL, NULL, "share", 0, 1, KEA_NUMBER, KEA_WORLD,
     "Share who accept."},
    {"hours", "hours of the team", 1, NULL, NULL, "hours", 0, 1000, KEA_STAFFING, KEA_CARE,
     "Team hours."},
    {"handles", "cases for the team", 2, sizes, size_titles, "share", 0, 1, KEA_NUMBER, KEA_CARE,
     "Share for the team."},
};
static const kea_param_table table = {.decl = decls, .n = 6, .size = "students"};

enum { SLOT_ACCEPT = 7, SLOT_HOURS = 8, N_SLOTS = 11 };
/* 8 shared elements; the school counsellor gives 3, the team 3 and its own accept */
enum { N_WORLD = 8, N_ENTRIES = 15 };

static const char scenario[] =
    "format = 1;\n"
    "title = \"A made-up school\";\n"
    "model = \"toy\";\n"
    "run: { seed = \"18446744073709551615\"; draws = 40; replicates = 6;\n"
    "       discount_costs = 0.03; discount_effects = 0.015; };\n"
    "status_quo = \"counsellor\";\n"
    "strategies = [\"counsellor\", \"team\"];\n"
    "parameters: {\n"
    "    @include \"blocks/school.cfg\"\n"
    "    mix = { value = [0.5, 0.3, 0.2];\n"
    "            distribution = { family = \"dirichlet\"; concentration = 80; };\n"
    "            source = \"census\"; status = \"published\"; };\n"
    "    accept = { value = 0.6; distribution = { family = \"beta\"; low = 0.4; high = 0.8; };\n"
    "               source = \"guess\"; status = \"assumption\"; };\n"
    "};\n"
    "analysis: {\n"
    "    willingness_to_pay = { from = 0; to = 900; n = 10; };\n"
    "    reference_willingness_to_pay = 450.5;\n"
    "    hours_factor = { from = 0.5; to = 2.5; n = 5; };\n"
    "    sweeps = (\n"
    "        { parameter = \"hazard\"; element = \"middle\";\n"
    "          factor = { from = 0.25; to = 1.25; n = 3; }; },\n"
    "        { parameter = \"accept\"; factor = { from = 0.75; to = 1.75; n = 2; }; }\n"
    "    );\n"
    "    sweep_draws = 7; sweep_replicates = 8; tornado_replicates = 9;\n"
    "    tornado_level = 0.9;\n"
    "};\n";

static const char block[] =
    "# a shared block\n"
    "students = { value = 250; source = \"annual \\\"report\\\"\"; status = \"report\"; };\n"
    "hazard = { value = [0.11, 0.07, 0]; distribution = { family = \"gamma\"; se = [0.02, 0.01, "
    "0]; "
    "};\n"
    "           source = \"register\"; status = \"published\"; };\n";

static const char counsellor[] =
    "format = 1;\n"
    "care_model: { name = \"Counsellor\"; summary = \"One person.\"; source = \"none\"; };\n"
    "parameters: {\n"
    "    hours = { value = 1.5; source = \"rota\"; status = \"report\"; };\n"
    "    handles = { value = [0.4, 0.1]; source = \"rota\"; status = \"assumption\"; };\n"
    "};\n";

static const char team[] =
    "format = 1;\n"
    "care_model: { name = \"Team\"; summary = \"Several people.\"; source = \"plan\"; };\n"
    "parameters: {\n"
    "    hours = { value = 5.0; distribution = { family = \"normal\"; mu = 5.2; sd = 0.4; };\n"
    "              source = \"rota\"; status = \"report\"; };\n"
    "    handles: {\n"
    "        light = { value = 0.9; source = \"study\"; status = \"published\"; };\n"
    "        severe = { value = 0.8; distribution = { family = \"uniform\"; min = 0.7; max = 0.95; "
    "};\n"
    "                   source = \"judgement\"; status = \"assumption\"; };\n"
    "    };\n"
    "    accept = { value = 0.75; source = \"survey\"; status = \"report\"; };\n"
    "};\n";

static char folder[FILES_PATH];
static char scenario_path[FILES_PATH];

static inline int open_folder(void **state)
{
    char path[FILES_PATH];
    (void)state;
    files_open(folder);
    files_write(folder, "scenarios/blocks/school.cfg", block, path);
    files_write(folder, "models/counsellor.cfg", counsellor, path);
    files_write(folder, "models/team.cfg", team, path);
    files_write(folder, "scenarios/toy.cfg", scenario, scenario_path);
    return 0;
}

static inline int close_folder(void **state)
{
    (void)state;
    files_close(folder);
    return 0;
}

static inline const kea_param_table *lookup(const char *model_name)
{
    return strcmp(model_name, "toy") == 0 ? &table : NULL;
}

static inline void load_with(kea_problem *problem, size_t n, const char *const *set)
{
    kea_error err = {0};
    const kea_load_options options = {NULL, n, set};
    assert_ok(kea_problem_load(problem, scenario_path, &options, lookup, &err), err);
}

static inline kea_problem loaded(void)
{
    kea_problem problem;
    load_with(&problem, 0, NULL);
    return problem;
}

/* The scenario with more text at its end. */
static inline kea_problem loaded_with(const char *more)
{
    char path[FILES_PATH], text[2 * sizeof scenario];
    kea_problem problem;
    kea_error err = {0};
    (void)snprintf(text, sizeof text, "%s%s", scenario, more);
    files_write(folder, "scenarios/more.cfg", text, path);
    assert_ok(kea_problem_load(&problem, path, NULL, lookup, &err), err);
    return problem;
}

static inline const kea_entry *entry_of(const kea_problem *problem, const char *name)
{
    size_t index = 0;
    if (!kea_problem_find(problem, name, &index))
        fail_msg("there is no entry %s", name);
    return &problem->entries[index];
}

#endif
