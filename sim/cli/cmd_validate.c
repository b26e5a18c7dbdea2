/* keasim validate: simulates what published figures are about and holds the model against them. */
#include "sim/cli/cli.h"
#include "sim/cli/folder.h"
#include "sim/cli/progress.h"
#include "sim/cli/published.h"
#include "sim/cli/shared.h"
#include "sim/cli/stop.h"

#include "sim/engine/run.h"
#include "sim/report/text.h"
#include "sim/report/validation.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char DETAILS[] =
    "Simulates every scenario that a file of published figures names, and puts the simulated mean\n"
    "and 95% interval beside what was published, with a verdict. Figures that are missed stay in\n"
    "every table. Without TARGETS: scenarios/targets.cfg of the program. Writes a folder with\n"
    "summary.txt, tables/validation.csv, tables/verdicts.csv and the figure \"validation\".\n"
    "The exit status is 0 also when figures are missed: that is a result.\n\n"
    "Options:\n"
    "  -o, --output DIR     the folder to write; must not exist (default: outputs/validation-N)\n"
    "  -j, --threads N      threads (default: all processors)\n"
    "      --draws N        parameter draws per scenario (default: 200)\n"
    "      --models DIR     where the care models are (default: models/ beside scenarios/)\n"
    "      --language LANG  en or nl\n"
    "      --no-figures     leave the figure out\n"
    "  -q, --quiet          no progress\n"
    "  -h, --help           this help\n";

enum { DEFAULT_DRAWS = 200, MOST_DRAWS = 1000000 };

typedef struct validate_options {
    char targets[KEA_PUBLISHED_PATH];
    size_t draws;
    kea_cli_shared shared;
} validate_options;

typedef struct validate {
    const validate_options *options;
    kea_published published;
    kea_validation validation;
    kea_folder folder;
    kea_progress progress;
} validate;

/* Points times strategies, and a warm-up for every point. */
static double work_of(const kea_problem *problem, size_t n_points)
{
    return (double)n_points * (0.4 + (double)problem->n_strategies);
}

/* One design of one scenario. */
static kea_status simulate_design(validate *v, size_t scenario, const kea_design *design,
                                  kea_sample *sample, kea_error *err)
{
    const kea_problem *problem = &v->published.problem[scenario];
    const char *name = strrchr(problem->file, '/');
    const kea_run_options options = {.threads = v->options->shared.threads,
                                     .progress = kea_progress_show,
                                     .context = &v->progress,
                                     .stop = kea_stop_asked()};
    kea_progress_stage(&v->progress, name ? name + 1 : problem->file,
                       work_of(problem, design->n_points));
    return kea_run(v->published.model[scenario], problem, design, &options, sample, err);
}

/* The base case as the scenario asks for it, and the parameter draws. */
static kea_status simulate_scenario(validate *v, size_t scenario, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = &v->published.problem[scenario];
    kea_design base = {0}, draws = {0};
    kea_sample base_sample = {0}, draws_sample = {0};
    KEA_TRY(kea_design_base(&base, problem, problem->settings.replicates, err));
    KEA_TRY(kea_design_psa(&draws, problem, v->options->draws, err));
    KEA_TRY(simulate_design(v, scenario, &base, &base_sample, err));
    KEA_TRY(simulate_design(v, scenario, &draws, &draws_sample, err));
    KEA_TRY(
        kea_validation_add(&v->validation, scenario, problem, &base_sample, &draws_sample, err));
done:
    kea_sample_free(&base_sample);
    kea_sample_free(&draws_sample);
    kea_design_free(&base);
    kea_design_free(&draws);
    return status;
}

static kea_status simulate(validate *v, kea_error *err)
{
    double total = 0.0;
    for (size_t i = 0; i < v->published.targets.n_scenarios; i++)
        total += work_of(&v->published.problem[i],
                         v->published.problem[i].settings.replicates + v->options->draws);
    kea_progress_start(&v->progress, total, 0.0, v->options->shared.quiet);
    for (size_t i = 0; i < v->published.targets.n_scenarios; i++) {
        kea_status status = simulate_scenario(v, i, err);
        if (status != KEA_OK)
            return status;
    }
    kea_progress_end(&v->progress);
    return KEA_OK;
}

static kea_status write_summary(const validate *v, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    FILE *file = NULL;
    KEA_TRY(kea_folder_file(&v->folder, "summary.txt", path, err));
    file = fopen(path, "w");
    if (!file)
        return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    KEA_TRY(kea_validation_write(file, &v->validation, err));
    (void)fputc('\n', file);
    (void)fprintf(file, kea_text("Tables: %s/tables"), v->folder.name);
    (void)fputc('\n', file);
    if (!v->options->shared.no_figures) {
        (void)fprintf(file, kea_text("Figure: %s/figures/validation.svg"), v->folder.name);
        (void)fputc('\n', file);
    }
done:
    if (file && fclose(file) != 0 && status == KEA_OK)
        status = kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    return status;
}

/* Tables and text first, the figure last: drawing is done by a library that could end the program.
 */
static kea_status report(validate *v, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH], note[256], number[32];
    KEA_TRY(kea_folder_file(&v->folder, "tables", path, err));
    KEA_TRY(kea_validation_save(&v->validation, path, err));
    KEA_TRY(write_summary(v, err));
    if (!v->options->shared.no_figures) {
        kea_text_number(number, sizeof number, (double)v->options->draws, 0, kea_text_language());
        (void)snprintf(note, sizeof note, kea_text("%s parameter draws per scenario"), number);
        KEA_TRY(kea_folder_file(&v->folder, "figures", path, err));
        KEA_TRY(kea_validation_draw(&v->validation, v->published.model[0]->frame->currency, note,
                                    path, err));
    }
    KEA_TRY(kea_folder_finish(&v->folder, err));
done:
    return status;
}

static int execute(validate *v)
{
    kea_error err = {0};
    kea_status status = KEA_OK;
    KEA_TRY(kea_validation_init(&v->validation, &v->published.targets, &err));
    KEA_TRY(kea_folder_make(&v->folder, v->options->shared.output, "validation", &err));
    kea_stop_listen();
    status = simulate(v, &err);
    if (status == KEA_OK)
        status = report(v, &err);
    else
        kea_folder_drop(&v->folder);
done:
    if (status == KEA_OK)
        return kea_folder_print(&v->folder, "summary.txt");
    kea_progress_end(&v->progress);
    return kea_cli_fail(&err);
}

/* ---------------------------------------------------------------- command line */

enum { OPTION_DRAWS = KEA_OPTION_OWN };

static const struct option long_options[] = {{"draws", required_argument, NULL, OPTION_DRAWS},
                                             KEA_SHARED_NO_FIGURES,
                                             KEA_SHARED_OPTIONS,
                                             {NULL, 0, NULL, 0}};

/* Takes one option; returns -1 to go on, or the exit status to end with. */
static int take(const kea_command *self, validate_options *o, int option)
{
    unsigned long count = 0;
    int ended = -1;
    switch (option) {
    case OPTION_DRAWS:
        ended = kea_cli_take_count(self, "--draws", MOST_DRAWS, &count);
        o->draws = count;
        return ended;
    default:
        return kea_cli_take_shared(self, &o->shared, option);
    }
}

static int parse(const kea_command *self, validate_options *o, int argc, char **argv)
{
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, KEA_SHARED_LETTERS, long_options, NULL)) != -1) {
        int ended = take(self, o, option);
        if (ended >= 0)
            return ended;
    }
    return kea_published_path(self, argc, argv, o->targets);
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    validate_options options = {.draws = DEFAULT_DRAWS,
                                .shared = {.threads = processors > 0 ? (unsigned)processors : 1}};
    validate v = {.options = &options};
    int ended = parse(self, &options, argc, argv);
    if (ended >= 0)
        return ended;
    ended = kea_published_load(&v.published, options.targets, &options.shared.input);
    if (ended == 0)
        ended = execute(&v);
    kea_validation_free(&v.validation);
    kea_published_free(&v.published);
    return ended;
}

const kea_command kea_command_validate = {"validate", "[TARGETS] [options]",
                                          "Hold the model against published figures.", DETAILS,
                                          run_command};
