-- A day, or a part of it, that the therapist has closed, with everybody whom that
-- has touched: who was canceled, and may choose another time instead, once. Each is
-- time off as well, until the day is open again. An act that is undone takes its rows along.
CREATE TABLE closings (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The act that has closed it. Acts are removed after a day, and no id is given twice.
    act         INTEGER NOT NULL,
    -- The time off that it is, until it is opened again. No id of those is given twice either.
    time_off    INTEGER NOT NULL,
    -- The one office that was closed; NULL where it was the whole practice.
    office      TEXT,
    starts_at   INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL,
    made_at     INTEGER NOT NULL,
    -- What the therapist has said to everybody, and for their own eyes.
    sentence    TEXT,
    note        TEXT,
    -- When the therapist has opened it again, and the act by which they did.
    reopened_at INTEGER,
    reopened_by INTEGER,
    CONSTRAINT closing_is_not_empty CHECK (ends_at > starts_at)
) STRICT;

CREATE INDEX closings_by_act ON closings (act);
CREATE INDEX closings_by_reopening ON closings (reopened_by) WHERE reopened_by IS NOT NULL;
CREATE INDEX closings_by_end ON closings (ends_at);
CREATE INDEX closings_by_time_off ON closings (time_off);

CREATE TABLE closed_visits (
    closing     INTEGER NOT NULL REFERENCES closings (id) ON DELETE CASCADE,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    -- What became of it.
    outcome     TEXT    NOT NULL,
    -- The time that its client has chosen instead.
    replacement INTEGER REFERENCES appointments (id),
    -- When its client has said that they have seen it.
    seen_at     INTEGER,
    PRIMARY KEY (closing, appointment),
    CONSTRAINT outcome_is_known CHECK (outcome IN ('canceled', 'declined', 'kept', 'moved', 'stands'))
) STRICT, WITHOUT ROWID;

CREATE INDEX closed_visits_by_appointment ON closed_visits (appointment);
CREATE INDEX closed_visits_by_replacement ON closed_visits (replacement) WHERE replacement IS NOT NULL;

-- A call can be about a visit that is kept on a closed day. A list of words in a
-- CHECK can only be changed by making the table anew.
ALTER TABLE calls RENAME TO old_calls;
DROP INDEX one_open_call_per_appointment_and_matter;
DROP INDEX calls_by_appointment;
DROP INDEX calls_by_act;
DROP INDEX calls_set_aside;
CREATE TABLE calls (
    -- Never given twice: a page that is still open must not tick off another one.
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    appointment  INTEGER NOT NULL REFERENCES appointments (id),
    about        TEXT    NOT NULL,
    made_at      INTEGER NOT NULL,
    done_at      INTEGER,
    act          INTEGER REFERENCES acts (id) ON DELETE SET NULL,
    held_until   INTEGER,
    set_aside_by INTEGER REFERENCES acts (id) ON DELETE SET NULL,
    CONSTRAINT about_is_known CHECK (about IN
        ('requested', 'confirmed', 'declined', 'cancelled', 'expired', 'changed', 'reschedule_request_declined',
         'reschedule_request_expired', 'reminder', 'new_address', 'email_failed', 'kept', 'reopened'))
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'calls', seq FROM sqlite_sequence WHERE name = 'old_calls';
INSERT INTO calls (id, appointment, about, made_at, done_at, act, held_until, set_aside_by)
SELECT id, appointment, about, made_at, done_at, act, held_until, set_aside_by FROM old_calls;
DROP TABLE old_calls;
CREATE UNIQUE INDEX one_open_call_per_appointment_and_matter
    ON calls (appointment, about = 'new_address') WHERE done_at IS NULL AND set_aside_by IS NULL;
CREATE INDEX calls_by_appointment ON calls (appointment);
CREATE INDEX calls_by_act ON calls (act) WHERE act IS NOT NULL;
CREATE INDEX calls_set_aside ON calls (set_aside_by) WHERE set_aside_by IS NOT NULL;
