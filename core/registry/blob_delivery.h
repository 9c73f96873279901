// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/operation.h"
#include "layerhold/registry/registry_client.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace layerhold::registry {

/// Downloads what the delivery lacks of the blob, which is of that size; the registry is asked in any case. A
/// connection that breaks is made anew and goes on where it broke: at most 50 times, of which no four in a row bring
/// less than 1 % of it, or 1 MiB if that is less. Between them it waits for 0.5 s up to 5 s, or as long as the server
/// asks for, up to half a minute. Errors: those of RegistryClient::getBlob and Delivery.
void deliverBlob(RegistryClient& client, const std::string& repository, const Digest& digest, std::uint64_t size,
                 Delivery& delivery, const std::function<void(std::size_t bytes)>& onBytes,
                 const std::stop_token& stop);

} // namespace layerhold::registry
