-- Weekly hours can have a last date, after which the earlier ones hold again.
ALTER TABLE opening_hours ADD COLUMN until TEXT
    CONSTRAINT until_is_a_date_from_then_on CHECK (until IS NULL OR (date(until) = until AND until >= holds_from));

-- What clients read in place of the days that time off takes; NULL says nothing of them.
ALTER TABLE time_off ADD COLUMN sentence TEXT;
