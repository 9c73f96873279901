-- SPDX-FileCopyrightText: The Layerhold authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Which repository has which blob, what registries say of blobs, and who could read what. None of it depends on the
-- others or on blobs. All of it can be asked for again: an index that is made anew begins without it.

CREATE TABLE repositories (
    id       INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: no row becomes that of another repository
    name     TEXT    NOT NULL UNIQUE,           -- normal form
    checksum INTEGER NOT NULL
);

CREATE TABLE repository_blobs (
    repository INTEGER NOT NULL,
    digest     BLOB    NOT NULL,
    media_type TEXT    NOT NULL, -- what this repository says; empty: nothing
    added_at   INTEGER NOT NULL,
    checksum   INTEGER NOT NULL,
    PRIMARY KEY (repository, digest)
) WITHOUT ROWID;
CREATE INDEX repository_blobs_of_digest ON repository_blobs (digest);
CREATE INDEX repository_blobs_by_age ON repository_blobs (added_at);

CREATE TABLE descriptors (
    digest     BLOB PRIMARY KEY,
    canonical  BLOB    NOT NULL, -- the same bytes by the algorithm of the registry; mostly equal
    size       INTEGER NOT NULL,
    media_type TEXT    NOT NULL,
    updated_at INTEGER NOT NULL,
    checksum   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX descriptors_of_canonical ON descriptors (canonical);
CREATE INDEX descriptors_by_age ON descriptors (updated_at);

-- identity: 32 bytes, a keyed hash; zeros are the anonymous one. No row says that somebody may not read something.
CREATE TABLE proofs (
    digest     BLOB    NOT NULL,
    identity   BLOB    NOT NULL,
    repository INTEGER NOT NULL,
    method     INTEGER NOT NULL,
    checked_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    checksum   INTEGER NOT NULL,
    PRIMARY KEY (digest, identity, repository)
) WITHOUT ROWID;
CREATE INDEX proofs_of_pair ON proofs (repository, identity);
CREATE INDEX proofs_by_expiry ON proofs (expires_at);

-- All bytes of the digest came from that origin: 32 bytes, a keyed hash of a place and how it is talked to.
CREATE TABLE deliveries (
    digest   BLOB    NOT NULL,
    origin   BLOB    NOT NULL,
    at       INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (digest, origin)
) WITHOUT ROWID;
CREATE INDEX deliveries_by_age ON deliveries (at);

-- What an identity may read the engine may have.
CREATE TABLE grants (
    engine   TEXT    NOT NULL,
    identity BLOB    NOT NULL,
    since    INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (engine, identity)
) WITHOUT ROWID;
