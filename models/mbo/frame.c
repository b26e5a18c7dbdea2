/* Effects, population and the figures worth showing of the mbo model. */
#include "models/mbo/frame.h"

#define MARK(english) english /* for translators */
#define STUDENTS "students"

static const kea_effect effects[] = {
    {.key = "vsv",
     .gain = MARK("early leaver prevented"),
     .gained = MARK("early leavers prevented"),
     .lost = MARK("early leaver more"),
     .gains = MARK("prevents %s early school leavers (vsv)"),
     .loses = MARK("has %s more early school leavers (vsv)"),
     .n_outcomes = 1,
     .outcomes = {"vsv"}},
    {.key = "external_referral",
     .gain = MARK("external referral avoided"),
     .gained = MARK("external referrals avoided"),
     .lost = MARK("external referral more"),
     .n_outcomes = 2,
     .outcomes = {"external_light", "external_specialist"}},
    {.key = "specialist_referral",
     .gain = MARK("specialist referral avoided"),
     .gained = MARK("specialist referrals avoided"),
     .lost = MARK("specialist referral more"),
     .gains = MARK("Referrals to specialist care: %s fewer"),
     .loses = MARK("Referrals to specialist care: %s more"),
     .n_outcomes = 1,
     .outcomes = {"external_specialist"}},
};

/* Rows of the outcome tables, by name. */
#define SHOWN(name)                                                                                \
    {                                                                                              \
        .use = KEA_IN_OUTCOMES, .outcome = name                                                    \
    }
/* Yearly figures: of the outcome's own name and label, or with others. */
#define NAMED(name, words, one, by, what, times)                                                   \
    {                                                                                              \
        .use = KEA_IN_YEARLY, .key = name, .label = words, .unit = what, .outcome = one,           \
        .per = by, .scale = times, .decimals = 4                                                   \
    }
#define SHARE(name) NAMED(name, NULL, name, STUDENTS, MARK("share"), 1.0)
#define EACH(name) NAMED(name, NULL, name, STUDENTS, MARK("per student"), 1.0)
#define VSV(level)                                                                                 \
    NAMED("vsv_level" #level, NULL, "vsv_level" #level, "stock_level" #level, MARK("share"), 1.0)
#define DOMAIN(name)                                                                               \
    {                                                                                              \
        .use = KEA_IN_YEARLY, .key = "domain_" #name, .unit = MARK("share"),                       \
        .outcome = "domain_" #name, .per = "needs", .and_per = "needs_at_entry", .scale = 1.0,     \
        .decimals = 4                                                                              \
    }

static const kea_measure_decl measures[] = {
    SHOWN("vsv"),
    SHOWN("external_light"),
    SHOWN("external_specialist"),
    SHOWN("diplomas"),
    SHOWN("absence_weeks"),
    SHOWN("unmet_weeks"),

    SHARE("stock_level1"),
    SHARE("stock_level2"),
    SHARE("stock_level3"),
    SHARE("stock_level4"),
    VSV(1),
    VSV(2),
    VSV(3),
    VSV(4),
    SHARE("vsv"),
    SHARE("dropout"),
    EACH("diplomas"),
    SHARE("reach"),
    EACH("started"),
    NAMED("mean_wait_weeks", MARK("Mean wait for the team"), "wait_weeks", "started", MARK("weeks"),
          1.0),
    EACH("case_hours"),
    EACH("external_light"),
    EACH("external_specialist"),
    EACH("overflow"),
    EACH("needs"),
    EACH("needs_at_entry"),
    EACH("escalations"),
    EACH("detected"),
    EACH("mentor_hours"),
    NAMED("absence", MARK("Share of teaching time missed"), "absence_weeks",
          "teaching_enrolled_weeks", MARK("share"), 1.0),
    NAMED("burden", MARK("Mean burden"), "burden_weeks", "teaching_enrolled_weeks", MARK("burden"),
          1.0),
    NAMED("unmet", MARK("Share of weeks with unmet need"), "unmet_weeks", "enrolled_weeks",
          MARK("share"), 1.0),
    NAMED("enrolled", MARK("Part of the year enrolled"), "enrolled_weeks", STUDENTS, MARK("share"),
          1.0 / 52.0),
    DOMAIN(mental_health),
    DOMAIN(home),
    DOMAIN(work),
    DOMAIN(finance),
    DOMAIN(social_network),
    DOMAIN(housing),
    DOMAIN(physical_health),
    DOMAIN(substance_use),
    DOMAIN(leisure),
    DOMAIN(justice),
    DOMAIN(worldview),
    DOMAIN(three_or_more),

    {.use = KEA_IN_SWEEPS,
     .key = "specialist_per_100_year",
     .label = MARK("specialist referrals per 100 a year"),
     .unit = "",
     .outcome = "external_specialist",
     .per = STUDENTS,
     .scale = 100.0,
     .decimals = 2},
    {.use = KEA_IN_SWEEPS,
     .key = "reach_share",
     .label = MARK("reached"),
     .unit = MARK("share"),
     .outcome = "reach",
     .per = STUDENTS,
     .scale = 1.0,
     .decimals = 1,
     .axis = MARK("Students reached per year")},
    {.use = KEA_IN_SWEEPS,
     .key = "mean_wait_weeks",
     .label = MARK("mean wait"),
     .unit = MARK("weeks"),
     .outcome = "wait_weeks",
     .per = "started",
     .scale = 1.0,
     .decimals = 1,
     .axis = MARK("Mean wait until the team starts")},
    {.use = KEA_IN_SWEEPS,
     .key = "waited_in_vain_share",
     .label = MARK("waited in vain"),
     .unit = MARK("share"),
     .outcome = "abandoned",
     .per = "started",
     .and_per = "abandoned",
     .scale = 1.0,
     .decimals = 0,
     /* a tenth is the judgement of the makers: below it nearly all in the queue are helped */
     .note = MARK("Waited in vain: of the needs that left the team's queue, those that the team "
                  "never helped, since they healed or the student left school. A need in the queue "
                  "is not referred outside: where many wait in vain, a part of the referrals that "
                  "are avoided, and of what that saves, is waiting and not help."),
     .note_above = 0.10},
};

const kea_frame mbo_frame = {
    .currency = "EUR",
    .population = {.outcome = STUDENTS,
                   .one = MARK("student a year"),
                   .many = MARK("100 students a year"),
                   .n = 100.0,
                   .whole = MARK("whole school"),
                   .wholes = MARK("schools")},
    .effects = effects,
    .n_effects = sizeof effects / sizeof effects[0],
    .measures = measures,
    .n_measures = sizeof measures / sizeof measures[0],
    .during = MARK("during school"),
    .after = MARK("after leaving"),
    .access = MARK("More hours: how many students %s reaches, and how long they wait for it"),
    .paired = {.title = MARK("Early leaving of students whom the team helped"),
               .persons = "helped",
               .events = "helped_vsv",
               .before = "helped_vsv_comparator",
               .persons_label = MARK("students helped"),
               .events_label = MARK("of whom early leavers"),
               .before_label = MARK("the same students, comparator")},
    .by_home = {.paid = "municipal_",
                .people = "home_",
                .law = {"jeugdwet_", "wmo_", "participatiewet_"},
                .law_title = {MARK("Jeugdwet"), MARK("Wmo"), MARK("Participatiewet")},
                .law_scatter = {"scatter_jeugdwet", "scatter_wmo", "scatter_participatiewet"}},
    .funded = {.category = "team", .start = "cost_team_start", .contributions = "cost_team_levy"},
};
