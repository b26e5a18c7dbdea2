/* Fair division: published and hand-made games, sums, and the axioms of the Shapley value. */
#include "sim/analysis/division.h"
#include "tests/support/support.h"

static void assert_sums(const kea_division *d, size_t n, double cost)
{
    double people = 0, benefit = 0, paid = 0, value = 0;
    for (size_t i = 0; i < n; i++) {
        people += d->by_people[i];
        benefit += d->by_benefit[i];
        paid += d->by_value[i];
        value += d->value[i];
    }
    assert_near(people, cost, 1e-9);
    assert_near(benefit, cost, 1e-9);
    assert_near(paid + d->unpaid, cost, 1e-9);
    assert_near(value, d->whole, 1e-9);
}

/* Gains 60, 30, 20 at a cost of 70. v(1,2) = 20, v(1,3) = 10, v(1,2,3) = 40, all else 0.
 * Payer 1: 1/6 (20 + 10) + 1/3 40 = 18.33; payer 2: 1/6 20 + 1/3 (40 - 10) = 13.33;
 * payer 3: 1/6 10 + 1/3 (40 - 20) = 8.33. */
static void three_payers_by_hand(void **state)
{
    const double benefit[] = {60, 30, 20}, people[] = {1, 1, 2};
    const double value[] = {55 / 3., 40 / 3., 25 / 3.};
    kea_division d;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_division_of(&d, 3, 70, benefit, people, &err), err);
    for (int i = 0; i < 3; i++) {
        assert_near(d.value[i], value[i], 1e-9);
        assert_near(d.by_value[i], benefit[i] - value[i], 1e-9);
        assert_near(d.by_people[i], 70 * people[i] / 4, 1e-9);
        assert_near(d.by_benefit[i], 70 * benefit[i] / 110, 1e-9);
    }
    assert_near(d.whole, 40, 1e-9);
    assert_near(d.unpaid, 0, 0);
    assert_sums(&d, 3, 70);
}

/* Who gains nothing gets nothing and pays nothing, to the last bit, and changes nobody's value. */
static void who_gains_nothing_gets_nothing(void **state)
{
    const double with[] = {60, 0, 30, 20}, without[] = {60, 30, 20}, people[] = {1, 1, 1, 1};
    kea_division d, e;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_division_of(&d, 4, 70, with, people, &err), err);
    assert_ok(kea_division_of(&e, 3, 70, without, people, &err), err);
    assert_true(d.value[1] == 0.0 && d.by_value[1] == 0.0 && d.by_benefit[1] == 0.0);
    assert_near(d.value[0], e.value[0], 1e-12);
    assert_near(d.value[2], e.value[1], 1e-12);
    assert_near(d.value[3], e.value[2], 1e-12);
    assert_sums(&d, 4, 70);
}

/* Without cost everyone keeps what it gains; equals are treated the same; the value of a programme
 * that is not worth its cost is 0 and says what is missing. */
static void limits_of_the_value(void **state)
{
    const double benefit[] = {12, 7, 7, 3, 1}, people[] = {1, 2, 3, 4, 5};
    kea_division d;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_division_of(&d, 5, 0, benefit, people, &err), err);
    for (int i = 0; i < 5; i++)
        assert_near(d.value[i], benefit[i], 1e-12);
    assert_ok(kea_division_of(&d, 5, 22, benefit, people, &err), err);
    assert_true(d.value[1] == d.value[2]);
    assert_sums(&d, 5, 22);
    /* only all together can begin, nearly: 29.5 of 30; one gets as much as another */
    assert_ok(kea_division_of(&d, 5, 29.5, benefit, people, &err), err);
    for (int i = 0; i < 5; i++)
        assert_near(d.value[i], .1, 1e-12);
    assert_ok(kea_division_of(&d, 5, 41, benefit, people, &err), err);
    assert_near(d.unpaid, 11, 1e-12);
    assert_near(d.whole, 0, 0);
    for (int i = 0; i < 5; i++)
        assert_true(d.value[i] == 0.0);
    assert_sums(&d, 5, 41);
}

/* Harm of 15 is made good before anything is divided: as three_payers_by_hand with a cost of 70. */
static void who_is_harmed_is_compensated(void **state)
{
    const double benefit[] = {60, -15, 30, 20}, people[] = {1, 1, 1, 1};
    kea_division d;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_division_of(&d, 4, 55, benefit, people, &err), err);
    assert_near(d.by_value[1], -15, 1e-12);
    assert_near(d.by_benefit[1], -15, 1e-12);
    assert_near(d.value[0], 55 / 3., 1e-9);
    assert_true(d.value[1] == 0.0);
    assert_sums(&d, 4, 55);
    const double harm[] = {-5, 0};
    assert_ok(kea_division_of(&d, 2, 3, harm, people, &err), err);
    assert_near(d.by_benefit[0], -1, 1e-12);
    assert_sums(&d, 2, 3);
}

/* n! orders of joining, one after the other: what each adds on average. */
static void orders(size_t n, size_t *order, size_t at, const double *gain, double cost,
                   double *value, double *count)
{
    if (at == n) {
        double sum = 0;
        for (size_t k = 0; k < n; k++) {
            double before = fmax(sum - cost, 0);
            sum += gain[order[k]];
            value[order[k]] += fmax(sum - cost, 0) - before;
        }
        *count += 1;
        return;
    }
    for (size_t k = at; k < n; k++) {
        size_t kept = order[at];
        order[at] = order[k];
        order[k] = kept;
        orders(n, order, at + 1, gain, cost, value, count);
        kept = order[at];
        order[at] = order[k];
        order[k] = kept;
    }
}

static void agrees_with_all_orders_of_joining(void **state)
{
    const double gain[] = {3.5, 17, 9.25, 0.5, 21, 12};
    (void)state;
    for (double cost = 0; cost < 70; cost += 7.3) {
        size_t order[] = {0, 1, 2, 3, 4, 5};
        double value[6], slow[6] = {0}, count = 0;
        orders(6, order, 0, gain, cost, slow, &count);
        kea_division_shapley(6, gain, cost, value);
        for (int i = 0; i < 6; i++)
            assert_near(value[i], slow[i] / count, 1e-9);
    }
}

/* Twelve payers: nobody pays more than it gains, and no coalition does better by itself. */
static void twelve_payers_and_no_coalition_does_better(void **state)
{
    double benefit[12], people[12];
    kea_division d;
    kea_error err = {0};
    (void)state;
    for (int i = 0; i < 12; i++) {
        benefit[i] = 5 + 3.7 * ((i * 5) % 12);
        people[i] = i + 1;
    }
    assert_ok(kea_division_of(&d, 12, 123.4, benefit, people, &err), err);
    assert_sums(&d, 12, 123.4);
    for (unsigned s = 1; s < 1u << 12; s++) {
        double gain = 0, value = 0;
        for (int i = 0; i < 12; i++)
            if (s >> i & 1u) {
                gain += benefit[i];
                value += d.value[i];
            }
        assert_true(value >= fmax(gain - 123.4, 0) - 1e-9);
    }
    assert_int_equal(kea_division_of(&d, 13, 1, benefit, people, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_division_of(&d, 0, 1, benefit, people, &err), KEA_ERR_INPUT);
    const double nobody[2] = {0, 0};
    assert_int_equal(kea_division_of(&d, 2, 1, benefit, nobody, &err), KEA_ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_payers_by_hand),
        cmocka_unit_test(who_gains_nothing_gets_nothing),
        cmocka_unit_test(limits_of_the_value),
        cmocka_unit_test(who_is_harmed_is_compensated),
        cmocka_unit_test(agrees_with_all_orders_of_joining),
        cmocka_unit_test(twelve_payers_and_no_coalition_does_better),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
