/* What a signal handler may touch is one atomic number. */
#include "sim/cli/stop.h"

#include <signal.h>

static atomic_int asked;

static void on_interrupt(int number)
{
    atomic_store(&asked, 1);
    (void)signal(number, SIG_DFL);
}

void kea_stop_listen(void)
{
    (void)signal(SIGINT, on_interrupt);
    (void)signal(SIGTERM, on_interrupt);
}

const atomic_int *kea_stop_asked(void)
{
    return &asked;
}
