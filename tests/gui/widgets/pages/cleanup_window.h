// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/support/fake_client.h"
#include "gui/support/fixtures.h"
#include "gui/widgets/nameless.h"
#include "widgets/main_window.h"
#include "widgets/pages/cleanup/last_run.h"
#include "widgets/pages/cleanup/plan_step.h"
#include "widgets/pages/cleanup/policy_step.h"
#include "widgets/pages/cleanup/run_result.h"
#include "widgets/pages/cleanup/run_step.h"
#include "widgets/pages/cleanup_page.h"
#include "widgets/pages/cleanup_pages.h"
#include "widgets/pages/events_page.h"
#include "widgets/pages/record_view.h"
#include "widgets/pages/trash_page.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

namespace layerhold::gui::test {

/// A window with the pages of cleanup, and a cache that answers it.
struct CleanupWindow
{
    using MakeFixture = fixtures::Fixture (*)(Moment);

    explicit CleanupWindow(MakeFixture make)
        : client(make(now))
    {
        window.resize(1280, 800);
        window.show();
    }

    void connectClient() { window.showService({.name = "here", .text = "Connected", .client = &client}); }

    FakeStore& store() { return *client.store; }

    CleanupPage& cleanup() const { return *pages.cleanup; }

    PlanStep& plan() const { return cleanup().planStep(); }

    void show(const char* page, const QString& entity = {}) { window.showPage(QString::fromLatin1(page), entity); }

    /// Connected, and a plan is there to look at.
    [[nodiscard]] bool preview()
    {
        connectClient();
        show("cleanup", QStringLiteral("preview"));
        return QTest::qWaitFor([this] { return plan().isComplete() && plan().removals().totals().freed.has_value(); });
    }

    template <class Widget>
    Widget* find(const char* name) const
    {
        return window.findChild<Widget*>(QString::fromLatin1(name));
    }

    void press(const char* name) const { find<QPushButton>(name)->click(); }

    /// Presses the button of the third step, once it can be pressed.
    [[nodiscard]] bool run() const
    {
        auto* button = find<QPushButton>("runButton");
        const bool canRun = QTest::qWaitFor([button] { return button->isEnabled(); });
        button->click();
        return canRun;
    }

    /// As the app does when the connection is lost.
    void loseClient() { window.showService({.name = "here", .reason = "The connection is lost."}); }

    QString text(const char* name) const { return find<QLabel>(name)->text(); }

    /// The row of an item to remove; -1: there is none.
    int rowOf(const std::string& name) const
    {
        for (int row = 0; row < plan().removals().rowCount(); ++row)
            if (plan().removals().recordAt(row).name == name)
                return row;
        return -1;
    }

    void tick(const std::string& name, Qt::CheckState state) const
    {
        PlanModel& model = plan().removals();
        model.setData(model.index(rowOf(name), PlanModel::Entry), state, Qt::CheckStateRole);
    }

    QTemporaryDir folder;
    Moment now{std::chrono::hours(500'000)};
    Settings settings{folder.filePath(QStringLiteral("gui.conf"))};
    AppContext context{settings, {.locale = QLocale::c(), .zone = QTimeZone::utc(), .now = [this] { return now; }}};
    Theme theme{*static_cast<QApplication*>(QCoreApplication::instance())};
    FakeClient client;
    MainWindow window{context, theme};
    CleanupPages pages = addCleanupPages(window, context);
};

} // namespace layerhold::gui::test
