// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/daemon/daemon_log.h"

#include "api/utf8.h"

#include <nlohmann/json.hpp>
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

/// Everything after the level is JSON already: one string literal.
constexpr const char* jsonPattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%v})";
constexpr const char* textPattern = "%Y-%m-%dT%H:%M:%SZ %l %v";

} // namespace

DaemonLog::DaemonLog(Format format, LogLevel level)
    : m_format(format)
    , m_logger(std::make_shared<spdlog::logger>("layerhold", std::make_shared<spdlog::sinks::stderr_sink_mt>()))
{
    m_logger->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        format == Format::Json ? jsonPattern : textPattern, spdlog::pattern_time_type::utc));
    m_logger->set_error_handler([](const std::string&) {}); // nowhere is left to tell it
    setLevel(level);
}

void DaemonLog::setLevel(LogLevel level)
{
    m_logger->set_level(toSpdlog(level));
}

void DaemonLog::write(LogLevel level, const std::string& message) const
{
    constexpr bool asciiOnly = true;
    if (m_format == Format::Json)
        m_logger->log(toSpdlog(level),
                      nlohmann::json(message).dump(-1, ' ', asciiOnly, nlohmann::json::error_handler_t::replace));
    else
        m_logger->log(toSpdlog(level), api::neutralise(message));
}

Log DaemonLog::function() const
{
    return [this](LogLevel level, const std::string& message) { write(level, message); };
}

LogLevel parseLogLevel(const std::string& text)
{
    if (text == "debug")
        return LogLevel::Debug;
    if (text == "warning")
        return LogLevel::Warning;
    return text == "error" ? LogLevel::Error : LogLevel::Info;
}

} // namespace layerhold::service
