// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/service_link.h"
#include "widgets/page.h"
#include "widgets/pages/cleanup_pages.h"
#include "widgets/pages/image_pages.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <future>

namespace layerhold::gui::test {

/// Milliseconds for whatever is waited for: both cores may be busy with something else.
constexpr int patience = 60'000;

/// What `work` gives, which blocks: it runs in a thread of its own, while the app goes on in this one.
template <class Work>
auto beside(Work work)
{
    auto result = std::async(std::launch::async, std::move(work));
    while (result.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        QTest::qWait(10);
    return result.get();
}

/// The app with the pages of images and of cleanup, connected to a daemon, and the hands of its user: presses of mouse
/// and keys go to the window as those of the window system do, and reach whatever is there.
class LiveWindow
{
public:
    explicit LiveWindow(const QString& socket);

    /// False: the window could not become the active one.
    bool show();

    MainWindow& window() { return m_window; }

    AppContext& context() { return m_context; }

    const CleanupPages& cleanupPages() const { return m_cleanup; }

    Connection::State connectionState() const { return m_link.connection()->state(); }

    /// A key, for what has the focus.
    void press(const QKeySequence& key);
    /// Goes to a page by its key.
    void goTo(const QString& page);
    /// Clicks on a widget with the mouse, once it is enabled and in sight. False: that was not so in time.
    bool click(QWidget* widget, QPoint place);
    /// On a button of the page in front.
    bool click(const char* name);

    /// The widget of a name on the page in front; nullptr: there is none.
    template <class Widget>
    Widget* find(const char* name) const
    {
        return m_window.currentPage()->findChild<Widget*>(QString::fromLatin1(name));
    }

    QString text(const char* name) const { return find<QLabel>(name)->text(); }

    QString tip(const char* name) const { return find<QWidget>(name)->toolTip(); }

    /// "ready", "stale", …: of the page in front.
    QString stateKey() const;

private:
    QTemporaryDir m_folder;
    Settings m_settings{m_folder.filePath(QStringLiteral("gui.conf"))};
    AppContext m_context{m_settings, {}};
    Theme m_theme{*static_cast<QApplication*>(QCoreApplication::instance())};
    MainWindow m_window{m_context, m_theme};
    CleanupPages m_cleanup;
    ServiceLink m_link;
};

} // namespace layerhold::gui::test
