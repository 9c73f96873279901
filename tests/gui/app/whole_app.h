// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/service_link.h"
#include "gui/support/fake_client.h"
#include "gui/support/fixtures.h"
#include "widgets/page.h"
#include "widgets/pages/all_pages.h"

#include <QApplication>
#include <QDialog>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

namespace layerhold::gui::test {

/// The app as its user has it: all pages and what connects them, to a service that the test scripts. The clock stands.
struct WholeApp
{
    using MakeFixture = std::shared_ptr<FakeStore> (*)(Moment);
    static constexpr Moment noon{std::chrono::hours(500'004)};
    static constexpr int patience = 30'000; // ms

    explicit WholeApp(MakeFixture make)
        : store(make(noon))
    {
        addPages(window, context);
        window.show();
        // Without, no widget has the focus.
        window.activateWindow();
        [[maybe_unused]] const bool isActive = QTest::qWaitForWindowActive(&window);
    }

    /// What the connection opens: refused, or a client of the store, the first calls of which may be held.
    QFuture<std::shared_ptr<CacheClient>> open(const Target& /*target*/)
    {
        QPromise<std::shared_ptr<CacheClient>> promise;
        promise.start();
        if (refusal) {
            promise.setException(*refusal);
        } else {
            auto fresh = std::make_shared<FakeClient>(store);
            fresh->batchSize = batchSize;
            fresh->mostListed = mostListed;
            client = fresh.get();
            promise.addResult(std::shared_ptr<CacheClient>(std::move(fresh)));
        }
        promise.finish();
        return promise.future();
    }

    /// As the start of the app does; false: nothing came of it.
    [[nodiscard]] bool connect()
    {
        link.connectTo(QStringLiteral("here"), places.target({}));
        return QTest::qWaitFor([this] { return client && link.connection()->client() == client; }, patience);
    }

    void show(const char* page) { window.showPage(QString::fromLatin1(page)); }

    Page& page() const { return *window.currentPage(); }

    QString stateKey() const { return page().pane().words().key; }

    /// All that was asked is answered, and the page in front shows it; events are followed without end.
    [[nodiscard]] bool settle() const
    {
        const auto isQuiet = [this] {
            return client && client->openCount() == client->openCount(QStringLiteral("followEvents")) &&
                   stateKey() != QLatin1String("loading");
        };
        const bool isSettled = QTest::qWaitFor(isQuiet, patience);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        return isSettled;
    }

    void trigger(const char* action) { context.actions().action(QString::fromLatin1(action))->trigger(); }

    template <class Widget>
    Widget* find(const char* name) const
    {
        return window.findChild<Widget*>(QString::fromLatin1(name));
    }

    QTemporaryDir folder;
    Settings settings{folder.filePath(QStringLiteral("gui.conf"))};
    AppContext context{settings, {.locale = QLocale::c(), .zone = QTimeZone::utc(), .now = [] { return noon; }}};
    Theme theme{*static_cast<QApplication*>(QCoreApplication::instance())};
    std::shared_ptr<FakeStore> store;
    std::optional<CallError> refusal;
    int batchSize = 1000;
    std::size_t mostListed = std::numeric_limits<std::size_t>::max();
    QPointer<FakeClient> client; ///< the last one that was opened
    UsualPlaces places{.systemSocket = folder.filePath(QStringLiteral("none.sock")),
                       .ownSocket = {},
                       .root = folder.filePath(QStringLiteral("cache")),
                       .ownRoot = folder.filePath(QStringLiteral("cache"))};
    MainWindow window{context, theme};
    ServiceLink link{window, context, [this](const Target& target) { return open(target); }, places};
};

/// As somebody does who has nothing but keys: to whatever has the focus.
inline void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(static_cast<QWidget*>(nullptr), key, modifiers);
}

inline void type(const QString& text)
{
    QTest::keyClicks(static_cast<QWidget*>(nullptr), text);
}

/// Goes on by Tab until what is called so has the focus; false: Tab does not lead there.
[[nodiscard]] inline bool tabTo(const char* name)
{
    constexpr int mostSteps = 200;
    for (int step = 0; step < mostSteps; ++step) {
        const QWidget* focus = QApplication::focusWidget();
        if (focus && focus->objectName() == QLatin1String(name))
            return true;
        press(Qt::Key_Tab);
    }
    return false;
}

/// The dialog that is open; nullptr: none is.
inline QDialog* openDialog()
{
    for (QWidget* top : QApplication::topLevelWidgets())
        if (auto* dialog = qobject_cast<QDialog*>(top); dialog && dialog->isVisible())
            return dialog;
    return nullptr;
}

} // namespace layerhold::gui::test
