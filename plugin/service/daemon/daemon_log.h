// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/content/engine_server.h"

#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace layerhold::service {

/// The daemon's log on standard error. Thread-safe; never throws from writing.
class DaemonLog
{
public:
    enum class Format
    {
        Text, ///< "2026-11-21T10:00:00Z info message", neutralised
        Json  ///< {"time": …, "level": …, "message": …}
    };

    DaemonLog(Format format, LogLevel level);

    void setLevel(LogLevel level);
    void write(LogLevel level, const std::string& message) const;
    /// For those who log without knowing us; the object must outlive it.
    Log function() const;

private:
    Format m_format;
    std::shared_ptr<spdlog::logger> m_logger;
};

/// debug, info, warning, error; anything else is info.
LogLevel parseLogLevel(const std::string& text);

} // namespace layerhold::service
