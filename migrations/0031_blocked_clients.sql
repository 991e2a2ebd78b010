-- Clients whose requests the therapist no longer wants to see.
CREATE TABLE blocked_clients (
    client     INTEGER PRIMARY KEY REFERENCES clients (id),
    blocked_at INTEGER NOT NULL
) STRICT;

-- What blocked clients have asked for. It holds no time and is no appointment, so
-- it stands in a table of its own; its client sees a request like any other, until
-- it is declined. Its ids count downwards from -1: where a link, a form or an email
-- names an appointment, an id below zero is one of these.
CREATE TABLE blocked_requests (
    id             INTEGER PRIMARY KEY,
    client         INTEGER NOT NULL REFERENCES clients (id),
    office         TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    service_name   TEXT    NOT NULL,
    starts_at      INTEGER NOT NULL,
    ends_at        INTEGER NOT NULL,
    buffer_minutes INTEGER NOT NULL,
    price          INTEGER NOT NULL,
    status         TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    email          TEXT,
    phone          TEXT,
    note           TEXT,
    requested_at   INTEGER NOT NULL,
    held_until     INTEGER NOT NULL,
    -- When it is declined.
    answer_at      INTEGER NOT NULL,
    ended_at       INTEGER,
    uid            TEXT    NOT NULL,
    revision       INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT id_is_below_zero CHECK (id < 0),
    CONSTRAINT status_is_of_a_request CHECK (status IN ('requested', 'declined', 'cancelled')),
    CONSTRAINT uid_is_unique UNIQUE (uid)
) STRICT;
CREATE INDEX blocked_requests_waiting ON blocked_requests (answer_at) WHERE status = 'requested';
CREATE INDEX blocked_requests_by_client ON blocked_requests (client);
CREATE INDEX blocked_requests_taken_back ON blocked_requests (requested_at) WHERE status = 'cancelled';

-- So what names an appointment there may name one of these. SQLite has no statement
-- that takes a reference away; this is the way that its documentation names
-- (lang_altertable, section 7), and the ADD COLUMN behind it has the schema read anew.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, ' REFERENCES appointments (id)', '')
WHERE type = 'table' AND name IN ('links', 'sent_forms', 'emails');
PRAGMA writable_schema = OFF;
ALTER TABLE blocked_clients ADD COLUMN schema_was_read INTEGER;
ALTER TABLE blocked_clients DROP COLUMN schema_was_read;
