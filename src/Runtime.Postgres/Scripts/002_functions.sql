-- One group commit: everything a node has to append or to verify, in one statement and so in one transaction.
--
-- Keys come in order, each at most once; events in the order in which the whole journal shows them, each with its entity's key.
-- Heads are compared and moved in the order of their keys, so two nodes never wait for each other in a circle. A row that another
-- transaction holds is waited for and then compared anew.
--
-- The answer names what did not succeed; null means that everything of its kind did.
CREATE FUNCTION journal_commit(
    base bigint,
    -- entities that may be new: each gets the key its node chose, unless it is there already
    new_keys bigint[], new_shards smallint[], new_kinds text[], new_ids text[],
    -- appends, those to new entities included
    keys bigint[], expected_heads bigint[], next_heads bigint[], wakes bigint[],
    -- verifies of entities with a key, and of entities that must have no event
    verified_keys bigint[], verified_heads bigint[], absent_kinds text[], absent_ids text[],
    -- events
    event_keys bigint[], seqs bigint[], ats bigint[], manifests integer[], payloads bytea[],
    sessions uuid[], numbers bigint[], reply_manifests integer[], replies bytea[],
    OUT lost bigint[],      -- keys of appends that met another head
    OUT stale bigint[],     -- keys of verifies that met another head
    OUT present integer[])  -- places, from 1, of absent names that are not absent
LANGUAGE plpgsql
AS $$
#variable_conflict use_variable
DECLARE
    moved integer;
    first bigint;
BEGIN
    IF cardinality(new_keys) > 0 THEN
        WITH fresh AS (
            INSERT INTO entities (key, shard, kind, id)
            SELECT n.key, n.shard, n.kind, n.id
            FROM unnest(new_keys, new_shards, new_kinds, new_ids) AS n (key, shard, kind, id)
            ORDER BY n.kind, n.id
            ON CONFLICT (kind, id) DO NOTHING
            RETURNING key, shard)
        INSERT INTO heads (entity, shard, head, wake_at)
        SELECT f.key, f.shard, 0, 9223372036854775807 FROM fresh AS f;
    END IF;

    IF cardinality(keys) > 0 THEN
        -- Not a join: whatever the statistics say, this probes the index key by key, in order.
        UPDATE heads AS h
        SET head = next_heads[width_bucket(h.entity, keys)], wake_at = wakes[width_bucket(h.entity, keys)]
        WHERE h.entity = ANY (keys) AND h.head = expected_heads[width_bucket(h.entity, keys)];
        GET DIAGNOSTICS moved = ROW_COUNT;

        IF moved < cardinality(keys) THEN
            -- What this transaction has moved bears its number.
            SELECT array_agg(k.key) INTO lost
            FROM unnest(keys) AS k (key)
            WHERE NOT EXISTS (SELECT FROM heads AS h WHERE h.entity = k.key AND h.xmin = pg_current_xact_id()::xid);
        END IF;

        -- Asked for when the heads are moved, so an entity's later append never has a lower number.
        first := (pg_current_xact_id()::text::bigint + base) << 20;
        IF lost IS NULL THEN
            INSERT INTO events
                ("offset", entity, seq, at, manifest, payload, command_session, command_number, reply_manifest, reply)
            SELECT first + generate_series(1, cardinality(seqs)), unnest(event_keys), unnest(seqs), unnest(ats), unnest(manifests),
                unnest(payloads), unnest(sessions), unnest(numbers), unnest(reply_manifests), unnest(replies);
        ELSIF moved > 0 THEN
            INSERT INTO events
                ("offset", entity, seq, at, manifest, payload, command_session, command_number, reply_manifest, reply)
            SELECT first + e.place, e.entity, e.seq, e.at, e.manifest, e.payload, e.session, e.number, e.reply_manifest, e.reply
            FROM unnest(event_keys, seqs, ats, manifests, payloads, sessions, numbers, reply_manifests, replies)
                WITH ORDINALITY AS e (entity, seq, at, manifest, payload, session, number, reply_manifest, reply, place)
            WHERE e.entity <> ALL (lost);
        END IF;
    END IF;

    IF cardinality(verified_keys) > 0 THEN
        SELECT array_agg(v.key) INTO stale
        FROM unnest(verified_keys, verified_heads) AS v (key, head)
        WHERE NOT EXISTS (SELECT FROM heads AS h WHERE h.entity = v.key AND h.head = v.head);
    END IF;

    IF cardinality(absent_kinds) > 0 THEN
        SELECT array_agg(a.place::integer) INTO present
        FROM unnest(absent_kinds, absent_ids) WITH ORDINALITY AS a (kind, id, place)
        WHERE EXISTS (SELECT FROM entities AS e WHERE e.kind = a.kind AND e.id = a.id);
    END IF;
END
$$;

-- What is added to transaction numbers; grows here when the journal has a number that this server has not reached yet.
CREATE FUNCTION journal_base() RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    known bigint;
    newest bigint;
    next bigint;
BEGIN
    SELECT j.base, coalesce((SELECT max(e."offset") FROM events AS e), 0) >> 20,
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint + j.base
    INTO STRICT known, newest, next
    FROM journal AS j;
    IF newest < next THEN
        RETURN known;
    END IF;

    UPDATE journal SET base = known + newest + 1 - next WHERE base = known;
    RETURN (SELECT j.base FROM journal AS j);
END
$$;

-- Below this offset no event can appear any more: a later statement sees all there will ever be.
--
-- Only a transaction that writes here can hold a reader back, not whatever else runs on this server. Every such transaction holds
-- its lock on "heads" before it has a number, and until after it has ended. So whoever has a number below the first snapshot's end
-- and writes here has its lock in the list of locks, which is read next, or has ended before; and what it stored before it ended is
-- in the snapshot of any later statement.
CREATE FUNCTION journal_horizon() RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    oldest bigint;
    next bigint;
    horizon bigint;
BEGIN
    SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint INTO oldest, next FROM pg_current_snapshot() AS s;

    WITH locks AS MATERIALIZED (
        SELECT l.locktype, l.database, l.relation, l.mode, l.virtualtransaction, l.transactionid::text::bigint AS number
        FROM pg_locks AS l
        WHERE l.locktype IN ('relation', 'transactionid') AND l.granted),
    writers AS (
        SELECT DISTINCT w.virtualtransaction
        FROM locks AS w
        WHERE w.locktype = 'relation' AND w.relation IN ('heads'::regclass, 'events'::regclass)
            AND w.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
            AND w.mode NOT IN ('AccessShareLock', 'RowShareLock', 'ShareUpdateExclusiveLock'))
    -- A number has 32 bits here: it is within half of that of the snapshot's. A writer without one may be about to show it.
    SELECT least(next, min(coalesce(next + ((x.number - next + 2147483648) & 4294967295) - 2147483648, oldest)))
    INTO horizon
    FROM writers AS w
    LEFT JOIN locks AS x ON x.virtualtransaction = w.virtualtransaction AND x.locktype = 'transactionid';

    RETURN (horizon + (SELECT j.base FROM journal AS j)) << 20;
END
$$;

-- Every member's sign of life. A member has gone when nobody holds its lock, unless this server has started since its last
-- heartbeat: then all locks were lost and nothing is known.
CREATE VIEW member_pulses AS
SELECT m.name, m.incarnation, m.counter, m.clock_offset,
    m.server_start = pg_postmaster_start_time() AND NOT EXISTS (
        SELECT FROM pg_locks AS l
        WHERE l.locktype = 'advisory' AND l.classid = 1095454809 AND l.objid = m.incarnation::oid AND l.objsubid = 2 AND l.granted
            AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())) AS has_gone
FROM members AS m;

-- A heartbeat; no rows when this run is not a member.
CREATE FUNCTION member_heartbeat(member text, run bigint, cluster_time bigint)
RETURNS TABLE (
    version bigint, store_time bigint, name text, incarnation bigint, counter bigint, clock_offset bigint, has_gone boolean)
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
    UPDATE members AS m
    SET counter = m.counter + 1,
        clock_offset = cluster_time - (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
        server_start = pg_postmaster_start_time()
    WHERE m.name = member AND m.incarnation = run;
    IF FOUND THEN
        RETURN QUERY
        SELECT c.version, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
            p.name, p.incarnation, p.counter, p.clock_offset, p.has_gone
        FROM cluster AS c CROSS JOIN member_pulses AS p
        ORDER BY p.name;
    END IF;
END
$$;

-- Writes what a change to members and homes made, if nobody else wrote since it was read. Whoever is removed must not have given a
-- sign of life since then either: it would have its lease again. Its row stays locked until the end, so that no heartbeat comes between.
CREATE FUNCTION cluster_write(
    expected_version bigint, next_version bigint, next_incarnation bigint,
    removed bigint[], removed_counters bigint[], marked bigint[], marks smallint[],
    joined text, joined_address text, joined_feature_level integer,
    shards smallint[], owners text[], targets text[], epochs bigint[])
RETURNS boolean
LANGUAGE plpgsql
AS $$
DECLARE
    still bigint;
BEGIN
    PERFORM FROM members AS m
    JOIN unnest(removed, removed_counters) AS l (incarnation, counter) ON m.incarnation = l.incarnation AND m.counter = l.counter
    ORDER BY m.incarnation
    FOR UPDATE OF m;
    GET DIAGNOSTICS still = ROW_COUNT;
    IF still <> cardinality(removed) THEN
        RETURN false;
    END IF;

    UPDATE cluster SET version = next_version, incarnation = next_incarnation WHERE version = expected_version;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    DELETE FROM members AS m WHERE m.incarnation = ANY (removed);
    UPDATE members AS m SET standing = l.standing
    FROM unnest(marked, marks) AS l (incarnation, standing)
    WHERE m.incarnation = l.incarnation;
    IF joined IS NOT NULL THEN
        INSERT INTO members (name, incarnation, address, feature_level, standing, counter, clock_offset, server_start)
        VALUES (joined, next_incarnation, joined_address, joined_feature_level, 0, 0, 0, pg_postmaster_start_time());
    END IF;

    UPDATE shard_homes AS h SET owner = n.owner, target = n.target, epoch = n.epoch
    FROM unnest(shards, owners, targets, epochs) AS n (shard, owner, target, epoch)
    WHERE h.shard = n.shard;
    RETURN true;
END
$$;

-- Takes a step of a projection if it still stands where it is expected to.
CREATE FUNCTION projection_commit(
    projection_name text, expected_offset bigint, expected_version integer, next_offset bigint, next_version integer,
    clear boolean, removed text[], put_keys text[], put_sorts bigint[], put_values bytea[])
RETURNS boolean
LANGUAGE plpgsql
AS $$
BEGIN
    IF expected_offset = 0 AND expected_version = 0 THEN
        INSERT INTO projections (name, "offset", version) VALUES (projection_name, 0, 0) ON CONFLICT (name) DO NOTHING;
    END IF;

    UPDATE projections SET "offset" = next_offset, version = next_version
    WHERE name = projection_name AND "offset" = expected_offset AND version = expected_version;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    IF clear THEN
        DELETE FROM projection_rows WHERE projection = projection_name;
    END IF;

    DELETE FROM projection_rows WHERE projection = projection_name AND key = ANY (removed);
    INSERT INTO projection_rows (projection, key, sort, value)
    SELECT projection_name, p.key, p.sort, p.value FROM unnest(put_keys, put_sorts, put_values) AS p (key, sort, value)
    ON CONFLICT (projection, key) DO UPDATE SET sort = excluded.sort, value = excluded.value;
    RETURN true;
END
$$;
