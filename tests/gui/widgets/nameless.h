// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAccessible>
#include <QStringList>
#include <QWidget>

namespace layerhold::gui::test {

/// Of what can take the focus and has no name for those who cannot see it: class, object name and class of the parent.
inline QString namelessIn(const QWidget& top)
{
    QStringList nameless;
    for (QWidget* widget : top.findChildren<QWidget*>()) {
        // What Qt makes inside of its own widgets is named, or reached, through these.
        if (!widget->isVisibleTo(&top) || widget->focusPolicy() == Qt::NoFocus ||
            widget->objectName().startsWith(QLatin1String("qt_")) || widget->isWindow() || widget->inherits("QMenu") ||
            widget->inherits("QHeaderView") || widget->inherits("QTableCornerButton") ||
            widget->inherits("QComboBoxListView"))
            continue;
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
        if (!spoken || spoken->text(QAccessible::Name).isEmpty())
            nameless.append(QStringLiteral("%1 %2 in %3")
                                .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                                     QLatin1String(widget->parentWidget()->metaObject()->className())));
    }
    return nameless.join(QStringLiteral(", "));
}

} // namespace layerhold::gui::test
