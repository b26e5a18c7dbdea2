/* Parameter draws of a problem under each sampling scheme: addresses, dependence and values. */
#include "sim/inputs/problem_draw.h"
#include "tests/support/toy_problem.h"

#include <gsl/gsl_cdf.h>
#include <stdbool.h>

#define GROUP                                                                                      \
    "correlations: ( { name = \"risk\"; parameters = [\"hazard\", \"-accept\"]; rho = 0.5;"        \
    " source = \"judgement\"; status = \"assumption\"; } );\n"

static const char *const schemes[] = {"run.sampling=random", "run.sampling=latin_hypercube",
                                      "run.sampling=sobol"};

/* The toy with hazard.low, hazard.middle and, against them, accept in one group. */
static kea_problem grouped(size_t n, const char *const *set)
{
    char path[FILES_PATH], text[2 * sizeof scenario];
    kea_problem problem;
    kea_error err = {0};
    const kea_load_options options = {NULL, n, set};
    (void)snprintf(text, sizeof text, "%s%s", scenario, GROUP);
    files_write(folder, "scenarios/grouped.cfg", text, path);
    assert_ok(kea_problem_load(&problem, path, &options, lookup, &err), err);
    return problem;
}

static void uniforms(const kea_problem *problem, uint32_t draw, double *out)
{
    const kea_draw_source source = kea_problem_draw_source(problem);
    for (size_t i = 0; i < problem->n_entries; i++)
        out[i] = kea_problem_draw_uniform(problem, &source, i, draw);
}

static size_t index_of(const kea_problem *problem, const char *name)
{
    return (size_t)(entry_of(problem, name) - problem->entries);
}

static void schemes_are_read_and_written(void **state)
{
    (void)state;
    for (size_t s = 0; s < 3; s++) {
        char path[FILES_PATH];
        kea_problem p, again;
        kea_error err = {0};
        load_with(&p, 1, &schemes[s]);
        assert_int_equal(p.settings.sampling, s);
        assert_int_equal(p.sampling.scheme, s);
        files_write(folder, "scenarios/again.cfg", p.text, path);
        assert_ok(kea_problem_load(&again, path, NULL, lookup, &err), err);
        assert_int_equal(again.settings.sampling, s);
        kea_problem_free(&again);
        kea_problem_free(&p);
    }
    kea_problem p = loaded();
    assert_int_equal(p.settings.sampling, KEA_SAMPLING_RANDOM);
    kea_problem_free(&p);
}

static void an_unknown_scheme_is_refused(void **state)
{
    (void)state;
    static const char *const set[] = {"run.sampling=latin"};
    const kea_load_options options = {NULL, 1, set};
    kea_problem p;
    kea_error err = {0};
    assert_int_equal(kea_problem_load(&p, scenario_path, &options, lookup, &err), KEA_ERR_USAGE);
    assert_string_equal(err.text,
                        "--set run.sampling=latin: there is no way of sampling \"latin\"; "
                        "expected \"random\", \"latin_hypercube\" or \"sobol\"");
}

/* 800 draws are 8 blocks: 100 cells with one draw each (Sobol: 64). */
static void independent_numbers_are_spread(void **state)
{
    (void)state;
    for (size_t s = 1; s < 3; s++) {
        const char *const set[] = {schemes[s], "run.draws=800"};
        double u[N_ENTRIES];
        kea_problem p;
        load_with(&p, 2, set);
        size_t n = p.sampling.block, hours = index_of(&p, "team.hours");
        bool met[100] = {false};
        assert_int_equal(n, s == 1 ? 100 : 64);
        double shift = 0;
        for (uint32_t draw = 0; draw < n; draw++) {
            uniforms(&p, draw, u);
            shift = s == 2 && draw == 0 ? u[hours] : shift;
            size_t cell = (size_t)((u[hours] - shift + (u[hours] < shift)) * (double)n);
            assert_false(met[cell]);
            met[cell] = true;
        }
        kea_problem_free(&p);
    }
}

/* Normal scores correlate by rho (minus rho for the one against), each scheme alike; one draw of
 * z_a z_b has variance 1 + rho^2. */
static void groups_stay_correlated(void **state)
{
    (void)state;
    enum { N = 4096 };
    for (size_t s = 0; s < 3; s++) {
        const char *const set[] = {schemes[s], "run.draws=4096"};
        kea_problem p = grouped(2, set);
        size_t low = index_of(&p, "hazard.low"), middle = index_of(&p, "hazard.middle");
        size_t accept = index_of(&p, "accept");
        double u[N_ENTRIES], with = 0, against = 0, square = 0;
        for (uint32_t draw = 0; draw < N; draw++) {
            uniforms(&p, draw, u);
            double z = gsl_cdf_ugaussian_Pinv(u[low]);
            with += z * gsl_cdf_ugaussian_Pinv(u[middle]) / N;
            against += z * gsl_cdf_ugaussian_Pinv(u[accept]) / N;
            square += z * z / N;
        }
        assert_near(with, 0.5, 4.9 * sqrt(1.25 / N));
        assert_near(against, -0.5, 4.9 * sqrt(1.25 / N));
        assert_near(square, 1.0, 4.9 * sqrt(2.0 / N));
        kea_problem_free(&p);
    }
}

static void shares_sum_to_1_and_values_stay_in_range(void **state)
{
    (void)state;
    for (size_t s = 0; s < 3; s++) {
        double draw[N_ENTRIES];
        kea_problem p;
        load_with(&p, 1, &schemes[s]);
        size_t first = index_of(&p, "mix.low");
        for (uint32_t d = 0; d < 100; d++) {
            kea_problem_draw(&p, d, draw);
            assert_near(draw[first] + draw[first + 1] + draw[first + 2], 1, 1e-12);
            for (size_t i = 0; i < N_ENTRIES; i++)
                assert_true(draw[i] >= p.entries[i].decl->min && draw[i] <= p.entries[i].decl->max);
        }
        kea_problem_free(&p);
    }
}

/* With random and Latin hypercube draws, making numbers certain changes no other; also the draws of
 * a correlated group but for those that are made certain. */
static void fixing_a_number_changes_no_other(void **state)
{
    (void)state;
    for (size_t s = 0; s < 2; s++) {
        const char *const set[] = {schemes[s], "accept=0.5", "mix.low=0.4", "mix.middle=0.4"};
        double all[N_ENTRIES], fewer[N_ENTRIES];
        kea_problem p = grouped(1, set), q = grouped(4, set);
        size_t hours = index_of(&p, "team.hours"), low = index_of(&p, "hazard.low");
        for (uint32_t d = 50; d-- > 0;) {
            kea_problem_draw(&p, d, all);
            kea_problem_draw(&q, d, fewer);
            assert_near(all[hours], fewer[hours], 0);
            assert_near(all[low], fewer[low], 0);
        }
        kea_problem_free(&p);
        kea_problem_free(&q);
    }
}

/* The group's factor has dimension 0; the widest number is mix.high, beta(16, 64), sd 0.0444 and
 * mean 0.2. */
static void wide_numbers_have_the_first_dimensions(void **state)
{
    (void)state;
    kea_problem p = grouped(1, &schemes[2]);
    assert_int_equal(p.correlations[0].dimension, 0);
    double widest = (double)INFINITY;
    for (size_t d = 1; d <= 8; d++) {
        const kea_entry *at = NULL;
        for (size_t i = 0; i < p.n_entries; i++)
            if (p.entries[i].dist.family != KEA_FIXED && p.entries[i].dimension == d)
                at = &p.entries[i];
        assert_non_null(at);
        double width = kea_dist_sd(&at->dist) / fabs(kea_dist_mean(&at->dist));
        assert_true(width <= widest);
        widest = width;
        if (d == 1)
            assert_string_equal(at->name, "mix.high");
    }
    kea_problem_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schemes_are_read_and_written),
        cmocka_unit_test(an_unknown_scheme_is_refused),
        cmocka_unit_test(independent_numbers_are_spread),
        cmocka_unit_test(groups_stay_correlated),
        cmocka_unit_test(shares_sum_to_1_and_values_stay_in_range),
        cmocka_unit_test(fixing_a_number_changes_no_other),
        cmocka_unit_test(wide_numbers_have_the_first_dimensions),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
