-- Which form of ours has made which request, so that Back and the same form
-- again lead to the request instead of to a second one. Nothing here can be
-- read: every value is hashed together with the form's key, of which only its
-- own hash is kept.
CREATE TABLE sent_forms (
    -- The key with the service, the office and the start.
    asked       BLOB    PRIMARY KEY,
    key_hash    BLOB    NOT NULL,
    -- The email address and the phone number as they were typed.
    email_hash  BLOB,
    phone_hash  BLOB,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sent_forms_by_key ON sent_forms (key_hash);
CREATE INDEX sent_forms_by_expiry ON sent_forms (expires_at);
CREATE INDEX sent_forms_by_appointment ON sent_forms (appointment);
