/* Every figure is drawn into a temporary folder: the files are there, small enough, well formed and
 * say what they should; what cannot be written is an error, never an exit. */
#include "sim/report/figures.h"
#include "tests/support/drawn.h"
#include "tests/support/support.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { N_POINTS = 1000, N_HOURS = 9, N_WTP = 61, N_Y = 7 };

/* ---------------------------------------------------------------- made-up results */

static double effect[N_POINTS], cost[N_POINTS];
static double hours[N_HOURS], rising[N_HOURS], low[N_HOURS], high[N_HOURS], euros[N_HOURS];
static double wtp[N_WTP], probability[2 * N_WTP];
static double rate[N_Y], benefit[N_HOURS * N_Y];

static void make_results(void)
{
    for (int i = 0; i < N_POINTS; i++) {
        double a = fmod(0.754877666 * (i + 1), 1), b = fmod(0.569840291 * (i + 1), 1);
        double normal = sqrt(-2 * log(a + 1e-9));
        effect[i] = 250 + 100 * normal * cos(6.283185307 * b);
        cost[i] = 3.5e6 + 5e5 * normal * sin(6.283185307 * b);
    }
    for (int i = 0; i < N_HOURS; i++) {
        hours[i] = 2.6 * i;
        rising[i] = 330 * (1 - exp(-hours[i] / 4));
        low[i] = 0.3 * rising[i];
        high[i] = 1.8 * rising[i];
        euros[i] = 7e5 * hours[i];
    }
    for (int i = 0; i < N_WTP; i++) {
        wtp[i] = 2000.0 * i;
        probability[i] = 1 / (1 + exp((wtp[i] - 16000) / 4000));
        probability[N_WTP + i] = 1 - probability[i];
    }
    for (int j = 0; j < N_Y; j++) {
        rate[j] = 0.15 * j;
        for (int i = 0; i < N_HOURS; i++)
            benefit[j * N_HOURS + i] = 30000 * rising[i] * (0.6 + rate[j]) - euros[i] - 2e5;
    }
}

static const kea_cloud cloud = {"School als Werkplaats", N_POINTS, effect, cost};

static kea_figure_plane_data plane(void)
{
    return (kea_figure_plane_data){.n_clouds = 1,
                                   .clouds = &cloud,
                                   .comparator = "the null alternative",
                                   .effect = "early school leavers prevented",
                                   .effect_unit = "leaver prevented",
                                   .currency = "EUR",
                                   .wtp = 40000,
                                   .note = "1,000 draws"};
}

static kea_figure_map_data map(void)
{
    return (kea_figure_map_data){.n_x = N_HOURS,
                                 .n_y = N_Y,
                                 .x = hours,
                                 .y = rate,
                                 .value = benefit,
                                 .currency = "EUR",
                                 .x_name = "staffing hours",
                                 .y_name = "referral rate",
                                 .y_is_share = 1,
                                 .base_x = 5.2,
                                 .base_y = 0.6,
                                 .strategy = "School als Werkplaats",
                                 .comparator = "the null alternative",
                                 .wtp = 40000,
                                 .effect_unit = "leaver prevented",
                                 .note = ""};
}

/* ---------------------------------------------------------------- tests */

/* First of all, because PLplot looks for its devices once per program: in a child without any. */
static void test_no_devices(void **state)
{
    (void)state;
    int result = -1;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        kea_error err = {0};
        kea_figure_plane_data data = plane();
        bool refused = setenv("PLPLOT_DRV_DIR", folder, 1) == 0;
        for (int again = 0; again < 2; again++)
            refused = refused && kea_figure_plane(&data, folder, "child", &err) == KEA_ERR_RUN &&
                      strstr(err.text, "no figures can be drawn");
        _exit(refused ? 42 : 1);
    }
    assert_true(waitpid(child, &result, 0) == child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 42); /* ours, not one that PLplot chose */
    assert_false(exists("child.svg"));
}

static void test_plane(void **state)
{
    (void)state;
    kea_error err;
    kea_figure_plane_data data = plane();
    assert_ok(kea_figure_plane(&data, folder, "plane", &err), err);
    assert_three_files("plane");
    assert_svg_says("plane", "Early school leavers prevented");
    assert_svg_says("plane", "EUR\u00a040,000");
    assert_svg_says("plane", "costs more, more effect: 9"); /* nearly all points lie there */
    assert_svg_says("plane", "for EUR\u00a03.5");
}

/* Two of four points lie below 100 euros per effect. */
static void test_plane_counts_points(void **state)
{
    (void)state;
    kea_error err;
    double e[5] = {10, 10, -10, -10, (double)NAN}, c[5] = {500, 1500, -500, -1500, 0};
    kea_cloud four = {"four", 5, e, c};
    kea_figure_plane_data data = plane();
    data.clouds = &four;
    data.wtp = 100;
    assert_ok(kea_figure_plane(&data, folder, "four", &err), err);
    assert_svg_says("four", "50% of the points lie below the line");
    assert_svg_says("four", "saves, less effect: 50%");
    assert_svg_says("four", "mean: 0 for EUR\u00a00");
}

static void test_plane_of_several_and_of_none(void **state)
{
    (void)state;
    kea_error err;
    double nothing[3] = {(double)NAN, (double)INFINITY, (double)NAN};
    kea_cloud six[6] = {cloud, cloud, cloud, cloud, cloud, {"<Zadkine> & #1", 3, nothing, nothing}};
    kea_figure_plane_data data = plane();
    data.clouds = six;
    data.n_clouds = 6;
    assert_ok(kea_figure_plane(&data, folder, "six", &err), err);
    assert_three_files("six");
    data.clouds = six + 5;
    data.n_clouds = 1;
    assert_ok(kea_figure_plane(&data, folder, "none", &err), err);
    assert_three_files("none");
    assert_svg_says("none", "there are no points to show");
    assert_svg_says("none", "&lt;Zadkine&gt; &amp; #1");
}

static void test_acceptability(void **state)
{
    (void)state;
    kea_error err;
    const char *names[2] = {"Null alternative", "School als Werkplaats"};
    kea_figure_acceptability_data data = {.n_strategies = 2,
                                          .currency = "EUR",
                                          .names = names,
                                          .n_wtp = N_WTP,
                                          .wtp = wtp,
                                          .probability = probability,
                                          .effect_unit = "leaver prevented",
                                          .reference = 20000,
                                          .note = ""};
    assert_ok(kea_figure_acceptability(&data, folder, "acceptability", &err), err);
    assert_three_files("acceptability");
    assert_svg_says("acceptability", "Null alternative");
    assert_svg_says("acceptability", "EUR\u00a020,000");
    assert_svg_says("acceptability", ">73%<"); /* 1 / (1 + exp(-1)) */
    for (int i = 0; i < 2 * N_WTP; i++)
        probability[i] = (double)NAN;
    assert_ok(kea_figure_acceptability(&data, folder, "acceptability", &err), err);
    assert_svg_says("acceptability", "there are no values to show");
    make_results();
}

static void test_tornado(void **state)
{
    (void)state;
    kea_error err;
    kea_figure_bar bars[20];
    for (int i = 0; i < 20; i++)
        bars[i] = (kea_figure_bar){"rate of new needs",  0.05, 0.2 + i,    "%", -2e6 + 1e4 * i,
                                   i % 2 ? -1e6 : 1.5e6, 5e4,  (double)NAN};
    kea_figure_tornado_data data = {.n_bars = 20,
                                    .bars = bars,
                                    .strategy = "School als Werkplaats",
                                    .comparator = "the null alternative",
                                    .outcome = "net benefit",
                                    .currency = "EUR",
                                    .outcome_is_money = 1,
                                    .base = 6.54e6,
                                    .range = "ends of the 95% interval",
                                    .note = ""};
    assert_ok(kea_figure_tornado(&data, folder, "tornado", &err), err);
    assert_three_files("tornado");
    assert_svg_says("tornado", "rate of new needs");
    assert_svg_says("tornado", "5 more numbers move it less");
    assert_svg_says("tornado", "EUR\u00a06.54 million");
    assert_svg_says("tornado", ">1,420%<"); /* the high end of the 15th and last bar drawn */
    assert_svg_silent("tornado", ">1,520%<");
    data.n_bars = 0;
    assert_ok(kea_figure_tornado(&data, folder, "tornado", &err), err);
    assert_svg_says("tornado", "there are no uncertain numbers to show");
}

static void test_hours_and_access(void **state)
{
    (void)state;
    kea_error err;
    kea_figure_hours_data data = {.n = N_HOURS,
                                  .hours = hours,
                                  .hours_name = "Hours per 100 students",
                                  .currency = "EUR",
                                  .effect = {rising, low, high},
                                  .cost = {euros, NULL, NULL},
                                  .strategy = "School als Werkplaats",
                                  .comparator = "the null alternative",
                                  .effect_name = "early school leavers prevented",
                                  .base_hours = 5.2,
                                  .note = "95% interval shaded"};
    assert_ok(kea_figure_hours(&data, folder, "hours", &err), err);
    assert_three_files("hours");
    assert_svg_says("hours", "base case: 5.2 hours");
    assert_svg_says("hours", "EUR\u00a03.64 million"); /* 700,000 x 5.2 */
    assert_svg_says("hours", "95% interval shaded");
    double nothing[N_HOURS];
    for (int i = 0; i < N_HOURS; i++)
        nothing[i] = (double)NAN;
    kea_figure_access_data access = {
        .n = N_HOURS,
        .hours = hours,
        .hours_name = "Hours per 100 students",
        .title = "More hours: reach and wait",
        .panel = {{"Wait until the team starts", "weeks", {nothing, nothing, nothing}},
                  {"Students reached", "share", {low, NULL, NULL}}},
        .base_hours = (double)NAN,
        .note = ""};
    assert_ok(kea_figure_access(&access, folder, "access", &err), err);
    assert_three_files("access");
    assert_svg_says("access", "Students reached");
    assert_svg_says("access", "Wait until the team starts (weeks)");
    assert_svg_says("access", "Hours per 100 students");
    assert_svg_says("access", "there are no values to show");
}

static void test_map_says_where_zero_is(void **state)
{
    (void)state;
    kea_error err;
    kea_figure_map_data data = map();
    double shifted[N_HOURS * N_Y];
    assert_ok(kea_figure_map(&data, folder, "map", &err), err);
    assert_three_files("map");
    assert_svg_says("map", "net benefit zero");
    assert_svg_says("map", "blue: worth it, orange: not");
    data.value = shifted;
    for (int i = 0; i < N_HOURS * N_Y; i++)
        shifted[i] = benefit[i] + 1e9;
    assert_ok(kea_figure_map(&data, folder, "map", &err), err);
    assert_svg_says("map", "worth it everywhere on this map");
    assert_svg_silent("map", "net benefit zero");
    for (int i = 0; i < N_HOURS * N_Y; i++)
        shifted[i] = i % 5 ? benefit[i] - 1e9 : (double)NAN;
    assert_ok(kea_figure_map(&data, folder, "map", &err), err);
    assert_svg_says("map", "worth it nowhere on this map");
    assert_svg_silent("map", "net benefit zero");
    for (int i = 0; i < N_HOURS * N_Y; i++)
        shifted[i] = (double)NAN;
    assert_ok(kea_figure_map(&data, folder, "map", &err), err);
    assert_three_files("map");
    assert_svg_says("map", "there are no values to show");
}

static void test_same_bytes_twice(void **state)
{
    (void)state;
    static const char *const suffix[3] = {"svg", "png", "pdf"};
    kea_error err;
    kea_figure_map_data data = map();
    assert_ok(kea_figure_map(&data, folder, "first", &err), err);
    (void)sleep(1); /* a PDF of cairo holds the second it was made in */
    assert_ok(kea_figure_map(&data, folder, "second", &err), err);
    for (int f = 0; f < 3; f++) {
        size_t n, m;
        char *first = read_file("first", suffix[f], &n),
             *second = read_file("second", suffix[f], &m);
        assert_int_equal(n, m);
        assert_memory_equal(first, second, n);
        free(first);
        free(second);
    }
}

static void assert_refused(const char *where, const char *name, const char *words)
{
    kea_error err = {0};
    kea_figure_plane_data data = plane();
    assert_int_equal(kea_figure_plane(&data, where, name, &err), KEA_ERR_IO);
    assert_int_equal(err.code, KEA_ERR_IO);
    if (!strstr(err.text, words))
        fail_msg("'%s' does not say '%s'", err.text, words);
}

static void test_what_cannot_be_written(void **state)
{
    (void)state;
    kea_error err;
    char path[2 * PATH];
    (void)snprintf(path, sizeof path, "%s/missing", folder);
    assert_refused(path, "plane", "missing/plane.svg': No such file");
    (void)snprintf(path, sizeof path, "%s/directory.png", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_refused(folder, "directory", "directory.png': Is a directory");
    assert_false(exists("directory.png.part"));
    (void)snprintf(path, sizeof path, "%s/full.svg.part", folder);
    if (access("/dev/full", W_OK) == 0 && symlink("/dev/full", path) == 0) {
        assert_refused(folder, "full", "full.svg': No space left");
        assert_false(exists("full.svg"));
        assert_false(exists("full.svg.part"));
    }
    /* and the next figure is drawn as if nothing had happened */
    kea_figure_plane_data data = plane();
    assert_ok(kea_figure_plane(&data, folder, "after", &err), err);
    assert_three_files("after");
}

static int set_up(void **state)
{
    (void)state;
    make_results();
    return open_folder();
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const names[] = {"plane",  "four",   "six",      "none", "acceptability",
                                        "hours",  "access", "tornado",  "map",  "first",
                                        "second", "after",  "directory"};
    return close_folder(sizeof names / sizeof names[0], names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_devices),
        cmocka_unit_test(test_plane),
        cmocka_unit_test(test_plane_counts_points),
        cmocka_unit_test(test_plane_of_several_and_of_none),
        cmocka_unit_test(test_acceptability),
        cmocka_unit_test(test_tornado),
        cmocka_unit_test(test_hours_and_access),
        cmocka_unit_test(test_map_says_where_zero_is),
        cmocka_unit_test(test_same_bytes_twice),
        cmocka_unit_test(test_what_cannot_be_written),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
