/* What else staffing hours change: two of the model's measures. */
#include "sim/report/figures.h"
#include "sim/report/panels.h"
#include "sim/report/text.h"

#include <stdio.h>
#include <string.h>

enum { TEXT = 600 };

kea_status kea_figure_access(const kea_figure_access_data *data, const char *folder,
                             const char *name, kea_error *err)
{
    static const size_t colours[KEA_PANELS] = {2, 3};
    char titles[KEA_PANELS][TEXT], marks[KEA_PANELS][TEXT];
    kea_panels panels = {.title = data->title,
                         .note = data->note,
                         .n = data->n,
                         .hours = data->hours,
                         .hours_name = data->hours_name,
                         .base_hours = data->base_hours,
                         .base_text = data->base_text};
    for (int k = 0; k < KEA_PANELS; k++) {
        const kea_figure_access_panel *from = &data->panel[k];
        bool share = strcmp(from->unit, "share") == 0;
        const char *unit = share ? "" : kea_text(from->unit);
        (void)snprintf(titles[k], TEXT, unit[0] ? "%s (%s)" : "%s", from->name, unit);
        (void)snprintf(marks[k], TEXT, unit[0] ? "%%s %s" : "%%s", unit);
        panels.panel[k] = (kea_panel){.title = titles[k],
                                      .curve = from->curve,
                                      .unit = share ? kea_unit_percent() : kea_unit_plain(),
                                      .least = 0,
                                      .most = 0,
                                      .colour = colours[k],
                                      .mark = marks[k]};
    }
    return kea_panels_write(&panels, folder, name, err);
}
