/* The mbo care model as the engine sees it. */
#include "models/mbo/mbo.h"

#include "models/mbo/cohort.h"
#include "models/mbo/describe.h"
#include "models/mbo/frame.h"
#include "models/mbo/funding.h"
#include "models/mbo/outcomes.h"
#include "models/mbo/params.h"
#include "models/mbo/state.h"

static kea_status check(const double *values, kea_error *err)
{
    const mbo_params *p = mbo_params_of(values);
    if (p->casework_share + p->presence_share > 1.0 + 1e-9)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "casework_share %g and presence_share %g must sum to at most 1; what "
                             "is left is coordination",
                             p->casework_share, p->presence_share);
    return KEA_OK;
}

static void periods(const double *values, size_t *n_window, size_t *n_periods)
{
    const mbo_params *p = mbo_params_of(values);
    *n_window = (size_t)p->window_years;
    /* the years after leaving follow those at school */
    *n_periods = (size_t)(p->window_years + p->runout_years + p->horizon_years) + 1;
}

static const kea_parts parts = {
    .name = "levels",
    .start = "intake_share",
    .leavers = {"left_unqualified", "left_qualified"},
    .caveat = MARK("Each level is simulated as a school of its own, of the students who start at "
                   "it, with a team of its own: who goes on at a higher level stays with that "
                   "team, and no level lends hours to another in a busy week.")};

const kea_model mbo_model = {
    .name = "mbo",
    .summary = "Youth care inside Dutch vocational schools (mbo): needs, "
               "detection, a team of limited hours, outside care, dropout.",
    .caveat = MARK("Costs per effect hold costs during school; what follows "
                   "after leaving (work, benefits, crime, care) stands apart "
                   "and rests on the share of the gap between leavers that "
                   "leaving itself causes. The strengths of mechanisms cannot "
                   "be negative, so the model cannot find that one harms."),
    .params = &mbo_param_table,
    .outcomes = mbo_outcomes,
    .n_outcomes = MBO_N_OUTCOMES,
    .frame = &mbo_frame,
    .parts = &parts,
    .check = check,
    .describe = mbo_describe,
    .periods = periods,
    .open = mbo_open,
    .close = mbo_close,
    .begin = mbo_begin,
    .run = mbo_run_strategy,
    .apart = mbo_apart,
    .listen = mbo_listen,
    .supply = mbo_supply};
