/* The figures of decision analysis and value of information, drawn from a made-up sample of four
 * strategies: the files are there, well formed, and say what they should. */
#include "sim/report/findings.h"
#include "tests/support/drawn.h"
#include "tests/support/gaussian.h"
#include "tests/support/support.h"

enum { N = 2000, ARMS = 4, PARAMS = 2, N_WTP = 21 };

static double amounts[N_WTP];
static const size_t sizes[] = {5, 20, 80, 320};
static const size_t informs[] = {0};
static const double sd[] = {2.0};

static void keep(kea_psa *psa, const char *text, const char **kept)
{
    kea_error err = {0};
    assert_ok(kea_psa_keep(psa, text, kept, &err), err);
}

/* Nothing; two that help at rising cost, by an uncertain effect and price; one that is dominated.
 */
static void make_psa(kea_psa *psa)
{
    static const char *const arms[ARMS] = {"nothing", "a little", "a lot & more", "dear"};
    static const double cost[ARMS] = {0, 1000, 4000, 5000}, effect[ARMS] = {0, 1, 2, 1};
    kea_error err = {0};
    assert_ok(kea_psa_init(psa, N, ARMS, PARAMS, &err), err);
    for (size_t arm = 0; arm < ARMS; arm++) {
        keep(psa, arms[arm], &psa->arms[arm].id);
        psa->arms[arm].title = psa->arms[arm].id;
    }
    keep(psa, "EUR", &psa->currency);
    keep(psa, "strength", &psa->params[0]);
    keep(psa, "price", &psa->params[1]);
    psa->titles[0] = psa->params[0];
    psa->titles[1] = psa->params[1];
    for (size_t i = 0; i < N; i++) {
        const double strength = 1 + 0.5 * gaussian_number(8, i, 0);
        const double price = 1 + 0.2 * gaussian_number(8, i, 1);
        psa->value[PARAMS * i] = strength;
        psa->value[PARAMS * i + 1] = price;
        for (size_t arm = 0; arm < ARMS; arm++) {
            psa->pairs.cost[i * ARMS + arm] = price * cost[arm];
            psa->pairs.effect[i * ARMS + arm] =
                strength * effect[arm] + (arm ? 0.3 * gaussian_number(8, i, 2 + arm) : 0);
        }
    }
    assert_ok(kea_psa_find_draws(psa, &err), err);
}

static void draw_all(bool priced)
{
    kea_psa psa;
    kea_findings f;
    kea_error err = {0};
    make_psa(&psa);
    for (size_t i = 0; i < N_WTP; i++)
        amounts[i] = 250.0 * (double)i;
    const kea_findings_study study = {
        .study = kea_study_mean((kea_set){1, informs}, sd),
        .n_sizes = 4,
        .sizes = sizes,
        .priced = priced,
        .plan = {100, 50, 0, {0, 100, 10, 0.03, 0, 1}},
        .search = priced,
    };
    const kea_findings_options options = {.wtp = 2500,
                                          .n_amounts = N_WTP,
                                          .amounts = amounts,
                                          .evppi = true,
                                          .target = (double)NAN,
                                          .study = &study,
                                          .seed = 1,
                                          .source = "test"};
    assert_ok(kea_findings_init(&f, &psa, &options, &err), err);
    assert_ok(kea_findings_draw(&f, folder, &err), err);
    kea_findings_free(&f);
    kea_psa_free(&psa);
}

static const char *const names[] = {"frontier",     "acceptability", "expected_loss", "evppi",
                                    "running_mean", "scatter",       "study"};
enum { N_NAMES = sizeof names / sizeof names[0] };

static void test_all(void **state)
{
    (void)state;
    draw_all(true);
    for (size_t i = 0; i < N_NAMES; i++)
        assert_three_files(names[i]);
    assert_svg_says("frontier", "Which strategies are worth considering?");
    assert_svg_says("frontier", "a lot &amp; more");
    assert_svg_says("frontier", "Cost more than nothing");
    assert_svg_says("acceptability", "broad: best on average");
    assert_svg_says("acceptability", "EUR\u00a02,500");
    assert_svg_says("expected_loss", "What may choosing each strategy cost?");
    assert_svg_says("evppi", "Which numbers are worth knowing better,");
    assert_svg_says("evppi", ">strength<");
    assert_svg_says("running_mean", "Is the simulation large enough?");
    assert_svg_says("scatter", "How does the choice go with strength?");
    assert_svg_says("study", "How large should a study of strength be?");
    assert_svg_says("study", "best size:");
    assert_svg_says("study", "less the price of the study");
}

static void test_study_without_price(void **state)
{
    (void)state;
    draw_all(false);
    assert_svg_says("study", "Part of what exact knowledge is worth");
    assert_svg_silent("study", "best size:");
}

static int set_up(void **state)
{
    (void)state;
    return open_folder();
}

static int tear_down(void **state)
{
    (void)state;
    return close_folder(N_NAMES, names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all),
        cmocka_unit_test(test_study_without_price),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
