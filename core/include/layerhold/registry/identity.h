// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/access.h"
#include "layerhold/registry/source.h"

#include <string>

namespace layerhold::registry {

/// Who the source sees when a registry, as it stands in names of images, is asked there: a hash over the host and all
/// that is shown to it, credential, headers and client certificate. Identity::anonymous() only when nothing is shown,
/// and the endpoint is the registry's own host: what a mirror hands out without being shown anything may be private, as
/// it may have an account of its own. Error{InvalidArgument} for an endpoint without a usable URL.
Identity identityOf(AccessRecords& records, const std::string& registry, const Source& source);

/// The place itself, for AccessRecords::noteDelivery: scheme, host, port, and whose certificates vouch for it. Where
/// none does (http, or without verification) anybody who gets between could answer; such a place is another one for
/// each `asker`.
Identity originOf(AccessRecords& records, const Source& source, const Identity& asker);

} // namespace layerhold::registry
