-- Who comes in, where it is somebody else than the client: the name of a visit that was asked
-- for, or booked, for another person. The contact and the record stay the client's. A name like
-- the client's own, it is kept as that one is, and goes with it when the client is erased.
ALTER TABLE appointments ADD COLUMN guest TEXT CHECK (guest <> '');
ALTER TABLE blocked_requests ADD COLUMN guest TEXT CHECK (guest <> '');
ALTER TABLE unproven_requests ADD COLUMN guest TEXT CHECK (guest <> '');
