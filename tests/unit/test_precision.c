/* Components of variance by hand and against a known truth; sizes that do what they promise; orders
 * that are noise and orders that are not. */
#include "sim/analysis/precision.h"

#include "sim/core/moments.h"
#include "tests/support/gaussian.h"
#include "tests/support/support.h"

#include <stdlib.h>
#include <string.h>

static void anova_by_hand(void **state)
{
    (void)state;
    /* draws {1, 3}, {4, 6, 8}, {9}: means 2, 6, 9; mean of all 31/6 */
    const double value[] = {4, 1, 6, 9, 3, 8};
    const size_t draw[] = {5, 0, 5, 2, 0, 5};
    kea_anova anova;
    kea_error err;
    assert_ok(kea_anova_of(&anova, 6, value, draw, &err), err);
    double m = 31.0 / 6;
    double between = (2 * pow(2 - m, 2) + 3 * pow(6 - m, 2) + pow(9 - m, 2)) / 2;
    double within = (2.0 + 8.0) / 3, each = (6 - 14.0 / 6) / 2;
    assert_int_equal(anova.n_draws, 3);
    assert_near(anova.mean, m, 1e-14);
    assert_near(anova.noise, within, 1e-14);
    assert_near(anova.noise_error, within * sqrt(2.0 / 3), 1e-14);
    assert_near(anova.each, each, 1e-14);
    assert_near(anova.parameters, (between - within) / each, 1e-13);
    assert_false(anova.negative);
    double sum = 4 * pow(2 - m, 2) + 9 * pow(6 - m, 2) + pow(9 - m, 2);
    assert_near(anova.error, sqrt(sum * 3 / 2) / 6, 1e-14);
}

/* Variance 20 of 101 other points: noise stays 10 / 3, of 3 degrees of freedom. */
static void anova_with_a_better_total(void **state)
{
    (void)state;
    kea_anova anova = {.noise = 10.0 / 3, .noise_error = 10.0 / 3 * sqrt(2.0 / 3), .mean = 7};
    kea_anova_within(&anova, 20, 101);
    assert_near(anova.parameters, 50.0 / 3, 1e-13);
    assert_near(anova.parameters_error, sqrt(400 * 2.0 / 100 + 200.0 / 27), 1e-13);
    assert_near(anova.noise, 10.0 / 3, 0);
    assert_near(anova.mean, 7, 0);
    assert_false(anova.negative);
    kea_anova_within(&anova, 3, 101);
    assert_near(anova.parameters, 0, 0);
    assert_true(anova.negative);
}

/* 500 draws of 1 to 4 cohorts: parameters SD 3, noise SD 5. */
static void anova_finds_the_truth(void **state)
{
    (void)state;
    enum { DRAWS = 500 };
    static double value[4 * DRAWS];
    static size_t draw[4 * DRAWS];
    size_t n = 0;
    kea_anova anova;
    kea_error err;
    for (size_t d = 0; d < DRAWS; d++)
        for (size_t c = 0; c <= d % 4; c++, n++) {
            value[n] = 1e5 + 3 * gaussian_number(201, d, 0) + 5 * gaussian_number(202, n, 0);
            draw[n] = d;
        }
    assert_ok(kea_anova_of(&anova, n, value, draw, &err), err);
    assert_near(anova.parameters, 9, 4.9 * anova.parameters_error);
    assert_near(anova.noise, 25, 4.9 * anova.noise_error);
    assert_true(anova.parameters_error < 3 && anova.noise_error < 2);
    assert_near(anova.mean, 1e5, 4.9 * anova.error);
    /* no parameters at all: estimates fall on both sides of 0 */
    size_t n_negative = 0;
    for (uint64_t s = 0; s < 40; s++) {
        for (size_t i = 0; i < n; i++)
            value[i] = gaussian_number(300 + s, i, 0);
        assert_ok(kea_anova_of(&anova, n, value, draw, &err), err);
        assert_true(anova.parameters >= 0);
        assert_int_equal(anova.negative, anova.parameters == 0);
        n_negative += anova.negative;
    }
    assert_true(n_negative > 4 && n_negative < 36);
}

static void sizes_by_hand(void **state)
{
    (void)state;
    const kea_anova anova = {.parameters = 9, .noise = 25};
    kea_plan_size size;
    kea_error err;
    assert_ok(kea_anova_draws(&size, &anova, 0.5, 1, &err), err);
    assert_int_equal(size.draws, 136); /* 34 / 0.25 */
    assert_ok(kea_anova_draws(&size, &anova, 0.5, 5, &err), err);
    assert_int_equal(size.draws, 56);
    assert_ok(kea_anova_draws(&size, &anova, 100, 5, &err), err);
    assert_int_equal(size.draws, 2);
    /* sqrt(25 / 9 x 4) = 3.33: 3 cohorts, 70 draws cost 70 x (4 + 3) = 490; 4: 61 x 8 = 488 */
    assert_ok(kea_anova_cheapest(&size, &anova, 0.5, 4, 1, &err), err);
    assert_int_equal(size.cohorts, 4);
    assert_int_equal(size.draws, 61);
    assert_ok(kea_anova_cheapest(&size, &anova, 0.5, 0, 1, &err), err);
    assert_int_equal(size.cohorts, 1);
    const kea_anova noise = {.parameters = 0, .noise = 25}, nothing = {.parameters = 0};
    assert_ok(kea_anova_cheapest(&size, &noise, 0.001, 4, 1, &err), err);
    assert_int_equal(size.cohorts, 10000);
    assert_ok(kea_anova_cheapest(&size, &nothing, 0.001, 4, 1, &err), err);
    assert_int_equal(size.cohorts, 1);
    assert_int_equal(size.draws, 2);
    assert_int_equal(kea_anova_draws(&size, &anova, 0, 1, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_anova_draws(&size, &anova, 1e-9, 1, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_anova_cheapest(&size, &anova, 1, -1, 1, &err), KEA_ERR_INPUT);
}

/* A simulation of the size asked for has the error asked for, at 3 cohorts per draw. */
static void sizes_keep_their_promise(void **state)
{
    (void)state;
    enum { TRIALS = 200 };
    const kea_anova anova = {.parameters = 9, .noise = 25};
    const double target = 0.4;
    kea_plan_size size;
    kea_error err;
    kea_moments means = {0};
    assert_ok(kea_anova_draws(&size, &anova, target, 3, &err), err);
    for (size_t t = 0; t < TRIALS; t++) {
        kea_moments run = {0};
        for (size_t d = 0; d < size.draws; d++)
            for (size_t c = 0; c < size.cohorts; c++)
                kea_moments_add(&run, 3 * gaussian_number(400 + t, d, 0) +
                                          5 * gaussian_number(400 + t, d, 1 + c));
        kea_moments_add(&means, run.mean);
    }
    assert_near(kea_moments_sd(&means) / target, 1, 4.9 / sqrt(2.0 * TRIALS));
}

static void ranking_by_hand(void **state)
{
    (void)state;
    /* means 0, 5, 3, 5 (a twin of arm 1) */
    double value[] = {0, 4, 1, 4, 0, 8, 2, 8, 0, 3, 6, 3};
    const kea_benefits benefits = {3, 4, value};
    kea_rank rank[4];
    kea_ranking ranking;
    kea_error err;
    assert_ok(kea_ranking_of(&ranking, rank, &benefits, NULL, 0.95, &err), err);
    assert_int_equal(rank[0].arm, 1);
    assert_int_equal(rank[1].arm, 3);
    assert_true(rank[1].twin);
    assert_near(rank[1].probability, 0.5, 0);
    assert_true(isinf(rank[1].points_needed));
    assert_int_equal(rank[2].arm, 2);
    /* differences 3, 6, -3: mean 2, sd sqrt 21 */
    assert_near(rank[2].behind, 2, 1e-15);
    assert_near(rank[2].error, sqrt(7), 1e-14);
    assert_near(rank[2].probability, gsl_cdf_ugaussian_P(2 / sqrt(7)), 1e-14);
    assert_near(rank[2].next_behind, 2, 1e-15);
    assert_near(rank[2].points_needed, 3 * 7, 1e-12); /* (2 x sqrt 7 / 2)^2 times as many */
    assert_int_equal(rank[3].arm, 0);
    assert_near(rank[3].next_behind, 3, 1e-15);
    assert_true(isnan(rank[0].probability));
    assert_false(ranking.choice_settled);
    assert_false(ranking.order_settled);
}

/* Points of one draw count together: three copies of every point change no probability. */
static void ranking_counts_draws(void **state)
{
    (void)state;
    enum { DRAWS = 40 };
    static double value[DRAWS * 9], once[DRAWS * 3];
    static size_t draw[DRAWS * 3];
    for (size_t d = 0; d < DRAWS; d++) {
        once[3 * d + 1] = 1 + gaussian_number(501, d, 0);
        once[3 * d + 2] = once[3 * d + 1] - 0.2 - 0.1 * gaussian_number(501, d, 1);
        for (size_t c = 0; c < 3; c++) {
            draw[c * DRAWS + d] = d;
            memcpy(value + (c * DRAWS + d) * 3, once + 3 * d, 3 * sizeof *once);
        }
    }
    const kea_benefits copies = {DRAWS * 3, 3, value}, single = {DRAWS, 3, once};
    kea_rank rank[3], other[3];
    kea_ranking ranking;
    kea_error err;
    assert_ok(kea_ranking_of(&ranking, rank, &copies, draw, 0.95, &err), err);
    assert_true(ranking.choice_settled && ranking.order_settled);
    assert_ok(kea_ranking_of(&ranking, other, &single, NULL, 0.95, &err), err);
    for (size_t k = 1; k < 3; k++) {
        assert_near(rank[k].error, other[k].error, 1e-14);
        assert_near(rank[k].probability, other[k].probability, 1e-12);
    }
}

static void running_means(void **state)
{
    (void)state;
    const double value[] = {2, 4, 9, 5};
    const size_t mark[] = {1, 3, 4};
    double mean[3], error[3];
    kea_precision_running(4, value, 3, mark, mean, error);
    assert_near(mean[0], 2, 0);
    assert_true(isnan(error[0]));
    assert_near(mean[1], 5, 1e-15);
    assert_near(error[1], sqrt(13.0 / 3), 1e-14);
    assert_near(mean[2], 5, 1e-15);
}

static void wrong_samples_are_named(void **state)
{
    (void)state;
    const double value[] = {4, 1, (double)NAN};
    const size_t apart[] = {0, 1}, same[] = {1, 1}, beyond[] = {0, 7};
    double number = 1;
    kea_anova anova;
    kea_error err;
    assert_int_equal(kea_anova_of(&anova, 2, value, apart, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "splitting the variance needs draws with 2 or more cohorts; "
                                  "every one of the 2 draws has one");
    assert_int_equal(kea_anova_of(&anova, 2, value, same, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text,
                        "splitting the variance needs at least 2 parameter draws; there are 1");
    assert_int_equal(kea_anova_of(&anova, 2, value, beyond, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_anova_of(&anova, 1, value + 2, apart, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "value 1 is nan; it must be a finite number");
    double benefit[] = {0, 1, 0, 2};
    const kea_benefits benefits = {2, 2, benefit};
    kea_rank rank[2];
    kea_ranking ranking;
    assert_int_equal(kea_ranking_of(&ranking, rank, &benefits, NULL, number, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_ranking_of(&ranking, rank, &benefits, beyond, 0.9, &err), KEA_ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(anova_by_hand),
        cmocka_unit_test(anova_with_a_better_total),
        cmocka_unit_test(anova_finds_the_truth),
        cmocka_unit_test(sizes_by_hand),
        cmocka_unit_test(sizes_keep_their_promise),
        cmocka_unit_test(ranking_by_hand),
        cmocka_unit_test(ranking_counts_draws),
        cmocka_unit_test(running_means),
        cmocka_unit_test(wrong_samples_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
