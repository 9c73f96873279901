// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/look.h"
#include "models/storage_contents.h"

#include <QPainter>

namespace layerhold::gui {

/// The mark of a kind: each has a shape and a colour of its own, and a line of the background around it.
void paintKindMark(QPainter& painter, const QPointF& middle, double radius, StoredKind kind, const Look& look);

} // namespace layerhold::gui
