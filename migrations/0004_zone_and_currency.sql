-- The time zone and the currency in which appointments were agreed on: times
-- are kept as instants and prices as numbers, and both read otherwise when
-- these are others.
CREATE TABLE agreed_in (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    zone     TEXT    NOT NULL,
    currency TEXT    NOT NULL
) STRICT;
