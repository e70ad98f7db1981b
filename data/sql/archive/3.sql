-- Version 3: operators sign in, and see what is about them.

-- Which operator the user is, as the calls have it; only with the role operator.
ALTER TABLE account ADD COLUMN operator TEXT;
