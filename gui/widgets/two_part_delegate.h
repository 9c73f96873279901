// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace layerhold::gui {

/// A row with a text on the left and a dimmed one on the right, which gives way when the room is short.
class TwoPartDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// `rightRole`: the text on the right. `enabledRole`: false dims the left one, too; 0: all are enabled.
    TwoPartDelegate(int rightRole, int enabledRole, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int m_rightRole;
    int m_enabledRole;
};

} // namespace layerhold::gui
