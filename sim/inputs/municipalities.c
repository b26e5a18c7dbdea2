/* Reads and writes the list; see municipalities.h. */
#include "sim/inputs/municipalities.h"

#include "sim/core/memory.h"
#include "sim/inputs/buffer.h"
#include "sim/inputs/csv.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 1024 * 1024 };
enum { NAME, ZONE, STUDENTS, N_COLUMNS };
static const char *const columns[N_COLUMNS] = {"name", "zone", "students"};

static kea_status find_zone(const kea_csv *csv, size_t row, size_t column,
                            const kea_param_decl *decl, size_t *zone, kea_error *err)
{
    const char *label = kea_csv_cell(csv, row, column);
    for (size_t i = 0; i < decl->count; i++) {
        if (strcmp(decl->labels[i], label) == 0) {
            *zone = i;
            return KEA_OK;
        }
    }
    char labels[512];
    kea_param_list(decl->count, decl->labels, labels, sizeof labels);
    const char *nearest = kea_param_nearest(label, decl->count, decl->labels);
    return kea_csv_fail(
        csv, row, column, err, "there is no zone \"%.100s\"%s%s%s; expected one of: %s", label,
        nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "", labels);
}

static kea_status read_one(kea_municipalities *list, const kea_csv *csv, const size_t *at,
                           const kea_param_decl *decl, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t row = list->n;
    kea_municipality *one = &list->item[row];
    const char *name = kea_csv_cell(csv, row, at[NAME]);
    if (!name[0])
        return kea_csv_fail(csv, row, at[NAME], err, "the municipality has no name");
    for (size_t i = 0; i < row; i++)
        if (strcmp(list->item[i].name, name) == 0)
            return kea_csv_fail(csv, row, at[NAME], err,
                                "\"%.100s\" is in the list already, in line %d; give every "
                                "municipality once",
                                name, csv->line[i + 1]);
    KEA_TRY(find_zone(csv, row, at[ZONE], decl, &one->zone, err));
    KEA_TRY(kea_csv_number(csv, row, at[STUDENTS], &one->students, err));
    if (!(one->students > 0))
        return kea_csv_fail(csv, row, at[STUDENTS], err,
                            "expected a number above 0, found %.10g; leave out municipalities "
                            "without students",
                            one->students);
    KEA_TRY(kea_memory_copy_text(&one->name, name, err));
    list->n++;
done:
    return status;
}

kea_status kea_municipalities_read(kea_municipalities *list, const char *path,
                                   const kea_param_decl *decl, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_csv csv = {0};
    size_t at[N_COLUMNS];
    void *block = NULL;
    *list = (kea_municipalities){0};
    KEA_TRY(kea_csv_read(&csv, path, MAX_BYTES, err));
    KEA_TRY(kea_csv_columns(&csv, N_COLUMNS, columns, at, err));
    if (csv.n_rows == 0) {
        status = kea_error_at(err, KEA_ERR_INPUT, path, csv.line[0],
                              "the list has no municipalities; expected one a line");
        goto done;
    }
    KEA_TRY(kea_memory_new(&block, csv.n_rows, sizeof *list->item, err));
    list->item = block;
    while (list->n < csv.n_rows)
        KEA_TRY(read_one(list, &csv, at, decl, err));
done:
    kea_csv_free(&csv);
    return status;
}

void kea_municipalities_free(kea_municipalities *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->item[i].name);
    free(list->item);
    *list = (kea_municipalities){0};
}

double kea_municipalities_students(const kea_municipalities *list, size_t zone)
{
    double students = 0;
    for (size_t i = 0; i < list->n; i++)
        students += list->item[i].zone == zone ? list->item[i].students : 0;
    return students;
}

kea_status kea_municipalities_write(const kea_municipalities *list, const kea_param_decl *decl,
                                    char **text, kea_error *err)
{
    kea_buffer out = {0};
    kea_buffer_add(&out, "name,zone,students\r\n");
    for (size_t i = 0; i < list->n; i++) {
        kea_buffer_add(&out, "\"");
        for (const char *c = list->item[i].name; *c; c++)
            kea_buffer_add(&out, *c == '"' ? "\"\"" : "%c", *c);
        kea_buffer_add(&out, "\",%s,", decl->labels[list->item[i].zone]);
        kea_buffer_add_number(&out, list->item[i].students);
        kea_buffer_add(&out, "\r\n");
    }
    return kea_buffer_take(&out, text, err);
}
