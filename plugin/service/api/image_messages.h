// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/images.h"
#include "layerhold/tags.h"

#include <layerhold/v1/images.pb.h>

/// Images and tags as messages of layerhold.v1.
namespace layerhold::service::messages {

v1::Image from(const Image& image);
v1::ImageTotals from(const ImageTotals& totals);
v1::ImageDetails from(const ImageDetails& details);
v1::Tag from(const Tag& tag);
v1::TagMove from(const TagMove& move);

} // namespace layerhold::service::messages
