/* Ctrl-C during a simulation: the first asks the engine to stop, a second one ends the program. */
#ifndef KEA_CLI_STOP_H
#define KEA_CLI_STOP_H

#include <stdatomic.h>

/* Listens to SIGINT and SIGTERM from now on. */
void kea_stop_listen(void);

/* To be passed as kea_run_options.stop: nonzero once somebody asked. */
const atomic_int *kea_stop_asked(void);

#endif
