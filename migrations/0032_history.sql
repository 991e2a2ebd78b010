-- Who did what, and when. It holds ids and no names: whoever is erased is
-- nobody here, too. What happened before this version is not in it.
CREATE TABLE history (
    id          INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    who         TEXT    NOT NULL,
    what        TEXT    NOT NULL,
    -- Of what was undone: which act it was.
    act         TEXT,
    appointment INTEGER REFERENCES appointments (id),
    client      INTEGER,
    -- Where and when the appointment was before; or which office it is about.
    office      TEXT,
    starts_at   INTEGER,
    -- The date of the practice that it is about.
    on_date     TEXT,
    CONSTRAINT who_is_known CHECK (who IN ('therapist', 'client', 'program'))
) STRICT;
CREATE INDEX history_by_appointment ON history (appointment) WHERE appointment IS NOT NULL;
