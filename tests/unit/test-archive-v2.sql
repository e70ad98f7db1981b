-- An archive of version 2, frozen: what a server of that version made, before
-- there were users who are operators.

-- A few facts about the archive itself; "clean" is '1' between an orderly end
-- and the next start.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Every event ever numbered. "body" is the event as the protocol writes it; the
-- other columns are there to be searched.
CREATE TABLE event (
  seq     INTEGER PRIMARY KEY,
  at_ms   INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  project TEXT,
  call    TEXT,
  body    TEXT NOT NULL
);
CREATE INDEX event_by_time ON event (at_ms);
CREATE INDEX event_by_call ON event (call, seq) WHERE call IS NOT NULL;

-- A leg: one visit of one queue by one caller. Columns are named like the
-- members of the protocol's call. "change" orders all changes of all legs.
CREATE TABLE call (
  "id"            TEXT PRIMARY KEY,
  "journey"       TEXT,
  "project"       TEXT NOT NULL,
  "queue"         TEXT,
  "operator"      TEXT,
  "operator_name" TEXT,
  "caller"        TEXT,
  "caller_name"   TEXT,
  "dialled"       TEXT,
  "source"        TEXT,
  "joined_ms"     INTEGER NOT NULL,
  "answered_ms"   INTEGER NOT NULL,
  "ended_ms"      INTEGER NOT NULL,
  "held_since_ms" INTEGER NOT NULL,
  "wait_ms"       INTEGER NOT NULL,
  "ring_ms"       INTEGER NOT NULL,
  "talk_ms"       INTEGER NOT NULL,
  "hold_ms"       INTEGER NOT NULL,
  "wrap_ms"       INTEGER NOT NULL,
  "position"      INTEGER NOT NULL,
  "rings"         INTEGER NOT NULL,
  "outcome"       TEXT,
  "ended_by"      TEXT,
  "transfer"      TEXT,
  "target"        TEXT,
  "order"         TEXT,
  "amount_minor"  INTEGER NOT NULL,
  "currency"      TEXT,
  "topic"         TEXT,
  "note"          TEXT,
  "callback"      TEXT,
  "recording"     TEXT,
  "recording_ms"  INTEGER NOT NULL,
  "channels"      INTEGER NOT NULL,
  "sha256"        TEXT,
  "test"          INTEGER NOT NULL,
  "spam"          INTEGER NOT NULL,
  "change"        INTEGER NOT NULL
);
CREATE UNIQUE INDEX call_by_change ON call (change);
CREATE INDEX call_by_time ON call (joined_ms, id);
CREATE INDEX call_by_project ON call (project, joined_ms, id);
CREATE INDEX call_by_queue ON call (queue, joined_ms, id);
CREATE INDEX call_by_operator ON call (operator, joined_ms, id) WHERE operator IS NOT NULL;
CREATE INDEX call_by_journey ON call (journey) WHERE journey IS NOT NULL;

-- The file of a call's sound and what is served in its place: "header" stands
-- for the file's first bytes, samples of "swap_bytes" change sides.
CREATE TABLE recording (
  id          TEXT PRIMARY KEY,
  project     TEXT NOT NULL,
  call        TEXT NOT NULL,
  path        TEXT NOT NULL,
  size        INTEGER NOT NULL,
  modified_ms INTEGER NOT NULL,
  header      BLOB,
  swap_bytes  INTEGER NOT NULL,
  data_offset INTEGER NOT NULL,
  data_bytes  INTEGER NOT NULL,
  channels    INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  sha256      TEXT NOT NULL,
  created_ms  INTEGER NOT NULL
);
CREATE INDEX recording_by_call ON recording (call);

-- What people write, as it stands now. "change" orders all changes of all
-- documents and is what the feed is read by.
CREATE TABLE document (
  kind       TEXT NOT NULL,
  id         TEXT NOT NULL,
  project    TEXT NOT NULL,
  call       TEXT,
  revision   INTEGER NOT NULL,
  change     INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,
  author     TEXT,
  body       TEXT,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX document_by_change ON document (change);
CREATE INDEX document_by_call ON document (call) WHERE call IS NOT NULL;

-- Every earlier state of every document.
CREATE TABLE document_revision (
  kind       TEXT NOT NULL,
  id         TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,
  author     TEXT,
  body       TEXT,
  PRIMARY KEY (kind, id, revision)
) WITHOUT ROWID;

-- Who may sign in. Names differ in more than case.
CREATE TABLE account (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role          TEXT NOT NULL,
  password_hash TEXT,
  created_ms    INTEGER NOT NULL,
  revoked_ms    INTEGER NOT NULL DEFAULT 0
);

-- What they may see. Nothing here, nothing seen.
CREATE TABLE account_project (
  account INTEGER NOT NULL REFERENCES account (id),
  project TEXT NOT NULL,
  PRIMARY KEY (account, project)
) WITHOUT ROWID;

-- Bearer tokens, only as their SHA-256.
CREATE TABLE token (
  hash       BLOB PRIMARY KEY,
  account    INTEGER NOT NULL REFERENCES account (id),
  created_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  revoked_ms INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX token_by_account ON token (account);

-- Who did what. Rows are only ever added.
CREATE TABLE audit (
  id      INTEGER PRIMARY KEY,
  at_ms   INTEGER NOT NULL,
  account TEXT,
  action  TEXT NOT NULL,
  object  TEXT,
  address TEXT,
  detail  TEXT
);
CREATE INDEX audit_by_time ON audit (at_ms);

-- The name as it is compared.
ALTER TABLE account ADD COLUMN folded TEXT;
CREATE UNIQUE INDEX account_by_name ON account (folded);

INSERT INTO account (id, name, role, created_ms, revoked_ms, folded) VALUES
  (1, 'Иван', 'client', 1, 5, NULL), (2, 'иван', 'client', 2, 0, 'иван'), (5, 'anna', 'supervisor', 5, 0, 'anna');
INSERT INTO account_project VALUES (5, 'tea');
INSERT INTO call (id, project, operator, operator_name, joined_ms, answered_ms, ended_ms, held_since_ms, wait_ms, ring_ms, talk_ms,
                  hold_ms, wrap_ms, position, rings, amount_minor, recording_ms, channels, test, spam, change) VALUES
  ('a', 'tea', 'op-1', 'Вера', 1, 2, 3, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1),
  ('b', 'tea', 'op-2', 'Ольга', 1, 2, 3, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 2),
  ('c', 'tea', 'op-3', 'Ольга', 1, 2, 3, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 3);
INSERT INTO meta VALUES ('clean', '1'), ('epoch', '9f86d081884c7d659a2feaa0c55ad015'), ('starts', '1');
PRAGMA application_id = 0x53544e41;
PRAGMA user_version = 2;
