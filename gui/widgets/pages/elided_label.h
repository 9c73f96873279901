// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace layerhold::gui {

/// One line of plain text that loses its middle where the room is short; its tool tip has all of it. What is not to be
/// seen in a text of others goes through plainText() before.
class ElidedLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    void setText(const QString& text);

    const QString& text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    void paintEvent(QPaintEvent* event) override;

    QString m_text;
};

} // namespace layerhold::gui
