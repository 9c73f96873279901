-- SPDX-FileCopyrightText: The Layerhold authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Cleanup: what is to go (policy), what would go (plans), what went (runs), what can come back (trash), and what is
-- kept on purpose (pins, leases; their hold on blobs stands in claims).

CREATE TABLE policies (
    name     TEXT PRIMARY KEY,
    body     TEXT    NOT NULL, -- JSON
    checksum INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE plans (
    id       TEXT PRIMARY KEY,
    made_at  INTEGER NOT NULL,
    body     TEXT    NOT NULL, -- JSON: totals, rules, holders
    run      TEXT    NOT NULL, -- which applied it; empty when none did
    checksum INTEGER NOT NULL
) WITHOUT ROWID;

-- The items of a plan, packed: one row for each of a million would take longer to write than to decide.
CREATE TABLE plan_pages (
    plan     TEXT    NOT NULL,
    first    INTEGER NOT NULL, -- position of the first item
    items    BLOB    NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (plan, first)
);

CREATE TABLE runs (
    id       TEXT PRIMARY KEY,
    started  INTEGER NOT NULL,
    body     TEXT    NOT NULL, -- JSON: cause, plan, totals
    checksum INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX runs_by_start ON runs (started, id);

CREATE TABLE run_items (
    run      TEXT    NOT NULL,
    position INTEGER NOT NULL,
    what     INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    bytes    INTEGER NOT NULL,
    outcome  INTEGER NOT NULL,
    sentence TEXT    NOT NULL,
    PRIMARY KEY (run, position)
) WITHOUT ROWID;

CREATE TABLE trash (
    digest     BLOB PRIMARY KEY,
    run        TEXT    NOT NULL,
    bytes      INTEGER NOT NULL,
    trashed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    checksum   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX blobs_trashed ON blobs (digest) WHERE state = 5;
CREATE INDEX trash_by_expiry ON trash (expires_at, digest);
CREATE INDEX trash_of_run ON trash (run, digest);

CREATE TABLE pins (
    digest   BLOB PRIMARY KEY,
    note     TEXT    NOT NULL,
    since    INTEGER NOT NULL,
    checksum INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE leases (
    id         TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    checksum   INTEGER NOT NULL
) WITHOUT ROWID;
