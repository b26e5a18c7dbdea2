/* Looking up declared parameters, and the nearest name to a mistyped one. */
#include "sim/inputs/params.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

size_t kea_param_table_length(const kea_param_table *table)
{
    return kea_param_table_offset(table, table->n);
}

size_t kea_param_table_offset(const kea_param_table *table, size_t index)
{
    size_t offset = 0;
    for (size_t i = 0; i < index; i++)
        offset += table->decl[i].count;
    return offset;
}

bool kea_param_is_shares(const kea_param_decl *decl)
{
    return kea_param_sums_to_one(decl) || decl->kind == KEA_PARTS || decl->kind == KEA_CHOICE;
}

bool kea_param_sums_to_one(const kea_param_decl *decl)
{
    return decl->kind == KEA_SHARES || decl->kind == KEA_HOMES;
}

void kea_param_list(size_t n, const char *const *names, char *text, size_t size)
{
    size_t used = 0;
    text[0] = 0;
    for (size_t i = 0; i < n && used + 1 < size; i++) {
        (void)snprintf(text + used, size - used, "%s%s", i > 0 ? ", " : "", names[i]);
        used = strlen(text);
    }
}

bool kea_param_table_find(const kea_param_table *table, const char *name, size_t *index)
{
    for (size_t i = 0; i < table->n; i++) {
        if (strcmp(table->decl[i].name, name) == 0) {
            *index = i;
            return true;
        }
    }
    return false;
}

bool kea_param_table_staffing(const kea_param_table *table, size_t *index)
{
    for (size_t i = 0; i < table->n; i++) {
        if (table->decl[i].kind == KEA_STAFFING) {
            *index = i;
            return true;
        }
    }
    return false;
}

void kea_param_element_name(const kea_param_decl *decl, size_t element, char *text, size_t size)
{
    if (decl->labels)
        (void)snprintf(text, size, "%s.%s", decl->name, decl->labels[element]);
    else
        (void)snprintf(text, size, "%s", decl->name);
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

static int same(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Edit distance of two words of at most KEA_MAX_NAME characters: insertions, deletions,
 * replacements and swaps of neighbours count 1. Three rows of the table are enough. */
static size_t edit_distance(const char *a, size_t n_a, const char *b, size_t n_b)
{
    size_t rows[3][KEA_MAX_NAME + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= n_b; j++)
        last[j] = j;
    for (size_t i = 1; i <= n_a; i++) {
        now[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            size_t replaced = last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
            now[j] = smallest(last[j] + 1, now[j - 1] + 1, replaced);
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
                now[j] = smallest(now[j], before[j - 2] + 1, now[j]);
        }
        size_t *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return last[n_b];
}

const char *kea_param_nearest(const char *word, size_t n, const char *const *names)
{
    size_t length = strlen(word);
    if (length > KEA_MAX_NAME)
        return NULL;
    size_t limit = length / 3 > 1 ? length / 3 : 1;
    const char *best = NULL;
    for (size_t i = 0; i < n; i++) {
        size_t name_length = strlen(names[i]);
        if (name_length > KEA_MAX_NAME)
            continue;
        size_t distance = edit_distance(word, length, names[i], name_length);
        if (distance > limit || (best && distance == limit))
            continue;
        best = names[i];
        limit = distance;
    }
    return best;
}
