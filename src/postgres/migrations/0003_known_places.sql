-- Fingerprints of the networks where somebody has signed in, and a version of all that they see of
-- themselves beside the one of what administrators see.
ALTER TABLE people ADD COLUMN known_places TEXT NOT NULL DEFAULT '[]';
ALTER TABLE people ADD COLUMN own_version BIGINT NOT NULL DEFAULT 1;
UPDATE people SET own_version = version;
