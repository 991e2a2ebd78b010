-- Who was written to because a form said so, for a day: a mailbox in which
-- somebody else's forms arrive is left alone after a few. Counted by the name
-- that all spellings of one mailbox share, which identifies nobody elsewhere.
CREATE TABLE unproven_requests (
    mailbox TEXT    NOT NULL,
    sent_at INTEGER NOT NULL
) STRICT;

CREATE INDEX unproven_requests_by_mailbox ON unproven_requests (mailbox, sent_at);
CREATE INDEX unproven_requests_by_time ON unproven_requests (sent_at);

-- A request that its client cancels still counts for an hour from when it was made.
CREATE INDEX appointments_taken_back ON appointments (requested_at) WHERE cancelled_by = 'client';
