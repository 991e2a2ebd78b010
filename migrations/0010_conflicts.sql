-- Visits that their day's plan no longer covers, from when this was found until
-- it is settled or over. Which of them stand open is asked of the plan itself,
-- each time; this table knows what the therapist has said yes to and was told.
CREATE TABLE conflicts (
    appointment INTEGER PRIMARY KEY REFERENCES appointments (id),
    -- In which ways the plan does not cover it, as words. Empty: in whichever
    -- ways it is when somebody next looks.
    ways        TEXT    NOT NULL,
    found_at    INTEGER NOT NULL,
    -- The therapist will be there: so they said, or booked it so.
    is_kept     INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT is_kept_is_yes_or_no CHECK (is_kept IN (0, 1))
) STRICT;

-- What was knowingly booked against the hours before this table was there.
INSERT INTO conflicts (appointment, ways, found_at, is_kept)
SELECT id, '', coalesce(answered_at, requested_at), 1 FROM appointments
WHERE status = 'confirmed' AND ' ' || overruled || ' ' LIKE '% hours %';
