/* Writing the result database: what goes wrong is said, what was killed stays readable, and a
 * person can query it. Reading back is tested in test_record.c. */
#include "tests/support/toy_store.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void test_exists_already(void **state)
{
    kea_problem problem;
    kea_store *store = NULL;
    kea_error err = {0};
    place where;
    char content[16] = "";
    (void)state;
    make_place(&where);
    toy_problem(&problem);
    FILE *file = fopen(where.path, "w");
    assert_non_null(file);
    assert_true(fputs("mine", file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(kea_store_create(&store, where.path, &info, &problem, &err), KEA_ERR_IO);
    assert_null(store);
    assert_string_equal(err.file, where.path);
    assert_non_null(strstr(err.text, "exists already"));
    file = fopen(where.path, "r");
    assert_non_null(file);
    assert_non_null(fgets(content, sizeof content, file));
    assert_int_equal(fclose(file), 0);
    assert_string_equal(content, "mine");
    kea_problem_free(&problem);
    remove_place(&where);
}

static void test_unwritable(void **state)
{
    kea_problem problem;
    kea_store *store = NULL;
    kea_error err = {0};
    place where;
    char path[320];
    (void)state;
    make_place(&where);
    toy_problem(&problem);
    (void)snprintf(path, sizeof path, "%s/no/such/folder.sqlite", where.folder);
    assert_int_equal(kea_store_create(&store, path, &info, &problem, &err), KEA_ERR_IO);
    assert_string_equal(err.file, path);
    assert_non_null(strstr(err.text, "No such file or directory"));
    if (geteuid() != 0) { /* root may write anywhere */
        assert_int_equal(chmod(where.folder, 0500), 0);
        assert_int_equal(kea_store_create(&store, where.path, &info, &problem, &err), KEA_ERR_IO);
        assert_non_null(strstr(err.text, "Permission denied"));
        assert_int_equal(chmod(where.folder, 0700), 0);
    }
    kea_problem_free(&problem);
    remove_place(&where);
}

/* Results of other sizes, a point twice and a point left out are refused, and leave no trace. */
static void test_wrong_writes(void **state)
{
    kea_problem problem;
    kea_design base, psa;
    kea_sample sample;
    kea_store *store = NULL;
    kea_record record;
    kea_error err = {0};
    place where;
    size_t n = 9;
    (void)state;
    make_place(&where);
    toy_problem(&problem);
    assert_ok(kea_store_create(&store, where.path, &info, &problem, &err), err);
    assert_ok(kea_design_base(&base, &problem, 2, &err), err);
    assert_ok(kea_design_psa(&psa, &problem, 3, &err), err);
    assert_ok(kea_store_begin(store, &base, &n, &err), err);
    assert_int_equal(n, 0);
    fill_sample(&sample, &psa);
    assert_int_equal(kea_store_add(store, &problem, &base, 0, &sample, &err), KEA_ERR_INTERNAL);
    assert_non_null(strstr(err.text, "other sizes"));
    kea_sample_free(&sample);
    assert_int_equal(add_points(store, &problem, &base, 1, 2, 1, &err), KEA_ERR_INTERNAL);
    assert_string_equal(err.text, "design base gets point 1 where point 0 is next");
    assert_ok(add_points(store, &problem, &base, 0, 1, 1, &err), err);
    assert_int_equal(add_points(store, &problem, &base, 0, 1, 1, &err), KEA_ERR_INTERNAL);
    assert_string_equal(err.text, "design base gets point 0 where point 1 is next");
    assert_ok(add_points(store, &problem, &base, 1, 2, 1, &err), err);
    write_design(store, &problem, &psa);
    assert_ok(kea_store_finish(store, KEA_STORE_INTERRUPTED, "later", &err), err);
    kea_store_close(store);
    assert_ok(kea_record_read(&record, where.path, &err), err);
    assert_int_equal(record.state, KEA_STORE_INTERRUPTED);
    assert_int_equal(record.n_designs, 2);
    assert_same_results(kea_record_find(&record, "base"), &base);
    kea_record_free(&record);
    kea_design_free(&base);
    kea_problem_free(&problem);
    remove_place(&where);
}

/* A run that broke off within a design is gone on with where it was; then all is as if it had not.
 */
static void test_gone_on_with(void **state)
{
    kea_problem problem;
    kea_design base, psa;
    kea_store *store = NULL;
    kea_record record;
    kea_error err = {0};
    place where;
    size_t n = 9;
    (void)state;
    make_place(&where);
    toy_problem(&problem);
    assert_ok(kea_design_base(&base, &problem, 2, &err), err);
    assert_ok(kea_design_psa(&psa, &problem, 7, &err), err);
    assert_ok(kea_store_create(&store, where.path, &info, &problem, &err), err);
    assert_ok(kea_store_begin(store, &base, &n, &err), err);
    assert_ok(add_points(store, &problem, &base, 0, 2, 2, &err), err);
    assert_ok(kea_store_begin(store, &psa, &n, &err), err);
    assert_ok(add_points(store, &problem, &psa, 0, 4, 2, &err), err);
    assert_ok(kea_store_commit(store, &err), err);
    assert_ok(add_points(store, &problem, &psa, 4, 6, 2, &err), err);
    kea_store_close(store); /* points 4 and 5 were not committed */
    assert_ok(kea_record_read(&record, where.path, &err), err);
    assert_int_equal(record.n_designs, 1);
    assert_same_results(kea_record_find(&record, "base"), &base);
    assert_null(kea_record_find(&record, "psa"));
    kea_record_free(&record);

    assert_ok(kea_store_open(&store, where.path, &info, &problem, &err), err);
    assert_ok(kea_store_points(store, "psa", &n, &err), err);
    assert_int_equal(n, 4);
    assert_ok(kea_store_points(store, "hours", &n, &err), err);
    assert_int_equal(n, 0);
    assert_ok(kea_store_begin(store, &base, &n, &err), err);
    assert_int_equal(n, 2);
    assert_ok(kea_store_begin(store, &psa, &n, &err), err);
    assert_int_equal(n, 4);
    assert_int_equal(add_points(store, &problem, &psa, 6, 7, 1, &err), KEA_ERR_INTERNAL);
    assert_ok(add_points(store, &problem, &psa, 4, 7, 2, &err), err);
    assert_ok(kea_store_finish(store, KEA_STORE_FINISHED, "later", &err), err);
    kea_store_close(store);
    assert_ok(kea_record_read(&record, where.path, &err), err);
    assert_int_equal(record.state, KEA_STORE_FINISHED);
    assert_same_results(kea_record_find(&record, "psa"), &psa);
    kea_record_free(&record);
    /* killed before its folder got its name: all is there, and it is finished once more */
    assert_ok(kea_store_open(&store, where.path, &info, &problem, &err), err);
    assert_ok(kea_store_begin(store, &psa, &n, &err), err);
    assert_int_equal(n, 7);
    assert_ok(kea_store_finish(store, KEA_STORE_FINISHED, "later", &err), err);
    kea_store_close(store);
    kea_design_free(&base);
    kea_design_free(&psa);
    kea_problem_free(&problem);
    remove_place(&where);
}

/* What differs is named, and the database stays as it was. */
static void expect_refusal(const char *path, const kea_store_info *with, const kea_problem *problem,
                           const char *text)
{
    kea_store *store = NULL;
    kea_error err = {0};
    assert_int_equal(kea_store_open(&store, path, with, problem, &err), KEA_ERR_INPUT);
    assert_null(store);
    assert_string_equal(err.file, path);
    if (!strstr(err.text, text))
        fail_msg("\"%s\" is not in \"%s\"", text, err.text);
}

static void test_another_run(void **state)
{
    kea_store_info other = info;
    kea_problem problem;
    kea_design base, more;
    kea_store *store = NULL;
    kea_error err = {0};
    place where;
    size_t n = 0;
    (void)state;
    make_place(&where);
    toy_problem(&problem);
    toy_correlate(&problem);
    assert_ok(kea_store_create(&store, where.path, &info, &problem, &err), err);
    assert_ok(kea_design_base(&base, &problem, 2, &err), err);
    assert_ok(kea_store_begin(store, &base, &n, &err), err);
    kea_store_close(store);
    other.version = "1.2.4";
    expect_refusal(where.path, &other, &problem,
                   "it was begun with: keasim = 1.2.3; now it is: keasim = 1.2.4.");
    other = info;
    other.n_outcomes = 2;
    expect_refusal(where.path, &other, &problem,
                   "begun with: outcome 2 = diplomas; now it is: nothing");
    problem.settings.seed--;
    expect_refusal(where.path, &info, &problem,
                   "run.seed = 18446744073709551557; now it is: run.seed = 18446744073709551556");
    problem.settings.seed++;
    problem.settings.draws = 1002;
    expect_refusal(where.path, &info, &problem, "run.draws = 1001");
    problem.settings.draws = 1001;
    problem.entries[TOY_E_PRICE].value = nextafter(10, 11);
    expect_refusal(where.path, &info, &problem, "begun with: parameter price = 10");
    problem.entries[TOY_E_PRICE].value = 10;
    problem.entries[TOY_E_PRICE].dist.p[1] = 15;
    expect_refusal(where.path, &info, &problem, "parameter price = ");
    problem.entries[TOY_E_PRICE].dist.p[1] = 14;
    problem.correlations[1].members[0].sign = 1;
    expect_refusal(where.path, &info, &problem, "correlation \"market\" = 0.375, -alpha.hours");
    problem.correlations[1].members[0].sign = -1;
    problem.strategies[2] = 1;
    expect_refusal(where.path, &info, &problem, "strategy 2 = beta; now it is: strategy 2 = alpha");
    problem.strategies[2] = 2;
    problem.entries[TOY_E_PRICE].line++; /* no difference */
    assert_ok(kea_store_open(&store, where.path, &info, &problem, &err), err);
    assert_ok(kea_design_base(&more, &problem, 3, &err), err);
    assert_int_equal(kea_store_begin(store, &more, &n, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "design base has other sizes"));
    kea_store_close(store);
    kea_design_free(&base);
    kea_design_free(&more);
    kea_problem_free(&problem);
    remove_place(&where);
}

/* What a run that was killed while it made its database has left is no obstacle. */
static void test_half_made(void **state)
{
    kea_problem problem;
    kea_store *store = NULL;
    kea_error err = {0};
    place where;
    char path[320];
    (void)state;
    make_place(&where);
    toy_problem(&problem);
    (void)snprintf(path, sizeof path, "%s.new", where.path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs("half", file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_ok(kea_store_create(&store, where.path, &info, &problem, &err), err);
    assert_int_equal(access(path, F_OK), -1);
    kea_store_close(store);
    kea_problem_free(&problem);
    remove_place(&where);
}

/* Runs `child` in a process of its own and returns its wait status. */
static int in_child(void (*child)(const char *path), const char *path)
{
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        child(path);
        _exit(99);
    }
    assert_true(waitpid(pid, &status, 0) == pid);
    return status;
}

/* In a child: a store with its base case, open. No assertions, they belong to the parent. */
static kea_store *child_store(const char *path, kea_problem *problem)
{
    kea_store *store = NULL;
    kea_design base;
    size_t n = 0;
    toy_problem(problem);
    if (kea_design_base(&base, problem, 2, NULL) != KEA_OK ||
        kea_store_create(&store, path, &info, problem, NULL) != KEA_OK ||
        kea_store_begin(store, &base, &n, NULL) != KEA_OK ||
        add_points(store, problem, &base, 0, 2, 2, NULL) != KEA_OK ||
        kea_store_commit(store, NULL) != KEA_OK)
        _exit(98);
    return store;
}

static void killed_between(const char *path)
{
    kea_problem problem;
    (void)child_store(path, &problem);
    (void)raise(SIGKILL);
}

/* Writes far more than the allowed file size, so that the system ends it or refuses. */
static kea_status write_too_much(const char *path, kea_error *err)
{
    const struct rlimit no_core = {0, 0}, size = {200000, 200000};
    kea_problem problem;
    kea_design psa;
    size_t n = 0;
    kea_store *store = child_store(path, &problem);
    if (kea_design_psa(&psa, &problem, 20000, NULL) != KEA_OK ||
        kea_store_begin(store, &psa, &n, NULL) != KEA_OK)
        _exit(97);
    if (setrlimit(RLIMIT_CORE, &no_core) != 0 || setrlimit(RLIMIT_FSIZE, &size) != 0)
        _exit(96);
    kea_status status = add_points(store, &problem, &psa, 0, 20000, 500, err);
    kea_store_close(store);
    return status;
}

static void killed_within(const char *path)
{
    kea_error err = {0};
    (void)signal(SIGXFSZ, SIG_DFL);
    (void)write_too_much(path, &err);
}

static void disk_full(const char *path)
{
    kea_error err = {0};
    (void)signal(SIGXFSZ, SIG_IGN);
    kea_status status = write_too_much(path, &err);
    bool right = status == KEA_ERR_IO && strcmp(err.file, path) == 0 && err.text[0] != '\0';
    _exit(right ? 0 : 95);
}

/* Readable, unfinished, with the base case complete and nothing else. */
static void assert_unfinished(const char *path)
{
    kea_record record;
    kea_problem problem;
    kea_design base;
    kea_error err = {0};
    toy_problem(&problem);
    assert_ok(kea_record_read(&record, path, &err), err);
    assert_int_equal(record.state, KEA_STORE_UNFINISHED);
    assert_null(record.finished);
    assert_int_equal(record.n_designs, 1);
    assert_ok(kea_design_base(&base, &problem, 2, &err), err);
    assert_same_results(kea_record_find(&record, "base"), &base);
    kea_design_free(&base);
    kea_record_free(&record);
    kea_problem_free(&problem);
}

static void test_killed_between_designs(void **state)
{
    place where;
    (void)state;
    make_place(&where);
    int status = in_child(killed_between, where.path);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    assert_unfinished(where.path);
    remove_place(&where);
}

static void test_killed_within_a_design(void **state)
{
    place where;
    struct stat half;
    char journal[320];
    (void)state;
    make_place(&where);
    int status = in_child(killed_within, where.path);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ);
    (void)snprintf(journal, sizeof journal, "%s-journal", where.path);
    assert_int_equal(stat(journal, &half), 0); /* it was in the middle of a transaction */
    assert_unfinished(where.path);
    remove_place(&where);
}

static void test_disk_full(void **state)
{
    place where;
    (void)state;
    make_place(&where);
    int status = in_child(disk_full, where.path);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_unfinished(where.path);
    remove_place(&where);
}

static void test_views(void **state)
{
    static const struct {
        const char *question, *answer;
    } cases[] = {
        /* arm 2 has 100 x 2 x 3 = 600 more than arm 0, at every point and scope */
        {"SELECT strategy, outcome, count(*), min(window), max(discounted) FROM v_increment "
         "WHERE strategy = 'Team beta' AND outcome = 'team' GROUP BY 1, 2;",
         "Team beta|team|5|600.0|600.0\n"},
        {"SELECT count(*) FROM v_increment;", "30\n"},
        {"SELECT round(total, 3), unit, factor, cohort FROM v_result WHERE design = 'hours' "
         "AND draw = 2 AND factor = 3 AND outcome = 'diplomas';",
         "4021.333|students|3.0|2\n"},
        {"SELECT DISTINCT parameter FROM v_result WHERE design = 'tornado' AND group_number = 11;",
         "price\n"},
        {"SELECT count(*), count(DISTINCT parameter) FROM v_draw;", "40|8\n"},
        {"SELECT name, label, element_name, element_label FROM parameter WHERE name = 'mix.y' OR "
         "name = 'beta.hours' ORDER BY number;",
         "mix.y|mix of three|y|part y\nbeta.hours|team hours||\n"},
        {"SELECT name, low, high, unit, status, line FROM parameter WHERE name = 'price';",
         "price|8.15|13.85|EUR per hour|published|17\n"},
        {"SELECT typeof(value), value FROM setting WHERE key = 'run.seed';",
         "text|18446744073709551557\n"},
        {"SELECT c.name, c.rho, c.status, m.sign, p.name FROM correlation_member m JOIN "
         "correlation c "
         "ON c.number = m.correlation JOIN parameter p ON p.number = m.parameter "
         "WHERE c.number = 1 ORDER BY m.number;",
         "market|0.375|assumption|-1|alpha.hours\nmarket|0.375|assumption|1|price\n"},
        {"SELECT status, title, stream_scheme, resumed, length(hash) FROM run;",
         "finished|A toy|1|0|16\n"},
        {"SELECT name, kind, sweep, n_groups, n_repeats, drawn FROM design;",
         "base|base||1|2|0\npsa|psa||1|5|1\nhours|hours||1|3|1\ntornado|tornado||17|2|0\n"
         "map_price|map|1|2|2|0\n"},
        {"SELECT design, count(*), min(length(amounts)) FROM result_by_year GROUP BY 1;",
         "0|6|48\n1|15|48\n"},
        {"PRAGMA integrity_check; PRAGMA foreign_key_check; PRAGMA journal_mode;", "ok\ndelete\n"},
    };
    kea_problem problem;
    char answer[1024];
    place where;
    (void)state;
    make_place(&where);
    write_run(where.path, &problem);
    bool present = true;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0] && present; i++) {
        present = ask(where.path, cases[i].question, answer, sizeof answer);
        if (present)
            assert_string_equal(answer, cases[i].answer);
    }
    kea_problem_free(&problem);
    remove_place(&where);
    if (!present)
        skip();
}

/* Every query of the README works. */
static void test_readme_queries(void **state)
{
    char line[512], query[4096] = "", answer[65536];
    kea_problem problem;
    place where;
    int n = 0;
    bool within = false, present = true;
    (void)state;
    make_place(&where);
    write_run(where.path, &problem);
    FILE *readme = fopen(KEA_SOURCE_DIR "/sim/store/README.md", "r");
    assert_non_null(readme);
    while (fgets(line, sizeof line, readme) && present) {
        if (strcmp(line, "```sql\n") == 0) {
            within = true;
            query[0] = '\0';
        } else if (within && strcmp(line, "```\n") == 0) {
            within = false;
            present = ask(where.path, query, answer, sizeof answer);
            n++;
        } else if (within) {
            (void)strncat(query, line, sizeof query - strlen(query) - 1);
        }
    }
    assert_int_equal(fclose(readme), 0);
    kea_problem_free(&problem);
    remove_place(&where);
    if (!present)
        skip();
    assert_int_equal(n, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exists_already),
        cmocka_unit_test(test_unwritable),
        cmocka_unit_test(test_wrong_writes),
        cmocka_unit_test(test_gone_on_with),
        cmocka_unit_test(test_another_run),
        cmocka_unit_test(test_half_made),
        cmocka_unit_test(test_killed_between_designs),
        cmocka_unit_test(test_killed_within_a_design),
        cmocka_unit_test(test_disk_full),
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_readme_queries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
