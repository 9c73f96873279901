// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QLabel;

namespace layerhold::gui {

/// What the map adds up to, in a line of its own; a warning is yellow and has a sign.
class MapStatement final : public QFrame
{
    Q_OBJECT

public:
    enum class Tone
    {
        Plain,
        Warning
    };

    explicit MapStatement(QWidget* parent = nullptr);

    void tell(const QString& text, Tone tone);
    QString text() const;

    Tone tone() const { return m_tone; }

private:
    void paintEvent(QPaintEvent* event) override;

    QLabel* m_sign;
    QLabel* m_text;
    Tone m_tone = Tone::Plain;
};

} // namespace layerhold::gui
