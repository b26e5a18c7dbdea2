/* Numbers along an axis: a range, round ticks, and how a reader sees them. Pure arithmetic and
 * text; draws nothing. */
#ifndef KEA_REPORT_AXIS_H
#define KEA_REPORT_AXIS_H

#include <stdbool.h>
#include <stddef.h>

/* A range of finite values that grows; empty while low > high. */
typedef struct kea_span {
    double low, high;
} kea_span;

kea_span kea_span_empty(void);
bool kea_span_is_empty(const kea_span *span);

/* Takes in n values; those that are not finite are left out. */
void kea_span_add(kea_span *span, size_t n, const double *value);
void kea_span_add_one(kea_span *span, double value);

/* How values are written: divided by `divide`, behind `before` and before `after`. */
typedef struct kea_unit {
    double divide;
    char before[24]; /* "EUR ", ... */
    char after[32];  /* "%", " million", ... */
    char title[48];  /* for the axis, "million EUR", "%", ...; empty for plain numbers */
} kea_unit;

kea_unit kea_unit_plain(void);
kea_unit kea_unit_percent(void); /* of shares 0 to 1 */

/* Money ("EUR"), thousands, millions or billions of it, whichever suits the largest absolute value.
 */
kea_unit kea_unit_money(const char *currency, const kea_span *span);

/* A value in its unit, to `digits` significant digits at most ("EUR 3.5 million"); NaN is "-". */
void kea_unit_write(char *text, size_t size, double value, const kea_unit *unit, int digits);

/* Money in whatever unit suits this value: "EUR 14,200", "-EUR 3.5 million". */
void kea_money_write(char *text, size_t size, const char *currency, double value, int digits);

/* A plain number to `digits` significant digits, no zeros behind the last decimal. */
void kea_number_write(char *text, size_t size, double value, int digits);

typedef struct kea_axis {
    double low, high;   /* ends, low < high */
    double first, step; /* ticks: first, first + step, ... */
    size_t n_ticks;     /* 1 or more when a multiple of step lies within */
    int decimals;       /* of the tick numbers */
    kea_unit unit;
} kea_axis;

/* An axis over the span, which is widened when it is empty or a single value, with at most
 * `most_ticks` (2 or more) ticks at 1, 2 or 5 times a power of ten in the unit. With `to_ticks` the
 * ends move outward to the nearest tick. */
kea_axis kea_axis_over(const kea_span *span, const kea_unit *unit, size_t most_ticks,
                       bool to_ticks);

double kea_axis_tick(const kea_axis *axis, size_t i);

/* The number at a tick, without the unit's words but for "%". */
void kea_axis_write(char *text, size_t size, const kea_axis *axis, double value);

#endif
