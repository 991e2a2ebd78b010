-- A client has said how late they are. The row of the appointment stays as it was
-- agreed; until `ends_at` the therapist is busy all the same. Said again, it takes the
-- place of what was said before; of another start nothing was said.
CREATE TABLE late_arrivals (
    appointment INTEGER PRIMARY KEY REFERENCES appointments (id),
    starts_at   INTEGER NOT NULL,
    minutes     INTEGER NOT NULL,
    -- When they come, and until when there is time for them.
    comes_at    INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL,
    said_at     INTEGER NOT NULL,
    CONSTRAINT minutes_can_be_said CHECK (minutes IN (10, 20, 30)),
    CONSTRAINT session_lasts CHECK (ends_at > comes_at)
) STRICT;
CREATE INDEX late_arrivals_by_start ON late_arrivals (starts_at);

-- The therapist has said how late they are: the visits that this moves. Of one visit the
-- newest counts. An act that is undone takes its rows along.
CREATE TABLE delays (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Acts are removed after a day, and no id is given twice.
    act         INTEGER NOT NULL,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    starts_at   INTEGER NOT NULL,
    minutes     INTEGER NOT NULL,
    comes_at    INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL,
    said_at     INTEGER NOT NULL,
    -- From then on its client hears of it.
    told_at     INTEGER NOT NULL,
    CONSTRAINT minutes_can_be_said CHECK (minutes IN (10, 20, 30)),
    CONSTRAINT session_lasts CHECK (ends_at > comes_at)
) STRICT;
CREATE INDEX delays_by_appointment ON delays (appointment);
CREATE INDEX delays_by_act ON delays (act);
CREATE INDEX delays_by_start ON delays (starts_at);

-- A call can be about it. The list of words stands in a CHECK; one more is written into
-- it where it stands (lang_altertable, section 7), since other versions may have added
-- theirs, and the ADD COLUMN behind it has the schema read anew.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, '''email_failed'',', '''email_failed'', ''running_late'',')
WHERE type = 'table' AND name = 'calls';
PRAGMA writable_schema = OFF;
ALTER TABLE delays ADD COLUMN schema_was_read INTEGER;
ALTER TABLE delays DROP COLUMN schema_was_read;
