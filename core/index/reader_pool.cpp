// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/reader_pool.h"

namespace layerhold {

namespace {
constexpr std::int64_t readerCacheBytes = 2 << 20;
}

ReaderPool::ReaderPool(const std::filesystem::path& path, const std::string& vfs, std::size_t size)
{
    sqlite::OpenOptions options;
    options.vfs = vfs;
    options.pageCacheBytes = readerCacheBytes;
    options.access = sqlite::OpenOptions::Access::ReadOnly;
    for (std::size_t i = 0; i < size; ++i)
        m_idle.push_back(std::make_unique<Connection>(path, options));
}

ReaderPool::Lease ReaderPool::acquire()
{
    std::unique_lock lock(m_mutex);
    m_returned.wait(lock, [this] { return !m_idle.empty(); });
    auto connection = std::move(m_idle.back());
    m_idle.pop_back();
    return Lease(*this, std::move(connection));
}

std::optional<ReaderPool::Lease> ReaderPool::tryAcquire()
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock || m_idle.empty())
        return std::nullopt;
    auto connection = std::move(m_idle.back());
    m_idle.pop_back();
    return std::optional<Lease>(std::in_place, *this, std::move(connection));
}

void ReaderPool::giveBack(std::unique_ptr<Connection> connection)
{
    {
        const std::lock_guard lock(m_mutex);
        m_idle.push_back(std::move(connection));
    }
    m_returned.notify_one();
}

ReaderPool::Lease::Lease(ReaderPool& pool, std::unique_ptr<Connection> connection)
    : m_pool(&pool)
    , m_connection(std::move(connection))
{}

ReaderPool::Lease::~Lease()
{
    if (m_connection)
        m_pool->giveBack(std::move(m_connection));
}

} // namespace layerhold
