/* keasim analyse: decision analysis and value of information of a run, or of a sample that another
 * program made. Nothing is simulated. */
#include "sim/cli/analyse_options.h"
#include "sim/cli/folder.h"
#include "sim/cli/run_psa.h"

#include "sim/report/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char DETAILS[] =
    "Says from the draws of a probabilistic analysis which strategy to choose, how sure that is,\n"
    "what it would be worth to know more, and whether there are enough draws. Writes tables (CSV)\n"
    "and figures. The draws are those of a run, or CSV files of another program: a column per\n"
    "strategy (costs, effects) or number (parameters), a row per draw.\n\n"
    "Options:\n"
    "  -o, --output DIR     the folder to make (default: outputs/analysis-N)\n"
    "      --psa            the words are the files costs.csv effects.csv [parameters.csv]\n"
    "      --reference NAME with --psa: hold all against this strategy (default: the first)\n"
    "      --less-is-better with --psa: effects are bad, such as deaths\n"
    "      --currency NAME  with --psa (default: EUR)\n"
    "      --effect KEY     of a run: another effect than the first\n"
    "      --perspective P  of a run, the costs of: during (default: of the decision), society or\n"
    "                       public (later ones too: their worth must not be in X as well)\n"
    "      --wtp X          what one unit of effect is worth (default: the run's, for the first\n"
    "                       effect; 0 where later costs are counted)\n"
    "      --wtp-range A:B:N  amounts along the curves (default: the run's, or 0 to 2 X)\n"
    "      --evppi A,B      what it is worth to know these together; may be repeated. Every "
    "number\n"
    "                       by itself and every correlated group is valued anyway\n"
    "      --no-evppi       leave the value of single numbers out\n"
    "      --evsi A,B       what a study that measures these is worth\n"
    "      --study KIND     mean (default), proportion or rate\n"
    "      --sd X,Y         of a mean: standard deviation of one observation of each\n"
    "      --n LIST         sizes: 10,30,100, or a range 10:1000, in which the best is looked for\n"
    "      --cost-fixed X   price of the study, and\n"
    "      --cost-per X     for every one of its size\n"
    "      --population N   how many are decided about a year, in what costs are counted per\n"
    "      --horizon YEARS  for how long the decision stands (default: 10)\n"
    "      --rate R         discount rate a year, such as 0.03 (default: the run's, or 0)\n"
    "      --covers N       persons that costs are of, when --population counts persons\n"
    "      --target X       standard error of net benefits that is wanted (default: 5% of them)\n"
    "      --language LANG  en or nl\n"
    "      --no-figures     leave the figures out\n"
    "  -h, --help           this help\n";

static kea_status write_summary(const kea_folder *folder, const kea_findings *findings,
                                bool figures, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    KEA_TRY(kea_folder_file(folder, "summary.txt", path, err));
    FILE *file = fopen(path, "w");
    if (!file)
        return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    status = kea_findings_write(file, findings, err);
    (void)fputc('\n', file);
    (void)fprintf(file, kea_text("Tables: %s/tables"), folder->name);
    (void)fputc('\n', file);
    if (figures) {
        (void)fprintf(file, kea_text("Figures: %s/figures"), folder->name);
        (void)fputc('\n', file);
    }
    if (fclose(file) != 0 && status == KEA_OK)
        status = kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
done:
    return status;
}

/* Tables and text first, the figures last: drawing is done by a library that could end the program.
 */
static kea_status report(kea_folder *folder, const kea_findings *findings, bool figures,
                         kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    KEA_TRY(kea_folder_file(folder, "tables", path, err));
    KEA_TRY(kea_findings_save(findings, path, err));
    KEA_TRY(write_summary(folder, findings, figures, err));
    KEA_TRY(kea_folder_file(folder, "figures", path, err));
    if (figures)
        KEA_TRY(kea_findings_draw(findings, path, err));
    KEA_TRY(kea_folder_finish(folder, err));
done:
    return status;
}

/* The sample, and the record of a run. */
static kea_status read_sample(kea_psa *psa, kea_record *record, const kea_analyse_options *options,
                              kea_error *err)
{
    kea_status status = KEA_OK;
    if (options->files)
        return kea_psa_read(psa, &options->from, err);
    KEA_TRY(kea_run_psa_open(record, options->run, err));
    KEA_TRY(kea_run_psa_make(psa, record, &options->question, err));
done:
    return status;
}

/* Works everything out. Where only the value of single numbers and groups stands in the way, the
 * message says how to do without. */
static kea_status find(kea_findings *findings, const kea_psa *psa,
                       const kea_findings_options *options, kea_error *err)
{
    kea_findings_options without = *options;
    kea_error why = {0}, other = {0};
    kea_status status = kea_findings_init(findings, psa, options, &why);
    if (status == KEA_OK)
        return KEA_OK;
    *err = why;
    without.evppi = false;
    if (status != KEA_ERR_INPUT || !options->evppi)
        return status;
    kea_findings_free(findings);
    if (kea_findings_init(findings, psa, &without, &other) == KEA_OK)
        status = kea_error_set(err, status, "%.900s; --no-evppi does without", why.text);
    return status;
}

static int analyse(const kea_analyse_options *options)
{
    kea_status status = KEA_OK;
    kea_error err = {0};
    kea_record record = {0};
    kea_psa psa = {0};
    kea_analyse_plan plan = {0};
    kea_findings findings = {0};
    kea_folder folder = {0};
    KEA_TRY(read_sample(&psa, &record, options, &err));
    KEA_TRY(kea_analyse_plan_make(&plan, &psa, options, options->files ? NULL : &record, &err));
    KEA_TRY(find(&findings, &psa, &plan.findings, &err));
    KEA_TRY(kea_folder_make(&folder, options->output, "analysis", &err));
    KEA_TRY(report(&folder, &findings, options->figures, &err));
done:
    kea_findings_free(&findings);
    kea_analyse_plan_free(&plan);
    kea_psa_free(&psa);
    kea_record_free(&record);
    return status == KEA_OK ? kea_folder_print(&folder, "summary.txt") : kea_cli_fail(&err);
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    kea_analyse_options options = {0};
    int ended = kea_analyse_options_take(&options, self, argc, argv);
    if (ended < 0)
        ended = analyse(&options);
    kea_analyse_options_free(&options);
    return ended;
}

const kea_command kea_command_analyse = {
    "analyse", "RUN | --psa COSTS EFFECTS [PARAMETERS] [options]",
    "Which strategy to choose, and what knowing more is worth.", DETAILS, run_command};
