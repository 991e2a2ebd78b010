-- What people write is sealed: the private note, notes with requests, the therapist's
-- sentences, what emails say. A sealed value is a BLOB; a TEXT is what an earlier version
-- wrote, until the program has sealed it, or an email's text that was removed. SQLite has no
-- statement that gives a column another type; this is the way that its documentation names
-- (lang_altertable, section 7), nothing that is stored changes, and the ADD COLUMN behind it
-- has the schema read anew.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, ', note TEXT,', ', note ANY,')
WHERE type = 'table' AND name = 'clients';
UPDATE sqlite_schema
SET sql = replace(replace(sql, '    note           TEXT,', '    note           ANY,'),
                  '    sentence       TEXT,', '    sentence       ANY,')
WHERE type = 'table' AND name IN ('appointments', 'blocked_requests');
UPDATE sqlite_schema SET sql = replace(sql, '    sentence           TEXT,', '    sentence           ANY,')
WHERE type = 'table' AND name = 'acted_on';
UPDATE sqlite_schema SET sql = replace(sql, '    note         TEXT,', '    note         ANY,')
WHERE type = 'table' AND name = 'unproven_requests';
UPDATE sqlite_schema
SET sql = replace(replace(sql, '    sentence    TEXT,', '    sentence    ANY,'),
                  '    note        TEXT,', '    note        ANY,')
WHERE type = 'table' AND name = 'closings';
UPDATE sqlite_schema SET sql = replace(sql, '    note       TEXT,', '    note       ANY,')
WHERE type = 'table' AND name = 'time_off';
UPDATE sqlite_schema
SET sql = replace(replace(replace(sql, '    text_body       TEXT ', '    text_body       ANY '),
                          '    html_body       TEXT ', '    html_body       ANY '),
                  '    calendar        TEXT,', '    calendar        ANY,')
WHERE type = 'table' AND name = 'emails';
PRAGMA writable_schema = OFF;

-- Which keys have sealed something: what each sealed value begins with. The keys themselves
-- are in no database.
CREATE TABLE sealing_keys (
    head BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
ALTER TABLE sealing_keys ADD COLUMN schema_was_read INTEGER;
ALTER TABLE sealing_keys DROP COLUMN schema_was_read;

-- While it has a row, words may stand in the file as they were typed, or be left in it.
CREATE TABLE to_be_sealed (
    id INTEGER PRIMARY KEY CHECK (id = 1)
) STRICT;
INSERT INTO to_be_sealed (id)
SELECT 1
WHERE EXISTS (SELECT 1 FROM clients) OR EXISTS (SELECT 1 FROM emails) OR EXISTS (SELECT 1 FROM time_off)
   OR EXISTS (SELECT 1 FROM unproven_requests) OR EXISTS (SELECT 1 FROM second_step);
