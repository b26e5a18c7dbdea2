/* A clock, and the processor's own counters where the system lets a program read them: counts of
 * instructions repeat exactly, times do not. */
#ifndef TESTS_BENCH_COUNTER_H
#define TESTS_BENCH_COUNTER_H

#include <stdbool.h>

/* What a stretch of work took. The counts are those of this thread in user mode, 0 when the
 * counters cannot be read. */
typedef struct counter_reading {
    double seconds, instructions, cycles, branch_misses;
} counter_reading;

/* The system's counters; descriptors, -1 for none. */
typedef struct counter {
    int instructions, cycles, branch_misses;
} counter;

/* Opens the counters; whatever cannot be opened is left out. Close with counter_close. */
counter counter_open(void);
void counter_close(counter *c);

bool counter_has_counts(const counter *c);

/* The readings of now. */
counter_reading counter_read(const counter *c);

/* Adds what came between two readings to *sum. */
void counter_add(counter_reading *sum, const counter_reading *from, const counter_reading *to);

#endif
