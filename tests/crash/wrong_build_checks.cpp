// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "crash/wrong_build_checks.h"

#include "crash/local_target.h"
#include "support/fault_file_system.h"
#include "support/settled_cache.h"
#include "support/temp_root.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <utility>

namespace layerhold::test {

namespace {

namespace fs = std::filesystem;
const std::string Engine = "default";

class Store
{
public:
    explicit Store(Sharing sharing = Sharing::Open)
        : m_sharing(sharing)
    {
        open();
    }

    void open() { attach(Cache::open(cacheOptions())); }

    void close()
    {
        m_content.reset();
        m_target.reset();
        m_cache.reset();
    }

    fs::path root() const { return m_directory / "root"; }

    /// The root as a kill leaves it now takes the place of what the close makes of it.
    void kill()
    {
        fs::copy(root(), m_directory / "killed", fs::copy_options::recursive);
        close();
        fs::remove_all(root());
        fs::rename(m_directory / "killed", root());
    }

    LocalTarget& target() { return *m_target; }

    ContentStore& content() { return *(m_content = m_cache->contentStore(Engine)); }

    FaultPlan& plan() { return m_plan; }

    fs::path blobFile(const Digest& digest) const { return m_directory / "root/blobs/sha256" / digest.hex(); }

    fs::path ingestFile() const { return fs::directory_iterator(m_directory / "root/ingest")->path(); }

    Cache& cache() { return *m_cache; }

    void reopen()
    {
        close();
        open();
    }

    /// Before the first fault is planned.
    void settle()
    {
        close();
        attach(openSettled(cacheOptions()));
    }

private:
    CacheOptions cacheOptions()
    {
        CacheOptions options;
        options.root = m_directory / "root";
        options.fileSystem = &m_files;
        return options;
    }

    void attach(std::unique_ptr<Cache> cache)
    {
        m_cache = std::move(cache);
        m_cache->addEngine(Engine, (m_directory / "content.sock").string(), m_sharing);
        m_target.emplace(*m_cache, Engine);
    }

    const Sharing m_sharing;
    TempRoot m_directory;
    FaultPlan m_plan;
    FaultFileSystem m_files{FileSystem::real(), m_plan};
    std::unique_ptr<Cache> m_cache;
    std::optional<LocalTarget> m_target;
    std::shared_ptr<ContentStore> m_content;
};

void flipByte(const fs::path& path, std::streamoff offset)
{
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(offset);
    const int byte = file.get();
    file.seekp(offset);
    file.put(static_cast<char>(byte ^ 1));
}

bool throws(const std::function<void()>& action)
{
    try {
        action();
        return false;
    } catch (const Error&) {
        return true;
    }
}

bool servesOnlyRightBytes(Store& store, const PoolBlob& blob)
{
    try {
        return store.target().read(blob.digest) == blob.bytes;
    } catch (const Error&) {
        return true;
    }
}

void checkChangedFile(Violations& violations)
{
    Store store;
    const PoolBlob blob = makePoolBlob(1, 1, 50'000);
    store.target().put("one", blob, 50'000);
    store.close();
    flipByte(store.blobFile(blob.digest), 25'000);
    store.open();
    if (!servesOnlyRightBytes(store, blob))
        violations.push_back("a file that was changed while the store was closed is served");
    store.target().release(blob.digest);
    store.target().put("two", blob, 50'000);
    if (throws([&] { store.target().read(blob.digest); }))
        violations.push_back("ingesting again did not heal a damaged blob");
}

void checkChangedUnderReader(Violations& violations)
{
    Store store;
    const PoolBlob blob = makePoolBlob(1, 2, 50'000);
    store.target().put("one", blob, 50'000);
    const BlobReader reader = store.content().open(blob.digest);
    flipByte(store.blobFile(blob.digest), 100);
    std::vector<std::byte> bytes(blob.bytes.size());
    if (!throws([&] { reader.read(0, bytes); }) && bytes != blob.bytes)
        violations.push_back("bytes that changed under a reader are served");
}

void checkReplaced(Violations& violations)
{
    // The engine let go of the blob, and the file was damaged since: presence is not to be trusted at commit.
    Store store;
    const PoolBlob blob = makePoolBlob(1, 3, 50'000);
    store.target().put("one", blob, 50'000);
    store.target().release(blob.digest);
    flipByte(store.blobFile(blob.digest), 100);
    store.target().put("two", blob, 50'000);
    if (!servesOnlyRightBytes(store, blob) || throws([&] { store.target().read(blob.digest); }))
        violations.push_back("a commit trusted the damaged file that was there");
}

void checkResume(Violations& violations)
{
    Store store;
    const PoolBlob good = makePoolBlob(1, 4, 50'000);
    store.target().writePart("good", good, 25'000);
    store.reopen();
    if (throws([&] { store.target().put("good", good, 50'000); }))
        violations.push_back("a write cannot be resumed after a restart");

    const PoolBlob bad = makePoolBlob(1, 5, 50'000);
    store.target().writePart("bad", bad, 25'000);
    store.close();
    flipByte(store.ingestFile(), 100);
    store.open();
    if (!throws([&] { store.target().put("bad", bad, 50'000); }))
        violations.push_back("stored bytes were not hashed again on resume");
    if (store.content().info(bad.digest) && !servesOnlyRightBytes(store, bad))
        violations.push_back("a resumed write published wrong bytes");
}

void checkCommit(Violations& violations)
{
    Store store;
    const PoolBlob blob = makePoolBlob(1, 6, 5'000);
    const PoolBlob other = makePoolBlob(1, 7, 5'000);
    const auto commitAs = [&](std::uint64_t total, const Digest& expected) {
        const auto ingest = store.content().ingest("ref", {});
        ingest->truncate();
        const std::span<const std::byte> pieces[] = {blob.bytes};
        ingest->append(pieces);
        CommitRequest request;
        request.total = total;
        request.expected = expected;
        ingest->commitAndWait(std::move(request));
    };
    if (!throws([&] { commitAs(5'000, other.digest); }))
        violations.push_back("a commit with the wrong digest was accepted");
    if (!throws([&] { commitAs(4'999, blob.digest); }))
        violations.push_back("a commit with the wrong size was accepted");
    if (throws([&] { commitAs(5'000, blob.digest); }))
        violations.push_back("a right commit was refused");
}

void checkPromise(Violations& violations)
{
    Store store;
    const PoolBlob blob = makePoolBlob(1, 8, 5'000);
    store.target().put("one", blob, 5'000);
    store.target().release(blob.digest);
    if (!store.target().claim(blob.digest))
        violations.push_back("a released blob is not offered again");
    store.target().cleanup(0);
    if (!servesOnlyRightBytes(store, blob) || throws([&] { store.target().read(blob.digest); }))
        violations.push_back("cleanup removed a blob that Info had promised");
    store.target().release(blob.digest);
    store.target().cleanup(0);
    if (store.target().claim(blob.digest))
        violations.push_back("Info promises a blob that cleanup removed");
}

/// Wherever a removal breaks off, the index never says of a file that it is there when it is gone.
void checkBrokenRemoval(Violations& violations)
{
    for (std::uint64_t call = 1;; ++call) {
        Store store;
        store.settle();
        const PoolBlob blob = makePoolBlob(1, 13, 5'000);
        store.target().put("one", blob, 5'000);
        store.target().release(blob.digest);
        store.plan().failAt(call, FaultPlan::Fault::IoError);
        throws([&] { store.target().cleanup(0); });
        if (store.plan().hits() == 0)
            return;
        store.plan().clear();
        const auto row = store.cache().blob(blob.digest);
        if (row && row->state == BlobState::Present && !fs::exists(store.blobFile(blob.digest)))
            violations.push_back("a removal that failed at call " + std::to_string(call) +
                                 " leaves a blob that is listed without its file");
    }
}

/// Whether the index is made anew, from all that the checkpoint knows.
enum class Labelled
{
    No,
    Yes
};

/// What the engine holds and what it supplied are its own, whatever happens to the index.
void checkLostIndex(const std::string& how, const std::function<void(Store&)>& prepare,
                    const std::function<void(Store&)>& lose, Labelled kept, Violations& violations)
{
    Store store(Sharing::Verified);
    prepare(store);
    const PoolBlob held = makePoolBlob(1, 11, 5'000);
    const PoolBlob supplied = makePoolBlob(1, 12, 5'000);
    store.target().put("one", held, 5'000);
    store.target().put("two", supplied, 5'000);
    store.target().release(supplied.digest);
    const Labels labels{{"containerd.io/gc.root", "now"}};
    store.content().updateLabels(held.digest, {LabelUpdate::Mode::ReplaceAll, labels, {}});
    const std::uint64_t lastEvent = store.cache().lastEvent();
    lose(store);
    store.open();
    if (store.cache().lastEvent() < lastEvent)
        violations.push_back("event numbers come twice with " + how);
    if (kept == Labelled::Yes && store.content().info(held.digest)->labels != labels)
        violations.push_back("labels are lost with " + how);
    if (!store.target().claim(held.digest) || store.content().list({}, 10).size() != 1) // a lookup takes the file in
        violations.push_back("a claim is lost with " + how);
    if (!store.target().claim(supplied.digest))
        violations.push_back("a supply is lost with " + how);
}

void checkLostIndexes(Violations& violations)
{
    const auto nothing = [](Store&) {};
    const auto copyWalBack = [](Store& store) { store.reopen(); };
    const auto emptyIndex = [](Store& store) {
        store.close();
        fs::resize_file(store.root() / "index.db", 0);
    };
    const auto loseWal = [](Store& store) {
        store.kill();
        fs::remove(store.root() / "index.db-wal");
    };
    checkLostIndex("an index that was emptied", nothing, emptyIndex, Labelled::Yes, violations);
    checkLostIndex("the write-ahead log of a fresh index", nothing, loseWal, Labelled::Yes, violations);
    checkLostIndex("the write-ahead log", copyWalBack, loseWal, Labelled::No, violations);
}

/// A write that fails leaves the ingest as it was before, and says so.
void checkFailedWrite(FaultPlan::Fault fault, Violations& violations)
{
    Store store;
    store.settle();
    const PoolBlob large = makePoolBlob(1, 9, 50'000);
    const PoolBlob small = makePoolBlob(1, 10, 10);
    const auto ingest = store.content().ingest("ref", {});
    const std::span<const std::byte> tooMuch[] = {large.bytes};
    store.plan().failAt(1, fault);
    if (!throws([&] { ingest->append(tooMuch); }))
        violations.push_back("a failed write was taken for a good one");
    store.plan().clear();
    if (ingest->offset() != 0)
        violations.push_back("a failed write moved the offset");
    const std::span<const std::byte> pieces[] = {small.bytes};
    CommitRequest request;
    request.expected = small.digest;
    if (throws([&] {
            ingest->append(pieces);
            ingest->commitAndWait(std::move(request));
        }))
        violations.push_back("a write cannot go on after a failed one");
    else if (throws([&] { store.target().read(small.digest); }) || store.target().read(small.digest) != small.bytes)
        violations.push_back("the rest of a failed write stays in the blob");
}

} // namespace

Violations checkTrust()
{
    Violations violations;
    try {
        checkChangedFile(violations);
        checkChangedUnderReader(violations);
        checkReplaced(violations);
        checkResume(violations);
        checkCommit(violations);
        checkPromise(violations);
        checkBrokenRemoval(violations);
        checkLostIndexes(violations);
        checkFailedWrite(FaultPlan::Fault::NoSpace, violations);
        checkFailedWrite(FaultPlan::Fault::ShortWrite, violations);
    } catch (const std::exception& error) {
        violations.push_back(std::string("the checks could not run: ") + error.what());
    }
    return violations;
}

} // namespace layerhold::test
