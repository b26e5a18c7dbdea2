/* The plain-words summary of a run. Sentences stand whole in the source, one per case, so that they
 * can be translated. */
#include "sim/report/summary.h"

#include "sim/core/memory.h"
#include "sim/report/answers_groups.h"
#include "sim/report/names.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORD = 96, TEXT = 2048, TOP_BARS = 5 };

typedef struct summary {
    FILE *out;
    const kea_answer_input *input;
    const kea_answer_part *psa;
    kea_whole whole;
    kea_language language;
} summary;

static void heading(const summary *s, const char *text)
{
    (void)fprintf(s->out, "\n%s\n", text);
}

static void paragraph(const summary *s, const char *text)
{
    (void)fputs("  ", s->out);
    kea_table_paragraph(s->out, text, KEA_TABLE_WIDTH - 2, 2);
}

/* A number with `decimals`, or with three significant digits when decimals is negative. */
static const char *number(const summary *s, char *word, double x, int decimals)
{
    if (decimals < 0) {
        x = kea_text_round(x);
        decimals = kea_text_decimals(x);
    }
    kea_text_number(word, WORD, x, decimals, s->language);
    return word;
}

/* An amount per effect, which may be without limit or negative. */
static const char *amount(const summary *s, char *word, double x)
{
    if (isinf(x))
        (void)snprintf(word, WORD, "%s", x > 0 ? kea_text("no limit") : kea_text("below 0"));
    else
        (void)number(s, word, x, -1);
    return word;
}

/* The same estimate seen from the other side: what is lost instead of gained. */
static kea_estimate turned(kea_estimate estimate)
{
    return (kea_estimate){-estimate.mean, estimate.error, -estimate.high, -estimate.low,
                          estimate.n};
}

/* "EUR 1,316 thousand", or "GBP 7,288" where the whole is a person or a few. */
static const char *whole_money(const summary *s, char *word, double x)
{
    char digits[WORD];
    const char *currency = s->input->frame->currency;
    (void)number(s, digits, x * s->whole.scale, 0);
    if (s->whole.thousands)
        (void)snprintf(word, WORD, kea_text("%.10s %.70s thousand"), currency, digits);
    else
        (void)snprintf(word, WORD, "%.10s %.80s", currency, digits);
    return word;
}

/* What is said of a change of an effect, in the model's words: "prevents 0.8 (95% 0.6 to 1.0) early
 * school leavers (vsv)". */
static void write_gain(const summary *s, char *text, const kea_effect *effect, kea_estimate gain)
{
    char amount[4 * WORD];
    char word[3][WORD];
    bool loses = gain.mean < 0;
    int decimals = kea_answers_decimals(s->input);
    kea_estimate shown = loses ? turned(gain) : gain;
    (void)snprintf(amount, sizeof amount, kea_text("%s (95%% %s to %s)"),
                   number(s, word[0], shown.mean, decimals),
                   number(s, word[1], shown.low, decimals),
                   number(s, word[2], shown.high, decimals));
    kea_text_fill(text, TEXT / 2, kea_text(loses ? effect->loses : effect->gains), amount);
}

static void write_increment(const summary *s, size_t arm, kea_estimate cost, kea_estimate gain)
{
    char text[TEXT], clause[TEXT / 2];
    char word[3][WORD];
    const kea_frame *frame = s->input->frame;
    bool saves = cost.mean < 0;
    kea_estimate money = saves ? turned(cost) : cost;
    write_gain(s, clause, &frame->effects[0], gain);
    /* TRANSLATORS: strategy, currency, three amounts, "student a year", comparator; then what it
     * brings: "prevents 0.80 (95% 0.61 to 0.99) early school leavers", "100 students a year" */
    (void)snprintf(text, sizeof text,
                   saves ? kea_text("%s saves %s %s (95%% %s to %s) per %s compared with %s, and "
                                    "%s per %s.")
                         : kea_text("%s costs %s %s (95%% %s to %s) more per %s than %s, and %s "
                                    "per %s."),
                   kea_answers_strategy(s->input, s->psa, arm), frame->currency,
                   number(s, word[0], money.mean, 0), number(s, word[1], money.low, 0),
                   number(s, word[2], money.high, 0), kea_text(frame->population.one),
                   kea_answers_strategy(s->input, s->psa, 0), clause,
                   kea_text(frame->population.many));
    paragraph(s, text);
}

/* A ratio that has a meaning. */
static void write_value(const summary *s, const kea_ratio *ratio)
{
    char text[TEXT];
    char word[3][WORD];
    const kea_frame *frame = s->input->frame;
    const kea_effect *effect = &frame->effects[0];
    bool costs = ratio->quadrant == KEA_COSTS_AND_HELPS;
    (void)snprintf(text, sizeof text,
                   costs
                       ? kea_text("That is %s %s per %s (95%% %s to %s), what follows after the "
                                  "window included and later years discounted.")
                       : kea_text("It saves %s %s for every %s (95%% %s to %s), what follows after "
                                  "the window included and later years discounted."),
                   frame->currency, amount(s, word[0], ratio->value),
                   kea_text(costs ? effect->gain : effect->lost), amount(s, word[1], ratio->low),
                   amount(s, word[2], ratio->high));
    paragraph(s, text);
}

static void write_ratio(const summary *s, const kea_ratio *ratio)
{
    char text[TEXT];
    char word[WORD];
    const char *gain = kea_text(s->input->frame->effects[0].gain);
    double share = ratio->quadrant == KEA_NO_DIFFERENCE ? 1.0 : ratio->share[ratio->quadrant];
    switch (ratio->quadrant) {
    case KEA_COSTS_AND_HELPS:
    case KEA_SAVES_AND_HARMS:
        write_value(s, ratio);
        return;
    case KEA_DOMINATES:
        (void)snprintf(text, sizeof text,
                       kea_text("It dominates: it costs less and helps more, in %s%% of the draws. "
                                "A cost per %s has no meaning then, and so no interval."),
                       number(s, word, 100.0 * share, 0), gain);
        break;
    case KEA_IS_DOMINATED:
        (void)snprintf(text, sizeof text,
                       kea_text("It is dominated: it costs more and helps no more, in %s%% of the "
                                "draws. A cost per %s has no meaning then, and so no interval."),
                       number(s, word, 100.0 * share, 0), gain);
        break;
    case KEA_NO_DIFFERENCE:
        (void)snprintf(text, sizeof text, "%s",
                       kea_text("There is no difference at all, and so no ratio."));
        break;
    }
    paragraph(s, text);
}

static void write_worth(const summary *s, const kea_net_benefit *benefit)
{
    char text[TEXT];
    char word[5][WORD];
    const kea_frame *frame = s->input->frame;
    const double scale = s->whole.scale;
    (void)snprintf(
        text, sizeof text,
        kea_text("At %s %s per %s, an amount that is for the reader to choose, it is worth its "
                 "money with probability %s%%: the net benefit for the %s is %s (95%% %s to %s)."),
        frame->currency, number(s, word[0], benefit->wtp, 0), kea_text(frame->effects[0].gain),
        number(s, word[1], 100.0 * benefit->probability, 0), kea_text(frame->population.whole),
        whole_money(s, word[2], benefit->benefit.mean),
        number(s, word[3], benefit->benefit.low * scale, 0),
        number(s, word[4], benefit->benefit.high * scale, 0));
    paragraph(s, text);
}

/* An effect beside the first, when the model has words for it. */
static kea_status write_other(const summary *s, size_t arm, const kea_effect *effect,
                              kea_error *err)
{
    char text[TEXT], clause[TEXT / 2];
    kea_estimate gain;
    if (!effect->gains || !effect->loses)
        return KEA_OK;
    kea_status status = kea_answers_gain(&gain, s->input, s->psa, arm, effect, err);
    if (status != KEA_OK)
        return status;
    write_gain(s, clause, effect, gain);
    /* TRANSLATORS: "Referrals to specialist care: 1.25 (95% 0.30 to 3.03) fewer" and "100 students
     * a year" */
    (void)snprintf(text, sizeof text, kea_text("%s per %s."), clause,
                   kea_text(s->input->frame->population.many));
    paragraph(s, text);
    return KEA_OK;
}

/* What follows later, which is not in the costs above. */
static void write_society(const summary *s, const kea_society *society)
{
    char text[TEXT];
    char word[6][WORD];
    const kea_frame *frame = s->input->frame;
    const char *one = kea_text(frame->population.one);
    const kea_estimate *gain = &society->worth_per_gain;
    const kea_estimate *each = &society->worth_each;
    bool saves = society->net_each.mean < 0;
    kea_estimate net = saves ? turned(society->net_each) : society->net_each;
    char sure[160];
    if (isfinite(gain->low) && isfinite(gain->high))
        (void)snprintf(sure, sizeof sure, kea_text("95%% %s to %s"),
                       number(s, word[1], gain->low, -1), number(s, word[2], gain->high, -1));
    else
        (void)snprintf(sure, sizeof sure, "%s", kea_text("no interval: some draws gain nothing"));
    (void)snprintf(text, sizeof text,
                   kea_text("To society, what follows %s is worth %s %s per %s (%s), or "
                            "%s %s per %s (95%% %s to %s)."),
                   kea_text(frame->after), frame->currency, number(s, word[0], gain->mean, -1),
                   kea_text(frame->effects[0].gain), sure, frame->currency,
                   number(s, word[3], each->mean, 0), one, number(s, word[4], each->low, 0),
                   number(s, word[5], each->high, 0));
    paragraph(s, text);
    (void)snprintf(
        text, sizeof text,
        saves ? kea_text("From society's view, all years counted and discounted, the net is then "
                         "a saving of %s %s per %s (95%% %s to %s). Do not add a "
                         "willingness to pay to that: it "
                         "stands for the same, which would count twice.")
              : kea_text("From society's view, all years counted and discounted, the net is then "
                         "a cost of %s %s per %s (95%% %s to %s). Do not set a "
                         "willingness to pay against that: it "
                         "stands for the same, which would count twice."),
        frame->currency, number(s, word[0], net.mean, 0), one, number(s, word[1], net.low, 0),
        number(s, word[2], net.high, 0));
    paragraph(s, text);
}

static kea_status write_strategy(const summary *s, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    kea_ratio ratio;
    kea_net_benefit benefit;
    kea_estimate cost, gain;
    kea_society society;
    const kea_frame *frame = s->input->frame;
    KEA_TRY(kea_answers_extra_cost(&cost, s->input, s->psa, arm, err));
    KEA_TRY(kea_answers_gain(&gain, s->input, s->psa, arm, &frame->effects[0], err));
    KEA_TRY(kea_answers_society(&society, s->input, s->psa, arm, err));
    KEA_TRY(kea_answers_pairs(&pairs, s->psa, &frame->effects[0], err));
    KEA_TRY(kea_ratio_of(&ratio, &pairs, arm, 0, err));
    KEA_TRY(kea_net_benefit_of(&benefit, &pairs, arm, 0, s->input->problem->settings.reference_wtp,
                               err));
    write_increment(s, arm, cost, gain);
    write_ratio(s, &ratio);
    write_worth(s, &benefit);
    if (society.counted)
        write_society(s, &society);
    for (size_t e = 1; e < frame->n_effects; e++)
        KEA_TRY(write_other(s, arm, &frame->effects[e], err));
done:
    kea_pairs_free(&pairs);
    return status;
}

/* A parameter's value with its unit, where that is short. */
static const char *value(const summary *s, char *word, double x, const char *unit)
{
    char digits[WORD];
    bool share = strcmp(unit, "%") == 0;
    (void)number(s, digits, share ? 100.0 * x : x, -1);
    if (share)
        (void)snprintf(word, WORD, "%.80s%%", digits);
    else if (strcmp(unit, s->input->frame->currency) == 0)
        (void)snprintf(word, WORD, "%.10s %.80s", unit, digits);
    else
        (void)snprintf(word, WORD, "%.60s%s%.30s", digits, unit[0] ? " " : "", unit);
    return word;
}

static void write_bar(const summary *s, size_t rank, const kea_bar *bar)
{
    char text[TEXT];
    char word[4][WORD];
    char name[256];
    const kea_entry *entry = &s->input->problem->entries[bar->entry];
    const char *unit = kea_names_unit(entry->decl, s->input->frame->currency);
    kea_names_entry(s->input->problem, bar->entry, name, sizeof name);
    (void)snprintf(text, sizeof text, "%zu. %s [%s] (%s)", rank, name, entry->name,
                   kea_answers_evidence(entry->evidence));
    (void)fputs("  ", s->out);
    kea_table_paragraph(s->out, text, KEA_TABLE_WIDTH - 2, 5);
    (void)snprintf(text, sizeof text, kea_text("At %s the net benefit changes by %s, at %s by %s."),
                   value(s, word[0], bar->low_value, unit), whole_money(s, word[1], bar->low),
                   value(s, word[2], bar->high_value, unit), whole_money(s, word[3], bar->high));
    (void)fputs("     ", s->out);
    kea_table_paragraph(s->out, text, KEA_TABLE_WIDTH - 5, 5);
}

static kea_status write_bars(const summary *s, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    const kea_answer_part *part = kea_answers_find(s->input, "tornado");
    size_t n_bars = part ? kea_answers_n_bars(part) : 0;
    char text[TEXT];
    if (n_bars == 0 || arm >= part->sample->n_arms)
        return KEA_OK;
    KEA_TRY(kea_memory_new(&block, n_bars, sizeof(kea_bar), err));
    kea_bar *bars = block;
    KEA_TRY(kea_answers_bars(bars, NULL, s->input, part, arm, KEA_TORNADO_NET_BENEFIT, err));
    (void)snprintf(text, sizeof text, kea_text("What the answer for %s hangs on most"),
                   kea_answers_strategy(s->input, part, arm));
    heading(s, text);
    for (size_t b = 0; b < n_bars && b < TOP_BARS; b++)
        write_bar(s, b + 1, &bars[b]);
done:
    free(block);
    return status;
}

/* How exact the simulation itself is: the largest error over the strategies. */
static kea_status write_error(const summary *s, size_t n_uncertain, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_frame *frame = s->input->frame;
    double cost_error = 0.0;
    double gain_error = 0.0;
    char text[TEXT];
    char word[3][WORD];
    for (size_t arm = 1; arm < s->psa->sample->n_arms; arm++) {
        kea_estimate cost, gain;
        KEA_TRY(kea_answers_extra_cost(&cost, s->input, s->psa, arm, err));
        KEA_TRY(kea_answers_gain(&gain, s->input, s->psa, arm, &frame->effects[0], err));
        cost_error = fmax(cost_error, cost.error);
        gain_error = fmax(gain_error, gain.error);
    }
    (void)snprintf(text, sizeof text,
                   kea_text("The 95%% intervals hold what is not known about %zu uncertain "
                            "parameters and chance between %s, from %s draws. The Monte "
                            "Carlo error, which more draws would take away, is %s %s on the cost "
                            "per %s and %s on the %s per %s."),
                   n_uncertain, kea_text(frame->population.wholes),
                   number(s, word[2], (double)s->psa->sample->n_points, 0), frame->currency,
                   number(s, word[0], cost_error, 1), kea_text(frame->population.one),
                   number(s, word[1], gain_error, kea_answers_decimals(s->input) + 1),
                   kea_text(frame->effects[0].gained), kea_text(frame->population.many));
    paragraph(s, text);
done:
    return status;
}

static kea_status write_sureness(const summary *s, kea_error *err)
{
    const kea_problem *problem = s->input->problem;
    size_t founded[KEA_ASSUMPTION + 1] = {0};
    size_t n_uncertain = 0;
    char text[TEXT];
    for (size_t i = 0; i < problem->n_entries; i++) {
        founded[problem->entries[i].evidence]++;
        n_uncertain += problem->entries[i].dist.family != KEA_FIXED;
    }
    heading(s, kea_text("How sure this is"));
    kea_status status = write_error(s, n_uncertain, err);
    if (status == KEA_OK)
        status = kea_answers_enough(text, sizeof text, s->input, err);
    if (status == KEA_OK && text[0])
        paragraph(s, text);
    if (status == KEA_OK)
        status = kea_answers_choice(text, sizeof text, s->input, err);
    if (status == KEA_OK && text[0])
        paragraph(s, text);
    if (founded[KEA_ASSUMPTION] > 0)
        (void)snprintf(text, sizeof text,
                       kea_text("The effect is an estimate of a model that leans on assumptions, "
                                "not a measured result: of its %zu parameter values %zu are "
                                "assumptions, %zu come from reports on what is compared and %zu "
                                "from other publications."),
                       problem->n_entries, founded[KEA_ASSUMPTION], founded[KEA_REPORT],
                       founded[KEA_PUBLISHED]);
    else
        (void)snprintf(text, sizeof text,
                       kea_text("The effect is an estimate of a model, not a measured result: of "
                                "its %zu parameter values %zu come from reports on what is "
                                "compared and %zu from other publications."),
                       problem->n_entries, founded[KEA_REPORT], founded[KEA_PUBLISHED]);
    paragraph(s, text);
    if (s->input->caveat)
        paragraph(s, kea_text(s->input->caveat));
    return status;
}

static void write_head(const summary *s)
{
    const kea_problem *problem = s->input->problem;
    char text[TEXT];
    (void)fputc('\n', s->out);
    kea_table_paragraph(s->out, problem->title, KEA_TABLE_WIDTH, 0);
    heading(s, kea_text("What was compared"));
    for (size_t i = 1; i < problem->n_strategies; i++) {
        (void)snprintf(text, sizeof text, kea_text("%s against %s."), kea_answers_name(problem, i),
                       kea_answers_name(problem, 0));
        paragraph(s, text);
    }
}

static void write_place(const summary *s, const char *what, const char *where)
{
    if (where)
        (void)fprintf(s->out, "  %s %s\n", what, where);
}

/* Prints a table that was filled, and frees it. */
static kea_status write_table(const summary *s, kea_table *table, kea_status filled, kea_error *err)
{
    kea_status status = filled;
    (void)fputc('\n', s->out);
    if (status == KEA_OK)
        status = kea_table_print(table, s->out, err);
    kea_table_free(table);
    return status;
}

/* The KEA, who pays, the outcomes behind it, and what other hours would do. */
static kea_status write_tables(const summary *s, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table table = {0};
    KEA_TRY(write_table(s, &table, kea_answers_kea(&table, s->input, err), err));
    KEA_TRY(write_table(s, &table, kea_answers_payers(&table, s->input, err), err));
    if (kea_answers_has_funding(s->input)) {
        KEA_TRY(write_table(s, &table, kea_answers_positions(&table, s->input, err), err));
        KEA_TRY(write_table(s, &table, kea_answers_division(&table, s->input, err), err));
        KEA_TRY(write_table(s, &table, kea_answers_budget_view(&table, s->input, err), err));
    }
    if (kea_answers_has_helped(s->input))
        KEA_TRY(write_table(s, &table, kea_answers_helped(&table, s->input, err), err));
    if (kea_answers_has_groups(s->input))
        KEA_TRY(write_table(s, &table, kea_answers_subgroups(&table, s->input, err), err));
    KEA_TRY(write_table(s, &table, kea_answers_outcomes(&table, s->input, KEA_PER_MANY, err), err));
    for (size_t i = 0; i < s->input->n_parts; i++) {
        const kea_answer_part *part = &s->input->parts[i];
        if (part->design->kind == KEA_DESIGN_HOURS)
            KEA_TRY(write_table(s, &table, kea_answers_sweep(&table, s->input, part, err), err));
    }
done:
    return status;
}

kea_status kea_summary_write(FILE *out, const kea_answer_input *input,
                             const kea_summary_places *places, kea_error *err)
{
    kea_status status = KEA_OK;
    summary s = {out, input, kea_answers_find(input, "psa"), kea_answers_whole(input),
                 kea_text_language()};
    if (!s.psa)
        return kea_error_set(err, KEA_ERR_INPUT, "the run holds no \"%s\" analysis", "psa");
    if (s.psa->sample->n_arms < 2)
        return kea_error_set(err, KEA_ERR_INPUT, "a summary needs two strategies");
    write_head(&s);
    heading(&s, kea_text("What it costs and what it brings"));
    for (size_t arm = 1; arm < s.psa->sample->n_arms; arm++)
        KEA_TRY(write_strategy(&s, arm, err));
    for (size_t arm = 1; arm < s.psa->sample->n_arms; arm++)
        KEA_TRY(write_bars(&s, arm, err));
    KEA_TRY(write_sureness(&s, err));
    KEA_TRY(write_tables(&s, err));
    heading(&s, kea_text("Where to look further"));
    write_place(&s, kea_text("figures: "), places->figures);
    write_place(&s, kea_text("tables:  "), places->tables);
    write_place(&s, kea_text("database:"), places->database);
    if (ferror(out))
        status = kea_error_set(err, KEA_ERR_IO, "cannot write the summary");
done:
    return status;
}
