/* What it takes only to draw the numbers that the mbo model draws: how many of each kind a row of
 * bench_model draws is counted (see count_draws.h), then as many are drawn in plain loops. One line
 * per row: the row, student-years per second if nothing else were done (median of rounds), and per
 * student-year the random blocks drawn one by one, in fours, logarithms, gamma quantiles, sets.
 *
 * Use: bench_draws [-r ROUNDS] SCENARIO MODELS_FOLDER */
#include "tests/bench/count_draws.h"
#undef kea_rng_pair
#undef kea_rng_uniform
#undef kea_rng_four
#undef kea_rng_exponential
#undef kea_gamma_table_quantile
#undef mbo_domains_draw

#include "models/mbo/cohort.h"
#include "models/mbo/mbo.h"
#include "models/mbo/outcomes.h"
#include "sim/core/moments.h"
#include "tests/bench/counter.h"
#include "tests/bench/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_ROUNDS = 99, MAX_PERIODS = 128 };

draw_counts bench_drawn;

/* Tables as in a run, and where the sum of all numbers goes, so that none is left out. */
typedef struct drawing {
    kea_gamma_table durations;
    mbo_domains domains;
    kea_rng_key key;
    double sum;
} drawing;

static void draw_blocks(drawing *d, const draw_counts *n)
{
    double u[4][2];
    for (uint32_t i = 0; i < n->pairs; i++) {
        kea_rng_pair(d->key, (kea_rng_address){1, i, 2}, 0, u[0]);
        d->sum += u[0][0] + u[0][1];
    }
    for (uint32_t i = 0; i < n->fours; i++) {
        const kea_rng_place place[4] = {
            {d->key, i, 0}, {d->key, i, 1}, {d->key, i, 2}, {d->key, i, 3}};
        kea_rng_four(place, 2, i, u);
        d->sum += u[0][0] + u[1][0] + u[2][0] + u[3][1];
    }
}

static void transform(drawing *d, const draw_counts *n)
{
    for (double i = 0; i < n->exponentials; i++)
        d->sum += kea_rng_exponential((i + 0.5) / n->exponentials);
    for (double i = 0; i < n->quantiles; i++)
        d->sum += kea_gamma_table_quantile(&d->durations, (i + 0.5) / n->quantiles);
    for (double i = 0; i < n->domains; i++)
        d->sum += mbo_domains_draw(&d->domains, (i + 0.5) / n->domains);
}

/* Runs a row once and returns its student-years. */
static double count(const bench_problem *b, void *workspace, long row, draw_counts *drawn)
{
    static double out[MAX_PERIODS * MBO_N_OUTCOMES];
    kea_error err = {0};
    double years = mbo_uncounted_years(workspace), weeks = 0.0;
    memset(out, 0, sizeof out);
    bench_drawn = (draw_counts){0};
    if (row == 0)
        bench_stop_on(mbo_model.begin(workspace, (kea_cohort){b->problem.settings.seed, 0},
                                      bench_row_values(b, row), &err),
                      &err);
    else
        bench_stop_on(mbo_model.run(workspace, bench_row_values(b, row), 0, out, &err), &err);
    *drawn = bench_drawn;
    for (size_t period = 0; period < b->n_periods; period++)
        weeks += out[period * MBO_N_OUTCOMES + OUT_enrolled_weeks];
    return weeks / 52.0 + mbo_uncounted_years(workspace) - years;
}

static void measure(const bench_problem *b, drawing *d, void *workspace, long row, long rounds)
{
    const counter clock_only = {-1, -1, -1};
    double speed[MAX_ROUNDS];
    draw_counts n;
    double years = count(b, workspace, row, &n);
    for (long r = 0; r < rounds; r++) {
        counter_reading from = counter_read(&clock_only);
        draw_blocks(d, &n);
        transform(d, &n);
        counter_reading to = counter_read(&clock_only);
        speed[r] = years / (to.seconds - from.seconds);
    }
    (void)printf("%s\t%.6g\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\n", bench_row_name(b, row),
                 kea_moments_quantile(speed, (size_t)rounds, 0.5), n.pairs / years,
                 4.0 * n.fours / years, n.exponentials / years, n.quantiles / years,
                 n.domains / years);
}

int main(int argc, char **argv)
{
    static bench_problem b;
    static drawing d;
    kea_error err = {0};
    void *workspace = NULL;
    long rounds = 9;
    for (int option; (option = getopt(argc, argv, "r:")) != -1;) {
        if (option != 'r')
            return 2;
        rounds = strtol(optarg, NULL, 10);
    }
    if (argc - optind != 2 || rounds < 1 || rounds > MAX_ROUNDS)
        bench_stop(2, "use: bench_draws [-r ROUNDS] SCENARIO MODELS_FOLDER");
    bench_load(&b, argv[optind], argv[optind + 1]);
    if (strcmp(b.model->name, "mbo") != 0 || b.n_periods > MAX_PERIODS)
        bench_stop(2, "only for the mbo model");
    const mbo_params *p = mbo_params_of(bench_row_values(&b, 0));
    d.key = kea_rng_key_of(1, "bench");
    bench_stop_on(kea_gamma_table_init(&d.durations, p->duration_shape, &err), &err);
    bench_stop_on(mbo_domains_init(&d.domains, p->domain_share, p->domain_correlation, &err), &err);
    bench_stop_on(mbo_model.open(&workspace, &err), &err);
    for (long row = 0; row < b.n_rows; row++)
        measure(&b, &d, workspace, row, rounds);
    mbo_model.close(workspace);
    bench_unload(&b);
    return d.sum > 0.0 ? 0 : 1;
}
