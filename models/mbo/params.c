/* The declaration table of the mbo model, made from params.def. */
#include "models/mbo/params.h"

/* Marks a title for translation (sim/report/po/update collects them). */
#define MARK(english) english

/* Of every kind of element its names in the files and, beside them, what people read. */
static const char *const LEVELS[] = {"level1", "level2", "level3", "level4"};
static const char *const LEVELS_TITLES[] = {MARK("level 1"), MARK("level 2"), MARK("level 3"),
                                            MARK("level 4")};

static const char *const SEVERITIES[] = {"light", "moderate", "severe"};
static const char *const SEVERITIES_TITLES[] = {MARK("light"), MARK("moderate"), MARK("severe")};

static const char *const WORSENING[] = {"light", "moderate"};
static const char *const WORSENING_TITLES[] = {MARK("light to moderate"),
                                               MARK("moderate to severe")};

static const char *const DOMAINS[] = {
    "mental_health",   "home",          "work",    "finance", "social_network", "housing",
    "physical_health", "substance_use", "leisure", "justice", "worldview"};
static const char *const DOMAINS_TITLES[] = {
    MARK("mental health"),   MARK("home"),           MARK("work"),
    MARK("finance"),         MARK("social network"), MARK("housing"),
    MARK("physical health"), MARK("substance use"),  MARK("leisure"),
    MARK("justice"),         MARK("worldview")};

static const char *const INFLOW[] = {"secondary_dropout", "practical_education",
                                     "special_education", "benefit_or_status_holder",
                                     "newcomer_class"};
static const char *const INFLOW_TITLES[] = {
    MARK("left school early"), MARK("practical education"), MARK("special education"),
    MARK("benefit or refugee status"), MARK("newcomer class")};

static const char *const MECHANISMS[] = {
    "safe_environment", "personal_connection", "positive_approach", "normal_help_request",
    "own_direction",    "realistic_context",   "cooperation",       "keep_learning"};
static const char *const MECHANISMS_TITLES[] = {
    MARK("safe environment"),  MARK("personal connection"),
    MARK("positive approach"), MARK("asking for help is normal"),
    MARK("own direction"),     MARK("realistic context"),
    MARK("cooperation"),       MARK("keep learning")};

static const char *const ROLES[] = {"social_worker", "youth_professional", "psychologist",
                                    "teacher"};
static const char *const ROLES_TITLES[] = {MARK("social worker"), MARK("youth professional"),
                                           MARK("psychologist"), MARK("teacher or coach")};

static const char *const PAYERS[] = {"school", "municipality", "insurer", "ministry"};
static const char *const PAYERS_TITLES[] = {MARK("school"), MARK("municipality"),
                                            MARK("health insurer"), MARK("ministry")};

static const char *const ZONES[] = {"host", "region", "outside"};
static const char *const ZONES_TITLES[] = {
    MARK("the school's municipality"), MARK("elsewhere in the region"), MARK("outside the region")};

static const char *const LEAVERS[] = {"unqualified", "qualified"};
static const char *const LEAVERS_TITLES[] = {MARK("unqualified"), MARK("qualified")};

static const char *const YEARS[] = {"year1", "year2", "year3", "year4",
                                    "year5", "year6", "year7", "year8"};
static const char *const YEARS_TITLES[] = {MARK("school year 1"), MARK("school year 2"),
                                           MARK("school year 3"), MARK("school year 4"),
                                           MARK("school year 5"), MARK("school year 6"),
                                           MARK("school year 7"), MARK("school year 8 and later")};

static const kea_param_decl decls[] = {
#define ONE(name, label, unit, min, max, kind, scope, meaning)                                     \
    {#name, label, 1, NULL, NULL, unit, min, max, kind, scope, meaning},
#define MANY(name, label, labels, unit, min, max, kind, scope, meaning)                            \
    {#name, label, MBO_N_##labels, labels, labels##_TITLES, unit, min, max, kind, scope, meaning},
#include "models/mbo/params.def"
#undef ONE
#undef MANY
};

#define CHECK_COUNT(texts, labels)                                                                 \
    _Static_assert(sizeof(texts) / sizeof((texts)[0]) == MBO_N_##labels, "one text per element")
#define CHECK_LABELS(labels)                                                                       \
    CHECK_COUNT(labels, labels);                                                                   \
    CHECK_COUNT(labels##_TITLES, labels)
CHECK_LABELS(LEVELS);
CHECK_LABELS(SEVERITIES);
CHECK_LABELS(WORSENING);
CHECK_LABELS(DOMAINS);
CHECK_LABELS(INFLOW);
CHECK_LABELS(MECHANISMS);
CHECK_LABELS(ROLES);
CHECK_LABELS(PAYERS);
CHECK_LABELS(ZONES);
CHECK_LABELS(LEAVERS);
CHECK_LABELS(YEARS);

static const char *const INFLOW_GROUPS[] = {"secondary_dropout", "practical_education",
                                            "special_education", "benefit_or_status_holder",
                                            "newcomer_class",    "other_levels"};
static const char *const INFLOW_GROUP_TITLES[] = {
    MARK("left school early"),         MARK("practical education"), MARK("special education"),
    MARK("benefit or refugee status"), MARK("newcomer class"),      MARK("levels 2 to 4")};
static const char *const FIFTHS[] = {"fifth1", "fifth2", "fifth3", "fifth4", "fifth5"};
static const char *const FIFTH_TITLES[] = {MARK("lowest fifth"), MARK("second fifth"),
                                           MARK("middle fifth"), MARK("fourth fifth"),
                                           MARK("highest fifth")};
_Static_assert(sizeof INFLOW_GROUPS / sizeof INFLOW_GROUPS[0] == MBO_INFLOW + 1,
               "the groups of entree students, and all others");

const kea_grouping mbo_groupings[MBO_GROUPINGS] = {
    [MBO_BY_LEVEL] = {"level", MARK("level at the start"), MBO_LEVELS, LEVELS, LEVELS_TITLES},
    [MBO_BY_INFLOW] = {"inflow", MARK("where entree students come from"), MBO_INFLOW + 1,
                       INFLOW_GROUPS, INFLOW_GROUP_TITLES},
    [MBO_BY_HOME] = {"home", MARK("where they live"), MBO_ZONES, ZONES, ZONES_TITLES},
    [MBO_BY_FRAILTY] = {"frailty", MARK("rate of new needs"), MBO_FIFTHS, FIFTHS, FIFTH_TITLES},
};

const kea_param_table mbo_param_table = {.decl = decls,
                                         .n = sizeof decls / sizeof decls[0],
                                         .payers = PAYERS,
                                         .n_payers = MBO_PAYERS,
                                         .home_payer = "municipality",
                                         .size = "students",
                                         .budget = "hours_budget",
                                         .groupings = mbo_groupings,
                                         .n_groupings = MBO_GROUPINGS};

const char *mbo_zone_name(int zone)
{
    return ZONES_TITLES[zone];
}

double mbo_hours_factor(const mbo_params *p, int year)
{
    return year < 0 ? 1.0 : p->hours_by_year[year < MBO_YEARS ? year : MBO_YEARS - 1];
}
