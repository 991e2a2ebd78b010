-- How many requests of one mailbox wait for an answer is asked with each new one. The addresses
-- of a mailbox share the name before the @ without its dots, up to the first +, whatever the
-- provider makes of them: so few others are looked at.
ALTER TABLE appointments ADD COLUMN mailbox_name TEXT GENERATED ALWAYS AS (
    substr(replace(substr(email_key, 1, instr(email_key || '@', '@') - 1), '.', ''), 1,
           instr(replace(substr(email_key, 1, instr(email_key || '@', '@') - 1), '.', '') || '+', '+') - 1)
) VIRTUAL;
CREATE INDEX requests_by_mailbox ON appointments (mailbox_name) WHERE status = 'requested';
