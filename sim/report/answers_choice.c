/* Which strategies are worth considering, and how sure the choice is: of the probabilistic analysis
 * of a run. */
#include "sim/report/answers_shared.h"

#include "sim/analysis/evpi.h"
#include "sim/analysis/frontier.h"
#include "sim/core/memory.h"
#include "sim/report/axis.h"
#include "sim/report/choice.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { STRATEGY, STANDING, COST, EFFECT, EXTRA_COST, EXTRA_EFFECT, RATIO, VERSUS, BY, BY_MIX, N };

static void put_row(kea_table *table, const kea_answer_input *input, const kea_answer_part *psa,
                    const kea_frontier_row *row, double scale)
{
    kea_table_row(table);
    kea_answers_put_name(table, STRATEGY, psa, input->problem, row->arm);
    kea_table_key(table, STANDING, kea_standing_name(row->standing),
                  kea_choice_standing(row->standing));
    kea_table_scaled(table, COST, row->cost, scale, KEA_COLUMN_DECIMALS);
    kea_table_number(table, EFFECT, row->effect, KEA_COLUMN_DECIMALS);
    kea_table_scaled(table, EXTRA_COST, row->extra_cost, scale, KEA_COLUMN_DECIMALS);
    kea_table_number(table, EXTRA_EFFECT, row->extra_effect, KEA_COLUMN_DECIMALS);
    kea_table_number(table, RATIO, row->ratio, KEA_COLUMN_DECIMALS);
    if (row->versus != KEA_NO_ARM)
        kea_answers_put_name(table, VERSUS, psa, input->problem, row->versus);
    for (size_t k = 0; k < 2; k++)
        if (row->by[k] != KEA_NO_ARM)
            kea_answers_put_name(table, BY + k, psa, input->problem, row->by[k]);
}

static void init_frontier(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    const kea_whole whole = kea_answers_whole(input);
    const int money = whole.thousands ? 0 : 2;
    const kea_column columns[N] = {
        {"strategy", kea_text("strategy"), "", 0, both},
        {"standing", kea_text("standing"), "", 0, both},
        {"cost_%s", kea_text("mean cost"), whole.unit, money, both},
        {"effect", kea_text("mean effect"), "", whole.decimals, both},
        {"extra_cost_%s", kea_text("extra cost"), whole.unit, money, both},
        {"extra_effect", kea_text("extra effect"), "", whole.decimals, both},
        {"cost_per_effect_%s", kea_text("cost per effect"), "%s", 0, both},
        {"versus", "", "", 0, csv},
        {"dominated_by", "", "", 0, csv},
        {"dominated_by_mix_with", "", "", 0, csv},
    };
    kea_answers_table(table, input, kea_text("Which strategies are worth considering"), N, columns);
    kea_table_note(table, kea_text("Extra: more than the strategy before it on the frontier. "
                                   "Dominated: another strategy, or a mix of two, costs no more "
                                   "and helps at least as much."));
}

kea_status kea_answers_frontier(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    void *block = NULL;
    const kea_answer_part *psa = NULL;
    size_t n_frontier = 0;
    const double scale = kea_answers_whole(input).scale;
    init_frontier(table, input);
    KEA_TRY(kea_answers_need(&psa, input, "psa", err));
    KEA_TRY(kea_answers_pairs(&pairs, psa, &input->frame->effects[0], err));
    KEA_TRY(kea_memory_new(&block, pairs.n_arms, sizeof(kea_frontier_row), err));
    KEA_TRY(kea_frontier_of(block, &n_frontier, &pairs, err));
    for (size_t i = 0; i < pairs.n_arms; i++)
        put_row(table, input, psa, (kea_frontier_row *)block + i, scale);
    status = kea_table_check(table, err);
done:
    free(block);
    kea_pairs_free(&pairs);
    return status;
}

kea_status kea_answers_choice(char *text, size_t size, const kea_answer_input *input,
                              kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    kea_benefits benefits = {0};
    kea_ranking ranking;
    kea_evpi evpi;
    void *block = NULL;
    const kea_answer_part *psa = NULL;
    const double wtp = input->problem->settings.reference_wtp;
    char amount[100], sure[100], noise[400], worth[300];
    double share = 0.0;
    KEA_TRY(kea_answers_need(&psa, input, "psa", err));
    KEA_TRY(kea_answers_pairs(&pairs, psa, &input->frame->effects[0], err));
    KEA_TRY(kea_benefits_init(&benefits, &pairs, wtp, err));
    KEA_TRY(kea_memory_new(&block, pairs.n_arms, sizeof(kea_rank), err));
    kea_rank *ranks = block;
    text[0] = '\0';
    if (pairs.n_points < 2)
        goto done;
    KEA_TRY(kea_ranking_of(&ranking, ranks, &benefits, NULL, KEA_CHOICE_LEVEL, err));
    KEA_TRY(kea_evpi_of(&evpi, &benefits, err));
    const char *best = kea_answers_strategy(input, psa, ranks[0].arm);
    KEA_TRY(kea_choice_share(&share, &pairs, ranks[0].arm, wtp, err));
    kea_choice_sure(sure, sizeof sure, share);
    kea_choice_noise(noise, sizeof noise, &ranking, ranks, best,
                     kea_answers_strategy(input, psa, ranks[1].arm));
    kea_choice_worth(worth, sizeof worth, &evpi, input->frame->currency);
    kea_money_write(amount, sizeof amount, input->frame->currency, wtp, 6);
    (void)snprintf(text, size,
                   kea_text("At %s per %s, %s has the highest net benefit on average. %s %s %s"),
                   amount, kea_text(input->frame->effects[0].gain), best, sure, noise, worth);
done:
    free(block);
    kea_benefits_free(&benefits);
    kea_pairs_free(&pairs);
    return status;
}
