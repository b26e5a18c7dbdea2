/* What the files that fill tables of funding share: money by payer and school year of the
 * probabilistic analysis, under one arrangement after the other. */
#ifndef KEA_REPORT_ANSWERS_FUNDING_H
#define KEA_REPORT_ANSWERS_FUNDING_H

#include "sim/analysis/flows.h"
#include "sim/analysis/homes.h"
#include "sim/analysis/position.h"
#include "sim/report/answers.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct kea_money {
    const kea_answer_input *input;
    const kea_answer_part *part; /* the probabilistic analysis */
    kea_flows flows;             /* under the present arrangement */
    double *scratch;             /* [4 x points] */
} kea_money;

/* Opens the probabilistic analysis as it is funded in the run. Close with kea_money_close (legal on
 * {0}, after failure and twice). KEA_ERR_INPUT when it is not there or keeps no school years. */
KEA_CHECKED kea_status kea_money_open(kea_money *money, const kea_answer_input *input,
                                      kea_error *err);
void kea_money_close(kea_money *money);

/* One arrangement: that of the run first, then the scenario's. */
typedef struct kea_money_as {
    const char *name;
    const kea_funding *terms; /* NULL: as it is */
    double host_share;
} kea_money_as;
size_t kea_money_count(const kea_money *money);

/* Goes over to arrangement i; from there only to later ones. */
kea_money_as kea_money_fund(kea_money *money, size_t i);

/* Arm against the comparator over all school years in present value. */
kea_contrast kea_money_contrast(const kea_money *money, size_t arm);

/* Whether a payer belongs to the public purse. */
bool kea_money_is_public(const kea_money *money, size_t payer);

/* The outcomes that tell home zones apart, and the parameter by which they are; false when the
 * model has none. */
bool kea_money_homes(const kea_money *money, kea_home_outcomes *homes, const kea_param_decl **decl);

/* Home municipalities, or the zones when the scenario lists none. */
typedef struct kea_home_book {
    kea_home_outcomes outcomes;
    const kea_param_decl *decl; /* tells the zones apart */
    size_t n;                   /* municipalities; 0: the model tells no homes apart */
    kea_home *home;             /* [n] */
    size_t n_rows;              /* of the arrangement and strategy of the last filling */
    kea_home_row *rows;         /* [n] */
    size_t n_arms;
    kea_home_zones *zones;  /* [n_arms] against the comparator; nothing in the comparator's */
    kea_home_people people; /* where the scenario has funding */
} kea_home_book;

/* Reads what zones pay and avoid. Close with kea_home_book_close (legal on {0}, after failure and
 * twice). */
KEA_CHECKED kea_status kea_home_book_open(kea_home_book *book, const kea_money *money,
                                          kea_error *err);
void kea_home_book_close(kea_home_book *book);

/* Makes the rows of one strategy under the arrangement that kea_money_fund went over to. */
void kea_home_book_fill(kea_home_book *book, const kea_money *money, const kea_money_as *as,
                        size_t arm);

/* What a row is called; of pooled ones the marked text "smaller ones", for translation. */
const char *kea_home_book_name(const kea_home_book *book, const kea_money *money,
                               const kea_home_row *row);

/* The columns that say of which arrangement and strategy a row is. */
enum { KEA_MONEY_FUNDING, KEA_MONEY_STRATEGY, KEA_MONEY_COMPARATOR, KEA_MONEY_FIRST };
#define KEA_MONEY_COLUMNS                                                                          \
    {"funding", "", "", 0, KEA_COLUMN_CSV}, {"strategy", "", "", 0, KEA_COLUMN_CSV},               \
    {                                                                                              \
        "comparator", "", "", 0, KEA_COLUMN_CSV                                                    \
    }

/* An arrangement's name in the reader's language: that of the run has one, others are the
 * scenario's words. */
const char *kea_money_name(const char *funding);

/* Begins such a row. */
void kea_money_row(kea_table *table, const kea_money *money, const char *funding, size_t arm);

#endif
