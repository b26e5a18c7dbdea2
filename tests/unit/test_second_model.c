/* A model that is not the first goes the whole way, from its scenario through plan, engine,
 * database, tables, summary and figures: all is there, in its own words and none of another
 * model's. */
#include "sim/cli/plan.h"
#include "sim/engine/run.h"
#include "sim/report/drawings.h"
#include "sim/report/summary.h"
#include "sim/store/record.h"
#include "sim/store/store.h"
#include "tests/support/files.h"
#include "tests/support/second_model.h"
#include "tests/support/support.h"

#include <ctype.h>
#include <stdbool.h>

enum { DRAWS = 30, MOST = 4000000 };

/* ---------------------------------------------------------------- scenarios */

static const char head[] =
    "format = 1; title = \"Nurses on a ward\"; model = \"%s\";\n"
    "run: { seed = \"7\"; draws = 30; replicates = 2; discount_costs = 0.035;\n"
    "       discount_effects = 0.015; };\n"
    "status_quo = \"usual\"; strategies = [%s];\n"
    "parameters: {\n"
    "    years = { value = 4; source = \"a\"; status = \"published\"; };\n"
    "    death = { value = 0.2; distribution = { family = \"beta\"; se = 0.03; };\n"
    "              source = \"b\"; status = \"published\"; };\n"
    "    stay = { value = 900.0; distribution = { family = \"gamma\"; se = 90.0; };\n"
    "             source = \"c\"; status = \"published\"; };\n"
    "    price = { value = 40.0; source = \"d\"; status = \"report\"; };\n"
    "};\n"
    "analysis: {\n"
    "    willingness_to_pay = { from = 0.0; to = 30000.0; n = 7; };\n"
    "    reference_willingness_to_pay = 20000.0;\n"
    "    %s\n"
    "    sweep_draws = 5; sweep_replicates = 1; tornado_replicates = 1; tornado_level = 0.95;\n"
    "};\n";

static const char sweeps[] = "sweeps = ( { parameter = \"death\";\n"
                             "             factor = { from = 0.5; to = 1.5; n = 3; }; } );\n";

/* A care model: `strength` of its effect, and its nurses where there are any. */
static void write_care(const char *folder, const char *id, const char *name, double strength,
                       const char *nurses)
{
    char path[FILES_PATH], file[64], text[1024];
    (void)snprintf(file, sizeof file, "models/%s.cfg", id);
    (void)snprintf(text, sizeof text,
                   "format = 1; care_model: { name = \"%s\"; summary = \"S.\"; source = \"s\"; };\n"
                   "parameters: { strength = { value = %.2f; source = \"e\"; status = "
                   "\"published\"; };\n%s};\n",
                   name, strength, nurses);
    files_write(folder, file, text, path);
}

/* Loads a scenario of one of the two models with `strategies`. */
static void load(kea_problem *problem, const char *folder, const kea_model *model,
                 const char *strategies, const char *analysis)
{
    char path[FILES_PATH], text[4096];
    kea_error err = {0};
    bool nurses = model == &second_model;
    const char *none = "nurse_hours = { value = 0.0; source = \"r\"; status = \"report\"; };\n";
    const char *few = "nurse_hours = { value = 2.0; source = \"r\"; status = \"report\"; };\n";
    const char *many = "nurse_hours = { value = 5.0; source = \"r\"; status = \"report\"; };\n";
    write_care(folder, "usual", "Usual care", 0, nurses ? none : "");
    write_care(folder, "visits", "Visits", 0.5, nurses ? few : "");
    write_care(folder, "clinic", "Clinic", 0.8, nurses ? many : "");
    write_care(folder, "both", "Visits and clinic", 1.1, nurses ? many : "");
    (void)snprintf(text, sizeof text, head, model->name, strategies, analysis);
    files_write(folder, "scenarios/nurses.cfg", text, path);
    assert_ok(kea_problem_load(problem, path, NULL, second_model_lookup, &err), err);
}

/* ---------------------------------------------------------------- a run */

typedef struct whole_run {
    char folder[FILES_PATH];
    const kea_model *model;
    kea_problem problem;
    kea_plan plan;
    kea_sample *samples; /* [plan.n] */
    kea_answer_part *parts;
    kea_answer_input input;
} whole_run;

static void in_folder(const whole_run *run, const char *name, char *path)
{
    assert_in_range(snprintf(path, FILES_PATH, "%s/%s", run->folder, name), 1, FILES_PATH - 1);
}

/* Simulates every part of the plan into a database. */
static void simulate(whole_run *run)
{
    char path[FILES_PATH];
    kea_error err = {0};
    kea_store *store = NULL;
    const kea_store_info info = {"1.2.3", "today", run->model->outcomes, run->model->n_outcomes,
                                 run->model->frame};
    const kea_run_options options = {.threads = 1};
    in_folder(run, "results.sqlite", path);
    assert_ok(kea_plan_make(&run->plan, &run->problem, &err), err);
    assert_ok(kea_store_create(&store, path, &info, &run->problem, &err), err);
    run->parts = calloc(run->plan.n, sizeof *run->parts);
    run->samples = calloc(run->plan.n, sizeof *run->samples);
    assert_true(run->parts && run->samples);
    for (size_t i = 0; i < run->plan.n; i++) {
        kea_plan_part *part = &run->plan.part[i];
        kea_sample *sample = &run->samples[i];
        size_t n = 1;
        assert_ok(kea_run(run->model, &run->problem, &part->design, &options, sample, &err), err);
        assert_ok(kea_store_begin(store, &part->design, &n, &err), err);
        assert_int_equal(n, 0);
        assert_ok(kea_store_add(store, &run->problem, &part->design, 0, sample, &err), err);
        run->parts[i] = (kea_answer_part){&part->design, sample};
    }
    assert_ok(kea_store_commit(store, &err), err);
    assert_ok(kea_store_finish(store, KEA_STORE_FINISHED, "today", &err), err);
    kea_store_close(store);
    run->input = (kea_answer_input){&run->problem, run->model->frame, run->plan.n, run->parts,
                                    run->model->caveat};
}

/* Tables into folder/tables, figures into folder/figures, the summary into folder/summary.txt. */
static void report(const whole_run *run, const kea_answer_input *input, const char *where)
{
    static const kea_summary_places places = {"F", "T", NULL};
    char path[FILES_PATH], name[64];
    kea_error err = {0};
    in_folder(run, where, path);
    assert_int_equal(mkdir(path, 0777), 0);
    (void)snprintf(name, sizeof name, "%s/tables", where);
    in_folder(run, name, path);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_ok(kea_answers_save(input, path, &err), err);
    (void)snprintf(name, sizeof name, "%s/figures", where);
    in_folder(run, name, path);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_ok(kea_drawings_save(input, path, &err), err);
    (void)snprintf(name, sizeof name, "%s/summary.txt", where);
    in_folder(run, name, path);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_ok(kea_summary_write(out, input, &places, &err), err);
    assert_int_equal(fclose(out), 0);
}

static void run_all(whole_run *run, const kea_model *model, const char *strategies,
                    const char *analysis)
{
    *run = (whole_run){.model = model};
    files_open(run->folder);
    load(&run->problem, run->folder, model, strategies, analysis);
    simulate(run);
    report(run, &run->input, "first");
}

static void free_all(whole_run *run)
{
    if (getenv("KEA_TEST_KEEP"))
        (void)puts(run->folder);
    else
        files_close(run->folder);
    for (size_t i = 0; i < run->plan.n; i++)
        kea_sample_free(&run->samples[i]);
    free(run->samples);
    free(run->parts);
    kea_plan_free(&run->plan);
    kea_problem_free(&run->problem);
}

/* ---------------------------------------------------------------- looking */

/* A whole file, 0-terminated, to be freed; its size in *size. */
static char *content(const whole_run *run, const char *name, size_t *size)
{
    char path[FILES_PATH];
    in_folder(run, name, path);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("there is no %s", name);
    char *text = calloc(1, MOST);
    assert_non_null(text);
    *size = fread(text, 1, MOST - 1, file);
    assert_int_equal(fclose(file), 0);
    return text;
}

/* The summary as one line. */
static char *summary(const whole_run *run)
{
    size_t size = 0, kept = 0;
    char *text = content(run, "first/summary.txt", &size);
    for (size_t i = 0; i < size; i++) {
        char c = text[i] == '\n' ? ' ' : text[i];
        if (c != ' ' || (kept > 0 && text[kept - 1] != ' '))
            text[kept++] = c;
    }
    text[kept] = '\0';
    return text;
}

static void assert_says(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("\"%s\" is not in:\n%s", words, text);
}

/* No word of the mbo model, in whatever letters. */
static void assert_no_other_model(const whole_run *run, const char *name)
{
    static const char *const words[] = {"student", "school", "vsv",   "leaver", "eur",
                                        "\u20ac",  "refer",  "reach", "team"};
    size_t size = 0;
    char *text = content(run, name, &size);
    for (size_t i = 0; i < size; i++)
        text[i] = (char)tolower((unsigned char)text[i]);
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        const char *found = strstr(text, words[w]);
        if (found)
            fail_msg("%s speaks of \"%s\": ...%.60s", name, words[w], found);
    }
    free(text);
}

/* Calls `check` for every file with the suffix; returns how many there are. */
static size_t each_file(const whole_run *run, const char *where, const char *suffix,
                        void (*check)(const whole_run *run, const char *name))
{
    char path[FILES_PATH], name[600];
    size_t n = 0;
    in_folder(run, where, path);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        const char *point = strrchr(entry->d_name, '.');
        if (!point || strcmp(point, suffix) != 0)
            continue;
        (void)snprintf(name, sizeof name, "%s/%s", where, entry->d_name);
        check(run, name);
        n++;
    }
    (void)closedir(dir);
    return n;
}

static void assert_files(const whole_run *run, const char *where, const char *suffix, size_t n,
                         const char *const *names)
{
    for (size_t i = 0; i < n; i++) {
        char name[128];
        size_t size = 0;
        (void)snprintf(name, sizeof name, "%s/%s%s", where, names[i], suffix);
        free(content(run, name, &size));
        assert_true(size > 50);
    }
    assert_int_equal(each_file(run, where, suffix, assert_no_other_model), n);
}

static void assert_same_as_second(const whole_run *run, const char *name)
{
    char second[700];
    size_t size[2];
    (void)snprintf(second, sizeof second, "second/%s", name + strlen("first/"));
    char *a = content(run, name, &size[0]), *b = content(run, second, &size[1]);
    if (size[0] != size[1] || memcmp(a, b, size[0]) != 0)
        fail_msg("%s comes out otherwise from the database", name);
    free(a);
    free(b);
}

/* ---------------------------------------------------------------- tests */

static void with_nurses_all_tables_and_figures_are_made(void **state)
{
    static const char *const tables[] = {"outcomes_whole",
                                         "outcomes_per_1",
                                         "kea",
                                         "net_benefit",
                                         "payers",
                                         "annual",
                                         "tornado_effect",
                                         "tornado_net_benefit",
                                         "sweep_hours",
                                         "sweep_death",
                                         "sweep_map_death"};
    static const char *const figures[] = {"plane", "acceptability", "tornado",
                                          "hours", "access",        "map_death"};
    whole_run run;
    (void)state;
    char analysis[512];
    (void)snprintf(analysis, sizeof analysis,
                   "hours_factor = { from = 0.0; to = 2.0; n = 5; };\n%s", sweeps);
    run_all(&run, &second_model, "\"usual\", \"visits\"", analysis);
    assert_files(&run, "first/tables", ".csv", sizeof tables / sizeof tables[0], tables);
    assert_files(&run, "first/figures", ".svg", sizeof figures / sizeof figures[0], figures);
    assert_no_other_model(&run, "first/summary.txt");
    free_all(&run);
}

/* Everything again from the database alone, to the last byte. */
static void the_database_is_enough(void **state)
{
    whole_run run;
    kea_record record;
    kea_error err = {0};
    char path[FILES_PATH], analysis[512];
    (void)state;
    (void)snprintf(analysis, sizeof analysis,
                   "hours_factor = { from = 0.0; to = 2.0; n = 3; };\n%s", sweeps);
    run_all(&run, &second_model, "\"usual\", \"visits\"", analysis);
    in_folder(&run, "results.sqlite", path);
    assert_ok(kea_record_read(&record, path, &err), err);
    kea_answer_part *parts = calloc(record.n_designs, sizeof *parts);
    assert_non_null(parts);
    for (size_t i = 0; i < record.n_designs; i++)
        parts[i] = (kea_answer_part){&record.designs[i].design, &record.designs[i].sample};
    const kea_answer_input input = {&record.problem, &record.frame, record.n_designs, parts,
                                    run.model->caveat};
    report(&run, &input, "second");
    assert_int_equal(each_file(&run, "first/tables", ".csv", assert_same_as_second), 11);
    assert_int_equal(each_file(&run, "first/figures", ".svg", assert_same_as_second), 6);
    assert_same_as_second(&run, "first/summary.txt");
    free(parts);
    kea_record_free(&record);
    free_all(&run);
}

/* Base case by hand: one person, 4 years, risk 0.2 against 0.2 exp(-0.5 x 2 / 3). */
static void says_it_in_its_own_words(void **state)
{
    whole_run run;
    kea_table table;
    kea_error err = {0};
    (void)state;
    run_all(&run, &second_model, "\"usual\", \"visits\"",
            "hours_factor = { from = 0.0; to = 2.0; n = 3; };");
    char *text = summary(&run);
    assert_says(text, "Visits costs GBP ");
    assert_says(text, " more per person than Usual care, and gains 0.2");
    assert_says(text, ") life years per person.");
    assert_says(text, "At GBP 20,000 per life year gained, an amount");
    assert_says(text, "the net benefit for the whole cohort is GBP ");
    assert_says(text, "chance between cohorts, from 30 draws.");
    assert_says(text, "on the life years gained per person.");
    assert_says(text, "of its 8 parameter values 3 come from reports on what is compared and 5 "
                      "from other publications.");
    assert_says(text, "Nobody is cured here.");
    assert_says(text, "of which borrowed");
    assert_says(text, "public purse"); /* which does not pay what society pays */
    free(text);
    double risk = 0.2 * exp(-0.5 * 2 / 3), gained = 0, cost = 0, alive[2] = {1, 1};
    double of_costs = 1, of_effects = 1;
    for (int y = 0; y < 4; y++) {
        gained += (alive[1] - alive[0]) * of_effects;
        cost += (alive[1] * (900 + 2 * 0.52 * 40) - alive[0] * 900) * of_costs;
        alive[0] *= 1 - 0.2;
        alive[1] *= 1 - risk;
        of_costs /= 1.035;
        of_effects /= 1.015;
    }
    assert_ok(kea_answers_kea(&table, &run.input, &err), err);
    const kea_cell *first = table.cells;
    size_t checked = 0;
    for (size_t c = 0; c < table.n_columns; c++) {
        if (strcmp(table.column[c].name, "base_gained") == 0) {
            assert_near(first[c].number, gained, 1e-12);
            checked++;
        } else if (strcmp(table.column[c].name, "base_extra_cost_gbp") == 0) {
            assert_near(first[c].number, cost, 1e-9);
            checked++;
        }
    }
    assert_int_equal(checked, 2);
    kea_table_free(&table);
    free_all(&run);
}

/* Four strategies, no staffing, no sweep: nothing is asked for that the model has not. */
static void without_staffing_and_sweeps(void **state)
{
    static const char *const tables[] = {"outcomes_whole", "outcomes_per_1", "kea",
                                         "net_benefit",    "payers",         "annual",
                                         "frontier",       "tornado_effect", "tornado_net_benefit"};
    static const char *const figures[] = {"plane",          "acceptability",  "frontier",
                                          "tornado_visits", "tornado_clinic", "tornado_both"};
    whole_run run;
    (void)state;
    run_all(&run, &second_model_unstaffed, "\"usual\", \"visits\", \"clinic\", \"both\"", "");
    assert_int_equal(run.plan.n, 3);
    assert_files(&run, "first/tables", ".csv", sizeof tables / sizeof tables[0], tables);
    assert_files(&run, "first/figures", ".svg", sizeof figures / sizeof figures[0], figures);
    char *text = summary(&run);
    assert_says(text, "Visits and clinic against Usual care.");
    assert_says(text, "Cost-effectiveness (KEA): each strategy against Usual care");
    free(text);
    free_all(&run);
}

/* A model without staffing refuses hours_factor, one with staffing needs it. */
static void staffing_decides_about_hours(void **state)
{
    char folder[FILES_PATH], path[FILES_PATH], text[4096];
    kea_problem problem;
    kea_error err = {0};
    (void)state;
    files_open(folder);
    load(&problem, folder, &second_model_unstaffed, "\"usual\", \"visits\"", sweeps);
    assert_int_equal(problem.settings.hours_factor.n, 0);
    assert_null(strstr(problem.text, "hours_factor"));
    assert_non_null(strstr(problem.text, "sweeps = ("));
    kea_problem_free(&problem);
    (void)snprintf(text, sizeof text, head, "home", "\"usual\", \"visits\"",
                   "hours_factor = { from = 0.0; to = 2.0; n = 3; };");
    files_write(folder, "scenarios/nurses.cfg", text, path);
    assert_int_equal(kea_problem_load(&problem, path, NULL, second_model_lookup, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(err.text,
                        "analysis.hours_factor: the model has no staffing to vary; remove it");
    (void)snprintf(text, sizeof text, head, "home", "\"usual\", \"visits\"", "subgroup_draws = 5;");
    files_write(folder, "scenarios/nurses.cfg", text, path);
    assert_int_equal(kea_problem_load(&problem, path, NULL, second_model_lookup, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(
        err.text, "analysis.subgroup_draws: the model tells no groups of people apart; remove it");
    (void)snprintf(text, sizeof text, head, "ward", "\"usual\", \"visits\"", "");
    files_write(folder, "scenarios/nurses.cfg", text, path);
    assert_int_equal(kea_problem_load(&problem, path, NULL, second_model_lookup, &err),
                     KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "'hours_factor' is missing"));
    files_close(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_nurses_all_tables_and_figures_are_made),
        cmocka_unit_test(the_database_is_enough),
        cmocka_unit_test(says_it_in_its_own_words),
        cmocka_unit_test(without_staffing_and_sweeps),
        cmocka_unit_test(staffing_decides_about_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
