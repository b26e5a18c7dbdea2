/* The schema, with its comments inside the statements, so that `.schema` in sqlite3 shows them. */
#include "sim/store/schema.h"

/* clang-format off */
const char *const kea_schema[] = {
"CREATE TABLE run ( -- one row: what was run and how it ended\n"
"    id INTEGER PRIMARY KEY CHECK (id = 1),\n"
"    status TEXT NOT NULL -- 'unfinished' is also what a killed run leaves\n"
"        CHECK (status IN ('unfinished', 'finished', 'interrupted')),\n"
"    started TEXT NOT NULL,   -- date and time\n"
"    finished TEXT,           -- date and time; NULL while unfinished\n"
"    title TEXT NOT NULL,\n"
"    model TEXT NOT NULL,     -- 'mbo'\n"
"    keasim TEXT NOT NULL,    -- version of the program\n"
"    stream_scheme INTEGER NOT NULL, -- version of the random number addresses\n"
"    seed TEXT NOT NULL,      -- 64 bits, as text\n"
"    scenario_file TEXT NOT NULL,\n"
"    scenario TEXT NOT NULL,  -- a scenario file that gives this same problem\n"
"    identity TEXT NOT NULL,  -- what may not change when the run is gone on with, a fact a line\n"
"    hash TEXT NOT NULL,      -- of identity: 16 hexadecimal digits\n"
"    resumed INTEGER NOT NULL -- how often it was gone on with after it had broken off\n"
") STRICT",

"CREATE TABLE setting ( -- what was to be computed, by key of the scenario file\n"
"    key TEXT PRIMARY KEY, -- a range has three: key.from, key.to, key.n\n"
"    value ANY NOT NULL\n"
") STRICT, WITHOUT ROWID",

"CREATE TABLE frame ( -- what the answers are about: currency, population, words for people\n"
"    key TEXT PRIMARY KEY, -- 'currency', 'population.outcome', ...\n"
"    value ANY NOT NULL    -- a text; of 'population.n' a number\n"
") STRICT, WITHOUT ROWID",

"CREATE TABLE effect ( -- what costs are set against\n"
"    number INTEGER PRIMARY KEY, -- from 0; 0 is the effect of the decision\n"
"    key TEXT NOT NULL,          -- 'vsv'\n"
"    gain TEXT NOT NULL,         -- one of it: 'early leaver prevented'\n"
"    gained TEXT NOT NULL,       -- several\n"
"    lost TEXT NOT NULL,         -- one of it lost\n"
"    gains TEXT,                 -- a clause with %s for how much is gained\n"
"    loses TEXT,\n"
"    outcome TEXT NOT NULL,      -- its outcome, each turned so that more is better\n"
"    outcome2 TEXT               -- added to it\n"
") STRICT",

"CREATE TABLE measure ( -- figures that tables show: an outcome over another, over the window\n"
"    number INTEGER PRIMARY KEY, -- from 0\n"
"    use TEXT NOT NULL CHECK (use IN ('outcomes', 'yearly', 'sweeps')), -- in which tables\n"
"    key TEXT,\n"
"    label TEXT,                 -- NULL: that of the outcome\n"
"    unit TEXT,\n"
"    outcome TEXT NOT NULL,\n"
"    per TEXT,                   -- outcome it is divided by; NULL: none\n"
"    and_per TEXT,               -- added to that\n"
"    scale REAL NOT NULL,        -- and multiplied by\n"
"    decimals INTEGER NOT NULL,\n"
"    axis TEXT,                  -- title of its panel over staffing hours; NULL: not drawn\n"
"    note TEXT,                  -- what a reader must know where it is above the next; NULL: nothing\n"
"    note_above REAL NOT NULL\n"
") STRICT",

"CREATE TABLE sweep ( -- parameters that were multiplied by factors\n"
"    number INTEGER PRIMARY KEY, -- from 0\n"
"    declared TEXT NOT NULL,     -- name of the parameter in the model\n"
"    element INTEGER,            -- the one that figures show; NULL: the factor\n"
"    factor_from REAL NOT NULL,\n"
"    factor_to REAL NOT NULL,\n"
"    factor_n INTEGER NOT NULL\n"
") STRICT",

"CREATE TABLE care_model (\n"
"    number INTEGER PRIMARY KEY, -- from 0\n"
"    id TEXT NOT NULL UNIQUE,    -- 'school_als_werkplaats'\n"
"    name TEXT NOT NULL,\n"
"    status_quo INTEGER NOT NULL, -- 1 for the one in place before the decision\n"
"    summary TEXT NOT NULL,\n"
"    source TEXT NOT NULL,\n"
"    file TEXT NOT NULL\n"
") STRICT",

"CREATE TABLE strategy ( -- the care models that are compared\n"
"    number INTEGER PRIMARY KEY, -- from 0; 0 is the comparator\n"
"    care INTEGER NOT NULL REFERENCES care_model (number),\n"
"    name TEXT NOT NULL\n"
") STRICT",

"CREATE TABLE parameter ( -- every number that went in, one row per element\n"
"    number INTEGER PRIMARY KEY, -- from 0\n"
"    name TEXT NOT NULL UNIQUE,  -- 'dropout_hazard.level1', 'school_als_werkplaats.hours_per_100'\n"
"    label TEXT NOT NULL,        -- for people: 'dropout hazard'\n"
"    element_label TEXT,         -- for people: 'level 1'; NULL when there is only one element\n"
"    care INTEGER REFERENCES care_model (number), -- whose own value it is; NULL: shared by all\n"
"    value REAL NOT NULL,        -- base case, in `unit`\n"
"    unit TEXT NOT NULL,\n"
"    low REAL NOT NULL,          -- central 95% interval of the distribution;\n"
"    high REAL NOT NULL,         -- both equal the distribution's value when it is fixed\n"
"    distribution TEXT NOT NULL, -- in words; family and p0-p3 say the same to programs\n"
"    status TEXT NOT NULL CHECK (status IN ('report', 'published', 'assumption')),\n"
"    source TEXT NOT NULL,\n"
"    meaning TEXT NOT NULL,\n"
"    file TEXT NOT NULL,         -- where the value stands\n"
"    line INTEGER NOT NULL,\n"
"    declared TEXT NOT NULL,     -- name of the parameter in the model, 'dropout_hazard'\n"
"    element INTEGER NOT NULL,   -- which element of it, from 0\n"
"    element_name TEXT,          -- of the element, 'level1'; NULL when there is only one\n"
"    slot INTEGER NOT NULL,      -- place in the model's vector of values\n"
"    kind TEXT NOT NULL CHECK (kind IN ('number', 'integer', 'shares', 'staffing')),\n"
"    scope TEXT NOT NULL CHECK (scope IN ('world', 'care')),\n"
"    min REAL NOT NULL,          -- legal range, in `unit`\n"
"    max REAL NOT NULL,\n"
"    family TEXT NOT NULL,       -- 'fixed', 'beta', ...\n"
"    p0 REAL NOT NULL, p1 REAL NOT NULL, p2 REAL NOT NULL, p3 REAL NOT NULL,\n"
"    group_first INTEGER NOT NULL, -- shares are drawn together: first of them\n"
"    group_count INTEGER NOT NULL  -- and how many; 1 for all else\n"
") STRICT",

"CREATE TABLE correlation ( -- uncertain numbers that were drawn together, one row per group\n"
"    number INTEGER PRIMARY KEY, -- from 0\n"
"    name TEXT NOT NULL UNIQUE,  -- 'wage inflation'\n"
"    rho REAL NOT NULL,          -- correlation of the normal scores of any two members\n"
"    status TEXT NOT NULL CHECK (status IN ('report', 'published', 'assumption')),\n"
"    source TEXT NOT NULL,\n"
"    file TEXT NOT NULL,         -- where the group stands\n"
"    line INTEGER NOT NULL\n"
") STRICT",

"CREATE TABLE correlation_member (\n"
"    correlation INTEGER NOT NULL REFERENCES correlation (number),\n"
"    number INTEGER NOT NULL,    -- from 0\n"
"    parameter INTEGER NOT NULL UNIQUE REFERENCES parameter (number),\n"
"    sign INTEGER NOT NULL CHECK (sign IN (-1, 1)), -- -1: moves against the others\n"
"    PRIMARY KEY (correlation, number)\n"
") STRICT, WITHOUT ROWID",

"CREATE TABLE payer ( -- who can pay for a strategy\n"
"    number INTEGER PRIMARY KEY, -- from 0\n"
"    name TEXT NOT NULL UNIQUE,  -- 'school', as in `outcome`\n"
"    declared INTEGER NOT NULL,  -- 1: by the model; 0: named by a funding scenario\n"
"    by_home INTEGER NOT NULL    -- 1: many, by home of the people\n"
") STRICT",

"CREATE TABLE funding ( -- other ways to pay for the strategies than the care models have\n"
"    number INTEGER PRIMARY KEY, -- from 0\n"
"    name TEXT NOT NULL UNIQUE,\n"
"    contribution REAL NOT NULL, -- EUR per person and year, of the payer by home\n"
"    contribution_last_year INTEGER, -- school year; NULL: contributions go on\n"
"    host_share REAL NOT NULL,   -- of what it pays besides, the part of the first zone\n"
"    indexation REAL NOT NULL,   -- by how much amounts in EUR grow a year, a part of them\n"
"    rest INTEGER NOT NULL REFERENCES payer (number), -- who pays what all others leave\n"
"    status TEXT NOT NULL CHECK (status IN ('report', 'published', 'assumption')),\n"
"    source TEXT NOT NULL,\n"
"    file TEXT NOT NULL,         -- where it stands\n"
"    line INTEGER NOT NULL\n"
") STRICT",

"CREATE TABLE funding_payer (\n"
"    funding INTEGER NOT NULL REFERENCES funding (number),\n"
"    payer INTEGER NOT NULL REFERENCES payer (number),\n"
"    share REAL NOT NULL,        -- of the whole cost\n"
"    ceiling REAL,               -- EUR a year at most; NULL: none\n"
"    PRIMARY KEY (funding, payer)\n"
") STRICT, WITHOUT ROWID",

"CREATE TABLE funding_grant (\n"
"    funding INTEGER NOT NULL REFERENCES funding (number),\n"
"    number INTEGER NOT NULL,    -- from 0\n"
"    payer INTEGER NOT NULL REFERENCES payer (number),\n"
"    amount REAL NOT NULL,       -- EUR a year\n"
"    first_year INTEGER NOT NULL, -- school year, 1 is the first after the decision\n"
"    last_year INTEGER NOT NULL,\n"
"    PRIMARY KEY (funding, number)\n"
") STRICT, WITHOUT ROWID",

"CREATE TABLE municipality ( -- where students live, when the scenario names a list\n"
"    number INTEGER PRIMARY KEY, -- from 0\n"
"    name TEXT NOT NULL UNIQUE,\n"
"    parameter INTEGER NOT NULL REFERENCES parameter (number), -- the share of its zone\n"
"    students REAL NOT NULL -- as in the list; within a zone the model knows no other difference\n"
") STRICT",

"CREATE TABLE outcome ( -- what is counted\n"
"    number INTEGER PRIMARY KEY, -- from 0\n"
"    name TEXT NOT NULL UNIQUE,  -- 'vsv'\n"
"    unit TEXT NOT NULL,         -- unit of window, total and discounted in `result`\n"
"    better INTEGER NOT NULL,    -- 1: more is better, -1: less is better, 0: neither\n"
"    category TEXT,              -- of a cost: 'team', 'mentor', ...; NULL: not a cost\n"
"    payer TEXT,                 -- of a cost: 'school', 'municipality', ...; without a category:\n"
"                                -- a part of what this payer pays, counted in its costs already\n"
"    label TEXT NOT NULL,\n"
"    meaning TEXT NOT NULL,\n"
"    kind INTEGER NOT NULL       -- of a cost: 0 of the decision, 1 later, 2 transfer later\n"
") STRICT",

"CREATE TABLE subgroup ( -- groups of people whose results were told apart\n"
"    number INTEGER PRIMARY KEY,   -- from 1\n"
"    grouping TEXT NOT NULL,       -- 'level': everybody is in one group of each grouping\n"
"    grouping_title TEXT NOT NULL, -- for people\n"
"    name TEXT NOT NULL,           -- 'level1'\n"
"    title TEXT NOT NULL\n"
") STRICT",

"CREATE TABLE design ( -- one row per analysis; complete when it has all its points\n"
"    number INTEGER PRIMARY KEY, -- from 0\n"
"    name TEXT NOT NULL UNIQUE,  -- 'base', 'psa', 'hours', 'map_refer_external', ...\n"
"    kind TEXT NOT NULL,         -- 'base', 'psa', 'hours', 'sweep', 'map', 'tornado', 'subgroups',\n"
"                                -- 'precision', 'varied'\n"
"    sweep INTEGER REFERENCES sweep (number), -- of a sweep or map\n"
"    n_groups INTEGER NOT NULL,  -- points belong to groups 0 .. n_groups - 1,\n"
"    n_repeats INTEGER NOT NULL, -- and each has so many; of 'psa' fewer than run.draws when\n"
"                                -- run.target_error was met before\n"
"    drawn INTEGER NOT NULL      -- 1: under parameter draw number `cohort` ('precision': number\n"
"                                -- `group_number`); 0: the base case\n"
") STRICT",

"CREATE TABLE design_group ( -- what the points of a group have in common\n"
"    design INTEGER NOT NULL REFERENCES design (number),\n"
"    number INTEGER NOT NULL,    -- from 0\n"
"    level REAL NOT NULL,        -- what the group stands for: a factor, a parameter's value, or 0\n"
"    level2 REAL NOT NULL,       -- second axis, or 0\n"
"    parameter INTEGER REFERENCES parameter (number), -- tornado: the one at `level`\n"
"    PRIMARY KEY (design, number)\n"
") STRICT, WITHOUT ROWID",

"CREATE TABLE arm ( -- what every point of a design was run through\n"
"    design INTEGER NOT NULL REFERENCES design (number),\n"
"    number INTEGER NOT NULL,    -- from 0\n"
"    strategy INTEGER NOT NULL REFERENCES strategy (number),\n"
"    parameter INTEGER REFERENCES parameter (number), -- multiplied by `factor`; NULL: none\n"
"    factor REAL NOT NULL,\n"
"    subgroup INTEGER REFERENCES subgroup (number), -- results of these people; NULL: of all\n"
"    PRIMARY KEY (design, number)\n"
") STRICT, WITHOUT ROWID",

"CREATE TABLE point ( -- parameter values and the cohort (a school) that lives under them\n"
"    design INTEGER NOT NULL REFERENCES design (number),\n"
"    number INTEGER NOT NULL,    -- from 0; in design 'psa' the number of the parameter draw\n"
"    cohort INTEGER NOT NULL,    -- same cohort, same simulated people\n"
"    group_number INTEGER NOT NULL, -- in design_group\n"
"    PRIMARY KEY (design, number)\n"
") STRICT, WITHOUT ROWID",

"CREATE TABLE draw_value ( -- design 'psa': the drawn value of every uncertain parameter\n"
"    parameter INTEGER NOT NULL REFERENCES parameter (number),\n"
"    point INTEGER NOT NULL,     -- number of the draw\n"
"    value REAL NOT NULL,        -- in the parameter's unit\n"
"    PRIMARY KEY (parameter, point)\n"
") STRICT, WITHOUT ROWID",

"CREATE TABLE result ( -- in the unit of the outcome, for all that is simulated together\n"
"    design INTEGER NOT NULL REFERENCES design (number),\n"
"    point INTEGER NOT NULL,\n"
"    arm INTEGER NOT NULL,\n"
"    outcome INTEGER NOT NULL REFERENCES outcome (number),\n"
"    window REAL NOT NULL,       -- periods of the decision, not discounted\n"
"    total REAL NOT NULL,        -- and the periods after them, not discounted\n"
"    discounted REAL NOT NULL,   -- total, discounted to the first period\n"
"    PRIMARY KEY (design, point, arm, outcome)\n"
") STRICT, WITHOUT ROWID",

"CREATE TABLE result_by_year ( -- designs 'base' and 'psa': the same, school year by school year\n"
"    design INTEGER NOT NULL REFERENCES design (number),\n"
"    point INTEGER NOT NULL,\n"
"    arm INTEGER NOT NULL,\n"
"    amounts BLOB NOT NULL, -- doubles (IEEE 754, lowest byte first), of outcome 0 one for each\n"
"                           -- school year, then of outcome 1, ...; not discounted\n"
"    PRIMARY KEY (design, point, arm)\n"
") STRICT, WITHOUT ROWID",

"CREATE VIEW v_result AS -- results with names\n"
"SELECT d.name AS design, r.point AS draw, p.cohort, p.group_number, g.level, g.level2,\n"
"       q.name AS parameter,              -- tornado: the parameter at `level`\n"
"       s.name AS strategy, a.factor,     -- a strategy, its hours multiplied by factor\n"
"       u.grouping, u.name AS subgroup,   -- of these people only; NULL: of all\n"
"       o.name AS outcome, o.unit, r.window, r.total, r.discounted\n"
"FROM result r\n"
"JOIN design d ON d.number = r.design\n"
"JOIN point p ON p.design = r.design AND p.number = r.point\n"
"JOIN design_group g ON g.design = r.design AND g.number = p.group_number\n"
"JOIN arm a ON a.design = r.design AND a.number = r.arm\n"
"JOIN strategy s ON s.number = a.strategy\n"
"JOIN outcome o ON o.number = r.outcome\n"
"LEFT JOIN parameter q ON q.number = g.parameter\n"
"LEFT JOIN subgroup u ON u.number = a.subgroup",

"CREATE VIEW v_increment AS -- design 'psa': strategy minus comparator, draw by draw\n"
"SELECT r.point AS draw, s.name AS strategy, o.name AS outcome, o.unit, o.category, o.payer,\n"
"       r.window - c.window AS window, r.total - c.total AS total,\n"
"       r.discounted - c.discounted AS discounted\n"
"FROM design d\n"
"JOIN result r ON r.design = d.number AND r.arm > 0\n"
"JOIN result c ON c.design = d.number AND c.point = r.point AND c.arm = 0\n"
"    AND c.outcome = r.outcome\n"
"JOIN arm a ON a.design = d.number AND a.number = r.arm\n"
"JOIN strategy s ON s.number = a.strategy\n"
"JOIN outcome o ON o.number = r.outcome\n"
"WHERE d.name = 'psa'",

"CREATE VIEW v_draw AS -- design 'psa': drawn parameter values with names\n"
"SELECT v.point AS draw, p.name AS parameter, p.unit, v.value\n"
"FROM draw_value v JOIN parameter p ON p.number = v.parameter",

NULL};
/* clang-format on */
