// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/content/messages.h"

namespace layerhold::service {

/// What an Update asks for: an empty mask or `labels` replaces all labels, `labels.KEY` sets or removes one key (KEY is
/// the rest of the path, dots and slashes included), anything else is Error{InvalidArgument}.
LabelUpdate labelUpdate(const UpdateRequest& request);

} // namespace layerhold::service
