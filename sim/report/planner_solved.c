/* What a planner is solved for: where everybody breaks even, which contribution has the highest net
 * benefit, and from which on that is probably above 0. As a table and in sentences. */
#include "sim/report/planner_shared.h"

#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SENTENCE = 700, AMOUNT = 64, NAME = 160 };

static double top_of(const kea_planner *p)
{
    return p->level[p->n_levels - 1];
}

/* ---------------------------------------------------------------- table */

enum { QUESTION, WHO, ANSWER, CONTRIBUTION, ERROR, LOW, HIGH, TO, VALUE, SHARE, COLUMNS };

static void put(kea_table *table, const char *question, const char *who, const char *answer)
{
    kea_table_row(table);
    kea_table_text(table, QUESTION, question);
    kea_table_text(table, WHO, who);
    kea_table_text(table, ANSWER, answer);
    for (size_t c = CONTRIBUTION; c < COLUMNS; c++)
        kea_table_number(table, c, (double)NAN, 2);
}

/* A row for every turn; one that says so when there is none. */
static void put_turns(kea_table *table, const char *question, const char *who,
                      const kea_ladder_sides *sides)
{
    if (sides->n == 0)
        put(table, question, who,
            sides->first > 0   ? "gains everywhere"
            : sides->first < 0 ? "loses everywhere"
                               : "within noise");
    for (size_t i = 0; i < sides->n; i++) {
        const kea_ladder_turn *turn = &sides->turn[i];
        put(table, question, who, turn->rises ? "gains from" : "gains up to");
        kea_table_number(table, CONTRIBUTION, turn->level, 2);
        kea_table_number(table, ERROR, turn->error, 2);
        kea_table_number(table, LOW, turn->low, 2);
        kea_table_number(table, HIGH, turn->high, 2);
    }
}

static kea_status put_best(kea_table *table, const kea_planner *p, const kea_ladder *benefit,
                           kea_error *err)
{
    kea_ladder_peak best;
    kea_ladder_stretch likely;
    kea_status status = kea_ladder_best(&best, benefit, err);
    if (status != KEA_OK)
        return status;
    put(table, "highest net benefit", "decision", "at");
    kea_table_number(table, CONTRIBUTION, p->level[best.at], 2);
    kea_table_number(table, LOW, best.low, 2);
    kea_table_number(table, HIGH, best.high, 2);
    kea_table_number(table, VALUE, best.value.mean, 0);
    kea_table_number(table, SHARE, kea_ladder_share(benefit, best.at), 3);
    put(table, "as good within noise", "decision", "from");
    kea_table_number(table, CONTRIBUTION, p->level[best.from], 2);
    kea_table_number(table, TO, p->level[best.to], 2);
    kea_ladder_likely(&likely, benefit, p->plan.probability);
    put(table, "probably worth it", "decision",
        !likely.found     ? "nowhere"
        : likely.at_start ? "already from the lowest level"
                          : "from");
    kea_table_number(table, SHARE, likely.found ? p->plan.probability : likely.highest, 3);
    if (likely.found) {
        kea_table_number(table, CONTRIBUTION, likely.from, 2);
        kea_table_number(table, ERROR, likely.error, 2);
        kea_table_number(table, TO, likely.to, 2);
    }
    return KEA_OK;
}

kea_status kea_planner_solved(kea_table *table, const kea_planner *planner, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_ladder_sides sides;
    const kea_column_use csv = KEA_COLUMN_CSV; /* people get sentences */
    const kea_ladder benefit = kea_planner_ladder(planner, KEA_PLANNER_BENEFIT);
    const kea_column columns[COLUMNS] = {[QUESTION] = {"question", "", "", 0, csv},
                                         [WHO] = {"who", "", "", 0, csv},
                                         [ANSWER] = {"answer", "", "", 0, csv},
                                         [CONTRIBUTION] = {"contribution_%s", "", "", 2, csv},
                                         [ERROR] = {"contribution_error", "", "", 2, csv},
                                         [LOW] = {"contribution_low", "", "", 2, csv},
                                         [HIGH] = {"contribution_high", "", "", 2, csv},
                                         [TO] = {"up_to_%s", "", "", 2, csv},
                                         [VALUE] = {"net_benefit_%s", "", "", 0, csv},
                                         [SHARE] = {"probability", "", "", 3, csv}};
    kea_answers_table(table, &planner->answers, "", COLUMNS, columns);
    for (size_t who = 0; who < planner->n_who; who++) {
        const kea_ladder net = kea_planner_ladder(planner, KEA_PLANNER_NET + who);
        KEA_TRY(kea_ladder_turns(&sides, &net, err));
        put_turns(table, "break even", planner->who[who].key, &sides);
    }
    KEA_TRY(kea_ladder_turns(&sides, &benefit, err));
    put_turns(table, "net benefit", "decision", &sides);
    KEA_TRY(put_best(table, planner, &benefit, err));
    status = kea_table_check(table, err);
done:
    return status;
}

/* ---------------------------------------------------------------- sentences */

/* A contribution in words; beyond the highest that was tried it is "more than" that. */
static void write_level(const kea_planner *p, double level, char *text, size_t size)
{
    char top[AMOUNT];
    if (isfinite(level)) {
        kea_planner_amount(p, level, text, size);
        return;
    }
    kea_planner_amount(p, top_of(p), top, sizeof top);
    (void)snprintf(text, size, kea_text("more than %s"), top);
}

/* "(Monte Carlo error EUR 1.30; 95% of draws: EUR 3 to more than EUR 230)". */
static void write_turn(const kea_planner *p, const kea_ladder_turn *turn, char *text, size_t size)
{
    char error[AMOUNT], low[NAME], high[NAME];
    text[0] = '\0';
    if (!isfinite(turn->error))
        return;
    kea_planner_amount(p, turn->error, error, sizeof error);
    write_level(p, turn->low, low, sizeof low);
    write_level(p, turn->high, high, sizeof high);
    /* TRANSLATORS: amounts of money */
    (void)snprintf(text, size, kea_text("(Monte Carlo error %s; 95%% of draws: %s to %s)"), error,
                   low, high);
}

/* How it is said of a payer and of the net benefit; "%s" are who it is, amounts, what is known of
 * them. Marked for translation. */
typedef struct turn_words {
    const char *above, *below, *neither; /* everywhere */
    const char *above_some,
        *below_some;           /* where it is clear, at so many contributions of so many */
    const char *rises, *falls; /* at a contribution */
} turn_words;

static const turn_words of_payer = {
    KEA_MARK("%s: gains at every contribution up to %s."),
    KEA_MARK("%s: loses at every contribution up to %s."),
    KEA_MARK("%s: gains and losses up to %s are within the noise of the simulation."),
    KEA_MARK(
        "%s: gains at %zu of %zu contributions up to %s; at the others the difference is within "
        "the noise of the simulation."),
    KEA_MARK(
        "%s: loses at %zu of %zu contributions up to %s; at the others the difference is within "
        "the noise of the simulation."),
    KEA_MARK("%s: breaks even at %s %s; gains above it."),
    KEA_MARK("%s: breaks even at %s %s; loses above it.")};
static const turn_words of_benefit = {
    KEA_MARK("%s: above 0 at every contribution up to %s."),
    KEA_MARK("%s: below 0 at every contribution up to %s."),
    KEA_MARK("%s: up to %s within the noise of the simulation."),
    KEA_MARK("%s: above 0 at %zu of %zu contributions up to %s; at the others the difference is "
             "within the noise of the simulation."),
    KEA_MARK("%s: below 0 at %zu of %zu contributions up to %s; at the others the difference is "
             "within the noise of the simulation."),
    KEA_MARK("%s: 0 at %s %s; above 0 with more."),
    KEA_MARK("%s: 0 at %s %s; below 0 with more.")};

/* Where somebody turns; the first word is a capital. */
static void say_turns(FILE *out, const kea_planner *p, const char *who, const turn_words *words,
                      const kea_ladder_sides *sides)
{
    char name[NAME], text[SENTENCE], level[AMOUNT], about[2 * NAME], top[AMOUNT];
    kea_answers_capital(name, sizeof name, who);
    kea_planner_amount(p, top_of(p), top, sizeof top);
    if (sides->n == 0) {
        const char *said = words->neither;
        if (sides->first != 0)
            said = sides->first > 0 ? words->above : words->below;
        (void)snprintf(text, sizeof text, kea_text(said), name, top);
        if (sides->first != 0 && sides->unclear > 0)
            (void)snprintf(text, sizeof text,
                           kea_text(sides->first > 0 ? words->above_some : words->below_some), name,
                           p->n_levels - 1 - sides->unclear, p->n_levels - 1, top);
        kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 2);
    }
    for (size_t i = 0; i < sides->n; i++) {
        kea_planner_amount(p, sides->turn[i].level, level, sizeof level);
        write_turn(p, &sides->turn[i], about, sizeof about);
        (void)snprintf(text, sizeof text,
                       kea_text(sides->turn[i].rises ? words->rises : words->falls), name, level,
                       about);
        kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 2);
    }
}

/* The best contribution of a draw: the largest that was tried stands for all above it. */
static void write_best(const kea_planner *p, double level, char *text, size_t size)
{
    char amount[AMOUNT];
    kea_planner_amount(p, level, amount, sizeof amount);
    (void)snprintf(text, size, level < top_of(p) ? "%s" : kea_text("%s or more"), amount);
}

/* The contribution with the highest net benefit. */
static void say_best(FILE *out, const kea_planner *p, const kea_ladder_peak *best)
{
    char text[2 * SENTENCE], value[AMOUNT], at[AMOUNT], from[AMOUNT], to[AMOUNT], low[AMOUNT],
        high[NAME];
    kea_planner_amount(p, best->value.mean, value, sizeof value);
    kea_planner_amount(p, p->level[best->at], at, sizeof at);
    kea_planner_amount(p, p->level[best->from], from, sizeof from);
    kea_planner_amount(p, p->level[best->to], to, sizeof to);
    kea_planner_amount(p, best->low, low, sizeof low);
    write_best(p, best->high, high, sizeof high);
    if (p->arm[best->at] == 0)
        (void)snprintf(text, sizeof text,
                       kea_text("No contribution that was tried has a net "
                                "benefit above 0 on average."));
    else
        (void)snprintf(
            text, sizeof text,
            best->from == best->to
                ? kea_text("The net benefit is highest, %s, at a contribution of %s. The best "
                           "contribution of a single draw lies between %s and %s in 95%% of draws.")
                : kea_text("The net benefit is highest, %s, at a contribution of %s. The best "
                           "contribution of a single draw lies between %s and %s in 95%% of draws. "
                           "Between %s and %s the difference is within the noise of the "
                           "simulation."),
            value, at, low, high, from, to);
    kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 2);
    if (p->arm[best->at] > 0 && best->at + 1 == p->n_levels)
        kea_table_paragraph(out,
                            kea_text("That is the largest contribution tried; --up-to follows it "
                                     "further."),
                            KEA_TABLE_WIDTH, 2);
}

static void say_likely(FILE *out, const kea_planner *p, const kea_ladder_stretch *likely)
{
    char text[SENTENCE], wanted[AMOUNT], from[AMOUNT], to[AMOUNT], error[AMOUNT], highest[AMOUNT];
    const kea_language language = kea_text_language();
    kea_text_number(wanted, sizeof wanted, p->plan.probability * 100.0, 0, language);
    kea_text_number(highest, sizeof highest, likely->highest * 100.0, 0, language);
    kea_planner_amount(p, likely->from, from, sizeof from);
    kea_planner_amount(p, likely->error, error, sizeof error);
    kea_planner_amount(p, likely->to, to, sizeof to);
    if (!likely->found) {
        kea_planner_amount(p, top_of(p), to, sizeof to);
        (void)snprintf(text, sizeof text,
                       kea_text("No contribution up to %s has a net benefit with a probability of "
                                "%s%%; the highest probability is %s%%."),
                       to, wanted, highest);
    } else if (likely->at_start)
        (void)snprintf(text, sizeof text,
                       kea_text("A net benefit has a probability of at least %s%% already at the "
                                "smallest contribution tried, %s, and up to %s."),
                       wanted, from, to);
    else
        (void)snprintf(text, sizeof text,
                       kea_text("A net benefit has a probability of at least %s%% from a "
                                "contribution of %s (Monte Carlo error %s) up to %s."),
                       wanted, from, error, to);
    kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 2);
}

static kea_status say_decision(FILE *out, const kea_planner *p, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_ladder_sides sides;
    kea_ladder_peak best;
    kea_ladder_stretch likely;
    char name[NAME], amount[AMOUNT];
    const kea_ladder benefit = kea_planner_ladder(p, KEA_PLANNER_BENEFIT);
    kea_planner_amount(p, p->plan.wtp, amount, sizeof amount);
    /* TRANSLATORS: "EUR 40,000" and "early leaver prevented" */
    (void)snprintf(name, sizeof name, kea_text("Net benefit at %s per %s"), amount,
                   kea_text(p->plan.frame->effects[0].gain));
    KEA_TRY(kea_ladder_turns(&sides, &benefit, err));
    say_turns(out, p, name, &of_benefit, &sides);
    KEA_TRY(kea_ladder_best(&best, &benefit, err));
    say_best(out, p, &best);
    kea_ladder_likely(&likely, &benefit, p->plan.probability);
    say_likely(out, p, &likely);
done:
    return status;
}

kea_status kea_planner_say_solved(FILE *out, const kea_planner *planner, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_ladder_sides sides;
    (void)fprintf(out, "%s\n", kea_text("Where each breaks even on average"));
    for (size_t who = 0; who < planner->n_who; who++) {
        const kea_ladder net = kea_planner_ladder(planner, KEA_PLANNER_NET + who);
        if (who + 2 < planner->n_who && strcmp(planner->who[who].key, "society") == 0)
            continue;
        KEA_TRY(kea_ladder_turns(&sides, &net, err));
        say_turns(out, planner, planner->who[who].label, &of_payer, &sides);
    }
    (void)fprintf(out, "\n%s\n", kea_text("Which contribution is worth it"));
    KEA_TRY(say_decision(out, planner, err));
done:
    return status;
}
