/* Two-level Monte Carlo against closed forms, regression, and its own bias. */
#include "sim/analysis/nested.h"

#include "sim/analysis/evppi.h"
#include "tests/support/gaussian.h"
#include "tests/support/support.h"

#include <string.h>

/* A toy of which p1 is of interest. */
typedef struct toy_model {
    const gaussian_toy *toy;
    uint64_t seed;
    size_t n_inner, fails_at;
} toy_model;

static kea_status toy_benefit(void *context, size_t outer, size_t inner, double *benefit,
                              kea_error *err)
{
    const toy_model *model = context;
    const gaussian_toy *toy = model->toy;
    double p1 = toy->m1 + gaussian_number(model->seed, outer, 0);
    double p2 =
        toy->c * p1 + 2 * gaussian_number(model->seed + 1, outer * model->n_inner + inner, 1);
    if (model->fails_at && outer == model->fails_at)
        return kea_error_set(err, KEA_ERR_RUN, "the model failed");
    benefit[0] = 7;
    benefit[1] = 7 + toy->a * p1 + toy->b * p2;
    return KEA_OK;
}

static kea_nested run(const gaussian_toy *toy, uint64_t seed, size_t n_outer, size_t n_inner)
{
    toy_model model = {toy, seed, n_inner, 0};
    kea_nested out;
    kea_error err;
    assert_ok(kea_nested_evppi(&out, toy_benefit, &model, 2, n_outer, n_inner, &err), err);
    return out;
}

static void closed_forms(void **state)
{
    (void)state;
    for (size_t t = 0; t < GAUSSIAN_TOYS; t++) {
        double exact = gaussian_toys[t].evppi1;
        kea_nested out = run(&gaussian_toys[t], 71 + t, 3000, 200);
        if (t < GAUSSIAN_TOYS - 1)
            assert_near(out.value, exact, 4.9 * out.error);
        else /* both strategies equal at every outer draw: an inner SD of 2 / sqrt(200) */
            assert_near(out.value, (2 - sqrt(2)) * gaussian_value(0, 2 / sqrt(200)),
                        4.9 * out.error);
        assert_true(out.plain > exact - 4.9 * out.plain_error);
        assert_true(out.lowest < exact + 4.9 * out.lowest_error);
        assert_true(out.lowest <= out.plain);
        assert_true(out.error < 0.05);
    }
}

/* With 4 inner draws the inner noise is large: the mean of them has SD 1 beside an SD of 1 of what
 * is looked for. The plain value is then that of a normal variable with variance 2, exactly; the
 * extrapolated one is 2 x that less the value at variance 3. */
static void bias_is_what_is_said(void **state)
{
    (void)state;
    const gaussian_toy *toy = &gaussian_toys[3]; /* mean 0 */
    kea_nested out = run(toy, 81, 60000, 4);
    double plain = gaussian_value(0, sqrt(2)), halves = gaussian_value(0, sqrt(3));
    assert_near(out.plain, plain, 4.9 * out.plain_error);
    assert_near(out.value, 2 * plain - halves, 4.9 * out.error);
    assert_true(out.plain - toy->evppi1 > 20 * out.plain_error);
    assert_true(toy->evppi1 - out.lowest > 10 * out.lowest_error);
    /* the extrapolation takes away two thirds of the bias even here */
    assert_true(fabs(out.value - toy->evppi1) < 0.4 * (out.plain - toy->evppi1));
}

static void agrees_with_regression(void **state)
{
    (void)state;
    enum { N = 10000 };
    static double params[2 * N], value[2 * N];
    static const char *const names[] = {"p1", "p2"};
    static const size_t first[] = {0};
    const kea_set set = {1, first};
    const kea_benefits benefits = {N, 2, value};
    const kea_parameters parameters = {N, 2, names, params};
    const kea_evppi_options options = {KEA_SMOOTHER_CHOICE, 5};
    kea_evppi regression;
    kea_error err;
    gaussian_toy_draw(&gaussian_toys[2], 91, N, params, value);
    assert_ok(kea_evppi_of(&regression, &benefits, &parameters, 1, &set, &options, &err), err);
    kea_nested nested = run(&gaussian_toys[2], 95, 3000, 200);
    assert_near(nested.value, regression.value, 4.9 * hypot(nested.error, regression.error));
}

static void wrong_use_is_named(void **state)
{
    (void)state;
    toy_model model = {&gaussian_toys[0], 1, 4, 3};
    kea_nested out;
    kea_error err;
    assert_int_equal(kea_nested_evppi(&out, toy_benefit, &model, 2, 10, 4, &err), KEA_ERR_RUN);
    assert_string_equal(err.text, "the model failed");
    assert_int_equal(kea_nested_evppi(&out, toy_benefit, &model, 2, 10, 5, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text,
                        "nested simulation needs an even number of inner draws, 2 at least, not 5");
    assert_int_equal(kea_nested_evppi(&out, toy_benefit, &model, 2, 1, 4, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_nested_evppi(&out, toy_benefit, &model, 1, 10, 4, &err), KEA_ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_forms),
        cmocka_unit_test(bias_is_what_is_said),
        cmocka_unit_test(agrees_with_regression),
        cmocka_unit_test(wrong_use_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
