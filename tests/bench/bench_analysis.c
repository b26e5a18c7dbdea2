/* Speed of the analyses on one core, on a made-up sample of net benefits and parameters: EVPPI of
 * single parameters and of a group, EVSI, and curves of many strategies. Prints seconds of one run
 * each, and the peak of the resident memory at the end.
 *
 * Use: bench_analysis */
#include "sim/analysis/decision.h"
#include "sim/analysis/evpi.h"
#include "sim/analysis/evsi.h"
#include "sim/analysis/frontier.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { DRAWS = 10000, PARAMS = 30, ARMS = 3, GROUP = 5, STRATEGIES = 100, AMOUNTS = 200 };

static double clock_start;

static double now(void)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void start(void)
{
    clock_start = now();
}

static void say(const char *what)
{
    (void)printf("%-62s %7.2f s\n", what, now() - clock_start);
}

static void stop_on(kea_status status, const kea_error *err)
{
    if (status == KEA_OK)
        return;
    (void)fprintf(stderr, "bench_analysis: %s\n", err->text);
    exit(kea_status_exit(status));
}

static void *room(size_t n, size_t size)
{
    void *block = calloc(n, size);
    if (!block) {
        (void)fprintf(stderr, "bench_analysis: no memory\n");
        exit(3);
    }
    return block;
}

static double normal(uint32_t draw, uint32_t item)
{
    kea_rng_key key = kea_rng_key_of(1, "bench.analysis");
    return gsl_cdf_ugaussian_Pinv(kea_rng_uniform(key, (kea_rng_address){draw, item, 0}, 0));
}

/* 30 parameters, some of which act together, and noise as large as what they explain. */
static void make_sample(double *params, double *benefit)
{
    for (uint32_t i = 0; i < DRAWS; i++) {
        double *p = params + (size_t)i * PARAMS;
        for (uint32_t k = 0; k < PARAMS; k++)
            p[k] = normal(i, k);
        for (uint32_t arm = 1; arm < ARMS; arm++) {
            double sum = 0.5 * normal(i, PARAMS + arm) * sqrt((double)PARAMS);
            for (uint32_t k = 0; k < PARAMS; k++)
                sum += p[k] * (1 + (double)((k * arm) % 7)) / 7;
            sum += p[0] * p[1] + sin(2 * p[2]) + 0.5 * p[3] * p[3] * arm;
            benefit[i * ARMS + arm] = sum - 0.5;
        }
    }
}

static void bench_information(const kea_benefits *benefits, const kea_parameters *parameters)
{
    static size_t index[PARAMS];
    static kea_set sets[PARAMS];
    static kea_evppi out[PARAMS];
    const kea_evppi_options options = {KEA_SMOOTHER_CHOICE, 1};
    kea_error err = {0};
    for (size_t k = 0; k < PARAMS; k++) {
        index[k] = k;
        sets[k] = (kea_set){1, &index[k]};
    }
    start();
    stop_on(kea_evppi_of(out, benefits, parameters, PARAMS, sets, &options, &err), &err);
    say("EVPPI of 30 single parameters, 10,000 draws, 3 strategies");
    const kea_set pair = {2, index}, group = {GROUP, index}, all = {PARAMS, index};
    start();
    stop_on(kea_evppi_of(out, benefits, parameters, 1, &pair, &options, &err), &err);
    say("EVPPI of 2 parameters by tensor product");
    start();
    stop_on(kea_evppi_of(out, benefits, parameters, 1, &group, &options, &err), &err);
    say("EVPPI of 5 parameters by Gaussian process");
    start();
    stop_on(kea_evppi_of(out, benefits, parameters, 1, &all, &options, &err), &err);
    say("EVPPI of 30 parameters by Gaussian process");
}

static void bench_study(const kea_benefits *benefits, const kea_parameters *parameters)
{
    static const size_t index[] = {3};
    static const double sd = 2;
    const kea_evppi_options options = {KEA_SMOOTHER_CHOICE, 1};
    const kea_study study = kea_study_mean((kea_set){1, index}, &sd);
    const kea_study_plan plan = {100, 1, 0, {0, 1000, 10, 0.03, 0, 1}};
    kea_evsi evsi;
    kea_evsi_point best;
    kea_error err = {0};
    start();
    stop_on(kea_evsi_init(&evsi, benefits, parameters, &study, &options, &err), &err);
    stop_on(kea_evsi_best(&best, &evsi, 1, 10000, &plan, &err), &err);
    say("EVSI: best size of a study of 1 parameter, about 24 sizes");
    kea_evsi_free(&evsi);
}

static void bench_curves(void)
{
    static double wtp[AMOUNTS];
    static kea_frontier_row rows[STRATEGIES];
    size_t n = (size_t)DRAWS * STRATEGIES, n_frontier = 0;
    kea_pairs pairs = {DRAWS, STRATEGIES, room(n, sizeof(double)), room(n, sizeof(double))};
    kea_decision curves;
    kea_error err = {0};
    for (uint32_t i = 0; i < DRAWS; i++)
        for (uint32_t arm = 0; arm < STRATEGIES; arm++) {
            size_t at = (size_t)i * STRATEGIES + arm;
            pairs.cost[at] = 1000 * arm * (1 + 0.1 * normal(i, arm));
            pairs.effect[at] = sqrt(arm) * (1 + 0.1 * normal(i, STRATEGIES + arm));
        }
    for (size_t w = 0; w < AMOUNTS; w++)
        wtp[w] = 250.0 * (double)w;
    start();
    stop_on(kea_frontier_of(rows, &n_frontier, &pairs, &err), &err);
    stop_on(kea_decision_init(&curves, &pairs, AMOUNTS, wtp, &err), &err);
    say("frontier and curves: 100 strategies, 10,000 draws, 200 amounts");
    kea_decision_free(&curves);
    free(pairs.cost);
    free(pairs.effect);
}

int main(void)
{
    static const char *names[PARAMS];
    struct rusage usage;
    double *params = room((size_t)DRAWS * PARAMS, sizeof *params);
    double *value = room((size_t)DRAWS * ARMS, sizeof *value);
    (void)gsl_set_error_handler_off();
    for (size_t k = 0; k < PARAMS; k++)
        names[k] = "parameter";
    make_sample(params, value);
    const kea_benefits benefits = {DRAWS, ARMS, value};
    const kea_parameters parameters = {DRAWS, PARAMS, names, params};
    bench_information(&benefits, &parameters);
    bench_study(&benefits, &parameters);
    bench_curves();
    (void)getrusage(RUSAGE_SELF, &usage);
    (void)printf("%-62s %7.0f MB\n", "memory at most", (double)usage.ru_maxrss / 1024);
    free(params);
    free(value);
    return 0;
}
