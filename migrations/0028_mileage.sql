-- The year's sheet: days on which the therapist drove between offices, as they
-- have ticked them, with the miles that the row said then. A day whose visits say
-- another number by now is not ticked any more.
CREATE TABLE driven_days (
    date      TEXT    PRIMARY KEY,
    miles     INTEGER NOT NULL,
    ticked_at INTEGER NOT NULL,
    CONSTRAINT date_is_a_date CHECK (date(date) = date),
    CONSTRAINT miles_are_some CHECK (miles > 0)
) STRICT, WITHOUT ROWID;

-- The therapist's own rate per mile, from a date on: in thousandths of the
-- practice's currency, since rates come in tenths of a cent.
CREATE TABLE mileage_rates (
    holds_from TEXT    PRIMARY KEY,
    per_mile   INTEGER NOT NULL,
    CONSTRAINT holds_from_is_a_date CHECK (date(holds_from) = holds_from),
    CONSTRAINT per_mile_is_not_negative CHECK (per_mile >= 0)
) STRICT, WITHOUT ROWID;

-- Who has ever come, by when they came first, without reading every visit.
CREATE INDEX appointments_arrived ON appointments (starts_at, client) WHERE status = 'arrived';
