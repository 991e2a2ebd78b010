-- The waitlist: who waits for a time, the links to their page, and what was offered to them.

-- Empty in a policy that was stored before the key existed: then as the practice file has it.
ALTER TABLE policy ADD COLUMN waitlist_notice_hours INTEGER;

CREATE TABLE waitlist_entries (
    -- Never given twice: a page that is still open must not act on another one.
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT    NOT NULL,
    email        TEXT,
    phone        TEXT,
    -- Words with spaces between them: slugs, weekdays, parts of the day.
    services     TEXT    NOT NULL,
    offices      TEXT    NOT NULL,
    weekdays     TEXT    NOT NULL,
    parts        TEXT    NOT NULL,
    -- Days of the practice, both included; empty for any.
    from_date    TEXT,
    to_date      TEXT,
    -- The shortest notice that they can take.
    notice_hours INTEGER NOT NULL,
    -- The appointment that a new time would replace.
    instead      INTEGER REFERENCES appointments (id),
    joined_at    INTEGER NOT NULL,
    until        INTEGER NOT NULL,
    -- Since when it counts: once they have shown that the email is theirs, or the therapist
    -- has spoken with them.
    waiting_since INTEGER,
    ended_at     INTEGER,
    ended_as     TEXT,
    -- The hash of the form as it was sent: the same form twice is one entry.
    form_hash    BLOB    NOT NULL UNIQUE,
    CONSTRAINT client_can_be_reached CHECK (email IS NOT NULL OR phone IS NOT NULL),
    CONSTRAINT ended_as_is_known CHECK (ended_as IN ('taken', 'withdrawn', 'ran_out', 'removed')),
    CONSTRAINT it_ended_somehow CHECK ((ended_at IS NULL) = (ended_as IS NULL))
) STRICT;
CREATE INDEX waitlist_entries_open ON waitlist_entries (id) WHERE ended_at IS NULL;
CREATE INDEX waitlist_entries_by_time ON waitlist_entries (joined_at);
CREATE INDEX waitlist_entries_by_end ON waitlist_entries (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX waitlist_entries_by_appointment ON waitlist_entries (instead) WHERE instead IS NOT NULL;

-- What was offered, to whom, and what became of it.
CREATE TABLE offers (
    -- Never given twice: a link in an old email must not show another one.
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    entry          INTEGER NOT NULL REFERENCES waitlist_entries (id),
    office         TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    starts_at      INTEGER NOT NULL,
    -- Without the buffer.
    ends_at        INTEGER NOT NULL,
    buffer_minutes INTEGER NOT NULL,
    made_at        INTEGER NOT NULL,
    -- Until then it can be taken.
    good_until     INTEGER NOT NULL,
    -- While it is open nobody else can have the time. One that holds nothing goes to whoever
    -- takes it first.
    is_held        INTEGER NOT NULL,
    -- The act of the therapist's that has made it.
    act            INTEGER,
    is_by_hand     INTEGER NOT NULL DEFAULT 0,
    outcome        TEXT    NOT NULL DEFAULT 'open',
    ended_at       INTEGER,
    -- What it became once it was taken; a blocked client's request has a number below zero.
    appointment    INTEGER,
    CONSTRAINT outcome_is_known CHECK (outcome IN ('open', 'taken', 'passed', 'lapsed', 'gone', 'withdrawn')),
    CONSTRAINT session_lasts_up_to_a_day CHECK (ends_at > starts_at AND ends_at - starts_at <= 86400),
    CONSTRAINT it_ends_before_the_session CHECK (good_until <= starts_at),
    CONSTRAINT is_held_is_yes_or_no CHECK (is_held IN (0, 1)),
    CONSTRAINT is_by_hand_is_yes_or_no CHECK (is_by_hand IN (0, 1)),
    CONSTRAINT it_ended_somehow CHECK ((ended_at IS NULL) = (outcome = 'open'))
) STRICT;
CREATE UNIQUE INDEX one_open_offer_per_entry ON offers (entry) WHERE outcome = 'open';
CREATE INDEX offers_by_entry ON offers (entry);
CREATE INDEX offers_open ON offers (starts_at) WHERE outcome = 'open';
CREATE INDEX offers_by_time ON offers (made_at);
CREATE INDEX offers_by_act ON offers (act) WHERE act IS NOT NULL;
CREATE INDEX offers_by_appointment ON offers (appointment) WHERE appointment IS NOT NULL;

-- The links to the page of an entry. Only hashes, as for a client's own page.
CREATE TABLE waitlist_links (
    token_hash BLOB    PRIMARY KEY,
    entry      INTEGER NOT NULL REFERENCES waitlist_entries (id),
    -- The offer that its email is about; empty in any other email.
    offer      INTEGER REFERENCES offers (id),
    given_in   TEXT    NOT NULL,
    CONSTRAINT given_in_is_known CHECK (given_in IN ('request', 'email'))
) STRICT, WITHOUT ROWID;
CREATE INDEX waitlist_links_by_entry ON waitlist_links (entry);
CREATE INDEX waitlist_links_by_offer ON waitlist_links (offer) WHERE offer IS NOT NULL;

-- The second guard of "what is offered to one is offered to nobody else".
CREATE TRIGGER offered_time_on_insert BEFORE INSERT ON appointments
WHEN NEW.status IN ('requested', 'confirmed')
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM offers
        WHERE outcome = 'open' AND is_held = 1
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

CREATE TRIGGER offered_time_on_update BEFORE UPDATE OF starts_at, ends_at, status ON appointments
WHEN NEW.status IN ('requested', 'confirmed')
 AND (OLD.status NOT IN ('requested', 'confirmed')
      OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at)
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM offers
        WHERE outcome = 'open' AND is_held = 1
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

CREATE TRIGGER offered_time_on_reschedule_request BEFORE INSERT ON reschedule_requests
WHEN NEW.status = 'requested'
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM offers
        WHERE outcome = 'open' AND is_held = 1
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

-- An offer may lie over the appointment that it would replace.
CREATE TRIGGER slot_taken_on_offer BEFORE INSERT ON offers
WHEN NEW.outcome = 'open'
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM taken
        WHERE appointment IS NOT (SELECT instead FROM waitlist_entries WHERE id = NEW.entry)
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

CREATE TRIGGER offered_time_on_offer BEFORE INSERT ON offers
WHEN NEW.outcome = 'open'
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM offers
        WHERE outcome = 'open' AND (is_held = 1 OR NEW.is_held = 1)
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;
