// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/push_run.h"

#include "registry/http_types.h"
#include "registry/membership.h"
#include "registry/registry_session.h"
#include "registry/side_by_side.h"
#include "registry/stored_manifest.h"

#include <algorithm>
#include <utility>

namespace layerhold::registry {

namespace {

/// Of an upload that broke off before; some registries take no larger ones.
constexpr std::uint64_t chunkSize = 4U << 20U;
/// Repositories that are looked at to find one to mount from.
constexpr std::size_t mostRepositories = 1000;

TimePoint now()
{
    return Clock::system().now();
}

} // namespace

PushRun::PushRun(Cache& cache, const std::shared_ptr<RegistryContext>& context, const PushRequest& request,
                 const OnProgress& onProgress)
    : m_cache(cache)
    , m_records(context->records())
    , m_request(request)
    , m_progress(onProgress)
    , m_repository(request.destination.repository())
    , m_client(context, request.source.endpoint, request.destination.registry(), request.source.credential)
    , m_operation(cache.beginOperation("push of " + request.destination.toString()))
    , m_report{request.image}
{
    if (request.destination.digest() && *request.destination.digest() != request.image)
        throw Error(ErrorCode::InvalidArgument, "the destination has another digest; name a tag, or the same digest");
    if (!request.source.endpoint.capabilities.has(Capability::Push))
        throw Error(ErrorCode::InvalidArgument, "the endpoint is not for pushes; name one that is, or its registry");
    for (const std::string& path : request.mountFrom)
        checkRepository(path);
}

PushReport PushRun::run(const std::stop_token& stop)
{
    const PushPlan plan(m_cache, *m_operation, m_request.image, m_request.platforms, stop);
    for (const Descriptor& blob : plan.blobs())
        m_progress.plan(blob.size);
    for (const auto& manifest : plan.manifests())
        m_progress.plan(manifest.descriptor.size);

    doSideBySide(
        plan.blobs().size(), [&](std::size_t i, const std::stop_token& anyStop) { pushBlob(plan.blobs()[i], anyStop); },
        stop);
    const std::string& tag = m_request.destination.tag();
    for (const auto& manifest : plan.manifests()) {
        const bool isTagged = &manifest == &plan.manifests().back() && !tag.empty();
        pushManifest(manifest, isTagged ? tag : manifest.descriptor.digest.toString(), stop);
    }
    m_cache.tags().put(tag.empty() ? m_request.destination.toString() : m_repository + ':' + tag, m_request.image,
                       TagCause::Push, m_request.by);
    m_progress.finish();
    return m_report;
}

void PushRun::pushBlob(const Descriptor& blob, const std::stop_token& stop)
{
    if (hasBlob(blob, stop)) {
        done(blob, Way::Present);
        return;
    }
    const TimePoint asked = now();
    Way way = Way::Uploaded;
    refusalEndsProofs([&] { way = uploadBlob(blob, stop); });
    if (way == Way::Uploaded)
        proveUpload(blob.digest, asked);
    done(blob, way);
}

bool PushRun::hasBlob(const Descriptor& blob, const std::stop_token& stop)
{
    // With another size it is not that blob: it is sent again.
    return isConfirmed(blob.digest, ProofMethod::Blob,
                       [&] { return m_client.headBlob(m_request.destination.path(), blob.digest, stop) == blob.size; });
}

PushRun::Way PushRun::uploadBlob(const Descriptor& blob, const std::stop_token& stop)
{
    const BlobReader reader = m_cache.open(blob.digest);
    std::uint64_t sent = 0; // at most: what is sent again counts once
    const auto read = [&](std::uint64_t offset, std::span<std::byte> buffer) {
        const std::size_t count = reader.read(offset, buffer);
        if (offset + count > sent)
            m_progress.moved(offset + count - std::exchange(sent, offset + count), blob.digest);
        return count;
    };
    PushOptions options;
    options.mountFrom = mountSource(blob.digest);
    for (;;) {
        try {
            const BlobPush push =
                m_client.pushBlob(m_request.destination.path(), blob.digest, blob.size, read, options, stop);
            return push == BlobPush::Mounted ? Way::Mounted : Way::Uploaded;
        } catch (const PersistentFailure&) {
            throw;
        } catch (const Error& error) {
            if (!adapt(options, error, sent > 0))
                throw;
        }
        if (sent == blob.size && hasBlob(blob, stop))
            return Way::Uploaded; // only the answer was lost
    }
}

bool PushRun::adapt(PushOptions& options, const Error& error, bool hasSent)
{
    if (hasSent && error.code() == ErrorCode::Unavailable && options.chunkSize == 0) {
        options.mountFrom.clear();
        options.chunkSize = chunkSize; // what the registry has of it then need not be sent again
        return true;
    }
    // It may be the other repository that is refused.
    if (hasSent || error.code() == ErrorCode::Unavailable || options.mountFrom.empty())
        return false;
    options.mountFrom.clear();
    return true;
}

void PushRun::pushManifest(const PushPlan::Manifest& manifest, const std::string& reference,
                           const std::stop_token& stop)
{
    const Descriptor& descriptor = manifest.descriptor;
    const bool isThere = isConfirmed(descriptor.digest, ProofMethod::Manifest, [&] {
        return m_client.headManifest(m_request.destination.path(), reference, stop).digest == descriptor.digest;
    });
    if (!isThere) {
        const TimePoint asked = now();
        refusalEndsProofs([&] { putManifest(manifest, reference, stop); });
        m_progress.moved(descriptor.size, descriptor.digest);
        proveUpload(descriptor.digest, asked);
    }
    done(descriptor, isThere ? Way::Present : Way::Uploaded);
}

void PushRun::putManifest(const PushPlan::Manifest& manifest, const std::string& reference, const std::stop_token& stop)
{
    const std::string document = readManifest(m_cache, manifest.descriptor.digest);
    try {
        m_client.putManifest(m_request.destination.path(), reference, manifest.descriptor.mediaType, document, stop);
    } catch (Error& error) {
        const bool isRefused = error.code() == ErrorCode::FailedPrecondition || error.code() == ErrorCode::NotFound;
        if (manifest.isPartial && isRefused)
            error.addContext("it is an index of which only some manifests are pushed, which not every registry takes; "
                             "push all its platforms, or the manifest of one");
        throw;
    }
}

bool PushRun::isConfirmed(const Digest& digest, ProofMethod method, const std::function<bool()>& ask)
{
    const TimePoint asked = now();
    try {
        if (!ask())
            return false;
    } catch (const Error& error) {
        const ErrorCode code = error.code();
        if (code == ErrorCode::Denied) {
            m_mayLook = false;
            m_records.revoke(m_client.identity(), m_repository);
        }
        // Who may not look, may push all the same; the push tells.
        if (code == ErrorCode::NotFound || code == ErrorCode::Denied || code == ErrorCode::Unsupported ||
            code == ErrorCode::FailedPrecondition)
            return false;
        throw;
    }
    if (m_client.isBelievedOn(digest))
        m_records.record(m_client.identity(), m_repository, digest, method, asked);
    return true;
}

void PushRun::proveUpload(const Digest& digest, TimePoint asked)
{
    m_client.noteDelivery(digest); // it has the bytes, by way of us
    if (m_mayLook)                 // who may only write may not read it back
        m_records.record(m_client.identity(), m_repository, digest, ProofMethod::Upload, asked);
}

std::string PushRun::mountSource(const Digest& digest) const
{
    if (!m_records.covers(m_client.identity(), digest, now()))
        return {};
    const std::string registry = m_request.destination.registry() + '/';
    std::vector<std::string> known = m_records.repositoriesOf(digest, mostRepositories);
    std::erase_if(known, [&](const std::string& repository) {
        if (!repository.starts_with(registry) || repository == m_repository)
            return true;
        const auto& wanted = m_request.mountFrom;
        return !wanted.empty() &&
               std::find(wanted.begin(), wanted.end(), repository.substr(registry.size())) == wanted.end();
    });
    if (known.empty())
        return {};
    // Best is one that lets us in.
    auto chosen = known.begin();
    for (const Proof& proof : m_records.proofs(digest, mostRepositories))
        if (proof.identity == m_client.identity() || proof.identity == Identity::anonymous())
            if (const auto found = std::find(known.begin(), known.end(), proof.repository); found != known.end())
                chosen = found;
    return chosen->substr(registry.size());
}

void PushRun::refusalEndsProofs(const std::function<void()>& work)
{
    try {
        work();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Denied)
            m_records.revoke(m_client.identity(), m_repository);
        throw;
    }
}

void PushRun::done(const Descriptor& what, Way way)
{
    noteMember(m_records, m_repository, what);
    m_progress.done(way == Way::Uploaded ? 0 : what.size);
    const std::lock_guard lock(m_mutex);
    ++m_report.blobs;
    m_report.bytes += what.size;
    m_report.mountedBlobs += way == Way::Mounted ? 1 : 0;
    m_report.presentBlobs += way == Way::Present ? 1 : 0;
    m_report.uploadedBytes += way == Way::Uploaded ? what.size : 0;
}

} // namespace layerhold::registry
