-- For what is looked up often in tables that only grow.
CREATE INDEX calls_by_appointment ON calls (appointment);
CREATE INDEX links_by_appointment ON links (appointment);
CREATE INDEX letters_given_up ON letters (outcome_at) WHERE outcome = 'given_up';
