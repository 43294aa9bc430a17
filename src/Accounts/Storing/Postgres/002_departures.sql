-- What a repetition of the last change of the password is known by.
ALTER TABLE accounts ADD COLUMN password_key text COLLATE "C";
ALTER TABLE accounts ADD COLUMN password_changed_at bigint;

-- Deleted accounts that others have yet to forget.
CREATE TABLE departures (
    account_id text COLLATE "C" PRIMARY KEY,
    deleted_at bigint NOT NULL
);
CREATE INDEX departures_by_age ON departures (deleted_at);
