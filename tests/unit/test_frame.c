/* What a model says its answers are about: every model that the program knows says it completely,
 * and what is missing or names nothing is found. */
#include "sim/core/frame.h"

#include "models/registry.h"
#include "tests/support/second_model.h"
#include "tests/support/support.h"

#include <string.h>

static void every_model_has_a_whole_frame(void **state)
{
    (void)state;
    size_t n = 0;
    const kea_model *const *models = kea_models(&n);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) {
        kea_error err = {0};
        const kea_model *model = models[i];
        assert_non_null(model->frame);
        if (kea_frame_check(model->frame, model->n_outcomes, model->outcomes, &err) != KEA_OK)
            fail_msg("model %s: %s", model->name, err.text);
    }
}

/* Outcomes in the currency, or in another one, must not be taken for what they are not. */
static void every_cost_is_in_the_currency(void **state)
{
    (void)state;
    size_t n = 0;
    const kea_model *const *models = kea_models(&n);
    for (size_t i = 0; i < n; i++)
        for (size_t o = 0; o < models[i]->n_outcomes; o++)
            if (models[i]->outcomes[o].category)
                assert_string_equal(models[i]->outcomes[o].unit, models[i]->frame->currency);
}

/* A copy of the second model's frame that a test can spoil. */
typedef struct spoiled {
    kea_frame frame;
    kea_effect effects[2];
    kea_measure_decl measures[8];
    kea_outcome_decl outcomes[8];
} spoiled;

static void take(spoiled *s)
{
    const kea_frame *from = second_model.frame;
    s->frame = *from;
    memcpy(s->effects, from->effects, from->n_effects * sizeof *from->effects);
    memcpy(s->measures, from->measures, from->n_measures * sizeof *from->measures);
    memcpy(s->outcomes, second_model.outcomes, second_model.n_outcomes * sizeof *s->outcomes);
    s->frame.effects = s->effects;
    s->frame.measures = s->measures;
}

static void assert_refused(const spoiled *s, const char *text)
{
    kea_error err = {0};
    assert_int_equal(kea_frame_check(&s->frame, second_model.n_outcomes, s->outcomes, &err),
                     KEA_ERR_INTERNAL);
    assert_string_equal(err.text, text);
}

static void what_is_missing_is_named(void **state)
{
    (void)state;
    spoiled s;
    kea_error err = {0};
    take(&s);
    assert_ok(kea_frame_check(&s.frame, second_model.n_outcomes, s.outcomes, &err), err);
    s.frame.currency = "";
    assert_refused(&s, "the frame names no currency");
    take(&s);
    s.frame.population.wholes = NULL;
    assert_refused(&s, "the population lacks one, many, n, whole or wholes");
    take(&s);
    s.frame.population.n = 0;
    assert_refused(&s, "the population lacks one, many, n, whole or wholes");
    take(&s);
    s.frame.n_effects = 0;
    assert_refused(&s, "the frame has no effect");
    take(&s);
    s.effects[1].lost = NULL;
    assert_refused(&s, "an effect lacks key, gain, gained or lost");
    take(&s);
    s.effects[0].gains = NULL;
    assert_refused(&s, "effect life_years: gains and loses each need a %s for how much");
    take(&s);
    s.effects[1].gains = "only this";
    assert_refused(&s, "effect deaths: gains and loses each need a %s for how much");
    take(&s);
    s.measures[2].unit = NULL;
    assert_refused(&s, "lived: a measure of life_years lacks key, unit or scale");
    take(&s);
    s.frame.access = "nobody";
    assert_refused(&s, "access needs a %s for the strategy");
    take(&s);
    s.frame.during = "now";
    assert_refused(&s, "during and after: both need a name, or neither");
    take(&s);
    s.frame.paired.persons = "people";
    assert_refused(&s, "paired names no outcome");
}

static void what_names_nothing_is_named(void **state)
{
    (void)state;
    spoiled s;
    take(&s);
    s.frame.population.outcome = "pupils";
    assert_refused(&s, "the population names the outcome \"pupils\", which there is not");
    take(&s);
    s.effects[1].outcomes[0] = "death";
    assert_refused(&s, "deaths names the outcome \"death\", which there is not");
    take(&s);
    s.effects[0].outcomes[0] = "people";
    assert_refused(&s, "effect life_years: of people neither more nor less is better");
    take(&s);
    s.measures[3].per = "persons";
    assert_refused(&s, "died_share names the outcome \"persons\", which there is not");
    take(&s);
    s.outcomes[4].kind = KEA_COST_AFTER;
    assert_refused(&s, "cost_stay is a later cost: the frame must name during and after");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_model_has_a_whole_frame),
        cmocka_unit_test(every_cost_is_in_the_currency),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(what_names_nothing_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
