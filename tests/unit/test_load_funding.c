/* Funding scenarios: read from a file, written to one, kept in a database. */
#include "sim/inputs/funding.h"
#include "sim/inputs/identity.h"
#include "sim/store/record.h"
#include "sim/store/store.h"
#include "tests/support/toy_problem.h"

#include "tests/support/toy_frame.h"

#include <math.h>

static const char *const payers[] = {"school", "town", "insurer"};

static const kea_param_table *payers_of(const char *name)
{
    static kea_param_table with;
    with = table;
    with.payers = payers;
    with.n_payers = 3;
    with.home_payer = "town";
    return strcmp(name, "toy") == 0 ? &with : NULL;
}

/* The made-up school with settings of a model that says who can pay, and this funding. */
static void write_with(const char *funding)
{
    char text[8192], path[FILES_PATH];
    int length = snprintf(text, sizeof text, "%s%s", scenario, funding);
    assert_in_range(length, 1, sizeof text - 1);
    char *level = strstr(text, "tornado_level");
    assert_non_null(level);
    const char settings[] = "budget_years = 4; smallest_municipality = 7; ";
    memmove(level + sizeof settings - 1, level, strlen(level) + 1);
    memcpy(level, settings, sizeof settings - 1);
    files_write(folder, "scenarios/paid.cfg", text, path);
}

static const char two[] =
    "funding: (\n"
    "    { name = \"as agreed\"; contribution = 12.5; contribution_last_year = 4; host_share = "
    "0.25; indexation = 0.02;\n"
    "      shares = { school = 0.5; insurer = 0.125; };\n"
    "      ceilings = { insurer = 900; town = 70000.5; };\n"
    "      rest = \"school\"; source = \"a contract\"; status = \"report\"; },\n"
    "    { name = \"a project\"; other_payers = [ \"province\" ]; rest = \"insurer\";\n"
    "      grants = ( { payer = \"province\"; amount = 5000; last_year = 3; },\n"
    "                 { payer = \"school\"; amount = 250.75; first_year = 2; last_year = 2; } );\n"
    "      source = \"an idea\"; status = \"assumption\"; }\n"
    ");\n";

static void load(kea_problem *problem, const char *name)
{
    char path[2 * FILES_PATH];
    kea_error err = {0};
    (void)snprintf(path, sizeof path, "%s/scenarios/%s", folder, name);
    assert_ok(kea_problem_load(problem, path, NULL, payers_of, &err), err);
}

static void assert_two(const kea_fundings *all)
{
    assert_non_null(all);
    assert_int_equal(all->n, 2);
    assert_int_equal(all->n_payers, 4);
    assert_string_equal(all->payer[1], "town");
    assert_string_equal(all->payer[3], "province");
    const kea_funding_scenario *a = &all->item[0], *b = &all->item[1];
    assert_string_equal(a->name, "as agreed");
    assert_string_equal(a->source, "a contract");
    assert_int_equal(a->evidence, KEA_REPORT);
    assert_near(a->host_share, .25, 0);
    assert_int_equal(a->terms.n_payers, 4);
    assert_int_equal(a->terms.levied, 1);
    assert_near(a->terms.levy, 12.5, 0);
    assert_int_equal(a->terms.levy_last, 4);
    assert_near(a->terms.indexation, .02, 0);
    assert_near(a->terms.share[0], .5, 0);
    assert_near(a->terms.share[2], .125, 0);
    assert_near(a->terms.ceiling[1], 70000.5, 0);
    assert_near(a->terms.ceiling[2], 900, 0);
    assert_true(isinf(a->terms.ceiling[0]) && isinf(a->terms.ceiling[3]));
    assert_int_equal(a->terms.residual, 0);
    assert_int_equal(a->terms.n_grants, 0);
    assert_int_equal(b->evidence, KEA_ASSUMPTION);
    assert_int_equal(b->terms.residual, 2);
    assert_near(b->terms.levy, 0, 0);
    assert_int_equal(b->terms.levy_last, 0);
    assert_int_equal(b->terms.n_grants, 2);
    const kea_grant *province = &b->terms.grant[0], *school = &b->terms.grant[1];
    assert_int_equal(province->payer, 3);
    assert_near(province->amount, 5000, 0);
    assert_int_equal(province->first, 1);
    assert_int_equal(province->last, 3);
    assert_int_equal(school->payer, 0);
    assert_near(school->amount, 250.75, 0);
    assert_int_equal(school->first, 2);
    assert_int_equal(school->last, 2);
}

static void scenarios_are_read_and_written(void **state)
{
    kea_problem problem, again;
    char path[FILES_PATH];
    (void)state;
    write_with(two);
    load(&problem, "paid.cfg");
    assert_two(problem.funding);
    assert_int_equal(problem.settings.budget_years, 4);
    assert_int_equal(problem.settings.smallest_home, 7);
    files_write(folder, "scenarios/resolved.cfg", problem.text, path);
    load(&again, "resolved.cfg");
    assert_two(again.funding);
    kea_problem_free(&again);
    kea_problem_free(&problem);
}

/* A scenario without them has none, and a model without payers can have none. */
static void none_is_none(void **state)
{
    kea_problem problem;
    char path[FILES_PATH];
    kea_error err = {0};
    (void)state;
    write_with("");
    load(&problem, "paid.cfg");
    assert_null(problem.funding);
    assert_null(strstr(problem.text, "funding"));
    kea_problem_free(&problem);
    char text[8192];
    (void)snprintf(text, sizeof text, "%s%s", scenario, two);
    files_write(folder, "scenarios/nobody.cfg", text, path);
    assert_int_equal(kea_problem_load(&problem, path, NULL, lookup, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "funding: the model \"toy\" does not say who can pay; remove it");
}

static void scenarios_are_kept(void **state)
{
    kea_problem problem;
    kea_record record;
    kea_store *store = NULL;
    char path[2 * FILES_PATH];
    kea_error err = {0};
    const kea_store_info info = {"1", "then", outcomes, N_OUTCOMES, &toy_frame};
    (void)state;
    write_with(two);
    load(&problem, "paid.cfg");
    (void)snprintf(path, sizeof path, "%s/results.sqlite", folder);
    assert_ok(kea_store_create(&store, path, &info, &problem, &err), err);
    assert_ok(kea_store_finish(store, KEA_STORE_FINISHED, "now", &err), err);
    kea_store_close(store);
    assert_ok(kea_record_read(&record, path, &err), err);
    assert_two(record.problem.funding);
    assert_int_equal(record.problem.params.n_payers, 3);
    assert_string_equal(record.problem.params.payers[2], "insurer");
    assert_string_equal(record.problem.params.home_payer, "town");
    assert_int_equal(record.problem.settings.budget_years, 4);
    kea_record_free(&record);
    kea_problem_free(&problem);
    (void)remove(path);
    /* without any, the payers of the model are kept all the same */
    write_with("");
    load(&problem, "paid.cfg");
    assert_ok(kea_store_create(&store, path, &info, &problem, &err), err);
    kea_store_close(store);
    assert_ok(kea_record_read(&record, path, &err), err);
    assert_null(record.problem.funding);
    assert_int_equal(record.problem.params.n_payers, 3);
    kea_record_free(&record);
    kea_problem_free(&problem);
    (void)remove(path);
}

/* Another arrangement is another problem: a run is not gone on with by it. */
static void another_arrangement_is_another_problem(void **state)
{
    kea_problem problem;
    char *text[2] = {NULL, NULL}, other[sizeof two];
    kea_error err = {0};
    (void)state;
    memcpy(other, two, sizeof two);
    memcpy(strstr(other, "12.5"), "12.6", 4);
    for (int i = 0; i < 2; i++) {
        kea_buffer out = {0};
        write_with(i == 0 ? two : other);
        load(&problem, "paid.cfg");
        kea_identity_add(&out, &problem);
        assert_ok(kea_buffer_take(&out, &text[i], &err), err);
        kea_problem_free(&problem);
    }
    assert_ok(kea_identity_compare(text[0], text[0], &err), err);
    assert_int_equal(kea_identity_compare(text[0], text[1], &err), KEA_ERR_INPUT);
    free(text[0]);
    free(text[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenarios_are_read_and_written),
        cmocka_unit_test(none_is_none),
        cmocka_unit_test(scenarios_are_kept),
        cmocka_unit_test(another_arrangement_is_another_problem),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
