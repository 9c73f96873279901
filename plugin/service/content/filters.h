// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/filter.h"
#include "layerhold/types.h"

namespace layerhold::service {

/// containerd's content adaptor: `digest`, and `labels.<rest joined by ".">`. Everything else, `size` too, is absent.
bool matches(const Filter& filter, const ContentInfo& info);

/// containerd's adaptor for statuses: `ref` only.
bool matches(const Filter& filter, const IngestStatus& status);

} // namespace layerhold::service
