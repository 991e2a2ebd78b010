-- What the therapist has done with appointments, for the minute in which it can
-- be undone. What an act has written waits until then, and so does what it has
-- superseded; what it has freed stays taken. Kept for a day, then removed.
CREATE TABLE acts (
    -- Never given twice: a page that is still open must not undo another one.
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT    NOT NULL,
    made_at INTEGER NOT NULL,
    -- Until then it can be undone.
    ends_at INTEGER NOT NULL,
    -- The office whose new address it has told.
    office  TEXT,
    -- 'running' until somebody has noted what became of it: it 'stands', was
    -- 'overtaken' by what the client did, or was 'undone'.
    outcome TEXT    NOT NULL DEFAULT 'running',
    CONSTRAINT outcome_is_known CHECK (outcome IN ('running', 'stands', 'overtaken', 'undone'))
) STRICT;

CREATE INDEX acts_running ON acts (ends_at) WHERE outcome = 'running';

-- The appointments of an act, each as it was before.
CREATE TABLE acted_on (
    act                INTEGER NOT NULL REFERENCES acts (id) ON DELETE CASCADE,
    appointment        INTEGER NOT NULL REFERENCES appointments (id),
    -- While the act runs, its client knows the appointment as it was before this
    -- act: itself, or an earlier one of which they have heard nothing either.
    known_from         INTEGER NOT NULL,
    -- The revision that the act has left: with another one, something else has happened since.
    revision           INTEGER NOT NULL,
    -- The row as it was. Without a status where the act has made it.
    office             TEXT    NOT NULL,
    starts_at          INTEGER NOT NULL,
    ends_at            INTEGER NOT NULL,
    status             TEXT,
    requested_at       INTEGER NOT NULL,
    held_until         INTEGER NOT NULL,
    answered_at        INTEGER,
    ended_at           INTEGER,
    free_until         INTEGER,
    late_fee           INTEGER,
    late_fee_percent   INTEGER,
    cancelled_by       TEXT,
    is_late            INTEGER NOT NULL,
    overridden         TEXT    NOT NULL,
    sentence           TEXT,
    revision_before    INTEGER NOT NULL,
    -- The reschedule request that waited for an answer.
    reschedule_request INTEGER REFERENCES reschedule_requests (id),
    -- The conflict that was on record.
    conflict_ways      TEXT,
    conflict_found_at  INTEGER,
    conflict_is_kept   INTEGER,
    PRIMARY KEY (act, appointment)
) STRICT, WITHOUT ROWID;

CREATE INDEX acted_on_by_appointment ON acted_on (appointment);

-- The act that has written an email, until when it is held therefore, and the
-- act that has superseded it while it waited: that one is not sent, and comes
-- back when the act is undone.
ALTER TABLE emails ADD COLUMN act INTEGER REFERENCES acts (id) ON DELETE SET NULL;
ALTER TABLE emails ADD COLUMN held_until INTEGER;
ALTER TABLE emails ADD COLUMN set_aside_by INTEGER REFERENCES acts (id) ON DELETE SET NULL;
CREATE INDEX emails_by_act ON emails (act) WHERE act IS NOT NULL;
CREATE INDEX emails_set_aside ON emails (set_aside_by) WHERE set_aside_by IS NOT NULL;

DROP VIEW emails_in_turn;
CREATE VIEW emails_in_turn AS
SELECT * FROM emails AS email INDEXED BY emails_waiting
WHERE outcome = 'waiting'
  AND set_aside_by IS NULL
  AND NOT EXISTS (
      SELECT 1 FROM emails AS older
      WHERE older.appointment = email.appointment
        AND older.side = email.side
        AND older.outcome = 'waiting'
        AND older.set_aside_by IS NULL
        AND older.id < email.id);

-- The same of calls.
ALTER TABLE calls ADD COLUMN act INTEGER REFERENCES acts (id) ON DELETE SET NULL;
ALTER TABLE calls ADD COLUMN held_until INTEGER;
ALTER TABLE calls ADD COLUMN set_aside_by INTEGER REFERENCES acts (id) ON DELETE SET NULL;
CREATE INDEX calls_by_act ON calls (act) WHERE act IS NOT NULL;
CREATE INDEX calls_set_aside ON calls (set_aside_by) WHERE set_aside_by IS NOT NULL;

DROP INDEX one_open_call_per_appointment_and_matter;
CREATE UNIQUE INDEX one_open_call_per_appointment_and_matter
    ON calls (appointment, about = 'new_address') WHERE done_at IS NULL AND set_aside_by IS NULL;
