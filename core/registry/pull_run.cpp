// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/pull_run.h"

#include "cache/progress_meter.h"
#include "registry/blob_delivery.h"
#include "registry/foreign_layers.h"
#include "registry/platforms.h"
#include "registry/side_by_side.h"
#include "registry/stored_manifest.h"

#include <algorithm>
#include <utility>

namespace layerhold::registry {

namespace {

constexpr std::size_t mostBlobs = 10'000;
constexpr std::uint64_t mostBytes = std::uint64_t{1} << 50U; ///< 1 PiB

void requireSize(const Digest& digest, std::uint64_t stated, std::uint64_t actual)
{
    if (stated != actual)
        throw Error(ErrorCode::Corrupted, "the manifest says that " + digest.toString() + " has " +
                                              std::to_string(stated) + " bytes, and it has " + std::to_string(actual) +
                                              "; whoever made the image has to push it anew");
}

bool isOfRegistry(TagCause cause)
{
    return cause == TagCause::Pull || cause == TagCause::Resolve;
}

} // namespace

PullRun::PullRun(Cache& cache, const std::shared_ptr<RegistryContext>& context, Fills& fills,
                 const PullRequest& request, const OnProgress& onProgress)
    : m_cache(cache)
    , m_clock(context->clock())
    , m_fills(fills)
    , m_request(request)
    , m_sources(context, request.sources, request.reference)
    , m_progress(m_clock, onProgress)
    , m_operation(cache.beginOperation("pull of " + request.reference.toString()))
{}

PullReport PullRun::run(const std::stop_token& stop)
{
    const Digest top = m_request.reference.digest() ? *m_request.reference.digest() : resolve(stop);
    bringManifest(top, std::nullopt, stop);
    bringBlobs(stop);
    if (!m_isStale)
        m_cache.tags().put(m_request.reference.toString(), top, TagCause::Pull, m_request.by);
    PullReport report{top};
    report.isStale = m_isStale;
    report.rateLimit = m_sources.rateLimit();
    return m_progress.finish(std::move(report));
}

Digest PullRun::resolve(const std::stop_token& stop)
{
    std::optional<Digest> digest;
    const auto failure = m_sources.tryEach(Capability::Resolve, Absence::Refuses, [&](PullSource& source) {
        const TimePoint asked = m_clock.now();
        digest = source.client().headManifest(m_request.reference.path(), m_request.reference.tag(), stop).digest;
        source.answered(*digest, ProofMethod::Manifest, asked);
    });
    if (!failure)
        return *digest;
    if (failure->isRegistryAway)
        digest = lastKnown();
    if (!digest)
        throw Error(failure->error);
    m_isStale = true;
    return *digest;
}

std::optional<Digest> PullRun::lastKnown()
{
    const auto tag = m_cache.tags().find(m_request.reference.toString());
    const TimePoint now = m_clock.now();
    if (!tag || !isOfRegistry(tag->cause) || tag->updatedAt < now - Puller::longestStale)
        return std::nullopt;
    // What a tag points at is told to nobody who may not read it.
    return tag->isPresent && m_sources.coverOffline(tag->digest, now) ? std::optional(tag->digest) : std::nullopt;
}

void PullRun::bringManifest(const Digest& digest, std::optional<std::uint64_t> size, const std::stop_token& stop)
{
    throwIfStopped(stop);
    if (!m_manifests.insert(digest).second)
        return;
    if (m_manifests.size() > mostManifests)
        throw Error(ErrorCode::FailedPrecondition, "it has more than " + std::to_string(mostManifests) + " manifests");
    if (!keepManifest(digest, stop))
        downloadManifest(digest, stop);
    std::vector<Edge> manifests;
    BlobKind kind = BlobKind::Manifest;
    {
        const std::string document = readManifest(m_cache, digest);
        if (size)
            requireSize(digest, *size, document.size());
        const Manifest manifest = requireManifest(digest, document);
        kind = manifest.kind;
        m_foreign.merge(foreignLayers(document));
        for (const Edge& edge : manifest.edges) {
            if (edge.role == "manifest")
                manifests.push_back(edge);
            else if (edge.role == "config" || edge.role == "layer")
                want(edge);
        }
    }
    if (kind != BlobKind::Index)
        return;
    for (const Edge& edge : chosenManifests(manifests, m_request.platforms))
        bringManifest(edge.child, edge.size, stop);
}

bool PullRun::keepManifest(const Digest& digest, const std::stop_token& stop)
{
    const auto size = keepStored(digest, ProofMethod::Manifest, Absence::Refuses, stop);
    if (size) {
        m_progress.plan(*size);
        m_progress.kept(digest, *size);
    }
    return size.has_value();
}

void PullRun::downloadManifest(const Digest& digest, const std::stop_token& stop)
{
    m_sources.requireOne(Capability::Pull, Absence::Refuses, [&](PullSource& source) {
        const auto turn = m_fills.begin({source.client().origin(), digest}, stop);
        if (const auto kept = keepBrought(source, digest, ProofMethod::Manifest, stop)) {
            m_progress.plan(*kept);
            m_progress.kept(digest, *kept);
            return;
        }
        const TimePoint asked = m_clock.now();
        const ManifestDocument document =
            source.client().getManifest(m_request.reference.path(), digest.toString(), stop);
        const std::uint64_t size = document.bytes.size();
        const Manifest manifest = requireManifest(digest, document.bytes); // before it is stored
        const auto delivery = m_operation->bring(digest, size, manifest.kind, source.name());
        delivery->restart();
        delivery->append(std::as_bytes(std::span(document.bytes)));
        delivery->finish();
        PullProgress::Item item{digest, size};
        m_progress.plan(size);
        m_progress.received(item, size, size);
        m_progress.downloaded(item);
        source.delivered(digest, size, document.mediaType, ProofMethod::Manifest, asked);
    });
}

void PullRun::want(const Edge& edge)
{
    if (!m_wanted.insert(edge.child).second)
        return;
    if (edge.size == 0 && edge.child != Hasher::of({}, edge.child.algorithm()))
        throw Error(ErrorCode::Corrupted, "the manifest says that " + edge.child.toString() +
                                              " is empty, and it is not; whoever made the image has to push it anew");
    if (m_blobs.size() >= mostBlobs || edge.size > mostBytes - m_bytes)
        throw Error(ErrorCode::FailedPrecondition,
                    "it is larger than " + std::to_string(mostBlobs) + " layers or 1 PiB, as no image is");
    m_bytes += edge.size;
    m_blobs.push_back(edge);
    m_progress.plan(edge.size);
}

void PullRun::bringBlobs(const std::stop_token& stop)
{
    doSideBySide(
        m_blobs.size(), [&](std::size_t i, const std::stop_token& anyStop) { bringBlob(m_blobs[i], anyStop); }, stop);
}

void PullRun::bringBlob(const Edge& edge, const std::stop_token& stop)
{
    try {
        if (!keepBlob(edge, stop))
            downloadBlob(edge, stop);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::NotFound || absenceOf(edge) != Absence::Usual)
            throw;
        m_progress.leftOut(edge.size);
    }
}

bool PullRun::keepBlob(const Edge& edge, const std::stop_token& stop)
{
    const auto size = keepStored(edge.child, ProofMethod::Blob, absenceOf(edge), stop);
    if (!size)
        return false;
    requireSize(edge.child, edge.size, *size);
    m_progress.kept(edge.child, edge.size);
    return true;
}

void PullRun::downloadBlob(const Edge& edge, const std::stop_token& stop)
{
    PullProgress::Item item{edge.child, edge.size};
    m_sources.requireOne(Capability::Pull, absenceOf(edge), [&](PullSource& source) {
        const auto turn = m_fills.begin({source.client().origin(), edge.child}, stop);
        if (keepBrought(source, edge.child, ProofMethod::Blob, stop) == edge.size) {
            m_progress.kept(edge.child, edge.size);
            return;
        }
        downloadFrom(source, edge, item, stop);
        m_progress.downloaded(item);
    });
}

void PullRun::downloadFrom(PullSource& source, const Edge& edge, PullProgress::Item& item, const std::stop_token& stop)
{
    const TimePoint asked = m_clock.now();
    const BlobKind kind = edge.role == "config" ? BlobKind::Config : BlobKind::Layer;
    const auto delivery = m_operation->bring(edge.child, edge.size, kind, source.name());
    if (edge.size > 0 && delivery->offset() == edge.size)
        source.client().headBlob(m_request.reference.path(), edge.child, stop); // it got all before: may it still?
    deliverBlob(
        source.client(), m_request.reference.path(), edge.child, edge.size, *delivery,
        [&](std::size_t bytes) { m_progress.received(item, bytes, delivery->offset()); }, stop);
    delivery->finish();
    source.delivered(edge.child, edge.size, edge.mediaType, ProofMethod::Download, asked);
}

std::optional<Blob> PullRun::storedBlob(const Digest& digest)
{
    auto blob = m_cache.blob(digest);
    const bool isHere = blob && (blob->state == BlobState::Present || blob->state == BlobState::Trashed);
    return isHere ? std::move(blob) : std::nullopt;
}

void PullRun::ask(RegistryClient& client, const Blob& blob, ProofMethod method, const std::stop_token& stop)
{
    const std::string& path = m_request.reference.path();
    const auto size = method == ProofMethod::Manifest ? client.headManifest(path, blob.digest.toString(), stop).size
                                                      : std::optional(client.headBlob(path, blob.digest, stop));
    if (size && *size != blob.size)
        throw Error(ErrorCode::Corrupted, "the registry has " + std::to_string(*size) + " bytes for " +
                                              blob.digest.toString() + ", which has another size; tell who runs it");
}

std::optional<std::uint64_t> PullRun::keepStored(const Digest& digest, ProofMethod method, Absence absence,
                                                 const std::stop_token& stop)
{
    const auto blob = storedBlob(digest);
    if (!blob)
        return std::nullopt;
    const TimePoint now = m_clock.now();
    const auto prove = [&](PullSource& source) { ask(source.client(), *blob, method, stop); };
    if (!m_sources.cover(digest, now) && !m_sources.prove(digest, method, absence, now, prove))
        return std::nullopt;
    return m_operation->keep(digest, stop) ? std::optional(blob->size) : std::nullopt;
}

std::optional<std::uint64_t> PullRun::keepBrought(PullSource& source, const Digest& digest, ProofMethod method,
                                                  const std::stop_token& stop)
{
    const auto blob = storedBlob(digest);
    const TimePoint now = m_clock.now();
    if (!blob || !(source.covers(digest, now) || source.isBelieved(digest)))
        return std::nullopt;
    if (!source.covers(digest, now)) {
        ask(source.client(), *blob, method, stop);
        source.answered(digest, method, now);
    }
    return m_operation->keep(digest, stop) ? std::optional(blob->size) : std::nullopt;
}

Absence PullRun::absenceOf(const Edge& edge) const
{
    return m_foreign.contains(edge.child) ? Absence::Usual : Absence::Refuses;
}

} // namespace layerhold::registry
