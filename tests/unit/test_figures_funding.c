/* The figures of funding, drawn from a made-up run: the files are there, well formed, and say what
 * they should. */
#include "sim/report/axis.h"
#include "sim/report/drawings.h"
#include "sim/report/figures_funding.h"
#include "tests/support/drawn.h"
#include "tests/support/funded_run.h"

static const char *const names[] = {"funding_payers",
                                    "funding_budget",
                                    "funding_horizon",
                                    "funding_municipalities",
                                    "funding_municipalities_2",
                                    "funding_municipalities_3",
                                    "plane",
                                    "acceptability",
                                    "many"};
enum { N_NAMES = sizeof names / sizeof names[0], N_FUNDING = 4, MANY = 342 };

static void draw_run(void)
{
    kea_error err = {0};
    run.design.kind = KEA_DESIGN_SWEEP; /* the plane and its like are another test's */
    assert_ok(kea_drawings_save(&run.input, folder, &err), err);
}

static void every_figure_has_every_arrangement(void **state)
{
    (void)state;
    draw_run();
    for (int i = 0; i < N_FUNDING; i++) {
        assert_three_files(names[i]);
        assert_svg_says(names[i], ">as it is<");
        assert_svg_says(names[i], ">as agreed<");
        assert_svg_says(names[i], ">fund<");
    }
    assert_svg_says("funding_payers", "Who pays and who gains: team against nothing");
    assert_svg_says("funding_payers", ">insurer<");
    assert_svg_says("funding_budget", "Who pays for team in which school year?");
    /* the insurer never pays, the fund never saves */
    assert_svg_silent("funding_budget", ">insurer<");
    assert_svg_says("funding_horizon", ">insurer<");
    assert_svg_says("funding_horizon", "years after the start");
    assert_svg_says("funding_municipalities", ">East<");
}

/* The east: 30 people in three years, 12 in the last; care is 11 less, later costs 7 from the
 * second year, 40 a year is contributed under the third arrangement. */
static void tiles_say_the_gain_per_person(void **state)
{
    char text[64];
    (void)state;
    draw_run();
    double net = 0, factor = 1;
    for (int y = 0; y < MONEY_PERIODS; y++, factor /= 1 + MONEY_RATE)
        net += .6 * (11 + (y > 0 ? 7 : 0) - (y < 3 ? 40 : 0)) * factor;
    kea_money_write(text, sizeof text, "EUR", net / 102, 3);
    assert_svg_says("funding_municipalities", text);
}

static void lists_stand_by_zone_and_say_how_many_are_small(void **state)
{
    char first[] = "First & last", second[] = "Second", third[] = "Third";
    (void)state;
    run.list[0] = (kea_municipality){first, 0, 90};
    run.list[1] = (kea_municipality){second, 1, 4};
    run.list[2] = (kea_municipality){third, 1, 6};
    run.problem.municipalities = (kea_municipalities){run.list, 3};
    run.problem.settings.smallest_home = 13;
    draw_run();
    assert_svg_says("funding_municipalities", ">First &amp; last<");
    assert_svg_says("funding_municipalities", ">smaller ones (2)<");
    assert_svg_says("funding_municipalities", ">West<");
    assert_svg_says("funding_municipalities", "by size only");
    assert_svg_silent("funding_municipalities", ">Second<");
}

/* Where there are many, an arrangement has a page of its own. */
static void many_municipalities_have_pages(void **state)
{
    static kea_municipality list[MANY];
    static char name[MANY][16];
    (void)state;
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(name[i], sizeof name[i], "Town %d", i);
        list[i] = (kea_municipality){name[i], (size_t)i % 2, 5 + i};
    }
    run.problem.municipalities = (kea_municipalities){list, MANY};
    draw_run();
    assert_true(exists("funding_municipalities.png"));
    assert_true(exists("funding_municipalities_2.pdf"));
    assert_false(exists("funding_municipalities_4.svg"));
    assert_svg_says("funding_municipalities_3", ">Town 341<");
    assert_svg_says("funding_municipalities_3", ">fund<");
    assert_svg_silent("funding_municipalities_3", ">as agreed<");
}

/* Nothing that is not a number stops a figure, and one block fills the page. */
static void what_is_not_known_is_left_out(void **state)
{
    kea_error err = {0};
    static const char *const block[] = {"one"}, *const payer[] = {"payer"};
    const kea_payer_bar bar = {(double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN};
    const kea_figure_payers_data data = {{"a", "b", "EUR", 1, block, 1, payer, "a note"}, &bar};
    (void)state;
    assert_ok(kea_figure_payers(&data, folder, "many", &err), err);
    assert_three_files("many");
    assert_svg_says("many", "a note");
}

static int set_up(void **state)
{
    return open_folder() == 0 ? open_run(state) : -1;
}

static int tear_down(void **state)
{
    (void)close_run(state);
    return close_folder(N_NAMES, names);
}

#define RUN_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN_TEST(every_figure_has_every_arrangement),
        RUN_TEST(tiles_say_the_gain_per_person),
        RUN_TEST(lists_stand_by_zone_and_say_how_many_are_small),
        RUN_TEST(many_municipalities_have_pages),
        RUN_TEST(what_is_not_known_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
