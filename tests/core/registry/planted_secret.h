// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace layerhold::registry::test {

/// No message may have this, nor what it is in base64.
inline const std::string plantedSecret = "PLANTED-hunter2-PLANTED";
inline const std::string plantedUser = "planted-user";
/// planted-user:PLANTED-hunter2-PLANTED
inline const std::string plantedAuth = "cGxhbnRlZC11c2VyOlBMQU5URUQtaHVudGVyMi1QTEFOVEVE";

inline bool leaks(std::string_view message)
{
    return message.find("PLANTED") != std::string_view::npos || message.find("hunter2") != std::string_view::npos ||
           message.find("UExBTlRFRC") != std::string_view::npos || message.find("BMQU5URUQ") != std::string_view::npos;
}

} // namespace layerhold::registry::test
