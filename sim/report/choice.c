#include "sim/report/choice.h"

#include "sim/analysis/decision.h"
#include "sim/report/axis.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

const char *kea_choice_standing(kea_standing standing)
{
    static const char *const words[] = {KEA_MARK("on the frontier"), KEA_MARK("dominated by a mix"),
                                        KEA_MARK("dominated")};
    return kea_text(words[standing]);
}

void kea_choice_noise(char *text, size_t size, const kea_ranking *ranking, const kea_rank *ranks,
                      const char *best, const char *second)
{
    char draws[40];
    if (ranking->order_settled && ranking->choice_settled) {
        (void)snprintf(text, size, "%s",
                       kea_text("The order of the strategies is not within the noise of the "
                                "simulation."));
    } else if (ranking->choice_settled) {
        (void)snprintf(text, size, "%s",
                       kea_text("That choice is not within the noise of the simulation; the "
                                "order of the others is."));
    } else {
        kea_text_number(draws, sizeof draws, ceil(ranks[1].points_needed), 0, kea_text_language());
        (void)snprintf(text, size,
                       kea_text("That choice is within the noise of the simulation: about %s draws "
                                "would tell %s and %s apart."),
                       draws, best, second);
    }
}

void kea_choice_sure(char *text, size_t size, double share)
{
    char part[40];
    const bool nearly = share < 1.0 && share >= 0.995;
    kea_text_number(part, sizeof part, nearly ? 99.0 : 100.0 * share, 0, kea_text_language());
    (void)snprintf(text, size,
                   nearly ? kea_text("It is the best in more than %s%% of draws.")
                          : kea_text("It is the best in %s%% of draws."),
                   part);
}

kea_status kea_choice_share(double *share, const kea_pairs *pairs, size_t arm, double wtp,
                            kea_error *err)
{
    kea_decision decision = {0};
    kea_status status = kea_decision_init(&decision, pairs, 1, &wtp, err);
    if (status == KEA_OK)
        *share = decision.probability[arm];
    kea_decision_free(&decision);
    return status;
}

void kea_choice_worth(char *text, size_t size, const kea_evpi *evpi, const char *currency)
{
    char amount[100], error[100];
    kea_money_write(amount, sizeof amount, currency, evpi->value, 3);
    kea_money_write(error, sizeof error, currency, evpi->error, 2);
    (void)snprintf(text, size,
                   kea_text("To know everything before choosing would be worth %s per decision "
                            "(Monte Carlo error %s); no study can be worth more for it."),
                   amount, error);
}
