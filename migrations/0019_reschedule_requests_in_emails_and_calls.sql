-- What concerns a reschedule request is called so in the keys of emails too, and in calls.
UPDATE emails SET key = 'reschedule_request_received' || substr(key, 16) WHERE key GLOB 'change_received/*';
UPDATE emails SET key = 'reschedule_request_arrived' || substr(key, 15) WHERE key GLOB 'change_arrived/*';
UPDATE emails SET key = 'reschedule_request_withdrawn' || substr(key, 18) WHERE key GLOB 'change_taken_back/*';

-- A list of words in a CHECK can only be changed by making the table anew.
ALTER TABLE calls RENAME TO old_calls;
DROP INDEX one_open_call_per_appointment_and_matter;
DROP INDEX calls_by_appointment;
CREATE TABLE calls (
    -- Never given twice: a page that is still open must not tick off another one.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    about       TEXT    NOT NULL,
    made_at     INTEGER NOT NULL,
    done_at     INTEGER,
    CONSTRAINT about_is_known CHECK (about IN
        ('requested', 'confirmed', 'declined', 'cancelled', 'expired', 'changed', 'reschedule_request_declined',
         'reschedule_request_expired', 'reminder', 'new_address', 'email_failed'))
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'calls', seq FROM sqlite_sequence WHERE name = 'old_calls';
INSERT INTO calls
SELECT id, appointment,
       CASE about
           WHEN 'change_declined' THEN 'reschedule_request_declined'
           WHEN 'change_expired' THEN 'reschedule_request_expired'
           ELSE about
       END, made_at, done_at
FROM old_calls;
DROP TABLE old_calls;
CREATE UNIQUE INDEX one_open_call_per_appointment_and_matter
    ON calls (appointment, about = 'new_address') WHERE done_at IS NULL;
CREATE INDEX calls_by_appointment ON calls (appointment);
