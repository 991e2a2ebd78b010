-- What clients have said of a visit: that they'll be there. It is said of the time
-- as it was agreed then; once the visit is moved, nobody has said it.
CREATE TABLE attendances (
    appointment INTEGER PRIMARY KEY REFERENCES appointments (id),
    starts_at   INTEGER NOT NULL,
    said_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX attendances_by_start ON attendances (starts_at);

-- How often its client has moved it. What a blocked client asks for is counted as
-- well: to them it is a request like any other.
ALTER TABLE appointments ADD COLUMN moves INTEGER NOT NULL DEFAULT 0 CONSTRAINT moves_are_counted CHECK (moves >= 0);
ALTER TABLE acted_on ADD COLUMN moves INTEGER NOT NULL DEFAULT 0;
ALTER TABLE blocked_requests ADD COLUMN moves INTEGER NOT NULL DEFAULT 0;

-- How often its client may; NULL: not set yet, then the practice file says it.
ALTER TABLE policy ADD COLUMN moves_per_appointment INTEGER;
