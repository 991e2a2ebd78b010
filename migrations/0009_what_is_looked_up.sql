-- Most clients have no phone: an index that holds the others alone is small,
-- and SQLite takes it for what it is, one row of many.
DROP INDEX clients_by_phone;
CREATE INDEX clients_by_phone ON clients (phone) WHERE phone IS NOT NULL;
