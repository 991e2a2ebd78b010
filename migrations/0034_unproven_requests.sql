-- Requests beyond the ceiling on unproven holds. What has had the name until now counts
-- mailboxes that were named.
ALTER TABLE unproven_requests RENAME TO named_mailboxes;
DROP INDEX unproven_requests_by_mailbox;
DROP INDEX unproven_requests_by_time;
CREATE INDEX named_mailboxes_by_mailbox ON named_mailboxes (mailbox, sent_at);
CREATE INDEX named_mailboxes_by_time ON named_mailboxes (sent_at);

-- The status that an appointment was made with by somebody who has not proved that the
-- email address is theirs; empty once they have, and of what the therapist has booked.
-- While it is the status still, nobody has answered.
ALTER TABLE appointments ADD COLUMN unproven_as TEXT;
-- Of those that stand confirmed nobody knows any more whether they were so at once.
UPDATE appointments SET unproven_as = 'requested' WHERE status = 'requested';
CREATE INDEX appointments_unproven ON appointments (starts_at) WHERE unproven_as IS NOT NULL;

-- What was asked for beyond the ceiling. It holds no time and is no appointment, and
-- becomes one when its client proves that they read the email.
CREATE TABLE unproven_requests (
    -- Never given twice: a page that is still open must not act on another one.
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    office       TEXT    NOT NULL,
    service      TEXT    NOT NULL,
    starts_at    INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    email        TEXT,
    phone        TEXT,
    note         TEXT,
    -- What its form said of length, price and canceling.
    terms        TEXT    NOT NULL,
    requested_at INTEGER NOT NULL,
    -- When the therapist took it off the list.
    ended_at     INTEGER,
    uid          TEXT    NOT NULL UNIQUE,
    -- The link that was given right after the form, and the one in the latest email.
    page_hash    BLOB    NOT NULL UNIQUE,
    email_hash   BLOB    UNIQUE,
    -- The key of that email.
    emailed      TEXT,
    -- As in `sent_forms`, for the same form again.
    asked        BLOB    NOT NULL,
    key_hash     BLOB    NOT NULL,
    typed_email  BLOB,
    typed_phone  BLOB
) STRICT;
CREATE INDEX unproven_requests_by_form ON unproven_requests (key_hash);
CREATE INDEX unproven_requests_by_time ON unproven_requests (requested_at);
CREATE INDEX unproven_requests_to_call ON unproven_requests (starts_at) WHERE email IS NULL AND ended_at IS NULL;

-- While it has a row, everybody proves their email first.
CREATE TABLE proof_of_everybody (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    since INTEGER NOT NULL
) STRICT;

-- Empty in a policy that was stored before the keys existed: then the practice file's hold.
ALTER TABLE policy ADD COLUMN unproven_holds_per_day INTEGER;
ALTER TABLE policy ADD COLUMN unproven_holds INTEGER;
