/* Zones from the sample, municipalities from their zone. */
#include "sim/analysis/homes.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double NORMAL_975 = 1.959963984540054;

/* What goes through the sample takes along. */
typedef struct taking {
    kea_home_zones *zones;
    const kea_home_outcomes *homes;
    const kea_contrast *contrast;
    size_t n_periods;
    double cost[KEA_MAX_ZONES][1 + KEA_MAX_LAWS]; /* of `ref` at the present point: all, laws */
    double squares[KEA_MAX_LAWS];                 /* of `ref` */
    double *scatter;                              /* [law][point] of both */
} taking;

/* An outcome summed over the span with a power of the discount factor. */
static double sum_of(const taking *t, const double *amounts, size_t outcome, int power)
{
    const kea_span *span = &t->contrast->span;
    const double *period = amounts + outcome * t->n_periods;
    double sum = 0.0;
    for (size_t y = span->first; y < span->first + span->n && y < t->n_periods; y++)
        sum += period[y] * pow(kea_span_factor(span, y), power);
    return sum;
}

static double *paid_of(const kea_home_zones *zones, size_t zone)
{
    return zones->paid + zone * zones->n_points;
}

static double *avoided_of(const kea_home_zones *zones, size_t law, size_t zone)
{
    return zones->avoided + (law * zones->n_zones + zone) * zones->n_points;
}

static double *years_of(const kea_home_zones *zones, size_t zone)
{
    return zones->people_years + zone * zones->n_points;
}

static double people_years(const taking *t, const double *people)
{
    kea_span span = t->contrast->span;
    double sum = 0.0;
    span.rate = t->contrast->people_rate;
    for (size_t y = span.first; y < span.first + span.n && y < t->n_periods; y++)
        sum += people[y] * kea_span_factor(&span, y);
    return sum;
}

/* The comparator, which comes first at every point. */
static void take_ref(taking *t, size_t point, const double *amounts)
{
    const kea_home_outcomes *homes = t->homes;
    for (size_t zone = 0; zone < homes->n_zones; zone++) {
        t->cost[zone][0] = sum_of(t, amounts, homes->cost[zone], 1);
        for (size_t law = 0; law < homes->n_laws; law++)
            t->cost[zone][1 + law] = sum_of(t, amounts, homes->law_cost[law][zone], 1);
        const double *people = amounts + homes->people[zone] * t->n_periods;
        t->zones->people[zone] += people[0] / (double)t->zones->n_points;
        years_of(t->zones, zone)[point] = people_years(t, people);
    }
    for (size_t law = 0; law < homes->n_laws; law++)
        t->squares[law] = sum_of(t, amounts, homes->scatter[law], 2);
}

static void take_arm(taking *t, size_t point, const double *amounts)
{
    const kea_home_outcomes *homes = t->homes;
    for (size_t zone = 0; zone < homes->n_zones; zone++) {
        double *paid = paid_of(t->zones, zone) + point;
        *paid = sum_of(t, amounts, homes->cost[zone], 1) - t->cost[zone][0];
        for (size_t law = 0; law < homes->n_laws; law++) {
            double avoided =
                t->cost[zone][1 + law] - sum_of(t, amounts, homes->law_cost[law][zone], 1);
            avoided_of(t->zones, law, zone)[point] = avoided;
            *paid += avoided;
        }
    }
    for (size_t law = 0; law < homes->n_laws; law++)
        t->scatter[law * t->zones->n_points + point] =
            sum_of(t, amounts, homes->scatter[law], 2) + t->squares[law];
}

/* A kea_take_periods. */
static void take(void *to, size_t point, size_t arm, const double *amounts)
{
    taking *t = to;
    if (arm == t->contrast->ref)
        take_ref(t, point, amounts);
    if (arm == t->contrast->arm)
        take_arm(t, point, amounts);
}

/* The sums of squares of all zones together, divided over them by people. */
static void divide_scatter(kea_home_zones *zones, const double *squares)
{
    double scatter = 0.0, people = 0.0;
    for (size_t i = 0; i < zones->n_laws * zones->n_points; i++)
        scatter += squares[i] / (double)zones->n_points;
    for (size_t zone = 0; zone < zones->n_zones; zone++)
        people += zones->people[zone];
    for (size_t zone = 0; zone < zones->n_zones; zone++)
        zones->scatter[zone] = people > 0.0 ? scatter * (zones->people[zone] / people) : 0.0;
}

kea_status kea_home_zones_init(kea_home_zones *zones, const kea_sample *sample,
                               const kea_home_outcomes *homes, const kea_contrast *contrast,
                               kea_error *err)
{
    kea_status status = KEA_OK;
    void *paid = NULL, *avoided = NULL, *years = NULL, *scatter = NULL;
    taking t = {zones, homes, contrast, sample->n_periods, {{0}}, {0}, NULL};
    *zones = (kea_home_zones){
        .n_points = sample->n_points, .n_zones = homes->n_zones, .n_laws = homes->n_laws};
    if (sample->n_periods == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "the amounts of every school year are not there");
    size_t n = zones->n_zones * zones->n_points;
    KEA_TRY(kea_memory_new(&paid, n, sizeof(double), err));
    zones->paid = paid;
    KEA_TRY(kea_memory_new(&avoided, n * zones->n_laws, sizeof(double), err));
    zones->avoided = avoided;
    KEA_TRY(kea_memory_new(&years, n, sizeof(double), err));
    zones->people_years = years;
    KEA_TRY(kea_memory_new(&scatter, zones->n_laws * zones->n_points, sizeof(double), err));
    t.scatter = scatter;
    KEA_TRY(kea_sample_each_period(sample, take, &t, err));
    divide_scatter(zones, t.scatter);
done:
    free(scatter);
    return status;
}

void kea_home_zones_free(kea_home_zones *zones)
{
    free(zones->paid);
    free(zones->avoided);
    free(zones->people_years);
    *zones = (kea_home_zones){0};
}

/* What goes through the sample for the people takes along. */
typedef struct counting {
    kea_home_people *people;
    const kea_home_outcomes *homes;
} counting;

static double *people_of(const kea_home_people *people, size_t point, size_t arm, size_t zone)
{
    return people->people +
           ((point * people->n_arms + arm) * people->n_zones + zone) * people->n_periods;
}

/* A kea_take_periods. */
static void count(void *to, size_t point, size_t arm, const double *amounts)
{
    const counting *c = to;
    size_t n = c->people->n_periods;
    for (size_t zone = 0; zone < c->people->n_zones; zone++)
        memcpy(people_of(c->people, point, arm, zone), amounts + c->homes->people[zone] * n,
               n * sizeof *amounts);
}

kea_status kea_home_people_init(kea_home_people *people, const kea_sample *sample,
                                const kea_home_outcomes *homes, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    counting c = {people, homes};
    *people = (kea_home_people){
        .n_arms = sample->n_arms, .n_zones = homes->n_zones, .n_periods = sample->n_periods};
    KEA_TRY(kea_memory_new(&block, sample->n_points * sample->n_arms,
                           homes->n_zones * sample->n_periods * sizeof(double), err));
    people->people = block;
    KEA_TRY(kea_sample_each_period(sample, count, &c, err));
done:
    return status;
}

void kea_home_people_free(kea_home_people *people)
{
    free(people->people);
    *people = (kea_home_people){0};
}

/* What one zone pays in one arm at one point. */
static double zone_pays(const kea_flows *flows, const double *people, const kea_contrast *c,
                        size_t point, size_t arm, size_t payer, const double host[2])
{
    double sum = 0.0;
    size_t end = c->span.first + c->span.n;
    for (size_t y = c->span.first; y < end && y < flows->n_periods; y++) {
        size_t row = kea_flows_row(flows, point, arm, y);
        double all = flows->people[row];
        double paid = kea_flows_amount(flows, point, arm, y, payer, KEA_FLOW_PAID);
        double other = paid - flows->levy[row];
        double by_home = all > 0.0 ? people[y] / all : 0.0;
        sum += (by_home * (flows->levy[row] + other * host[1]) + other * host[0]) *
               kea_span_factor(&c->span, y);
    }
    return sum;
}

void kea_home_zones_fund(kea_home_zones *zones, const kea_home_people *people,
                         const kea_flows *flows, size_t payer, const kea_contrast *contrast,
                         double host_share)
{
    for (size_t zone = 0; zone < zones->n_zones; zone++) {
        /* of what is beside contributions: the zone's own part, and that by home */
        const double host[2] = {zone == 0 ? host_share : 0.0, 1.0 - host_share};
        double *paid = paid_of(zones, zone);
        for (size_t i = 0; i < zones->n_points; i++) {
            const double *with = people_of(people, i, contrast->arm, zone);
            const double *without = people_of(people, i, contrast->ref, zone);
            paid[i] = zone_pays(flows, with, contrast, i, contrast->arm, payer, host) -
                      zone_pays(flows, without, contrast, i, contrast->ref, payer, host);
        }
    }
}

/* The estimate of x[n] times a factor. */
static kea_estimate part_of(const double *x, size_t n, double part, double *scratch)
{
    for (size_t i = 0; i < n; i++)
        scratch[i] = x[i] * part;
    return kea_estimate_of(scratch, n);
}

/* What a whole zone gains at one point. */
static double net_of(const kea_home_zones *zones, size_t zone, size_t point)
{
    double net = -paid_of(zones, zone)[point];
    for (size_t law = 0; law < zones->n_laws; law++)
        net += avoided_of(zones, law, zone)[point];
    return net;
}

static void fill_row(const kea_home_zones *zones, double part, kea_home_row *row, double *scratch)
{
    size_t n = zones->n_points, gains = 0;
    kea_moments moments = {0};
    row->part = part;
    row->people = zones->people[row->zone] * part;
    row->paid = part_of(paid_of(zones, row->zone), n, part, scratch);
    for (size_t law = 0; law < zones->n_laws; law++)
        row->avoided[law] = part_of(avoided_of(zones, law, row->zone), n, part, scratch);
    for (size_t i = 0; i < n; i++) {
        scratch[i] = net_of(zones, row->zone, i) * part;
        gains += scratch[i] > 0.0;
        kea_moments_add(&moments, scratch[i]);
    }
    double variance = n > 1 ? kea_moments_variance(&moments) : 0.0;
    row->noise = sqrt(part * zones->scatter[row->zone]);
    double wide = NORMAL_975 * sqrt(variance + row->noise * row->noise);
    row->net = kea_estimate_of(scratch, n);
    row->gains = n > 0 ? (double)gains / (double)n : (double)NAN;
    row->own_low = row->net.mean - wide;
    row->own_high = row->net.mean + wide;
    for (size_t i = 0; i < n; i++) {
        double years = years_of(zones, row->zone)[i];
        scratch[i] = years > 0.0 ? net_of(zones, row->zone, i) / years : (double)NAN;
    }
    row->each = kea_estimate_of(scratch, n);
}

/* A zone in a list: all its people there, and those in municipalities that are too small. */
typedef struct zone_list {
    double listed, small;
    size_t n_small, first_small;
} zone_list;

static bool is_small(const kea_home_zones *zones, const zone_list *list, const kea_home *home,
                     double pool_below)
{
    return zones->people[home->zone] * (home->people / list[home->zone].listed) < pool_below;
}

static void count_small(const kea_home_zones *zones, size_t n, const kea_home *homes,
                        double pool_below, zone_list *list)
{
    for (size_t i = 0; i < n; i++)
        list[homes[i].zone].listed += homes[i].people;
    for (size_t i = n; i-- > 0;) {
        zone_list *zone = &list[homes[i].zone];
        if (!is_small(zones, list, &homes[i], pool_below))
            continue;
        zone->small += homes[i].people;
        zone->n_small++;
        zone->first_small = i;
    }
}

size_t kea_homes_rows(const kea_home_zones *zones, size_t n_homes, const kea_home *homes,
                      double pool_below, kea_home_row *rows, double *scratch)
{
    zone_list list[KEA_MAX_ZONES] = {{0}};
    size_t n = 0;
    count_small(zones, n_homes, homes, pool_below, list);
    for (size_t i = 0; i < n_homes; i++) {
        const zone_list *zone = &list[homes[i].zone];
        if (is_small(zones, list, &homes[i], pool_below) && zone->n_small > 1)
            continue;
        rows[n] = (kea_home_row){.zone = homes[i].zone, .home = i, .n_homes = 1};
        fill_row(zones, homes[i].people / zone->listed, &rows[n++], scratch);
    }
    for (size_t z = 0; z < zones->n_zones; z++) {
        if (list[z].n_small < 2)
            continue;
        rows[n] =
            (kea_home_row){.zone = z, .home = list[z].first_small, .n_homes = list[z].n_small};
        fill_row(zones, list[z].small / list[z].listed, &rows[n++], scratch);
    }
    return n;
}
