-- What the mail server said last, word for word, for the therapist's eyes: a
-- reason for one recipient stands in its words, not in its codes.
ALTER TABLE emails ADD COLUMN answer TEXT;
-- When the therapist has said that it came back to their own mailbox.
ALTER TABLE emails ADD COLUMN came_back_at INTEGER;
CREATE INDEX emails_with_trouble ON emails (id)
    WHERE outcome = 'given_up' OR came_back_at IS NOT NULL OR (outcome = 'waiting' AND trouble IS NOT NULL);

-- Addresses from which an email came back: whoever has one is called instead,
-- until the address is corrected or the therapist says that it works again.
CREATE TABLE returned_addresses (
    email_key TEXT    PRIMARY KEY,
    since     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
