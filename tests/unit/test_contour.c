/* Contour rings against areas worked out by hand, and densities against the shares they promise. */
#include "sim/report/density.h"
#include "tests/support/support.h"

#include <stdlib.h>

static const double position[5] = {0, 1, 2, 3, 4};

static void assert_ring(const kea_rings *rings, size_t i, size_t level, double surface, bool above)
{
    assert_true(i < rings->n);
    assert_int_equal(rings->rings[i].level, level);
    assert_near(rings->rings[i].surface, surface, 1e-12);
    assert_int_equal(rings->rings[i].above_inside, above);
}

static void test_slope(void **state)
{
    (void)state;
    kea_error err;
    kea_rings rings;
    double value[9] = {0, 1, 2, 0, 1, 2, 0, 1, 2}, level[2] = {0.5, 1.25};
    kea_grid grid = {3, 3, position, position, value};
    assert_ok(kea_rings_init(&rings, &grid, 2, level, &err), err);
    assert_int_equal(rings.n, 2);
    assert_ring(&rings, 0, 0, 1.5 * 2, true);
    assert_ring(&rings, 1, 1, 0.75 * 2, true);
    size_t inner = 0;
    for (size_t i = 0; i < rings.rings[1].n; i++) {
        size_t at = rings.rings[1].first + i;
        if (rings.border[at])
            continue;
        assert_near(rings.x[at], 1.25, 1e-12);
        inner++;
    }
    assert_int_equal(inner, 3); /* one crossing in each row of nodes */
    kea_rings_free(&rings);
    kea_rings_free(&rings);
}

static void test_peak_and_hole(void **state)
{
    (void)state;
    kea_error err;
    kea_rings rings;
    double value[25] = {0}, level[1] = {0.75};
    kea_grid grid = {5, 5, position, position, value};
    value[12] = 1;
    assert_ok(kea_rings_init(&rings, &grid, 1, level, &err), err);
    assert_int_equal(rings.n, 1);
    assert_ring(&rings, 0, 0, 2 * 0.25 * 0.25, true);
    kea_rings_free(&rings);
    for (int i = 0; i < 25; i++)
        value[i] = 1;
    value[12] = 0;
    assert_ok(kea_rings_init(&rings, &grid, 1, level, &err), err);
    assert_int_equal(rings.n, 2);
    assert_ring(&rings, 0, 0, 16, true);
    assert_ring(&rings, 1, 0, 2 * 0.75 * 0.75, false);
    kea_rings_free(&rings);
}

/* Around a node without a value every level has the same hole: painted in the order of the rings,
 * the hole of the lowest level must come last. */
static void test_missing_value(void **state)
{
    (void)state;
    kea_error err;
    kea_rings rings;
    double value[25], level[2] = {-1e300, 0.5};
    kea_grid grid = {5, 5, position, position, value};
    for (int i = 0; i < 25; i++)
        value[i] = 1;
    value[12] = (double)NAN;
    assert_ok(kea_rings_init(&rings, &grid, 2, level, &err), err);
    assert_int_equal(rings.n, 4);
    assert_ring(&rings, 0, 0, 16, true);
    assert_ring(&rings, 1, 1, 16, true);
    assert_ring(&rings, 2, 1, 2, false);
    assert_ring(&rings, 3, 0, 2, false);
    for (size_t i = 0; i < rings.n_corners; i++)
        assert_true(rings.border[i]);
    kea_rings_free(&rings);
}

/* Two high corners across a cell are joined when the cell's middle is high, else apart. */
static void test_saddle(void **state)
{
    (void)state;
    kea_error err;
    kea_rings rings;
    double value[4] = {1, 0, 0, 1}, level[2] = {0.4, 0.6};
    kea_grid grid = {2, 2, position, position, value};
    assert_ok(kea_rings_init(&rings, &grid, 1, &level[0], &err), err);
    assert_int_equal(rings.n, 1);
    assert_ring(&rings, 0, 0, 1 - 2 * 0.5 * 0.4 * 0.4, true);
    kea_rings_free(&rings);
    assert_ok(kea_rings_init(&rings, &grid, 1, &level[1], &err), err);
    assert_int_equal(rings.n, 2);
    assert_ring(&rings, 0, 0, 0.5 * 0.4 * 0.4, true);
    assert_ring(&rings, 1, 0, 0.5 * 0.4 * 0.4, true);
    kea_rings_free(&rings);
}

static void test_nothing(void **state)
{
    (void)state;
    kea_error err;
    kea_rings rings;
    double value[4] = {(double)NAN, (double)NAN, (double)NAN, (double)NAN}, level[1] = {-1e300};
    kea_grid grid = {2, 2, position, position, value};
    assert_ok(kea_rings_init(&rings, &grid, 1, level, &err), err);
    assert_int_equal(rings.n, 0);
    kea_rings_free(&rings);
}

/* Is a point within an odd number of the rings of a level? */
static bool is_within(const kea_rings *rings, size_t level, double x, double y)
{
    bool within = false;
    for (size_t i = 0; i < rings->n; i++) {
        const kea_ring *ring = &rings->rings[i];
        const double *rx = rings->x + ring->first, *ry = rings->y + ring->first;
        for (size_t k = 0; ring->level == level && k < ring->n; k++) {
            size_t next = k + 1 < ring->n ? k + 1 : 0;
            if ((ry[k] > y) == (ry[next] > y))
                continue;
            if (x < rx[k] + (y - ry[k]) / (ry[next] - ry[k]) * (rx[next] - rx[k]))
                within = !within;
        }
    }
    return within;
}

static void test_density_encloses_its_shares(void **state)
{
    (void)state;
    enum { N = 1000 };
    kea_error err;
    kea_density density;
    kea_rings rings;
    static double x[N], y[N];
    const double share[2] = {0.95, 0.5};
    for (int i = 0; i < N; i++) { /* a low-discrepancy sequence made normal, on unlike scales */
        double a = fmod(0.754877666 * (i + 1), 1), b = fmod(0.569840291 * (i + 1), 1);
        double radius = sqrt(-2 * log(a + 1e-9));
        x[i] = 250 + 100 * radius * cos(6.283185307 * b);
        y[i] = 3.5e6 + 5e5 * radius * sin(6.283185307 * b);
    }
    assert_ok(kea_density_init(&density, N, x, y, share, &err), err);
    assert_true(density.exists);
    kea_grid grid = kea_density_grid(&density);
    assert_ok(kea_rings_init(&rings, &grid, 2, density.level, &err), err);
    for (size_t level = 0; level < 2; level++) {
        int n = 0;
        for (int i = 0; i < N; i++)
            n += is_within(&rings, level, x[i], y[i]) ? 1 : 0;
        assert_near(n / (double)N, share[level], 0.01);
    }
    kea_rings_free(&rings);
    kea_density_free(&density);
    kea_density_free(&density);
}

static void test_density_of_too_little(void **state)
{
    (void)state;
    kea_error err;
    kea_density density;
    double x[40], y[40];
    const double share[2] = {0.95, 0.5};
    for (int i = 0; i < 40; i++) {
        x[i] = i;
        y[i] = i % 2 ? (double)NAN : (double)(i * i % 7);
    }
    assert_ok(kea_density_init(&density, 40, x, y, share, &err), err);
    assert_true(density.exists); /* 20 finite points */
    kea_density_free(&density);
    y[0] = (double)INFINITY;
    assert_ok(kea_density_init(&density, 40, x, y, share, &err), err);
    assert_false(density.exists);
    for (int i = 0; i < 40; i++)
        y[i] = 3;
    assert_ok(kea_density_init(&density, 40, x, y, share, &err), err);
    assert_false(density.exists);
    assert_ok(kea_density_init(&density, 0, x, y, share, &err), err);
    assert_false(density.exists);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slope),
        cmocka_unit_test(test_peak_and_hole),
        cmocka_unit_test(test_missing_value),
        cmocka_unit_test(test_saddle),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_density_encloses_its_shares),
        cmocka_unit_test(test_density_of_too_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
