/* How exact the probabilistic analysis knows the net benefit, and whether its draws were enough. */
#include "sim/report/answers_shared.h"

#include "sim/analysis/enough.h"
#include "sim/core/memory.h"
#include "sim/core/moments.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORD = 64 };

/* Three digits that count. */
static const char *money(char *word, double x)
{
    const double rounded = kea_text_round(x);
    const int decimals = rounded == 0.0 ? 0 : kea_text_decimals(rounded);
    kea_text_number(word, WORD, rounded, decimals, kea_text_language());
    return word;
}

static const char *count(char *word, size_t n)
{
    kea_text_number(word, WORD, (double)n, 0, kea_text_language());
    return word;
}

/* The error where draws come in blocks, in money per person, of the strategy with the largest. */
static kea_status find_block_error(double *error, const kea_answer_input *input,
                                   const kea_answer_part *psa, size_t block, double persons,
                                   kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    void *values = NULL;
    *error = 0.0;
    KEA_TRY(kea_answers_pairs(&pairs, psa, &input->frame->effects[0], err));
    KEA_TRY(kea_memory_new(&values, pairs.n_points, sizeof(double), err));
    double *value = values;
    for (size_t arm = 1; arm < pairs.n_arms; arm++) {
        for (size_t i = 0; i < pairs.n_points; i++)
            value[i] =
                kea_pairs_net_benefit(&pairs, i, arm, 0, input->problem->settings.reference_wtp);
        *error = fmax(*error, kea_moments_block_error(value, pairs.n_points, block) / persons);
    }
done:
    free(values);
    kea_pairs_free(&pairs);
    return status;
}

static kea_status tell_blocks(char *text, size_t size, const kea_answer_input *input,
                              const kea_answer_part *psa, const kea_enough *enough, kea_error *err)
{
    const size_t block = input->problem->sampling.block;
    char word[4][WORD];
    double error = 0.0;
    kea_status status = find_block_error(&error, input, psa, block, enough->persons.mean, err);
    if (status != KEA_OK)
        return status;
    (void)snprintf(text, size,
                   kea_text("The Monte Carlo error of the net benefit is %s %s per %s, measured "
                            "from %s blocks of %s draws that are spread evenly together. Errors "
                            "above and in the tables are those of independent draws, which would "
                            "be %s for the net benefit: for draws like these they are upper "
                            "limits."),
                   input->frame->currency, money(word[0], error),
                   kea_text(input->frame->population.one), count(word[1], enough->n / block),
                   count(word[2], block), money(word[3], kea_enough_error(enough)));
    return KEA_OK;
}

static void tell(char *text, size_t size, const kea_answer_input *input, const kea_enough *enough)
{
    const kea_settings *settings = &input->problem->settings;
    const char *currency = input->frame->currency;
    const char *one = kea_text(input->frame->population.one);
    char word[4][WORD];
    (void)money(word[0], kea_enough_error(enough));
    (void)money(word[1], settings->target_error);
    (void)count(word[2], enough->n);
    (void)count(word[3], settings->draws);
    if (!(settings->target_error > 0.0))
        (void)snprintf(text, size,
                       kea_text("The Monte Carlo error of the net benefit is %s %s per %s."),
                       currency, word[0], one);
    else if (kea_enough_error(enough) <= settings->target_error)
        (void)snprintf(text, size,
                       kea_text("The Monte Carlo error of the net benefit is %s %s per %s. Draws "
                                "were added until it was at most %s %s: that took %s draws, of %s "
                                "allowed."),
                       currency, word[0], one, currency, word[1], word[2], word[3]);
    else
        (void)snprintf(text, size,
                       kea_text("The Monte Carlo error of the net benefit is %s %s per %s. It was "
                                "to be at most %s %s: the %s draws allowed were not enough."),
                       currency, word[0], one, currency, word[1], word[3]);
}

kea_status kea_answers_enough(char *text, size_t size, const kea_answer_input *input,
                              kea_error *err)
{
    kea_status status = KEA_OK;
    kea_enough enough = {0};
    const kea_answer_part *psa = NULL;
    text[0] = '\0';
    KEA_TRY(kea_answers_need(&psa, input, "psa", err));
    KEA_TRY(kea_enough_init(&enough, &input->problem->settings, input->frame, psa->sample->n_arms,
                            err));
    KEA_TRY(kea_enough_add(&enough, psa->sample, err));
    if (enough.n < 2)
        goto done;
    if (input->problem->sampling.block > 1 && enough.n / input->problem->sampling.block > 1)
        status = tell_blocks(text, size, input, psa, &enough, err);
    else
        tell(text, size, input, &enough);
done:
    kea_enough_free(&enough);
    return status;
}
