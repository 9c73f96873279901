// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"

#include <optional>

namespace layerhold::test {

/// The code of the Error that the call throws; nullopt when it throws none. Other exceptions pass.
template <typename Call>
std::optional<ErrorCode> errorOf(Call call)
{
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

} // namespace layerhold::test
