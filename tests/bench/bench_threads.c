/* How much faster the engine is with two threads than with one: a scenario's base case, many
 * cohorts, with one thread and with two in turn. Prints cohorts per second of both (medians of
 * rounds) and the median of the ratios of neighbours.
 *
 * Use: bench_threads [-r ROUNDS] [-c COHORTS] SCENARIO MODELS_FOLDER */
#include "sim/core/moments.h"
#include "sim/engine/run.h"
#include "tests/bench/counter.h"
#include "tests/bench/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_ROUNDS = 99 };

static double seconds_of(const bench_problem *b, const kea_design *design, unsigned threads)
{
    const counter clock_only = {-1, -1, -1};
    const kea_run_options options = {.threads = threads};
    kea_error err = {0};
    kea_sample sample = {0};
    counter_reading from = counter_read(&clock_only);
    bench_stop_on(kea_run(b->model, &b->problem, design, &options, &sample, &err), &err);
    counter_reading to = counter_read(&clock_only);
    kea_sample_free(&sample);
    return to.seconds - from.seconds;
}

int main(int argc, char **argv)
{
    static bench_problem b;
    kea_design design = {0};
    kea_error err = {0};
    double speed[2][MAX_ROUNDS], ratio[MAX_ROUNDS];
    long rounds = 5, cohorts = 40;
    for (int option; (option = getopt(argc, argv, "r:c:")) != -1;) {
        if (option == 'r')
            rounds = strtol(optarg, NULL, 10);
        else if (option == 'c')
            cohorts = strtol(optarg, NULL, 10);
        else
            return 2;
    }
    if (argc - optind != 2 || rounds < 1 || rounds > MAX_ROUNDS || cohorts < 1)
        bench_stop(2, "use: bench_threads [-r ROUNDS] [-c COHORTS] SCENARIO MODELS_FOLDER");
    bench_load(&b, argv[optind], argv[optind + 1]);
    bench_stop_on(kea_design_base(&design, &b.problem, (size_t)cohorts, &err), &err);
    for (long r = 0; r < rounds; r++) {
        double one = seconds_of(&b, &design, 1), two = seconds_of(&b, &design, 2);
        speed[0][r] = (double)cohorts / one;
        speed[1][r] = (double)cohorts / two;
        ratio[r] = one / two;
    }
    size_t n = (size_t)rounds;
    (void)printf("%.6g\t%.6g\t%.3f\n", kea_moments_quantile(speed[0], n, 0.5),
                 kea_moments_quantile(speed[1], n, 0.5), kea_moments_quantile(ratio, n, 0.5));
    kea_design_free(&design);
    bench_unload(&b);
    return 0;
}
