// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme.h"

#include "charts/look.h"

#include <QApplication>
#include <QEvent>
#include <QStyle>

namespace layerhold::gui {

Theme::Theme(QApplication& app)
    : m_app(app)
    , m_systemStyle(QApplication::style()->name())
{
    app.installEventFilter(this);
}

void Theme::apply(ThemeChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    const QString style = choice == ThemeChoice::System ? m_systemStyle : QStringLiteral("fusion");
    if (QApplication::style()->name() != style)
        QApplication::setStyle(style);
    switch (choice) {
    case ThemeChoice::System:
        // An empty palette is the one of the desktop.
        QApplication::setPalette(QPalette());
        break;
    case ThemeChoice::Light:
        QApplication::setPalette(toQPalette(lightLook()));
        break;
    case ThemeChoice::Dark:
        QApplication::setPalette(toQPalette(darkLook()));
        break;
    }
}

ThemeChoice Theme::choice() const
{
    return m_choice;
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_app && event->type() == QEvent::ApplicationPaletteChange)
        emit changed();
    return QObject::eventFilter(watched, event);
}

} // namespace layerhold::gui
