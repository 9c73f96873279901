// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "crash/invariants.h"

#include "layerhold/error.h"

#include <filesystem>
#include <map>
#include <set>
#include <thread>

namespace layerhold::test {

namespace {

using Violations = std::vector<std::string>;

std::vector<std::byte> readWhole(const BlobReader& reader)
{
    std::vector<std::byte> bytes(reader.size());
    std::size_t done = 0;
    while (done < bytes.size()) {
        const std::size_t count = reader.read(done, std::span(bytes).subspan(done));
        if (count == 0)
            break;
        done += count;
    }
    bytes.resize(done);
    return bytes;
}

std::set<Digest> listAll(ContentStore& store, Violations& violations)
{
    std::set<Digest> listed;
    std::optional<Digest> after;
    for (;;) {
        const std::vector<ContentInfo> page = store.list(after, 100);
        if (page.empty())
            return listed;
        for (const ContentInfo& info : page) {
            if (!listed.insert(info.digest).second)
                violations.push_back("listed twice: " + info.digest.toString());
        }
        after = page.back().digest;
    }
}

/// What was damaged may be held all the same: a power cut takes back the release that came before.
void checkPromises(ContentStore& store, const std::set<Digest>& listed, const std::set<Digest>& damaged,
                   const BlobPool& pool, Expectation& expectation, CutKind cut, Violations& violations)
{
    for (const Digest& digest : expectation.known()) {
        const bool isListed = listed.contains(digest);
        const Expectation::Held held = expectation.held(digest);
        if (held == Expectation::Held::Yes && !isListed)
            violations.push_back("an acknowledged commit or claim is lost: " + digest.toString());
        if (held == Expectation::Held::No && isListed && cut == CutKind::Kill)
            violations.push_back("an acknowledged release came back: " + digest.toString());
        expectation.settle(digest, isListed ? Expectation::Held::Yes : Expectation::Held::No);
    }
    for (const Digest& digest : listed) {
        try {
            const std::vector<std::byte> bytes = readWhole(store.open(digest));
            if (Hasher::of(bytes, digest.algorithm()) != digest)
                violations.push_back("wrong bytes served: " + digest.toString());
            const PoolBlob* expected = pool.find(digest);
            if (expected && bytes != expected->bytes)
                violations.push_back("other bytes than were committed: " + digest.toString());
            const std::optional<ContentInfo> info = store.info(digest);
            if (!info || info->size != bytes.size())
                violations.push_back("Info does not know the size of " + digest.toString());
        } catch (const Error& error) {
            if (damaged.contains(digest))
                continue;
            violations.push_back("held but not readable: " + digest.toString() + ": " + error.what());
        }
    }
}

/// Of what was damaged, file and row may say different things.
void checkFiles(Cache& cache, const std::set<Digest>& damaged, Violations& violations)
{
    namespace fs = std::filesystem;
    const fs::path root = cache.status().root;

    std::map<std::string, std::uint64_t> indexed;
    std::optional<Digest> after;
    for (;;) {
        const std::vector<Blob> page = cache.blobs({}, after, 500);
        if (page.empty())
            break;
        for (const Blob& blob : page) {
            if (blob.state == BlobState::Present && !damaged.contains(blob.digest))
                indexed[blob.digest.toString()] = blob.size;
            if (blob.state == BlobState::Deleting)
                violations.push_back("a removal was not finished: " + blob.digest.toString());
        }
        after = page.back().digest;
    }
    for (const auto& algorithm : fs::directory_iterator(root / "blobs")) {
        for (const auto& file : fs::directory_iterator(algorithm.path())) {
            const std::string name = algorithm.path().filename().string() + ":" + file.path().filename().string();
            const auto digest = Digest::parse(name);
            if (digest && damaged.contains(*digest))
                continue;
            const auto row = indexed.find(name);
            if (row == indexed.end()) {
                violations.push_back("a file that the index does not know: " + name);
                continue;
            }
            if (row->second != file.file_size())
                violations.push_back("index and file disagree on the size of " + name);
            indexed.erase(row);
        }
    }
    for (const auto& [name, size] : indexed)
        violations.push_back("the index says present, but there is no file: " + name);

    const CacheStatus status = cache.status();
    std::uint64_t ingestFiles = 0;
    for ([[maybe_unused]] const auto& file : fs::directory_iterator(root / "ingest"))
        ++ingestFiles;
    if (ingestFiles != status.ingestCount + status.partialCount)
        violations.push_back("ingest/ has " + std::to_string(ingestFiles) + " files, the index knows " +
                             std::to_string(status.ingestCount) + " writes and " + std::to_string(status.partialCount) +
                             " partials");

    std::set<std::string> trashed;
    for (const TrashedBlob& blob : cache.cleanup().trash({}, 10'000))
        trashed.insert(std::string(toString(blob.digest.algorithm())) + '-' + blob.digest.hex());
    for (const auto& file : fs::directory_iterator(root / "trash"))
        if (trashed.erase(file.path().filename().string()) == 0)
            violations.push_back("a file in the trash that the index does not know: " +
                                 file.path().filename().string());
    for (const std::string& name : trashed)
        violations.push_back("the index says trashed, but there is no file: " + name);

    // checkpoint.new, index.json.new: these may be made anew at any time.
    static const std::set<std::string> known = {
        "oci-layout", "index.json", "index.json.new", "identity.key", "blobs",          "ingest",     "quarantine",
        "trash",      "index.db",   "index.db-wal",   "checkpoint",   "checkpoint.new", "owner.lock", "reserve"};
    for (const auto& file : fs::directory_iterator(root)) {
        const std::string name = file.path().filename().string();
        if (!known.contains(name))
            violations.push_back("a file that does not belong there: " + name);
    }
}

/// Files that were left without a row are adopted in the background.
void checkFilesOnceSettled(Cache& cache, const std::set<Digest>& damaged, Violations& violations)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    cache.flush();
    for (;;) {
        Violations now;
        checkFiles(cache, damaged, now);
        if (now.empty() || std::chrono::steady_clock::now() > deadline) {
            violations.insert(violations.end(), now.begin(), now.end());
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void checkWorks(ContentStore& store, Violations& violations)
{
    const std::string text = "a blob that is committed after the cut";
    const auto bytes = std::as_bytes(std::span(text));
    const Digest digest = Hasher::of(bytes);
    try {
        const auto ingest = store.ingest("after-the-cut", {});
        ingest->truncate();
        const std::span<const std::byte> pieces[] = {bytes};
        ingest->append(pieces);
        CommitRequest request;
        request.expected = digest;
        request.total = bytes.size();
        ingest->commitAndWait(std::move(request));
        if (readWhole(store.open(digest)) != std::vector<std::byte>(bytes.begin(), bytes.end()))
            violations.push_back("a new blob reads back wrong");
        store.release(digest);
        if (store.list({}, 10'000).size() > 9'999)
            violations.push_back("the list has no end");
    } catch (const Error& error) {
        violations.push_back(std::string("the store does not work after the cut: ") + error.what());
    }
}

} // namespace

std::vector<std::string> checkInvariants(Cache& cache, const std::string& engine, const BlobPool& pool,
                                         Expectation& expectation, CutKind cut)
{
    Violations violations;
    try {
        const std::shared_ptr<ContentStore> store = cache.contentStore(engine);
        const std::set<Digest> damaged = expectation.damaged();
        checkFilesOnceSettled(cache, damaged, violations);
        const std::set<Digest> listed = listAll(*store, violations);
        checkPromises(*store, listed, damaged, pool, expectation, cut, violations);
        checkFiles(cache, damaged, violations);
        checkWorks(*store, violations);
    } catch (const std::exception& error) {
        violations.push_back(std::string("the check itself failed: ") + error.what());
    }
    return violations;
}

} // namespace layerhold::test
