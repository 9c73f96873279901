// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/membership.h"

#include "layerhold/error.h"

namespace layerhold::registry {

void noteMember(AccessRecords& records, const std::string& repository, const Descriptor& descriptor)
{
    if (descriptor.mediaType.empty()) {
        records.addMember(repository, descriptor.digest);
        return;
    }
    try {
        records.setDescriptor(repository, descriptor.digest, descriptor);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::InvalidArgument) // a manifest may state any text as media type
            throw;
        records.addMember(repository, descriptor.digest);
    }
}

} // namespace layerhold::registry
