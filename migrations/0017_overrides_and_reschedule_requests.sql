-- What the therapist knowingly set aside.
ALTER TABLE appointments RENAME COLUMN overruled TO overridden;

-- Another time that a client has asked for, until it is answered.
DROP INDEX one_open_change_per_appointment;
DROP INDEX changes_by_start;
DROP INDEX changes_by_appointment;
ALTER TABLE changes RENAME TO reschedule_requests;
CREATE UNIQUE INDEX one_open_reschedule_request_per_appointment
    ON reschedule_requests (appointment) WHERE status = 'requested';
CREATE INDEX reschedule_requests_by_start ON reschedule_requests (starts_at) WHERE status = 'requested';
CREATE INDEX reschedule_requests_by_appointment ON reschedule_requests (appointment);
