-- SPDX-FileCopyrightText: The Layerhold authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Paths of scopes end in '/': those of a scope and all below lie between "a/" and "a0", which is a slash and one.

CREATE TABLE scopes (
    path       TEXT PRIMARY KEY,
    ttl        INTEGER NOT NULL, -- nanoseconds; 0: never; -1: that of the parent
    max_bytes  INTEGER NOT NULL, -- 0: no budget of its own
    created_at INTEGER NOT NULL,
    checksum   INTEGER NOT NULL,
    used_bytes INTEGER NOT NULL -- of the distinct blobs of the entries of the scope and all below
) WITHOUT ROWID;

CREATE TABLE entries (
    scope       TEXT    NOT NULL,
    key         BLOB    NOT NULL,
    metadata    TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    ttl         INTEGER NOT NULL, -- nanoseconds; 0: never
    invalidated INTEGER NOT NULL, -- 0: it is not
    checksum    INTEGER NOT NULL,
    used_at     INTEGER NOT NULL, -- statistics: written often, outside the checksum
    uses        INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) WITHOUT ROWID;
CREATE INDEX entries_by_use ON entries (used_at, scope, key);
CREATE INDEX entries_by_expiry ON entries (updated_at + ttl) WHERE ttl > 0; -- beyond 64 bits the sum is a REAL
CREATE INDEX entries_invalidated ON entries (scope, key) WHERE invalidated > 0;

CREATE TABLE entry_blobs (
    scope    TEXT    NOT NULL,
    key      BLOB    NOT NULL,
    name     TEXT    NOT NULL,
    digest   BLOB    NOT NULL,
    size     INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (scope, key, name)
) WITHOUT ROWID;
CREATE INDEX entry_blobs_of_digest ON entry_blobs (digest, scope);
