// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>
#include <QStringList>

namespace layerhold::gui {

/// An icon of ours (resources/icons/<name>.svg: lines on a 16×16 grid) in the colours of the palette that holds when it
/// is painted: a change of the theme needs nothing but a repaint. A name that is not there is a fault of the program
/// and gives an empty icon with a warning.
QIcon icon(const QString& name);

/// The same in one colour, for signs that carry a meaning.
QIcon icon(const QString& name, const QColor& tint);

/// For labels. `size` in device-independent pixels.
QPixmap iconPixmap(const QString& name, int size, qreal devicePixelRatio, const QColor& tint);

/// The name of the app's own icon, desktop file and AppStream component.
QString applicationId();
QIcon applicationIcon();

/// All names that there are.
QStringList iconNames();

} // namespace layerhold::gui
