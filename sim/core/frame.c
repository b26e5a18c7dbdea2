/* Holds a frame against the outcomes of its model. */
#include "sim/core/frame.h"

#include <string.h>

/* What a frame is checked against. */
typedef struct outcomes {
    size_t n;
    const kea_outcome_decl *decl;
} outcomes;

static const kea_outcome_decl *find(const outcomes *of, const char *name)
{
    for (size_t i = 0; i < of->n; i++)
        if (strcmp(of->decl[i].name, name) == 0)
            return &of->decl[i];
    return NULL;
}

/* `name` may be NULL only when it is `optional`. */
static kea_status check_name(const outcomes *of, const char *name, const char *what, bool optional,
                             kea_error *err)
{
    if (!name && optional)
        return KEA_OK;
    if (!name)
        return kea_error_set(err, KEA_ERR_INTERNAL, "%s names no outcome", what);
    if (find(of, name))
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_INTERNAL, "%s names the outcome \"%s\", which there is not",
                         what, name);
}

static kea_status check_effect(const kea_effect *effect, const outcomes *of, bool first,
                               kea_error *err)
{
    bool told = effect->gains && effect->loses && strstr(effect->gains, "%s") &&
                strstr(effect->loses, "%s");
    if (!effect->key || !effect->gain || !effect->gained || !effect->lost)
        return kea_error_set(err, KEA_ERR_INTERNAL, "an effect lacks key, gain, gained or lost");
    if (!told && (first || effect->gains || effect->loses))
        return kea_error_set(err, KEA_ERR_INTERNAL,
                             "effect %s: gains and loses each need a %%s for how much",
                             effect->key);
    if (effect->n_outcomes < 1 || effect->n_outcomes > 2)
        return kea_error_set(err, KEA_ERR_INTERNAL, "effect %s: expected one or two outcomes",
                             effect->key);
    for (size_t i = 0; i < effect->n_outcomes; i++) {
        kea_status status = check_name(of, effect->outcomes[i], effect->key, false, err);
        if (status != KEA_OK)
            return status;
        if (find(of, effect->outcomes[i])->better == 0)
            return kea_error_set(err, KEA_ERR_INTERNAL,
                                 "effect %s: of %s neither more nor less is better", effect->key,
                                 effect->outcomes[i]);
    }
    return KEA_OK;
}

static kea_status check_measure(const kea_measure_decl *measure, const outcomes *of, kea_error *err)
{
    kea_status status = KEA_OK;
    bool table = measure->use != KEA_IN_OUTCOMES;
    const char *key = measure->key ? measure->key : "a measure";
    KEA_TRY(check_name(of, measure->outcome, key, false, err));
    KEA_TRY(check_name(of, measure->per, key, true, err));
    KEA_TRY(check_name(of, measure->and_per, key, true, err));
    if (table && (!measure->key || !measure->unit || measure->scale == 0))
        status =
            kea_error_set(err, KEA_ERR_INTERNAL, "%s: a measure of %s lacks key, unit or scale",
                          key, measure->outcome);
done:
    return status;
}

static kea_status check_words(const kea_frame *frame, kea_error *err)
{
    const kea_frame_population *p = &frame->population;
    if (!frame->currency || !frame->currency[0])
        return kea_error_set(err, KEA_ERR_INTERNAL, "the frame names no currency");
    if (!p->one || !p->many || !p->whole || !p->wholes || !(p->n > 0))
        return kea_error_set(err, KEA_ERR_INTERNAL,
                             "the population lacks one, many, n, whole or wholes");
    if (!frame->during != !frame->after)
        return kea_error_set(err, KEA_ERR_INTERNAL,
                             "during and after: both need a name, or neither");
    if (frame->access && !strstr(frame->access, "%s"))
        return kea_error_set(err, KEA_ERR_INTERNAL, "access needs a %%s for the strategy");
    if (!frame->by_home.paid != !frame->by_home.people)
        return kea_error_set(err, KEA_ERR_INTERNAL, "by_home: both need a name, or neither");
    if (frame->n_effects == 0)
        return kea_error_set(err, KEA_ERR_INTERNAL, "the frame has no effect");
    return KEA_OK;
}

static kea_status check_funding(const kea_frame *frame, const outcomes *of, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_funded *funded = &frame->funded;
    bool any = !funded->category;
    for (size_t i = 0; i < of->n && !any; i++)
        any = of->decl[i].category && strcmp(of->decl[i].category, funded->category) == 0;
    if (!any)
        return kea_error_set(err, KEA_ERR_INTERNAL, "funded: no cost has the category \"%s\"",
                             funded->category);
    KEA_TRY(check_name(of, funded->start, "funded", true, err));
    KEA_TRY(check_name(of, funded->contributions, "funded", true, err));
    for (size_t law = 0; law < KEA_MAX_LAWS && frame->by_home.law[law]; law++) {
        KEA_TRY(check_name(of, frame->by_home.law_scatter[law], "by_home", false, err));
        if (!frame->by_home.law_title[law])
            status = kea_error_set(err, KEA_ERR_INTERNAL, "by_home: a law has no title");
    }
done:
    return status;
}

/* Later costs need a name of their own. */
static kea_status check_phases(const kea_frame *frame, const outcomes *of, kea_error *err)
{
    for (size_t i = 0; i < of->n; i++)
        if (of->decl[i].category && of->decl[i].kind != KEA_COST_DURING && !frame->after)
            return kea_error_set(err, KEA_ERR_INTERNAL,
                                 "%s is a later cost: the frame must name during and after",
                                 of->decl[i].name);
    return KEA_OK;
}

kea_status kea_frame_check(const kea_frame *frame, size_t n_outcomes, const kea_outcome_decl *decl,
                           kea_error *err)
{
    const outcomes of = {n_outcomes, decl};
    const kea_paired *paired = &frame->paired;
    kea_status status = KEA_OK;
    KEA_TRY(check_words(frame, err));
    KEA_TRY(check_name(&of, frame->population.outcome, "the population", false, err));
    for (size_t i = 0; i < frame->n_effects; i++)
        KEA_TRY(check_effect(&frame->effects[i], &of, i == 0, err));
    for (size_t i = 0; i < frame->n_measures; i++)
        KEA_TRY(check_measure(&frame->measures[i], &of, err));
    KEA_TRY(check_phases(frame, &of, err));
    KEA_TRY(check_funding(frame, &of, err));
    KEA_TRY(check_name(&of, paired->persons, "paired", true, err));
    KEA_TRY(check_name(&of, paired->events, "paired", !paired->persons, err));
    KEA_TRY(check_name(&of, paired->before, "paired", !paired->persons, err));
    if (paired->persons && (!paired->title || !paired->persons_label || !paired->events_label ||
                            !paired->before_label))
        status = kea_error_set(err, KEA_ERR_INTERNAL, "paired lacks its title or a label");
done:
    return status;
}
