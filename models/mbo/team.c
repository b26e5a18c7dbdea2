/* The team: queue, cases in hand, and how the casework hours of a week are shared out. Implements
 * parts (b) and (d) of a week. Lists hold places, which lose their validity when the case is
 * resolved, worsens or its student leaves; invalid places are dropped once a week. */
#include "models/mbo/team.h"

#include "models/mbo/external.h"
#include "models/mbo/pathway.h"

#include "sim/core/memory.h"

#include <math.h>
#include <string.h>

/* Less time than this is no time: below it rounding speaks. In hours. */
static const double NO_TIME = 1e-9;

static bool before(const mbo_place *a, const mbo_place *b)
{
    return a->joined != b->joined ? a->joined < b->joined : a->tie < b->tie;
}

/* Puts a place where it belongs; most often that is near the end. */
static void insert(mbo_run *run, mbo_list *list, mbo_place place)
{
    if (list->n == list->capacity) {
        size_t capacity = 2 * list->capacity + 64;
        run->status = kea_memory_resize((void **)&list->place, capacity, sizeof *list->place, NULL);
        if (run->status != KEA_OK)
            return;
        list->capacity = capacity;
    }
    size_t at = list->n++;
    for (; at > 0 && before(&place, &list->place[at - 1]); at--)
        list->place[at] = list->place[at - 1];
    list->place[at] = place;
}

static bool valid(const mbo_run *run, const mbo_place *place, int severity, mbo_case_state state)
{
    const mbo_case *item = &run->school->item[place->item];
    return item->ticket == place->ticket && item->severity == severity && item->state == state;
}

static void tidy(mbo_run *run, mbo_list *list, int severity, mbo_case_state state)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++)
        if (valid(run, &list->place[i], severity, state))
            list->place[kept++] = list->place[i];
    list->n = kept;
}

static void count_queue(const mbo_run *run, const mbo_list *queue)
{
    for (size_t i = 0; i < queue->n; i++) {
        const mbo_student *student = &run->school->student[queue->place[i].student];
        mbo_row(run, student, run->now)[OUT_queue_weeks] += 1.0;
    }
}

void mbo_team_leave_queue(const mbo_run *run, const mbo_student *student, const mbo_case *item,
                          int32_t week)
{
    double *row = mbo_row(run, student, week);
    row[OUT_abandoned] += 1.0;
    row[OUT_abandoned_weeks] += week - item->joined;
}

void mbo_team_note(mbo_run *run)
{
    mbo_team *team = &run->school->team;
    for (int s = 0; s < MBO_SEVERITIES; s++) {
        tidy(run, &team->queue[s], s, MBO_WAITING_TEAM);
        tidy(run, &team->hand[s], s, MBO_WITH_TEAM);
        count_queue(run, &team->queue[s]);
        team->full[s] = team->queue[s].n > 0 &&
                        run->now - team->queue[s].place[0].joined > run->p->overflow_weeks;
    }
}

static mbo_place place_of(const mbo_run *run, const mbo_student *student, const mbo_case *item,
                          double tie)
{
    return (mbo_place){.tie = tie,
                       .joined = item->joined,
                       .student = (int32_t)(student - run->school->student),
                       .item = (int32_t)(item - run->school->item),
                       .ticket = item->ticket};
}

void mbo_team_join(mbo_run *run, mbo_student *student, mbo_case *item, double effort, double tie)
{
    mbo_team *team = &run->school->team;
    item->state = MBO_WAITING_TEAM;
    item->joined = student->week;
    item->hours_left = effort;
    item->tie = tie;
    item->ticket = ++team->tickets;
    student->n_team++;
    student->changed = true;
    mbo_tell(run, student, MARK("joins the team's queue, hours needed"), NULL, effort);
    insert(run, &team->queue[item->severity], place_of(run, student, item, tie));
}

void mbo_team_move(mbo_run *run, mbo_student *student, mbo_case *item)
{
    insert(run, &run->school->team.queue[item->severity], place_of(run, student, item, item->tie));
}

/* The team has given its hours. */
static void finish(mbo_run *run, mbo_student *student, int32_t slot)
{
    mbo_case *item = &run->school->item[slot];
    double u[2];
    kea_rng_address address = mbo_case_address(run, student, item);
    kea_rng_pair(run->keys->team, address, 2 * (uint32_t)item->n_team, u);
    student->n_team--;
    student->changed = true;
    if (u[0] < run->p->team_referral[item->severity]) {
        double wait = kea_rng_uniform(run->keys->team, address, 2 * (uint32_t)item->n_team + 1);
        item->n_team++;
        mbo_tell(run, student, MARK("the team hands over outside"), NULL, (double)NAN);
        mbo_row(run, student, run->now)[item->severity == MBO_SEVERE ? OUT_handed_over_specialist
                                                                     : OUT_handed_over_light] +=
            1.0;
        mbo_hand_over(run, student, item, wait);
    } else if (u[1] < run->p->team_success[item->severity]) {
        mbo_tell(run, student, MARK("the team solves it"), NULL, (double)NAN);
        mbo_case_close(run, student, slot);
    } else {
        item->n_team++;
        mbo_tell(run, student, MARK("the team ends without solving it"), NULL, (double)NAN);
        mbo_case_unseen(run, student, item, run->now + 1);
    }
}

/* Gives one case its hours of the week out of *hours. */
static void serve(mbo_run *run, const mbo_place *place, double *hours)
{
    mbo_student *student = &run->school->student[place->student];
    mbo_case *item = &run->school->item[place->item];
    double given = fmin(fmin(run->p->case_hours_per_week, item->hours_left), *hours);
    double *row = mbo_row(run, student, run->now);
    int year = run->now / MBO_WEEKS;
    *hours -= given;
    item->hours_left -= given;
    row[OUT_case_hours] += given;
    student->last_help = run->now;
    if (student->helped_year != year) {
        student->helped_year = (int16_t)year;
        row[OUT_reach] += 1.0;
    }
    if (item->hours_left <= NO_TIME)
        finish(run, student, place->item);
}

/* Cases in hand of one severity, from place `first` on, while there is time; returns the first
 * place not served. */
static size_t serve_hand(mbo_run *run, int severity, size_t first, double *hours)
{
    mbo_list *list = &run->school->team.hand[severity];
    size_t at = first;
    while (at<list->n && * hours> NO_TIME)
        serve(run, &list->place[at++], hours);
    return at;
}

static void start(mbo_run *run, const mbo_place *place)
{
    mbo_student *student = &run->school->student[place->student];
    mbo_case *item = &run->school->item[place->item];
    double *row = mbo_row(run, student, run->now);
    item->state = MBO_WITH_TEAM;
    item->natural_week = item->due = MBO_NEVER;
    student->changed = true;
    row[OUT_started] += 1.0;
    mbo_tell(run, student, MARK("the team begins, weeks waited"), NULL, run->now - item->joined);
    row[OUT_wait_weeks] += run->now - item->joined;
}

/* Takes cases of one severity from the queue while there is time. */
static void serve_queue(mbo_run *run, int severity, double *hours)
{
    mbo_team *team = &run->school->team;
    mbo_list *queue = &team->queue[severity];
    size_t at = 0;
    for (; at<queue->n && * hours> NO_TIME; at++) {
        mbo_place place = queue->place[at];
        if (!valid(run, &place, severity, MBO_WAITING_TEAM))
            continue;
        start(run, &place);
        serve(run, &place, hours);
        if (valid(run, &place, severity, MBO_WITH_TEAM))
            insert(run, &team->hand[severity], place);
    }
    if (at > 0)
        memmove(queue->place, queue->place + at, (queue->n - at) * sizeof *queue->place);
    queue->n -= at;
}

void mbo_team_work(mbo_run *run)
{
    double hours = run->course->casework_hours;
    double reserve = hours * run->p->light_share;
    double rest = hours - reserve;
    size_t served = serve_hand(run, MBO_LIGHT, 0, &reserve);
    (void)serve_hand(run, MBO_SEVERE, 0, &rest);
    (void)serve_hand(run, MBO_MODERATE, 0, &rest);
    (void)serve_hand(run, MBO_LIGHT, served, &rest);
    serve_queue(run, MBO_LIGHT, &reserve);
    rest += reserve;
    serve_queue(run, MBO_SEVERE, &rest);
    serve_queue(run, MBO_MODERATE, &rest);
    serve_queue(run, MBO_LIGHT, &rest);
}

void mbo_team_count_spoken(const mbo_params *p, double *row)
{
    double presence = p->hours_per_100 / 100.0 * p->presence_share * p->teaching_weeks;
    double others = fmax(row[OUT_students] - row[OUT_reach], 0.0);
    row[OUT_spoken] = row[OUT_reach] - others * expm1(-p->brief_contacts * presence);
}
