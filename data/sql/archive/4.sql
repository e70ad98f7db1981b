-- Version 4: test calls are known by a header that went with them.

-- What the exchange said: with the caller of this leg came the id of a test
-- call, which may never have been made. What follows from it is judged anew each time.
CREATE TABLE test_claim (
  test    TEXT NOT NULL,
  call    TEXT NOT NULL,
  project TEXT NOT NULL,
  at_ms   INTEGER NOT NULL,
  PRIMARY KEY (test, call)
) WITHOUT ROWID;
CREATE INDEX test_claim_by_call ON test_claim (call);
