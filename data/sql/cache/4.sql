-- Version 4: what recordings sound like, and searches that have a name.
-- Figures of the sound: what was found by listening to a call's recording, as
-- far as calls are found by it. n is calls.n; a row whose recording is not the
-- call's any more does not count. NULL: not known. A side is 1 operator, 2
-- customer, or the mix in 1.
CREATE TABLE sounds (
  n                    INTEGER PRIMARY KEY,
  recording            TEXT NOT NULL,
  version              TEXT NOT NULL,
  problem              TEXT,
  attribution          INTEGER NOT NULL,
  duration_ms          INTEGER NOT NULL,
  dead_air             INTEGER NOT NULL,
  long_dead_air        INTEGER NOT NULL,
  longest_dead_air_ms  INTEGER NOT NULL,
  talk_over            INTEGER NOT NULL,
  talk_over_share      REAL,
  talk_share           REAL,
  latency_median_ms    REAL,
  latency_p90_ms       REAL,
  monologue_ms         INTEGER NOT NULL,
  lufs_1               REAL,
  lufs_2               REAL,
  snr_db_1             REAL,
  snr_db_2             REAL,
  clipped_1            INTEGER NOT NULL,
  clipped_2            INTEGER NOT NULL,
  speech_ms_1          INTEGER NOT NULL,
  speech_ms_2          INTEGER NOT NULL,
  one_way_1            INTEGER NOT NULL,
  one_way_2            INTEGER NOT NULL
);

-- Saved searches: a name for what the calls page shows. view is the page's own
-- text; the store does not look into it.
CREATE TABLE searches (
  id       TEXT PRIMARY KEY,
  project  TEXT NOT NULL,
  name     TEXT NOT NULL,
  view     TEXT NOT NULL
);
-- End of figures and searches.

-- Recordings imported from this computer's disk. Their calls are known here
-- alone: no feed of the server brings them again, so the call's own text is
-- kept too, for the day the cache is damaged.
ALTER TABLE calls ADD COLUMN imported INTEGER NOT NULL DEFAULT 0;

CREATE TABLE imports (
  call         TEXT PRIMARY KEY,
  recording    TEXT NOT NULL UNIQUE,
  sha256       TEXT NOT NULL UNIQUE,
  path         TEXT NOT NULL,
  bytes        INTEGER NOT NULL,
  imported_ms  INTEGER NOT NULL,
  body         TEXT NOT NULL
);
-- End of imports.
