// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/state_pane.h"

#include "widgets/state_widgets.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace layerhold::gui {

StatePane::StatePane(const Format& format, QWidget* parent)
    : QWidget(parent)
    , m_format(format)
    , m_stack(new QStackedWidget(this))
    , m_content(new QWidget(this))
    , m_strip(new StateStrip(this))
    , m_message(new StateMessage(this))
{
    setObjectName(QStringLiteral("statePane"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_strip);
    layout->addWidget(m_stack, 1);
    m_stack->addWidget(m_content);
    m_stack->addWidget(m_message);
    connect(m_strip, &StateStrip::pressed, this, &StatePane::onPressed);
    connect(m_message, &StateMessage::pressed, this, &StatePane::onPressed);
    m_ticks.setInterval(250);
    connect(&m_ticks, &QTimer::timeout, this, &StatePane::update);
    update();
}

void StatePane::setContent(QWidget* content)
{
    m_stack->removeWidget(m_content);
    delete m_content;
    m_content = content;
    m_stack->insertWidget(0, content);
    update();
}

void StatePane::show(PageState state)
{
    m_own = std::move(state);
    update();
    emit changed();
}

void StatePane::setConnection(std::optional<PageState> state)
{
    m_connection = std::move(state);
    update();
    emit changed();
}

bool StatePane::isSnapshot() const
{
    return m_connection && std::holds_alternative<state::Snapshot>(*m_connection);
}

const PageState& StatePane::state() const
{
    // What a snapshot has not got is told as what a service has not got.
    const bool goesFirst = m_connection && !(isSnapshot() && wordsFor(m_own, m_format).form == StateForm::Message);
    return goesFirst ? *m_connection : m_own;
}

StateWords StatePane::words() const
{
    StateWords told = wordsFor(state(), m_format);
    if (m_connection && std::holds_alternative<state::Stale>(*m_connection) && !bringsData(m_own))
        told.form = StateForm::Message;
    if (isSnapshot() && std::holds_alternative<state::Partial>(m_own)) {
        const StateWords own = wordsFor(m_own, m_format);
        told.text = QStringList{own.title, own.text}.join(QStringLiteral(" — "));
    }
    return told;
}

void StatePane::update()
{
    const StateWords told = words();
    QList<ShownButton> buttons;
    for (const StateButton button : told.buttons)
        buttons.append({button, buttonText(button, state(), m_format)});
    const bool isMessage = told.form == StateForm::Message;
    const bool isStrip = told.form == StateForm::Strip || isSnapshot();
    if (isStrip && isMessage)
        m_strip->tell(wordsFor(*m_connection, m_format), {});
    else if (isStrip)
        m_strip->tell(told, buttons);
    if (isMessage)
        m_message->tell(told, buttons);
    m_strip->setVisible(isStrip);
    m_stack->setCurrentWidget(isMessage ? static_cast<QWidget*>(m_message) : m_content);
    if (isTimed(state()))
        m_ticks.start();
    else
        m_ticks.stop();
}

void StatePane::onPressed(StateButton button)
{
    if (button == StateButton::CopyCommand)
        QGuiApplication::clipboard()->setText(words().command);
    emit pressed(button);
}

} // namespace layerhold::gui
