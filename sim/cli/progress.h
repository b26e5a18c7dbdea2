/* Tells how far a run is: a bar with the time left on a terminal, a plain line now and then
 * elsewhere. To stderr. */
#ifndef KEA_CLI_PROGRESS_H
#define KEA_CLI_PROGRESS_H

#include <stddef.h>

typedef struct kea_progress {
    int terminal; /* 1 when stderr is a terminal */
    int quiet;
    const char *stage;  /* what is being done: "probabilistic analysis" */
    double total;       /* work of the whole run, any unit */
    double before;      /* of it done before this stage */
    double stage_total; /* of it, this stage's */
    double earlier;     /* of it, done by an earlier run that broke off */
    double started;     /* seconds on the monotonic clock */
    double said;        /* when something was last said */
} kea_progress;

/* Starts the clock. `earlier` of the total work was done before by a run that broke off. */
void kea_progress_start(kea_progress *progress, double total_work, double earlier, int quiet);

/* Goes to the next stage, which is `work` of the total. `stage` is borrowed. */
void kea_progress_stage(kea_progress *progress, const char *stage, double work);

/* To be passed as kea_run_options.progress with the kea_progress as context. */
void kea_progress_show(void *context, size_t done, size_t total);

/* Clears the bar. */
void kea_progress_end(kea_progress *progress);

/* Seconds on the monotonic clock. */
double kea_progress_clock(void);

#endif
