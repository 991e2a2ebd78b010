-- What was paid, and whether the fee was let go, before an act: a visit that is
-- marked as arrived, or no longer is, has its payment back when that is undone.
ALTER TABLE acted_on ADD COLUMN paid_by TEXT;
ALTER TABLE acted_on ADD COLUMN paid INTEGER;
ALTER TABLE acted_on ADD COLUMN tip INTEGER;
ALTER TABLE acted_on ADD COLUMN paid_noted_at INTEGER;
ALTER TABLE acted_on ADD COLUMN fee_waived_at INTEGER;
