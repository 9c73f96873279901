// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/page_state.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QLineEdit;

namespace layerhold::gui {

struct ShownButton
{
    StateButton button;
    QString text;

    friend bool operator==(const ShownButton&, const ShownButton&) = default;
};

/// A row of buttons that stay the same widgets, with their focus, while only other words change.
class StateButtons final : public QWidget
{
    Q_OBJECT

public:
    explicit StateButtons(QWidget* parent = nullptr);

    void set(const QList<ShownButton>& buttons);

signals:
    void pressed(layerhold::gui::StateButton button);

private:
    QHBoxLayout* m_layout;
    QList<ShownButton> m_shown;
};

/// One or two lines above the content.
class StateStrip final : public QFrame
{
    Q_OBJECT

public:
    explicit StateStrip(QWidget* parent = nullptr);

    void tell(const StateWords& words, const QList<ShownButton>& buttons);

signals:
    void pressed(layerhold::gui::StateButton button);

private:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

    QLabel* m_icon;
    QLabel* m_text;
    StateButtons* m_buttons;
    QString m_iconName;
    StateTone m_tone = StateTone::Plain;
};

/// Icon, title, text, command and buttons in the middle of a page.
class StateMessage final : public QWidget
{
    Q_OBJECT

public:
    explicit StateMessage(QWidget* parent = nullptr);

    void tell(const StateWords& words, const QList<ShownButton>& buttons);

signals:
    void pressed(layerhold::gui::StateButton button);

private:
    void changeEvent(QEvent* event) override;

    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QLineEdit* m_command;
    StateButtons* m_buttons;
    QString m_iconName;
    StateTone m_tone = StateTone::Plain;
};

} // namespace layerhold::gui
