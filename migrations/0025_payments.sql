-- What was paid for a visit, as the therapist has noted it: amounts in hundredths
-- of the practice's currency. A visit without a row was not noted, which is no
-- debt. A late cancellation or a no-show has one too where its fee was paid.
CREATE TABLE payments (
    appointment INTEGER PRIMARY KEY REFERENCES appointments (id),
    method      TEXT    NOT NULL,
    amount      INTEGER NOT NULL,
    tip         INTEGER NOT NULL DEFAULT 0,
    noted_at    INTEGER NOT NULL,
    CONSTRAINT method_is_known CHECK (method IN ('cash', 'check', 'card', 'other')),
    CONSTRAINT amount_is_not_negative CHECK (amount >= 0),
    CONSTRAINT tip_is_not_negative CHECK (tip >= 0)
) STRICT;

-- The fees of late cancellations and no-shows that the therapist lets go.
CREATE TABLE waived_fees (
    appointment INTEGER PRIMARY KEY REFERENCES appointments (id),
    waived_at   INTEGER NOT NULL
) STRICT;
