-- Times are milliseconds since 1970 UTC; *_kind of an author: 0 person, 1 operator, 2 product.
-- The same tables and columns as the embedded database has, so that the same statements fit both.
-- names, tags, teams, pinned, changes: JSON. Folded texts stand beside their text.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

INSERT INTO meta (key, value) VALUES ('seq', '0');

-- The one place where writers meet: who decided on another state than the newest is refused, before
-- anything else of the batch is done, and the row stays locked until the batch is committed.
CREATE FUNCTION advance(expected BIGINT, next BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  UPDATE meta SET value = next::TEXT WHERE key = 'seq' AND value = expected::TEXT;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'another writer was first' USING ERRCODE = 'PS001';
  END IF;
END
$$;

-- The greatest number ever given in a table: it is never given again, also after its row has gone.
CREATE TABLE given_numbers (
  name TEXT PRIMARY KEY,
  number BIGINT NOT NULL
);

CREATE TABLE epochs (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  first_seq BIGINT NOT NULL
);

CREATE TABLE events (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  batch BYTEA NOT NULL,
  short_lived BIGINT NOT NULL CHECK (short_lived IN (0, 1)),
  payload TEXT NOT NULL
);
CREATE INDEX events_batch ON events (batch);
CREATE INDEX events_short_lived ON events (at) WHERE short_lived = 1;

CREATE TABLE statuses (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  names TEXT NOT NULL,
  type BIGINT NOT NULL CHECK (type BETWEEN 0 AND 4),
  tags TEXT NOT NULL,
  icon TEXT NOT NULL,
  default_duration_s BIGINT,
  position BIGINT NOT NULL,
  system BIGINT NOT NULL CHECK (system IN (0, 1)),
  deleted BIGINT NOT NULL CHECK (deleted IN (0, 1)),
  version BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  created_kind BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_kind BIGINT NOT NULL,
  updated_by BIGINT NOT NULL
);
CREATE UNIQUE INDEX statuses_live_name ON statuses (folded) WHERE deleted = 0;

CREATE TABLE status_history (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  status BIGINT NOT NULL REFERENCES statuses,
  at BIGINT NOT NULL,
  by_kind BIGINT NOT NULL,
  by_user BIGINT NOT NULL,
  action BIGINT NOT NULL,
  changes TEXT NOT NULL
);
CREATE INDEX status_history_of ON status_history (status, id);

CREATE TABLE roles (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  permissions TEXT NOT NULL,
  built_in BIGINT NOT NULL CHECK (built_in IN (0, 1)),
  version BIGINT NOT NULL
);

CREATE TABLE teams (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  version BIGINT NOT NULL
);

CREATE TABLE people (
  id BIGINT PRIMARY KEY,
  login TEXT NOT NULL,
  login_folded TEXT NOT NULL,
  display_name TEXT NOT NULL,
  display_folded TEXT NOT NULL,
  role BIGINT NOT NULL REFERENCES roles,
  teams TEXT NOT NULL,
  locale TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  status_at_sign_in BIGINT NOT NULL,
  pinned TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  active BIGINT NOT NULL CHECK (active IN (0, 1)),
  erased BIGINT NOT NULL CHECK (erased IN (0, 1)),
  version BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  external_issuer TEXT NOT NULL DEFAULT '',
  external_subject TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX people_external ON people (external_issuer, external_subject)
  WHERE external_subject <> '';
CREATE UNIQUE INDEX people_login ON people (login_folded) WHERE erased = 0;

CREATE TABLE presence (
  "user" BIGINT PRIMARY KEY REFERENCES people,
  status BIGINT NOT NULL REFERENCES statuses,
  type BIGINT NOT NULL CHECK (type BETWEEN 0 AND 4),
  note TEXT NOT NULL,
  since BIGINT,
  until BIGINT,
  rev BIGINT NOT NULL,
  pending_status BIGINT REFERENCES statuses,
  pending_note TEXT,
  pending_until BIGINT,
  last_chosen BIGINT NOT NULL REFERENCES statuses
);

CREATE TABLE own_history (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "user" BIGINT NOT NULL REFERENCES people,
  at BIGINT NOT NULL,
  status BIGINT NOT NULL REFERENCES statuses,
  name TEXT NOT NULL,
  type BIGINT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX own_history_of ON own_history ("user", id, at);
CREATE INDEX own_history_at ON own_history (at);

CREATE TABLE sessions (
  id BIGINT PRIMARY KEY,
  "user" BIGINT NOT NULL REFERENCES people,
  secret BYTEA NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  user_agent TEXT NOT NULL
);

CREATE TABLE tokens (
  id BIGINT PRIMARY KEY,
  "user" BIGINT NOT NULL REFERENCES people,
  secret BYTEA NOT NULL UNIQUE,
  name TEXT NOT NULL,
  scope BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE invitations (
  id BIGINT PRIMARY KEY,
  "user" BIGINT NOT NULL,
  secret BYTEA NOT NULL UNIQUE,
  expires_at BIGINT NOT NULL
);

CREATE TABLE conversations (
  id BIGINT PRIMARY KEY,
  first BIGINT NOT NULL REFERENCES people,
  second BIGINT NOT NULL REFERENCES people,
  last_message BIGINT NOT NULL,
  first_read BIGINT NOT NULL,
  second_read BIGINT NOT NULL,
  first_unread BIGINT NOT NULL,
  second_unread BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  UNIQUE (first, second)
);

CREATE TABLE messages (
  id BIGINT PRIMARY KEY,
  conversation BIGINT NOT NULL REFERENCES conversations,
  author BIGINT NOT NULL REFERENCES people,
  text TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX messages_of ON messages (conversation, id);
CREATE INDEX messages_at ON messages (at);

CREATE TABLE audit (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at BIGINT NOT NULL,
  by_kind BIGINT NOT NULL,
  by_user BIGINT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  problem BIGINT,
  count BIGINT NOT NULL
);

CREATE TABLE answers (
  "user" BIGINT NOT NULL REFERENCES people,
  key TEXT NOT NULL,
  fingerprint BYTEA NOT NULL,
  at BIGINT NOT NULL,
  status BIGINT NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY ("user", key)
);
CREATE INDEX answers_at ON answers (at);
