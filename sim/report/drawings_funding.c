/* Figures of funding from the samples: one arrangement after the other, every strategy. */
#include "sim/report/answers_funding.h"
#include "sim/report/drawings_shared.h"
#include "sim/report/figures_funding.h"
#include "sim/report/text.h"

#include "sim/core/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_BLOCKS = 6, MOST_TILES = 120, NOTE = KEA_DRAWING_TEXT };

/* What is shown of one strategy, by arrangement. All owned. */
typedef struct shown {
    kea_payer_bar *bars;  /* [block][payer] */
    double *paid;         /* [block][year][payer] */
    kea_budget_net *net;  /* [block][year] */
    double *gains;        /* [block][payer][period] */
    kea_home_tile *tiles; /* [block][tile] */
} shown;

/* Payers of one figure. */
typedef struct chosen {
    size_t n;
    size_t payer[KEA_MAX_FLOW_PAYERS];
    const char *name[KEA_MAX_FLOW_PAYERS];
} chosen;

typedef struct gathering {
    const kea_drawing *d;
    kea_money money;
    kea_home_book book;
    size_t n_blocks, n_years; /* years of the budget */
    const char *blocks[MOST_BLOCKS];
    chosen all, pay, save; /* who pays or saves anything; who pays; who saves */
    size_t n_tiles;
    shown *arm; /* [n_arms]; nothing for the comparator */
    char note[2 * NOTE];
} gathering;

static size_t n_all(const gathering *g)
{
    return g->money.flows.n_payers;
}

static kea_status new_numbers(double **out, size_t n, kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, n, sizeof **out, err);
    *out = block;
    return status;
}

static kea_status open_shown(const gathering *g, shown *s, kea_error *err)
{
    kea_status status = KEA_OK;
    void *bars = NULL, *net = NULL, *tiles = NULL;
    size_t blocks = g->n_blocks;
    KEA_TRY(kea_memory_new(&bars, blocks * n_all(g), sizeof *s->bars, err));
    s->bars = bars;
    KEA_TRY(kea_memory_new(&net, blocks * g->n_years, sizeof *s->net, err));
    s->net = net;
    KEA_TRY(kea_memory_new(&tiles, blocks * (g->book.n + 1), sizeof *s->tiles, err));
    s->tiles = tiles;
    KEA_TRY(new_numbers(&s->paid, blocks * g->n_years * n_all(g), err));
    KEA_TRY(new_numbers(&s->gains, blocks * n_all(g) * g->money.flows.n_periods, err));
done:
    return status;
}

static void close_gathering(gathering *g)
{
    for (size_t arm = 0; g->arm && arm < g->money.flows.n_arms; arm++) {
        free(g->arm[arm].bars);
        free(g->arm[arm].paid);
        free(g->arm[arm].net);
        free(g->arm[arm].gains);
        free(g->arm[arm].tiles);
    }
    free(g->arm);
    kea_home_book_close(&g->book);
    kea_money_close(&g->money);
}

/* Payer by payer, of the public purse: society pays for nothing. */
static void gather_payers(gathering *g, size_t block, size_t arm)
{
    shown *s = &g->arm[arm];
    const kea_contrast contrast = kea_money_contrast(&g->money, arm);
    for (size_t p = 0; p < n_all(g); p++) {
        bool one[KEA_MAX_FLOW_PAYERS] = {false};
        kea_position position;
        one[p] = true;
        if (!kea_money_is_public(&g->money, p))
            continue;
        kea_position_of(&position, &g->money.flows, &contrast, one, g->money.scratch);
        s->bars[block * n_all(g) + p] =
            (kea_payer_bar){position.paid.mean, position.saved.mean, position.net.mean,
                            position.net.low, position.net.high};
        kea_position_gains(&g->money.flows, &contrast, one,
                           s->gains + (block * n_all(g) + p) * g->money.flows.n_periods);
    }
}

static void gather_budget(gathering *g, size_t block, size_t arm)
{
    shown *s = &g->arm[arm];
    bool all[KEA_MAX_FLOW_PAYERS];
    for (size_t p = 0; p < n_all(g); p++)
        all[p] = kea_money_is_public(&g->money, p);
    for (size_t year = 0; year < g->n_years; year++) {
        const kea_contrast contrast = {.arm = arm, .span = {year, 1, 0.0}};
        kea_position position;
        for (size_t p = 0; p < n_all(g); p++) {
            bool one[KEA_MAX_FLOW_PAYERS] = {false};
            one[p] = true;
            kea_position_of(&position, &g->money.flows, &contrast, one, g->money.scratch);
            s->paid[(block * g->n_years + year) * n_all(g) + p] = position.paid.mean;
        }
        kea_position_of(&position, &g->money.flows, &contrast, all, g->money.scratch);
        s->net[block * g->n_years + year] =
            (kea_budget_net){-position.net.mean, -position.net.high, -position.net.low};
    }
}

static void gather_homes(gathering *g, size_t block, size_t arm, const kea_money_as *as)
{
    kea_home_book_fill(&g->book, &g->money, as, arm);
    g->n_tiles = g->book.n_rows;
    for (size_t i = 0; i < g->n_tiles; i++) {
        const kea_home_row *row = &g->book.rows[i];
        const char *name = kea_home_book_name(&g->book, &g->money, row);
        if (g->money.input->problem->municipalities.n == 0)
            name = kea_text(g->book.decl->titles[row->zone]);
        else if (row->n_homes > 1)
            name = kea_text(name);
        g->arm[arm].tiles[block * g->n_tiles + i] =
            (kea_home_tile){name, row->n_homes, row->zone, row->each.mean};
    }
}

/* Whether a payer pays, or saves, anything of any strategy under any arrangement. */
static void find_use(const gathering *g, size_t payer, bool *pays, bool *saves)
{
    *pays = *saves = false;
    for (size_t arm = 1; arm < g->money.flows.n_arms; arm++)
        for (size_t block = 0; block < g->n_blocks; block++) {
            const kea_payer_bar *bar = &g->arm[arm].bars[block * n_all(g) + payer];
            *pays = *pays || bar->paid != 0.0;
            *saves = *saves || bar->saved != 0.0;
        }
}

static void add(chosen *list, size_t payer, const char *name)
{
    list->payer[list->n] = payer;
    list->name[list->n++] = name;
}

/* Who pays and saves comes first everywhere, so that these have the same colours in all figures. */
static void choose_payers(gathering *g)
{
    static const bool order[][2] = {{true, true}, {true, false}, {false, true}};
    for (int k = 0; k < 3; k++)
        for (size_t p = 0; p < n_all(g); p++) {
            bool pays, saves;
            const char *name = kea_text(g->money.flows.payer[p]);
            find_use(g, p, &pays, &saves);
            if (pays != order[k][0] || saves != order[k][1])
                continue;
            add(&g->all, p, name);
            if (pays)
                add(&g->pay, p, name);
            if (saves)
                add(&g->save, p, name);
        }
}

static void write_note(gathering *g)
{
    char number[32];
    size_t more = kea_money_count(&g->money) - g->n_blocks;
    kea_text_number(number, sizeof number, (double)g->money.flows.n_points, 0, g->d->language);
    int n = snprintf(g->note, sizeof g->note, kea_text("%s parameter draws"), number);
    if (more > 0 && n > 0)
        (void)snprintf(g->note + n, sizeof g->note - (size_t)n,
                       kea_text("; %zu more arrangements are in the tables"), more);
}

static kea_status gather(gathering *g, kea_error *err)
{
    kea_status status = KEA_OK;
    void *arms = NULL;
    size_t years = g->d->input->problem->settings.budget_years;
    KEA_TRY(kea_money_open(&g->money, g->d->input, err));
    KEA_TRY(kea_home_book_open(&g->book, &g->money, err));
    size_t blocks = kea_money_count(&g->money), periods = g->money.flows.n_periods;
    g->n_blocks = blocks < MOST_BLOCKS ? blocks : MOST_BLOCKS;
    g->n_years = years < periods ? years : periods;
    KEA_TRY(kea_memory_new(&arms, g->money.flows.n_arms, sizeof *g->arm, err));
    g->arm = arms;
    for (size_t arm = 1; arm < g->money.flows.n_arms; arm++)
        KEA_TRY(open_shown(g, &g->arm[arm], err));
    for (size_t block = 0; block < g->n_blocks; block++) {
        kea_money_as as = kea_money_fund(&g->money, block);
        g->blocks[block] = kea_money_name(as.name);
        for (size_t arm = 1; arm < g->money.flows.n_arms; arm++) {
            gather_payers(g, block, arm);
            gather_budget(g, block, arm);
            if (g->book.n > 0)
                gather_homes(g, block, arm, &as);
        }
    }
    choose_payers(g);
    write_note(g);
done:
    return status;
}

static kea_figure_funding of_arm(const gathering *g, size_t arm, const chosen *payers)
{
    return (kea_figure_funding){.strategy = kea_answers_strategy(g->d->input, g->money.part, arm),
                                .comparator = kea_drawing_comparator(g->d),
                                .currency = g->d->input->frame->currency,
                                .n_blocks = g->n_blocks,
                                .blocks = g->blocks,
                                .n_payers = payers->n,
                                .payers = payers->name,
                                .note = g->note};
}

static void name_of(const gathering *g, const char *stem, size_t arm, char *name)
{
    kea_drawing_name(g->d, stem, g->money.part->design->arms[arm].care, name);
}

static kea_status draw_payers(const gathering *g, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    char name[KEA_DRAWING_TEXT];
    void *block = NULL;
    const size_t n = g->all.n;
    KEA_TRY(kea_memory_new(&block, g->n_blocks * n, sizeof(kea_payer_bar), err));
    kea_payer_bar *bars = block;
    for (size_t i = 0; i < g->n_blocks * n; i++)
        bars[i] = g->arm[arm].bars[i / n * n_all(g) + g->all.payer[i % n]];
    const kea_figure_payers_data data = {of_arm(g, arm, &g->all), bars};
    name_of(g, "funding_payers", arm, name);
    KEA_TRY(kea_figure_payers(&data, g->d->folder, name, err));
done:
    free(block);
    return status;
}

static kea_status draw_budget(const gathering *g, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    char name[KEA_DRAWING_TEXT];
    double *paid = NULL;
    const size_t n = g->pay.n;
    KEA_TRY(new_numbers(&paid, g->n_blocks * g->n_years * n, err));
    for (size_t i = 0; i < g->n_blocks * g->n_years * n; i++)
        paid[i] = g->arm[arm].paid[i / n * n_all(g) + g->pay.payer[i % n]];
    const kea_figure_budget_data data = {of_arm(g, arm, &g->pay), g->n_years, paid,
                                         g->arm[arm].net};
    name_of(g, "funding_budget", arm, name);
    KEA_TRY(kea_figure_budget(&data, g->d->folder, name, err));
done:
    free(paid);
    return status;
}

/* Who never saves anything never gains, and is left out. */
static kea_status draw_horizon(const gathering *g, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    char name[KEA_DRAWING_TEXT];
    double *gains = NULL;
    const size_t years = g->money.flows.n_periods, n = g->save.n;
    KEA_TRY(new_numbers(&gains, g->n_blocks * n * years, err));
    for (size_t i = 0; i < g->n_blocks * n * years; i++) {
        size_t year = i % years, payer = g->save.payer[i / years % n], block = i / years / n;
        gains[i] = g->arm[arm].gains[(block * n_all(g) + payer) * years + year];
    }
    const kea_figure_horizon_data data = {of_arm(g, arm, &g->save), years, gains};
    name_of(g, "funding_horizon", arm, name);
    KEA_TRY(kea_figure_horizon(&data, g->d->folder, name, err));
done:
    free(gains);
    return status;
}

/* All arrangements on one page, or one page for each where there are many municipalities. */
static kea_status draw_homes(const gathering *g, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    char stem[64], name[KEA_DRAWING_TEXT], note[4 * NOTE];
    const size_t at_once = g->n_tiles * g->n_blocks <= MOST_TILES ? g->n_blocks : 1;
    for (size_t block = 0; block < g->n_blocks; block += at_once) {
        kea_figure_homes_data data = {.of = of_arm(g, arm, &g->all),
                                      .n_zones = g->book.outcomes.n_zones,
                                      .n_tiles = g->n_tiles,
                                      .tiles = g->arm[arm].tiles + block * g->n_tiles,
                                      .each = kea_text(g->d->input->frame->population.one)};
        const char *zones[KEA_MAX_ZONES];
        for (size_t zone = 0; zone < data.n_zones; zone++)
            zones[zone] = kea_text(g->book.decl->titles[zone]);
        if (g->d->input->problem->municipalities.n > 0) {
            (void)snprintf(note, sizeof note, "%s; %s", g->note,
                           kea_text("within a zone the model tells municipalities apart by size "
                                    "only"));
            data.zones = zones;
            data.of.note = note;
        }
        data.of.n_blocks = at_once;
        data.of.blocks = g->blocks + block;
        (void)snprintf(stem, sizeof stem, "funding_municipalities");
        if (block > 0)
            (void)snprintf(stem, sizeof stem, "funding_municipalities_%zu", block + 1);
        name_of(g, stem, arm, name);
        KEA_TRY(kea_figure_homes(&data, g->d->folder, name, err));
    }
done:
    return status;
}

kea_status kea_drawing_funding(const kea_drawing *d, kea_error *err)
{
    kea_status status = KEA_OK;
    gathering g = {.d = d};
    if (!kea_answers_has_funding(d->input))
        return KEA_OK;
    KEA_TRY(gather(&g, err));
    for (size_t arm = 1; arm < g.money.flows.n_arms; arm++) {
        if (g.all.n > 0)
            KEA_TRY(draw_payers(&g, arm, err));
        if (g.pay.n > 0)
            KEA_TRY(draw_budget(&g, arm, err));
        if (g.save.n > 0)
            KEA_TRY(draw_horizon(&g, arm, err));
        if (g.book.n > 0)
            KEA_TRY(draw_homes(&g, arm, err));
    }
done:
    close_gathering(&g);
    return status;
}
