/* How the program was started: by itself, or by mpirun or srun together with others. */
#ifndef KEA_CLI_LAUNCH_H
#define KEA_CLI_LAUNCH_H

#include "sim/core/status.h"
#include "sim/engine/ranks.h"

/* Joins the processes that mpirun or srun started with this one; NULL when this one was started by
 * itself, and then MPI is not touched. All but rank 0 say nothing from then on. KEA_ERR_USAGE when
 * this keasim has no MPI, or another one than that of the launcher. */
KEA_CHECKED kea_status kea_launch_ranks(kea_ranks **ranks, kea_error *err);

/* Threads when nobody asked for a number: the processors that this process may use, shared with the
 * ranks on the same machine. At least 1. */
unsigned kea_launch_threads(const kea_ranks *ranks);

#endif
