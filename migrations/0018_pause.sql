-- While it has a row, online booking is paused.
ALTER TABLE requests_closed RENAME TO pause;
