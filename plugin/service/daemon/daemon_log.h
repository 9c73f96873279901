// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/log.h"
#include "service/content/engine_server.h"

#include <atomic>
#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace layerhold::service {

/// Which records are written besides their level, and what they show.
struct LogSwitches
{
    bool caller = false;     ///< the place in the source
    bool performance = true; ///< the counts, every few minutes
    bool operations = false; ///< a record for each get, put and delete
};

/// The daemon's log on standard error, which is also the log of the core. Thread-safe; never throws from writing.
class DaemonLog final : public LogSink
{
public:
    enum class Format
    {
        Text, ///< "2026-11-21T10:00:00Z info message key=value", neutralised
        Json  ///< {"time": …, "level": …, "message": …, …}
    };

    DaemonLog(Format format, LogLevel level, LogSwitches switches = {});

    void setLevel(LogLevel level);
    void setSwitches(LogSwitches switches);

    bool wants(LogLevel level, LogTopic topic) const noexcept override;
    void write(const LogRecord& record) const noexcept override;
    void write(LogLevel level, const std::string& message, LogCaller caller = LogCaller::here()) const;
    /// For those who log without knowing us; the object must outlive it.
    Log function() const;

private:
    Format m_format;
    std::atomic<bool> m_showsCaller;
    std::atomic<bool> m_logsPerformance;
    std::atomic<bool> m_logsOperations;
    std::shared_ptr<spdlog::logger> m_logger;
};

} // namespace layerhold::service
