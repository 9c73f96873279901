// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/state_widgets.h"

#include "charts/look.h"
#include "widgets/icons.h"

#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

constexpr int widestMessage = 560;

QColor toneColour(StateTone tone, const QPalette& palette)
{
    const Look& look = lookFor(palette);
    switch (tone) {
    case StateTone::Warning:
        return look.warning;
    case StateTone::Error:
        return look.error;
    case StateTone::Plain:
        break;
    }
    return look.dimmedText;
}

QLabel* plainLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

void showIcon(QLabel* label, const QString& name, int size, StateTone tone)
{
    label->setPixmap(iconPixmap(name, size, label->devicePixelRatioF(), toneColour(tone, label->palette())));
}

} // namespace

StateButtons::StateButtons(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
}

void StateButtons::set(const QList<ShownButton>& buttons)
{
    if (buttons == m_shown)
        return;
    m_shown = buttons;
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        // Not at once: it may be the one whose click led here.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const ShownButton& shown : buttons) {
        auto* button = new QPushButton(QString(shown.text).replace(QLatin1Char('&'), QLatin1String("&&")), this);
        button->setProperty("stateButton", static_cast<int>(shown.button));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, which = shown.button] { emit pressed(which); });
        m_layout->addWidget(button);
    }
    setVisible(!buttons.isEmpty());
}

StateStrip::StateStrip(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(plainLabel(this))
    , m_buttons(new StateButtons(this))
{
    setObjectName(QStringLiteral("stateStrip"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 5, 6, 5);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_buttons);
    connect(m_buttons, &StateButtons::pressed, this, &StateStrip::pressed);
}

void StateStrip::tell(const StateWords& words, const QList<ShownButton>& buttons)
{
    m_iconName = words.icon;
    m_tone = words.tone;
    m_text->setText(words.text.isEmpty() ? words.title : QStringLiteral("%1 — %2").arg(words.title, words.text));
    m_buttons->set(buttons);
    showIcon(m_icon, m_iconName, 16, m_tone);
    setAccessibleName(m_text->text());
    update();
}

void StateStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && !m_iconName.isEmpty())
        showIcon(m_icon, m_iconName, 16, m_tone);
    QFrame::changeEvent(event);
}

void StateStrip::paintEvent(QPaintEvent* /*event*/)
{
    const Look& look = lookFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(toneColour(m_tone, palette()), 1));
    painter.setBrush(m_tone == StateTone::Plain ? look.alternateBase : look.warningBack);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

StateMessage::StateMessage(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(plainLabel(this))
    , m_text(plainLabel(this))
    , m_command(new QLineEdit(this))
    , m_buttons(new StateButtons(this))
{
    setObjectName(QStringLiteral("stateMessage"));
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    m_title->setFont(font);
    m_title->setObjectName(QStringLiteral("stateTitle"));
    m_text->setObjectName(QStringLiteral("stateText"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (QLabel* label : {m_icon, m_title, m_text})
        label->setAlignment(Qt::AlignHCenter);
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setAccessibleName(tr("Command"));
    m_command->setAlignment(Qt::AlignHCenter);
    connect(m_buttons, &StateButtons::pressed, this, &StateMessage::pressed);

    auto* column = new QWidget(this);
    column->setMaximumWidth(widestMessage);
    auto* lines = new QVBoxLayout(column);
    lines->setSpacing(12);
    lines->addStretch(2);
    for (QWidget* widget : {static_cast<QWidget*>(m_icon), static_cast<QWidget*>(m_title),
                            static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_command)})
        lines->addWidget(widget);
    lines->addWidget(m_buttons, 0, Qt::AlignHCenter);
    lines->addStretch(3);
    auto* layout = new QHBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(column, 100);
    layout->addStretch(1);
}

void StateMessage::tell(const StateWords& words, const QList<ShownButton>& buttons)
{
    m_iconName = words.icon;
    m_tone = words.tone;
    m_title->setText(words.title);
    m_text->setText(words.text);
    m_text->setVisible(!words.text.isEmpty());
    if (m_command->text() != words.command)
        m_command->setText(words.command);
    m_command->setVisible(!words.command.isEmpty());
    m_buttons->set(buttons);
    showIcon(m_icon, m_iconName, 48, m_tone);
    setAccessibleName(words.title);
    setAccessibleDescription(words.text);
}

void StateMessage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && !m_iconName.isEmpty())
        showIcon(m_icon, m_iconName, 48, m_tone);
    QWidget::changeEvent(event);
}

} // namespace layerhold::gui
