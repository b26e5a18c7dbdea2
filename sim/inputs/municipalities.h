/* A list of home municipalities: where the people of a scenario live. A parameter of the kind
 * KEA_HOMES (shares by zone) may name it in place of its values; its shares are then counted from
 * the list. Within a zone municipalities differ in their number of students only. */
#ifndef KEA_INPUTS_MUNICIPALITIES_H
#define KEA_INPUTS_MUNICIPALITIES_H

#include "sim/core/status.h"
#include "sim/inputs/params.h"

#include <stddef.h>

typedef struct kea_municipality {
    char *name;
    size_t zone;     /* element of the parameter */
    double students; /* above 0 */
} kea_municipality;

typedef struct kea_municipalities {
    kea_municipality *item; /* [n] in the order of the file; owned */
    size_t n;               /* 0: the scenario has no list */
} kea_municipalities;

/* Reads a CSV file with the columns name, zone (a label of `decl`) and students (above 0), in any
 * order, one municipality a line, none twice. Frees with kea_municipalities_free, also after
 * failure. Errors as of kea_csv_read; KEA_ERR_INPUT with file and line. */
KEA_CHECKED kea_status kea_municipalities_read(kea_municipalities *list, const char *path,
                                               const kea_param_decl *decl, kea_error *err);
void kea_municipalities_free(kea_municipalities *list); /* legal on {0} and twice */

/* Students of a zone. */
double kea_municipalities_students(const kea_municipalities *list, size_t zone);

/* The list as such a CSV file; the caller frees *text. */
KEA_CHECKED kea_status kea_municipalities_write(const kea_municipalities *list,
                                                const kea_param_decl *decl, char **text,
                                                kea_error *err);

#endif
