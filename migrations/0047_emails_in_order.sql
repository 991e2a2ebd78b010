-- The courier takes those that wait in the order in which they were written: by the time of
-- their next attempt all of them had to be looked at, however many wait, to find the first.
DROP INDEX emails_waiting;
CREATE INDEX emails_waiting ON emails (id) WHERE outcome = 'waiting';
