#include "sim/report/axis.h"

#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A space that does not break. */
#define SPACE "\u00a0"

kea_span kea_span_empty(void)
{
    return (kea_span){(double)INFINITY, -(double)INFINITY};
}

bool kea_span_is_empty(const kea_span *span)
{
    return !(span->low <= span->high);
}

void kea_span_add_one(kea_span *span, double value)
{
    if (!isfinite(value))
        return;
    span->low = fmin(span->low, value);
    span->high = fmax(span->high, value);
}

void kea_span_add(kea_span *span, size_t n, const double *value)
{
    for (size_t i = 0; i < n; i++)
        kea_span_add_one(span, value[i]);
}

kea_unit kea_unit_plain(void)
{
    return (kea_unit){1, "", "", ""};
}

kea_unit kea_unit_percent(void)
{
    return (kea_unit){0.01, "", "%", ""};
}

/* Amounts divided by `divide`, of which `after` says how many a one is. */
static kea_unit money_unit(const char *currency, double divide, const char *after,
                           const char *title)
{
    kea_unit unit = {.divide = divide};
    (void)snprintf(unit.before, sizeof unit.before, "%s" SPACE, currency);
    (void)snprintf(unit.after, sizeof unit.after, "%s", after);
    kea_text_fill(unit.title, sizeof unit.title, title, currency);
    return unit;
}

kea_unit kea_unit_money(const char *currency, const kea_span *span)
{
    double most = kea_span_is_empty(span) ? 0 : fmax(fabs(span->low), fabs(span->high));
    if (most >= 2e9)
        return money_unit(currency, 1e9, kea_text(" billion"), kea_text("billion %s"));
    if (most >= 1e6)
        return money_unit(currency, 1e6, kea_text(" million"), kea_text("million %s"));
    if (most >= 1e5)
        return money_unit(currency, 1e3, kea_text(" thousand"), kea_text("thousand %s"));
    return money_unit(currency, 1, "", "%s");
}

/* Decimals at which `value` shows `digits` significant digits, and no needless zeros. */
static int decimals_for(double value, int digits)
{
    if (!isfinite(value) || value == 0)
        return 0;
    int decimals = digits - 1 - (int)floor(log10(fabs(value)));
    decimals = decimals < 0 ? 0 : decimals > 12 ? 12 : decimals;
    char plain[400];
    (void)snprintf(plain, sizeof plain, "%.*f", decimals, value);
    for (size_t n = strlen(plain); decimals > 0 && plain[n - 1] == '0'; n--)
        decimals--;
    return decimals;
}

/* `value` with only its first `digits` digits, the rest 0: 14,234 becomes 14,200 for 3. */
static double rounded(double value, int digits)
{
    if (!isfinite(value) || value == 0)
        return value;
    double unit = pow(10, floor(log10(fabs(value))) - digits + 1);
    return unit > 1 ? round(value / unit) * unit : value;
}

void kea_number_write(char *text, size_t size, double value, int digits)
{
    char number[420];
    kea_text_number(number, sizeof number, fabs(rounded(value, digits)),
                    decimals_for(value, digits), kea_text_language());
    bool is_zero = strspn(number, "0.,") == strlen(number);
    (void)snprintf(text, size, "%s%s", value < 0 && !is_zero ? "−" : "", number);
}

void kea_unit_write(char *text, size_t size, double value, const kea_unit *unit, int digits)
{
    char number[420];
    double shown = value / unit->divide;
    kea_number_write(number, sizeof number, fabs(shown), digits);
    bool is_zero = strspn(number, "0.,") == strlen(number);
    if (!isfinite(value))
        (void)snprintf(text, size, "%s", number);
    else
        (void)snprintf(text, size, "%s%s%s%s", shown < 0 && !is_zero ? "−" : "", unit->before,
                       number, unit->after);
}

void kea_money_write(char *text, size_t size, const char *currency, double value, int digits)
{
    kea_span span = {value, value};
    if (fabs(value) < 1e6)
        span = (kea_span){0, 0};
    kea_unit unit = kea_unit_money(currency, &span);
    kea_unit_write(text, size, value, &unit, digits);
}

static double nice_step(double range, size_t most_ticks)
{
    double raw = range / (double)(most_ticks - 1);
    double ten = pow(10, floor(log10(raw)));
    double part = raw / ten;
    /* a hair of tolerance, so that 0.2 x 5 is not found to be more than 1 */
    return ten * (part <= 1 + 1e-9 ? 1 : part <= 2 + 1e-9 ? 2 : part <= 5 + 1e-9 ? 5 : 10);
}

static kea_span widened(const kea_span *span)
{
    if (kea_span_is_empty(span))
        return (kea_span){0, 1};
    double middle = span->low / 2 + span->high / 2;
    double least = fmax(fabs(middle) * 1e-9, 1e-12);
    if (span->high - span->low > least)
        return *span;
    double half = middle == 0 ? 1 : 0.1 * fabs(middle);
    return (kea_span){middle - half, middle + half};
}

kea_axis kea_axis_over(const kea_span *span, const kea_unit *unit, size_t most_ticks, bool to_ticks)
{
    kea_span shown = widened(span);
    kea_axis axis = {.unit = *unit};
    axis.step = nice_step((shown.high - shown.low) / unit->divide, most_ticks) * unit->divide;
    if (to_ticks) {
        shown.low = floor(shown.low / axis.step + 1e-9) * axis.step;
        shown.high = ceil(shown.high / axis.step - 1e-9) * axis.step;
    }
    axis.low = shown.low;
    axis.high = shown.high;
    axis.first = ceil(shown.low / axis.step - 1e-9) * axis.step;
    axis.n_ticks = (size_t)floor((shown.high - axis.first) / axis.step + 1e-9) + 1;
    double digits = -floor(log10(axis.step / unit->divide) + 1e-9);
    axis.decimals = digits > 0 ? (int)fmin(digits, 12) : 0;
    return axis;
}

double kea_axis_tick(const kea_axis *axis, size_t i)
{
    double tick = axis->first + (double)i * axis->step;
    return fabs(tick) < 1e-9 * axis->step ? 0 : tick;
}

void kea_axis_write(char *text, size_t size, const kea_axis *axis, double value)
{
    char number[420];
    double shown = value / axis->unit.divide;
    kea_text_number(number, sizeof number, fabs(shown), axis->decimals, kea_text_language());
    bool percent = strcmp(axis->unit.after, "%") == 0;
    (void)snprintf(text, size, "%s%s%s", shown < 0 ? "−" : "", number, percent ? "%" : "");
}
