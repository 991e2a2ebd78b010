-- An appointment has one call to make about how it stands, and another about
-- where its office is now: the one does not say the other.
DROP INDEX one_open_call_per_appointment;
CREATE UNIQUE INDEX one_open_call_per_appointment_and_matter
    ON calls (appointment, about = 'new_address') WHERE done_at IS NULL;
