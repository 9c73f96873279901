// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/qnamespace.h>

namespace layerhold::gui {

/// What models of tables tell beside the roles of Qt.
enum TableRole
{
    IdRole = Qt::UserRole, ///< what the row is: the same after sorting, filtering and loading again
    CopyRole               ///< the value in full, as it is copied
};

} // namespace layerhold::gui
