/* How exact a sample is, as keasim analyse tells it: the split of a spread into uncertainty and
 * luck from draws that several cohorts lived through, and errors where draws come in blocks. */
#include "sim/core/memory.h"
#include "sim/core/moments.h"
#include "sim/report/findings.h"
#include "tests/support/gaussian.h"
#include "tests/support/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 400, AGAIN = 50, EACH = 4 };
static const double uncertain_sd = 300.0, luck_sd = 400.0;

static double net_benefit(uint64_t draw, uint64_t cohort)
{
    return 1000.0 + uncertain_sd * gaussian_number(501, draw, 0) +
           luck_sd * gaussian_number(502, cohort, 0);
}

/* At a willingness to pay of 2 the net benefit of the second strategy is effect x 2. */
static void make(kea_psa *psa, bool again)
{
    kea_error err = {0};
    assert_ok(kea_psa_init(psa, DRAWS, 2, 0, &err), err);
    for (size_t i = 0; i < DRAWS; i++)
        psa->pairs.effect[2 * i + 1] = net_benefit(i, i) / 2.0;
    psa->persons = 70.0;
    if (!again)
        return;
    kea_psa other = {0};
    assert_ok(kea_psa_init(&other, (size_t)AGAIN * EACH, 2, 0, &err), err);
    for (size_t i = 0; i < (size_t)AGAIN * EACH; i++)
        other.pairs.effect[2 * i + 1] = net_benefit(i / EACH, 5000 + i) / 2.0;
    psa->again = other.pairs;
    other.pairs = (kea_pairs){0};
    kea_psa_free(&other);
    psa->each = EACH;
}

static void find(kea_findings *found, const kea_psa *psa, double target)
{
    static const double amount[] = {2.0};
    kea_error err = {0};
    const kea_findings_options options = {
        .wtp = 2.0, .n_amounts = 1, .amounts = amount, .target = target, .seed = 1, .source = "x"};
    assert_ok(kea_findings_init(found, psa, &options, &err), err);
}

static kea_moments all_of(const kea_psa *psa)
{
    kea_moments all = {0};
    for (size_t i = 0; i < DRAWS; i++)
        kea_moments_add(&all, 2.0 * psa->pairs.effect[2 * i + 1]);
    return all;
}

static char *note_of(const kea_findings *found)
{
    kea_table table = {0};
    kea_error err = {0};
    char *note = NULL;
    assert_ok(kea_findings_spreads(&table, found, &err), err);
    assert_ok(kea_memory_copy_text(&note, table.note, &err), err);
    kea_table_free(&table);
    return note;
}

/* By hand: luck from within the draws, the rest of the variance of all draws is uncertainty. */
static void splits_by_draws_lived_again(void **state)
{
    (void)state;
    kea_psa psa;
    kea_findings found;
    double within = 0.0;
    make(&psa, true);
    find(&found, &psa, 10.0);
    const kea_moments all = all_of(&psa);
    for (size_t d = 0; d < AGAIN; d++) {
        kea_moments own = {0};
        for (size_t c = 0; c < EACH; c++)
            kea_moments_add(&own, 2.0 * psa.again.effect[2 * (d * EACH + c) + 1]);
        within += own.m2 / (AGAIN * (EACH - 1));
    }
    const double variance = kea_moments_variance(&all), uncertain = variance - within;
    const double within_error = within * sqrt(2.0 / (AGAIN * (EACH - 1)));
    const kea_findings_spread *s = &found.spread[1];
    assert_near(s->sd, sqrt(variance), 1e-9);
    assert_near(s->error, sqrt(variance / DRAWS), 1e-9);
    assert_near(s->noise, sqrt(within), 1e-9);
    assert_near(s->parameters, sqrt(uncertain), 1e-9);
    assert_near(s->noise_error, within_error / (2.0 * s->noise), 1e-9);
    assert_near(s->parameters_error,
                hypot(variance * sqrt(2.0 / (DRAWS - 1.0)), within_error) / (2.0 * s->parameters),
                1e-9);
    assert_near(s->draws, ceil(variance / 100.0), 0);
    assert_near(s->least, ceil(uncertain / 100.0), 0);
    /* and that is the truth */
    assert_near(s->noise, luck_sd, 4.9 * s->noise_error);
    assert_near(s->parameters, uncertain_sd, 4.9 * s->parameters_error);
    assert_true(s->noise_error < 30.0 && s->parameters_error < 60.0);
    char *note = note_of(&found);
    assert_string_equal(note, "Spreads are standard deviations; their squares add up. The luck of "
                              "a cohort was measured on 50 draws with 4 cohorts each. Larger "
                              "cohorts, or several per draw, take away no more than the luck: the "
                              "last column says how many draws are needed all the same.");
    free(note);
    kea_findings_free(&found);
    kea_psa_free(&psa);
}

static void says_what_it_cannot_tell(void **state)
{
    (void)state;
    kea_psa psa;
    kea_findings found;
    make(&psa, false);
    find(&found, &psa, 10.0);
    const kea_moments all = all_of(&psa);
    const kea_findings_spread *s = &found.spread[1];
    assert_near(s->error, kea_moments_error(&all), 1e-9);
    assert_true(isnan(s->parameters) && isnan(s->noise) && isnan(s->least));
    assert_near(s->draws, ceil(kea_moments_variance(&all) / 100.0), 0);
    char *note = note_of(&found);
    assert_non_null(strstr(note, "cannot be told apart"));
    free(note);
    kea_findings_free(&found);
    kea_psa_free(&psa);
}

/* Blocks of 50: what they have in common is taken out of the error. */
static void measures_errors_from_blocks(void **state)
{
    (void)state;
    kea_psa psa;
    kea_findings found;
    double value[DRAWS];
    make(&psa, true);
    for (size_t i = 0; i < DRAWS; i++) { /* a spread that every block has alike */
        psa.pairs.effect[2 * i + 1] += 3000.0 * ((double)(i % 50) - 24.5);
        value[i] = 2.0 * psa.pairs.effect[2 * i + 1];
    }
    psa.block = 50;
    find(&found, &psa, 10.0);
    const kea_findings_spread *s = &found.spread[1];
    assert_near(s->error, kea_moments_block_error(value, DRAWS, 50), 1e-9);
    assert_true(s->error < 100.0 && s->sd / sqrt(DRAWS) > 4000.0);
    assert_near(s->draws, ceil(DRAWS * s->error * s->error / 100.0), 0);
    assert_true(isnan(s->least));
    char *note = note_of(&found);
    assert_non_null(strstr(note, "Draws come in blocks of 50 that are spread evenly together"));
    assert_null(strstr(note, "Larger cohorts"));
    free(note);
    kea_findings_free(&found);
    psa.block = 300; /* one whole block says nothing */
    assert_int_equal(kea_psa_blocks(&psa), 0);
    find(&found, &psa, 10.0);
    assert_true(found.spread[1].error > 4000.0);
    kea_findings_free(&found);
    kea_psa_free(&psa);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_by_draws_lived_again),
        cmocka_unit_test(says_what_it_cannot_tell),
        cmocka_unit_test(measures_errors_from_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
