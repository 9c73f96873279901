// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/log.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>

namespace layerhold {

namespace {

double milliseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

double withTwoDecimals(double value)
{
    return std::round(value * 100) / 100;
}

} // namespace

std::string_view toString(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return "debug";
    case LogLevel::Info:
        return "info";
    case LogLevel::Warning:
        return "warning";
    case LogLevel::Error:
        return "error";
    }
    return "info";
}

ParsedLogLevel parseLogLevel(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (lower == "warn")
        return {LogLevel::Warning, {}};
    for (const LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error})
        if (lower == toString(level))
            return {level, {}};
    return {LogLevel::Info, text::quoted(text) + " is no log level; take one of debug, info, warning and error"};
}

Logger Logger::with(std::string name, decltype(LogField::value) value) const
{
    Logger child = *this;
    if (m_sink)
        child.m_fields.push_back({std::move(name), std::move(value)});
    return child;
}

Logger Logger::withOperation(std::string_view operation) const
{
    return with("operation", std::string(operation));
}

Logger Logger::withDigest(const Digest& digest) const
{
    return m_sink ? with("digest", digest.toString()) : *this;
}

Logger Logger::withSize(std::uint64_t bytes) const
{
    return with("size", bytes);
}

Logger Logger::withDuration(std::chrono::nanoseconds duration) const
{
    return with("duration_ms", milliseconds(duration));
}

void Logger::write(LogLevel level, std::string message, LogTopic topic, LogCaller caller) const
{
    if (wants(level, topic))
        m_sink->write({level, topic, std::move(message), m_fields, caller});
}

void Logger::operation(std::string_view name, std::chrono::nanoseconds duration, std::uint64_t bytes,
                       const std::optional<std::string>& error, LogCaller caller) const
{
    const LogLevel level = error ? LogLevel::Warning : LogLevel::Info;
    if (!wants(level, LogTopic::Operations))
        return;
    Logger child = withOperation(name).withDuration(duration).with("success", !error);
    if (bytes > 0)
        child = child.withSize(bytes);
    if (error)
        child = child.with("error", *error);
    child.write(level, error ? "operation failed" : "operation done", LogTopic::Operations, caller);
}

void Logger::hit(std::string_view operation, std::uint64_t bytes, LogCaller caller) const
{
    if (wants(LogLevel::Debug, LogTopic::Operations))
        withOperation(operation)
            .withSize(bytes)
            .with("result", std::string("hit"))
            .write(LogLevel::Debug, "cache hit", LogTopic::Operations, caller);
}

void Logger::miss(std::string_view operation, std::string_view reason, LogCaller caller) const
{
    if (wants(LogLevel::Debug, LogTopic::Operations))
        withOperation(operation)
            .with("reason", std::string(reason))
            .with("result", std::string("miss"))
            .write(LogLevel::Debug, "cache miss", LogTopic::Operations, caller);
}

void Logger::eviction(const std::string& key, std::uint64_t bytes, const std::string& reason, LogCaller caller) const
{
    if (wants(LogLevel::Info))
        withOperation("evict_entry")
            .with("key", key)
            .withSize(bytes)
            .with("reason", reason)
            .write(LogLevel::Info, "entry evicted", LogTopic::General, caller);
}

void Logger::cleanup(std::string_view operation, std::uint64_t entriesRemoved, std::uint64_t bytesFreed,
                     std::chrono::nanoseconds duration, LogCaller caller) const
{
    if (wants(LogLevel::Info))
        withOperation(operation)
            .with("entries_removed", entriesRemoved)
            .with("bytes_freed", bytesFreed)
            .withDuration(duration)
            .write(LogLevel::Info, "cleanup done", LogTopic::General, caller);
}

void Logger::performance(const Performance& figures, LogCaller caller) const
{
    if (!wants(LogLevel::Info, LogTopic::Performance))
        return;
    with("hit_rate", withTwoDecimals(figures.hitRate))
        .with("hits", figures.hits)
        .with("misses", figures.misses)
        .with("evictions", figures.evictions)
        .with("errors", figures.errors)
        .with("bytes_stored", figures.bytesStored)
        .with("entries_stored", figures.entriesStored)
        .with("bandwidth_saved", figures.bandwidthSaved)
        .with("uptime", std::to_string(std::chrono::duration_cast<std::chrono::seconds>(figures.uptime).count()) + "s")
        .write(LogLevel::Info, "cache performance", LogTopic::Performance, caller);
}

} // namespace layerhold
