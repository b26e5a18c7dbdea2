/* Messages, language and the places where the program's files are. */
#include "sim/cli/cli.h"

#include "models/registry.h"
#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096 };

static int muted;

void kea_cli_mute(void)
{
    muted = 1;
}

int kea_cli_help(const kea_command *command)
{
    if (muted)
        return 0;
    (void)printf("Use: keasim %s %s\n\n%s\n\n%s", command->name, command->arguments,
                 command->summary, command->details);
    return 0;
}

int kea_cli_usage(const kea_command *command, const char *format, ...)
{
    va_list args;
    if (muted)
        return kea_status_exit(KEA_ERR_USAGE);
    (void)fprintf(stderr, "keasim %s: ", command->name);
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fprintf(stderr, "\nUse: keasim %s %s   (more: keasim %s --help)\n", command->name,
                  command->arguments, command->name);
    return kea_status_exit(KEA_ERR_USAGE);
}

int kea_cli_fail(const kea_error *err)
{
    if (muted)
        return kea_status_exit(err->code);
    if (err->file[0] && err->line > 0)
        (void)fprintf(stderr, "keasim: %s:%d: %s\n", err->file, err->line, err->text);
    else if (err->file[0])
        (void)fprintf(stderr, "keasim: %s: %s\n", err->file, err->text);
    else
        (void)fprintf(stderr, "keasim: %s\n", err->text);
    return kea_status_exit(err->code);
}

void kea_cli_say(const char *format, ...)
{
    va_list args;
    if (muted)
        return;
    (void)fputs("keasim: ", stderr);
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fputc('\n', stderr);
}

unsigned long kea_cli_count(const char *text, unsigned long most)
{
    char *end = NULL;
    errno = 0;
    unsigned long n = strtoul(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && n <= most ? n : 0;
}

int kea_cli_take_count(const kea_command *self, const char *option, unsigned long most,
                       unsigned long *count)
{
    *count = kea_cli_count(optarg, most);
    if (*count > 0)
        return -1;
    return kea_cli_usage(self, "%s: expected a whole number from 1 to %lu, found \"%s\"", option,
                         most, optarg);
}

/* Writes PROGRAM_FOLDER/../share/NAME when that exists. */
static int beside_program(char *path, size_t size, const char *name)
{
    char program[PATH_SIZE];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return 0;
    program[length] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(program, '/');
        if (!slash)
            return 0;
        *slash = '\0';
    }
    int written = snprintf(path, size, "%s/share/%s", program, name);
    return written > 0 && (size_t)written < size && access(path, R_OK) == 0;
}

void kea_cli_data_path(char *path, size_t size, const char *name)
{
    char below[256];
    (void)snprintf(below, sizeof below, "keasim/%s", name);
    if (!beside_program(path, size, below))
        (void)snprintf(path, size, "%s/%s", KEA_DATA_DIR, name);
}

int kea_cli_language(const char *language)
{
    char locale_dir[PATH_SIZE];
    if (language && strcmp(language, "en") != 0 && strcmp(language, "nl") != 0) {
        kea_cli_say("unknown language \"%s\": use en or nl", language);
        return kea_status_exit(KEA_ERR_USAGE);
    }
    if (language)
        (void)setenv("LANGUAGE", language, 1);
    /* gettext translates in every locale but "C"; C.UTF-8 is on every Debian */
    if (!setlocale(LC_ALL, "") || strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0 || language)
        (void)setlocale(LC_ALL, "C.UTF-8");
    (void)setlocale(LC_NUMERIC, "C");
    if (!beside_program(locale_dir, sizeof locale_dir, "locale"))
        (void)snprintf(locale_dir, sizeof locale_dir, "%s", KEA_LOCALE_DIR);
    kea_text_bind(locale_dir);
    return 0;
}

/* The rules between parameters, for every strategy and the status quo. */
static kea_status check_models(const kea_problem *problem, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_model *model = kea_models_find(problem->model_name);
    void *base = NULL, *values = NULL;
    KEA_TRY(kea_memory_new(&base, problem->n_entries, sizeof(double), err));
    KEA_TRY(kea_memory_new(&values, kea_param_table_length(&problem->params), sizeof(double), err));
    kea_problem_base(problem, base);
    for (size_t care = 0; care < problem->n_care && model->check; care++) {
        kea_problem_values(problem, base, care, values);
        status = model->check(values, err);
        if (status != KEA_OK) {
            (void)snprintf(err->file, sizeof err->file, "%s", problem->care[care].file);
            goto done;
        }
    }
done:
    free(values);
    free(base);
    return status;
}

kea_status kea_cli_read(kea_problem *problem, const char *path, const kea_cli_input *input,
                        kea_error *err)
{
    const kea_load_options options = {input->models_dir, input->n_set, input->set};
    kea_status status = kea_problem_load(problem, path, &options, kea_models_params, err);
    return status == KEA_OK ? check_models(problem, err) : status;
}

int kea_cli_load(kea_problem *problem, const char *path, const kea_cli_input *input)
{
    kea_error err = {0};
    return kea_cli_read(problem, path, input, &err) == KEA_OK ? 0 : kea_cli_fail(&err);
}
