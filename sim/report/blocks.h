/* The common shape of figures about funding: one block for every arrangement, each under its name,
 * side by side or below each other, with one key to the colours above all. */
#ifndef KEA_REPORT_BLOCKS_H
#define KEA_REPORT_BLOCKS_H

#include "sim/core/status.h"
#include "sim/report/chart.h"

#include <stddef.h>

/* Draws one block into a room of the page; `data` is that of the figure. */
typedef void (*kea_block_drawing)(kea_plot *plot, const kea_area *room, size_t block,
                                  const void *data);

typedef struct kea_blocks {
    const char *title, *subtitle, *note;
    size_t n;                 /* blocks; 1 or more */
    const char *const *names; /* [n] */
    size_t columns;           /* blocks beside each other when there are several; 1 or 2 */
    double height;            /* pixels of a block, without its name */
    size_t n_key;             /* colours to be explained, 0 for none */
    const char *const *key;   /* [n_key] */
    kea_block_drawing draw;
    const void *data;
} kea_blocks;

/* Writes the figure, as the functions of figures.h do. */
KEA_CHECKED kea_status kea_blocks_write(const kea_blocks *blocks, const char *folder,
                                        const char *name, kea_error *err);

#endif
