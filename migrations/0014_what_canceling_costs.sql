-- What was agreed about canceling, kept with the confirmation: until when it is
-- free, and the fee after that, in hundredths of the currency and in percent of
-- the price. Visits that were confirmed before this have none of it.
ALTER TABLE appointments ADD COLUMN free_until INTEGER;
ALTER TABLE appointments ADD COLUMN late_fee INTEGER;
ALTER TABLE appointments ADD COLUMN late_fee_percent INTEGER
    CONSTRAINT late_fee_is_a_share CHECK (late_fee_percent BETWEEN 1 AND 100);

-- Empty in a policy that was stored before the key existed: then the practice file's holds.
ALTER TABLE policy ADD COLUMN late_fee_percent INTEGER;
