// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "integration/gui_live/live_window.h"

#include "client/remote_client.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QWindow>

namespace layerhold::gui::test {

LiveWindow::LiveWindow(const QString& socket)
    : m_link(m_window, m_context, RemoteClient::open, UsualPlaces{})
{
    addImagePages(m_window, m_context);
    m_cleanup = addCleanupPages(m_window, m_context);
    Target target;
    target.socket = socket;
    m_link.connectTo({}, target);
}

bool LiveWindow::show()
{
    m_window.restoreAndShow();
    m_window.activateWindow();
    return QTest::qWaitForWindowExposed(&m_window, patience) && QTest::qWaitForWindowActive(&m_window, patience);
}

void LiveWindow::press(const QKeySequence& key)
{
    QTest::keySequence(m_window.windowHandle(), key);
}

void LiveWindow::goTo(const QString& page)
{
    press(m_context.actions().action(QStringLiteral("go.") + page)->shortcut());
}

bool LiveWindow::click(QWidget* widget, QPoint place)
{
    const auto isReady = [&] { return widget->isVisible() && widget->isEnabled(); };
    if (!QTest::qWaitFor(isReady, patience))
        return false;
    // What was shown just now has its place only after the layout.
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    const QPoint inWindow = widget->mapTo(&m_window, place);
    if (m_window.childAt(inWindow) != widget)
        return false;
    QTest::mouseClick(m_window.windowHandle(), Qt::LeftButton, {}, inWindow);
    return true;
}

bool LiveWindow::click(const char* name)
{
    auto* button = find<QAbstractButton>(name);
    if (!button)
        return false;
    // A check box is as wide as its room, and takes clicks only where it shows something.
    const bool isBox = qobject_cast<QCheckBox*>(button);
    return click(button, isBox ? QPoint(12, button->height() / 2) : button->rect().center());
}

QString LiveWindow::stateKey() const
{
    return m_window.currentPage()->pane().words().key;
}

} // namespace layerhold::gui::test
