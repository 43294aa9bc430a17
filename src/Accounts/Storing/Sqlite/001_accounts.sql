-- Accounts and what belongs to them. Ids are UUIDs in their 36-character form, instants milliseconds since 1970 (UTC).
CREATE TABLE accounts (
    number           integer PRIMARY KEY AUTOINCREMENT,
    id               text NOT NULL UNIQUE,
    email            text NOT NULL,
    email_key        text NOT NULL UNIQUE,
    name             text NOT NULL,
    avatar_url       text,
    role             integer NOT NULL,
    password_hash    text NOT NULL,
    registration_key text,
    created_at       integer NOT NULL
);

-- An ended session stays for a day, so that every node hears of its end.
CREATE TABLE account_sessions (
    id           text PRIMARY KEY,
    account_id   text NOT NULL,
    created_at   integer NOT NULL,
    last_used_at integer NOT NULL,
    expires_at   integer NOT NULL,
    revoked_at   integer,
    address      text,
    client       text
) WITHOUT ROWID;
CREATE INDEX account_sessions_by_account ON account_sessions (account_id);
CREATE INDEX account_sessions_by_end ON account_sessions (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX account_sessions_by_expiry ON account_sessions (expires_at);

-- Only hashes. A used token stays until it would have ended, because its second use ends the session.
CREATE TABLE refresh_tokens (
    hash       text PRIMARY KEY,
    session_id text NOT NULL,
    expires_at integer NOT NULL,
    used_at    integer,
    use_key    text,
    successor  text
) WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

CREATE TABLE login_failures (
    subject      text PRIMARY KEY,
    failures     integer NOT NULL,
    last_at      integer NOT NULL,
    locked_until integer NOT NULL
) WITHOUT ROWID;
CREATE INDEX login_failures_by_age ON login_failures (last_at);

CREATE TABLE signing_keys (
    generation      integer PRIMARY KEY,
    key_id          text NOT NULL UNIQUE,
    public_key      blob NOT NULL,
    private_key     blob NOT NULL,
    is_sealed       integer NOT NULL,
    starts_at       integer NOT NULL,
    ends_at         integer NOT NULL,
    published_until integer NOT NULL
);

-- One row for two people, the lower id first.
CREATE TABLE friendships (
    low_id      text NOT NULL,
    high_id     text NOT NULL,
    asked_by    text NOT NULL,
    is_accepted integer NOT NULL,
    since       integer NOT NULL,
    PRIMARY KEY (low_id, high_id)
) WITHOUT ROWID;
CREATE INDEX friendships_by_high ON friendships (high_id);

CREATE TABLE playlists (
    id          text PRIMARY KEY,
    account_id  text NOT NULL,
    name        text NOT NULL,
    description text,
    items       text NOT NULL,
    item_count  integer NOT NULL,
    version     integer NOT NULL,
    created_at  integer NOT NULL,
    updated_at  integer NOT NULL
);
CREATE INDEX playlists_by_account ON playlists (account_id, updated_at);

CREATE TABLE rate_windows (
    name       text NOT NULL,
    subject    text NOT NULL,
    calls      text NOT NULL,
    expires_at integer NOT NULL,
    PRIMARY KEY (name, subject)
) WITHOUT ROWID;
CREATE INDEX rate_windows_by_expiry ON rate_windows (expires_at);
