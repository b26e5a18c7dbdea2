#include "sim/report/choice.h"

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

void kea_choice_worth(char *text, size_t size, const kea_evpi *evpi, const char *currency)
{
    char amount[100];
    kea_money_write(amount, sizeof amount, currency, evpi->value, 3);
    (void)snprintf(text, size,
                   kea_text("To know everything before choosing would be worth %s per decision; no "
                            "study can be worth more."),
                   amount);
}
