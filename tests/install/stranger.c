/* A stranger's program: uses the installed library and headers, and checks one number that has
 * several libraries behind it. */
#include "sim/core/dist.h"
#include "sim/core/status.h"

#include <math.h>
#include <stdio.h>

int main(void)
{
    kea_error err;
    kea_dist dist;
    const double natural[] = {2.0, 2.0};
    if (kea_dist_natural(&dist, KEA_BETA, 2, natural, &err) != KEA_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    /* Beta(2, 2) is symmetric */
    return fabs(kea_dist_quantile(&dist, 0.5) - 0.5) < 1e-9 ? 0 : 1;
}
