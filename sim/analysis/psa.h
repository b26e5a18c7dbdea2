/* The sample of a probabilistic analysis, whoever made it: for every draw the costs and effects of
 * every strategy and the values of the uncertain parameters. What decision analysis and the value
 * of information read; from a run of keasim, or from CSV files of another program. */
#ifndef KEA_ANALYSIS_PSA_H
#define KEA_ANALYSIS_PSA_H

#include "sim/analysis/evppi.h"
#include "sim/analysis/pairs.h"
#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>

/* A strategy or a parameter: its name in files, and what people read (often the same). */
typedef struct kea_psa_name {
    const char *id, *title;
} kea_psa_name;

/* Parameters that belong together, by index. */
typedef struct kea_psa_set {
    kea_psa_name name;
    size_t n;
    size_t *params; /* owned by the sample */
} kea_psa_set;

typedef struct kea_psa {
    kea_pairs pairs;     /* costs and effects; arm 0 is the reference; effects: more is better */
    kea_psa_name *arms;  /* [pairs.n_arms] */
    size_t n_params;     /* 0: the sample says nothing of its parameters */
    const char **params; /* [n_params] names in files */
    const char **titles; /* [n_params] for people */
    bool *follows;       /* [n_params] it follows from others: the last of shares of one whole */
    double *value;       /* [point][n_params] */
    size_t *draw;        /* [point] points with the same values of all parameters are one draw */
    size_t n_draws;      /* pairs.n_points when no two are the same */
    size_t block;        /* draws that were spread evenly together, see sim/inputs/sampling.h; 0 or
                            1: all are independent */
    kea_pairs again;     /* a sample apart: draws lived through by `each` cohorts one after another;
                            n_points is 0 when there is none */
    size_t each;
    size_t n_sets, room_sets; /* groups to be valued together unless asked otherwise */
    kea_psa_set *sets;
    const char *currency; /* "EUR" */
    const char *effect;   /* "vsv": name in files */
    const char *gain;     /* one of it: "early leaver prevented" */
    const char *costs;    /* whose costs, for people: "society"; "" those of the decision, or not
                             known */
    bool later;           /* later costs are among them */
    double persons;       /* how many persons costs and effects are for; 1 when not known */
    const char *person;   /* one of these: "student a year"; "" when not known */
    char **texts;         /* owns every text above */
    size_t n_texts, room_texts;
} kea_psa;

/* Zeroes, and makes room for costs, effects and values (all 0) and names (all ""). Free with
 * kea_psa_free (legal on {0}, after a failed init, and twice). KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_psa_init(kea_psa *psa, size_t n_points, size_t n_arms, size_t n_params,
                                    kea_error *err);
void kea_psa_free(kea_psa *psa);

/* Keeps a copy of a text for as long as the sample lives. KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_psa_keep(kea_psa *psa, const char *text, const char **kept,
                                    kea_error *err);

/* Adds a group of parameters (copied). KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_psa_add_set(kea_psa *psa, const char *id, const char *title, size_t n,
                                       const size_t *params, kea_error *err);

/* To be called when all values are in: finds which points are the same draw. Every point is its own
 * draw in a sample without parameters. KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_psa_find_draws(kea_psa *psa, kea_error *err);

/* In how many whole blocks of draws that were spread evenly together the sample comes; 0 when its
 * draws are independent, or too few to measure an error from blocks. */
size_t kea_psa_blocks(const kea_psa *psa);

/* The parameters as analyses take them; borrowed. */
kea_parameters kea_psa_parameters(const kea_psa *psa);

/* Finds a parameter by its name in files. KEA_ERR_INPUT without a place, with what is like it. */
KEA_CHECKED kea_status kea_psa_find(const kea_psa *psa, const char *name, size_t *index,
                                    kea_error *err);

/* Files of another program: CSV, the names in the first line, one row per draw, and in all files
 * the same draw in the same row. costs and effects have a column per strategy, parameters a column
 * per uncertain number. */
typedef struct kea_psa_files {
    const char *costs, *effects;
    const char *parameters; /* NULL: none */
    const char *reference;  /* the strategy that the others are held against; NULL: the first column
                               of costs */
    bool less_is_better;    /* effects are bad (deaths): they are turned */
    const char *currency;
} kea_psa_files;

/* Reads and checks them. All of these are KEA_ERR_INPUT with file and line: what is no table or no
 * number, fewer than 2 strategies or draws, other strategies in effects than in costs, other
 * numbers of rows, a parameter that is the same in every row, a reference that is no strategy
 * (without a place). KEA_ERR_IO for a file that cannot be read. */
KEA_CHECKED kea_status kea_psa_read(kea_psa *psa, const kea_psa_files *files, kea_error *err);

#endif
