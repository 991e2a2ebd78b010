-- The practice's whole memory. Instants are whole seconds since 1970, UTC, so
-- that SQL can add a buffer or a drive to them; the view at the end shows them
-- in words to whoever opens the file. Constraints carry the name of their rule.

-- Whoever has asked for an appointment. Public forms add rows and change none:
-- a typed address proves nothing about who types it, and spouses share one.
CREATE TABLE clients (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    email      TEXT,
    phone      TEXT,
    -- The forms by which two spellings are the same.
    name_key   TEXT    NOT NULL,
    email_key  TEXT,
    created_at INTEGER NOT NULL,
    CONSTRAINT client_can_be_reached CHECK (email IS NOT NULL OR phone IS NOT NULL),
    CONSTRAINT email_has_its_key CHECK ((email IS NULL) = (email_key IS NULL))
) STRICT;

CREATE INDEX clients_by_email ON clients (email_key);
CREATE INDEX clients_by_phone ON clients (phone);

-- One row per appointment, from the request on. Minutes, buffer, price and
-- office are as agreed: the practice file may change, the row does not.
CREATE TABLE appointments (
    id             INTEGER PRIMARY KEY,
    client         INTEGER NOT NULL REFERENCES clients (id),
    office         TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    service_name   TEXT    NOT NULL,
    starts_at      INTEGER NOT NULL,
    -- Without the buffer.
    ends_at        INTEGER NOT NULL,
    buffer_minutes INTEGER NOT NULL,
    -- In hundredths of the currency.
    price          INTEGER NOT NULL,
    status         TEXT    NOT NULL,
    -- As given with this request, which need not be what the client's row says.
    name           TEXT    NOT NULL,
    email          TEXT,
    email_key      TEXT,
    phone          TEXT,
    note           TEXT,
    requested_at   INTEGER NOT NULL,
    held_until     INTEGER NOT NULL,
    answered_at    INTEGER,
    ended_at       INTEGER,
    cancelled_by   TEXT,
    is_late        INTEGER NOT NULL DEFAULT 0,
    -- What the therapist added in their own words.
    sentence       TEXT,
    -- Identifies the event in calendars; with `revision` as its SEQUENCE.
    uid            TEXT    NOT NULL,
    revision       INTEGER NOT NULL DEFAULT 0,
    -- The hash of the form as it was sent: the same form twice is one request.
    request_digest BLOB,
    CONSTRAINT status_is_known CHECK (status IN
        ('requested', 'confirmed', 'declined', 'cancelled', 'expired', 'arrived', 'no_show')),
    -- The bound on the length is what lets the guards below look a day back and no further.
    CONSTRAINT session_lasts_up_to_a_day CHECK (ends_at > starts_at AND ends_at - starts_at <= 86400),
    CONSTRAINT client_can_be_reached CHECK (email IS NOT NULL OR phone IS NOT NULL),
    CONSTRAINT cancelled_by_a_side CHECK (cancelled_by IN ('client', 'therapist')),
    CONSTRAINT is_late_is_yes_or_no CHECK (is_late IN (0, 1)),
    CONSTRAINT uid_is_unique UNIQUE (uid),
    CONSTRAINT same_form_is_one_request UNIQUE (request_digest)
) STRICT;

CREATE INDEX appointments_live ON appointments (starts_at) WHERE status IN ('requested', 'confirmed');
CREATE INDEX appointments_by_start ON appointments (starts_at);
CREATE INDEX appointments_by_client ON appointments (client);
CREATE INDEX appointments_held ON appointments (held_until) WHERE status = 'requested';

-- The second guard of "never two people at one time". The rules of buffer and
-- travel stay in the program, where they can be overruled knowingly; that two
-- sessions overlap can not.
CREATE TRIGGER slot_taken_on_insert BEFORE INSERT ON appointments
WHEN NEW.status IN ('requested', 'confirmed')
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM appointments
        WHERE status IN ('requested', 'confirmed')
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

CREATE TRIGGER slot_taken_on_update BEFORE UPDATE OF starts_at, ends_at, status, office ON appointments
WHEN NEW.status IN ('requested', 'confirmed')
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM appointments
        WHERE status IN ('requested', 'confirmed')
          AND id <> NEW.id
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

-- The links to a client's own page. Only hashes: whoever reads this file
-- cannot open anybody's page with it.
CREATE TABLE links (
    token_hash  BLOB    PRIMARY KEY,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    -- Where the link was given. 'request': to whoever sent the form, right
    -- after it, and so it shows where we write to; 'letter': in a letter.
    given_in    TEXT    NOT NULL,
    expires_at  INTEGER NOT NULL,
    CONSTRAINT given_in_is_known CHECK (given_in IN ('request', 'letter'))
) STRICT, WITHOUT ROWID;

CREATE INDEX links_by_expiry ON links (expires_at);

-- Letters, written in the transaction of what they tell, sent afterwards.
CREATE TABLE letters (
    id              INTEGER PRIMARY KEY,
    -- Names the event: the same event never writes a second letter.
    key             TEXT    NOT NULL,
    appointment     INTEGER REFERENCES appointments (id),
    side            TEXT    NOT NULL,
    recipient       TEXT    NOT NULL,
    subject         TEXT    NOT NULL,
    text_body       TEXT    NOT NULL,
    html_body       TEXT    NOT NULL,
    -- An iCalendar file and its METHOD.
    calendar        TEXT,
    calendar_method TEXT,
    message_id      TEXT    NOT NULL,
    written_at      INTEGER NOT NULL,
    not_after       INTEGER,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    outcome         TEXT    NOT NULL DEFAULT 'waiting',
    outcome_at      INTEGER,
    -- Why the last attempt failed, in words without personal data.
    trouble         TEXT,
    CONSTRAINT one_letter_per_event UNIQUE (key),
    CONSTRAINT side_is_known CHECK (side IN ('client', 'therapist')),
    CONSTRAINT outcome_is_known CHECK (outcome IN ('waiting', 'sent', 'given_up', 'lapsed')),
    CONSTRAINT calendar_has_its_method CHECK ((calendar IS NULL) = (calendar_method IS NULL))
) STRICT;

CREATE INDEX letters_waiting ON letters (next_attempt_at) WHERE outcome = 'waiting';
CREATE INDEX letters_by_appointment ON letters (appointment);

-- The letters that may go out: none overtakes an older one about the same
-- appointment to the same side, or "Requested" could arrive after "Cancelled".
CREATE VIEW letters_in_turn AS
SELECT * FROM letters AS letter
WHERE outcome = 'waiting'
  AND NOT EXISTS (
      SELECT 1 FROM letters AS older
      WHERE older.appointment = letter.appointment
        AND older.side = letter.side
        AND older.outcome = 'waiting'
        AND older.id < letter.id);

-- What to tell by telephone, to clients without an email address. One open
-- call per appointment: the newest event is what there is to tell.
CREATE TABLE calls (
    id          INTEGER PRIMARY KEY,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    about       TEXT    NOT NULL,
    made_at     INTEGER NOT NULL,
    done_at     INTEGER,
    CONSTRAINT about_is_known CHECK (about IN ('requested', 'confirmed', 'declined', 'cancelled', 'expired'))
) STRICT;

CREATE UNIQUE INDEX one_open_call_per_appointment ON calls (appointment) WHERE done_at IS NULL;

-- The one who signs in. One row at the most.
CREATE TABLE therapist (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    -- Argon2id, as a PHC string.
    password_hash TEXT    NOT NULL,
    changed_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    token_hash BLOB    PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One-time links for setting the password.
CREATE TABLE welcome_links (
    token_hash BLOB    PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a command that runs beside the server needs to know of it.
CREATE TABLE served (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    base_url TEXT    NOT NULL
) STRICT;

CREATE VIEW appointments_in_words AS
SELECT id,
       datetime(starts_at, 'unixepoch') || ' UTC' AS starts,
       (ends_at - starts_at) / 60                 AS minutes,
       office, service, status, name, email, phone,
       datetime(requested_at, 'unixepoch') || ' UTC' AS requested,
       datetime(held_until, 'unixepoch') || ' UTC'   AS held_until
FROM appointments;
