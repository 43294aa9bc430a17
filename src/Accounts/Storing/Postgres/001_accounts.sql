-- Accounts and what belongs to them. Ids are UUIDs in their 36-character form, instants milliseconds since 1970 (UTC).
CREATE TABLE accounts (
    number           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id               text COLLATE "C" NOT NULL UNIQUE,
    email            text COLLATE "C" NOT NULL,
    email_key        text COLLATE "C" NOT NULL UNIQUE,
    name             text COLLATE "C" NOT NULL,
    avatar_url       text COLLATE "C",
    role             bigint NOT NULL,
    password_hash    text COLLATE "C" NOT NULL,
    registration_key text COLLATE "C",
    created_at       bigint NOT NULL
);

-- An ended session stays for a day, so that every node hears of its end.
CREATE TABLE account_sessions (
    id           text COLLATE "C" PRIMARY KEY,
    account_id   text COLLATE "C" NOT NULL,
    created_at   bigint NOT NULL,
    last_used_at bigint NOT NULL,
    expires_at   bigint NOT NULL,
    revoked_at   bigint,
    address      text COLLATE "C",
    client       text COLLATE "C"
);
CREATE INDEX account_sessions_by_account ON account_sessions (account_id);
CREATE INDEX account_sessions_by_end ON account_sessions (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX account_sessions_by_expiry ON account_sessions (expires_at);

-- Only hashes. A used token stays until it would have ended, because its second use ends the session.
CREATE TABLE refresh_tokens (
    hash       text COLLATE "C" PRIMARY KEY,
    session_id text COLLATE "C" NOT NULL,
    expires_at bigint NOT NULL,
    used_at    bigint,
    use_key    text COLLATE "C",
    successor  text COLLATE "C"
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

CREATE TABLE login_failures (
    subject      text COLLATE "C" PRIMARY KEY,
    failures     bigint NOT NULL,
    last_at      bigint NOT NULL,
    locked_until bigint NOT NULL
);
CREATE INDEX login_failures_by_age ON login_failures (last_at);

CREATE TABLE signing_keys (
    generation      bigint PRIMARY KEY,
    key_id          text COLLATE "C" NOT NULL UNIQUE,
    public_key      bytea NOT NULL,
    private_key     bytea NOT NULL,
    is_sealed       bigint NOT NULL,
    starts_at       bigint NOT NULL,
    ends_at         bigint NOT NULL,
    published_until bigint NOT NULL
);

-- One row for two people, the lower id first.
CREATE TABLE friendships (
    low_id      text COLLATE "C" NOT NULL,
    high_id     text COLLATE "C" NOT NULL,
    asked_by    text COLLATE "C" NOT NULL,
    is_accepted bigint NOT NULL,
    since       bigint NOT NULL,
    PRIMARY KEY (low_id, high_id)
);
CREATE INDEX friendships_by_high ON friendships (high_id);

CREATE TABLE playlists (
    id          text COLLATE "C" PRIMARY KEY,
    account_id  text COLLATE "C" NOT NULL,
    name        text COLLATE "C" NOT NULL,
    description text COLLATE "C",
    items       text COLLATE "C" NOT NULL,
    item_count  bigint NOT NULL,
    version     bigint NOT NULL,
    created_at  bigint NOT NULL,
    updated_at  bigint NOT NULL
);
CREATE INDEX playlists_by_account ON playlists (account_id, updated_at);

CREATE TABLE rate_windows (
    name       text COLLATE "C" NOT NULL,
    subject    text COLLATE "C" NOT NULL,
    calls      text COLLATE "C" NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (name, subject)
);
CREATE INDEX rate_windows_by_expiry ON rate_windows (expires_at);
