// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/support/fake_client.h"
#include "gui/support/fixtures.h"
#include "gui/widgets/nameless.h"
#include "widgets/main_window.h"
#include "widgets/page.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

namespace layerhold::gui::test {

/// One page in a window as the app makes it, with a service that the test scripts and a clock that stands.
template <class PageUnderTest>
struct PageRig
{
    static constexpr Moment noon{std::chrono::hours(500'004)};

    explicit PageRig(std::shared_ptr<FakeStore> store)
        : client(std::move(store))
        , page(new PageUnderTest(context))
    {
        window.addPage(page);
        window.resize(1440, 900);
        window.show();
        // Without, no widget has the focus.
        window.activateWindow();
        [[maybe_unused]] const bool isActive = QTest::qWaitForWindowActive(&window);
    }

    void connectService(std::optional<PageState> hindrance = {})
    {
        window.showService({.name = QStringLiteral("test"),
                            .text = QStringLiteral("Connected"),
                            .client = &client,
                            .hindrance = std::move(hindrance),
                            .reason = {}});
    }

    /// As the app does when the connection is lost.
    void loseService()
    {
        window.showService(
            {.name = QStringLiteral("test"),
             .text = QStringLiteral("Trying again…"),
             .client = nullptr,
             .hindrance = state::Stale{.asOf = noon, .retryAt = noon + std::chrono::seconds(4), .reason = {}},
             .reason = QStringLiteral("The connection is lost.")});
    }

    QString stateKey() const { return page->pane().words().key; }

    void trigger(const char* action) { context.actions().action(QString::fromLatin1(action))->trigger(); }

    QString reason(const char* action)
    {
        context.actions().update();
        return context.actions().reason(QString::fromLatin1(action));
    }

    QTemporaryDir folder;
    Settings settings{folder.filePath(QStringLiteral("gui.conf"))};
    AppContext context{settings, {.locale = QLocale::c(), .zone = QTimeZone::utc(), .now = [] { return noon; }}};
    Theme theme{*static_cast<QApplication*>(QCoreApplication::instance())};
    FakeClient client;
    MainWindow window{context, theme};
    PageUnderTest* page;
};

/// Whether a text would break a line, turn it around, or be taken for something that nobody sees.
inline bool isFitToShow(const QString& text)
{
    for (const QChar character : text)
        if (character.category() == QChar::Other_Control || character.category() == QChar::Other_Format)
            return false;
    return true;
}

} // namespace layerhold::gui::test
