// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <concepts>
#include <tuple>
#include <type_traits>

/// The fields of each record, in the order in which snapshot files have them. One list serves writing and reading. A
/// field that is forgotten here does not compile; one that is added makes a new format (snapshot_file.h).
namespace layerhold::gui {

template <class Any, class Record>
concept Is = std::same_as<std::remove_const_t<Any>, Record>;

template <Is<EngineRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.name, r.socket, r.sharing, r.isServing, r.problem, r.linkAddress, r.isLinked, r.linkProblem);
}

template <Is<StatusRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.root, r.pid, r.isDaemon, r.blobCount, r.blobBytes, r.releasedCount, r.releasedBytes,
                    r.ingestCount, r.ingestBytes, r.partialBytes, r.quarantineCount, r.quarantineBytes, r.diskFree,
                    r.diskTotal, r.openedAt, r.notice, r.engines);
}

template <Is<VersionRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.version, r.schema, r.pid);
}

template <Is<BlobRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.digest, r.size, r.mediaType, r.kind, r.state, r.createdAt, r.accessedAt, r.verifiedAt,
                    r.accessCount, r.origin, r.isReleased, r.refetch);
}

template <Is<ClaimRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.holderKind, r.holder, r.digest, r.since);
}

template <Is<EdgeRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.parent, r.child, r.role, r.mediaType, r.platform, r.size);
}

template <Is<ImageNameRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.source, r.name, r.engine, r.engineNamespace);
}

template <Is<ImageRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.digest, r.kind, r.state, r.mediaType, r.names, r.platforms, r.layers, r.absentBlobs,
                    r.referencedBytes, r.uniqueBytes, r.shareBytes, r.config, r.subject, r.referrers, r.createdAt,
                    r.accessedAt);
}

template <Is<ImageTotals> R>
auto fieldsOf(R& r)
{
    return std::tie(r.images, r.imageBytes, r.sharedBytes, r.otherBytes);
}

template <Is<LayerRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.digest, r.mediaType, r.size, r.isPresent, r.images, r.command);
}

template <Is<ManifestRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.digest, r.isPresent, r.platform, r.artifactType, r.config, r.created, r.layers);
}

template <Is<ReferrerRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.digest, r.artifactType, r.size);
}

template <Is<ImageDetails> R>
auto fieldsOf(R& r)
{
    return std::tie(r.image, r.manifests, r.referrers, r.sources);
}

template <Is<TagRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.reference, r.digest, r.cause, r.by, r.createdAt, r.movedAt, r.updatedAt, r.accessedAt,
                    r.accessCount, r.isStale, r.isPresent, r.claims);
}

template <Is<TagMove> R>
auto fieldsOf(R& r)
{
    return std::tie(r.at, r.from, r.to, r.cause, r.by);
}

template <Is<TagHistory> R>
auto fieldsOf(R& r)
{
    return std::tie(r.reference, r.tag, r.moves);
}

template <Is<EventRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.sequence, r.at, r.kind, r.subject, r.engine, r.detail, r.bytes);
}

template <Is<EntityUsage> R>
auto fieldsOf(R& r)
{
    return std::tie(r.name, r.blobs, r.referencedBytes, r.uniqueBytes, r.shareBytes);
}

template <Is<DiskLine> R>
auto fieldsOf(R& r)
{
    return std::tie(r.name, r.definition, r.count, r.bytes);
}

template <Is<UsageRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.countedAt, r.storedBlobs, r.storedBytes, r.reachedBytes, r.sharedBytes, r.releasedBlobs,
                    r.releasedBytes, r.entities, r.onDisk, r.diskFree, r.diskTotal);
}

template <Is<MetricRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.name, r.unit, r.kind, r.sentence, r.hasHistory, r.value);
}

template <Is<MetricsRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.at, r.since, r.metrics);
}

template <Is<HistoryPoint> R>
auto fieldsOf(R& r)
{
    return std::tie(r.at, r.value);
}

template <Is<HistoryRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.series, r.unit, r.kind, r.step, r.points);
}

template <Is<RateLimitRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.registry, r.identity, r.limit, r.remaining, r.window, r.saidAt);
}

template <Is<PolicyRule> R>
auto fieldsOf(R& r)
{
    return std::tie(r.name, r.filters, r.clock, r.keepDuration, r.reserved, r.maxUsed, r.minFree, r.strategy);
}

template <Is<PolicyRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.mode, r.undoWindow, r.pressure, r.rules);
}

template <Is<PlanRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.id, r.madeAt, r.cause, r.items, r.removeItems, r.removeBytes, r.keepItems, r.keepBytes,
                    r.onlyCopies, r.storedBytes, r.run, r.policy);
}

template <Is<RunRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.id, r.plan, r.cause, r.startedAt, r.finishedAt, r.trashed, r.removed, r.skipped, r.failed,
                    r.promisedBytes, r.reportedBytes, r.unlinkedBytes, r.measuredBytes);
}

template <Is<TrashRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.digest, r.bytes, r.kind, r.run, r.trashedAt, r.expiresAt);
}

template <Is<PinRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.digest, r.note, r.since);
}

template <Is<HealthCheckRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.name, r.outcome, r.finding, r.advice);
}

/// What fieldsOf knows.
template <class R>
concept HasFields = requires(R& record)
{
    fieldsOf(record);
};

/// Fits into any place of an initialiser.
struct AnyField
{
    template <class Field>
    operator Field() const;
};

/// Whether `Tuple` names all fields of `R`, in their order: they make one, and there is no place for another.
template <class R, class Tuple>
inline constexpr bool namesAllFields = false;

template <class R, class... Fields>
inline constexpr bool namesAllFields<R, std::tuple<Fields&...>> = requires
{
    R{std::declval<std::remove_const_t<Fields>&>()...};
}

&&!requires
{
    R{std::declval<std::remove_const_t<Fields>&>()..., AnyField()};
};

} // namespace layerhold::gui
