/* Correlated groups of a scenario: reading them, what their draws are like, what they leave alone,
 * and every mistake. */
#include "tests/support/toy_problem.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>

#define EVIDENCE " source = \"judgement\"; status = \"assumption\"; }"
#define RISK "{ name = \"risk\"; parameters = [\"hazard\", \"-accept\"]; rho = 0.5;" EVIDENCE
#define TEAM                                                                                       \
    "{ name = \"team\"; parameters = [\"team.hours\", \"team.handles.severe\"]; rho = 0.8;\n"      \
    "  source = \"study\"; status = \"published\"; }"

/* The line of `correlations` in a scenario that write_groups makes. */
enum { LINE = 16 };

/* Writes the toy scenario with the groups (NULL: without the key) and gives its path. */
static void write_groups(const char *groups, char *path)
{
    char text[2 * sizeof scenario];
    static const char analysis[] = "analysis: {";
    const char *at = strstr(scenario, analysis);
    assert_non_null(at);
    int length =
        snprintf(text, sizeof text, "%.*s%s%s%s%s", (int)(at - scenario), scenario,
                 groups ? "correlations: " : "", groups ? groups : "", groups ? ";\n" : "", at);
    assert_in_range(length, 1, sizeof text - 1);
    files_write(folder, "scenarios/groups.cfg", text, path);
}

static kea_problem with_groups(const char *groups, size_t n, const char *const *set)
{
    char path[FILES_PATH];
    kea_problem problem;
    kea_error err = {0};
    const kea_load_options options = {NULL, n, set};
    write_groups(groups, path);
    assert_ok(kea_problem_load(&problem, path, &options, lookup, &err), err);
    return problem;
}

static size_t index_of(const kea_problem *problem, const char *name)
{
    return (size_t)(entry_of(problem, name) - problem->entries);
}

static void reads_groups(void **state)
{
    (void)state;
    kea_problem p = with_groups("(" RISK ",\n" TEAM ")", 0, NULL);
    assert_int_equal(p.n_correlations, 2);
    const kea_correlation *risk = &p.correlations[0], *team_group = &p.correlations[1];
    assert_string_equal(risk->name, "risk");
    assert_near(risk->rho, 0.5, 0);
    assert_string_equal(risk->source, "judgement");
    assert_int_equal(risk->evidence, KEA_ASSUMPTION);
    assert_int_equal(risk->line, LINE);
    assert_string_equal(risk->file, p.file);
    /* hazard.high is certain, so it is no member */
    assert_int_equal(risk->n_members, 3);
    assert_int_equal(risk->members[0].entry, index_of(&p, "hazard.low"));
    assert_int_equal(risk->members[1].entry, index_of(&p, "hazard.middle"));
    assert_int_equal(risk->members[1].sign, 1);
    assert_int_equal(risk->members[2].entry, index_of(&p, "accept"));
    assert_int_equal(risk->members[2].sign, -1);
    assert_int_equal(team_group->line, LINE + 1);
    assert_int_equal(team_group->evidence, KEA_PUBLISHED);
    assert_int_equal(team_group->n_members, 2);
    assert_int_equal(team_group->members[1].entry, index_of(&p, "team.handles.severe"));
    kea_problem_free(&p);
    kea_problem_free(&p);
    assert_null(p.correlations);
}

static void groups_are_optional(void **state)
{
    (void)state;
    kea_problem p = with_groups(NULL, 0, NULL);
    assert_int_equal(p.n_correlations, 0);
    assert_null(strstr(p.text, "correlations"));
    kea_problem_free(&p);
    p = with_groups("()", 0, NULL);
    assert_int_equal(p.n_correlations, 0);
    kea_problem_free(&p);
}

/* The probability below a value, by formulas that the draws do not use. */
static double probability_below(const kea_entry *entry, double x)
{
    const double *p = entry->dist.p;
    if (entry->dist.family == KEA_GAMMA)
        return gsl_cdf_gamma_P(x, p[0], p[1]);
    if (entry->dist.family == KEA_BETA)
        return gsl_cdf_beta_P(x, p[0], p[1]);
    if (entry->dist.family == KEA_NORMAL)
        return gsl_cdf_ugaussian_P((x - p[0]) / p[1]);
    assert_int_equal(entry->dist.family, KEA_UNIFORM);
    return (x - p[0]) / (p[1] - p[0]);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum { N_DRAWS = 20000, N_MEMBERS = 5 };
static const char *const member_names[N_MEMBERS] = {"hazard.low", "hazard.middle", "accept",
                                                    "team.hours", "team.handles.severe"};
static double uniforms[N_MEMBERS][N_DRAWS];

/* Correlation of the normal scores of two members over all draws. */
static double correlation(const double *a, const double *b)
{
    double sum[5] = {0};
    for (int i = 0; i < N_DRAWS; i++) {
        double x = gsl_cdf_ugaussian_Pinv(a[i]), y = gsl_cdf_ugaussian_Pinv(b[i]);
        double term[] = {x, y, x * x, y * y, x * y};
        for (int k = 0; k < 5; k++)
            sum[k] += term[k] / N_DRAWS;
    }
    return (sum[4] - sum[0] * sum[1]) /
           sqrt((sum[2] - sum[0] * sum[0]) * (sum[3] - sum[1] * sum[1]));
}

static void members_keep_their_distribution_and_move_together(void **state)
{
    (void)state;
    /* risk: 0.5, accept against the others; team: 0.8; nothing between the groups */
    static const double rho[N_MEMBERS][N_MEMBERS] = {
        {1, 0.5, -0.5, 0, 0}, {0, 1, -0.5, 0, 0}, {0, 0, 1, 0, 0}, {0, 0, 0, 1, 0.8}, {0}};
    double draw[N_ENTRIES];
    kea_problem p = with_groups("(" RISK ", " TEAM ")", 0, NULL);
    for (uint32_t d = 0; d < N_DRAWS; d++) {
        kea_problem_draw(&p, d, draw);
        for (int i = 0; i < N_MEMBERS; i++) {
            const kea_entry *entry = entry_of(&p, member_names[i]);
            uniforms[i][d] = probability_below(entry, draw[entry - p.entries]);
        }
    }
    for (int i = 0; i < N_MEMBERS; i++) {
        for (int j = i + 1; j < N_MEMBERS; j++)
            assert_near(correlation(uniforms[i], uniforms[j]), rho[i][j],
                        4.9 * (1 - rho[i][j] * rho[i][j]) / sqrt(N_DRAWS));
    }
    for (int i = 0; i < N_MEMBERS; i++) {
        double distance = 0;
        qsort(uniforms[i], N_DRAWS, sizeof uniforms[i][0], compare);
        for (int d = 0; d < N_DRAWS; d++)
            distance = fmax(distance, fmax(fabs(uniforms[i][d] - (double)d / N_DRAWS),
                                           fabs(uniforms[i][d] - (d + 1.0) / N_DRAWS)));
        /* Kolmogorov: P(sqrt(n) D > 2.7) = 2 exp(-2 x 2.7^2) < 1e-6 */
        if (!(sqrt((double)N_DRAWS) * distance < 2.7))
            fail_msg("%s: Kolmogorov distance %g", member_names[i], distance);
    }
    kea_problem_free(&p);
}

/* How many of the first draws of an entry differ between two problems. */
static int differing(const kea_problem *p, const kea_problem *q, const char *name)
{
    enum { N = 40 };
    double a[N_ENTRIES], b[N_ENTRIES];
    int n = 0;
    for (uint32_t d = 0; d < N; d++) {
        kea_problem_draw(p, d, a);
        kea_problem_draw(q, d, b);
        n += memcmp(&a[index_of(p, name)], &b[index_of(q, name)], sizeof(double)) != 0;
    }
    return n;
}

static void others_keep_their_draws(void **state)
{
    (void)state;
    static const char *const others[] = {"students",          "hazard.high", "mix.low",
                                         "mix.middle",        "team.hours",  "team.handles.severe",
                                         "team.handles.light"};
    kea_problem plain = with_groups(NULL, 0, NULL), p = with_groups("(" RISK ")", 0, NULL);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_int_equal(differing(&plain, &p, others[i]), 0);
    assert_int_equal(differing(&plain, &p, "hazard.low"), 40);
    assert_int_equal(differing(&plain, &p, "accept"), 40);
    kea_problem_free(&p);
    /* without correlation a group is as good as none */
    p = with_groups(
        "({ name = \"x\"; parameters = [\"hazard\", \"-accept\"]; rho = 0;" EVIDENCE ")", 0, NULL);
    assert_int_equal(differing(&plain, &p, "hazard.low") + differing(&plain, &p, "accept"), 0);
    kea_problem_free(&p);
    kea_problem_free(&plain);
}

static void draws_are_addressed_by_name(void **state)
{
    (void)state;
    kea_problem p = with_groups("(" RISK ")", 0, NULL);
    kea_problem q = with_groups("(" TEAM ", { name = \"risk\"; parameters = [\"hazard.middle\", "
                                "\"hazard.low\"]; rho = 0.5;" EVIDENCE ")",
                                0, NULL);
    /* one member less, another order, another place in the list: the same draws */
    assert_int_equal(differing(&p, &q, "hazard.low"), 0);
    assert_int_equal(differing(&p, &q, "hazard.middle"), 0);
    assert_int_equal(differing(&p, &q, "accept"), 40);
    kea_problem_free(&q);
    q = with_groups(
        "({ name = \"risks\"; parameters = [\"hazard\", \"-accept\"]; rho = 0.5;" EVIDENCE ")", 0,
        NULL);
    assert_int_equal(differing(&p, &q, "hazard.low"), 40); /* another name, another factor */
    kea_problem_free(&q);
    kea_problem_free(&p);
}

static void an_override_leaves_the_group(void **state)
{
    (void)state;
    static const char *const set[] = {"accept=0.5", "hazard.low=0.2", "team.hours=3",
                                      "team.handles=0.7"};
    kea_problem p = with_groups("(" RISK ", " TEAM ")", 0, NULL);
    kea_problem q = with_groups("(" RISK ", " TEAM ")", 1, set);
    assert_int_equal(q.n_correlations, 2);
    assert_int_equal(q.correlations[0].n_members, 2);
    assert_int_equal(differing(&p, &q, "hazard.low") + differing(&p, &q, "hazard.middle"), 0);
    kea_problem_free(&q);
    /* the last member keeps its draws; a group without members is gone */
    q = with_groups("(" RISK ", " TEAM ")", 4, set);
    assert_int_equal(q.n_correlations, 1);
    assert_string_equal(q.correlations[0].name, "risk");
    assert_int_equal(q.correlations[0].n_members, 1);
    assert_int_equal(differing(&p, &q, "hazard.middle"), 0);
    kea_problem_free(&q);
    kea_problem_free(&p);
}

static void the_text_has_the_groups(void **state)
{
    (void)state;
    static const char *const set[] = {"hazard.low=0.2", "team.hours=3"};
    char path[FILES_PATH];
    kea_problem q, p = with_groups("(" RISK ", " TEAM ")", 1, set);
    kea_error err = {0};
    files_write(folder, "scenarios/resolved.cfg", p.text, path);
    assert_ok(kea_problem_load(&q, path, NULL, lookup, &err), err);
    assert_int_equal(q.n_correlations, 2);
    for (size_t g = 0; g < 2; g++) {
        const kea_correlation *a = &p.correlations[g], *b = &q.correlations[g];
        assert_string_equal(b->name, a->name);
        assert_near(b->rho, a->rho, 0);
        assert_string_equal(b->source, a->source);
        assert_int_equal(b->evidence, a->evidence);
        assert_int_equal(b->n_members, a->n_members);
        for (size_t i = 0; i < a->n_members; i++) {
            assert_int_equal(b->members[i].entry, a->members[i].entry);
            assert_int_equal(b->members[i].sign, a->members[i].sign);
        }
    }
    for (int i = 0; i < N_MEMBERS; i++)
        assert_int_equal(differing(&p, &q, member_names[i]), 0);
    kea_problem_free(&p);
    kea_problem_free(&q);
    /* what is left of a group may not stand in a scenario, so it is told as a comment */
    p = with_groups("(" TEAM ")", 2, set);
    assert_non_null(strstr(p.text, "# A correlated group of which the others were made certain:\n"
                                   "#     { name = \"team\"; rho = 0.8;\n"));
    files_write(folder, "scenarios/resolved.cfg", p.text, path);
    assert_ok(kea_problem_load(&q, path, NULL, lookup, &err), err);
    assert_int_equal(q.n_correlations, 0);
    kea_problem_free(&p);
    kea_problem_free(&q);
}

/* A scenario with these groups must fail with the message at the line, counted from `correlations`.
 */
static void assert_refused(const char *groups, int line, const char *message)
{
    char path[FILES_PATH];
    kea_problem p;
    kea_error err = {0};
    write_groups(groups, path);
    assert_int_equal(kea_problem_load(&p, path, NULL, lookup, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, message);
    assert_string_equal(err.file, path);
    assert_int_equal(err.line, LINE + line);
    assert_null(p.correlations);
}

static void wrong_lists_are_named(void **state)
{
    (void)state;
    assert_refused("0.5", 0,
                   "correlations: expected a list of groups ( { ... }, { ... } ), found the number "
                   "0.5");
    assert_refused("(\n\"hazard\")", 1,
                   "correlations[1]: expected a group { ... }, found the text \"hazard\"");
    assert_refused("(" RISK ",\n{ name = \"x\"; colour = 1; })", 1,
                   "correlations[2].colour: unknown key; expected one of: name, parameters, rho, "
                   "source, status");
    assert_refused("({ rho = 0.5;" EVIDENCE ")", 0,
                   "correlations[1]: 'name' is missing: what the group is called, like \"wage "
                   "inflation\"");
    assert_refused("({ name = \"x\"; rho = 0.5;" EVIDENCE ")", 0,
                   "correlations[1]: 'parameters' is missing: the names of the uncertain numbers "
                   "that move together");
    assert_refused("({ name = \"x\"; parameters = \"hazard\"; rho = 0.5;" EVIDENCE ")", 0,
                   "correlations[1].parameters: expected a list of names [ \"...\", \"...\" ], "
                   "found the text \"hazard\"");
    assert_refused(
        "(" RISK ",\n{ name = \"risk\"; parameters = [\"hazard\"]; rho = 0.5;" EVIDENCE ")", 1,
        "correlations[2].name: correlations[1] is called \"risk\" too; give each group a "
        "name of its own");
    assert_refused("({ name = \"a name that is far longer than any name of anything else in this "
                   "file\";" EVIDENCE ")",
                   0, "correlations[1].name: expected a name of at most 63 bytes, found 69");
}

/* A group of these parameters is refused at its first line. */
static void assert_members_refused(const char *parameters, const char *message)
{
    char groups[512];
    (void)snprintf(groups, sizeof groups,
                   "({ name = \"x\"; parameters = [%s]; rho = 0.5;" EVIDENCE ")", parameters);
    assert_refused(groups, 0, message);
}

static void wrong_members_are_named(void **state)
{
    (void)state;
    assert_members_refused("\"hazard\", \"-acept\"",
                           "correlations[1].parameters[2]: there is no parameter or care model "
                           "'acept'; did you mean 'accept'?");
    assert_members_refused("\"hazard.lo\", \"accept\"",
                           "correlations[1].parameters[1]: 'hazard' has no element 'lo'; did you "
                           "mean 'low'?");
    assert_members_refused("\"teem.hours\"", "correlations[1].parameters[1]: there is no parameter "
                                             "or care model 'teem'; did you mean 'team'?");
    assert_members_refused("\"hours\"", "correlations[1].parameters[1]: 'hours' belongs to the "
                                        "care models; name one of them, like team.hours");
    assert_members_refused("\"team.hazard\"",
                           "correlations[1].parameters[1]: team has no 'hazard' of its own; name "
                           "'hazard', which all care models share");
    assert_members_refused("3", "correlations[1].parameters[1]: expected a text between quotes, "
                                "found the number 3");
    assert_members_refused("\"hazard\", \"mix.low\"",
                           "correlations[1].parameters[2]: 'mix.low' is one of the shares of a "
                           "\"dirichlet\", which are drawn together to sum to 1 and cannot follow "
                           "another number too; remove it from the group");
    assert_members_refused("\"hazard\", \"hazard.middle\"",
                           "correlations[1].parameters[2]: 'hazard.middle' is in this group twice; "
                           "remove one of the two");
    assert_members_refused("\"accept\", \"students\", \"hazard.high\"",
                           "correlations[1].parameters: expected at least two uncertain numbers, "
                           "found 1; only numbers with a distribution can move together");
    assert_refused("(" RISK ",\n{ name = \"x\"; rho = 0.5;\nparameters = [\"team.hours\", "
                   "\"accept\"];" EVIDENCE ")",
                   2,
                   "correlations[2].parameters[2]: 'accept' is in the group \"risk\" already; a "
                   "number can be in one group only");
}

static void wrong_numbers_are_named(void **state)
{
    (void)state;
#define START "({ name = \"x\"; parameters = [\"hazard\"];\n"
    assert_refused(
        START EVIDENCE ")", 0,
        "correlations[1]: 'rho' is missing: how strongly the numbers move together, from "
        "0 to below 1");
    assert_refused(START "rho = 1;" EVIDENCE ")", 1,
                   "correlations[1].rho: expected a number from 0 to below 1, found 1");
    assert_refused(START "rho = -0.5;" EVIDENCE ")", 1,
                   "correlations[1].rho: expected a number from 0 to below 1, found -0.5; put '-' "
                   "before the name of a parameter that moves against the others");
    assert_refused(START "rho = \"strong\";" EVIDENCE ")", 1,
                   "correlations[1].rho: expected a number, found the text \"strong\"");
    assert_refused(START "rho = 0.5; status = \"report\"; })", 0,
                   "correlations[1]: 'source' is missing: every number needs to say where it comes "
                   "from");
    assert_refused(START "rho = 0.5; source = \"study\"; })", 0,
                   "correlations[1]: 'status' is missing: how well the number is founded: "
                   "\"report\", \"published\" or \"assumption\"");
    assert_refused(START "rho = 0.5; source = \"study\"; status = \"sure\"; })", 1,
                   "correlations[1].status: expected \"report\", \"published\" or \"assumption\", "
                   "found \"sure\"");
#undef START
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_groups),
        cmocka_unit_test(groups_are_optional),
        cmocka_unit_test(members_keep_their_distribution_and_move_together),
        cmocka_unit_test(others_keep_their_draws),
        cmocka_unit_test(draws_are_addressed_by_name),
        cmocka_unit_test(an_override_leaves_the_group),
        cmocka_unit_test(the_text_has_the_groups),
        cmocka_unit_test(wrong_lists_are_named),
        cmocka_unit_test(wrong_members_are_named),
        cmocka_unit_test(wrong_numbers_are_named),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
