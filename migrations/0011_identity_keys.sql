-- Who is the same person is told by keys: of the name, the address, and now of
-- the number too. SQLite cannot normalize Unicode, so the program makes the
-- keys of rows from before anew when it opens the file, once per version.
ALTER TABLE clients ADD COLUMN phone_key TEXT;

CREATE TABLE identity_keys (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    -- Of the rule by which the keys were made.
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX clients_by_name_key ON clients (name_key);
CREATE INDEX clients_by_phone_key ON clients (phone_key) WHERE phone_key IS NOT NULL;

-- A client may have typed another address or number with a later visit.
CREATE INDEX appointments_by_email ON appointments (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX appointments_by_phone ON appointments (phone) WHERE phone IS NOT NULL;
