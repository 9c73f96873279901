// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache_fixture.h"

#include <map>
#include <mutex>

namespace layerhold::test {

/// A clock that only goes on when told.
class StillClock final : public Clock
{
public:
    TimePoint now() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_now;
    }

    std::chrono::steady_clock::time_point steadyNow() const override { return std::chrono::steady_clock::now(); }

    void pass(std::chrono::nanoseconds time)
    {
        const std::lock_guard lock(m_mutex);
        m_now += time;
    }

private:
    mutable std::mutex m_mutex;
    TimePoint m_now = fromNanoseconds(1'800'000'000'000'000'000);
};

/// Delivers `bytes` in pieces.
inline ReadBytes reading(std::string bytes, std::size_t piece = 4096)
{
    return [bytes = std::move(bytes), piece, at = std::size_t(0)](std::span<std::byte> buffer) mutable {
        const std::size_t count = std::min({piece, buffer.size(), bytes.size() - at});
        std::copy_n(std::as_bytes(std::span(bytes)).begin() + static_cast<std::ptrdiff_t>(at), count, buffer.begin());
        at += count;
        return count;
    };
}

inline EntrySource source(std::string bytes, std::string name = "data")
{
    EntrySource result;
    result.name = std::move(name);
    result.read = reading(std::move(bytes));
    return result;
}

inline PutOptions lasting(std::chrono::nanoseconds ttl)
{
    PutOptions options;
    options.ttl = ttl;
    return options;
}

/// A cache with a clock of its own, on a fresh root.
class EntriesFixture
{
public:
    EntriesFixture()
        : layout(root.path() / "cache")
    {
        open();
    }

    void open()
    {
        CacheOptions options;
        options.root = layout.root();
        options.clock = &clock;
        cache = Cache::open(options);
    }

    void reopen()
    {
        cache.reset();
        open();
    }

    /// What a kill of the process at this moment leaves is opened instead of what there is. Nothing may be under way
    /// that writes, so call it from where a put is held up, or between calls.
    std::filesystem::path copyAsAfterKill() const
    {
        const auto copy = root.path() / "killed";
        std::filesystem::remove_all(copy);
        std::filesystem::copy(layout.root(), copy, std::filesystem::copy_options::recursive);
        return copy;
    }

    /// Goes on with a copy.
    void openCopy(const std::filesystem::path& copy)
    {
        cache.reset();
        std::filesystem::remove_all(layout.root());
        std::filesystem::rename(copy, layout.root());
        open();
    }

    Entries& entries() { return cache->entries(); }

    Entry put(const std::string& scope, const std::string& key, const std::string& bytes,
              const PutOptions& options = {})
    {
        return entries().put(scope, key, {source(bytes)}, options);
    }

    /// The bytes of an entry, or what the error or absence is called.
    std::string got(const std::string& scope, const std::string& key, const std::string& name = "data")
    {
        try {
            const auto reader = entries().get(scope, key, name);
            return reader ? readAll(*reader) : "(nothing)";
        } catch (const Error& error) {
            return '(' + std::string(toString(error.code())) + ')';
        }
    }

    std::string keys(const std::string& scope, const std::string& prefix = {})
    {
        std::string result;
        for (const Entry& entry : entries().list(scope, prefix, {}, 1000))
            result += (result.empty() ? "" : " ") + entry.key;
        return result;
    }

    /// Who claims the blob with these bytes, as "entry scope:key"; sorted by holder.
    std::string holders(const std::string& bytes)
    {
        std::string result;
        for (const ClaimPath& path : cache->why(digestOf(bytes)))
            result +=
                (result.empty() ? "" : ", ") + std::string(toString(path.claim.holderKind)) + ' ' + path.claim.holder;
        return result;
    }

    bool isReleased(const std::string& bytes) { return cache->blob(digestOf(bytes))->released; }

    /// What each scope counts is what its entries really have.
    bool isCountedRight()
    {
        const auto scopes = entries().scopes("");
        for (const Scope& scope : scopes) {
            std::map<Digest, std::uint64_t> distinct;
            std::uint64_t count = 0;
            for (const Scope& below : scopes) {
                if (below.path != scope.path && !below.path.starts_with(scope.path + '/'))
                    continue;
                for (const Entry& entry : entries().list(below.path, {}, {}, SIZE_MAX)) {
                    ++count;
                    for (const EntryBlob& blob : entry.blobs)
                        distinct[blob.digest] = blob.size;
                }
            }
            std::uint64_t bytes = 0;
            for (const auto& [digest, size] : distinct)
                bytes += size;
            const EntryTotals size = entries().size(scope.path);
            if (scope.bytes != bytes || size.bytes != bytes || size.entries != count)
                return false;
        }
        return true;
    }

    TempRoot root;
    Layout layout;
    StillClock clock;
    std::unique_ptr<Cache> cache;
};

} // namespace layerhold::test
