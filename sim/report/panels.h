/* Two curves with uncertainty bands over the same staffing hours, one above the other: the common
 * shape of the figures "effect and cost against hours" and "what else hours change". */
#ifndef KEA_REPORT_PANELS_H
#define KEA_REPORT_PANELS_H

#include "sim/report/axis.h"
#include "sim/report/figures.h"

enum { KEA_PANELS = 2 };

typedef struct kea_panel {
    const char *title; /* of the y axis, without the unit */
    kea_curve curve;
    kea_unit unit;
    double least,
        most; /* values the axis reaches at least, NAN for none: 0 and 0 for "from zero" */
    size_t colour;
    const char *mark; /* text with %s for the value at base_hours */
} kea_panel;

typedef struct kea_panels {
    const char *title, *note;
    size_t n;
    const double *hours;
    const char *hours_name; /* title of the x axis */
    double base_hours;      /* NAN for none */
    const char *base_text;  /* beside it, with %s for it; NULL: "base case: %s hours" */
    kea_panel panel[KEA_PANELS];
} kea_panels;

/* Writes the figure, as the functions of figures.h do. */
KEA_CHECKED kea_status kea_panels_write(const kea_panels *panels, const char *folder,
                                        const char *name, kea_error *err);

#endif
