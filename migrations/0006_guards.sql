-- A guard asks only when a row becomes live or its time changes. `UPDATE OF`
-- fires for every column that is named, changed or not: a row that stands
-- beside somebody who came after all could then not even expire.
DROP TRIGGER slot_taken_on_update;
DROP TRIGGER slot_taken_on_changed_change;
DROP TRIGGER changed_change_of_a_confirmed_appointment;
DROP TRIGGER appointment_ends_after_its_change;

CREATE TRIGGER slot_taken_on_update BEFORE UPDATE OF starts_at, ends_at, status ON appointments
WHEN NEW.status IN ('requested', 'confirmed')
 AND (OLD.status NOT IN ('requested', 'confirmed')
      OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at)
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM taken
        WHERE appointment <> NEW.id
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

CREATE TRIGGER slot_taken_on_changed_change BEFORE UPDATE OF appointment, starts_at, ends_at, status ON changes
WHEN NEW.status = 'requested'
 AND (OLD.status <> 'requested' OR NEW.appointment <> OLD.appointment
      OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at)
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM taken
        WHERE appointment <> NEW.appointment
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;

CREATE TRIGGER changed_change_of_a_confirmed_appointment BEFORE UPDATE OF appointment, status ON changes
WHEN NEW.status = 'requested' AND (OLD.status <> 'requested' OR NEW.appointment <> OLD.appointment)
BEGIN
    SELECT raise(ABORT, 'change_without_appointment') WHERE NOT EXISTS (
        SELECT 1 FROM appointments WHERE id = NEW.appointment AND status = 'confirmed');
END;

CREATE TRIGGER appointment_ends_after_its_change BEFORE UPDATE OF status ON appointments
WHEN OLD.status = 'confirmed' AND NEW.status <> 'confirmed'
BEGIN
    SELECT raise(ABORT, 'change_without_appointment') WHERE EXISTS (
        SELECT 1 FROM changes WHERE appointment = NEW.id AND status = 'requested');
END;
