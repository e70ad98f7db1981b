-- Version 2: a call's place in the server's count of changes; edits of a
-- document are counted, so that one made while an older one is under way is
-- not taken for sent; scripts keep their versions, because reviews name them;
-- search by the first two and three letters of a word has an index.
ALTER TABLE calls ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN edit INTEGER NOT NULL DEFAULT 0;

CREATE TABLE script_versions (
  script   TEXT NOT NULL,
  version  INTEGER NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (script, version)
) WITHOUT ROWID;

INSERT OR IGNORE INTO script_versions
  SELECT id, json_extract (body, '$.version'), body FROM documents
  WHERE kind = 'script' AND json_valid (body) AND json_extract (body, '$.version') IS NOT NULL;

CREATE VIRTUAL TABLE search2 USING fts5 (body, tokenize = 'unicode61 remove_diacritics 0', columnsize = 0, prefix = '2 3');
INSERT INTO search2 (rowid, body) SELECT rowid, body FROM search;
DROP TABLE search;
ALTER TABLE search2 RENAME TO search;
