-- One run a quarter: a run over the same quarter takes the place of the one before. Days are written YYYY-MM-DD.

CREATE TABLE run (
    quarter TEXT PRIMARY KEY,                 -- 2024-Q4
    as_of TEXT NOT NULL,
    organisation TEXT NOT NULL,
    version TEXT NOT NULL,                    -- of the tool
    configuration_sha256 TEXT NOT NULL,
    gone TEXT NOT NULL                        -- JSON: workbooks of last quarter's folder that this one lacks
);

CREATE TABLE workbook (
    id INTEGER PRIMARY KEY,
    quarter TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
    file TEXT NOT NULL,
    service TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('annotated', 'checked', 'failed')),
    sha256 TEXT NOT NULL,                     -- of the file
    source_sha256 TEXT NOT NULL,              -- of the workbook it was first annotated from
    configuration_sha256 TEXT NOT NULL,
    as_of TEXT NOT NULL,
    version TEXT NOT NULL,
    output TEXT NOT NULL,
    reason TEXT NOT NULL,                     -- why it failed
    previous TEXT NOT NULL,                   -- last quarter's workbook, as the run paired it
    not_run TEXT NOT NULL,                    -- JSON: codes of the rules that could not run
    earlier INTEGER REFERENCES workbook ON DELETE SET NULL,     -- the same register when it was last seen
    UNIQUE (quarter, file)
);
CREATE INDEX workbook_earlier ON workbook (earlier);

CREATE TABLE risk (
    id INTEGER PRIMARY KEY,
    workbook INTEGER NOT NULL REFERENCES workbook ON DELETE CASCADE,
    sheet TEXT NOT NULL,
    cell TEXT,
    ref TEXT NOT NULL,
    title TEXT NOT NULL,
    owner TEXT NOT NULL,
    category TEXT NOT NULL,
    objective TEXT NOT NULL,
    direction TEXT NOT NULL,
    status TEXT NOT NULL,
    closed INTEGER NOT NULL,
    kept INTEGER NOT NULL,                    -- 1: the run itself paired it with a risk of last quarter's workbook
    earlier INTEGER REFERENCES risk ON DELETE SET NULL          -- the same risk when it was last seen
);
CREATE INDEX risk_workbook ON risk (workbook);
CREATE INDEX risk_earlier ON risk (earlier);

CREATE TABLE score (
    risk INTEGER NOT NULL REFERENCES risk ON DELETE CASCADE,
    stage TEXT NOT NULL CHECK (stage IN ('inherent', 'residual', 'target')),
    likelihood REAL,
    impact REAL,
    rating REAL,
    band TEXT NOT NULL,
    colour TEXT NOT NULL,                     -- RRGGBB
    is_red INTEGER NOT NULL,                  -- 1: in the top band
    PRIMARY KEY (risk, stage)
) WITHOUT ROWID;

CREATE TABLE action (
    risk INTEGER NOT NULL REFERENCES risk ON DELETE CASCADE,
    place INTEGER NOT NULL,
    text TEXT NOT NULL,
    due TEXT,
    overdue INTEGER NOT NULL,
    PRIMARY KEY (risk, place)
) WITHOUT ROWID;

CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    workbook INTEGER NOT NULL REFERENCES workbook ON DELETE CASCADE,
    risk INTEGER REFERENCES risk ON DELETE SET NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    severity TEXT NOT NULL,
    sheet TEXT NOT NULL,
    cell TEXT,
    ref TEXT NOT NULL,
    title TEXT NOT NULL,
    field TEXT NOT NULL,
    owner TEXT NOT NULL,
    message TEXT NOT NULL,
    advice TEXT NOT NULL,
    status TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    first_seen TEXT NOT NULL,                 -- the as-of of the first quarter that had it
    quarters INTEGER NOT NULL,                -- in how many quarters it was seen, this one included
    earlier INTEGER REFERENCES finding ON DELETE SET NULL       -- the same finding when it was last seen
);
CREATE INDEX finding_workbook ON finding (workbook);
CREATE INDEX finding_risk ON finding (risk);
CREATE INDEX finding_earlier ON finding (earlier);

CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    workbook INTEGER NOT NULL REFERENCES workbook ON DELETE CASCADE,
    sheet TEXT NOT NULL,
    cell TEXT NOT NULL,
    code TEXT NOT NULL,
    ref TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    basis TEXT NOT NULL
);
CREATE INDEX correction_workbook ON correction (workbook);

CREATE TABLE waiver (
    id INTEGER PRIMARY KEY,
    workbook INTEGER NOT NULL REFERENCES workbook ON DELETE CASCADE,
    code TEXT NOT NULL,
    ref TEXT NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    name TEXT NOT NULL,
    until TEXT
);
CREATE INDEX waiver_workbook ON waiver (workbook);

-- What is finished of a run that may still be under way, so that it can be resumed.
CREATE TABLE finished (
    quarter TEXT NOT NULL,
    file TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,                 -- stands for all that decides the outcome
    outcome BLOB NOT NULL,                    -- the outcome as JSON, deflated
    PRIMARY KEY (quarter, file)
);

-- The scores that count now: residual, else inherent.
CREATE VIEW current_score AS
SELECT * FROM score
WHERE stage = 'residual'
   OR (stage = 'inherent' AND NOT EXISTS
       (SELECT 1 FROM score AS other WHERE other.risk = score.risk AND other.stage = 'residual'));

-- Every finding once, as it was when it was last seen.
CREATE VIEW finding_history AS
SELECT workbook.service, workbook.file, finding.code, finding.name, finding.severity, finding.ref, finding.title,
       finding.field, finding.owner, finding.message, finding.status, finding.first_seen, run.as_of AS last_seen,
       finding.quarters
FROM finding
JOIN workbook ON workbook.id = finding.workbook
JOIN run ON run.quarter = workbook.quarter
WHERE NOT EXISTS (SELECT 1 FROM finding AS later WHERE later.earlier = finding.id);
