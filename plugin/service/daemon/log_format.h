// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/log.h"

#include <string>

/// Records as the daemon's log shows them, behind time and level.
namespace layerhold::service {

enum class CallerInfo
{
    Left,
    Shown ///< as the field caller: "file.cpp:12 function"
};

/// `message key=value key="quoted value"`; safe for a terminal.
std::string logText(const LogRecord& record, CallerInfo caller);
/// `"message","key":value,…`: the value of the member "message" of an object, and more members. ASCII only.
std::string logJson(const LogRecord& record, CallerInfo caller);

} // namespace layerhold::service
