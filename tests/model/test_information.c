/* What it is worth to know a number of the mbo model (EVPPI), found in two ways that share nothing
 * but the model: by regression on one sample, and by simulating it again and again with the number
 * known (nested simulation).
 *
 * The fixture is the Friesland College made small, with prices at which the choice does turn: no
 * team, a team at half its hours, at its hours. Most care outside costs little here, so that the
 * luck of 120 students does not drown what is looked for.
 *
 * That luck is handled alike in both: every draw, of the sample and within the nest, has students
 * of its own. Whom one meets is then one more thing that stays unknown, and both estimate the same
 * value: E over the numbers [max over strategies of E(net benefit | numbers)] - max E.
 *
 * Errors: agreement within 4.9 standard errors of both together, a false alarm of 1e-6 for each of
 * the comparisons if the estimators had no bias. Biases of the nest (nested.h): on average the
 * truth lies between its `lowest` and its `plain` value, which is tested as it stands. Its `value`
 * has removed from `plain` a part of the bias of at least 0.41, so that at most 0.59 / 0.41 of what
 * was removed is left, or too much, and then `plain` is above the truth by less than what was
 * removed: 0.59 / 0.41 of that is allowed for. The bias of the regression is that of the highest
 * of fitted means with errors s: where strategies are as good as each other everywhere, at most
 * their expected highest, s for three strategies; its part of the standard error is s.
 *
 * With sanitizers and assertions everything is smaller: the same comparisons with wider errors, and
 * whether a number is worth anything is left to the release build. */
#include "sim/analysis/evppi.h"
#include "sim/analysis/nested.h"
#include "sim/engine/work.h"
#include "sim/inputs/problem_draw.h"
#include "tests/support/scenario.h"

#include <stdint.h>

enum { ARMS = 3, MOST_DRAWS = 1000000 };
enum { INFLUENTIAL, UNINFLUENTIAL, GROUP, N_SETS, N_KNOWN = 4 };

/* Draws of the sample, and outer and inner draws for every set. */
#ifdef NDEBUG
enum { DRAWS = 6000, FULL = 1 };
static const size_t nests[N_SETS][2] = {{80, 100}, {30, 50}, {60, 60}};
#else
enum { DRAWS = 600, FULL = 0 };
static const size_t nests[N_SETS][2] = {{12, 20}, {8, 10}, {12, 20}};
#endif

static const double wtp = 38000;

/* The other mechanisms do nothing, other prices are fixed: what is looked for decides, and is alone
 * in its correlated group, or with one other. */
static const char *const settings[] = {
    "students=120",
    "warmup_years=2",
    "window_years=1",
    "price_specialist_minor=1000",
    "price_specialist_adult=1000",
    "price_residential=0",
    "price_external_light=300",
    "price_veilig_thuis=0",
    "price_absence_week=15",
    "price_student_year=0",
    "price_hour.youth_professional=78",
    "price_hour.psychologist=100",
    "detection_boost=1.9",
    "effect.safe_environment=0",
    "effect.positive_approach=0",
    "effect.normal_help_request=0",
    "effect.own_direction=0",
    "effect.realistic_context=0",
    "effect.cooperation=0",
    "effect.keep_learning=0",
    "analysis.hours_factor.from=0.5",
    "analysis.hours_factor.to=1",
    "analysis.hours_factor.n=2",
};

/* The model, run draw by draw with values of one's own. */
typedef struct fixture {
    scenario s;
    kea_design design;
    kea_work work;
    kea_work_bench bench;
    kea_sample sample; /* of one point */
    size_t vsv;
    double *uniform; /* [n_entries] */
} fixture;

static size_t entry_of(const fixture *f, const char *name)
{
    size_t entry = 0;
    if (!kea_problem_find(&f->s.problem, name, &entry))
        fail_msg("the model has no number %s", name);
    return entry;
}

static void fixture_open(fixture *f)
{
    kea_error err = {0};
    *f = (fixture){.vsv = 0};
    scenario_open(&f->s, "friesland.cfg", sizeof settings / sizeof settings[0], settings);
    kea_problem *problem = &f->s.problem;
    problem->entries[entry_of(f, "price_hour.social_worker")].dist =
        (kea_dist){KEA_UNIFORM, {0, 250}};
    problem->entries[entry_of(f, "effect.personal_connection")].dist =
        (kea_dist){KEA_UNIFORM, {0, 2}};
    assert_ok(kea_design_hours(&f->design, problem, 1, MOST_DRAWS, &err), err);
    assert_ok(kea_design_own_values(&f->design, problem, &err), err);
    f->design.drawn = false;
    assert_int_equal(f->design.n_arms, ARMS);
    assert_ok(kea_work_init(&f->work, f->s.model, problem, &f->design, &err), err);
    assert_ok(kea_work_open(&f->bench, &f->work, &err), err);
    assert_ok(
        kea_sample_init(&f->sample, 1, ARMS, f->s.model->n_outcomes, f->s.model->outcomes, &err),
        err);
    assert_true(kea_sample_find(&f->sample, "vsv", &f->vsv));
    f->uniform = scenario_new(problem->n_entries, sizeof(double));
}

static void fixture_close(fixture *f)
{
    free(f->uniform);
    kea_sample_free(&f->sample);
    kea_work_close(&f->bench);
    kea_work_free(&f->work);
    kea_design_free(&f->design);
    scenario_close(&f->s);
}

/* Net benefits at a point, less those of no team. */
static void put_benefits(const fixture *f, const kea_sample *sample, size_t point, double *benefit)
{
    for (size_t arm = 0; arm < ARMS; arm++)
        benefit[arm] = -wtp * *kea_sample_at(sample, point, arm, f->vsv, KEA_SCOPE_DISCOUNTED) -
                       kea_sample_cost(sample, point, arm, KEA_SCOPE_DISCOUNTED);
    for (size_t arm = ARMS; arm-- > 0;)
        benefit[arm] -= benefit[0];
}

/* Net benefits with the values from the uniforms, lived through by a cohort. */
static kea_status run(fixture *f, size_t cohort, double *benefit, kea_error *err)
{
    kea_problem_draw_values(&f->s.problem, f->uniform, f->design.values);
    kea_status status = kea_work_run(&f->bench, cohort, &f->sample, 0, err);
    if (status == KEA_OK)
        put_benefits(f, &f->sample, 0, benefit);
    return status;
}

/* The uniform of every uncertain number: at draw `known` of the n numbers of a set, at draw `other`
 * of the rest. */
static void draw(fixture *f, size_t n, const size_t *set, size_t known, size_t other)
{
    const kea_problem *problem = &f->s.problem;
    const kea_draw_source source = kea_problem_draw_source(problem);
    for (size_t e = 0; e < problem->n_entries; e++) {
        size_t at = other;
        for (size_t k = 0; k < n; k++)
            at = set[k] == e ? known : at;
        f->uniform[e] = problem->entries[e].dist.family == KEA_FIXED
                            ? 0.5
                            : kea_problem_draw_uniform(problem, &source, e, (uint32_t)at);
    }
}

/* Knowing part of a correlated group tells of the rest of it, which `draw` does not do: sets must
 * hold whole groups. */
static void assert_whole_groups(const kea_problem *problem, size_t n, const size_t *set)
{
    for (size_t g = 0; g < problem->n_correlations; g++) {
        size_t within = 0;
        for (size_t m = 0; m < problem->correlations[g].n_members; m++)
            for (size_t k = 0; k < n; k++)
                within += problem->correlations[g].members[m].entry == set[k];
        assert_true(within == 0 || within == problem->correlations[g].n_members);
    }
}

/* What is asked about: sets of entries. */
static const size_t set_size[N_SETS] = {1, 1, 2};
static const size_t set_first[N_SETS] = {0, 1, 2};

typedef struct question {
    size_t entry[N_KNOWN];
    kea_evppi regression[N_SETS];
    kea_nested nested[N_SETS];
} question;

/* The sample of draws 0 .. DRAWS - 1, and the regressions. */
static void regress(fixture *f, question *q)
{
    static const char *const names[N_KNOWN] = {"effect", "crime", "social worker", "teacher"};
    static const size_t column[N_KNOWN] = {0, 1, 2, 3};
    kea_error err = {0};
    double *x = scenario_new((size_t)DRAWS * N_KNOWN, sizeof(double));
    double *y = scenario_new((size_t)DRAWS * ARMS, sizeof(double));
    kea_set sets[N_SETS];
    for (size_t i = 0; i < DRAWS; i++) {
        draw(f, 0, NULL, 0, i);
        assert_ok(run(f, i, y + i * ARMS, &err), err);
        for (size_t k = 0; k < N_KNOWN; k++)
            x[i * N_KNOWN + k] = f->design.values[q->entry[k]];
    }
    for (size_t s = 0; s < N_SETS; s++)
        sets[s] = (kea_set){set_size[s], column + set_first[s]};
    const kea_benefits benefits = {DRAWS, ARMS, y};
    const kea_parameters parameters = {DRAWS, N_KNOWN, names, x};
    const kea_evppi_options options = {KEA_SMOOTHER_CHOICE, 5};
    assert_ok(kea_evppi_of(q->regression, &benefits, &parameters, N_SETS, sets, &options, &err),
              err);
    free(x);
    free(y);
}

/* One set known; its draws begin at `first`. */
typedef struct nest {
    fixture *f;
    size_t n, first, n_outer, n_inner;
    const size_t *set;
} nest;

static kea_status nested_benefit(void *context, size_t outer, size_t inner, double *benefit,
                                 kea_error *err)
{
    const nest *of = context;
    const size_t other = of->first + of->n_outer + outer * of->n_inner + inner;
    draw(of->f, of->n, of->set, of->first + outer, other);
    return run(of->f, other, benefit, err);
}

static void simulate(fixture *f, question *q)
{
    kea_error err = {0};
    size_t first = DRAWS;
    for (size_t s = 0; s < N_SETS; s++) {
        const size_t n_outer = nests[s][0], n_inner = nests[s][1];
        nest of = {f, set_size[s], first, n_outer, n_inner, q->entry + set_first[s]};
        assert_whole_groups(&f->s.problem, of.n, of.set);
        assert_ok(
            kea_nested_evppi(&q->nested[s], nested_benefit, &of, ARMS, n_outer, n_inner, &err),
            err);
        first += n_outer + n_outer * n_inner;
    }
}

static int ask(void **state)
{
    static const char *const names[N_KNOWN] = {"effect.personal_connection", "price_crime",
                                               "price_hour.social_worker", "price_hour.teacher"};
    static question q;
    fixture f;
    fixture_open(&f);
    for (size_t k = 0; k < N_KNOWN; k++)
        q.entry[k] = entry_of(&f, names[k]);
    regress(&f, &q);
    simulate(&f, &q);
    fixture_close(&f);
    *state = &q;
    return 0;
}

/* The two prices are of one correlated group, so that a set must hold both. */
static void the_group_is_correlated(void **state)
{
    (void)state;
    fixture f;
    fixture_open(&f);
    const size_t worker = entry_of(&f, "price_hour.social_worker");
    const kea_problem *problem = &f.s.problem;
    bool found = false;
    for (size_t g = 0; g < problem->n_correlations; g++)
        for (size_t m = 0; m < problem->correlations[g].n_members; m++)
            found = found ||
                    (problem->correlations[g].members[m].entry == worker &&
                     problem->correlations[g].n_members == 2 && problem->correlations[g].rho > 0);
    assert_true(found);
    fixture_close(&f);
}

/* A point run here is the point that a run has. */
static void the_fixture_is_the_model(void **state)
{
    (void)state;
    fixture f;
    kea_design design = {0};
    kea_sample sample = {0};
    kea_error err = {0};
    double benefit[ARMS], expected[ARMS];
    fixture_open(&f);
    assert_ok(kea_design_hours(&design, &f.s.problem, 1, 3, &err), err);
    scenario_run(&f.s, &design, 1, &sample);
    draw(&f, 0, NULL, 0, 2);
    assert_ok(run(&f, 2, benefit, &err), err);
    put_benefits(&f, &sample, 2, expected);
    for (size_t arm = 0; arm < ARMS; arm++)
        assert_near(benefit[arm], expected[arm], 0);
    kea_sample_free(&sample);
    kea_design_free(&design);
    fixture_close(&f);
}

static void both_ways_agree(void **state)
{
    const question *q = *state;
    for (size_t s = 0; s < N_SETS; s++) {
        const kea_evppi *r = &q->regression[s];
        const kea_nested *n = &q->nested[s];
        const double removed = fmax(0.0, n->plain - n->value);
        print_message("set %zu: regression %.0f (%.0f), nested %.0f (%.0f), between %.0f (%.0f) "
                      "and %.0f (%.0f)\n",
                      s, r->value, r->error, n->value, n->error, n->lowest, n->lowest_error,
                      n->plain, n->plain_error);
        assert_near(r->value, n->value, 4.9 * hypot(r->error, n->error) + 0.59 / 0.41 * removed);
        assert_true(r->value > n->lowest - 4.9 * hypot(r->error, n->lowest_error));
        assert_true(r->value < n->plain + 4.9 * hypot(r->error, n->plain_error));
    }
}

/* Agreement says something only where the errors are small beside what is found. */
static void what_turns_the_choice_is_worth_knowing(void **state)
{
    const question *q = *state;
    if (!FULL)
        skip();
    for (size_t s = 0; s < N_SETS; s++) {
        if (s == UNINFLUENTIAL)
            continue;
        assert_true(q->regression[s].value > 4.9 * q->regression[s].error);
        assert_true(q->nested[s].value > 4.9 * q->nested[s].error);
    }
}

/* What is paid after leaving is no cost of the decision: it is worth exactly nothing to know. */
static void what_does_not_matter_is_worth_nothing(void **state)
{
    const question *q = *state;
    const kea_evppi *r = &q->regression[UNINFLUENTIAL];
    const kea_nested *n = &q->nested[UNINFLUENTIAL];
    assert_true(r->value >= 0.0 && r->value <= 4.9 * r->error + r->parts.regression);
    assert_true(n->lowest <= 4.9 * n->lowest_error && n->plain >= -4.9 * n->plain_error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_group_is_correlated),
        cmocka_unit_test(the_fixture_is_the_model),
        cmocka_unit_test(both_ways_agree),
        cmocka_unit_test(what_turns_the_choice_is_worth_knowing),
        cmocka_unit_test(what_does_not_matter_is_worth_nothing),
    };
    return cmocka_run_group_tests(tests, ask, NULL);
}
