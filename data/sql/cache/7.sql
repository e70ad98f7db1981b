-- Version 7: a bonus that was not earned is no fault, and a sealed review keeps
-- its reviewer while somebody else revises it. The program derives both tables
-- of facts anew after this step: those from before do not know sealed reviews
-- with a draft of their next revision.
ALTER TABLE review_facts ADD COLUMN reviewer INTEGER;
ALTER TABLE answer_facts ADD COLUMN bonus INTEGER NOT NULL DEFAULT 0;
