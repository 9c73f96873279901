// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QString>

#include <functional>

class QWidget;

namespace layerhold::gui {

/// Both ask which file is meant, and call `then` with it, unless the user thinks better of it or `parent` is gone.
void chooseSnapshotToOpen(QWidget& parent, std::function<void(const QString&)> then);
/// Offers a name of this machine and `now`.
void chooseSnapshotToSave(QWidget& parent, Moment now, std::function<void(const QString&)> then);

} // namespace layerhold::gui
