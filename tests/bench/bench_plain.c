/* How fast the plain weekly loop is that the tests hold the mbo model against
 * (tests/model/oracle.c): one line per row as in bench_model, with the row and student-years per
 * second (median of rounds). The loop runs each care model for a few school years from an empty
 * start, all of which count.
 *
 * Use: bench_plain [-r ROUNDS] SCENARIO MODELS_FOLDER */
#include "models/mbo/outcomes.h"
#include "sim/core/moments.h"
#include "tests/bench/counter.h"
#include "tests/bench/load.h"
#include "tests/model/oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { YEARS = 4, MAX_ROUNDS = 99 };

static double student_years(const double out[YEARS][MBO_N_OUTCOMES])
{
    double weeks = 0.0;
    for (int year = 0; year < YEARS; year++)
        weeks += out[year][OUT_enrolled_weeks];
    return weeks / 52.0;
}

/* Student-years per second. */
static double speed_of(const mbo_params *p, unsigned long seed)
{
    static double out[YEARS][MBO_N_OUTCOMES];
    const counter clock_only = {-1, -1, -1};
    memset(out, 0, sizeof out);
    counter_reading from = counter_read(&clock_only);
    oracle_run(p, p, 1, seed, out[0]);
    counter_reading to = counter_read(&clock_only);
    return student_years((const double(*)[MBO_N_OUTCOMES])out) / (to.seconds - from.seconds);
}

int main(int argc, char **argv)
{
    static bench_problem b;
    static double speed[BENCH_MAX_ROWS][MAX_ROUNDS];
    long rounds = 3;
    for (int option; (option = getopt(argc, argv, "r:")) != -1;) {
        if (option != 'r')
            return 2;
        rounds = strtol(optarg, NULL, 10);
    }
    if (argc - optind != 2 || rounds < 1 || rounds > MAX_ROUNDS)
        bench_stop(2, "use: bench_plain [-r ROUNDS] SCENARIO MODELS_FOLDER");
    bench_load(&b, argv[optind], argv[optind + 1]);
    if (strcmp(b.model->name, "mbo") != 0)
        bench_stop(2, "only the mbo model has a plain loop");
    for (long r = 0; r < rounds; r++)
        for (long row = 0; row < b.n_rows; row++) {
            mbo_params p = *mbo_params_of(bench_row_values(&b, row));
            p.warmup_years = p.runout_years = 0.0;
            p.window_years = YEARS;
            speed[row][r] = speed_of(&p, (unsigned long)r + 1);
        }
    for (long row = 0; row < b.n_rows; row++)
        (void)printf("%s\t%.6g\n", bench_row_name(&b, row),
                     kea_moments_quantile(speed[row], (size_t)rounds, 0.5));
    bench_unload(&b);
    return 0;
}
