-- What is written while writing fails, to see whether it works again. One row at the most.
CREATE TABLE trials (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    written BLOB    NOT NULL
) STRICT;
