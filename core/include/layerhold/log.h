// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace layerhold {

enum class LogLevel : std::uint8_t
{
    Debug,
    Info,
    Warning,
    Error
};
std::string_view toString(LogLevel level);

struct ParsedLogLevel
{
    LogLevel level = LogLevel::Info;
    std::string problem; ///< why the text is no level; empty when it is one
};

/// debug, info, warn, warning, error, in any case. Anything else is Info, with the problem.
ParsedLogLevel parseLogLevel(std::string_view text);

/// What a record is about, so that a sink can be asked for one sort and not for another.
enum class LogTopic : std::uint8_t
{
    General,
    Operations, ///< one record for each get, put and delete: off unless somebody looks for something
    Performance ///< the counts, every few minutes
};

struct LogField
{
    std::string name;
    std::variant<std::int64_t, std::uint64_t, double, bool, std::string> value;
};

/// The place in the source that logs.
struct LogCaller
{
    const char* file = "";
    unsigned line = 0;
    const char* function = "";

    static LogCaller here(const char* file = __builtin_FILE(), unsigned line = __builtin_LINE(),
                          const char* function = __builtin_FUNCTION())
    {
        return {file, line, function};
    }
};

struct LogRecord
{
    LogLevel level = LogLevel::Info;
    LogTopic topic = LogTopic::General;
    std::string message;
    std::vector<LogField> fields;
    LogCaller caller;
};

/// Where the core's log goes. Thread-safe; neither function may throw, and `wants` must be cheap: it is asked on paths
/// that serve engines.
class LogSink
{
public:
    virtual ~LogSink() = default;
    virtual bool wants(LogLevel level, LogTopic topic) const noexcept = 0;
    virtual void write(const LogRecord& record) const noexcept = 0;
};

/// Writes records with named fields to a sink. A value: with… gives a child that carries one field more and leaves this
/// one as it is. Without a sink it is silent, and its children are silent too. Thread-safe.
class Logger
{
public:
    Logger() = default;

    /// `sink` may be nullptr and must outlive the logger and its children.
    explicit Logger(const LogSink* sink)
        : m_sink(sink)
    {}

    Logger with(std::string name, decltype(LogField::value) value) const;
    Logger withOperation(std::string_view operation) const;
    Logger withDigest(const Digest& digest) const;
    Logger withSize(std::uint64_t bytes) const;
    Logger withDuration(std::chrono::nanoseconds duration) const;

    const std::vector<LogField>& fields() const { return m_fields; }

    bool wants(LogLevel level, LogTopic topic = LogTopic::General) const
    {
        return m_sink != nullptr && m_sink->wants(level, topic);
    }

    void write(LogLevel level, std::string message, LogTopic topic = LogTopic::General,
               LogCaller caller = LogCaller::here()) const;

    /// One operation that ended: Info when it succeeded, Warning with `error` when it did not.
    void operation(std::string_view name, std::chrono::nanoseconds duration, std::uint64_t bytes,
                   const std::optional<std::string>& error, LogCaller caller = LogCaller::here()) const;
    void hit(std::string_view operation, std::uint64_t bytes, LogCaller caller = LogCaller::here()) const;
    void miss(std::string_view operation, std::string_view reason, LogCaller caller = LogCaller::here()) const;
    void eviction(const std::string& key, std::uint64_t bytes, const std::string& reason,
                  LogCaller caller = LogCaller::here()) const;
    void cleanup(std::string_view operation, std::uint64_t entriesRemoved, std::uint64_t bytesFreed,
                 std::chrono::nanoseconds duration, LogCaller caller = LogCaller::here()) const;

    struct Performance
    {
        double hitRate = 0;
        std::uint64_t hits = 0;
        std::uint64_t misses = 0;
        std::uint64_t evictions = 0;
        std::uint64_t errors = 0;
        std::uint64_t bytesStored = 0;
        std::uint64_t entriesStored = 0;
        std::uint64_t bandwidthSaved = 0;
        std::chrono::nanoseconds uptime{};
    };

    void performance(const Performance& figures, LogCaller caller = LogCaller::here()) const;

private:
    const LogSink* m_sink = nullptr;
    std::vector<LogField> m_fields;
};

} // namespace layerhold
