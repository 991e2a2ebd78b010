-- What is known of an email on its way. It is given up by how long it has been
-- tried, not by how often; and what was noted under a clock that has since
-- moved back is tried at once.
ALTER TABLE letters ADD COLUMN first_tried_at INTEGER;
ALTER TABLE letters ADD COLUMN tried_at INTEGER;
-- Whom the trouble is about: with 'us' other emails meet it as well.
ALTER TABLE letters ADD COLUMN concerns TEXT
    CONSTRAINT concerns_is_known CHECK (concerns IN ('us', 'recipient'));
-- 1 from the beginning of an attempt until it is known that the recipient
-- cannot have it.
ALTER TABLE letters ADD COLUMN may_have_come INTEGER NOT NULL DEFAULT 0
    CONSTRAINT may_have_come_is_yes_or_no CHECK (may_have_come IN (0, 1));
-- When the therapist has settled what could not be written, or a call took its place.
ALTER TABLE letters ADD COLUMN settled_at INTEGER;

UPDATE letters SET may_have_come = 1 WHERE outcome = 'waiting' AND attempts > 0;
UPDATE letters SET first_tried_at = written_at, tried_at = written_at WHERE attempts > 0;
-- What was given up stood on Today for two weeks, beside the call that took its place.
UPDATE letters SET settled_at = outcome_at
WHERE outcome = 'given_up'
  AND (outcome_at < unixepoch() - 14 * 86400
       OR EXISTS (SELECT 1 FROM calls WHERE calls.appointment = letters.appointment AND about = 'letter_failed'));

DROP INDEX letters_given_up;
CREATE INDEX letters_unsettled ON letters (outcome_at) WHERE outcome = 'given_up' AND settled_at IS NULL;
CREATE INDEX letters_sent ON letters (outcome_at) WHERE outcome = 'sent';

-- `*` of a view is what the table had when the view was made. It names the index
-- of what waits: asked for an order by id, SQLite would rather read all that ever was.
DROP VIEW letters_in_turn;
CREATE VIEW letters_in_turn AS
SELECT * FROM letters AS letter INDEXED BY letters_waiting
WHERE outcome = 'waiting'
  AND NOT EXISTS (
      SELECT 1 FROM letters AS older
      WHERE older.appointment = letter.appointment
        AND older.side = letter.side
        AND older.outcome = 'waiting'
        AND older.id < letter.id);
