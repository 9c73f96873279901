// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace layerhold::registry {

using NumberedWork = std::function<void(std::size_t number, const std::stop_token& stop)>;

/// Does the work for each number below `count`, in that order, three at a time, on threads of its own, and returns when
/// all is done. The first failure stops the rest and is thrown; Cancelled when asked to stop.
void doSideBySide(std::size_t count, const NumberedWork& work, const std::stop_token& stop);

} // namespace layerhold::registry
