-- A series is what was asked for together, or booked together. What a blocked client asks for
-- together reads like any other request to them, so it is one here as well.
ALTER TABLE blocked_requests ADD COLUMN series INTEGER REFERENCES series (id);
CREATE INDEX blocked_requests_by_series ON blocked_requests (series) WHERE series IS NOT NULL;
