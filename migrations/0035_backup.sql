-- Which backup a file is: a copy says so of itself, so that one that is put in the
-- place of the served file is known for what it is, by whatever hand. In the served
-- file it stands from a restore until the therapist has seen what would be emailed;
-- until then nothing is sent, since much of it may have gone out already.
CREATE TABLE backup (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    made_at     INTEGER NOT NULL,
    -- When it took the place of the served file; NULL in a copy.
    restored_at INTEGER
) STRICT;
