-- SPDX-FileCopyrightText: The Layerhold authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Digests are Digest::key() blobs, times are nanoseconds since 1970, `checksum` is RowChecksum over the columns before it.

CREATE TABLE blobs (
    digest       BLOB PRIMARY KEY,
    size         INTEGER NOT NULL,
    media_type   TEXT    NOT NULL,
    kind         INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    verified_at  INTEGER NOT NULL,
    inode        INTEGER NOT NULL,
    mtime        INTEGER NOT NULL,
    ctime        INTEGER NOT NULL,
    origin       TEXT    NOT NULL,
    checksum     INTEGER NOT NULL,
    accessed_at  INTEGER NOT NULL, -- statistics: written often, worth little, outside the checksum
    access_count INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX blobs_deleting ON blobs (digest) WHERE state = 4;

CREATE TABLE claims (
    digest      BLOB    NOT NULL,
    holder_kind INTEGER NOT NULL,
    holder      TEXT    NOT NULL,
    since       INTEGER NOT NULL,
    updated     INTEGER NOT NULL,
    checksum    INTEGER NOT NULL,
    PRIMARY KEY (digest, holder_kind, holder)
) WITHOUT ROWID;
CREATE INDEX claims_of_holder ON claims (holder_kind, holder, digest);

CREATE TABLE supplies (
    digest   BLOB    NOT NULL,
    engine   TEXT    NOT NULL,
    since    INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (digest, engine)
) WITHOUT ROWID;

CREATE TABLE edges (
    parent     BLOB    NOT NULL,
    position   INTEGER NOT NULL,
    child      BLOB    NOT NULL,
    role       TEXT    NOT NULL,
    media_type TEXT    NOT NULL,
    platform   TEXT    NOT NULL,
    size       INTEGER NOT NULL,
    checksum   INTEGER NOT NULL,
    PRIMARY KEY (parent, position)
) WITHOUT ROWID;
CREATE INDEX edges_of_child ON edges (child, parent);

CREATE TABLE engines (
    name     TEXT PRIMARY KEY,
    socket   TEXT    NOT NULL,
    sharing  INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    checksum INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE labels (
    engine TEXT NOT NULL,
    digest BLOB NOT NULL,
    key    TEXT NOT NULL,
    value  TEXT NOT NULL,
    PRIMARY KEY (engine, digest, key)
) WITHOUT ROWID;

-- state 1: open, addressed by (engine, ref). state 2: partial, kept for the next writer of the digest in `partial`.
CREATE TABLE ingests (
    id         TEXT PRIMARY KEY,
    engine     TEXT    NOT NULL,
    ref        TEXT    NOT NULL,
    total      INTEGER NOT NULL,
    expected   BLOB,
    started    INTEGER NOT NULL,
    updated    INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    partial    BLOB,
    taken_over INTEGER NOT NULL -- 1: begins with bytes of an earlier, aborted ingest
) WITHOUT ROWID;
CREATE UNIQUE INDEX ingests_open ON ingests (engine, ref) WHERE state = 1;
CREATE UNIQUE INDEX ingests_partial ON ingests (partial, engine) WHERE state = 2;

CREATE TABLE events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    engine   TEXT    NOT NULL,
    detail   TEXT    NOT NULL,
    bytes    INTEGER NOT NULL
);

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
