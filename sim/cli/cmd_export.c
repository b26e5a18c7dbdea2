/* keasim export: the probabilistic analysis of a run as CSV files for other programs. */
#include "sim/cli/cli.h"
#include "sim/cli/run_psa.h"

#include "sim/report/export.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char DETAILS[] =
    "Writes costs.csv, effects.csv (the effect of the decision; effects_KEY.csv for every other "
    "one)\n"
    "and parameters.csv: a column per strategy or uncertain number, a row per draw, all digits.\n"
    "BCEA, voi, dampack and SAVI read them without change, and so does keasim analyse --psa.\n"
    "Costs are discounted and of all that is simulated together; effects are such that more is\n"
    "better. The first strategy is the one that the others are held against.\n\n"
    "DIR is made; it must not be there.\n\n"
    "Options:\n"
    "  -h, --help           this help\n";

enum { PATH_SIZE = 4096 };

static kea_status save(const char *folder, const kea_psa *psa, kea_export_what what,
                       const char *name, kea_error *err)
{
    char path[PATH_SIZE];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= PATH_SIZE)
        return kea_error_set(err, KEA_ERR_USAGE, "the name of the folder is too long");
    return kea_export_save(psa, what, path, err);
}

/* Everything of one effect; of the first also what all share. */
static kea_status save_effect(const char *folder, const kea_record *record, size_t effect,
                              kea_error *err)
{
    kea_status status = KEA_OK;
    kea_psa psa = {0};
    char name[128] = "effects.csv";
    const char *key = record->frame.effects[effect].key;
    const kea_run_question question = {key, KEA_PERSPECTIVE_DURING};
    KEA_TRY(kea_run_psa_make(&psa, record, &question, err));
    if (effect > 0)
        (void)snprintf(name, sizeof name, "effects_%.100s.csv", key);
    KEA_TRY(save(folder, &psa, KEA_EXPORT_EFFECTS, name, err));
    if (effect > 0)
        goto done;
    KEA_TRY(save(folder, &psa, KEA_EXPORT_COSTS, "costs.csv", err));
    KEA_TRY(save(folder, &psa, KEA_EXPORT_PARAMETERS, "parameters.csv", err));
done:
    kea_psa_free(&psa);
    return status;
}

static int export_run(const char *run, const char *output)
{
    kea_record record = {0};
    kea_error err = {0};
    kea_status status = KEA_OK;
    KEA_TRY(kea_run_psa_open(&record, run, &err));
    if (mkdir(output, 0777) != 0) {
        status = errno == EEXIST
                     ? kea_error_at(&err, KEA_ERR_USAGE, output, 0,
                                    "the folder exists already; nothing is overwritten: remove it "
                                    "or choose another name")
                     : kea_error_at(&err, KEA_ERR_IO, output, 0, "the folder cannot be made: %s",
                                    strerror(errno));
        goto done;
    }
    for (size_t i = 0; i < record.frame.n_effects; i++)
        KEA_TRY(save_effect(output, &record, i, &err));
    (void)printf("%s\n", output);
done:
    kea_record_free(&record);
    return status == KEA_OK ? 0 : kea_cli_fail(&err);
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    static const struct option long_options[] = {{"help", no_argument, NULL, 'h'},
                                                 {NULL, 0, NULL, 0}};
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
        if (option == 'h')
            return kea_cli_help(self);
        return kea_cli_usage(self, "an option is not known or lacks its value");
    }
    if (argc - optind != 2)
        return kea_cli_usage(self,
                             "expected the folder of a run and the folder to write, found %d words",
                             argc - optind);
    return export_run(argv[optind], argv[optind + 1]);
}

const kea_command kea_command_export = {"export", "RUN DIR [options]",
                                        "Write a run's draws as CSV for other programs.", DETAILS,
                                        run_command};
