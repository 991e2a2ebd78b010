-- Where an appointment was before the move that an email tells of, as its reader
-- knows it: an email that takes the place of one that never went out tells of
-- the move from there.
ALTER TABLE letters ADD COLUMN before_office TEXT;
ALTER TABLE letters ADD COLUMN before_start INTEGER;
ALTER TABLE letters ADD COLUMN before_status TEXT;
