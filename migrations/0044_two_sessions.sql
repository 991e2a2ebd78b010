-- What was asked for, or booked, together is visits in a rhythm, which come to an end, or two
-- sessions one right after the other, which are no series that could be booked on.
ALTER TABLE series ADD COLUMN kind TEXT NOT NULL DEFAULT 'rhythm' CHECK (kind IN ('rhythm', 'pair'));

-- A second session that waits for the same proof: both become requests then, or none.
ALTER TABLE unproven_requests ADD COLUMN second_starts_at INTEGER;
-- Who comes to it, where it is somebody else.
ALTER TABLE unproven_requests ADD COLUMN second_guest TEXT
    CHECK (second_guest IS NULL OR second_starts_at IS NOT NULL);
