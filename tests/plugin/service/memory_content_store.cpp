// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/service/memory_content_store.h"

#include "layerhold/error.h"
#include "store/blob_files.h"

#include <fstream>

namespace layerhold::test {

class MemoryIngest final : public Ingest
{
public:
    MemoryIngest(MemoryContentStore& store, std::shared_ptr<MemoryContentStore::Pending> pending)
        : m_store(store)
        , m_pending(std::move(pending))
    {}

    ~MemoryIngest() override
    {
        const std::lock_guard lock(m_store.m_mutex);
        m_pending->isOpen = false;
    }

    std::uint64_t offset() const override { return locked()->bytes.size(); }

    IngestStatus status() const override
    {
        const auto pending = locked();
        IngestStatus result = pending->status;
        result.offset = pending->bytes.size();
        return result;
    }

    void setTotal(std::uint64_t total) override { locked()->status.total = total; }

    void setExpected(const Digest& expected) override { locked()->status.expected = expected; }

    void append(std::span<const std::span<const std::byte>> pieces) override
    {
        if (m_store.onAppend)
            m_store.onAppend();
        const auto pending = locked();
        for (const auto& piece : pieces)
            pending->bytes.append(reinterpret_cast<const char*>(piece.data()), piece.size());
        pending->status.updatedAt = Clock::system().now();
    }

    void truncate() override { locked()->bytes.clear(); }

    void discard() override
    {
        const auto pending = locked();
        const std::lock_guard lock(m_store.m_mutex);
        m_store.m_pending.erase(pending->status.ref);
    }

    Digest runningDigest() override { return Hasher::of(std::as_bytes(std::span(locked()->bytes))); }

    void commit(CommitRequest request, CommitDone done) override
    {
        std::exception_ptr failure;
        Digest digest = runningDigest();
        try {
            if (m_store.onCommit)
                m_store.onCommit();
            digest = check(request);
        } catch (...) {
            failure = std::current_exception();
        }
        done(failure, digest);
    }

private:
    Digest check(const CommitRequest& request)
    {
        const auto pending = locked();
        const auto algorithm = request.expected ? request.expected->algorithm() : DigestAlgorithm::Sha256;
        const Digest digest = Hasher::of(std::as_bytes(std::span(pending->bytes)), algorithm);
        if (request.total > 0 && request.total != pending->bytes.size())
            throw Error(ErrorCode::FailedPrecondition, "size differs");
        if (request.expected && *request.expected != digest)
            throw Error(ErrorCode::FailedPrecondition, "digest differs");
        const std::lock_guard lock(m_store.m_mutex);
        m_store.m_pending.erase(pending->status.ref);
        if (m_store.m_blobs.contains(digest))
            throw Error(ErrorCode::AlreadyExists, "exists");
        m_store.store(pending->bytes, digest, request.labels);
        return digest;
    }

    /// The shared state, as long as nobody aborted it.
    std::shared_ptr<MemoryContentStore::Pending> locked() const
    {
        const std::lock_guard lock(m_store.m_mutex);
        const auto found = m_store.m_pending.find(m_pending->status.ref);
        if (found == m_store.m_pending.end() || found->second != m_pending)
            throw Error(ErrorCode::FailedPrecondition, "aborted");
        return m_pending;
    }

    MemoryContentStore& m_store;
    std::shared_ptr<MemoryContentStore::Pending> m_pending;
};

std::optional<ContentInfo> MemoryContentStore::find(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_blobs.find(digest);
    return found == m_blobs.end() ? std::nullopt : std::optional(found->second);
}

std::optional<ContentInfo> MemoryContentStore::info(const Digest& digest)
{
    return find(digest);
}

std::optional<ContentInfo> MemoryContentStore::tryInfo(const Digest& digest)
{
    return knowsAtOnce ? find(digest) : std::nullopt;
}

std::vector<ContentInfo> MemoryContentStore::list(const std::optional<Digest>& after, std::size_t limit)
{
    if (onList)
        onList();
    const std::lock_guard lock(m_mutex);
    std::vector<ContentInfo> result;
    for (auto it = after ? m_blobs.upper_bound(*after) : m_blobs.begin(); it != m_blobs.end() && result.size() < limit;
         ++it)
        result.push_back(it->second);
    return result;
}

ContentInfo MemoryContentStore::updateLabels(const Digest& digest, const LabelUpdate& update)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_blobs.find(digest);
    if (found == m_blobs.end())
        throw Error(ErrorCode::NotFound, "no " + digest.toString());
    Labels& labels = found->second.labels;
    if (update.mode == LabelUpdate::Mode::ReplaceAll)
        labels = update.labels;
    for (const std::string& key : update.keys) {
        const auto value = update.labels.find(key);
        if (value == update.labels.end() || value->second.empty())
            labels.erase(key);
        else
            labels[key] = value->second;
    }
    found->second.updatedAt = Clock::system().now();
    return found->second;
}

void MemoryContentStore::release(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    m_blobs.erase(digest);
}

BlobReader MemoryContentStore::open(const Digest& digest)
{
    if (!find(digest))
        throw Error(ErrorCode::NotFound, "no " + digest.toString());
    FileSystem& files = FileSystem::real();
    UniqueFd descriptor = files.open(pathOf(digest), FileSystem::OpenMode::Read);
    const FileIdentity identity = files.identity(descriptor.get());
    return BlobReader(std::make_shared<OpenBlob>(files, std::move(descriptor), digest, identity));
}

std::optional<BlobReader> MemoryContentStore::tryOpen(const Digest& digest)
{
    if (!knowsAtOnce || !find(digest))
        return std::nullopt;
    return open(digest);
}

std::unique_ptr<Ingest> MemoryContentStore::ingest(std::string_view ref, const IngestOptions& options)
{
    const std::lock_guard lock(m_mutex);
    if (options.expected && m_blobs.contains(*options.expected))
        throw Error(ErrorCode::AlreadyExists, "exists");
    auto& pending = m_pending[std::string(ref)];
    if (!pending) {
        pending = std::make_shared<Pending>();
        pending->status.ref = ref;
        pending->status.startedAt = pending->status.updatedAt = Clock::system().now();
    }
    if (pending->isOpen)
        throw Error(ErrorCode::Locked, "ref " + std::string(ref) + " is being written");
    if (options.total > 0) {
        if (pending->status.total > 0 && pending->status.total != options.total)
            pending->bytes.clear();
        pending->status.total = options.total;
    }
    pending->isOpen = true;
    return std::make_unique<MemoryIngest>(*this, pending);
}

std::optional<IngestStatus> MemoryContentStore::status(std::string_view ref)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_pending.find(ref);
    if (found == m_pending.end())
        return std::nullopt;
    IngestStatus result = found->second->status;
    result.offset = found->second->bytes.size();
    return result;
}

std::vector<IngestStatus> MemoryContentStore::statuses()
{
    std::vector<std::string> refs;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [ref, pending] : m_pending)
            refs.push_back(ref);
    }
    std::vector<IngestStatus> result;
    for (const std::string& ref : refs) {
        if (auto found = status(ref))
            result.push_back(*std::move(found));
    }
    return result;
}

void MemoryContentStore::abort(std::string_view ref)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_pending.find(ref); found != m_pending.end())
        m_pending.erase(found);
}

Digest MemoryContentStore::add(const std::string& bytes, Labels labels)
{
    const Digest digest = Hasher::of(std::as_bytes(std::span(bytes)));
    const std::lock_guard lock(m_mutex);
    store(bytes, digest, labels);
    return digest;
}

void MemoryContentStore::store(const std::string& bytes, const Digest& digest, const Labels& labels)
{
    std::ofstream(pathOf(digest), std::ios::binary) << bytes;
    const TimePoint now = Clock::system().now();
    m_blobs.insert_or_assign(digest, ContentInfo{digest, bytes.size(), now, now, labels});
}

std::string MemoryContentStore::pathOf(const Digest& digest) const
{
    return m_directory.filePath(QString::fromStdString(digest.hex())).toStdString();
}

} // namespace layerhold::test
