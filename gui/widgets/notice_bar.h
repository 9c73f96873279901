// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QLabel;

namespace layerhold::gui {

/// A sentence above the pages that stays until it is closed.
class NoticeBar final : public QFrame
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    /// Empty: hides it.
    void tell(const QString& sentence);
    QString sentence() const;

private:
    void paintEvent(QPaintEvent* event) override;

    QLabel* m_text;
};

} // namespace layerhold::gui
