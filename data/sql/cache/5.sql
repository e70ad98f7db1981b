-- Version 5: what finished reviews come to, one row a review and one an
-- answer, so that an operator's page adds up columns and reads no JSON.
-- Derived from the documents: the program fills both after this step and
-- writes them with every review, script version and call.
-- project, operator, queue, script and criterion are numbers of names.
CREATE TABLE review_facts (
  n            INTEGER PRIMARY KEY,
  about        TEXT,
  call         INTEGER,
  project      INTEGER,
  operator     INTEGER,
  queue        INTEGER,
  test         INTEGER NOT NULL,
  joined_ms    INTEGER NOT NULL,
  finished_ms  INTEGER NOT NULL,
  script       INTEGER NOT NULL,
  version      INTEGER NOT NULL,
  selection    INTEGER NOT NULL,
  revision     INTEGER NOT NULL,
  score        REAL,
  would_be     REAL,
  critical     INTEGER NOT NULL,
  countable    INTEGER NOT NULL,
  counts       INTEGER NOT NULL
);
CREATE INDEX review_facts_by_call ON review_facts (about);
CREATE INDEX review_facts_by_script ON review_facts (script, version);
-- Everything the comparison with the others needs stands in the index.
CREATE INDEX review_facts_by_operator ON review_facts (project, operator, joined_ms, counts, test, selection, score);

CREATE TABLE answer_facts (
  review       INTEGER NOT NULL,
  criterion    INTEGER NOT NULL,
  value        REAL NOT NULL,
  cause        INTEGER NOT NULL,
  position_ms  INTEGER NOT NULL,
  to_ms        INTEGER NOT NULL,
  PRIMARY KEY (review, criterion)
) WITHOUT ROWID;
