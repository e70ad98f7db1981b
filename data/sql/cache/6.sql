-- Version 6: versions of scripts that were put in use here and that the server
-- has not got. Each goes to it by itself, the lowest first: edits of one
-- document are otherwise sent as one, and reviews name versions.
CREATE TABLE unsent_versions (
  script   TEXT NOT NULL,
  version  INTEGER NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (script, version)
);

-- What the first unsent edit was made from, so that two versions can be told
-- apart by who changed what. NULL: not known, or there was nothing.
ALTER TABLE outbox ADD COLUMN base TEXT;
