/* The team: queue, cases in hand, and how the casework hours of a week are shared out. Implements
 * parts (b) and (d) of a week. Lists hold places, which lose their validity when the case is
 * resolved, worsens or its student leaves; invalid places are dropped where they are met. */
#include "models/mbo/team.h"

#include "models/mbo/costs.h"
#include "models/mbo/external.h"
#include "models/mbo/life.h"
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

static void drop_first(mbo_list *list, size_t n)
{
    list->n -= n;
    if (n > 0)
        memmove(list->place, list->place + n, list->n * sizeof *list->place);
}

/* Counts the weeks in the queue that began after joining, up to and with week `last`. */
static void count_queue(const mbo_run *run, const mbo_student *student, const mbo_case *item,
                        int32_t last)
{
    for (int32_t week = item->joined + 1; week <= last;) {
        int32_t next = mbo_earlier(last + 1, (mbo_year_of(week) + 1) * MBO_WEEKS);
        mbo_row(run, student, week)[OUT_queue_weeks] += next - week;
        week = next;
    }
}

void mbo_team_end(const mbo_run *run, const mbo_student *student)
{
    for (int32_t slot = student->first_case; slot != MBO_NONE;
         slot = run->school->item[slot].next) {
        const mbo_case *item = &run->school->item[slot];
        if (item->state == MBO_WAITING_TEAM)
            count_queue(run, student, item, run->end - 1);
    }
}

void mbo_team_leave_queue(const mbo_run *run, const mbo_student *student, const mbo_case *item,
                          int32_t week)
{
    double *row = mbo_row(run, student, week);
    count_queue(run, student, item, week);
    row[OUT_abandoned] += 1.0;
    row[OUT_abandoned_weeks] += week - item->joined;
}

void mbo_team_release(mbo_run *run, int32_t week)
{
    mbo_school *school = run->school;
    for (size_t i = 0; i < school->n_active; i++) {
        mbo_student *student = &school->student[school->active[i].slot];
        for (int32_t slot = student->first_case; slot != MBO_NONE; slot = school->item[slot].next) {
            mbo_case *item = &school->item[slot];
            if (item->ticket == 0)
                continue;
            if (item->state == MBO_WAITING_TEAM && week > run->decision) {
                double *row = mbo_row(run, student, week);
                count_queue(run, student, item, week - 1);
                row[OUT_abandoned] += 1.0;
                row[OUT_abandoned_weeks] += week - 1 - item->joined;
            }
            mbo_case_unseen(run, student, item, week);
        }
        student->n_team = 0;
        student->changed = true;
    }
    school->n_active = 0;
}

/* Places that are no longer valid and come first are dropped; others do no harm. */
void mbo_team_note(mbo_run *run)
{
    mbo_team *team = &run->school->team;
    for (int s = 0; s < MBO_SEVERITIES; s++) {
        mbo_list *queue = &team->queue[s];
        size_t gone = 0;
        while (gone < queue->n && !valid(run, &queue->place[gone], s, MBO_WAITING_TEAM))
            gone++;
        drop_first(queue, gone);
        team->full[s] = queue->n > 0 && run->now - queue->place[0].joined > run->p->overflow_weeks;
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
    item->detect_week = MBO_NEVER;
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

/* Something about the student changes in the calendar's week: what lies before it is lived through,
 * and the rest of the week is not put off. */
static void touch(mbo_run *run, mbo_student *student)
{
    mbo_catch_up(run, student);
    run->school->active[student->next].visit = run->now;
}

/* The team has given its hours. */
static void finish(mbo_run *run, mbo_student *student, int32_t slot)
{
    mbo_case *item = &run->school->item[slot];
    double u[2];
    kea_rng_address address = mbo_case_address(run, student, item);
    touch(run, student);
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
    double most = run->p->case_hours_per_week;
    double given = item->hours_left < most ? item->hours_left : most;
    given = given < *hours ? given : *hours;
    double *row = mbo_row(run, student, run->now);
    int year = mbo_year_of(run->now);
    *hours -= given;
    item->hours_left -= given;
    row[OUT_case_hours] += given;
    if (student->last_help < run->now - 1 || student->last_help == MBO_NEVER)
        mbo_catch_up(run, student);
    student->last_help = run->now;
    if (student->helped_year != year) {
        student->helped_year = (int16_t)year;
        row[OUT_reach] += 1.0;
    }
    if (item->hours_left <= NO_TIME)
        finish(run, student, place->item);
}

/* A way through the cases in hand of one severity: those before `next` have had their turn, and of
 * these the first `kept` places hold the cases that stay. */
typedef struct hand_pass {
    size_t next, kept;
} hand_pass;

/* Goes on while there is time. */
static void serve_hand(mbo_run *run, int severity, hand_pass *pass, double *hours)
{
    mbo_list *list = &run->school->team.hand[severity];
    while (pass->next<list->n && * hours> NO_TIME) {
        mbo_place place = list->place[pass->next++];
        if (!valid(run, &place, severity, MBO_WITH_TEAM))
            continue;
        serve(run, &place, hours);
        if (valid(run, &place, severity, MBO_WITH_TEAM))
            list->place[pass->kept++] = place;
    }
}

static void end_pass(mbo_list *list, const hand_pass *pass)
{
    size_t left = list->n - pass->next;
    if (pass->kept < pass->next)
        memmove(list->place + pass->kept, list->place + pass->next, left * sizeof *list->place);
    list->n = pass->kept + left;
}

static void serve_all_in_hand(mbo_run *run, double *reserve, double *rest)
{
    mbo_list *hand = run->school->team.hand;
    hand_pass pass[MBO_SEVERITIES] = {{0}};
    serve_hand(run, MBO_LIGHT, &pass[MBO_LIGHT], reserve);
    serve_hand(run, MBO_SEVERE, &pass[MBO_SEVERE], rest);
    serve_hand(run, MBO_MODERATE, &pass[MBO_MODERATE], rest);
    serve_hand(run, MBO_LIGHT, &pass[MBO_LIGHT], rest);
    for (int s = 0; s < MBO_SEVERITIES; s++)
        end_pass(&hand[s], &pass[s]);
}

static void start(mbo_run *run, const mbo_place *place)
{
    mbo_student *student = &run->school->student[place->student];
    mbo_case *item = &run->school->item[place->item];
    double *row = mbo_row(run, student, run->now);
    touch(run, student);
    count_queue(run, student, item, run->now);
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
    drop_first(queue, at);
}

void mbo_team_work(mbo_run *run)
{
    double factor = run->course->year[mbo_year_of(run->now)].hours_factor;
    double hours = run->course->casework_hours * factor;
    double reserve = hours * run->p->light_share;
    double rest = hours - reserve;
    serve_all_in_hand(run, &reserve, &rest);
    serve_queue(run, MBO_LIGHT, &reserve);
    rest += reserve;
    serve_queue(run, MBO_SEVERE, &rest);
    serve_queue(run, MBO_MODERATE, &rest);
    serve_queue(run, MBO_LIGHT, &rest);
}

void mbo_team_count_spoken(const mbo_params *p, double hours_factor, size_t n, size_t stride,
                           double *rows)
{
    double presence =
        mbo_team_hours(p) / 100.0 * p->presence_share * p->teaching_weeks * hours_factor;
    double spoken = -expm1(-p->brief_contacts * presence), others = 0.0;
    for (size_t i = 0; i < n; i++)
        others += rows[i * stride + OUT_students] - rows[i * stride + OUT_reach];
    if (others <= 0.0)
        spoken = 0.0;
    for (double *row = rows; n > 0; n--, row += stride)
        row[OUT_spoken] = row[OUT_reach] + (row[OUT_students] - row[OUT_reach]) * spoken;
}
