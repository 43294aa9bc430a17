-- The names of events and replies, each stored once.
CREATE TABLE manifests (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- One row per entity that has events, written with its first and never again.
CREATE TABLE entities (
    key   INTEGER PRIMARY KEY,
    shard INTEGER NOT NULL,
    kind  TEXT NOT NULL,
    id    TEXT NOT NULL,
    UNIQUE (kind, id)
);

-- What every append changes. Apart from the entities and narrow, so that appends to many entities touch few pages.
CREATE TABLE heads (
    entity     INTEGER PRIMARY KEY,
    head       INTEGER NOT NULL,            -- the last event's number
    last       INTEGER NOT NULL,            -- the last event's offset
    due_at     INTEGER,                     -- Unix microseconds
    keep_alive INTEGER NOT NULL
);

CREATE INDEX heads_due_at ON heads (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX heads_keep_alive ON heads (entity) WHERE keep_alive = 1;

-- Every event in the one order. Rows are only ever added at the end, so there is no second index: an entity's
-- events are found backwards from heads.last through prev.
CREATE TABLE events (
    "offset"        INTEGER PRIMARY KEY,
    entity          INTEGER NOT NULL,
    seq             INTEGER NOT NULL,
    prev            INTEGER NOT NULL,       -- the offset of the entity's event before; 0 for its first
    at              INTEGER NOT NULL,       -- Unix microseconds
    manifest        INTEGER NOT NULL,
    payload         BLOB NOT NULL,
    command_session BLOB,                   -- these four: null when the command had no id
    command_number  INTEGER,
    reply_manifest  INTEGER,
    reply           BLOB
);

CREATE TABLE snapshots (
    kind           TEXT NOT NULL,
    id             TEXT NOT NULL,
    seq            INTEGER NOT NULL,
    schema_version INTEGER NOT NULL,
    payload        BLOB NOT NULL,
    PRIMARY KEY (kind, id)
);

-- One row, written only to overwrite what a failed commit may have left in the write-ahead log.
CREATE TABLE doubts (
    resolved INTEGER NOT NULL
);

INSERT INTO doubts (resolved) VALUES (0);

-- One row: the cluster's version and the last incarnation given out.
CREATE TABLE cluster (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    version     INTEGER NOT NULL,
    incarnation INTEGER NOT NULL
);

INSERT INTO cluster (id, version, incarnation) VALUES (1, 1, 0);

CREATE TABLE shard_homes (
    shard  INTEGER PRIMARY KEY,
    owner  TEXT,
    target TEXT,
    epoch  INTEGER NOT NULL
);

CREATE TABLE projections (
    name     TEXT PRIMARY KEY,
    "offset" INTEGER NOT NULL,
    version  INTEGER NOT NULL
);

-- All read models: a projection's rows by key, and in the order of a number of its choice.
CREATE TABLE projection_rows (
    projection TEXT NOT NULL,
    key        TEXT NOT NULL,
    sort       INTEGER NOT NULL,
    value      BLOB NOT NULL,
    PRIMARY KEY (projection, key)
);

CREATE INDEX projection_rows_sort ON projection_rows (projection, sort, key);
