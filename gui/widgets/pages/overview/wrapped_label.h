// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace layerhold::gui {

/// Plain text over as many lines as it takes. A word that is wider than a line is broken: names of others can be, and
/// none makes its window wider.
class WrappedLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit WrappedLabel(QWidget* parent = nullptr);

    void setText(const QString& text);

    const QString& text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    bool hasHeightForWidth() const override { return true; }

    int heightForWidth(int width) const override;

private:
    void paintEvent(QPaintEvent* event) override;

    QString m_text;
};

} // namespace layerhold::gui
