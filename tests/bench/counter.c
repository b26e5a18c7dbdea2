/* Reading clock and counters. The counters are those of Linux (perf_event_open); a system without
 * them, or one that forbids them, leaves the counts at 0. */
#define _GNU_SOURCE /* syscall */
#include "tests/bench/counter.h"

#include <stdint.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/perf_event.h>
#include <sys/syscall.h>

static int open_one(uint64_t what)
{
    struct perf_event_attr attributes = {.type = PERF_TYPE_HARDWARE,
                                         .size = sizeof attributes,
                                         .config = what,
                                         .exclude_kernel = 1,
                                         .exclude_hv = 1};
    return (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
}

counter counter_open(void)
{
    return (counter){open_one(PERF_COUNT_HW_INSTRUCTIONS), open_one(PERF_COUNT_HW_CPU_CYCLES),
                     open_one(PERF_COUNT_HW_BRANCH_MISSES)};
}
#else
counter counter_open(void)
{
    return (counter){-1, -1, -1};
}
#endif

void counter_close(counter *c)
{
    if (c->instructions >= 0)
        (void)close(c->instructions);
    if (c->cycles >= 0)
        (void)close(c->cycles);
    if (c->branch_misses >= 0)
        (void)close(c->branch_misses);
    *c = (counter){-1, -1, -1};
}

bool counter_has_counts(const counter *c)
{
    return c->instructions >= 0;
}

static double read_one(int descriptor)
{
    uint64_t value = 0;
    if (descriptor < 0 || read(descriptor, &value, sizeof value) != (ssize_t)sizeof value)
        return 0.0;
    return (double)value;
}

counter_reading counter_read(const counter *c)
{
    struct timespec now;
    counter_reading reading = {.instructions = read_one(c->instructions),
                               .cycles = read_one(c->cycles),
                               .branch_misses = read_one(c->branch_misses)};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    reading.seconds = (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
    return reading;
}

void counter_add(counter_reading *sum, const counter_reading *from, const counter_reading *to)
{
    sum->seconds += to->seconds - from->seconds;
    sum->instructions += to->instructions - from->instructions;
    sum->cycles += to->cycles - from->cycles;
    sum->branch_misses += to->branch_misses - from->branch_misses;
}
