-- Version 3: a document that the server will not take, however often it is
-- sent, is set aside until a person has decided about it.
ALTER TABLE outbox ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;

-- The session, kept whole, tells of its projects.
DROP TABLE projects;
