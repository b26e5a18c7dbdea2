/* Waiting and reach against staffing hours. */
#include "sim/report/figures.h"
#include "sim/report/panels.h"
#include "sim/report/text.h"

#include <stdio.h>

enum { TEXT = 600 };

kea_status kea_figure_access(const kea_figure_access_data *data, const char *folder,
                             const char *name, kea_error *err)
{
    char title[TEXT];
    (void)snprintf(title, sizeof title,
                   kea_text("More hours: how long students wait for %s and how "
                            "many it reaches"),
                   data->strategy);
    kea_panels panels = {.title = title,
                         .note = data->note,
                         .n = data->n,
                         .hours = data->hours,
                         .base_hours = data->base_hours};
    panels.panel[0] = (kea_panel){.title = kea_text("Mean wait until the team starts (weeks)"),
                                  .curve = data->wait,
                                  .unit = kea_unit_plain(),
                                  .least = 0,
                                  .most = 0,
                                  .colour = 3,
                                  .mark = kea_text("%s weeks")};
    panels.panel[1] = (kea_panel){.title = kea_text("Students reached per year"),
                                  .curve = data->reach,
                                  .unit = kea_unit_percent(),
                                  .least = 0,
                                  .most = 0,
                                  .colour = 2,
                                  .mark = "%s"};
    return kea_panels_write(&panels, folder, name, err);
}
