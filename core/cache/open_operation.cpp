// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/open_operation.h"

#include "cache/open_ingest.h"
#include "cache/operation_claims.h"

#include <array>
#include <utility>

namespace layerhold {

namespace {

/// In the place of an engine, whose name has no space: what a crash leaves of such writes is swept at the next start.
Engine placeNamed(std::string_view from)
{
    Engine place;
    place.name = std::string(ingests::placePrefix) + std::string(from);
    place.sharing = Sharing::Isolated;
    return place;
}

/// As containerd names its writes: by kind, and by digest, so that bytes which are left behind are found again.
std::string refOf(BlobKind kind, const std::optional<Digest>& digest)
{
    return std::string(toString(kind)) + '-' + (digest ? digest->toString() : newIngestId());
}

class OpenDelivery final : public Delivery
{
public:
    OpenDelivery(const OperationParts& parts, const Claimant& claimant, const std::optional<Digest>& digest,
                 std::uint64_t size, BlobKind kind, std::string_view from)
        : m_parts(parts)
        , m_digest(digest)
        , m_place(placeNamed(from))
        , m_ref(refOf(kind, digest))
        , m_entry(parts.ingests.open(m_place, m_ref, {size, digest}))
        , m_write(parts.context, parts.ingests, parts.guard, parts.committer, m_entry, claimant)
    {}

    ~OpenDelivery() override
    {
        if (m_isOver)
            return;
        try {
            m_parts.ingests.abort(m_place.name, m_ref);
        } catch (const std::exception&) {
            return; // swept at the next start
        }
    }

    OpenDelivery(const OpenDelivery&) = delete;
    OpenDelivery& operator=(const OpenDelivery&) = delete;

    std::uint64_t offset() const override { return m_write.offset(); }

    void append(std::span<const std::byte> bytes) override
    {
        const std::array pieces{bytes};
        m_write.append(pieces);
    }

    void restart() override { m_write.truncate(); }

    Digest finish() override
    {
        const Digest actual = m_entry->file->digest(m_digest ? m_digest->algorithm() : DigestAlgorithm::Sha256);
        if (m_digest && actual != *m_digest) {
            setAside(*m_digest, actual);
            throw Error(ErrorCode::Corrupted, "the bytes that came for " + m_digest->toString() + " are those of " +
                                                  actual.toString() + "; they are in quarantine");
        }
        try {
            m_write.commitAndWait({0, actual, {}});
        } catch (const Error& error) {
            if (error.code() != ErrorCode::AlreadyExists) // for this very operation
                throw;
        }
        m_isOver = true;
        return actual;
    }

private:
    void setAside(const Digest& expected, const Digest& actual)
    {
        CacheContext& context = m_parts.context;
        const std::string reason = "What was delivered hashes to " + actual.toString() + '.';
        const std::uint64_t size = m_write.offset();
        try {
            context.files.setAside(context.files.layout().ingest(m_entry->row.id), expected, reason,
                                   toNanoseconds(context.clock.now()));
        } catch (...) {
            discard(); // nobody may go on with them
            throw;
        }
        discard();
        context.counters.add(CounterId::BlobsQuarantined);
        context.index.write(Durability::Relaxed, [&](Change& change) {
            change.event("delivery_quarantined", expected.toString(), {}, reason, size);
        });
    }

    void discard()
    {
        m_write.discard();
        m_isOver = true;
    }

    OperationParts m_parts;
    const std::optional<Digest> m_digest;
    const Engine m_place;
    const std::string m_ref;
    std::shared_ptr<IngestEntry> m_entry;
    OpenIngest m_write;
    bool m_isOver = false; ///< nothing is left to keep
};

} // namespace

OpenOperation::OpenOperation(const OperationParts& parts, std::string_view name)
    : m_parts(parts)
    , m_claimant{HolderKind::Operation, std::string(name) + ' ' + newIngestId()}
{}

OpenOperation::~OpenOperation()
{
    endOperation(m_parts.context, m_claimant);
}

bool OpenOperation::keep(const Digest& digest, std::stop_token stop)
{
    return claimStored(m_parts.context, m_parts.guard, m_claimant, digest, stop).has_value();
}

std::unique_ptr<Delivery> OpenOperation::bring(const std::optional<Digest>& digest, std::uint64_t size, BlobKind kind,
                                               std::string_view from)
{
    return std::make_unique<OpenDelivery>(m_parts, m_claimant, digest, size, kind, from);
}

} // namespace layerhold
