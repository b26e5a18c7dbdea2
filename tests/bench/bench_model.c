/* How fast a model is on one thread: simulated units (such as student-years) per second of a
 * scenario's base case, for what comes before the decision and for every strategy. All rows
 * alternate within a round and the median over rounds is taken, so that a machine that slows down
 * slows all rows. Prints one line per row, fields separated by tabs:
 *
 *     row  unit  units in all  units per second (median)  the same (fastest round)
 *     instructions per unit  cycles per unit  mispredicted branches per unit   (0: not counted)
 *
 * Use: bench_model [-r ROUNDS] [-c COHORTS] [-w ROW] [-u OUTCOME -d NUMBER -n NAME]
 *                  SCENARIO MODELS_FOLDER
 * -w measures that row only (0: before the decision, 1: the first strategy, ...). A unit is NUMBER
 * of the outcome OUTCOME, called NAME; without these one of the model's population. The mbo model
 * has its own, student-years, which also sees who does not count. */
#include "models/mbo/cohort.h"
#include "sim/core/moments.h"
#include "tests/bench/counter.h"
#include "tests/bench/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_ROUNDS = 99, ALL_ROWS = -1 };

/* What is measured. */
typedef struct bench {
    bench_problem of;
    void *workspace;
    double *out;
    long rounds, cohorts, row;
    const char *outcome, *unit;
    double divider;
    size_t outcome_index;
    counter counter;
} bench;

/* A row in one round. */
typedef struct cell {
    counter_reading spent;
    double units;
} cell;

static bool is_mbo(const bench *b)
{
    return strcmp(b->of.model->name, "mbo") == 0;
}

/* Units in the outcome table, and those that the model keeps apart. */
static double units_counted(const bench *b)
{
    double sum = 0.0;
    for (size_t period = 0; period < b->of.n_periods; period++)
        sum += b->out[period * b->of.model->n_outcomes + b->outcome_index];
    return sum / b->divider;
}

static double units_apart(const bench *b)
{
    return is_mbo(b) ? mbo_uncounted_years(b->workspace) : 0.0;
}

static void run_row(const bench *b, long row, uint32_t cohort)
{
    kea_error err = {0};
    const double *values = bench_row_values(&b->of, row);
    const kea_model *model = b->of.model;
    if (row == 0)
        bench_stop_on(model->begin(b->workspace, (kea_cohort){b->of.problem.settings.seed, cohort},
                                   values, &err),
                      &err);
    else
        bench_stop_on(model->run(b->workspace, values, 0, b->out, &err), &err);
}

/* A row that is measured: a function of its own, so that a profiler can be told to look only here.
 */
__attribute__((noinline)) void bench_row(const bench *b, long row, uint32_t cohort);
void bench_row(const bench *b, long row, uint32_t cohort)
{
    run_row(b, row, cohort);
}

static void one_round(const bench *b, uint32_t round, cell *cells)
{
    for (uint32_t i = 0; i < (uint32_t)b->cohorts; i++)
        for (long row = 0; row < b->of.n_rows; row++) {
            if (b->row != ALL_ROWS && row != b->row) {
                if (row == 0)
                    run_row(b, row, round * (uint32_t)b->cohorts + i);
                continue;
            }
            memset(b->out, 0, b->of.n_periods * b->of.model->n_outcomes * sizeof *b->out);
            double apart = units_apart(b);
            counter_reading from = counter_read(&b->counter);
            bench_row(b, row, round * (uint32_t)b->cohorts + i);
            counter_reading to = counter_read(&b->counter);
            counter_add(&cells[row].spent, &from, &to);
            cells[row].units += units_counted(b) + units_apart(b) - apart;
        }
}

static void print_row(const bench *b, long row, const cell (*rounds)[BENCH_MAX_ROWS])
{
    double speed[MAX_ROUNDS];
    cell sum = {0};
    for (long r = 0; r < b->rounds; r++) {
        const cell *c = &rounds[r][row];
        speed[r] = c->units / c->spent.seconds;
        sum.units += c->units;
        sum.spent.instructions += c->spent.instructions;
        sum.spent.cycles += c->spent.cycles;
        sum.spent.branch_misses += c->spent.branch_misses;
    }
    if (sum.units <= 0.0)
        return; /* nobody lives before the decision in this model */
    size_t n = (size_t)b->rounds;
    double median = kea_moments_quantile(speed, n, 0.5);
    (void)printf("%s\t%s\t%.0f\t%.6g\t%.6g\t%.1f\t%.1f\t%.2f\n", bench_row_name(&b->of, row),
                 b->unit, sum.units, median, kea_moments_quantile(speed, n, 1.0),
                 sum.spent.instructions / sum.units, sum.spent.cycles / sum.units,
                 sum.spent.branch_misses / sum.units);
}

static void set_unit(bench *b)
{
    if (!b->outcome) {
        b->outcome = is_mbo(b) ? "enrolled_weeks" : b->of.model->frame->population.outcome;
        b->divider = is_mbo(b) ? 52.0 : 1.0;
        b->unit = is_mbo(b) ? "student-years" : b->outcome;
    }
    for (size_t k = 0; k < b->of.model->n_outcomes; k++)
        if (strcmp(b->of.model->outcomes[k].name, b->outcome) == 0) {
            b->outcome_index = k;
            return;
        }
    bench_stop(2, "the model has no outcome of the name given with -u");
}

static void read_options(bench *b, int argc, char **argv)
{
    for (int option; (option = getopt(argc, argv, "r:c:w:u:d:n:")) != -1;) {
        if (option == 'r')
            b->rounds = strtol(optarg, NULL, 10);
        else if (option == 'c')
            b->cohorts = strtol(optarg, NULL, 10);
        else if (option == 'w')
            b->row = strtol(optarg, NULL, 10);
        else if (option == 'u')
            b->outcome = optarg;
        else if (option == 'd')
            b->divider = strtod(optarg, NULL);
        else if (option == 'n')
            b->unit = optarg;
        else
            exit(2);
    }
    if (argc - optind != 2 || b->rounds < 1 || b->rounds > MAX_ROUNDS || b->cohorts < 1)
        bench_stop(2, "use: bench_model [-r ROUNDS] [-c COHORTS] [-w ROW] "
                      "[-u OUTCOME -d NUMBER -n NAME] SCENARIO MODELS_FOLDER");
}

int main(int argc, char **argv)
{
    static cell rounds[MAX_ROUNDS][BENCH_MAX_ROWS];
    static bench b = {.rounds = 9, .cohorts = 10, .row = ALL_ROWS, .divider = 1.0, .unit = "units"};
    kea_error err = {0};
    read_options(&b, argc, argv);
    bench_load(&b.of, argv[optind], argv[optind + 1]);
    set_unit(&b);
    b.out = calloc(b.of.n_periods * b.of.model->n_outcomes, sizeof *b.out);
    bench_stop_on(b.out ? KEA_OK : KEA_ERR_MEMORY, &err);
    bench_stop_on(b.of.model->open(&b.workspace, &err), &err);
    b.counter = counter_open();
    for (long r = 0; r < b.rounds; r++)
        one_round(&b, (uint32_t)r, rounds[r]);
    for (long row = 0; row < b.of.n_rows; row++)
        if (b.row == ALL_ROWS || b.row == row)
            print_row(&b, row, (const cell(*)[BENCH_MAX_ROWS])rounds);
    counter_close(&b.counter);
    b.of.model->close(b.workspace);
    free(b.out);
    bench_unload(&b.of);
    return 0;
}
