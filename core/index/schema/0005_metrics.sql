-- SPDX-FileCopyrightText: The Layerhold authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Nothing here is more than statistics: no checksums, and an index that is made anew may lose it.

-- What is stored now and at most. Kept by triggers, so that whoever changes a blob's row need not think of it.
CREATE TABLE blob_totals (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    count      INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    peak_count INTEGER NOT NULL,
    peak_bytes INTEGER NOT NULL
);
INSERT INTO blob_totals (id, count, bytes, peak_count, peak_bytes)
    SELECT 1, count(*), coalesce(sum(size), 0), count(*), coalesce(sum(size), 0) FROM blobs WHERE state = 1;

CREATE TRIGGER blobs_counted_in AFTER INSERT ON blobs WHEN new.state = 1 BEGIN
    UPDATE blob_totals SET count = count + 1, bytes = bytes + new.size, peak_count = max(peak_count, count + 1),
        peak_bytes = max(peak_bytes, bytes + new.size);
END;
CREATE TRIGGER blobs_counted_out AFTER DELETE ON blobs WHEN old.state = 1 BEGIN
    UPDATE blob_totals SET count = count - 1, bytes = bytes - old.size;
END;
CREATE TRIGGER blobs_counted_anew AFTER UPDATE OF size, state ON blobs
WHEN old.size <> new.size OR old.state <> new.state BEGIN
    UPDATE blob_totals SET count = count + (new.state = 1) - (old.state = 1),
        bytes = bytes + (new.state = 1) * new.size - (old.state = 1) * old.size;
    UPDATE blob_totals SET peak_count = max(peak_count, count), peak_bytes = max(peak_bytes, bytes);
END;

-- Facts of the metrics by name: since when they count, what they stood at when they were reset, when something last
-- happened, the latency windows, how far the scrubber is.
CREATE TABLE metric_state (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- History: `step` and `at` in seconds, `at` a multiple of `step`; `sample` is one signed 64-bit number, little end first,
-- for each series in the order of the metric table; -1: not known.
CREATE TABLE metric_samples (
    step   INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    sample BLOB    NOT NULL,
    PRIMARY KEY (step, at)
) WITHOUT ROWID;

-- The last time each digest was asked for and not given.
CREATE TABLE misses (
    digest BLOB PRIMARY KEY,
    at     INTEGER NOT NULL,
    engine TEXT    NOT NULL,
    reason INTEGER NOT NULL,
    times  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX misses_by_time ON misses (at);
