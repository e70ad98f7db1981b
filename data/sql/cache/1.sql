-- The cache of one server and one user, version 1. docs/schema.md explains it.
-- Instants are ms since 1970 UTC, durations ms. Enumerations are kept as the
-- numbers of app/model, which only ever grow at their ends.

-- Words that thousands of calls share: ids of projects, queues and operators,
-- operators' names, sources, topics, currencies.
CREATE TABLE names (
  n     INTEGER PRIMARY KEY,
  text  TEXT NOT NULL UNIQUE
);

-- What lists are filtered and sorted by comes first, so that reading those
-- columns of all calls never has to step over a long note.
CREATE TABLE calls (
  n              INTEGER PRIMARY KEY,
  joined_ms      INTEGER NOT NULL,
  project        INTEGER,
  queue          INTEGER,
  operator       INTEGER,
  operator_name  INTEGER,
  outcome        INTEGER NOT NULL,
  wait_ms        INTEGER NOT NULL,
  talk_ms        INTEGER NOT NULL,
  hold_ms        INTEGER NOT NULL,
  score          REAL,
  callback       INTEGER NOT NULL,
  test           INTEGER NOT NULL,
  spam           INTEGER NOT NULL,
  caller         TEXT,
  recording      TEXT,
  id             TEXT NOT NULL UNIQUE,
  journey        TEXT,
  caller_name    TEXT,
  dialled        TEXT,
  source         INTEGER,
  answered_ms    INTEGER NOT NULL,
  ended_ms       INTEGER NOT NULL,
  held_since_ms  INTEGER NOT NULL,
  ring_ms        INTEGER NOT NULL,
  wrap_ms        INTEGER NOT NULL,
  position       INTEGER NOT NULL,
  rings          INTEGER NOT NULL,
  ended_by       INTEGER NOT NULL,
  transfer       INTEGER NOT NULL,
  target         TEXT,
  order_id       TEXT,
  amount_minor   INTEGER NOT NULL,
  currency       INTEGER,
  topic          INTEGER,
  note           TEXT,
  recording_ms   INTEGER NOT NULL,
  channels       INTEGER NOT NULL,
  sha256         TEXT
);
CREATE INDEX calls_by_time ON calls (joined_ms);

-- What a person can find a call by, folded by the app: rowid is calls.n.
CREATE VIRTUAL TABLE search USING fts5 (body, tokenize = 'unicode61 remove_diacritics 0', columnsize = 0);

CREATE TABLE call_events (
  call   TEXT NOT NULL,
  place  INTEGER NOT NULL,
  body   TEXT NOT NULL,
  PRIMARY KEY (call, place)
) WITHOUT ROWID;

CREATE TABLE documents (
  n           INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL,
  id          TEXT NOT NULL,
  project     TEXT,
  call        TEXT,
  revision    INTEGER NOT NULL,
  change      INTEGER NOT NULL,
  changed_ms  INTEGER NOT NULL,
  author      TEXT,
  body        TEXT,
  deleted     INTEGER NOT NULL,
  dirty       INTEGER NOT NULL,
  UNIQUE (kind, id)
);
CREATE INDEX documents_by_call ON documents (call);
CREATE INDEX documents_dirty ON documents (dirty) WHERE dirty = 1;

-- One row for each document with unsent edits.
CREATE TABLE outbox (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  kind           TEXT NOT NULL,
  document       TEXT NOT NULL,
  base_revision  INTEGER NOT NULL,
  attempts       INTEGER NOT NULL,
  error          TEXT,
  created_ms     INTEGER NOT NULL,
  UNIQUE (kind, document)
);

-- The server's version of a document that has unsent edits here.
CREATE TABLE conflicts (
  kind        TEXT NOT NULL,
  document    TEXT NOT NULL,
  revision    INTEGER NOT NULL,
  change      INTEGER NOT NULL,
  changed_ms  INTEGER NOT NULL,
  author      TEXT,
  body        TEXT,
  deleted     INTEGER NOT NULL,
  PRIMARY KEY (kind, document)
);

CREATE TABLE recordings (
  id            TEXT PRIMARY KEY,
  call          TEXT,
  sha256        TEXT,
  path          TEXT NOT NULL,
  bytes         INTEGER NOT NULL,
  last_used_ms  INTEGER NOT NULL
);
CREATE INDEX recordings_by_use ON recordings (last_used_ms);

CREATE TABLE projects (
  id     TEXT PRIMARY KEY,
  place  INTEGER NOT NULL,
  body   TEXT NOT NULL
);

CREATE TABLE snapshots (
  project   TEXT PRIMARY KEY,
  seq       INTEGER NOT NULL,
  taken_ms  INTEGER NOT NULL,
  body      TEXT NOT NULL
);

CREATE TABLE settings (
  key    TEXT PRIMARY KEY,
  value  TEXT
);
