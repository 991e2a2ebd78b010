-- A client asks for another time for a visit of a series, and for the later ones with it: that is
-- one request, with one answer. Each of them names the first by its number.
ALTER TABLE reschedule_requests ADD COLUMN together INTEGER;
CREATE INDEX reschedule_requests_together ON reschedule_requests (together) WHERE together IS NOT NULL;
