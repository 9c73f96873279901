// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/index.h"

#include <algorithm>
#include <iterator>

namespace layerhold {

namespace {

constexpr std::size_t readerCount = 4;

constexpr sqlite::Migration migrations[] = {
#include "migrations.inc"
};

static_assert(std::is_sorted(std::begin(migrations), std::end(migrations),
                             [](const auto& a, const auto& b) { return a.name < b.name; }),
              "a new schema change goes to the end, with the next number");

} // namespace

Index::Index(Options options)
    : m_options(std::move(options))
{}

void Index::migrate(Connection& connection, const Clock& clock)
{
    sqlite::migrate(connection.database(), migrations, toNanoseconds(clock.now()));
}

void Index::open(Empty empty)
{
    auto writer = std::make_unique<IndexWriter>(m_options.path, m_options.vfs, *m_options.clock, m_options.eventsKept,
                                                m_options.onCommitted);
    if (empty == Empty::IsDamage && sqlite::isEmpty(writer->connection().database()))
        throw Error(ErrorCode::Corrupted, "the index holds no tables: its rows are lost");
    migrate(writer->connection(), *m_options.clock);
    m_readers = std::make_unique<ReaderPool>(m_options.path, m_options.vfs, readerCount);
    m_lengthyReader = std::make_unique<ReaderPool>(m_options.path, m_options.vfs, 1);
    m_writer = std::move(writer);
    ++m_version;
}

std::optional<std::string> Index::quickCheck()
{
    return m_writer->connection().database().quickCheck();
}

void Index::close()
{
    m_lengthyReader.reset();
    m_readers.reset();
    m_writer.reset();
}

void Index::write(Durability durability, const IndexWriter::Function& function)
{
    const auto pass = m_gate.enter();
    try {
        m_writer->write(durability, function);
        ++m_version;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Corrupted)
            failDamaged(error);
        throw;
    }
}

void Index::copyBack()
{
    const auto pass = m_gate.enter();
    m_writer->copyBack();
}

void Index::failDamaged(const Error& error)
{
    const std::string reason = "the index is damaged and is being made anew from the blob files; try again later (" +
                               std::string(error.what()) + ")";
    if (m_gate.bar(reason) && m_options.onDamage)
        m_options.onDamage(error.what());
    throw Error(ErrorCode::Unavailable, reason);
}

} // namespace layerhold
