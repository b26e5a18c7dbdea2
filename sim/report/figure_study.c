/* What a study is worth over its size. */
#include "sim/report/chart.h"
#include "sim/report/figures_choice.h"
#include "sim/report/panels.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600 };

kea_status kea_figure_study(const kea_figure_study_data *data, const char *folder, const char *name,
                            kea_error *err)
{
    char title[TEXT], exact[100], words[TEXT], note[TEXT];
    kea_span value = {0, data->exact}, net = kea_span_empty();
    kea_span_add(&net, data->n, data->second.mean);
    (void)snprintf(title, sizeof title, kea_text("How large should a study of %s be?"),
                   data->subject);
    kea_money_write(exact, sizeof exact, data->currency, data->exact, 3);
    (void)snprintf(words, sizeof words,
                   kea_text("exact knowledge would be worth %s per decision; shaded: 95%% error"),
                   exact);
    kea_chart_join(note, sizeof note, words, data->note);
    kea_panels panels = {.title = title,
                         .note = note,
                         .n = data->n,
                         .hours = data->size,
                         .hours_name = kea_text("Size of the study"),
                         .base_hours = data->best_size,
                         .base_text = kea_text("best size: %s")};
    panels.panel[0] = (kea_panel){.title = kea_text("Value per decision"),
                                  .curve = data->value,
                                  .unit = kea_unit_money(data->currency, &value),
                                  .least = 0,
                                  .most = data->exact,
                                  .colour = 0,
                                  .mark = "%s"};
    panels.panel[1] = (kea_panel){
        .title = data->priced ? kea_text("Value for all, less the price of the study")
                              : kea_text("Part of what exact knowledge is worth"),
        .curve = data->second,
        .unit = data->priced ? kea_unit_money(data->currency, &net) : kea_unit_percent(),
        .least = 0,
        .most = data->priced ? 0 : 1,
        .colour = 2,
        .mark = "%s"};
    return kea_panels_write(&panels, folder, name, err);
}
