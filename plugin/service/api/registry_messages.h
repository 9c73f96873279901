// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/puller.h"
#include "layerhold/registry/pusher.h"
#include "layerhold/registry/source.h"
#include "layerhold/registry/tag_resolver.h"

#include <layerhold/v1/registries.pb.h>

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

/// Registries as messages of layerhold.v1, both ways: the client writes what the service reads.
namespace layerhold::service::messages {

/// "anonymous", or enough digits of the keyed hash to tell identities apart.
std::string shortName(const Identity& identity);

/// With the contents of the files that the endpoint's TLS settings name, which the service may not be able to read and
/// must not: errors as registry::readTls.
v1::RegistrySource from(const registry::Source& source);
v1::RegistryCredential from(const registry::Credential& credential);
v1::RateLimit from(const registry::KnownRateLimit& limit);
v1::PullReport from(const ImageReference& reference, const registry::PullReport& report);
v1::PushReport from(const ImageReference& reference, const registry::PushReport& report);
v1::ResolveResponse::Outcome from(const ImageReference& reference, const registry::ResolveOutcome& outcome);

/// InvalidArgument for what no client of ours sends. Nothing of a secret is in a message.
registry::Credential credentialOf(const v1::RegistryCredential& message);
registry::Source sourceOf(const v1::RegistrySource& message);
std::vector<registry::Source> sourcesOf(const google::protobuf::RepeatedPtrField<v1::RegistrySource>& messages);

} // namespace layerhold::service::messages
