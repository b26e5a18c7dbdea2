/* Effects and perspectives side by side, by hand arithmetic; and no worth is counted twice. */
#include "sim/analysis/views.h"

#include "tests/support/support.h"

#include <math.h>

static const kea_outcome_decl outcomes[] = {
    {"team", "EUR", -1, "team", "school", "-", "-", KEA_COST_DURING},
    {"time", "EUR", -1, "time", "society", "-", "-", KEA_COST_DURING},
    {"benefit", "EUR", -1, "benefit", "municipality", "-", "-", KEA_COST_TRANSFER},
    {"crime", "EUR", -1, "crime", "justice", "-", "-", KEA_COST_AFTER},
    {"vsv", "students", -1, NULL, NULL, "-", "-", KEA_COST_DURING},
    {"referral", "referrals", -1, NULL, NULL, "-", "-", KEA_COST_DURING},
};
enum { POINTS = 2, ARMS = 3, OUTCOMES = 6 };
static const double value[POINTS][ARMS][OUTCOMES] = {
    {{0, 0, 0, 0, 20, 9}, {100, 5, -30, -60, 17, 8}, {40, 1, 2, -90, 19, 10}},
    {{0, 0, 0, 0, 20, 9}, {120, 7, -10, -20, 16, 7}, {50, 3, 4, -10, 18, 9}},
};

static const kea_effect effects[] = {
    {.key = "vsv", .n_outcomes = 1, .outcomes = {"vsv"}},
    {.key = "referral", .n_outcomes = 1, .outcomes = {"referral"}},
};
static const kea_frame frame = {.effects = effects, .n_effects = 2};

static kea_sample sample_of(size_t n_outcomes, const kea_outcome_decl *decl, size_t first)
{
    kea_sample sample;
    kea_error err;
    assert_ok(kea_sample_init(&sample, POINTS, ARMS, n_outcomes, decl, &err), err);
    for (size_t i = 0; i < POINTS; i++)
        for (size_t arm = 0; arm < ARMS; arm++)
            for (size_t o = 0; o < n_outcomes; o++)
                *kea_sample_at(&sample, i, arm, o, KEA_SCOPE_DISCOUNTED) = value[i][arm][o + first];
    return sample;
}

/* The view of an effect and perspective; fails when there is none. */
static const kea_view *find(const kea_views *views, size_t effect, kea_perspective perspective)
{
    for (size_t v = 0; v < views->n; v++)
        if (views->view[v].effect == effect && views->view[v].perspective == perspective)
            return &views->view[v];
    fail_msg("no view of effect %zu and perspective %d", effect, (int)perspective);
    return NULL;
}

static void by_hand(void **state)
{
    (void)state;
    const kea_view_worth worth = {35, 0, KEA_PERSPECTIVE_DURING, 35};
    kea_sample sample = sample_of(OUTCOMES, outcomes, 0);
    kea_views views;
    kea_error err;
    assert_ok(kea_views_init(&views, &sample, &frame, &worth, &err), err);
    assert_int_equal(views.n, 6);
    const kea_view *v = find(&views, 0, KEA_PERSPECTIVE_DURING);
    assert_false(v->later);
    assert_near(v->arm[1].ratio.cost.mean, 116, 1e-12);
    assert_near(v->arm[1].ratio.effect.mean, 3.5, 1e-12);
    assert_near(v->arm[2].ratio.value, 47 / 1.5, 1e-12);
    /* at 35: arm 1 0 and 13, arm 2 -6 and 17; best on average is not most often the best */
    assert_near(v->arm[1].benefit.benefit.mean, 6.5, 1e-12);
    assert_near(v->arm[2].benefit.benefit.mean, 5.5, 1e-12);
    assert_int_equal(v->best, 1);
    assert_near(v->arm[0].probability, 0.25, 1e-12);
    assert_near(v->arm[1].probability, 0.25, 1e-12);
    assert_near(v->arm[2].probability, 0.5, 1e-12);
    /* society: 45 and 107; -49 and 43, without the transfer, and nothing beside the money */
    v = find(&views, 0, KEA_PERSPECTIVE_SOCIETY);
    assert_true(v->later);
    assert_near(v->wtp, 0, 0);
    assert_near(v->arm[1].ratio.cost.mean, 76, 1e-12);
    assert_near(v->arm[2].benefit.benefit.mean, 3, 1e-12);
    assert_int_equal(v->best, 2);
    assert_near(v->arm[2].probability, 0.5, 1e-12);
    /* public purse: 10 and 90; -48 and 44, with the transfer and without what society pays */
    v = find(&views, 0, KEA_PERSPECTIVE_PUBLIC);
    assert_near(v->wtp, 0, 0);
    assert_near(v->arm[1].ratio.cost.mean, 50, 1e-12);
    assert_near(v->arm[2].benefit.benefit.mean, 2, 1e-12);
    /* the other effect has no price during school */
    v = find(&views, 1, KEA_PERSPECTIVE_DURING);
    assert_near(v->arm[1].ratio.effect.mean, 1.5, 1e-12);
    assert_near(v->arm[2].ratio.effect.mean, -0.5, 1e-12);
    assert_true(isnan(v->wtp) && isnan(v->arm[1].benefit.benefit.mean));
    assert_true(v->best == KEA_VIEW_NONE && isnan(v->arm[1].probability));
    assert_near(find(&views, 1, KEA_PERSPECTIVE_SOCIETY)->arm[2].benefit.benefit.mean, 3, 1e-12);
    kea_views_free(&views);
    kea_views_free(&views);
    kea_sample_free(&sample);
}

/* What is asked at an amount holds where as much is counted, and nowhere else. */
static void worth_is_not_counted_twice(void **state)
{
    (void)state;
    static const struct {
        size_t asked;
        bool asked_later;
        size_t effect;
        bool later;
        double wtp;
    } rule[] = {
        {0, false, 0, false, 7},  {0, false, 0, true, 0},  {0, false, 1, false, (double)NAN},
        {0, false, 1, true, 0},   {1, false, 1, false, 7}, {1, false, 1, true, 0},
        {1, false, 0, false, 35}, {1, true, 1, true, 7},   {1, true, 1, false, (double)NAN},
        {1, true, 0, true, 0},    {0, true, 0, true, 7},   {0, true, 0, false, 35},
    };
    for (size_t i = 0; i < sizeof rule / sizeof rule[0]; i++) {
        const kea_view_worth worth = {35, rule[i].asked, KEA_PERSPECTIVE_DURING, 7};
        const double wtp = kea_view_wtp(&worth, rule[i].effect, rule[i].later, rule[i].asked_later);
        if (isnan(rule[i].wtp))
            assert_true(isnan(wtp));
        else
            assert_near(wtp, rule[i].wtp, 0);
    }
}

/* The perspective asked about decides which amounts hold: in views as in the rule above. */
static void asked_of_society(void **state)
{
    (void)state;
    const kea_view_worth worth = {35, 1, KEA_PERSPECTIVE_SOCIETY, 7};
    kea_sample sample = sample_of(OUTCOMES, outcomes, 0);
    kea_views views;
    kea_error err;
    assert_ok(kea_views_init(&views, &sample, &frame, &worth, &err), err);
    /* 7 x 1.5 - 76 */
    assert_near(find(&views, 1, KEA_PERSPECTIVE_SOCIETY)->arm[1].benefit.benefit.mean, -65.5,
                1e-12);
    assert_near(find(&views, 1, KEA_PERSPECTIVE_PUBLIC)->wtp, 7, 0);
    assert_near(find(&views, 0, KEA_PERSPECTIVE_SOCIETY)->wtp, 0, 0);
    assert_near(find(&views, 0, KEA_PERSPECTIVE_DURING)->wtp, 35, 0);
    kea_views_free(&views);
    kea_sample_free(&sample);
}

/* A model without later costs and without society: one perspective; with society's time: two, and
 * the amount holds in both. */
static void equal_perspectives_are_told_once(void **state)
{
    (void)state;
    static const kea_outcome_decl few[] = {
        {"time", "EUR", -1, "time", "school", "-", "-", KEA_COST_DURING},
        {"benefit", "EUR", -1, "benefit", "school", "-", "-", KEA_COST_DURING},
        {"crime", "EUR", -1, "crime", "society", "-", "-", KEA_COST_DURING},
        {"vsv", "students", -1, NULL, NULL, "-", "-", KEA_COST_DURING},
        {"referral", "referrals", -1, NULL, NULL, "-", "-", KEA_COST_DURING},
    };
    const kea_view_worth worth = {35, 0, KEA_PERSPECTIVE_DURING, 35};
    kea_outcome_decl one[5];
    kea_views views;
    kea_error err;
    for (size_t o = 0; o < 5; o++)
        one[o] = few[o];
    kea_sample sample = sample_of(5, few, 1);
    assert_ok(kea_views_init(&views, &sample, &frame, &worth, &err), err);
    assert_int_equal(views.n, 4);
    assert_near(find(&views, 0, KEA_PERSPECTIVE_PUBLIC)->wtp, 35, 0);
    kea_views_free(&views);
    kea_sample_free(&sample);
    one[2].payer = "school";
    sample = sample_of(5, one, 1);
    assert_ok(kea_views_init(&views, &sample, &frame, &worth, &err), err);
    assert_int_equal(views.n, 2);
    assert_int_equal(views.view[1].perspective, KEA_PERSPECTIVE_DURING);
    kea_views_free(&views);
    kea_sample_free(&sample);
}

static void a_missing_outcome_is_named(void **state)
{
    (void)state;
    static const kea_effect wrong[] = {{.key = "x", .n_outcomes = 1, .outcomes = {"diplomas"}}};
    const kea_frame bad = {.effects = wrong, .n_effects = 1};
    const kea_view_worth worth = {35, 0, KEA_PERSPECTIVE_DURING, 35};
    kea_sample sample = sample_of(OUTCOMES, outcomes, 0);
    kea_views views;
    kea_error err;
    assert_int_equal(kea_views_init(&views, &sample, &bad, &worth, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the sample has no outcome \"diplomas\"");
    kea_views_free(&views);
    kea_sample_free(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(worth_is_not_counted_twice),
        cmocka_unit_test(asked_of_society),
        cmocka_unit_test(equal_perspectives_are_told_once),
        cmocka_unit_test(a_missing_outcome_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
