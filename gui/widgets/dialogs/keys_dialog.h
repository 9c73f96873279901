// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/actions.h"

#include <QDialog>

class QTreeWidget;

namespace layerhold::gui {

/// All actions with their keys, by menu, and where to read more.
class KeysDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit KeysDialog(const Actions& actions, QWidget* parent = nullptr);

private:
    void filter(const QString& text);

    QTreeWidget* m_list;
};

/// "Ctrl+K, Ctrl+Shift+P"
QString keysText(const QList<QKeySequence>& keys);

} // namespace layerhold::gui
