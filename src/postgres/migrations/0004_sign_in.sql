-- How people sign in and what others did to that (core/sign_in_record.h), as JSON. Of older data nobody
-- knows for certain who has ever signed in: who has a password, a provider, a session or a history has.
ALTER TABLE people ADD COLUMN sign_in TEXT NOT NULL DEFAULT '{}';
UPDATE people SET sign_in = '{"first_at":' || created_at || '}'
  WHERE erased = 0 AND (password_hash <> '' OR external_subject <> ''
    OR EXISTS (SELECT 1 FROM sessions WHERE sessions."user" = people.id)
    OR EXISTS (SELECT 1 FROM own_history WHERE own_history."user" = people.id));

-- Random and for ever: it tells the cookies of two servers on one host apart.
INSERT INTO meta (key, value) VALUES ('organisation_id', replace(gen_random_uuid()::TEXT, '-', ''));

-- Answers that hold a one-time link in clear.
DELETE FROM answers WHERE headers LIKE '%Location: /api/v1/users/%';
