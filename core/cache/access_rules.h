// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/counters.h"
#include "layerhold/access.h"
#include "layerhold/log.h"

#include <string>

namespace layerhold {

/// Error{InvalidArgument} unless the thing keeps the rules of layerhold/access.h.
void requireUsable(const AccessOptions& options);
void requireRepository(const std::string& repository);
void requireRegistry(const std::string& registry);
void requireDescriptor(const Digest& digest, const Descriptor& descriptor);

/// `descriptor` as it is kept where `known` is: the media type is that of the first who set one.
Descriptor mergedWith(const std::optional<Descriptor>& known, const Descriptor& descriptor);

/// AccessRecords::stat of any records.
std::optional<Descriptor> readThrough(AccessRecords& records, Counters& counters, const Logger& log,
                                      const std::string& repository, const Digest& digest,
                                      const AccessRecords::AskRegistry& ask);
AccessRecords::LookupCounts lookupCounts(const Counters& counters);

} // namespace layerhold
