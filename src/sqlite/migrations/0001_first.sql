-- Times are milliseconds since 1970 UTC; *_kind of an author: 0 person, 1 operator, 2 product.
-- AUTOINCREMENT: the number of an id is never used again, also after its row has gone.
-- names, tags, teams, pinned, changes: JSON. Folded texts stand beside their text.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE epochs (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  first_seq INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  batch BLOB NOT NULL,
  short_lived INTEGER NOT NULL CHECK (short_lived IN (0, 1)),
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX events_short_lived ON events (at) WHERE short_lived = 1;

CREATE TABLE statuses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  names TEXT NOT NULL,
  type INTEGER NOT NULL CHECK (type BETWEEN 0 AND 4),
  tags TEXT NOT NULL,
  icon TEXT NOT NULL,
  default_duration_s INTEGER,
  position INTEGER NOT NULL,
  system INTEGER NOT NULL CHECK (system IN (0, 1)),
  deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
  version INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_kind INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_kind INTEGER NOT NULL,
  updated_by INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX statuses_live_name ON statuses (folded) WHERE deleted = 0;

CREATE TABLE status_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  status INTEGER NOT NULL REFERENCES statuses,
  at INTEGER NOT NULL,
  by_kind INTEGER NOT NULL,
  by_user INTEGER NOT NULL,
  action INTEGER NOT NULL,
  changes TEXT NOT NULL
) STRICT;
CREATE INDEX status_history_of ON status_history (status, id);

CREATE TABLE roles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  permissions TEXT NOT NULL,
  built_in INTEGER NOT NULL CHECK (built_in IN (0, 1)),
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE teams (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  login TEXT NOT NULL,
  login_folded TEXT NOT NULL,
  display_name TEXT NOT NULL,
  display_folded TEXT NOT NULL,
  role INTEGER NOT NULL REFERENCES roles,
  teams TEXT NOT NULL,
  locale TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  status_at_sign_in INTEGER NOT NULL,
  pinned TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  erased INTEGER NOT NULL CHECK (erased IN (0, 1)),
  version INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX people_login ON people (login_folded) WHERE erased = 0;

CREATE TABLE presence (
  user INTEGER PRIMARY KEY REFERENCES people,
  status INTEGER NOT NULL REFERENCES statuses,
  type INTEGER NOT NULL CHECK (type BETWEEN 0 AND 4),
  note TEXT NOT NULL,
  since INTEGER,
  until INTEGER,
  rev INTEGER NOT NULL,
  pending_status INTEGER REFERENCES statuses,
  pending_note TEXT,
  pending_until INTEGER,
  last_chosen INTEGER NOT NULL REFERENCES statuses
) STRICT;

CREATE TABLE own_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL REFERENCES people,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL REFERENCES statuses,
  name TEXT NOT NULL,
  type INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX own_history_of ON own_history (user, id, at);
CREATE INDEX own_history_at ON own_history (at);

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL REFERENCES people,
  secret BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  user_agent TEXT NOT NULL
) STRICT;

CREATE TABLE tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL REFERENCES people,
  secret BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  scope INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE invitations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL,
  secret BLOB NOT NULL UNIQUE,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  first INTEGER NOT NULL REFERENCES people,
  second INTEGER NOT NULL REFERENCES people,
  last_message INTEGER NOT NULL,
  first_read INTEGER NOT NULL,
  second_read INTEGER NOT NULL,
  first_unread INTEGER NOT NULL,
  second_unread INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  UNIQUE (first, second)
) STRICT;

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL REFERENCES conversations,
  author INTEGER NOT NULL REFERENCES people,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_of ON messages (conversation, id);
CREATE INDEX messages_at ON messages (at);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  by_kind INTEGER NOT NULL,
  by_user INTEGER NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  problem INTEGER,
  count INTEGER NOT NULL
) STRICT;

CREATE TABLE answers (
  user INTEGER NOT NULL REFERENCES people,
  key TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (user, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_at ON answers (at);
