/* What the files that tell findings share among themselves. */
#ifndef KEA_REPORT_FINDINGS_SHARED_H
#define KEA_REPORT_FINDINGS_SHARED_H

#include "sim/report/findings.h"

enum { KEA_FINDINGS_TEXT = 600, KEA_FINDINGS_MARKS = 60 };

/* Below this p value the residuals of a regression still hang together with its inputs. */
#define KEA_FINDINGS_MISFIT 0.001

/* Starts a table; "%s" in a column's unit becomes the currency. */
void kea_findings_table(kea_table *table, const kea_findings *findings, const char *title,
                        size_t n_columns, const kea_column *columns);

/* Fills apart and group_choice of findings whose options are set. */
KEA_CHECKED kea_status kea_findings_find_apart(kea_findings *findings, kea_error *err);

/* Puts a strategy's name into a cell. */
void kea_findings_put_arm(kea_table *table, size_t column, const kea_findings *findings,
                          size_t arm);

/* "EUR 40,000 per early leaver prevented". */
void kea_findings_amount(const kea_findings *findings, double amount, char *text, size_t size);

/* Decimals at which a number of money of this size is read. */
int kea_findings_decimals(double size);

/* After how many points the running mean is told: into mark[KEA_FINDINGS_MARKS]; their number. */
size_t kea_findings_marks(const kea_findings *findings, size_t *mark);

/* How far the best strategy is ahead of the second at every point, into value[n_points]. */
void kea_findings_ahead(const kea_findings *findings, double *value);

#endif
