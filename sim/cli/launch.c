/* The environment that launchers leave. Open MPI's mpirun sets OMPI_COMM_WORLD_SIZE, launchers that
 * speak PMIx (srun --mpi=pmix) set PMIX_RANK, those of MPICH and srun --mpi=pmi2 set PMI_SIZE.
 * Slurm's own variables do not count: they are there in a batch script too, where a program is
 * alone. */
#define _GNU_SOURCE /* sched_getaffinity; POSIX has nothing like it */
#include "sim/cli/launch.h"

#include "sim/cli/cli.h"

#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_RANKS = 1000000 };

/* Processes that the launcher says it started: 0 when there was none, 1 when it does not say. */
static size_t launched(void)
{
    static const char *const sizes[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"};
    for (int i = 0; i < 2; i++) {
        const char *size = getenv(sizes[i]);
        if (size)
            return kea_cli_count(size, MOST_RANKS);
    }
    const char *tasks = getenv("SLURM_NTASKS");
    if (!getenv("PMIX_RANK"))
        return 0;
    size_t n = tasks ? kea_cli_count(tasks, MOST_RANKS) : 1;
    return n > 0 ? n : 1;
}

kea_status kea_launch_ranks(kea_ranks **ranks, kea_error *err)
{
    size_t n = launched();
    *ranks = NULL;
    if (n == 0 || (n == 1 && !kea_ranks_built()))
        return KEA_OK;
    if (!kea_ranks_built())
        return kea_error_set(
            err, KEA_ERR_USAGE,
            "this keasim was built without MPI and cannot share a run with others; "
            "start it by itself, or build it with -D KEA_MPI=ON");
    kea_status status = kea_ranks_open(ranks, err);
    if (status != KEA_OK)
        return status;
    if (kea_ranks_number(*ranks) > 0)
        kea_cli_mute();
    if (n > 1 && kea_ranks_count(*ranks) == 1)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "%zu processes were started but do not find each other; use the "
                             "mpirun of the MPI that keasim was built with",
                             n);
    return KEA_OK;
}

unsigned kea_launch_threads(const kea_ranks *ranks)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    size_t n = online > 0 ? (size_t)online : 1;
    cpu_set_t mine;
    n /= kea_ranks_here(ranks);
    if (sched_getaffinity(0, sizeof mine, &mine) == 0 && (size_t)CPU_COUNT(&mine) < n)
        n = (size_t)CPU_COUNT(&mine);
    return n > 0 ? (unsigned)n : 1;
}
