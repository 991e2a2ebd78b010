-- Emails go when their client is erased, and a record goes that belongs to nobody.
-- No number is given twice: what is under way, or stands on a page that is open,
-- must not mean somebody else. AUTOINCREMENT alone promises that, and SQLite has no
-- statement that adds it; this is the way that its documentation names
-- (lang_altertable, section 7), and the ADD COLUMN behind it has the schema read anew.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, 'INTEGER PRIMARY KEY,', 'INTEGER PRIMARY KEY AUTOINCREMENT,')
WHERE type = 'table' AND name IN ('emails', 'clients');
PRAGMA writable_schema = OFF;
ALTER TABLE blocked_clients ADD COLUMN schema_was_read INTEGER;
ALTER TABLE blocked_clients DROP COLUMN schema_was_read;
