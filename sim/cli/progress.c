/* The progress bar. */
#include "sim/cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 30 };
static const double PLAIN_EVERY = 10.0; /* seconds between lines when there is no terminal */

double kea_progress_clock(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void kea_progress_start(kea_progress *progress, double total_work, double earlier, int quiet)
{
    *progress = (kea_progress){.terminal = isatty(STDERR_FILENO),
                               .quiet = quiet,
                               .stage = "",
                               .total = total_work > 0.0 ? total_work : 1.0,
                               .earlier = earlier,
                               .started = kea_progress_clock()};
    progress->said = progress->started;
}

void kea_progress_stage(kea_progress *progress, const char *stage, double work)
{
    progress->before += progress->stage_total;
    progress->stage_total = work;
    progress->stage = stage;
}

static void draw_bar(const kea_progress *progress, double share, double left)
{
    char bar[BAR + 1];
    int filled = (int)(share * BAR);
    for (int i = 0; i < BAR; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[BAR] = '\0';
    (void)fprintf(stderr, "\r[%s] %3.0f%%  %d:%02d left  %-30s", bar, 100.0 * share, (int)left / 60,
                  (int)left % 60, progress->stage);
}

void kea_progress_show(void *context, size_t done, size_t total)
{
    kea_progress *progress = context;
    double now = kea_progress_clock();
    if (progress->quiet || total == 0)
        return;
    double work = progress->before + progress->stage_total * (double)done / (double)total;
    double share = work / progress->total;
    double own = work - progress->earlier; /* since this run's clock was started */
    double left = own > 0.0 ? (now - progress->started) * (progress->total - work) / own : 0.0;
    if (progress->terminal) {
        draw_bar(progress, share, left);
    } else if (now - progress->said >= PLAIN_EVERY) {
        progress->said = now;
        (void)fprintf(stderr, "keasim: %s, %.0f%% of the run done, %.0f s left\n", progress->stage,
                      100.0 * share, left);
    }
}

void kea_progress_end(kea_progress *progress)
{
    if (progress->terminal && !progress->quiet)
        (void)fprintf(stderr, "\r%79s\r", "");
}
