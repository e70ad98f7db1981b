-- A cache as version 1 made it, with something of everything in it. Frozen:
-- it stands for the files people have, so it never changes.
PRAGMA journal_mode = WAL;
CREATE TABLE names (
  n     INTEGER PRIMARY KEY,
  text  TEXT NOT NULL UNIQUE
);
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
PRAGMA application_id = 1397310533;
PRAGMA user_version = 1;
INSERT INTO names VALUES (1, 'shop'), (2, 'orders'), (3, 'op-1'), (4, 'Алёна Королёва');
INSERT INTO calls (n, joined_ms, project, queue, operator, operator_name, outcome, wait_ms, talk_ms, hold_ms,
                   callback, test, spam, caller, id, note, answered_ms, ended_ms, held_since_ms, ring_ms, wrap_ms, position, rings,
                   ended_by, transfer, amount_minor, recording_ms, channels) VALUES
  (1, 1794999990000, 1, 2, 3, 4, 1, 4000, 60000, 0, 0, 0, 0, '79031231244', 'call-1', 'Ёлка', 1794999994000, 1795000054000,
   0, 2000, 0, 1, 0, 1, 0, 748000, 60000, 2),
  (2, 1794999995000, 1, 2, NULL, NULL, 2, 48000, 0, 0, 1, 0, 0, '79257773107', 'call-2', NULL, 0, 1795000043000,
   0, 0, 0, 1, 0, 1, 0, 0, 0, 0);
INSERT INTO search (rowid, body) VALUES (1, '79031231244' || char (10) || 'елка' || char (10) || 'алена королева'),
  (2, '79257773107' || char (10) || 'перезвонить');
INSERT INTO call_events VALUES ('call-2', 0, '{"seq":7,"at_ms":1794999995000,"kind":"call.joined","project":"shop","queue":"orders","call":"call-2"}');
INSERT INTO documents (n, kind, id, project, call, revision, change, changed_ms, author, body, deleted, dirty) VALUES
  (1, 'annotation', '00000000-0000-4000-8000-000000000001', 'shop', 'call-2', 0, 0, 1795000050000, 'olga', '{"text":"перезвонить"}', 0, 1),
  (2, 'script', '00000000-0000-4000-8000-000000000002', 'shop', NULL, 1, 11, 1795000000000, 'olga',
   '{"id":"00000000-0000-4000-8000-000000000002","project":"shop","title":"Order","version":3,"queues":[],"sections":[{"id":"s","title":"All","criteria":[{"id":"hello","text":"Greets","answers":"yes-no","weight":100}]}]}',
   0, 0);
INSERT INTO outbox (id, kind, document, base_revision, attempts, error, created_ms) VALUES
  (5, 'annotation', '00000000-0000-4000-8000-000000000001', 0, 2, 'no route', 1795000050000);
INSERT INTO projects VALUES ('shop', 0, '{"id":"shop"}');
INSERT INTO snapshots VALUES ('', 99, 1795000060000, '{"calls":[]}');
INSERT INTO settings VALUES ('store.change', '11'), ('sort', 'time');
