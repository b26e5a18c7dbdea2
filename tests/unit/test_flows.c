/* Money by payer and school year, funding it anew, positions, and the budget, by hand arithmetic.
 */
#include "sim/analysis/budget.h"
#include "sim/analysis/flows.h"
#include "sim/analysis/position.h"
#include "tests/support/money.h"
#include "tests/support/support.h"

#include <stdio.h>
#include <string.h>

static const kea_span ALL = {0, MONEY_PERIODS, 0};
static const char *const FUND[] = {"fund", "town", "insurer"};
static const kea_flows_from FROM = {"team", "people", NULL, 3, FUND};
enum { SCHOOL, TOWN, INSURER, FUND_PAYER, PAYERS };

static void open_flows(kea_sample *sample, kea_flows *flows)
{
    kea_error err = {0};
    *sample = money_sample();
    assert_ok(kea_flows_init(flows, sample, &FROM, &err), err);
}

static void close_flows(kea_sample *sample, kea_flows *flows)
{
    kea_flows_free(flows);
    kea_flows_free(flows);
    kea_sample_free(sample);
}

static void payers_come_from_outcomes_and_arrangements(void **state)
{
    kea_sample sample;
    kea_flows flows;
    (void)state;
    open_flows(&sample, &flows);
    assert_int_equal(flows.n_payers, PAYERS);
    assert_string_equal(flows.payer[SCHOOL], "school");
    assert_string_equal(flows.payer[INSURER], "insurer");
    assert_string_equal(flows.payer[FUND_PAYER], "fund");
    assert_int_equal(kea_flows_payer(&flows, "town"), TOWN);
    assert_int_equal(kea_flows_payer(&flows, "nobody"), PAYERS);
    close_flows(&sample, &flows);
}

/* Team: 100, 110, 120, a quarter by the town. */
static void amounts_are_sorted(void **state)
{
    kea_sample sample;
    kea_flows flows;
    (void)state;
    open_flows(&sample, &flows);
    assert_near(kea_flows_amount(&flows, 1, 1, 2, SCHOOL, KEA_FLOW_PAID), 90, 1e-12);
    assert_near(kea_flows_sum(&flows, 2, 1, TOWN, KEA_FLOW_PAID, &ALL), 330 / 4., 1e-12);
    assert_near(kea_flows_sum(&flows, 0, 0, TOWN, KEA_FLOW_DURING, &ALL), 4 * 90 + 18, 1e-12);
    assert_near(kea_flows_sum(&flows, 0, 1, TOWN, KEA_FLOW_LATER, &ALL), 4 * 40 - 21, 1e-12);
    assert_near(kea_flows_people(&flows, 0, 1, &ALL), 170, 1e-12);
    const kea_span second = {1, 1, .05}, beyond = {3, 9, 0};
    assert_near(kea_flows_sum(&flows, 0, 1, TOWN, KEA_FLOW_PAID, &second), 27.5 / 1.05, 1e-12);
    assert_near(kea_flows_sum(&flows, 0, 0, TOWN, KEA_FLOW_LATER, &beyond), 40, 1e-12);
    close_flows(&sample, &flows);
}

/* A sample that hands its amounts over from elsewhere, one point and arm at a time, as a store
 * does.
 */
static kea_status from_elsewhere(const void *from, kea_take_periods take, void *to, kea_error *err)
{
    const kea_sample *kept = from;
    double amounts[M_OUTCOMES * MONEY_PERIODS];
    (void)err;
    for (size_t point = 0; point < kept->n_points; point++)
        for (size_t arm = 0; arm < kept->n_arms; arm++) {
            memcpy(amounts, kea_sample_periods(kept, point, arm, 0), sizeof amounts);
            take(to, point, arm, amounts);
            memset(amounts, 0xff, sizeof amounts);
        }
    return KEA_OK;
}

static kea_status broken(const void *from, kea_take_periods take, void *to, kea_error *err)
{
    (void)from, (void)take, (void)to;
    return kea_error_set(err, KEA_ERR_IO, "cannot be read");
}

static void amounts_may_be_kept_elsewhere(void **state)
{
    kea_sample sample;
    kea_flows flows, read;
    kea_error err = {0};
    (void)state;
    open_flows(&sample, &flows);
    kea_sample elsewhere = sample;
    elsewhere.period = NULL;
    elsewhere.source = (kea_period_source){from_elsewhere, &sample};
    assert_ok(kea_flows_init(&read, &elsewhere, &FROM, &err), err);
    size_t rows = (size_t)MONEY_POINTS * MONEY_ARMS * MONEY_PERIODS;
    assert_int_equal(read.n_kept, flows.n_kept);
    assert_memory_equal(read.amount, flows.amount, rows * flows.n_kept * sizeof(double));
    assert_memory_equal(read.people, flows.people, rows * sizeof(double));
    kea_flows_free(&read);
    elsewhere.source.read = broken;
    assert_int_equal(kea_flows_init(&read, &elsewhere, &FROM, &err), KEA_ERR_IO);
    kea_flows_free(&read);
    close_flows(&sample, &flows);
}

/* Only what can be other than 0 takes memory: of 4 payers x 3 flows, paid by four, care of town and
 * insurer, later costs of the town. */
static void what_nobody_pays_takes_no_memory(void **state)
{
    kea_sample sample;
    kea_flows flows;
    (void)state;
    open_flows(&sample, &flows);
    assert_int_equal(flows.n_kept, 7);
    assert_int_equal(flows.kept[SCHOOL][KEA_FLOW_LATER], KEA_NO_FLOW);
    assert_near(kea_flows_amount(&flows, 0, 1, 0, SCHOOL, KEA_FLOW_LATER), 0, 0);
    close_flows(&sample, &flows);
}

/* A fund pays 60 a year for two years; contributions of EUR 0.8 for 50 people are 40; the insurer a
 * tenth; the school the rest. In the third year the fund is gone: 120 - 40 - 12 are the school's.
 */
static void a_grant_that_ends_shows_its_cliff(void **state)
{
    kea_sample sample;
    kea_flows flows;
    (void)state;
    open_flows(&sample, &flows);
    const kea_funding funding = {.n_payers = 4,
                                 .levied = 1,
                                 .levy = .8,
                                 .n_grants = 1,
                                 .grant = {{3, 60, 1, 2}},
                                 .share = {0, 0, .1, 0},
                                 .ceiling = {HUGE_VAL, HUGE_VAL, HUGE_VAL, HUGE_VAL},
                                 .residual = 0};
    const size_t payer[] = {SCHOOL, TOWN, INSURER, FUND_PAYER};
    kea_flows_fund(&flows, &funding, payer);
    const double expected[3][PAYERS] = {{0, 40, 0, 60}, {0, 40, 10, 60}, {68, 40, 12, 0}};
    for (size_t y = 0; y < 3; y++)
        for (size_t p = 0; p < PAYERS; p++)
            assert_near(kea_flows_amount(&flows, 0, 1, y, p, KEA_FLOW_PAID), expected[y][p], 1e-9);
    for (size_t p = 0; p < PAYERS; p++) {
        assert_near(kea_flows_amount(&flows, 2, 1, 3, p, KEA_FLOW_PAID), 0, 0);
        assert_near(kea_flows_amount(&flows, 2, 0, 1, p, KEA_FLOW_PAID), 0, 0);
    }
    assert_near(flows.levy[kea_flows_row(&flows, 1, 1, 1)], 40, 1e-12);
    /* what others bear has not changed */
    assert_near(kea_flows_sum(&flows, 0, 0, TOWN, KEA_FLOW_DURING, &ALL), 4 * 90 + 18, 1e-12);
    close_flows(&sample, &flows);
}

/* Contributions of EUR 0.8 for 50 people are the town's 40 of 100 and 110; after the second year
 * the school pays all 120. */
static void a_contribution_that_ends_shows_its_cliff(void **state)
{
    kea_sample sample;
    kea_flows flows;
    (void)state;
    open_flows(&sample, &flows);
    const kea_funding funding = {.n_payers = 4,
                                 .levied = 1,
                                 .levy = .8,
                                 .levy_last = 2,
                                 .ceiling = {HUGE_VAL, HUGE_VAL, HUGE_VAL, HUGE_VAL},
                                 .residual = 0};
    const size_t payer[] = {SCHOOL, TOWN, INSURER, FUND_PAYER};
    const double school[] = {60, 70, 120}, town[] = {40, 40, 0};
    kea_flows_fund(&flows, &funding, payer);
    for (size_t y = 0; y < 3; y++) {
        assert_near(kea_flows_amount(&flows, 0, 1, y, SCHOOL, KEA_FLOW_PAID), school[y], 1e-9);
        assert_near(kea_flows_amount(&flows, 0, 1, y, TOWN, KEA_FLOW_PAID), town[y], 1e-9);
        assert_near(flows.levy[kea_flows_row(&flows, 0, 1, y)], town[y], 1e-9);
    }
    close_flows(&sample, &flows);
}

/* In the last year 20 of 50 people are left: of the team's 50 a grant for the full school, 60, pays
 * 24, and of a ceiling of 30 there are 12. */
static void grants_are_for_a_full_school(void **state)
{
    kea_sample sample = money_sample();
    kea_flows flows;
    kea_error err = {0};
    const size_t payer[] = {SCHOOL, TOWN, INSURER, FUND_PAYER};
    kea_funding funding = {.n_payers = 4,
                           .levied = KEA_NO_PAYER,
                           .n_grants = 1,
                           .grant = {{3, 60, 1, 9}},
                           .share = {0, .5},
                           .ceiling = {HUGE_VAL, 30, HUGE_VAL, HUGE_VAL},
                           .residual = 2};
    (void)state;
    money_at(&sample, 0, 1, M_TEAM_SCHOOL)[3] = 50;
    assert_ok(kea_flows_init(&flows, &sample, &FROM, &err), err);
    kea_flows_fund(&flows, &funding, payer);
    assert_near(kea_flows_amount(&flows, 0, 1, 3, FUND_PAYER, KEA_FLOW_PAID), 24, 1e-12);
    assert_near(kea_flows_amount(&flows, 0, 1, 3, TOWN, KEA_FLOW_PAID), 12, 1e-12);
    assert_near(kea_flows_amount(&flows, 0, 1, 3, INSURER, KEA_FLOW_PAID), 14, 1e-12);
    close_flows(&sample, &flows);
}

/* The insurer saves 4 (30 + point) and pays nothing; the school pays 330 x 3/4. */
static void positions_by_payer_add_up(void **state)
{
    kea_sample sample;
    kea_flows flows;
    double scratch[4 * MONEY_POINTS], sum = 0, paid = 0;
    const bool all[PAYERS] = {true, true, true, true};
    const kea_contrast contrast = {.arm = 1, .ref = 0, .span = ALL};
    kea_position position, whole;
    (void)state;
    open_flows(&sample, &flows);
    const double nets[PAYERS] = {-247.5, 44 + 21 - 82.5, 4 * 31, 0};
    for (size_t p = 0; p < PAYERS; p++) {
        bool one[PAYERS] = {false};
        one[p] = true;
        kea_position_of(&position, &flows, &contrast, one, scratch);
        assert_near(position.net.mean, nets[p], 1e-9);
        assert_near(position.gains, p == INSURER, 0);
        sum += position.net.mean;
        paid += position.paid.mean;
    }
    assert_near(position.net.high, 0, 0);
    kea_position_of(&whole, &flows, &contrast, all, scratch);
    assert_near(whole.net.mean, sum, 1e-9);
    assert_near(whole.paid.mean, paid, 1e-9);
    assert_near(paid, 330, 1e-9);
    assert_near(whole.saved_later.mean, 21, 1e-9);
    assert_near(whole.saved.mean, 21 + 44 + 124, 1e-9);
    close_flows(&sample, &flows);
}

/* Per person: of 50 in the first year, 50 / 1.1 in the second. A gain at one draw of three. */
static void positions_per_person_and_probability(void **state)
{
    kea_sample sample;
    kea_flows flows;
    double scratch[4 * MONEY_POINTS];
    const bool insurer[PAYERS] = {false, false, true};
    const kea_contrast contrast = {
        .arm = 1, .ref = 0, .span = {0, 2, .05}, .per_person = true, .people_rate = .1};
    kea_position position;
    (void)state;
    sample = money_sample();
    money_at(&sample, 0, 1, M_CARE_INSURER)[0] += 1000;
    money_at(&sample, 2, 1, M_CARE_INSURER)[1] += 1000;
    kea_error err = {0};
    assert_ok(kea_flows_init(&flows, &sample, &FROM, &err), err);
    kea_position_of(&position, &flows, &contrast, insurer, scratch);
    assert_near(position.gains, 1 / 3., 1e-12);
    double saved = 31 + 31 / 1.05 - (1000 + 1000 / 1.05) / 3;
    assert_near(position.net.mean, saved / (50 + 50 / 1.1), 1e-9);
    close_flows(&sample, &flows);
}

/* The town pays 25 and saves 11 in the first year, then 27.5 and 18, 30 and 18, 0 and 18: it never
 * gains. At the second draw the first year brings 20 more: 6, then 6 - 9.5 / 1.05 is below 0, and
 * after 12 / 1.05^2 less the last year's 18 / 1.05^3 bring it to 1.6; at the first draw the last
 * year brings 100 more. */
static void gains_come_and_go(void **state)
{
    kea_sample sample = money_sample();
    kea_flows flows;
    kea_error err = {0};
    const bool town[PAYERS] = {false, true}, insurer[PAYERS] = {false, false, true};
    kea_contrast contrast = {.arm = 1, .ref = 0, .span = {0, MONEY_PERIODS, .05}};
    const double expected[MONEY_PERIODS] = {1 / 3., 0, 0, 2 / 3.};
    double gains[MONEY_PERIODS];
    (void)state;
    money_at(&sample, 1, 1, M_CARE_TOWN)[0] -= 20;
    money_at(&sample, 0, 1, M_CARE_TOWN)[3] -= 100;
    assert_ok(kea_flows_init(&flows, &sample, &FROM, &err), err);
    kea_position_gains(&flows, &contrast, town, gains);
    for (int y = 0; y < MONEY_PERIODS; y++)
        assert_near(gains[y], expected[y], 1e-12);
    kea_position_gains(&flows, &contrast, insurer, gains);
    for (int y = 0; y < MONEY_PERIODS; y++)
        assert_near(gains[y], 1, 1e-12);
    contrast.span = (kea_span){3, 1, 0};
    kea_position_gains(&flows, &contrast, town, gains);
    assert_near(gains[0], 1, 1e-12);
    close_flows(&sample, &flows);
}

/* Who gains at all of 200 draws gains with probability 1, not more by rounding: a figure would
 * leave it out. */
static void a_sure_gain_is_1(void **state)
{
    enum { MANY = 200 };
    static double amount[2 * MANY];
    static const bool payer[] = {true};
    const kea_flows flows = {.n_points = MANY,
                             .n_arms = 2,
                             .n_periods = 1,
                             .n_payers = 1,
                             .n_kept = 1,
                             .kept = {{KEA_NO_FLOW, 0, KEA_NO_FLOW}},
                             .amount = amount};
    const kea_contrast contrast = {.arm = 1, .span = {0, 1, 0}};
    double gain;
    (void)state;
    for (int i = 0; i < MANY; i++)
        amount[2 * i] = 5; /* without the strategy */
    kea_position_gains(&flows, &contrast, payer, &gain);
    assert_near(gain, 1, 0);
}

static void transfers_make_whole(void **state)
{
    double transfer[4];
    const double gain[4] = {60, -20, 20, -4}, loss[4] = {10, -40, 0, -60};
    const double gives[4] = {-18, 20, -6, 4}, gets[4] = {-10, 4, 0, 6};
    (void)state;
    assert_near(kea_position_make_whole(4, gain, transfer), 0, 0);
    for (int i = 0; i < 4; i++) {
        assert_near(transfer[i], gives[i], 1e-12);
        assert_true(gain[i] + transfer[i] >= -1e-12);
    }
    /* gains of 10 for losses of 100: 90 short, a tenth of every loss is made good */
    assert_near(kea_position_make_whole(4, loss, transfer), 90, 1e-12);
    for (int i = 0; i < 4; i++)
        assert_near(transfer[i], gets[i], 1e-12);
}

/* Two years of budget; the other two and discounting lead to the total of the sample. */
static void the_budget_leads_to_the_kea(void **state)
{
    kea_sample sample;
    kea_flows flows;
    kea_reconciliation r;
    (void)state;
    open_flows(&sample, &flows);
    kea_budget_reconcile(&r, &flows, &sample, 1, 0, 2, MONEY_RATE);
    /* team 210, care -2 x (11 + 31), later -7 */
    assert_near(r.budget, 210 - 84 - 7, 1e-9);
    assert_near(r.later, 7, 1e-9);
    assert_near(r.outside, 120 - 84, 1e-9);
    double discounted =
        100 - 42 + (110 - 42) / 1.05 + (120 - 42) / (1.05 * 1.05) - 42 / (1.05 * 1.05 * 1.05);
    assert_near(r.total, discounted, 1e-9);
    assert_near(r.kea, discounted, 1e-9);
    assert_near(r.budget + r.later + r.outside + r.discounting, r.kea, 1e-9);
    close_flows(&sample, &flows);
}

static void what_is_not_there_is_said(void **state)
{
    kea_error err = {0};
    kea_flows flows;
    kea_sample sample = money_sample();
    const kea_flows_from wrong = {"team", "persons", NULL, 0, NULL};
    (void)state;
    assert_int_equal(kea_flows_init(&flows, &sample, &wrong, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "persons"));
    kea_flows_free(&flows);
    size_t kept = sample.n_periods;
    sample.n_periods = 0;
    assert_int_equal(kea_flows_init(&flows, &sample, &FROM, &err), KEA_ERR_INPUT);
    kea_flows_free(&flows);
    sample.n_periods = kept;
    char names[KEA_MAX_FLOW_PAYERS][16];
    const char *many[KEA_MAX_FLOW_PAYERS];
    for (int i = 0; i < KEA_MAX_FLOW_PAYERS; i++) {
        (void)snprintf(names[i], sizeof names[i], "payer%d", i);
        many[i] = names[i];
    }
    const kea_flows_from crowd = {"team", "people", NULL, KEA_MAX_FLOW_PAYERS, many};
    assert_int_equal(kea_flows_init(&flows, &sample, &crowd, &err), KEA_ERR_INPUT);
    close_flows(&sample, &flows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payers_come_from_outcomes_and_arrangements),
        cmocka_unit_test(amounts_are_sorted),
        cmocka_unit_test(amounts_may_be_kept_elsewhere),
        cmocka_unit_test(what_nobody_pays_takes_no_memory),
        cmocka_unit_test(a_grant_that_ends_shows_its_cliff),
        cmocka_unit_test(a_contribution_that_ends_shows_its_cliff),
        cmocka_unit_test(grants_are_for_a_full_school),
        cmocka_unit_test(positions_by_payer_add_up),
        cmocka_unit_test(positions_per_person_and_probability),
        cmocka_unit_test(gains_come_and_go),
        cmocka_unit_test(a_sure_gain_is_1),
        cmocka_unit_test(transfers_make_whole),
        cmocka_unit_test(the_budget_leads_to_the_kea),
        cmocka_unit_test(what_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
