-- The therapist's side of a client: how they are called, a private note, and
-- that somebody was erased. Public forms write none of it.
ALTER TABLE clients ADD COLUMN goes_by TEXT;
ALTER TABLE clients ADD COLUMN note TEXT;
-- Rises with everything that the therapist changes: a page that shows another state changes nothing.
ALTER TABLE clients ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

-- Whoever was erased cannot be reached, nor can a record whose only address the
-- therapist has taken out: the rule of the first version ends, here and for
-- their visits. SQLite has no statement for it; this is the way that its
-- documentation names (lang_altertable, section 7), and the ADD COLUMN behind it
-- has the schema read anew.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, '    CONSTRAINT client_can_be_reached CHECK (email IS NOT NULL OR phone IS NOT NULL),
', '')
WHERE type = 'table' AND name IN ('clients', 'appointments');
PRAGMA writable_schema = OFF;
ALTER TABLE clients ADD COLUMN erased_at INTEGER;

-- Records that are one person's, because the therapist said so. Nothing is moved
-- from one to the other: to take a row out of here undoes it exactly.
CREATE TABLE client_aliases (
    client        INTEGER PRIMARY KEY REFERENCES clients (id),
    -- The record under which the person is found, which may be an alias itself.
    person        INTEGER NOT NULL REFERENCES clients (id),
    -- What the therapist chose to take from the alias; the rest is as it was.
    takes_name    INTEGER NOT NULL,
    takes_goes_by INTEGER NOT NULL,
    takes_email   INTEGER NOT NULL,
    takes_phone   INTEGER NOT NULL,
    merged_at     INTEGER NOT NULL,
    CONSTRAINT nobody_is_their_own_alias CHECK (client <> person)
) STRICT;
CREATE INDEX client_aliases_by_person ON client_aliases (person);
