-- An email is called an email. What is stored in words is renamed with it.
DROP VIEW letters_in_turn;
DROP INDEX letters_waiting;
DROP INDEX letters_by_appointment;
DROP INDEX letters_unsettled;
DROP INDEX letters_sent;
ALTER TABLE letters RENAME TO emails;
CREATE INDEX emails_waiting ON emails (next_attempt_at) WHERE outcome = 'waiting';
CREATE INDEX emails_by_appointment ON emails (appointment);
CREATE INDEX emails_unsettled ON emails (outcome_at) WHERE outcome = 'given_up' AND settled_at IS NULL;
CREATE INDEX emails_sent ON emails (outcome_at) WHERE outcome = 'sent';

-- The emails that may go out: none overtakes an older one about the same
-- appointment to the same side. `*` of a view is what the table has now. It
-- names the index of what waits: asked for an order by id, SQLite would rather
-- read all that ever was.
CREATE VIEW emails_in_turn AS
SELECT * FROM emails AS email INDEXED BY emails_waiting
WHERE outcome = 'waiting'
  AND NOT EXISTS (
      SELECT 1 FROM emails AS older
      WHERE older.appointment = email.appointment
        AND older.side = email.side
        AND older.outcome = 'waiting'
        AND older.id < email.id);

-- A list of words in a CHECK can only be changed by making the table anew.
ALTER TABLE links RENAME TO old_links;
DROP INDEX links_by_expiry;
DROP INDEX links_by_appointment;
CREATE TABLE links (
    token_hash  BLOB    PRIMARY KEY,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    -- Where the link was given. 'request': to whoever sent the form, right
    -- after it, and so it shows where we write to; 'email': in an email.
    given_in    TEXT    NOT NULL,
    expires_at  INTEGER NOT NULL,
    CONSTRAINT given_in_is_known CHECK (given_in IN ('request', 'email'))
) STRICT, WITHOUT ROWID;
INSERT INTO links
SELECT token_hash, appointment, CASE given_in WHEN 'letter' THEN 'email' ELSE given_in END, expires_at FROM old_links;
DROP TABLE old_links;
CREATE INDEX links_by_expiry ON links (expires_at);
CREATE INDEX links_by_appointment ON links (appointment);

ALTER TABLE calls RENAME TO old_calls;
DROP INDEX one_open_call_per_appointment_and_matter;
DROP INDEX calls_by_appointment;
CREATE TABLE calls (
    -- Never given twice: a page that is still open must not tick off another one.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    about       TEXT    NOT NULL,
    made_at     INTEGER NOT NULL,
    done_at     INTEGER,
    CONSTRAINT about_is_known CHECK (about IN
        ('requested', 'confirmed', 'declined', 'cancelled', 'expired', 'changed', 'change_declined',
         'change_expired', 'reminder', 'new_address', 'email_failed'))
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'calls', seq FROM sqlite_sequence WHERE name = 'old_calls';
INSERT INTO calls
SELECT id, appointment, CASE about WHEN 'letter_failed' THEN 'email_failed' ELSE about END, made_at, done_at
FROM old_calls;
DROP TABLE old_calls;
CREATE UNIQUE INDEX one_open_call_per_appointment_and_matter
    ON calls (appointment, about = 'new_address') WHERE done_at IS NULL;
CREATE INDEX calls_by_appointment ON calls (appointment);
