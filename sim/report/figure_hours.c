/* Effect and cost against staffing hours. */
#include "sim/report/figures.h"
#include "sim/report/panels.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600 };

kea_status kea_figure_hours(const kea_figure_hours_data *data, const char *folder, const char *name,
                            kea_error *err)
{
    char title[TEXT];
    kea_span cost = kea_span_empty();
    kea_span_add(&cost, data->n, data->cost.mean);
    if (data->cost.high)
        kea_span_add(&cost, data->n, data->cost.high);
    (void)snprintf(title, sizeof title,
                   kea_text("More hours: effect and cost of %s compared with %s"), data->strategy,
                   data->comparator);
    kea_panels panels = {.title = title,
                         .note = data->note,
                         .n = data->n,
                         .hours = data->hours,
                         .hours_name = data->hours_name,
                         .base_hours = data->base_hours};
    panels.panel[0] = (kea_panel){.title = data->effect_name,
                                  .curve = data->effect,
                                  .unit = kea_unit_plain(),
                                  .least = 0,
                                  .most = 0,
                                  .colour = 0,
                                  .mark = "%s"};
    panels.panel[1] =
        (kea_panel){.title = data->cost_name ? data->cost_name : kea_text("Extra cost"),
                    .curve = data->cost,
                    .unit = kea_unit_money(data->currency, &cost),
                    .least = 0,
                    .most = 0,
                    .colour = 1,
                    .mark = "%s"};
    return kea_panels_write(&panels, folder, name, err);
}
