-- Version 2: names of users differ in more than case, in every alphabet.

-- The name as it is compared. NULL for one that an older server let in beside
-- another that differs in case alone: it is found by its exact name.
ALTER TABLE account ADD COLUMN folded TEXT;
UPDATE account SET folded = side_fold_name (name)
  WHERE id = (SELECT other.id FROM account AS other
              WHERE side_fold_name (other.name) = side_fold_name (account.name)
              ORDER BY other.revoked_ms > 0, other.id LIMIT 1);
CREATE UNIQUE INDEX account_by_name ON account (folded);
