-- What the therapist plans in the admin page: opening hours, single dates,
-- time off, the policy; and changes, which are asked for and not yet answered.
-- Dates are civil dates of the practice, written 2026-12-08; minutes count from
-- midnight.

-- Weekly opening hours of an office, by the date from which they hold. An
-- office without a row here has those of the practice file.
CREATE TABLE opening_hours (
    office     TEXT NOT NULL,
    holds_from TEXT NOT NULL,
    CONSTRAINT one_week_per_date PRIMARY KEY (office, holds_from),
    CONSTRAINT holds_from_is_a_date CHECK (date(holds_from) = holds_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE opening_windows (
    office     TEXT    NOT NULL,
    holds_from TEXT    NOT NULL,
    -- Monday is 0.
    weekday    INTEGER NOT NULL,
    opens      INTEGER NOT NULL,
    closes     INTEGER NOT NULL,
    FOREIGN KEY (office, holds_from) REFERENCES opening_hours (office, holds_from) ON DELETE CASCADE,
    CONSTRAINT weekday_is_known CHECK (weekday BETWEEN 0 AND 6),
    CONSTRAINT window_lies_in_a_day CHECK (opens >= 0 AND opens < closes AND closes <= 1440)
) STRICT;

CREATE INDEX opening_windows_by_week ON opening_windows (office, holds_from);

-- What holds on one date instead of the weekly hours. Without windows it is closed.
CREATE TABLE plans (
    date TEXT PRIMARY KEY,
    CONSTRAINT date_is_a_date CHECK (date(date) = date)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_windows (
    date   TEXT    NOT NULL REFERENCES plans (date) ON DELETE CASCADE,
    office TEXT    NOT NULL,
    opens  INTEGER NOT NULL,
    closes INTEGER NOT NULL,
    CONSTRAINT window_lies_in_a_day CHECK (opens >= 0 AND opens < closes AND closes <= 1440)
) STRICT;

CREATE INDEX plan_windows_by_date ON plan_windows (date);

-- The policy, from the first time that the therapist has changed it. One row at the most.
CREATE TABLE policy (
    id                        INTEGER PRIMARY KEY CHECK (id = 1),
    slot_step_minutes         INTEGER NOT NULL,
    minimum_notice_hours      INTEGER NOT NULL,
    horizon_days              INTEGER NOT NULL,
    hold_hours                INTEGER NOT NULL,
    answer_before_hours       INTEGER NOT NULL,
    cancellation_notice_hours INTEGER NOT NULL,
    open_requests_per_contact INTEGER NOT NULL,
    confirmation              TEXT    NOT NULL,
    book_again                TEXT    NOT NULL,
    -- Whole numbers with spaces between them.
    reminder_hours            TEXT    NOT NULL,
    changed_at                INTEGER NOT NULL,
    CONSTRAINT confirmation_is_known CHECK (confirmation IN ('by_therapist', 'at_once')),
    CONSTRAINT book_again_is_known CHECK (book_again IN ('by_therapist', 'at_once'))
) STRICT;

-- On which weekdays the first booking decides the office: a bit each, Monday
-- the lowest. One row, from the first time that the therapist has changed it.
CREATE TABLE first_booking_decides (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 0 AND 127)
) STRICT;

-- A row while online requests are closed, with the therapist's sentence.
CREATE TABLE requests_closed (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    sentence TEXT    NOT NULL,
    since    INTEGER NOT NULL
) STRICT;

CREATE TABLE time_off (
    -- Never given twice: a page that is still open must not end another one.
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The one office that is closed; NULL closes the whole practice.
    office     TEXT,
    starts_at  INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    -- For the therapist's own eyes.
    note       TEXT,
    CONSTRAINT time_off_is_not_empty CHECK (ends_at > starts_at)
) STRICT;

CREATE INDEX time_off_by_end ON time_off (ends_at);

-- The rules that the therapist has knowingly booked against, as words.
ALTER TABLE appointments ADD COLUMN overruled TEXT NOT NULL DEFAULT '';

-- Another time that a client has asked for, for an appointment that stands.
CREATE TABLE changes (
    id           INTEGER PRIMARY KEY,
    appointment  INTEGER NOT NULL REFERENCES appointments (id),
    office       TEXT    NOT NULL,
    starts_at    INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    requested_at INTEGER NOT NULL,
    held_until   INTEGER NOT NULL,
    -- 'requested' until it is answered.
    status       TEXT    NOT NULL DEFAULT 'requested',
    ended_at     INTEGER,
    CONSTRAINT status_is_known CHECK (status IN
        ('requested', 'confirmed', 'declined', 'expired', 'replaced', 'cancelled')),
    CONSTRAINT ended_when_answered CHECK ((status = 'requested') = (ended_at IS NULL)),
    CONSTRAINT session_lasts_up_to_a_day CHECK (ends_at > starts_at AND ends_at - starts_at <= 86400)
) STRICT;

CREATE UNIQUE INDEX one_open_change_per_appointment ON changes (appointment) WHERE status = 'requested';
CREATE INDEX changes_by_start ON changes (starts_at) WHERE status = 'requested';
CREATE INDEX changes_by_appointment ON changes (appointment);

-- The time that a change holds is taken as well, for everybody but its own
-- appointment, and so is that of somebody who has arrived and may still be
-- there: the guards of the first migration, told anew with both.
DROP TRIGGER slot_taken_on_insert;
DROP TRIGGER slot_taken_on_update;

CREATE VIEW taken AS
SELECT id AS appointment, starts_at, ends_at FROM appointments
WHERE status IN ('requested', 'confirmed', 'arrived')
UNION ALL
SELECT appointment, starts_at, ends_at FROM changes WHERE status = 'requested';

CREATE TRIGGER slot_taken_on_insert BEFORE INSERT ON appointments
WHEN NEW.status IN ('requested', 'confirmed')
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM taken
        WHERE starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

CREATE TRIGGER slot_taken_on_update BEFORE UPDATE OF starts_at, ends_at, status, office ON appointments
WHEN NEW.status IN ('requested', 'confirmed')
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM taken
        WHERE appointment <> NEW.id
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

CREATE TRIGGER slot_taken_on_change BEFORE INSERT ON changes
WHEN NEW.status = 'requested'
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM taken
        WHERE appointment <> NEW.appointment
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

CREATE TRIGGER slot_taken_on_changed_change BEFORE UPDATE OF appointment, starts_at, ends_at, status ON changes
WHEN NEW.status = 'requested'
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM taken
        WHERE appointment <> NEW.appointment
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

-- A change that waits belongs to an appointment that stands, and ends before it does.
CREATE TRIGGER change_of_a_confirmed_appointment BEFORE INSERT ON changes
WHEN NEW.status = 'requested'
BEGIN
    SELECT raise(ABORT, 'change_without_appointment') WHERE NOT EXISTS (
        SELECT 1 FROM appointments WHERE id = NEW.appointment AND status = 'confirmed');
END;

CREATE TRIGGER changed_change_of_a_confirmed_appointment BEFORE UPDATE OF appointment, status ON changes
WHEN NEW.status = 'requested'
BEGIN
    SELECT raise(ABORT, 'change_without_appointment') WHERE NOT EXISTS (
        SELECT 1 FROM appointments WHERE id = NEW.appointment AND status = 'confirmed');
END;

CREATE TRIGGER appointment_ends_after_its_change BEFORE UPDATE OF status ON appointments
WHEN NEW.status <> 'confirmed'
BEGIN
    SELECT raise(ABORT, 'change_without_appointment') WHERE EXISTS (
        SELECT 1 FROM changes WHERE appointment = NEW.id AND status = 'requested');
END;

-- There is more to tell by telephone than before; a list of words in a CHECK
-- can only be changed by making the table anew.
ALTER TABLE calls RENAME TO old_calls;
DROP INDEX one_open_call_per_appointment;

CREATE TABLE calls (
    -- Never given twice: a page that is still open must not tick off another one.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    about       TEXT    NOT NULL,
    made_at     INTEGER NOT NULL,
    done_at     INTEGER,
    CONSTRAINT about_is_known CHECK (about IN
        ('requested', 'confirmed', 'declined', 'cancelled', 'expired', 'changed', 'change_declined',
         'change_expired', 'reminder', 'new_address', 'letter_failed'))
) STRICT;

INSERT INTO calls SELECT id, appointment, about, made_at, done_at FROM old_calls;
DROP TABLE old_calls;
CREATE UNIQUE INDEX one_open_call_per_appointment ON calls (appointment) WHERE done_at IS NULL;

-- What an office's address was when the server last started: a new one is to
-- be told to those who come. `is_told` is 0 until the therapist has decided.
CREATE TABLE addresses (
    office  TEXT    PRIMARY KEY,
    address TEXT    NOT NULL,
    is_told INTEGER NOT NULL DEFAULT 1 CHECK (is_told IN (0, 1))
) STRICT, WITHOUT ROWID;
