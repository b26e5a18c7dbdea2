/* What follows after leaving school: a yearly chain of qualification and work, as exact expected
 * values per leaver (by powers of its transition matrix; nothing is drawn).
 *
 * States: unqualified or qualified x {work, benefit, neither}, and in education (unqualified). An
 * unqualified leaver may go back to education and qualify there. Each year outside education a
 * leaver keeps the work status with probability `status_persistence`, else draws it anew from the
 * long-run shares of the own qualification. */
#ifndef MODELS_MBO_AFTER_H
#define MODELS_MBO_AFTER_H

#include "models/mbo/params.h"
#include "sim/core/status.h"

#include <stddef.h>

/* Expected amounts of one leaver in one year after leaving; EUR unless said otherwise. */
typedef struct mbo_after_year {
    double work, benefit; /* years, 0 to 1 */
    double bijstand, other_benefit, execution;
    double lost_production; /* against a qualified leaver who did not learn in practice; negative
                               where learning in practice brings more work than that */
    double crime_justice, crime_society;
    double care;
} mbo_after_year;

/* The chain of a leaver, raw (without causal share): shares of the year by state. */
typedef struct mbo_after_state {
    double work[MBO_LEAVERS], benefit[MBO_LEAVERS], neither[MBO_LEAVERS];
    double education;
} mbo_after_state;

/* The state in the year number `year` (0: the first after leaving) of a leaver of a kind. */
mbo_after_state mbo_after_state_in(const mbo_params *p, int leaver, size_t year);

/* The benefit of a year, number `year` after leaving, in EUR. */
double mbo_after_benefit(const mbo_params *p, size_t year);

/* The expected square of what home municipalities pay over the first n years for a leaver of a
 * kind: social assistance and the execution of any benefit, not discounted. Somebody's benefits are
 * all social assistance or none is. Of an unqualified leaver the causal share counts, as above. */
double mbo_after_square(const mbo_params *p, int leaver, size_t n);

/* Fills years[n] for a leaver of a kind. For an unqualified one only `causal_share` of the gap to a
 * qualified leaver counts (for crime and care on the logarithm of the ratio). */
void mbo_after_fill(const mbo_params *p, int leaver, size_t n, mbo_after_year *years);

#endif
