-- Several nodes on one database. Every time here goes by this server's clock, so that the clocks of
-- the nodes decide nothing.

CREATE FUNCTION database_now() RETURNS BIGINT LANGUAGE sql VOLATILE AS
  'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT';

-- A process that works on the database, and since when nobody has heard of it. A row is made when it
-- joins and goes when it leaves or is taken for dead; its number is never given again.
CREATE TABLE nodes (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  generation BIGINT NOT NULL, -- of its connection: what was sent on an earlier one does nothing any more
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  reads_events BIGINT NOT NULL, -- the newest form of events that it understands: nobody writes a newer one
  started_at BIGINT NOT NULL,
  looked_at BIGINT NOT NULL,
  seq BIGINT NOT NULL -- up to here it had everything then
);

-- Who is there, at which node.
CREATE TABLE connections (
  node BIGINT NOT NULL REFERENCES nodes ON DELETE CASCADE,
  id BIGINT NOT NULL,
  "user" BIGINT NOT NULL REFERENCES people,
  session BIGINT NOT NULL,
  token BIGINT NOT NULL,
  PRIMARY KEY (node, id)
);

-- The one place where nodes meet, in one statement: who decided on another state than the newest is
-- refused, and who has lost its lease, before anything else of the batch is done. The row of the
-- position is taken first, by everyone, so that nobody waits for each other, and stays taken until
-- the batch is committed.
CREATE FUNCTION advance(this_node BIGINT, this_generation BIGINT, lease_ms BIGINT, known_epochs BIGINT,
                        expected BIGINT, next BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  UPDATE meta SET value = next::TEXT WHERE key = 'seq' AND value = expected::TEXT;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'another node was first' USING ERRCODE = 'PS001';
  END IF;
  UPDATE nodes SET looked_at = database_now(), seq = next
    WHERE id = this_node AND generation = this_generation AND looked_at > database_now() - lease_ms;
  IF NOT FOUND OR (SELECT count(*) FROM epochs) <> known_epochs THEN
    RAISE EXCEPTION 'the lease is gone, or the epoch' USING ERRCODE = 'PS002';
  END IF;
  PERFORM pg_notify('pastille', next::TEXT);
END
$$;

-- What a restored copy and a promoted standby have otherwise than what they came from.
CREATE FUNCTION store_mark() RETURNS TEXT LANGUAGE sql VOLATILE AS $$
  SELECT (SELECT system_identifier FROM pg_control_system()) || '/'
    || left(pg_walfile_name(pg_current_wal_lsn()), 8) || '/' || 'meta'::REGCLASS::OID
$$;
