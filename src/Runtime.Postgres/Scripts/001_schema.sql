-- Text is compared by its UTF-8 bytes everywhere, whatever the database's own collation is.

-- The names of events and replies, each stored once.
CREATE TABLE manifests (
    id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE
);

-- Nodes take keys for new entities from here, a block at a time.
CREATE SEQUENCE entity_keys;

-- One row per entity that has events, written with its first and never again.
CREATE TABLE entities (
    key   bigint PRIMARY KEY,
    shard smallint NOT NULL,
    kind  text COLLATE "C" NOT NULL,
    id    text COLLATE "C" NOT NULL,
    UNIQUE (kind, id)
);

-- What every append changes. Apart from the entities and narrow, and with room in each page for the next version of its rows,
-- so that an append touches few pages and no index.
CREATE TABLE heads (
    entity  bigint PRIMARY KEY,
    shard   smallint NOT NULL,
    head    bigint NOT NULL,             -- the last event's number
    wake_at bigint NOT NULL              -- Unix microseconds; the lowest number: keep alive; the highest: never
) WITH (fillfactor = 50);

CREATE INDEX heads_wake_at ON heads (shard, wake_at) WHERE wake_at < 9223372036854775807;

-- Every event. An offset is the writing transaction's number, with what "journal" adds, times 2^20, plus the event's place in
-- the transaction. A reader that stops below the oldest transaction that still writes here never has one appear behind it.
CREATE TABLE events (
    "offset"        bigint PRIMARY KEY,
    entity          bigint NOT NULL,
    seq             bigint NOT NULL,
    at              bigint NOT NULL,      -- Unix microseconds
    manifest        integer NOT NULL,
    payload         bytea NOT NULL,
    command_session uuid,                 -- these four: null when the command had no id
    command_number  bigint,
    reply_manifest  integer,
    reply           bytea,
    UNIQUE (entity, seq)
);

-- One row: what is added to transaction numbers. It grows when the database has been restored into a server whose own numbers
-- are behind those in the journal.
CREATE TABLE journal (
    id   integer PRIMARY KEY CHECK (id = 1),
    base bigint NOT NULL
);

INSERT INTO journal (id, base) VALUES (1, 0);

CREATE TABLE snapshots (
    kind           text COLLATE "C" NOT NULL,
    id             text COLLATE "C" NOT NULL,
    seq            bigint NOT NULL,
    schema_version integer NOT NULL,
    payload        bytea NOT NULL,
    PRIMARY KEY (kind, id)
);

-- One row: the cluster's version, the last incarnation given out and the number of shards.
CREATE TABLE cluster (
    id          integer PRIMARY KEY CHECK (id = 1),
    version     bigint NOT NULL,
    incarnation bigint NOT NULL,
    shards      integer NOT NULL
);

INSERT INTO cluster (id, version, incarnation, shards) VALUES (1, 1, 0, 256);

CREATE TABLE members (
    name          text COLLATE "C" PRIMARY KEY,
    incarnation   bigint NOT NULL UNIQUE,
    address       text NOT NULL,
    feature_level integer NOT NULL,
    standing      smallint NOT NULL,      -- 0 active, 1 cut off from the others, 2 leaving
    counter       bigint NOT NULL,
    clock_offset  bigint NOT NULL,        -- microseconds: the member's cluster time minus this server's clock
    server_start  timestamptz NOT NULL    -- when the server had started that answered the member's last heartbeat
) WITH (fillfactor = 50);

CREATE TABLE shard_homes (
    shard  smallint PRIMARY KEY,
    owner  text COLLATE "C",
    target text COLLATE "C",
    epoch  bigint NOT NULL
);

INSERT INTO shard_homes (shard, owner, target, epoch) SELECT shard, NULL, NULL, 0 FROM generate_series(0, 255) AS shard;

CREATE TABLE projections (
    name     text COLLATE "C" PRIMARY KEY,
    "offset" bigint NOT NULL,
    version  integer NOT NULL
);

-- All read models: a projection's rows by key, and in the order of a number of its choice.
CREATE TABLE projection_rows (
    projection text COLLATE "C" NOT NULL,
    key        text COLLATE "C" NOT NULL,
    sort       bigint NOT NULL,
    value      bytea NOT NULL,
    PRIMARY KEY (projection, key)
);

CREATE INDEX projection_rows_sort ON projection_rows (projection, sort, key);
