-- What clients read of the time that a closing takes, kept beside it: where it was opened
-- again its time off may be gone, and closes again as it was when that is undone.
ALTER TABLE closings ADD COLUMN for_clients TEXT;
UPDATE closings SET for_clients = (SELECT sentence FROM time_off WHERE id = closings.time_off)
WHERE reopened_at IS NULL;
