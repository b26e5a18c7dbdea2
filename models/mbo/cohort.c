/* Workspace of one thread, warm-up, and the start of each strategy from a copy of the school. */
#include "models/mbo/cohort.h"

#include "models/mbo/calendar.h"
#include "models/mbo/costs.h"
#include "models/mbo/entry.h"
#include "models/mbo/groups.h"
#include "models/mbo/life.h"
#include "models/mbo/pathway.h"
#include "models/mbo/team.h"
#include "sim/core/memory.h"

#include <stdlib.h>
#include <string.h>

typedef struct mbo_workspace {
    kea_cohort cohort;
    mbo_keys keys;
    bool keyed; /* keys belong to cohort.seed */
    mbo_params status_quo;
    kea_gamma_table durations, frailties;
    mbo_domains domains;
    mbo_course before, after;
    mbo_school start; /* at the decision date */
    mbo_school school;
    int32_t n_counted; /* of `start` */
    int32_t *parked, *exits;
    size_t n_weeks, n_years;
    uint8_t *fate;
    size_t n_fates, fate_capacity;
    uint32_t told;
    kea_listener *listener;
    void *context;
    bool compared; /* the comparator has been run since mbo_begin */
    double *cells; /* [n_cells][period][outcome] of the run going on */
    size_t cells_capacity;
    double *groups; /* [subgroup][period][outcome] what groups get; NULL: nobody asks */
    double waste[MBO_N_OUTCOMES];
} mbo_workspace;

kea_status mbo_open(void **workspace, kea_error *err)
{
    return kea_memory_new(workspace, 1, sizeof(mbo_workspace), err);
}

static void free_school(mbo_school *school)
{
    for (int s = 0; s < MBO_SEVERITIES; s++) {
        free(school->team.queue[s].place);
        free(school->team.hand[s].place);
    }
    free(school->student);
    free(school->free_student);
    free(school->active);
    free(school->visit);
    free(school->item);
    *school = (mbo_school){0};
}

void mbo_close(void *workspace)
{
    mbo_workspace *w = workspace;
    if (!w)
        return;
    free_school(&w->start);
    free_school(&w->school);
    mbo_course_free(&w->before);
    mbo_course_free(&w->after);
    free(w->parked);
    free(w->exits);
    free(w->fate);
    free(w->cells);
    free(w);
}

static kea_status reserve_students(mbo_school *school, size_t n, kea_error *err)
{
    kea_status status = KEA_OK;
    if (school->student_capacity >= n)
        return KEA_OK;
    KEA_TRY(kea_memory_resize((void **)&school->student, n, sizeof *school->student, err));
    KEA_TRY(
        kea_memory_resize((void **)&school->free_student, n, sizeof *school->free_student, err));
    KEA_TRY(kea_memory_resize((void **)&school->active, n, sizeof *school->active, err));
    KEA_TRY(kea_memory_resize((void **)&school->visit, n, sizeof *school->visit, err));
    school->student_capacity = n;
done:
    return status;
}

/* An empty school: all places free, no cases, nobody with the team. */
static void clear_school(mbo_school *school)
{
    size_t n = school->student_capacity;
    for (size_t i = 0; i < n; i++) {
        school->student[i] = (mbo_student){0};
        school->free_student[i] = (int32_t)(n - 1 - i);
    }
    school->n_free_students = n;
    school->n_cases = school->n_active = 0;
    school->first_free_case = MBO_NONE;
    school->team.tickets = 0;
    for (int s = 0; s < MBO_SEVERITIES; s++)
        school->team.queue[s].n = school->team.hand[s].n = 0;
}

static kea_status copy_list(mbo_list *to, const mbo_list *from, kea_error *err)
{
    if (to->capacity < from->n) {
        kea_status status =
            kea_memory_resize((void **)&to->place, from->capacity, sizeof *to->place, err);
        if (status != KEA_OK)
            return status;
        to->capacity = from->capacity;
    }
    to->n = from->n;
    if (from->n > 0)
        memcpy(to->place, from->place, from->n * sizeof *to->place);
    return KEA_OK;
}

static kea_status copy_school(mbo_school *to, const mbo_school *from, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t n = from->student_capacity;
    KEA_TRY(reserve_students(to, n, err));
    if (to->case_capacity < from->n_cases) {
        KEA_TRY(kea_memory_resize((void **)&to->item, from->case_capacity, sizeof *to->item, err));
        to->case_capacity = from->case_capacity;
    }
    memcpy(to->student, from->student, n * sizeof *to->student);
    memcpy(to->free_student, from->free_student, from->n_free_students * sizeof *to->free_student);
    memcpy(to->active, from->active, from->n_active * sizeof *to->active);
    if (from->n_cases > 0)
        memcpy(to->item, from->item, from->n_cases * sizeof *to->item);
    to->n_free_students = from->n_free_students;
    to->n_active = from->n_active;
    to->n_cases = from->n_cases;
    to->first_free_case = from->first_free_case;
    to->team.tickets = from->team.tickets;
    for (int s = 0; s < MBO_SEVERITIES; s++) {
        KEA_TRY(copy_list(&to->team.queue[s], &from->team.queue[s], err));
        KEA_TRY(copy_list(&to->team.hand[s], &from->team.hand[s], err));
    }
done:
    return status;
}

static void set_keys(mbo_workspace *w, uint64_t seed)
{
    if (w->keyed && w->cohort.seed == seed)
        return;
    w->keys.entry = kea_rng_key_of(seed, "mbo.entry");
    w->keys.onset = kea_rng_key_of(seed, "mbo.onset");
    w->keys.natural = kea_rng_key_of(seed, "mbo.natural");
    w->keys.detection = kea_rng_key_of(seed, "mbo.detection");
    w->keys.routing = kea_rng_key_of(seed, "mbo.routing");
    w->keys.care = kea_rng_key_of(seed, "mbo.care");
    w->keys.team = kea_rng_key_of(seed, "mbo.team");
    w->keyed = true;
}

/* Tables that depend on parameters; each is kept when its parameters are the same. */
static kea_status set_tables(mbo_workspace *w, const mbo_params *p, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(kea_gamma_table_init(&w->durations, p->duration_shape, err));
    KEA_TRY(kea_gamma_table_init(&w->frailties, 1.0 / p->frailty_variance, err));
    KEA_TRY(mbo_domains_init(&w->domains, p->domain_share, p->domain_correlation, err));
done:
    return status;
}

static kea_status reserve_calendar(mbo_workspace *w, size_t n_years, kea_error *err)
{
    kea_status status = KEA_OK;
    if (n_years > w->n_years) {
        size_t n_weeks = n_years * MBO_WEEKS;
        KEA_TRY(kea_memory_resize((void **)&w->parked, n_weeks, sizeof *w->parked, err));
        KEA_TRY(kea_memory_resize((void **)&w->exits, n_years, sizeof *w->exits, err));
        w->n_years = n_years;
        w->n_weeks = n_weeks;
    }
    for (size_t week = 0; week < n_years * MBO_WEEKS; week++)
        w->parked[week] = MBO_NONE;
done:
    return status;
}

/* One fate per student who can count: all who enter before the window ends. */
static kea_status reserve_fates(mbo_workspace *w, const mbo_params *p, kea_error *err)
{
    w->n_fates = (size_t)p->students * (size_t)(p->warmup_years + p->window_years);
    w->compared = false;
    if (w->n_fates <= w->fate_capacity)
        return KEA_OK;
    kea_status status = kea_memory_resize((void **)&w->fate, w->n_fates, sizeof *w->fate, err);
    if (status == KEA_OK)
        w->fate_capacity = w->n_fates;
    return status;
}

/* Students are told apart by home, or by all that groups are made of. */
static size_t n_cells(const mbo_workspace *w)
{
    return w->groups ? MBO_CELLS : MBO_ZONES;
}

/* Empty outcome tables by cell of the students. */
static kea_status reserve_cells(mbo_workspace *w, size_t cell_size, kea_error *err)
{
    size_t n = n_cells(w) * cell_size;
    if (n > w->cells_capacity) {
        kea_status status = kea_memory_resize((void **)&w->cells, n, sizeof *w->cells, err);
        if (status != KEA_OK)
            return status;
        w->cells_capacity = n;
    }
    memset(w->cells, 0, n * sizeof *w->cells);
    return KEA_OK;
}

static mbo_run make_run(mbo_workspace *w, const mbo_params *p, const mbo_course *course,
                        mbo_school *school)
{
    mbo_run run = {.p = p,
                   .course = course,
                   .durations = &w->durations,
                   .frailties = &w->frailties,
                   .domains = &w->domains,
                   .keys = &w->keys,
                   .school = school,
                   .cohort = w->cohort.number,
                   .decision_year = (int)p->warmup_years,
                   .decision = (int32_t)p->warmup_years * MBO_WEEKS,
                   .parked = w->parked,
                   .exits = w->exits,
                   .waste = w->waste,
                   .apart = w->groups != NULL,
                   .told = w->told,
                   .listener = w->listener,
                   .context = w->context,
                   .status = KEA_OK};
    run.window_end = run.decision + (int32_t)p->window_years * MBO_WEEKS;
    mbo_entry_prepare(&run);
    return run;
}

static kea_status run_status(const mbo_run *run, kea_error *err)
{
    if (run->status == KEA_OK)
        return KEA_OK;
    return kea_error_set(err, run->status, "no memory for the open cases of %g students",
                         run->p->students);
}

kea_status mbo_begin(void *workspace, kea_cohort cohort, const double *status_quo, kea_error *err)
{
    mbo_workspace *w = workspace;
    kea_status status = KEA_OK;
    set_keys(w, cohort.seed);
    w->cohort = cohort;
    w->status_quo = *mbo_params_of(status_quo);
    const mbo_params *p = &w->status_quo;
    int warmup = (int)p->warmup_years;
    int n_years = warmup + (int)p->window_years + (int)p->runout_years;
    KEA_TRY(set_tables(w, p, err));
    KEA_TRY(reserve_calendar(w, (size_t)n_years, err));
    KEA_TRY(reserve_fates(w, p, err));
    KEA_TRY(reserve_students(&w->start, (size_t)p->students, err));
    KEA_TRY(mbo_course_set(&w->before, p, 0, n_years, 0, err));
    clear_school(&w->start);
    memset(w->exits, 0, w->n_years * sizeof *w->exits);
    mbo_run run = make_run(w, p, &w->before, &w->start);
    run.end = run.decision;
    mbo_calendar(&run, 0);
    w->n_counted = run.n_counted;
    status = run_status(&run, err);
done:
    return status;
}

/* What was scheduled under the status quo is scheduled anew under the strategy. */
static void reschedule(mbo_run *run, const mbo_course *old)
{
    mbo_school *school = run->school;
    for (size_t i = 0; i < school->n_active; i++)
        school->active[i].visit = run->decision;
    for (size_t i = 0; i < school->student_capacity; i++) {
        mbo_student *student = &school->student[i];
        if (student->left != MBO_NEVER)
            continue;
        student->changed = true;
        student->finish = mbo_earliest_finish(run, student);
        mbo_change_need_rate(run, student, old->p->need_rate[student->level], run->decision);
        for (int32_t slot = student->first_case; slot != MBO_NONE; slot = school->item[slot].next)
            mbo_case_reschedule(run, student, old, &school->item[slot], run->decision);
    }
}

static kea_status check_same_school(const mbo_params *a, const mbo_params *b, kea_error *err)
{
    if (a->students == b->students && a->warmup_years == b->warmup_years &&
        a->window_years == b->window_years && a->runout_years == b->runout_years &&
        a->teaching_weeks == b->teaching_weeks)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_INPUT,
                         "students, warmup_years, window_years, runout_years and teaching_weeks "
                         "must be the same in every care model; remove them from the care model "
                         "files");
}

/* What follows from the counts of a run: contacts, costs, and the results by group. */
static void finish_counts(mbo_workspace *w, const mbo_params *p, size_t n_years, bool starts,
                          double *out)
{
    size_t size = mbo_n_periods(p, n_years) * MBO_N_OUTCOMES;
    for (size_t zone = 0; zone < MBO_ZONES; zone++)
        for (size_t year = 0; year < n_years; year++)
            mbo_team_count_spoken(p, mbo_hours_factor(p, (int)year), n_cells(w) / MBO_ZONES,
                                  MBO_ZONES * size, w->cells + zone * size + year * MBO_N_OUTCOMES);
    mbo_costs(p, n_years, starts, n_cells(w), w->cells, out);
    if (w->groups)
        mbo_groups_add(p, n_years, starts, out, w->cells, w->groups);
}

kea_status mbo_run_strategy(void *workspace, const double *strategy, int continues, double *out,
                            kea_error *err)
{
    mbo_workspace *w = workspace;
    kea_status status = KEA_OK;
    const mbo_params *p = mbo_params_of(strategy);
    int first = (int)p->warmup_years;
    int last = first + (int)p->window_years + (int)p->runout_years;
    KEA_TRY(check_same_school(p, &w->status_quo, err));
    KEA_TRY(set_tables(w, p, err));
    KEA_TRY(reserve_calendar(w, (size_t)last, err));
    KEA_TRY(mbo_course_set(&w->after, p, first, last, continues ? 0 : first, err));
    size_t cell_size = mbo_n_periods(p, (size_t)(last - first)) * MBO_N_OUTCOMES;
    KEA_TRY(reserve_cells(w, cell_size, err));
    KEA_TRY(copy_school(&w->school, &w->start, err));
    memset(w->exits + first, 0, (size_t)(last - first) * sizeof *w->exits);
    mbo_run run = make_run(w, p, &w->after, &w->school);
    run.out = w->cells;
    run.cell_size = cell_size;
    run.end = last * MBO_WEEKS;
    run.n_counted = w->n_counted;
    run.fate = w->fate;
    run.comparator = !w->compared;
    if (run.comparator)
        memset(w->fate, MBO_NOT_SEEN, w->n_fates);
    w->compared = true;
    if (!mbo_has_team(&w->after, run.decision))
        mbo_team_release(&run, run.decision);
    reschedule(&run, &w->before);
    mbo_calendar(&run, run.decision);
    KEA_TRY(run_status(&run, err));
    finish_counts(w, p, (size_t)(last - first), !continues, out);
done:
    return status;
}

void mbo_apart(void *workspace, double *groups)
{
    mbo_workspace *w = workspace;
    w->groups = groups;
}

void mbo_listen(void *workspace, uint32_t person, kea_listener *listener, void *context)
{
    mbo_workspace *w = workspace;
    w->told = person;
    w->listener = listener;
    w->context = context;
}

double mbo_uncounted_years(const void *workspace)
{
    const mbo_workspace *w = workspace;
    return w->waste[OUT_enrolled_weeks] / MBO_WEEKS;
}
