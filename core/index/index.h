// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/index_gate.h"
#include "index/index_writer.h"
#include "index/reader_pool.h"
#include "layerhold/error.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace layerhold {

/// The index of a cache root: one writer, several readers, exchangeable while in use. Thread-safe.
///
/// Damage that SQLite or a row checksum finds bars the gate: the call that met it and all later ones get
/// Error{Unavailable}, and `onDamage` is told once, so that the index is rebuilt.
class Index
{
public:
    using Durability = sqlite::Database::Durability;

    struct Options
    {
        std::filesystem::path path;
        std::string vfs = "unix-excl";
        std::uint64_t eventsKept = 100'000;
        const Clock* clock = nullptr;
        IndexWriter::OnCommitted onCommitted;
        std::function<void(const std::string& what)> onDamage;
    };

    explicit Index(Options options);

    /// What an index without a single table is.
    enum class Empty
    {
        IsNew,    ///< the first one of its root: it gets its schema
        IsDamage, ///< one that lost its tables, with its file or its WAL
    };

    /// Opens the file, creating it when absent, and brings its schema up to date. Error{Corrupted} when damaged,
    /// Error{Unsupported} when made by a newer version.
    void open(Empty empty);
    /// Closes all connections; the WAL is copied back. Nobody may be using the index.
    void close();

    bool isOpen() const { return m_writer != nullptr; }

    /// The first complaint of PRAGMA quick_check. Reads the whole file.
    std::optional<std::string> quickCheck();
    /// Applies the schema to a fresh or older file.
    static void migrate(Connection& connection, const Clock& clock);

    /// Runs `function(Connection&)` on a reader; waits for one. All its queries see one state of the index.
    template <typename Function>
    auto read(Function&& function) -> std::invoke_result_t<Function, Connection&>
    {
        return readOn(m_readers, std::forward<Function>(function));
    }

    /// As read, for what takes long: such queries share one reader, so that however many there are, none keeps an
    /// engine waiting.
    template <typename Function>
    auto readAtLength(Function&& function) -> std::invoke_result_t<Function, Connection&>
    {
        return readOn(m_lengthyReader, std::forward<Function>(function));
    }

    /// As read, but never waits: nullopt when no reader is free, or for any failure (a read() will tell).
    template <typename Function>
    auto tryRead(Function&& function) -> std::optional<std::invoke_result_t<Function, Connection&>>
    {
        const auto pass = m_gate.tryEnter();
        if (!pass)
            return std::nullopt;
        auto lease = m_readers->tryAcquire();
        if (!lease)
            return std::nullopt;
        try {
            const Snapshot snapshot(**lease);
            return std::forward<Function>(function)(**lease);
        } catch (const Error&) {
            return std::nullopt;
        }
    }

    /// Runs `function` in a transaction of the writer and returns when it is committed (see IndexWriter::write).
    void write(Durability durability, const IndexWriter::Function& function);

    /// Copies the WAL back into the file, so that what was freed in it is given back to the disk.
    void copyBack();

    /// Counts writes, each after its commit. Ask before reading: an equal number later means that nothing was
    /// committed since, save what was read already.
    std::uint64_t version() const { return m_version.load(); }

    IndexGate& gate() { return m_gate; }

    const Options& options() const { return m_options; }

private:
    template <typename Function>
    auto readOn(const std::unique_ptr<ReaderPool>& readers, Function&& function)
        -> std::invoke_result_t<Function, Connection&>
    {
        const auto pass = m_gate.enter();
        auto lease = readers->acquire();
        try {
            const Snapshot snapshot(*lease);
            return std::forward<Function>(function)(*lease);
        } catch (const Error& error) {
            if (error.code() == ErrorCode::Corrupted)
                failDamaged(error);
            throw;
        }
    }

    [[noreturn]] void failDamaged(const Error& error);

    Options m_options;
    IndexGate m_gate;
    std::unique_ptr<IndexWriter> m_writer;
    std::unique_ptr<ReaderPool> m_readers;
    std::unique_ptr<ReaderPool> m_lengthyReader;
    std::atomic<std::uint64_t> m_version{0};
};

} // namespace layerhold
