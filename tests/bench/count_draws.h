/* Included before everything else by the sources of models/mbo in one benchmark: every draw of the
 * model is counted as well. The functions are declared first, then named again by macros, which do
 * not expand within themselves. */
#ifndef TESTS_BENCH_COUNT_DRAWS_H
#define TESTS_BENCH_COUNT_DRAWS_H

#include "models/mbo/domains.h"
#include "sim/core/gamma_table.h"
#include "sim/core/rng_four.h"

/* Numbers of draws by kind. */
typedef struct draw_counts {
    double pairs, fours; /* blocks one by one, and four at a time */
    double exponentials, quantiles, domains;
} draw_counts;

extern draw_counts bench_drawn;

#define kea_rng_pair(...) ((void)bench_drawn.pairs++, kea_rng_pair(__VA_ARGS__))
#define kea_rng_uniform(...) (bench_drawn.pairs++, kea_rng_uniform(__VA_ARGS__))
#define kea_rng_four(...) ((void)bench_drawn.fours++, kea_rng_four(__VA_ARGS__))
#define kea_rng_exponential(...) (bench_drawn.exponentials++, kea_rng_exponential(__VA_ARGS__))
#define kea_gamma_table_quantile(...)                                                              \
    (bench_drawn.quantiles++, kea_gamma_table_quantile(__VA_ARGS__))
#define mbo_domains_draw(...) (bench_drawn.domains++, mbo_domains_draw(__VA_ARGS__))

#endif
