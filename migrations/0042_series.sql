-- Visits that were booked as one: the same time every few weeks. No rule is stored: each of
-- them is an appointment like any other, moved and canceled on its own.
CREATE TABLE series (
    -- Never given twice, like the numbers of appointments.
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at INTEGER NOT NULL
) STRICT;

ALTER TABLE appointments ADD COLUMN series INTEGER REFERENCES series (id);
CREATE INDEX appointments_by_series ON appointments (series, starts_at) WHERE series IS NOT NULL;
