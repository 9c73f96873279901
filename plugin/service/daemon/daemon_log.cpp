// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/daemon/daemon_log.h"

#include "service/daemon/log_format.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace layerhold::service {

namespace {

spdlog::level::level_enum toSpdlog(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return spdlog::level::debug;
    case LogLevel::Info:
        return spdlog::level::info;
    case LogLevel::Warning:
        return spdlog::level::warn;
    case LogLevel::Error:
        return spdlog::level::err;
    }
    return spdlog::level::info;
}

/// Everything after the level is JSON already: a string literal, and perhaps more members.
constexpr const char* jsonPattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%v})";
constexpr const char* textPattern = "%Y-%m-%dT%H:%M:%SZ %l %v";

} // namespace

DaemonLog::DaemonLog(Format format, LogLevel level, LogSwitches switches)
    : m_format(format)
    , m_logger(std::make_shared<spdlog::logger>("layerhold", std::make_shared<spdlog::sinks::stderr_sink_mt>()))
{
    m_logger->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        format == Format::Json ? jsonPattern : textPattern, spdlog::pattern_time_type::utc));
    m_logger->set_error_handler([](const std::string&) {}); // nowhere is left to tell it
    setLevel(level);
    setSwitches(switches);
}

void DaemonLog::setLevel(LogLevel level)
{
    m_logger->set_level(toSpdlog(level));
}

void DaemonLog::setSwitches(LogSwitches switches)
{
    m_showsCaller = switches.caller;
    m_logsPerformance = switches.performance;
    m_logsOperations = switches.operations;
}

bool DaemonLog::wants(LogLevel level, LogTopic topic) const noexcept
{
    if (topic == LogTopic::Operations && !m_logsOperations.load(std::memory_order_relaxed))
        return false;
    if (topic == LogTopic::Performance && !m_logsPerformance.load(std::memory_order_relaxed))
        return false;
    return m_logger->should_log(toSpdlog(level));
}

void DaemonLog::write(const LogRecord& record) const noexcept
{
    try {
        if (!wants(record.level, record.topic))
            return;
        const CallerInfo caller = m_showsCaller ? CallerInfo::Shown : CallerInfo::Left;
        m_logger->log(toSpdlog(record.level),
                      m_format == Format::Json ? logJson(record, caller) : logText(record, caller));
    } catch (const std::exception&) {
        return; // out of memory: nobody can be told
    }
}

void DaemonLog::write(LogLevel level, const std::string& message, LogCaller caller) const
{
    write(LogRecord{level, LogTopic::General, message, {}, caller});
}

Log DaemonLog::function() const
{
    return [this](LogLevel level, const std::string& message) { write(level, message); };
}

} // namespace layerhold::service
