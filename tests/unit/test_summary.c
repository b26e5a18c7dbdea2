/* The summary of a made-up run, sentence by sentence. */
#include "sim/report/summary.h"

#include "tests/support/made_up_run.h"
#include "tests/support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The summary as one line (line breaks and indents become one space), to be freed. */
static char *summary_text(const made_up_run *run)
{
    static const kea_summary_places places = {"OUT/figures", "OUT/tables", NULL};
    kea_error err;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_ok(kea_summary_write(out, &run->input, &places, &err), err);
    assert_int_equal(fclose(out), 0);
    if (getenv("KEA_TEST_SHOW"))
        (void)puts(text);
    size_t kept = 0;
    for (size_t i = 0; i < size; i++) {
        char c = text[i] == '\n' ? ' ' : text[i];
        if (c != ' ' || (kept > 0 && text[kept - 1] != ' '))
            text[kept++] = c;
    }
    text[kept] = '\0';
    return text;
}

static void assert_says(const char *text, const char *sentence)
{
    if (!text || !strstr(text, sentence))
        fail_msg("the summary does not say \"%s\":\n%s", sentence, text ? text : "");
}

static void says_what_a_planner_needs(void **state)
{
    (void)state;
    made_up_run run;
    run_init(&run);
    char *text = summary_text(&run);
    assert_says(text, "A made-up school");
    assert_says(text, "School als Werkplaats against Null alternative.");
    assert_says(text, "School als Werkplaats costs EUR 70 (95% 51 to 89) more per student a year "
                      "than Null alternative, and prevents 0.80 (95% 0.61 to 0.99) early school "
                      "leavers (vsv) per 100 students a year.");
    /* 60,000 / 8; the ends are (60,000 +- 19,000) / (8 +- 1.9) */
    assert_says(text, "EUR 7,500 per early leaver prevented (95% 6,720 to 7,980)");
    assert_says(text,
                "At EUR 10,000 per early leaver prevented, an amount that is for the reader to "
                "choose, it is worth its money with "
                "probability 100%: the net benefit for the whole school is EUR 20 thousand "
                "(95% 20 to 20).");
    /* 88,000 / 8 and / 900 */
    assert_says(text, "what follows after leaving is worth EUR 11,000 per early leaver prevented "
                      "(95% 10,800 to 11,300), or EUR 98 per student a year (95% 77 to 119).");
    assert_says(text, "From society's view, all years counted and discounted, the net is then a "
                      "saving of EUR 31 per student a year "
                      "(95% 31 to 31). Do not add a willingness to pay to that");
    assert_says(text, "specialist care: 1.50 (95% 1.50 to 1.50) fewer per 100 students a year");
    free(text);
    run_free(&run);
}

static void says_what_it_hangs_on_and_how_sure(void **state)
{
    (void)state;
    made_up_run run;
    run_init(&run);
    char *text = summary_text(&run);
    assert_says(text, "1. dropout hazard: level 1 [dropout_hazard.level1] (published) At 2.50 the "
                      "net benefit changes by EUR -10 thousand, at 3.50 by EUR 10 thousand.");
    assert_says(text, "2. effect of a mechanism: own direction [effect.own_direction] (assumption) "
                      "At 0.500 the net benefit changes by EUR -1 thousand, at 1.50 by EUR 2 "
                      "thousand.");
    /* sd of -20 .. 20 is sqrt(41 x 42 / 12) = 11.979, over sqrt(41): 1.871 */
    assert_says(text, "about 1 uncertain parameters and chance between schools, from 41 draws. "
                      "The Monte Carlo error, which more draws would take away, is EUR 1.9 on the "
                      "cost per student a year and 0.019 on the early leavers");
    assert_says(text, "of its 2 parameter values 1 are assumptions, 0 come from reports on what is "
                      "compared and 1 from other publications");
    assert_says(text, "figures: OUT/figures tables: OUT/tables");
    assert_null(strstr(text, "database"));
    free(text);
    run_free(&run);
}

/* At 20,000 a leaver the net benefit is 100,000 + 1,000 t EUR for 1,000 students a year. */
static void says_whether_draws_are_enough(void **state)
{
    (void)state;
    made_up_run run;
    run_init(&run);
    kea_settings *settings = &run.problem.settings;
    settings->reference_wtp = 20000.0;
    settings->draws = 1000;
    char *text = summary_text(&run);
    assert_says(text, "The Monte Carlo error of the net benefit is EUR 1.87 per student a year.");
    assert_null(strstr(text, "Draws were added"));
    free(text);
    settings->target_error = 2.0;
    text = summary_text(&run);
    assert_says(text, "is EUR 1.87 per student a year. Draws were added until it was at most EUR "
                      "2.00: that took 41 draws, of 1,000 allowed.");
    free(text);
    settings->draws = 41;
    settings->target_error = 1.5;
    text = summary_text(&run);
    assert_says(text, "is EUR 1.87 per student a year. It was to be at most EUR 1.50: the 41 draws "
                      "allowed were not enough.");
    free(text);
    /* blocks of 10 have means 1,000 x (-15.5, -5.5, 4.5, 14.5): sd 12,910, x sqrt(10 / 41) */
    settings->target_error = 0.0;
    run.problem.sampling.block = 10;
    text = summary_text(&run);
    assert_says(text, "The Monte Carlo error of the net benefit is EUR 6.38 per student a year, "
                      "measured from 4 blocks of 10 draws that are spread evenly together. Errors "
                      "above and in the tables are those of independent draws, which would be 1.87 "
                      "for the net benefit");
    free(text);
    run_free(&run);
}

static void says_values_with_their_unit(void **state)
{
    (void)state;
    made_up_run run;
    run_init(&run);
    run.decl[0].unit = "share";
    run.decl[1].unit = "EUR per hour";
    char *text = summary_text(&run);
    assert_says(text, "At EUR 2.50 the net benefit changes by EUR -10 thousand, at EUR 3.50 by");
    assert_says(text, "At 50.0% the net benefit changes by EUR -1 thousand, at 150% by");
    free(text);
    run.decl[0].unit = "hours per case";
    text = summary_text(&run);
    assert_says(text, "At 0.500 hours the net benefit changes by EUR -1 thousand, at 1.50 hours");
    free(text);
    run_free(&run);
}

static void says_dominates_instead_of_a_ratio(void **state)
{
    (void)state;
    made_up_run run;
    run_init(&run);
    for (size_t i = 0; i < RUN_POINTS; i++)
        run_set(&run.sample[0], i, 1, RUN_COST_TEAM, 5000, 4000);
    char *text = summary_text(&run);
    assert_says(text, "saves EUR 25 (95% 25 to 25) per student a year compared with");
    assert_says(text,
                "It dominates: it costs less and helps more, in 100% of the draws. A cost per "
                "early leaver prevented has no meaning then");
    assert_says(text, "dominates");
    free(text);
    run_free(&run);
}

static void says_harm_with_its_sign_turned(void **state)
{
    (void)state;
    made_up_run run;
    run_init(&run);
    for (size_t i = 0; i < RUN_POINTS; i++)
        run_set(&run.sample[0], i, 1, RUN_VSV, 64, 54);
    char *text = summary_text(&run);
    assert_says(text, "and has 0.40 (95% 0.40 to 0.40) more early school leavers (vsv)");
    assert_says(text, "It is dominated: it costs more and helps no more, in 100% of the draws.");
    free(text);
    run_free(&run);
}

static void needs_the_probabilistic_analysis(void **state)
{
    (void)state;
    made_up_run run;
    static const kea_summary_places nowhere = {NULL, NULL, NULL};
    kea_error err;
    run_init(&run);
    run.input.parts = run.parts + 1;
    run.input.n_parts = 3;
    assert_int_equal(kea_summary_write(stderr, &run.input, &nowhere, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "psa"));
    run_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_a_planner_needs),
        cmocka_unit_test(says_what_it_hangs_on_and_how_sure),
        cmocka_unit_test(says_whether_draws_are_enough),
        cmocka_unit_test(says_values_with_their_unit),
        cmocka_unit_test(says_dominates_instead_of_a_ratio),
        cmocka_unit_test(says_harm_with_its_sign_turned),
        cmocka_unit_test(needs_the_probabilistic_analysis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
