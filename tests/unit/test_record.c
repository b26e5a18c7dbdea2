/* Reading a run back: what was written comes back the same, and what keasim did not write is
 * refused. */
#include "tests/support/toy_store.h"

static void assert_same_text(const char *actual, const char *expected)
{
    assert_non_null(actual);
    assert_string_equal(actual, expected);
}

static void assert_same_decl(const kea_param_decl *actual, const kea_param_decl *expected)
{
    assert_same_text(actual->name, expected->name);
    assert_same_text(actual->label, expected->label);
    assert_same_text(actual->unit, expected->unit);
    assert_same_text(actual->meaning, expected->meaning);
    assert_int_equal(actual->count, expected->count);
    assert_int_equal(actual->kind, expected->kind);
    assert_int_equal(actual->scope, expected->scope);
    assert_near(actual->min, expected->min, 0);
    assert_near(actual->max, expected->max, 0);
    assert_int_equal(actual->labels == NULL, expected->labels == NULL);
    for (size_t i = 0; expected->labels && i < expected->count; i++)
        assert_same_text(actual->labels[i], expected->labels[i]);
    assert_int_equal(actual->titles == NULL, expected->titles == NULL);
    for (size_t i = 0; expected->titles && i < expected->count; i++)
        assert_same_text(actual->titles[i], expected->titles[i]);
}

static void assert_same_entry(const kea_entry *actual, const kea_entry *expected)
{
    assert_same_text(actual->name, expected->name);
    assert_same_text(actual->decl->name, expected->decl->name);
    assert_int_equal(actual->element, expected->element);
    assert_int_equal(actual->slot, expected->slot);
    assert_int_equal(actual->care, expected->care);
    assert_near(actual->value, expected->value, 0);
    assert_int_equal(actual->dist.family, expected->dist.family);
    assert_memory_equal(actual->dist.p, expected->dist.p, sizeof actual->dist.p);
    assert_int_equal(actual->group_first, expected->group_first);
    assert_int_equal(actual->group_count, expected->group_count);
    assert_same_text(actual->source, expected->source);
    assert_int_equal(actual->evidence, expected->evidence);
    assert_same_text(actual->file, expected->file);
    assert_int_equal(actual->line, expected->line);
}

static void assert_same_group(const kea_correlation *actual, const kea_correlation *expected)
{
    assert_same_text(actual->name, expected->name);
    assert_near(actual->rho, expected->rho, 0);
    assert_same_text(actual->source, expected->source);
    assert_int_equal(actual->evidence, expected->evidence);
    assert_same_text(actual->file, expected->file);
    assert_int_equal(actual->line, expected->line);
    assert_int_equal(actual->n_members, expected->n_members);
    for (size_t i = 0; i < expected->n_members; i++) {
        assert_int_equal(actual->members[i].entry, expected->members[i].entry);
        assert_int_equal(actual->members[i].sign, expected->members[i].sign);
    }
}

static void assert_same_range(const kea_range *actual, const kea_range *expected)
{
    assert_near(actual->from, expected->from, 0);
    assert_near(actual->to, expected->to, 0);
    assert_int_equal(actual->n, expected->n);
}

static void assert_same_settings(const kea_settings *actual, const kea_settings *expected)
{
    assert_true(actual->seed == expected->seed);
    assert_int_equal(actual->draws, expected->draws);
    assert_near(actual->target_error, expected->target_error, 0);
    assert_int_equal(actual->sampling, expected->sampling);
    assert_int_equal(actual->replicates, expected->replicates);
    assert_near(actual->discount_costs, expected->discount_costs, 0);
    assert_near(actual->discount_effects, expected->discount_effects, 0);
    assert_same_range(&actual->willingness_to_pay, &expected->willingness_to_pay);
    assert_near(actual->reference_wtp, expected->reference_wtp, 0);
    assert_same_range(&actual->hours_factor, &expected->hours_factor);
    assert_int_equal(actual->sweep_draws, expected->sweep_draws);
    assert_int_equal(actual->sweep_replicates, expected->sweep_replicates);
    assert_int_equal(actual->tornado_replicates, expected->tornado_replicates);
    assert_near(actual->tornado_level, expected->tornado_level, 0);
    assert_int_equal(actual->precision_draws, expected->precision_draws);
    assert_int_equal(actual->precision_replicates, expected->precision_replicates);
}

static void assert_same_problem(const kea_problem *actual, const kea_problem *expected)
{
    assert_same_text(actual->file, expected->file);
    assert_same_text(actual->title, expected->title);
    assert_same_text(actual->model_name, expected->model_name);
    assert_same_text(actual->text, expected->text);
    assert_same_settings(&actual->settings, &expected->settings);
    assert_int_equal(actual->n_sweeps, expected->n_sweeps);
    for (size_t i = 0; i < expected->n_sweeps; i++) {
        assert_same_text(actual->sweeps[i].decl->name, expected->sweeps[i].decl->name);
        assert_int_equal(actual->sweeps[i].element, expected->sweeps[i].element);
        assert_same_range(&actual->sweeps[i].factor, &expected->sweeps[i].factor);
    }
    assert_int_equal(actual->n_care, expected->n_care);
    for (size_t i = 0; i < expected->n_care; i++) {
        assert_same_text(actual->care[i].id, expected->care[i].id);
        assert_same_text(actual->care[i].name, expected->care[i].name);
        assert_same_text(actual->care[i].summary, expected->care[i].summary);
        assert_same_text(actual->care[i].source, expected->care[i].source);
        assert_same_text(actual->care[i].file, expected->care[i].file);
    }
    assert_int_equal(actual->n_strategies, expected->n_strategies);
    for (size_t i = 0; i < expected->n_strategies; i++)
        assert_int_equal(actual->strategies[i], expected->strategies[i]);
    assert_int_equal(actual->status_quo, expected->status_quo);
    assert_int_equal(actual->params.n, expected->params.n);
    for (size_t i = 0; i < expected->params.n; i++)
        assert_same_decl(&actual->params.decl[i], &expected->params.decl[i]);
    assert_int_equal(actual->n_entries, expected->n_entries);
    for (size_t i = 0; i < expected->n_entries; i++)
        assert_same_entry(&actual->entries[i], &expected->entries[i]);
    assert_int_equal(actual->n_correlations, expected->n_correlations);
    for (size_t i = 0; i < expected->n_correlations; i++)
        assert_same_group(&actual->correlations[i], &expected->correlations[i]);
}

/* The values of every point can be worked out again. */
static void assert_same_values(const kea_record *record, const kea_design *found,
                               const kea_problem *problem, const kea_design *design)
{
    double a[TOY_N_ENTRIES], b[TOY_N_ENTRIES];
    for (size_t i = 0; i < design->n_points; i++) {
        kea_design_values(found, &record->problem, i, a);
        kea_design_values(design, problem, i, b);
        assert_memory_equal(a, b, sizeof a);
    }
}

/* Every amount of a point and arm must be the one that was written, points and arms in order. */
static void check_amounts(void *to, size_t point, size_t arm, const double *amounts)
{
    size_t *n = to;
    assert_int_equal(*n, point * 3 + arm);
    *n += 1;
    for (size_t k = 0; k < N_OUTCOMES; k++)
        for (size_t y = 0; y < 2; y++)
            assert_near(amounts[k * 2 + y], number_of(point, arm, k, 4 + y), 0);
}

/* The amounts of every school year stay in the database until they are gone through. */
static void test_periods(void **state)
{
    kea_problem problem;
    kea_record record;
    kea_error err = {0};
    place where;
    size_t n = 0;
    (void)state;
    make_place(&where);
    write_run(where.path, &problem);
    assert_ok(kea_record_read(&record, where.path, &err), err);
    const kea_sample *psa = &record.designs[1].sample;
    assert_int_equal(psa->n_periods, 2);
    assert_null(psa->period);
    assert_ok(kea_sample_each_period(psa, check_amounts, &n, &err), err);
    assert_int_equal(n, 5 * 3);
    n = 0;
    assert_ok(kea_sample_each_period(psa, check_amounts, &n, &err), err);
    assert_int_equal(n, 5 * 3);
    n = 0;
    assert_string_equal(record.designs[2].design.name, "hours");
    assert_int_equal(record.designs[2].sample.n_periods, 0);
    assert_ok(kea_sample_each_period(&record.designs[2].sample, check_amounts, &n, &err), err);
    assert_int_equal(n, 0);
    kea_record_free(&record);
    kea_problem_free(&problem);
    remove_place(&where);
}

static void test_round_trip(void **state)
{
    kea_problem problem;
    kea_record record;
    kea_design design;
    kea_error err = {0};
    place where;
    (void)state;
    make_place(&where);
    write_run(where.path, &problem);
    assert_ok(kea_record_read(&record, where.path, &err), err);
    assert_int_equal(record.state, KEA_STORE_FINISHED);
    assert_same_text(record.version, "1.2.3");
    assert_same_text(record.started, "2026-01-31T12:00:00Z");
    assert_same_text(record.finished, "2026-01-31T12:01:02Z");
    assert_same_problem(&record.problem, &problem);
    assert_int_equal(record.n_designs, 5);
    assert_null(kea_record_find(&record, "map_rate"));
    assert_ok(kea_design_base(&design, &problem, 2, &err), err);
    assert_same_results(kea_record_find(&record, "base"), &design);
    kea_design_free(&design);
    assert_ok(kea_design_psa(&design, &problem, 5, &err), err);
    assert_same_results(kea_record_find(&record, "psa"), &design);
    assert_same_values(&record, &record.designs[1].design, &problem, &design);
    kea_design_free(&design);
    assert_ok(kea_design_hours(&design, &problem, 1, 3, &err), err);
    assert_same_results(kea_record_find(&record, "hours"), &design);
    kea_design_free(&design);
    make_tornado(&design, &problem);
    assert_same_results(kea_record_find(&record, "tornado"), &design);
    assert_same_values(&record, &record.designs[3].design, &problem, &design);
    kea_design_free(&design);
    assert_ok(kea_design_map(&design, &problem, 2, TOY_SWEEP_PRICE, 2, &err), err);
    assert_same_results(kea_record_find(&record, "map_price"), &design);
    kea_design_free(&design);
    kea_record_free(&record);
    kea_record_free(&record);
    kea_problem_free(&problem);
    remove_place(&where);
}

static void test_outcomes_come_back(void **state)
{
    kea_problem problem;
    kea_record record;
    kea_error err = {0};
    place where;
    (void)state;
    make_place(&where);
    write_run(where.path, &problem);
    assert_ok(kea_record_read(&record, where.path, &err), err);
    assert_int_equal(record.n_outcomes, N_OUTCOMES);
    for (size_t i = 0; i < N_OUTCOMES; i++) {
        const kea_outcome_decl *a = &record.outcomes[i], *b = &outcomes[i];
        assert_same_text(a->name, b->name);
        assert_same_text(a->unit, b->unit);
        assert_int_equal(a->better, b->better);
        assert_int_equal(a->category == NULL, b->category == NULL);
        assert_same_text(a->label, b->label);
        assert_same_text(a->meaning, b->meaning);
    }
    assert_same_text(record.outcomes[1].category, "team");
    assert_same_text(record.outcomes[1].payer, "municipality");
    assert_ptr_equal(record.designs[1].sample.outcomes, record.outcomes);
    /* the record is a problem like any other: its bars and values can be worked out again */
    size_t entry[TOY_N_ENTRIES];
    assert_int_equal(kea_design_bars(&record.designs[3].design, TOY_N_ENTRIES, entry), 8);
    double base[TOY_N_ENTRIES], values[TOY_LENGTH];
    assert_int_equal(kea_param_table_length(&record.problem.params), TOY_LENGTH);
    kea_problem_base(&record.problem, base);
    kea_problem_values(&record.problem, base, 2, values);
    assert_near(values[TOY_RATE], 0.26, 0);
    double draw[TOY_N_ENTRIES], again[TOY_N_ENTRIES];
    kea_problem_draw(&problem, 17, draw);
    kea_problem_draw(&record.problem, 17, again);
    assert_memory_equal(again, draw, sizeof draw);
    kea_record_free(&record);
    kea_problem_free(&problem);
    remove_place(&where);
}

static void assert_text_or_none(const char *actual, const char *expected)
{
    assert_int_equal(actual == NULL, expected == NULL);
    if (expected)
        assert_same_text(actual, expected);
}

static void assert_same_words(const kea_frame *a, const kea_frame *b)
{
    assert_same_text(a->currency, b->currency);
    assert_same_text(a->population.outcome, b->population.outcome);
    assert_same_text(a->population.one, b->population.one);
    assert_same_text(a->population.many, b->population.many);
    assert_near(a->population.n, b->population.n, 0);
    assert_same_text(a->population.whole, b->population.whole);
    assert_same_text(a->population.wholes, b->population.wholes);
    assert_same_text(a->during, b->during);
    assert_same_text(a->after, b->after);
    assert_same_text(a->access, b->access);
    assert_same_text(a->paired.title, b->paired.title);
    assert_same_text(a->paired.persons, b->paired.persons);
    assert_same_text(a->paired.events, b->paired.events);
    assert_same_text(a->paired.before, b->paired.before);
    assert_same_text(a->paired.persons_label, b->paired.persons_label);
    assert_same_text(a->paired.events_label, b->paired.events_label);
    assert_same_text(a->paired.before_label, b->paired.before_label);
    assert_same_text(a->by_home.paid, b->by_home.paid);
    assert_same_text(a->by_home.people, b->by_home.people);
    for (int law = 0; law < KEA_MAX_LAWS; law++) {
        assert_text_or_none(a->by_home.law[law], b->by_home.law[law]);
        assert_text_or_none(a->by_home.law_title[law], b->by_home.law_title[law]);
        assert_text_or_none(a->by_home.law_scatter[law], b->by_home.law_scatter[law]);
    }
    assert_same_text(a->funded.category, b->funded.category);
    assert_same_text(a->funded.start, b->funded.start);
    assert_same_text(a->funded.contributions, b->funded.contributions);
}

/* What the answers are about, field by field. */
static void test_frame_comes_back(void **state)
{
    kea_problem problem;
    kea_record record;
    kea_error err = {0};
    place where;
    (void)state;
    make_place(&where);
    write_run(where.path, &problem);
    assert_ok(kea_record_read(&record, where.path, &err), err);
    const kea_frame *frame = &record.frame;
    assert_same_words(frame, &toy_frame);
    assert_int_equal(frame->n_effects, toy_frame.n_effects);
    for (size_t i = 0; i < frame->n_effects; i++) {
        const kea_effect *a = &frame->effects[i], *b = &toy_effects[i];
        assert_same_text(a->key, b->key);
        assert_same_text(a->gain, b->gain);
        assert_same_text(a->gained, b->gained);
        assert_same_text(a->lost, b->lost);
        assert_text_or_none(a->gains, b->gains);
        assert_text_or_none(a->loses, b->loses);
        assert_int_equal(a->n_outcomes, b->n_outcomes);
        assert_text_or_none(a->outcomes[0], b->outcomes[0]);
        assert_text_or_none(a->outcomes[1], b->outcomes[1]);
    }
    assert_int_equal(frame->n_measures, toy_frame.n_measures);
    for (size_t i = 0; i < frame->n_measures; i++) {
        const kea_measure_decl *a = &frame->measures[i], *b = &toy_measures[i];
        assert_int_equal(a->use, b->use);
        assert_text_or_none(a->key, b->key);
        assert_text_or_none(a->label, b->label);
        assert_text_or_none(a->unit, b->unit);
        assert_same_text(a->outcome, b->outcome);
        assert_text_or_none(a->per, b->per);
        assert_text_or_none(a->and_per, b->and_per);
        assert_near(a->scale, b->scale, 0);
        assert_int_equal(a->decimals, b->decimals);
        assert_text_or_none(a->axis, b->axis);
        assert_text_or_none(a->note, b->note);
        assert_near(a->note_above, b->note_above, 0);
    }
    kea_record_free(&record);
    kea_problem_free(&problem);
    remove_place(&where);
}

static void test_unreadable(void **state)
{
    kea_record record;
    kea_error err = {0};
    place where;
    (void)state;
    make_place(&where);
    assert_int_equal(kea_record_read(&record, where.path, &err), KEA_ERR_IO);
    assert_string_equal(err.file, where.path);
    kea_record_free(&record);
    FILE *file = fopen(where.path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(kea_record_read(&record, where.path, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "is not a result database of keasim"));
    kea_record_free(&record);
    file = fopen(where.path, "w");
    assert_non_null(file);
    for (int i = 0; i < 1000; i++)
        assert_true(fputs("not a database at all\n", file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(kea_record_read(&record, where.path, &err), KEA_ERR_IO);
    assert_non_null(strstr(err.text, "file is not a database"));
    kea_record_free(&record);
    remove_place(&where);
}

/* Changes made by hand are seen, not believed. */
static const char *const changes[] = {
    "DELETE FROM result WHERE design = 1 AND point = 3 AND arm = 1 AND outcome = 2;",
    "UPDATE result SET outcome = 7 WHERE design = 1 AND point = 3 AND arm = 1 AND outcome = 2;",
    "DELETE FROM point WHERE design = 2;",
    "UPDATE point SET group_number = 1 WHERE design = 0 AND number = 0;",
    "UPDATE arm SET strategy = 3;",
    "UPDATE arm SET parameter = -1 WHERE design = 2 AND number = 1;",
    "UPDATE strategy SET care = 99 WHERE number = 1;",
    "UPDATE parameter SET slot = 4611686018427387904 WHERE number = 3;",
    "UPDATE parameter SET element = 1000000000 WHERE number = 3;",
    "UPDATE parameter SET declared = 'price' WHERE number = 1;",
    "UPDATE parameter SET family = 'weibull' WHERE number = 1;",
    "UPDATE parameter SET group_count = 100 WHERE number = 6;",
    "DELETE FROM parameter WHERE number = 0;",
    "DELETE FROM setting WHERE key = 'analysis.hours_factor.n';",
    "UPDATE setting SET value = 'x' WHERE key = 'run.seed';",
    "UPDATE setting SET value = -1 WHERE key = 'run.draws';",
    "DELETE FROM point WHERE design = 1 AND number = 4; UPDATE run SET status = 'unfinished';",
    "UPDATE point SET cohort = 3 WHERE design = 1 AND number = 4;",
    "UPDATE design SET n_repeats = 4 WHERE number = 1;",
    "UPDATE design SET n_repeats = 0 WHERE number = 1;",
    "UPDATE design_group SET parameter = 99 WHERE design = 3 AND number = 1;",
    "DELETE FROM design_group WHERE design = 3 AND number = 2;",
    "UPDATE run SET stream_scheme = 99;",
    "DELETE FROM outcome WHERE number = 2;",
    "DELETE FROM design WHERE number = 1;",
    "UPDATE correlation SET rho = 1 WHERE number = 1;",
    "UPDATE correlation SET number = 3 WHERE number = 1;",
    "DELETE FROM correlation_member WHERE correlation = 1;",
    "DELETE FROM correlation_member WHERE correlation = 0 AND number = 0;",
    "UPDATE correlation_member SET parameter = 13 WHERE correlation = 0 AND number = 1;",
    "DELETE FROM frame WHERE key = 'currency';",
    "UPDATE frame SET value = 'nobody' WHERE key = 'population.outcome';",
    "DELETE FROM effect;",
    "UPDATE effect SET outcome2 = 'happiness' WHERE number = 1;",
    "UPDATE effect SET gains = 'no place for a number' WHERE number = 0;",
    "UPDATE measure SET per = 'nothing' WHERE number = 1;",
    "UPDATE sweep SET declared = 'rat' WHERE number = 0;",
    "UPDATE sweep SET element = 2 WHERE number = 0;",
    "UPDATE design SET kind = 'dream' WHERE number = 2;",
    "DELETE FROM result_by_year WHERE design = 1 AND point = 2 AND arm = 1;",
    "UPDATE result_by_year SET amounts = x'0011' WHERE design = 1;",
    "UPDATE design SET sweep = 5 WHERE number = 4;",
    "PRAGMA user_version = 1;",
    "DELETE FROM run;",
};

static void test_changed_by_hand(void **state)
{
    char answer[1024];
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        kea_problem problem;
        kea_record record;
        kea_error err = {0};
        place where;
        make_place(&where);
        write_run(where.path, &problem);
        bool present = ask(where.path, changes[i], answer, sizeof answer);
        kea_status status = kea_record_read(&record, where.path, &err);
        kea_record_free(&record);
        kea_problem_free(&problem);
        remove_place(&where);
        if (!present)
            skip();
        if (status != KEA_ERR_INPUT || strcmp(err.file, where.path) != 0)
            fail_msg("after \"%s\": status %d, %s", changes[i], (int)status, err.text);
    }
}

static void take_nothing(void *to, size_t point, size_t arm, const double *amounts)
{
    (void)to, (void)point, (void)arm, (void)amounts;
}

/* A row that was made shorter is found when it is come by. */
static void test_a_year_too_short(void **state)
{
    kea_problem problem;
    kea_record record;
    kea_error err = {0};
    place where;
    char answer[1024];
    (void)state;
    make_place(&where);
    write_run(where.path, &problem);
    bool present = ask(where.path,
                       "UPDATE result_by_year SET amounts = x'0011' "
                       "WHERE design = 1 AND point = 4 AND arm = 2;",
                       answer, sizeof answer);
    assert_ok(kea_record_read(&record, where.path, &err), err);
    kea_status status = kea_sample_each_period(&record.designs[1].sample, take_nothing, NULL, &err);
    kea_record_free(&record);
    kea_problem_free(&problem);
    remove_place(&where);
    if (!present)
        skip();
    assert_int_equal(status, KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "table result_by_year is incomplete"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),         cmocka_unit_test(test_periods),
        cmocka_unit_test(test_outcomes_come_back), cmocka_unit_test(test_frame_comes_back),
        cmocka_unit_test(test_a_year_too_short),   cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_changed_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
