/* keasim planner: what a contribution per student buys, brings and means for who pays. */
#include "sim/cli/cli.h"
#include "sim/cli/folder.h"
#include "sim/cli/planner_run.h"
#include "sim/cli/shared.h"
#include "sim/cli/stop.h"

#include "sim/report/text.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DETAILS[] =
    "Tells what a yearly contribution per student buys and brings: hours, students reached,\n"
    "waiting, early leavers prevented, referrals avoided, costs per effect, and what every payer\n"
    "gains or loses; where each breaks even, which contribution has the highest net benefit, and\n"
    "from which on a net benefit is likely. Money buys hours at the going price, which differs\n"
    "between draws. Prints the answer; writes tables and figures into a folder.\n\n"
    "Options:\n"
    "      --contributions A,B,...  EUR per student a year (default: 5,10,15,25,40)\n"
    "      --others WHAT    what all others add: none (the default: the contribution is all the\n"
    "                       money), match (in the proportion of today, so that today's\n"
    "                       contribution buys today's hours), fixed (what they pay today)\n"
    "      --students N     students for whom contributions are paid (default: what the care "
    "model\n"
    "                       says, levy_students for each student in its scope)\n"
    "      --strategy ID    the care model whose hours are bought (default: the first with a "
    "team)\n"
    "      --up-to A        the largest contribution tried (default: what pays for twice the "
    "hours\n"
    "                       of today)\n"
    "      --wtp A          willingness to pay per early leaver prevented (default: the "
    "scenario's)\n"
    "      --probability P  of a net benefit, that is looked for (default: 0.8)\n"
    "      --draws N        parameter draws (default: run.draws of the scenario, at most 300)\n"
    "  -o, --output DIR     the folder to write; must not exist (default: outputs/planner-N)\n"
    "  -j, --threads N      threads (default: all processors)\n"
    "  -s, --set NAME=VALUE give a parameter or setting another value; may be repeated\n"
    "      --models DIR     where the care models are (default: models/ beside scenarios/)\n"
    "      --language LANG  en or nl\n"
    "      --no-figures     leave the figures out\n"
    "  -q, --quiet          no progress\n"
    "  -h, --help           this help\n";

enum { MOST = 10000000, MOST_ASKED = KEA_CONTRIBUTION_LEVELS - 2 - KEA_CONTRIBUTION_GRID };
static const double MOST_EUR = 1e6;

/* ---------------------------------------------------------------- what is written */

static kea_status write_summary(const kea_planner_run *run, const kea_folder *folder, int figures,
                                kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    FILE *file = NULL;
    KEA_TRY(kea_folder_file(folder, "summary.txt", path, err));
    file = fopen(path, "w");
    if (!file)
        return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    KEA_TRY(kea_planner_write(file, &run->planner, err));
    (void)fputc('\n', file);
    (void)fprintf(file, kea_text("Tables: %s/tables"), folder->name);
    (void)fputc('\n', file);
    if (figures) {
        (void)fprintf(file, kea_text("Figures: %s/figures"), folder->name);
        (void)fputc('\n', file);
    }
done:
    if (file && fclose(file) != 0 && status == KEA_OK)
        status = kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    return status;
}

/* Tables and texts first, the figures last: drawing is done by a library that could end the
 * program. */
static kea_status report(const kea_planner_run *run, kea_folder *folder, int figures,
                         kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    KEA_TRY(kea_folder_file(folder, "tables", path, err));
    KEA_TRY(kea_planner_save(&run->planner, path, err));
    KEA_TRY(kea_folder_scenario(folder, &run->given, err));
    KEA_TRY(write_summary(run, folder, figures, err));
    if (figures) {
        KEA_TRY(kea_folder_file(folder, "figures", path, err));
        KEA_TRY(kea_planner_draw(&run->planner, path, err));
    }
    KEA_TRY(kea_folder_finish(folder, err));
done:
    return status;
}

static int execute(kea_planner_run *run, const kea_planner_request *o)
{
    kea_error err = {0};
    kea_status status = KEA_OK;
    kea_folder folder = {0};
    KEA_TRY(kea_planner_run_open(run, o, &err));
    KEA_TRY(kea_folder_make(&folder, o->shared.output, "planner", &err));
    kea_stop_listen();
    status = kea_planner_run_all(run, o, &err);
    if (status == KEA_OK)
        status = report(run, &folder, !o->shared.no_figures, &err);
    else
        kea_folder_drop(&folder);
done:
    return status == KEA_OK ? kea_folder_print(&folder, "summary.txt") : kea_cli_fail(&err);
}

/* ---------------------------------------------------------------- command line */

enum {
    OPTION_CONTRIBUTIONS = KEA_OPTION_OWN,
    OPTION_OTHERS,
    OPTION_STUDENTS,
    OPTION_STRATEGY,
    OPTION_UP_TO,
    OPTION_WTP,
    OPTION_PROBABILITY,
    OPTION_DRAWS
};

static const struct option long_options[] = {
    {"contributions", required_argument, NULL, OPTION_CONTRIBUTIONS},
    {"others", required_argument, NULL, OPTION_OTHERS},
    {"students", required_argument, NULL, OPTION_STUDENTS},
    {"strategy", required_argument, NULL, OPTION_STRATEGY},
    {"up-to", required_argument, NULL, OPTION_UP_TO},
    {"wtp", required_argument, NULL, OPTION_WTP},
    {"probability", required_argument, NULL, OPTION_PROBABILITY},
    {"draws", required_argument, NULL, OPTION_DRAWS},
    KEA_SHARED_SET,
    KEA_SHARED_NO_FIGURES,
    KEA_SHARED_OPTIONS,
    {NULL, 0, NULL, 0}};

/* Takes a number from low to high, low left out when `above`; -1, or the exit status to end with.
 */
static int take_number(const kea_command *self, const char *option, double low, bool above,
                       double high, double *number)
{
    char *end = NULL;
    *number = strtod(optarg, &end);
    bool fits =
        *optarg && *end == '\0' && *number <= high && (above ? *number > low : *number >= low);
    return fits ? -1
                : kea_cli_usage(self, "%s: expected a number %s %.10g, at most %.10g, found \"%s\"",
                                option, above ? "above" : "from", low, high, optarg);
}

/* Amounts with commas between them. */
static int take_contributions(const kea_command *self, kea_planner_request *r)
{
    const char *text = optarg;
    r->n_asked = 0;
    for (;;) {
        char *end = NULL;
        double amount = strtod(text, &end);
        if (end == text || (*end && *end != ',') || !(amount >= 0.0 && amount <= MOST_EUR))
            return kea_cli_usage(self,
                                 "--contributions: expected amounts from 0 to %.10g with commas "
                                 "between them, like 5,10,15; found \"%.*s\"",
                                 MOST_EUR, (int)strcspn(text, ","), text);
        if (r->n_asked == MOST_ASKED)
            return kea_cli_usage(self, "--contributions: expected at most %d amounts",
                                 (int)MOST_ASKED);
        r->asked[r->n_asked++] = amount;
        if (*end == '\0')
            return -1;
        text = end + 1;
    }
}

static int take_others(const kea_command *self, kea_planner_request *r)
{
    r->others = kea_others_find(optarg);
    return r->others < KEA_N_OTHERS
               ? -1
               : kea_cli_usage(self, "--others: expected none, match or fixed, found \"%s\"",
                               optarg);
}

/* Takes what is planned; -1, the exit status to end with, or -2 when it is none of it. */
static int take_plan(const kea_command *self, kea_planner_request *r, int option)
{
    unsigned long count = 0;
    int ended = -1;
    switch (option) {
    case OPTION_CONTRIBUTIONS:
        return take_contributions(self, r);
    case OPTION_OTHERS:
        return take_others(self, r);
    case OPTION_STUDENTS:
        return take_number(self, "--students", 0.0, true, 1e9, &r->students);
    case OPTION_STRATEGY:
        r->strategy = optarg;
        return -1;
    case OPTION_UP_TO:
        return take_number(self, "--up-to", 0.0, true, MOST_EUR, &r->up_to);
    case OPTION_WTP:
        return take_number(self, "--wtp", 0.0, false, 1e9, &r->wtp);
    case OPTION_PROBABILITY:
        return take_number(self, "--probability", 0.0, true, 1.0, &r->probability);
    case OPTION_DRAWS:
        ended = kea_cli_take_count(self, "--draws", MOST, &count);
        r->draws = count;
        return ended;
    default:
        return -2;
    }
}

/* Takes one option; returns -1 to go on, or the exit status to end with. */
static int take(const kea_command *self, kea_planner_request *o, int option)
{
    int ended = take_plan(self, o, option);
    return ended != -2 ? ended : kea_cli_take_shared(self, &o->shared, option);
}

static int parse(const kea_command *self, kea_planner_request *o, int argc, char **argv)
{
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, KEA_SHARED_LETTERS "s:", long_options, NULL)) != -1) {
        int ended = take(self, o, option);
        if (ended >= 0)
            return ended;
    }
    if (argc - optind != 1)
        return kea_cli_usage(self, "expected one scenario file, found %d", argc - optind);
    o->scenario = argv[optind];
    return -1;
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    kea_planner_request o = {.wtp = (double)NAN,
                             .up_to = (double)NAN,
                             .probability = 0.8,
                             .n_asked = 5,
                             .asked = {5, 10, 15, 25, 40}};
    kea_planner_run run = {0};
    int ended = kea_status_exit(KEA_ERR_MEMORY);
    o.shared.input.set = calloc((size_t)argc + 1, sizeof *o.shared.input.set);
    if (o.shared.input.set)
        ended = parse(self, &o, argc, argv);
    if (ended < 0)
        ended = execute(&run, &o);
    kea_planner_run_free(&run);
    free(o.shared.input.set);
    return ended;
}

const kea_command kea_command_planner = {
    "planner", "SCENARIO [options]",
    "What a contribution per student buys, and what it is worth to whom.", DETAILS, run_command};
