/* What follows after leaving: the chain against closed forms and the figures of Statistics
 * Netherlands (CBS), and amounts by hand arithmetic. */
#include "models/mbo/after.h"

#include "tests/model/reference.h"
#include "tests/support/support.h"

enum { YEARS = 40 };

static double qualified(const mbo_after_state *s)
{
    return s->work[MBO_QUALIFIED] + s->benefit[MBO_QUALIFIED] + s->neither[MBO_QUALIFIED];
}

static double unqualified(const mbo_after_state *s)
{
    return s->work[MBO_UNQUALIFIED] + s->benefit[MBO_UNQUALIFIED] + s->neither[MBO_UNQUALIFIED];
}

static double on_benefit(const mbo_after_state *s)
{
    return s->benefit[MBO_UNQUALIFIED] + s->benefit[MBO_QUALIFIED];
}

static void states_sum_to_one(void **state)
{
    mbo_params p = reference_null();
    (void)state;
    for (size_t y = 0; y < YEARS; y++)
        for (int kind = 0; kind < MBO_LEAVERS; kind++) {
            mbo_after_state s = mbo_after_state_in(&p, kind, y);
            assert_near(qualified(&s) + unqualified(&s) + s.education, 1.0, 1e-12);
            assert_true(s.education >= 0.0 && s.neither[kind] >= 0.0);
        }
}

/* Nobody comes out of education again: 22 percent are back in year 0, and after y more years
 * 1 - .78 (1 - .0878)^y, which is 46 percent within five years. */
static void return_in_closed_form(void **state)
{
    mbo_params p = reference_null();
    (void)state;
    p.qualify_again = p.leave_again = 0.0;
    for (size_t y = 0; y < YEARS; y++) {
        mbo_after_state s = mbo_after_state_in(&p, MBO_UNQUALIFIED, y);
        assert_near(s.education, 1.0 - .78 * pow(1.0 - .0878, (double)y), 1e-12);
    }
    assert_near(mbo_after_state_in(&p, MBO_UNQUALIFIED, 0).education, .22, 1e-15);
    assert_near(mbo_after_state_in(&p, MBO_UNQUALIFIED, 4).education, .46, .0005);
    assert_true(mbo_after_state_in(&p, MBO_QUALIFIED, 9).education == 0.0);
}

/* Without a way back the status relaxes to the long-run share: w(y) = .61 + (.64 - .61) .8^y. */
static void status_in_closed_form(void **state)
{
    mbo_params p = reference_null();
    (void)state;
    p.return_first_year = p.return_later = 0.0;
    for (size_t y = 0; y < YEARS; y++) {
        double fades = pow(.8, (double)y);
        mbo_after_state u = mbo_after_state_in(&p, MBO_UNQUALIFIED, y);
        mbo_after_state q = mbo_after_state_in(&p, MBO_QUALIFIED, y);
        assert_near(u.work[MBO_UNQUALIFIED], .61 + .03 * fades, 1e-12);
        assert_near(q.work[MBO_QUALIFIED], .895 - .035 * fades, 1e-12);
        /* in the first year .36 do not work, of whom .225 / .39 are on a benefit */
        assert_near(u.benefit[MBO_UNQUALIFIED], .225 + (.36 * .225 / .39 - .225) * fades, 1e-12);
    }
}

/* CBS 85861NED: in the tenth year after leaving 29 percent of early leavers are qualified and 16.2
 * percent on a benefit, of qualified leavers 6.5 percent. */
static void ten_years_as_counted(void **state)
{
    mbo_params p = reference_null();
    (void)state;
    mbo_after_state u = mbo_after_state_in(&p, MBO_UNQUALIFIED, 9);
    mbo_after_state q = mbo_after_state_in(&p, MBO_QUALIFIED, 9);
    assert_near(qualified(&u), .29, .01);
    assert_near(on_benefit(&u), .162, .01);
    assert_near(on_benefit(&q), .065, .01);
    assert_near(qualified(&q), 1.0, 1e-12);
}

/* A leaver whose leaving causes nothing has what a qualified leaver has. The wage premium is a
 * causal number by itself and is not reduced. */
static void no_causal_share(void **state)
{
    mbo_params p = reference_null();
    mbo_after_year u[10], q[10];
    (void)state;
    p.causal_share = 0.0;
    mbo_after_fill(&p, MBO_UNQUALIFIED, 10, u);
    mbo_after_fill(&p, MBO_QUALIFIED, 10, q);
    for (int y = 0; y < 10; y++) {
        mbo_after_state s = mbo_after_state_in(&p, MBO_UNQUALIFIED, (size_t)y);
        double without = s.work[MBO_UNQUALIFIED] / (s.work[0] + s.work[1]);
        assert_near(u[y].work, q[y].work, 1e-12);
        assert_near(u[y].benefit, q[y].benefit, 1e-12);
        assert_near(u[y].bijstand, q[y].bijstand, 1e-9);
        assert_near(u[y].other_benefit, q[y].other_benefit, 1e-9);
        assert_near(u[y].execution, q[y].execution, 1e-9);
        assert_near(u[y].crime_justice, q[y].crime_justice, 1e-9);
        assert_near(u[y].crime_society, q[y].crime_society, 1e-9);
        assert_near(u[y].care, q[y].care, 1e-9);
        assert_near(u[y].lost_production, 20100 * .1 * without * q[y].work, 1e-9);
        assert_true(q[y].lost_production == 0.0);
    }
}

/* All of the raw gap: the chain's own shares, and the full ratios of crime and care. */
static void whole_gap(void **state)
{
    mbo_params p = reference_null();
    mbo_after_year u[10], q[10];
    (void)state;
    p.causal_share = 1.0;
    mbo_after_fill(&p, MBO_UNQUALIFIED, 10, u);
    mbo_after_fill(&p, MBO_QUALIFIED, 10, q);
    for (int y = 0; y < 10; y++) {
        mbo_after_state s = mbo_after_state_in(&p, MBO_UNQUALIFIED, (size_t)y);
        double full = y < 2 ? .3 : 1.0; /* young people's benefit */
        double crime = y < 7 ? .08 * 15000 : 0.0;
        assert_near(u[y].work, s.work[0] + s.work[1], 1e-12);
        assert_near(u[y].benefit, on_benefit(&s), 1e-12);
        assert_near(u[y].bijstand, on_benefit(&s) * 17600 * full * .55, 1e-9);
        assert_near(u[y].other_benefit, on_benefit(&s) * 17600 * full * .45, 1e-9);
        assert_near(u[y].execution, on_benefit(&s) * 3600, 1e-9);
        assert_near(u[y].crime_justice, crime * .35, 1e-9);
        assert_near(u[y].crime_society, crime * .65, 1e-9);
        assert_near(u[y].care, .065 * 1.5 * 5600, 1e-9);
        /* a qualified wage for those who do not work, the premium for those who work without */
        assert_near(u[y].lost_production,
                    20100 * 1.1 * (q[y].work - u[y].work) + 20100 * .1 * s.work[MBO_UNQUALIFIED],
                    1e-9);
    }
}

/* Half of the gap: the middle for shares, the square root for ratios. */
static void half_the_gap(void **state)
{
    mbo_params p = reference_null();
    mbo_after_year half[3], u[3], q[3];
    (void)state;
    p.causal_share = 0.5;
    mbo_after_fill(&p, MBO_UNQUALIFIED, 3, half);
    p.causal_share = 1.0;
    mbo_after_fill(&p, MBO_UNQUALIFIED, 3, u);
    mbo_after_fill(&p, MBO_QUALIFIED, 3, q);
    for (int y = 0; y < 3; y++) {
        assert_near(half[y].work, (u[y].work + q[y].work) / 2, 1e-12);
        assert_near(half[y].bijstand, (u[y].bijstand + q[y].bijstand) / 2, 1e-9);
        assert_near(half[y].crime_justice, .02 * 2 * 15000 * .35, 1e-9);
    }
}

static void no_horizon(void **state)
{
    mbo_params p = reference_null();
    mbo_after_year untouched = {.work = 7};
    (void)state;
    mbo_after_fill(&p, MBO_UNQUALIFIED, 0, &untouched);
    assert_true(untouched.work == 7);
}

/* Learning in practice raises the odds of work by exp(b f dose) and is worth production. */
static void practice_brings_work(void **state)
{
    mbo_params p = reference_null();
    mbo_after_year plain, with;
    (void)state;
    p.effect[5] = 0.3;
    p.fidelity[5] = 0.5;
    mbo_after_fill(&p, MBO_QUALIFIED, 1, &plain);
    assert_near(plain.work, 0.86, 1e-12);
    assert_near(plain.lost_production, 0.0, 1e-9);
    p.practice_share = 0.8;
    mbo_after_fill(&p, MBO_QUALIFIED, 1, &with);
    double odds = 0.86 / 0.14 * exp(0.3 * 0.5 * 0.8);
    assert_near(with.work, odds / (1 + odds), 1e-12);
    assert_near(with.lost_production, -20100 * 1.1 * (with.work - 0.86), 1e-6);
}

/* Three years on a benefit or not, each with probability .2: all or nothing when the status lasts,
 * independent of each other when it is drawn anew every year. Amounts 1, 4 and 5 thousand. */
static void squares_of_benefits(void **state)
{
    mbo_params p = {.horizon_years = 3,
                    .bijstand_share = 1,
                    .price_benefit_year = 4000,
                    .price_benefit_execution = 1000,
                    .youth_benefit_years = 1};
    const double amount[] = {1000, 5000, 5000};
    double independent = 0, half = 0;
    (void)state;
    for (int kind = 0; kind < MBO_LEAVERS; kind++) {
        p.work_direct[kind] = p.work_stock[kind] = .5;
        p.benefit_stock[kind] = .2;
    }
    p.status_persistence = 1;
    assert_near(mbo_after_square(&p, MBO_QUALIFIED, 3), .2 * 11000. * 11000., 1e-3);
    assert_near(mbo_after_square(&p, MBO_QUALIFIED, 1), .2 * 1e6, 1e-6);
    assert_near(mbo_after_square(&p, MBO_QUALIFIED, 0), 0, 0);
    p.status_persistence = 0;
    for (int y = 0; y < 3; y++)
        for (int z = 0; z < 3; z++)
            independent += amount[y] * amount[z] * (y == z ? .2 : .04);
    assert_near(mbo_after_square(&p, MBO_QUALIFIED, 3), independent, 1e-3);
    /* half of it other benefits, of which only the execution is the municipality's */
    p.bijstand_share = .5;
    for (int y = 0; y < 3; y++)
        for (int z = 0; z < 3; z++)
            half += 1e6 * (y == z ? .2 : .04);
    assert_near(mbo_after_square(&p, MBO_QUALIFIED, 3), (independent + half) / 2, 1e-3);
    /* of an unqualified leaver, who is never on one, the causal share of the difference */
    p.benefit_stock[MBO_UNQUALIFIED] = 0;
    p.causal_share = .25;
    assert_near(mbo_after_square(&p, MBO_UNQUALIFIED, 3), .75 * (independent + half) / 2, 1e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_sum_to_one),     cmocka_unit_test(return_in_closed_form),
        cmocka_unit_test(status_in_closed_form), cmocka_unit_test(ten_years_as_counted),
        cmocka_unit_test(no_causal_share),       cmocka_unit_test(whole_gap),
        cmocka_unit_test(half_the_gap),          cmocka_unit_test(no_horizon),
        cmocka_unit_test(practice_brings_work),  cmocka_unit_test(squares_of_benefits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
