-- The therapist sees where they are signed in, and ends each by a number that
-- is never given twice: a page that is still open must not end another one.
ALTER TABLE sessions RENAME TO old_sessions;
CREATE TABLE sessions (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB    NOT NULL,
    expires_at INTEGER NOT NULL,
    -- NULL: it began before this was noted.
    begun_at   INTEGER,
    -- In words, "Firefox on Android"; the rest of what a browser says of itself is not kept.
    browser    TEXT,
    CONSTRAINT session_has_its_token UNIQUE (token_hash)
) STRICT;
INSERT INTO sessions (token_hash, expires_at) SELECT token_hash, expires_at FROM old_sessions;
DROP TABLE old_sessions;

-- 'server': whoever can run a command there is the therapist, and the link resets
-- the second step too. 'email': it sets a password, signs nobody in and leaves the
-- second step as it is.
ALTER TABLE welcome_links ADD COLUMN given_in TEXT NOT NULL DEFAULT 'server'
    CONSTRAINT given_in_is_known CHECK (given_in IN ('server', 'email'));

-- An email with such a link is 0: it goes out as any other, and stands in no list
-- of emails and no export.
ALTER TABLE emails ADD COLUMN is_listed INTEGER NOT NULL DEFAULT 1
    CONSTRAINT is_listed_is_yes_or_no CHECK (is_listed IN (0, 1));
CREATE INDEX emails_unlisted ON emails (written_at) WHERE is_listed = 0;

-- One-time codes; no row while they are off.
CREATE TABLE second_step (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    -- Encrypted with the key file, which lies beside this file and not in it.
    secret      BLOB    NOT NULL,
    on_since    INTEGER NOT NULL,
    -- The thirty seconds of the last code that was taken: none is taken twice.
    last_step   INTEGER NOT NULL,
    -- After a right password alone, so that nobody else can use them up.
    wrong_codes INTEGER NOT NULL DEFAULT 0,
    wrong_since INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Each is good once, and goes with its use.
CREATE TABLE recovery_codes (
    code_hash BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Sign-ins with a right password that wait for their code.
CREATE TABLE half_sign_ins (
    token_hash  BLOB    PRIMARY KEY,
    browser     TEXT    NOT NULL,
    expires_at  INTEGER NOT NULL,
    wrong_codes INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
