// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// The contract of the content store, on the library.
#include "conformance/contract_cases.h"

#include "layerhold/cache.h"
#include "layerhold/error.h"

#include <QTemporaryDir>
#include <QTest>

namespace layerhold::test {

namespace {

std::optional<Digest> optionalDigest(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional(Digest::require(text));
}

class LibraryWriter : public ContractWriter
{
public:
    explicit LibraryWriter(std::unique_ptr<Ingest> ingest)
        : m_ingest(std::move(ingest))
    {}

    IngestStatus status() override { return m_ingest->status(); }

    std::string runningDigest() override { return m_ingest->runningDigest().toString(); }

    void append(const std::string& bytes) override
    {
        const std::span<const std::byte> piece = std::as_bytes(std::span(bytes));
        m_ingest->append(std::span(&piece, 1));
    }

    void truncate() override { m_ingest->truncate(); }

    std::string commit(std::uint64_t total, const std::string& expected, const Labels& labels) override
    {
        return m_ingest->commitAndWait({total, optionalDigest(expected), labels}).toString();
    }

private:
    std::unique_ptr<Ingest> m_ingest;
};

class LibraryStore : public ContractStore
{
public:
    explicit LibraryStore(std::shared_ptr<ContentStore> store)
        : m_store(std::move(store))
    {}

    std::optional<ContentInfo> info(const std::string& digest) override
    {
        return m_store->info(Digest::require(digest));
    }

    std::vector<ContentInfo> list() override
    {
        // Small pages, so that every case with a few blobs pages.
        std::vector<ContentInfo> all;
        for (;;) {
            const auto page = m_store->list(all.empty() ? std::nullopt : std::optional(all.back().digest), 2);
            all.insert(all.end(), page.begin(), page.end());
            if (page.size() < 2)
                return all;
        }
    }

    ContentInfo updateLabels(const std::string& digest, const LabelUpdate& update) override
    {
        return m_store->updateLabels(Digest::require(digest), update);
    }

    void remove(const std::string& digest) override { m_store->release(Digest::require(digest)); }

    std::string read(const std::string& digest, std::uint64_t offset, std::uint64_t size) override
    {
        std::string bytes(size, '\0');
        bytes.resize(m_store->open(Digest::require(digest)).read(offset, std::as_writable_bytes(std::span(bytes))));
        return bytes;
    }

    std::unique_ptr<ContractWriter> write(const std::string& ref, std::uint64_t total,
                                          const std::string& expected) override
    {
        return std::make_unique<LibraryWriter>(m_store->ingest(ref, {total, optionalDigest(expected)}));
    }

    std::optional<IngestStatus> status(const std::string& ref) override { return m_store->status(ref); }

    std::vector<IngestStatus> statuses() override { return m_store->statuses(); }

    void abort(const std::string& ref) override { m_store->abort(ref); }

private:
    std::shared_ptr<ContentStore> m_store;
};

class LibraryBackend : public ContractBackend
{
public:
    LibraryBackend() { open(); }

    ContractStore& store() override { return *m_store; }

    ContractStore& other() override { return *m_other; }

    void restart() override
    {
        m_store.reset();
        m_other.reset();
        m_cache.reset();
        open();
    }

private:
    void open()
    {
        CacheOptions options;
        options.root = m_directory.filePath("root").toStdString();
        m_cache = Cache::open(options);
        for (auto [name, target] : {std::pair("one", &m_store), std::pair("two", &m_other)}) {
            m_cache->addEngine(name, m_directory.filePath(name).toStdString(), Sharing::Open);
            *target = std::make_unique<LibraryStore>(m_cache->contentStore(name));
        }
    }

    QTemporaryDir m_directory;
    std::unique_ptr<Cache> m_cache;
    std::unique_ptr<LibraryStore> m_store;
    std::unique_ptr<LibraryStore> m_other;
};

} // namespace

class ContractInProcessTest : public ContractCases
{
    Q_OBJECT

protected:
    std::unique_ptr<ContractBackend> makeBackend() override { return std::make_unique<LibraryBackend>(); }
};

} // namespace layerhold::test

QTEST_GUILESS_MAIN(layerhold::test::ContractInProcessTest)
#include "contract_in_process_test.moc"
