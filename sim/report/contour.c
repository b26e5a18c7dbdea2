#include "sim/report/contour.h"

#include "sim/core/memory.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* The grid gets a rim of nodes without a value around it, at the place of its outer nodes, so that
 * every contour closes. Cells are those of the rimmed grid. A contour passes through a cell from
 * one edge to another with the higher side on its right. */
typedef struct tracer {
    const kea_grid *grid;
    double level;
    size_t columns, rows; /* cells */
    unsigned char *done;  /* [cell]: bit e is set when the piece that enters by edge e is traced */
} tracer;

enum { BOTTOM, RIGHT, TOP, LEFT, NO_EDGE };

/* By which edge a contour leaves the cell that it entered by an edge. Corners: bit 0 lower left,
 * 1 lower right, 2 upper right, 3 upper left, set when the value is at least the level. */
static const unsigned char way_out[16][4] = {
    {NO_EDGE, NO_EDGE, NO_EDGE, NO_EDGE}, {NO_EDGE, NO_EDGE, NO_EDGE, BOTTOM},
    {RIGHT, NO_EDGE, NO_EDGE, NO_EDGE},   {NO_EDGE, NO_EDGE, NO_EDGE, RIGHT},
    {NO_EDGE, TOP, NO_EDGE, NO_EDGE},     {NO_EDGE, TOP, NO_EDGE, BOTTOM},
    {TOP, NO_EDGE, NO_EDGE, NO_EDGE},     {NO_EDGE, NO_EDGE, NO_EDGE, TOP},
    {NO_EDGE, NO_EDGE, LEFT, NO_EDGE},    {NO_EDGE, NO_EDGE, BOTTOM, NO_EDGE},
    {RIGHT, NO_EDGE, LEFT, NO_EDGE},      {NO_EDGE, NO_EDGE, RIGHT, NO_EDGE},
    {NO_EDGE, LEFT, NO_EDGE, NO_EDGE},    {NO_EDGE, BOTTOM, NO_EDGE, NO_EDGE},
    {LEFT, NO_EDGE, NO_EDGE, NO_EDGE},    {NO_EDGE, NO_EDGE, NO_EDGE, NO_EDGE}};

/* The same for saddles whose middle is at least the level: the two high corners are joined. */
static const unsigned char joined_5[4] = {NO_EDGE, BOTTOM, NO_EDGE, TOP};
static const unsigned char joined_10[4] = {LEFT, NO_EDGE, RIGHT, NO_EDGE};

/* Node of the rimmed grid; no value on the rim. */
static double node_value(const tracer *t, size_t column, size_t row)
{
    const kea_grid *g = t->grid;
    if (column == 0 || row == 0 || column > g->n_x || row > g->n_y)
        return (double)NAN;
    return g->value[(row - 1) * g->n_x + column - 1];
}

static double node_position(size_t n, const double *position, size_t node)
{
    return position[node == 0 ? 0 : node > n ? n - 1 : node - 1];
}

/* Corner k of a cell, counted as in way_out. */
static void corner_node(size_t column, size_t row, int k, size_t *c, size_t *r)
{
    *c = column + (k == 1 || k == 2 ? 1 : 0);
    *r = row + (k >= 2 ? 1 : 0);
}

static bool is_high(const tracer *t, double value)
{
    return isfinite(value) && value >= t->level;
}

static const unsigned char *ways(const tracer *t, size_t column, size_t row)
{
    unsigned corners = 0;
    double sum = 0;
    for (int k = 0; k < 4; k++) {
        size_t c, r;
        corner_node(column, row, k, &c, &r);
        double value = node_value(t, c, r);
        corners |= is_high(t, value) ? 1U << k : 0;
        sum += value;
    }
    bool middle_high = sum / 4 >= t->level; /* false when a corner has no value */
    if (corners == 5 && middle_high)
        return joined_5;
    if (corners == 10 && middle_high)
        return joined_10;
    return way_out[corners];
}

static kea_status add_corner(kea_rings *rings, double x, double y, bool border, kea_error *err)
{
    kea_status status = KEA_OK;
    if (rings->n_corners == rings->room_corners) {
        size_t room = 2 * rings->room_corners + 256;
        void *xs = rings->x, *ys = rings->y, *borders = rings->border;
        status = kea_memory_resize(&xs, room, sizeof *rings->x, err);
        if (status == KEA_OK)
            status = kea_memory_resize(&ys, room, sizeof *rings->y, err);
        if (status == KEA_OK)
            status = kea_memory_resize(&borders, room, sizeof *rings->border, err);
        rings->x = xs;
        rings->y = ys;
        rings->border = borders;
        KEA_TRY(status);
        rings->room_corners = room;
    }
    rings->x[rings->n_corners] = x;
    rings->y[rings->n_corners] = y;
    rings->border[rings->n_corners++] = border;
done:
    return status;
}

/* The point where the contour crosses an edge of a cell: between its high and its low end, or at
 * the high end when the other has no value. */
static kea_status add_crossing(kea_rings *rings, const tracer *t, size_t column, size_t row,
                               int edge, kea_error *err)
{
    size_t c[2], r[2];
    corner_node(column, row, edge, &c[0], &r[0]);
    corner_node(column, row, (edge + 1) % 4, &c[1], &r[1]);
    double value[2] = {node_value(t, c[0], r[0]), node_value(t, c[1], r[1])};
    int high = is_high(t, value[0]) ? 0 : 1;
    bool border = !isfinite(value[1 - high]);
    double share = border ? 0 : (value[high] - t->level) / (value[high] - value[1 - high]);
    const kea_grid *g = t->grid;
    double x[2] = {node_position(g->n_x, g->x, c[high]), node_position(g->n_x, g->x, c[1 - high])};
    double y[2] = {node_position(g->n_y, g->y, r[high]), node_position(g->n_y, g->y, r[1 - high])};
    return add_corner(rings, x[0] + share * (x[1] - x[0]), y[0] + share * (y[1] - y[0]), border,
                      err);
}

static kea_status close_ring(kea_rings *rings, size_t level, size_t first, kea_error *err)
{
    kea_status status = KEA_OK;
    double twice = 0;
    size_t n = rings->n_corners - first;
    const double *x = rings->x + first, *y = rings->y + first;
    for (size_t i = 0; i < n; i++) {
        size_t next = i + 1 < n ? i + 1 : 0;
        twice += x[i] * y[next] - x[next] * y[i];
    }
    if (rings->n == rings->room_rings) {
        size_t room = 2 * rings->room_rings + 32;
        void *block = rings->rings;
        KEA_TRY(kea_memory_resize(&block, room, sizeof *rings->rings, err));
        rings->rings = block;
        rings->room_rings = room;
    }
    /* the higher side lies on the right, so a ring around a high is walked clockwise */
    rings->rings[rings->n++] = (kea_ring){.level = level,
                                          .above_inside = twice < 0,
                                          .first = first,
                                          .n = n,
                                          .surface = fabs(twice) / 2};
done:
    return status;
}

/* Follows one contour from where it enters a cell until it is back there. */
static kea_status trace(kea_rings *rings, tracer *t, size_t cell, int entry, size_t level,
                        kea_error *err)
{
    kea_status status = KEA_OK;
    size_t first = rings->n_corners;
    size_t column = cell % t->columns, row = cell / t->columns;
    for (;;) {
        unsigned char *done = &t->done[row * t->columns + column];
        if (*done & (1U << entry))
            break;
        *done = (unsigned char)(*done | (1U << entry));
        int out = ways(t, column, row)[entry];
        KEA_TRY(add_crossing(rings, t, column, row, out, err));
        column = column + (out == RIGHT ? 1 : 0) - (out == LEFT ? 1 : 0);
        row = row + (out == TOP ? 1 : 0) - (out == BOTTOM ? 1 : 0);
        entry = (out + 2) % 4;
    }
    KEA_TRY(close_ring(rings, level, first, err));
done:
    return status;
}

static kea_status trace_level(kea_rings *rings, tracer *t, size_t level, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t n_cells = t->columns * t->rows;
    for (size_t cell = 0; cell < n_cells; cell++)
        t->done[cell] = 0;
    for (size_t cell = 0; cell < n_cells; cell++) {
        const unsigned char *out = ways(t, cell % t->columns, cell / t->columns);
        for (int entry = 0; entry < 4; entry++)
            if (out[entry] != NO_EDGE && !(t->done[cell] & (1U << entry)))
                KEA_TRY(trace(rings, t, cell, entry, level, err));
    }
done:
    return status;
}

static int larger(const void *a, const void *b)
{
    const kea_ring *p = a, *q = b;
    if (p->surface != q->surface)
        return (p->surface < q->surface) - (p->surface > q->surface);
    /* rings along the same edge of the values: outer ones upward, holes downward */
    if (p->above_inside != q->above_inside)
        return p->above_inside ? -1 : 1;
    int order = (p->level > q->level) - (p->level < q->level);
    return p->above_inside ? order : -order;
}

kea_status kea_rings_init(kea_rings *rings, const kea_grid *grid, size_t n_levels,
                          const double *level, kea_error *err)
{
    kea_status status = KEA_OK;
    void *done = NULL;
    tracer t = {.grid = grid, .columns = grid->n_x + 1, .rows = grid->n_y + 1};
    *rings = (kea_rings){0};
    KEA_TRY(kea_memory_new(&done, t.columns * t.rows, 1, err));
    t.done = done;
    for (size_t k = 0; k < n_levels; k++) {
        t.level = level[k];
        KEA_TRY(trace_level(rings, &t, k, err));
    }
    if (rings->n)
        qsort(rings->rings, rings->n, sizeof rings->rings[0], larger);
done:
    free(done);
    return status;
}

void kea_rings_free(kea_rings *rings)
{
    free(rings->rings);
    free(rings->x);
    free(rings->y);
    free(rings->border);
    *rings = (kea_rings){0};
}
