// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "archive/member_store.h"

#include "base/text.h"
#include "cache/manifest.h"
#include "cache/progress_meter.h"

#include <algorithm>
#include <utility>

namespace layerhold {

namespace {

constexpr std::size_t pieceSize = 256U << 10U;
constexpr std::string_view place = "archive";

} // namespace

MemberStore::MemberStore(Cache& cache, std::stop_token stop)
    : m_stop(std::move(stop))
    , m_operation(cache.beginOperation("load of an archive"))
    , m_buffer(pieceSize)
{}

void MemberStore::bring(TarInput& input, const TarMember& member, const Digest& digest)
{
    const Digest actual =
        m_operation->keep(digest, m_stop) ? hash(input, member, digest.algorithm()) : deliver(input, member, digest);
    if (actual != digest)
        throw Error(ErrorCode::Corrupted, "the member " + text::quoted(member.path) +
                                              " of the archive is damaged: its bytes are those of " +
                                              actual.toString());
    note(member.path, digest, member.size);
}

void MemberStore::bring(TarInput& input, const TarMember& member)
{
    note(member.path, deliver(input, member, std::nullopt), member.size);
}

Digest MemberStore::bringDocument(std::string_view document)
{
    throwIfStopped(m_stop);
    const auto bytes = std::as_bytes(std::span(document));
    const auto delivery = m_operation->bring(std::nullopt, bytes.size(), BlobKind::Manifest, place);
    delivery->append(bytes);
    const Digest digest = delivery->finish();
    m_sizes.insert_or_assign(digest, bytes.size());
    return digest;
}

const MemberStore::Member* MemberStore::find(const std::string& path) const
{
    const auto found = m_members.find(path);
    return found == m_members.end() ? nullptr : &found->second;
}

std::optional<std::uint64_t> MemberStore::sizeOf(const Digest& digest) const
{
    const auto found = m_sizes.find(digest);
    return found == m_sizes.end() ? std::nullopt : std::optional(found->second);
}

Digest MemberStore::hash(TarInput& input, const TarMember& member, DigestAlgorithm algorithm)
{
    Hasher hasher(algorithm);
    readAll(input, member, [&](std::span<const std::byte> piece) { hasher.update(piece); });
    return hasher.digest();
}

Digest MemberStore::deliver(TarInput& input, const TarMember& member, const std::optional<Digest>& digest)
{
    // What is small may be a manifest, and nothing has said yet what it is.
    const BlobKind kind = digest && member.size <= largestManifest ? BlobKind::Manifest : BlobKind::Other;
    std::unique_ptr<Delivery> delivery;
    try {
        delivery = m_operation->bring(digest, member.size, kind, place);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Locked || !digest || digest->algorithm() != DigestAlgorithm::Sha256)
            throw;
        delivery = m_operation->bring(std::nullopt, member.size, kind, place); // somebody loads the same blob beside us
    }
    if (delivery->offset() > 0)
        delivery->restart(); // the archive has it from the start
    readAll(input, member, [&](std::span<const std::byte> piece) { delivery->append(piece); });
    const Digest actual = delivery->finish();
    ++m_report.storedBlobs;
    m_report.storedBytes += member.size;
    return actual;
}

void MemberStore::readAll(TarInput& input, const TarMember& member,
                          const std::function<void(std::span<const std::byte>)>& onPiece)
{
    m_head = {};
    std::uint64_t done = 0;
    while (const std::size_t count = input.read(m_buffer)) {
        throwIfStopped(m_stop);
        if (done == 0)
            std::copy_n(m_buffer.begin(), std::min(count, m_head.size()), m_head.begin());
        done += count;
        onPiece(std::span(m_buffer).first(count));
    }
    if (done != member.size)
        throw Error(ErrorCode::InvalidArgument,
                    "the member " + text::quoted(member.path) + " of the archive has not the size that is stated");
}

void MemberStore::note(const std::string& path, const Digest& digest, std::uint64_t size)
{
    m_members.insert_or_assign(path, Member{digest, size, m_head});
    m_sizes.insert_or_assign(digest, size);
    ++m_report.blobs;
    m_report.bytes += size;
}

} // namespace layerhold
