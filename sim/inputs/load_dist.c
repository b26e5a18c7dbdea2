/* Reads the distribution of a parameter and holds it against value and declared range. */
#include "sim/inputs/load.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The base value must lie within the central 99.9% of its distribution. */
#define TAIL 0.0005
/* At most this probability may lie outside the declared range (draws are then clamped to it). */
#define MOST_OUTSIDE 0.01
#define USUAL_LEVEL 0.95

/* The points that a distribution may be given by: "q05" is what it is below with 5% certainty. */
static const struct {
    const char *name;
    double p;
} point_table[] = {
    {"q01", 0.01}, {"q025", 0.025}, {"q05", 0.05}, {"q10", 0.10},   {"q25", 0.25}, {"q50", 0.50},
    {"q75", 0.75}, {"q90", 0.90},   {"q95", 0.95}, {"q975", 0.975}, {"q99", 0.99},
};

enum {
    MAX_NATURAL = 4,
    N_POINTS = sizeof point_table / sizeof point_table[0],
    MAX_FIELDS = N_POINTS,
    N_OTHER = 6 /* family, mean, se, low, high, level */
};

/* How a distribution is given. */
typedef enum form { NATURAL, MEAN_SE, INTERVAL, POINTS, N_FORMS } form;

/* The fields of one distribution: their names, and a number per element. */
typedef struct dist_fields {
    kea_family family;
    form form;
    size_t n;
    const char *name[MAX_FIELDS];
    double value[MAX_FIELDS][KEA_MAX_ELEMENTS];
    bool is_list[MAX_FIELDS];
} dist_fields;

static size_t natural_names(kea_family family, const char **names)
{
    size_t n = 0;
    while (n < MAX_NATURAL && kea_dist_param_name(family, n)) {
        names[n] = kea_dist_param_name(family, n);
        n++;
    }
    return n;
}

static kea_status load_family(const kea_span *span, const kea_setting *setting, kea_family *family,
                              kea_error *err)
{
    static const char *const names[] = {
#define FAMILY_NAME(name, code, p0, p1, p2, p3) name,
        KEA_FAMILY_LIST(FAMILY_NAME)
#undef FAMILY_NAME
    };
    kea_status status = KEA_OK;
    const char *text = NULL;
    kea_setting *member = NULL;
    if (!kea_config_is_group(setting))
        return kea_config_known(span->config, setting, 0, NULL, err);
    KEA_TRY(kea_config_need(span->config, setting, "family",
                            "the kind of distribution, like \"beta\" or \"gamma\"", &member, err));
    KEA_TRY(kea_config_text(span->config, member, &text, err));
    *family = kea_dist_family_find(text);
    if (*family == KEA_N_FAMILIES) {
        const char *nearest = kea_param_nearest(text, KEA_N_FAMILIES, names);
        return kea_config_fail(span->config, member, err,
                               "there is no family \"%s\"%s%s%s; the families are fixed, uniform, "
                               "triangular, pert, normal, truncated_normal, lognormal, gamma, "
                               "beta, logit_normal, dirichlet",
                               text, nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                               nearest ? "\"?" : "");
    }
done:
    return status;
}

static kea_status check_family(const kea_span *span, const kea_setting *setting, kea_family family,
                               kea_error *err)
{
    const kea_param_decl *decl = span->decl;
    if (decl->kind == KEA_INTEGER)
        return kea_config_fail(span->config, setting, err,
                               "a whole number cannot be uncertain; remove the distribution");
    if (decl->kind == KEA_PARTS || decl->kind == KEA_CHOICE)
        return kea_config_fail(span->config, setting, err,
                               "%s is agreed on and cannot be uncertain; remove the distribution",
                               decl->name);
    if (kea_param_sums_to_one(decl) && family != KEA_DIRICHLET)
        return kea_config_fail(span->config, setting, err,
                               "shares that sum to 1 can be uncertain only as \"dirichlet\", found "
                               "\"%s\"",
                               kea_dist_family_name(family));
    if (kea_param_sums_to_one(decl) && span->n != decl->count)
        return kea_config_fail(span->config, setting, err,
                               "uncertain shares must be given together: one list of values and "
                               "one distribution");
    if (!kea_param_sums_to_one(decl) && family == KEA_DIRICHLET)
        return kea_config_fail(span->config, setting, err,
                               "\"dirichlet\" is for shares that sum to 1, and %s is not; use "
                               "\"beta\" for a single share",
                               decl->name);
    return KEA_OK;
}

static bool has_any(const kea_setting *setting, size_t n, const char *const *names)
{
    for (size_t i = 0; i < n; i++) {
        if (kea_config_find(setting, names[i]))
            return true;
    }
    return false;
}

/* The points that are given, in increasing order. */
static size_t point_names(const kea_setting *setting, const char **names)
{
    size_t n = 0;
    for (size_t i = 0; i < N_POINTS; i++) {
        if (kea_config_find(setting, point_table[i].name))
            names[n++] = point_table[i].name;
    }
    return n;
}

static double point_probability(const char *name)
{
    size_t i = 0;
    while (i + 1 < N_POINTS && strcmp(point_table[i].name, name) != 0)
        i++;
    return point_table[i].p;
}

/* The distribution may have no other members than those of any way. */
static kea_status check_members(const kea_span *span, const kea_setting *setting, kea_family family,
                                kea_error *err)
{
    const char *all[N_OTHER + MAX_NATURAL + N_POINTS] = {"family", "mean", "se",
                                                         "low",    "high", "level"};
    size_t n = N_OTHER + natural_names(family, all + N_OTHER);
    for (size_t i = 0; i < N_POINTS; i++)
        all[n++] = point_table[i].name;
    return kea_config_known(span->config, setting, n, all, err);
}

/* Finds out how the distribution is given. */
static kea_status find_form(const kea_span *span, const kea_setting *setting, dist_fields *fields,
                            kea_error *err)
{
    static const char *const mean_se[] = {"mean", "se"};
    static const char *const interval[] = {"low", "high", "level"};
    const char *natural[MAX_NATURAL], *points[N_POINTS];
    const char *const *const names[N_FORMS] = {natural, mean_se, interval, points};
    const char *family = kea_dist_family_name(fields->family);
    kea_status status = check_members(span, setting, fields->family, err);
    if (status != KEA_OK)
        return status;
    const size_t n[N_FORMS] = {natural_names(fields->family, natural), 2, 3,
                               point_names(setting, points)};
    int ways = 0;
    for (int way = NATURAL; way < N_FORMS; way++) {
        if (!has_any(setting, n[way], names[way]))
            continue;
        ways++;
        fields->form = (form)way;
    }
    if (ways == 0)
        return kea_config_fail(span->config, setting, err,
                               "expected the numbers of the \"%s\" distribution: se, or low and "
                               "high, or points (q05, q50, q95), or %s%s%s",
                               family, natural[0], n[NATURAL] > 1 ? ", " : "",
                               n[NATURAL] > 1 ? natural[1] : "");
    if (ways > 1)
        return kea_config_fail(span->config, setting, err,
                               "the \"%s\" distribution is given in more than one way; keep only "
                               "se (and mean), or low and high (and level), or points (q05, q50, "
                               "q95), or its own parameters",
                               family);
    fields->n = n[fields->form];
    memcpy(fields->name, names[fields->form], fields->n * sizeof *fields->name);
    return KEA_OK;
}

/* Reads field `f`: mean defaults to the value and level to 95%, all others are required. */
static kea_status load_field(const kea_span *span, const kea_setting *setting, dist_fields *fields,
                             size_t f, kea_error *err)
{
    kea_setting *member = kea_config_find(setting, fields->name[f]);
    if (member)
        return kea_load_numbers(span, member, true, fields->value[f], &fields->is_list[f], err);
    bool is_mean = fields->form == MEAN_SE && f == 0;
    if (!is_mean && !(fields->form == INTERVAL && f == 2))
        return kea_config_fail(span->config, setting, err,
                               "'%s' is missing: the \"%s\" distribution given this way needs it",
                               fields->name[f], kea_dist_family_name(fields->family));
    const kea_entry *entry = &span->loader->problem->entries[span->first_entry];
    for (size_t i = 0; i < span->n; i++)
        fields->value[f][i] = is_mean ? entry[i].value : USUAL_LEVEL;
    return KEA_OK;
}

/* True for an element that a list marks as certain by a standard error or deviation of 0. */
static bool is_certain(const dist_fields *fields, size_t i)
{
    for (size_t f = 0; f < fields->n; f++) {
        bool is_spread = strcmp(fields->name[f], "se") == 0 || strcmp(fields->name[f], "sd") == 0;
        if (is_spread && fields->is_list[f] && fields->value[f][i] <= 0 && fields->value[f][i] >= 0)
            return true;
    }
    return false;
}

static kea_status make(const dist_fields *fields, size_t i, kea_entry *entry, kea_error *err)
{
    double x[MAX_FIELDS] = {0}, p[MAX_FIELDS] = {0};
    kea_dist *dist = &entry->dist;
    for (size_t f = 0; f < fields->n; f++)
        x[f] = fields->value[f][i];
    switch (fields->form) {
    case MEAN_SE:
        return kea_dist_mean_se(dist, fields->family, x[0], x[1], err);
    case INTERVAL:
        return kea_dist_interval(dist, fields->family, x[0], x[1], x[2], err);
    case POINTS:
        for (size_t f = 0; f < fields->n; f++)
            p[f] = point_probability(fields->name[f]);
        return kea_dist_points(dist, fields->family, fields->n, p, x, &entry->miss, err);
    case NATURAL:
    case N_FORMS:
        break;
    }
    return kea_dist_natural(dist, fields->family, fields->n, x, err);
}

/* P(X < x), from the quantile function by halving. */
static double probability_below(const kea_dist *dist, double x)
{
    double low = 0, high = 1;
    for (int i = 0; i < 40; i++) {
        double middle = 0.5 * (low + high);
        if (kea_dist_quantile(dist, middle) < x)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* The part of the probability outside the declared range. */
static double probability_outside(const kea_dist *dist, const kea_param_decl *decl)
{
    double min, max, outside = 0;
    kea_dist_support(dist, &min, &max);
    if (min < decl->min)
        outside += probability_below(dist, decl->min);
    if (max > decl->max)
        outside += 1 - probability_below(dist, decl->max);
    return outside;
}

static kea_status check_entry(const kea_span *span, const kea_setting *setting,
                              const kea_entry *entry, kea_error *err)
{
    const char *label = kea_load_element_label(entry->decl, entry->element);
    double low = kea_dist_quantile(&entry->dist, TAIL);
    double high = kea_dist_quantile(&entry->dist, 1 - TAIL);
    double rounding = 1e-9 * (fabs(low) + fabs(high));
    char text[160];
    kea_dist_describe(&entry->dist, text, sizeof text);
    if (!(entry->value >= low - rounding && entry->value <= high + rounding))
        return kea_config_fail(span->config, setting, err,
                               "%s is %.10g, but 99.9%% of its distribution lies between %.6g and "
                               "%.6g (%s); correct one of them",
                               label, entry->value, low, high, text);
    double outside = probability_outside(&entry->dist, entry->decl);
    if (outside >= MOST_OUTSIDE)
        return kea_config_fail(span->config, setting, err,
                               "%s: %.3g%% of the distribution lies outside the range %.10g to "
                               "%.10g, expected less than 1%% (%s); choose a narrower one",
                               label, 100 * outside, entry->decl->min, entry->decl->max, text);
    return KEA_OK;
}

static kea_status dist_failed(const kea_span *span, const kea_setting *setting, size_t i,
                              const kea_error *why, kea_error *err)
{
    const char *label = kea_load_element_label(span->decl, span->element + i);
    bool one = span->n == 1;
    return kea_config_fail(span->config, setting, err, "%s%s%s", one ? "" : label, one ? "" : ": ",
                           why->text);
}

static kea_status load_univariate(const kea_span *span, const kea_setting *setting,
                                  dist_fields *fields, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_error why;
    KEA_TRY(find_form(span, setting, fields, err));
    for (size_t f = 0; f < fields->n; f++)
        KEA_TRY(load_field(span, setting, fields, f, err));
    for (size_t i = 0; i < span->n; i++) {
        kea_entry *entry = &span->loader->problem->entries[span->first_entry + i];
        if (is_certain(fields, i))
            continue;
        if (make(fields, i, entry, &why) != KEA_OK)
            return dist_failed(span, setting, i, &why, err);
        KEA_TRY(check_entry(span, setting, entry, err));
    }
done:
    return status;
}

/* Alphas as a list, or as the values times a concentration. */
static kea_status load_alphas(const kea_span *span, const kea_setting *setting, double *alpha,
                              kea_error *err)
{
    static const char *const names[] = {"family", "alpha", "concentration"};
    kea_status status = KEA_OK;
    const kea_entry *entry = &span->loader->problem->entries[span->first_entry];
    KEA_TRY(kea_config_known(span->config, setting, 3, names, err));
    kea_setting *list = kea_config_find(setting, "alpha");
    kea_setting *total = kea_config_find(setting, "concentration");
    if (!list == !total)
        return kea_config_fail(span->config, setting, err,
                               "a \"dirichlet\" distribution needs either 'alpha' (a list) or "
                               "'concentration' (a number)");
    if (list)
        return kea_load_numbers(span, list, false, alpha, NULL, err);
    double concentration;
    KEA_TRY(kea_config_number(span->config, total, false, &concentration, err));
    if (concentration <= 0)
        return kea_config_fail(span->config, total, err, "expected a number above 0, found %.10g",
                               concentration);
    for (size_t i = 0; i < span->n; i++)
        alpha[i] = concentration * entry[i].value;
done:
    return status;
}

static kea_status load_dirichlet(const kea_span *span, const kea_setting *setting, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_error why;
    double alpha[KEA_MAX_ELEMENTS], sum = 0;
    kea_entry *entry = &span->loader->problem->entries[span->first_entry];
    KEA_TRY(load_alphas(span, setting, alpha, err));
    for (size_t i = 0; i < span->n; i++)
        sum += alpha[i];
    for (size_t i = 0; i < span->n; i++) {
        const double p[] = {alpha[i], sum};
        if (kea_dist_natural(&entry[i].dist, KEA_DIRICHLET, 2, p, &why) != KEA_OK)
            return dist_failed(span, setting, i, &why, err);
        entry[i].group_first = span->first_entry;
        entry[i].group_count = span->n;
        KEA_TRY(check_entry(span, setting, &entry[i], err));
    }
done:
    return status;
}

kea_status kea_load_distribution(const kea_span *span, const kea_setting *setting, kea_error *err)
{
    kea_status status = KEA_OK;
    dist_fields fields = {.family = KEA_N_FAMILIES};
    KEA_TRY(load_family(span, setting, &fields.family, err));
    KEA_TRY(check_family(span, setting, fields.family, err));
    status = fields.family == KEA_DIRICHLET ? load_dirichlet(span, setting, err)
                                            : load_univariate(span, setting, &fields, err);
done:
    return status;
}
