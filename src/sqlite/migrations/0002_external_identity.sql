-- Who somebody is at a provider of identities (OpenID Connect); both '' for who has none there.
ALTER TABLE people ADD COLUMN external_issuer TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN external_subject TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX people_external ON people (external_issuer, external_subject)
  WHERE external_subject <> '';
