-- What a repetition of the last change of the password is known by.
ALTER TABLE accounts ADD COLUMN password_key text;
ALTER TABLE accounts ADD COLUMN password_changed_at integer;

-- Deleted accounts that others have yet to forget.
CREATE TABLE departures (
    account_id text PRIMARY KEY,
    deleted_at integer NOT NULL
) WITHOUT ROWID;
CREATE INDEX departures_by_age ON departures (deleted_at);
