/* The forest figure: every row is there with its numbers, however many there are and whatever they
 * are. */
#include "sim/report/figures.h"
#include "tests/support/drawn.h"
#include "tests/support/support.h"

enum { MANY = 90 };

static const char *const groups[3] = {"Fitted figures", "Empty group", "Predictions"};

static kea_figure_forest_row rows[MANY];

static kea_figure_forest_data forest(void)
{
    const double none = (double)NAN;
    static const kea_figure_forest_row few[6] = {
        {"Reach", "%", 1, 0, 22.6, 20, 25.2, 15.4, 10.6, 19.5, KEA_FOREST_MISSED},
        {"Cost of the team", "EUR", 0, 0, 149, 127, 172, 154, 124, 186, KEA_FOREST_INSIDE},
        {"Far away", "% of seen", 2, 2, 0.4, 0.1, 1, 4.25, 2.5, 9.5, KEA_FOREST_MISSED},
        {"Other sign", "", 1, 2, -2, -4, -1, 0.5, -1.5, 1.5, KEA_FOREST_OVERLAPS},
        {"<Risk> & ratio #1", "", 2, 2, 0.59, 0.36, 0.96, 0.71, 0.5, 1.04, KEA_FOREST_INSIDE},
        {"Nothing", "hours", 0, 2, 9, 7, 11, none, none, none, KEA_FOREST_MISSED},
    };
    memcpy(rows, few, sizeof few);
    return (kea_figure_forest_data){.n_rows = 6,
                                    .rows = rows,
                                    .n_groups = 3,
                                    .groups = groups,
                                    .currency = "EUR",
                                    .title = "Held against"};
}

static void every_row_with_its_numbers(void **state)
{
    (void)state;
    kea_error err;
    kea_figure_forest_data data = forest();
    data.note = "200 parameter draws";
    assert_ok(kea_figure_forest(&data, folder, "forest", &err), err);
    assert_three_files("forest");
    assert_svg_says("forest", "Held against");
    assert_svg_says("forest", "200 parameter draws");
    assert_svg_says("forest", "Fitted figures");
    assert_svg_says("forest", "Predictions");
    assert_svg_silent("forest", "Empty group");
    assert_svg_says("forest", ">22.6% (20.0 to 25.2)<");
    assert_svg_says("forest", ">15.4% (10.6 to 19.5)<");
    assert_svg_says("forest", ">EUR\u00a0154 (124 to 186)<");
    assert_svg_says("forest", ">4.25% of seen (2.50 to 9.50)<"); /* beyond the frame */
    assert_svg_says("forest", ">0.5 (-1.5 to 1.5)<");
    assert_svg_says("forest", "&lt;Risk&gt; &amp; ratio #1");
    assert_svg_says("forest", "no simulated value");
    assert_svg_says("forest", ">9\u00a0hours (7 to 11)<");
}

static void many_rows_and_none(void **state)
{
    (void)state;
    kea_error err;
    char names[MANY][16];
    kea_figure_forest_data data = forest();
    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(names[i], sizeof names[i], "figure %zu", i);
        rows[i] = rows[i % 6];
        rows[i].name = names[i];
    }
    data.n_rows = MANY;
    data.note = "";
    assert_ok(kea_figure_forest(&data, folder, "many", &err), err);
    assert_three_files("many");
    assert_svg_says("many", ">figure 0<");
    assert_svg_says("many", ">figure 89<");
    data.n_rows = 0;
    assert_ok(kea_figure_forest(&data, folder, "none", &err), err);
    assert_three_files("none");
    assert_svg_says("none", "there are no published figures to show");
}

static int set_up(void **state)
{
    (void)state;
    return open_folder();
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const names[] = {"forest", "many", "none"};
    return close_folder(sizeof names / sizeof names[0], names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_with_its_numbers),
        cmocka_unit_test(many_rows_and_none),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
