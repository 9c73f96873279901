-- SPDX-FileCopyrightText: The Layerhold authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Names of images and what they pointed at over time; what the engines' own APIs tell of images.

CREATE TABLE tags (
    reference    TEXT PRIMARY KEY, -- normal form
    digest       BLOB,             -- NULL: the tag was removed, its history is kept
    cause        INTEGER NOT NULL,
    moved_by     TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    moved_at     INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    is_claim     INTEGER NOT NULL,
    checksum     INTEGER NOT NULL,
    accessed_at  INTEGER NOT NULL, -- statistics: written often, worth little, outside the checksum
    access_count INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX tags_of_digest ON tags (digest);
CREATE INDEX tags_removed ON tags (updated_at) WHERE digest IS NULL;

CREATE TABLE tag_moves (
    reference   TEXT    NOT NULL,
    number      INTEGER NOT NULL, -- ascending within a reference
    at          INTEGER NOT NULL,
    from_digest BLOB,
    to_digest   BLOB,
    cause       INTEGER NOT NULL,
    moved_by    TEXT    NOT NULL,
    checksum    INTEGER NOT NULL,
    PRIMARY KEY (reference, number)
) WITHOUT ROWID;

-- Manifests and indexes are few among the blobs.
CREATE INDEX blobs_manifests ON blobs (digest) WHERE kind IN (1, 2);

-- Where an engine's own API is, and when it was last listed whole.
CREATE TABLE engine_links (
    engine   TEXT PRIMARY KEY,
    address  TEXT    NOT NULL,
    seen_at  INTEGER NOT NULL, -- 0: never
    checksum INTEGER NOT NULL
) WITHOUT ROWID;

-- What the last listing and the events since told. Worth one listing: without checksums.
CREATE TABLE engine_images (
    engine     TEXT    NOT NULL,
    namespace  TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    digest     BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (engine, namespace, name)
) WITHOUT ROWID;
CREATE INDEX engine_images_of_digest ON engine_images (digest);
CREATE INDEX engine_images_of_name ON engine_images (name);

CREATE TABLE engine_leases (
    engine    TEXT NOT NULL,
    namespace TEXT NOT NULL,
    lease     TEXT NOT NULL,
    digest    BLOB NOT NULL,
    PRIMARY KEY (engine, namespace, lease, digest)
) WITHOUT ROWID;
CREATE INDEX engine_leases_of_digest ON engine_leases (digest);

-- Repositories that an engine got the blob from.
CREATE TABLE engine_sources (
    engine     TEXT NOT NULL,
    digest     BLOB NOT NULL,
    repository TEXT NOT NULL,
    PRIMARY KEY (engine, digest, repository)
) WITHOUT ROWID;
CREATE INDEX engine_sources_of_digest ON engine_sources (digest);
