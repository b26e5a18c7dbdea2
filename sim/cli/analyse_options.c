#include "sim/cli/analyse_options.h"

#include "sim/core/memory.h"

#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPTION_PSA = 256,
    OPTION_REFERENCE,
    OPTION_LESS,
    OPTION_CURRENCY,
    OPTION_EFFECT,
    OPTION_PERSPECTIVE,
    OPTION_WTP,
    OPTION_RANGE,
    OPTION_EVPPI,
    OPTION_NO_EVPPI,
    OPTION_EVSI,
    OPTION_STUDY,
    OPTION_SD,
    OPTION_N,
    OPTION_COST_FIXED,
    OPTION_COST_PER,
    OPTION_POPULATION,
    OPTION_HORIZON,
    OPTION_RATE,
    OPTION_COVERS,
    OPTION_TARGET,
    OPTION_LANGUAGE,
    OPTION_NO_FIGURES
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"psa", no_argument, NULL, OPTION_PSA},
    {"reference", required_argument, NULL, OPTION_REFERENCE},
    {"less-is-better", no_argument, NULL, OPTION_LESS},
    {"currency", required_argument, NULL, OPTION_CURRENCY},
    {"effect", required_argument, NULL, OPTION_EFFECT},
    {"perspective", required_argument, NULL, OPTION_PERSPECTIVE},
    {"wtp", required_argument, NULL, OPTION_WTP},
    {"wtp-range", required_argument, NULL, OPTION_RANGE},
    {"evppi", required_argument, NULL, OPTION_EVPPI},
    {"no-evppi", no_argument, NULL, OPTION_NO_EVPPI},
    {"evsi", required_argument, NULL, OPTION_EVSI},
    {"study", required_argument, NULL, OPTION_STUDY},
    {"sd", required_argument, NULL, OPTION_SD},
    {"n", required_argument, NULL, OPTION_N},
    {"cost-fixed", required_argument, NULL, OPTION_COST_FIXED},
    {"cost-per", required_argument, NULL, OPTION_COST_PER},
    {"population", required_argument, NULL, OPTION_POPULATION},
    {"horizon", required_argument, NULL, OPTION_HORIZON},
    {"rate", required_argument, NULL, OPTION_RATE},
    {"covers", required_argument, NULL, OPTION_COVERS},
    {"target", required_argument, NULL, OPTION_TARGET},
    {"language", required_argument, NULL, OPTION_LANGUAGE},
    {"no-figures", no_argument, NULL, OPTION_NO_FIGURES},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0}};

/* A finite number that ends where the text or `end` does. */
static bool read_number(const char *text, char end, double *out, const char **rest)
{
    char *after = NULL;
    *out = strtod(text, &after);
    *rest = after;
    return after != text && isfinite(*out) && (*after == end || *after == '\0');
}

/* A number of an option, not below `least`. */
static int take_number(const kea_command *self, const char *option, double least, double *out)
{
    const char *rest;
    if (read_number(optarg, '\0', out, &rest) && *out >= least)
        return -1;
    return kea_cli_usage(self, "%s: expected a number of %g or more, found \"%s\"", option, least,
                         optarg);
}

/* "FROM:TO:N". */
static int take_range(const kea_command *self, kea_range *range)
{
    const char *rest = optarg;
    double n = 0.0;
    bool right = read_number(rest, ':', &range->from, &rest) && *rest == ':' &&
                 read_number(rest + 1, ':', &range->to, &rest) && *rest == ':' &&
                 read_number(rest + 1, '\0', &n, &rest) && range->from >= 0.0 &&
                 range->to > range->from && n >= 2.0 && n <= 10000.0 && n == floor(n);
    range->n = right ? (size_t)n : 0;
    if (right)
        return -1;
    return kea_cli_usage(self,
                         "--wtp-range: expected FROM:TO:N, such as 0:80000:41, with 0 <= FROM < TO "
                         "and N from 2 to 10000, found \"%s\"",
                         optarg);
}

/* Twelve sizes in geometric steps, or fewer when they are near each other. */
static void spread_sizes(kea_analyse_options *o, double low, double high)
{
    enum { STEPS = 12 };
    o->n_sizes = 0;
    for (int i = 0; i < STEPS; i++) {
        size_t size = (size_t)lround(low * pow(high / low, i / (STEPS - 1.0)));
        if (o->n_sizes == 0 || size > o->sizes[o->n_sizes - 1])
            o->sizes[o->n_sizes++] = size;
    }
}

/* "10,30,100" or "10:1000". */
static int take_sizes(const kea_command *self, kea_analyse_options *o)
{
    const char *at = optarg;
    double size = 0.0, before = 0.0;
    bool right = true;
    o->n_sizes = 0;
    o->is_range = strchr(optarg, ':') != NULL;
    while (right) {
        const char *rest;
        right = read_number(at, o->is_range ? ':' : ',', &size, &rest) && size > before &&
                size >= 1.0 && size <= 1e9 && size == floor(size) && o->n_sizes < KEA_ANALYSE_SIZES;
        if (right)
            o->sizes[o->n_sizes++] = (size_t)size;
        before = size;
        if (!right || *rest == '\0')
            break;
        at = rest + 1;
    }
    if (right && o->is_range && o->n_sizes == 2)
        spread_sizes(o, (double)o->sizes[0], (double)o->sizes[1]);
    else if (!right || o->is_range)
        return kea_cli_usage(self,
                             "--n: expected rising whole numbers such as 10,30,100, or a range "
                             "such as 10:1000, found \"%s\"",
                             optarg);
    return -1;
}

static int take_perspective(const kea_command *self, kea_analyse_options *o)
{
    for (kea_perspective p = 0; p < KEA_N_PERSPECTIVES; p++)
        if (strcmp(optarg, kea_perspective_name(p)) == 0) {
            o->question.perspective = p;
            return -1;
        }
    return kea_cli_usage(self, "--perspective: expected during, society or public, found \"%s\"",
                         optarg);
}

/* Options with a number. */
static int take_amount(const kea_command *self, kea_analyse_options *o, int option)
{
    switch (option) {
    case OPTION_WTP:
        return take_number(self, "--wtp", 0.0, &o->wtp);
    case OPTION_COST_FIXED:
        return take_number(self, "--cost-fixed", 0.0, &o->cost_fixed);
    case OPTION_COST_PER:
        return take_number(self, "--cost-per", 0.0, &o->cost_per);
    case OPTION_POPULATION:
        return take_number(self, "--population", 0.0, &o->population);
    case OPTION_HORIZON:
        return take_number(self, "--horizon", 0.0, &o->horizon);
    case OPTION_RATE:
        return take_number(self, "--rate", 0.0, &o->rate);
    case OPTION_COVERS:
        return take_number(self, "--covers", 1e-9, &o->covers);
    case OPTION_TARGET:
        return take_number(self, "--target", 1e-9, &o->target);
    case OPTION_RANGE:
        return take_range(self, &o->range);
    case OPTION_N:
        return take_sizes(self, o);
    default:
        return kea_cli_usage(self, "an option is not known or lacks its value");
    }
}

/* Options with a word or none. */
static int take(const kea_command *self, kea_analyse_options *o, int option)
{
    int ended = -1;
    switch (option) {
    case 'o':
        o->output = optarg;
        return *optarg ? -1 : kea_cli_usage(self, "--output needs the name of a folder");
    case OPTION_PSA:
        o->files = true;
        return -1;
    case OPTION_REFERENCE:
        o->from.reference = optarg;
        return -1;
    case OPTION_LESS:
        o->from.less_is_better = true;
        return -1;
    case OPTION_CURRENCY:
        o->from.currency = optarg;
        return -1;
    case OPTION_EFFECT:
        o->question.effect = optarg;
        return -1;
    case OPTION_PERSPECTIVE:
        return take_perspective(self, o);
    case OPTION_EVPPI:
        o->asked[o->n_asked++] = optarg;
        return -1;
    case OPTION_NO_EVPPI:
        o->evppi = false;
        return -1;
    case OPTION_EVSI:
        o->evsi = optarg;
        return -1;
    case OPTION_STUDY:
        o->study = optarg;
        return -1;
    case OPTION_SD:
        o->sd = optarg;
        return -1;
    case OPTION_LANGUAGE:
        ended = kea_cli_language(optarg);
        return ended ? ended : -1;
    case OPTION_NO_FIGURES:
        o->figures = false;
        return -1;
    case 'h':
        return kea_cli_help(self);
    default:
        return take_amount(self, o, option);
    }
}

/* What options say to each other. */
static int check(const kea_command *self, const kea_analyse_options *o)
{
    if (o->files && (o->question.effect || o->question.perspective != KEA_N_PERSPECTIVES))
        return kea_cli_usage(self, "--effect and --perspective are for a run; --psa has the effect "
                                   "and the costs of its files");
    if (!o->files && (o->from.reference || o->from.less_is_better))
        return kea_cli_usage(self, "--reference and --less-is-better go with --psa; a run has its "
                                   "comparator, and knows which effects are good");
    if (o->files && isnan(o->wtp))
        return kea_cli_usage(self, "--psa needs --wtp: how much money one unit of effect is worth");
    if (o->evsi && o->n_sizes == 0)
        return kea_cli_usage(self, "--evsi needs --n: the sizes of the study, such as 10:1000");
    if (!o->evsi &&
        (o->n_sizes || o->study || o->sd || !isnan(o->cost_fixed) || !isnan(o->cost_per)))
        return kea_cli_usage(self, "--n, --study, --sd, --cost-fixed and --cost-per go with "
                                   "--evsi");
    if (isnan(o->population) && (!isnan(o->horizon) || !isnan(o->rate)))
        return kea_cli_usage(self, "--horizon and --rate go with --population");
    if ((!isnan(o->cost_fixed) || !isnan(o->cost_per)) && isnan(o->population))
        return kea_cli_usage(self, "a study has a price for all whom it helps to decide: give "
                                   "--population");
    return -1;
}

int kea_analyse_options_take(kea_analyse_options *options, const kea_command *self, int argc,
                             char **argv)
{
    const double none = (double)NAN;
    int option;
    void *block = NULL;
    *options = (kea_analyse_options){.figures = true,
                                     .evppi = true,
                                     .wtp = none,
                                     .cost_fixed = none,
                                     .cost_per = none,
                                     .population = none,
                                     .horizon = none,
                                     .rate = none,
                                     .covers = none,
                                     .target = none};
    options->from.currency = "EUR";
    options->question.perspective = KEA_N_PERSPECTIVES;
    kea_error err = {0};
    if (kea_memory_new(&block, (size_t)argc, sizeof(char *), &err) != KEA_OK)
        return kea_cli_fail(&err);
    options->asked = block;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "o:h", long_options, NULL)) != -1) {
        int ended = take(self, options, option);
        if (ended >= 0)
            return ended;
    }
    const int words = argc - optind;
    if (options->files && words != 2 && words != 3)
        return kea_cli_usage(self,
                             "--psa: expected the files of costs, effects and parameters, "
                             "found %d words",
                             words);
    if (!options->files && words != 1)
        return kea_cli_usage(self, "expected the folder of one run, found %d words", words);
    options->run = argv[optind];
    options->from.costs = argv[optind];
    options->from.effects = words > 1 ? argv[optind + 1] : NULL;
    options->from.parameters = words > 2 ? argv[optind + 2] : NULL;
    const int ended = check(self, options);
    if (options->question.perspective == KEA_N_PERSPECTIVES)
        options->question.perspective = KEA_PERSPECTIVE_DURING;
    return ended;
}

void kea_analyse_options_free(kea_analyse_options *options)
{
    free(options->asked);
    options->asked = NULL;
}
