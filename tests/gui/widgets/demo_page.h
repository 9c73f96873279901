// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/support/fake_client.h"
#include "widgets/main_window.h"
#include "widgets/page.h"

#include <QApplication>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>

#include <memory>

namespace layerhold::gui::test {

/// A page with a filter and a table, as the real ones have.
class DemoPage final : public Page
{
    Q_OBJECT

public:
    explicit DemoPage(AppContext& context, const QString& id = QStringLiteral("demo"))
        : Page(context, {id, QStringLiteral("Demo"), QStringLiteral("entries")})
        , m_rows(20, 3)
        , m_table(new QTableView)
        , m_field(new QLineEdit)
    {
        for (int row = 0; row < m_rows.rowCount(); ++row)
            for (int column = 0; column < m_rows.columnCount(); ++column)
                m_rows.setItem(row, column, new QStandardItem(QStringLiteral("cell %1.%2").arg(row).arg(column)));
        m_table->setModel(&m_rows);
        m_table->setAccessibleName(QStringLiteral("Rows"));
        m_table->setEditTriggers(QTableView::NoEditTriggers);
        m_field->setAccessibleName(QStringLiteral("Filter"));
        m_field->setPlaceholderText(QStringLiteral("Filter"));
        setFilterLine(m_field);
        setContent(m_table);
        actions().attachTo(m_table);
        for (const char* action : {"entry.whyKept", "entry.usedBy", "entry.planRemoval", "view.form", "view.toggle"})
            actions().bind(QString::fromLatin1(action), this,
                           [this, action] { done.append(QString::fromLatin1(action)); });
    }

    void refresh() override { ++refreshed; }

    void open(const QString& entity) override { opened = entity; }

    QLineEdit* filterField() const override { return m_field; }

    QTableView& table() { return *m_table; }

    using Page::setBadge;
    using Page::setTrail;

    int refreshed = 0;
    QString opened;
    QStringList done; ///< the actions that came here

private:
    QStandardItemModel m_rows;
    QTableView* m_table;
    QLineEdit* m_field;
};

/// A window as the app makes it, with settings of its own and a clock that stands.
struct Shell
{
    explicit Shell(int pages = 1)
    {
        for (int page = 0; page < pages; ++page) {
            demos.push_back(new DemoPage(context, QStringLiteral("demo%1").arg(page)));
            window.addPage(demos.back());
        }
    }

    DemoPage& demo(std::size_t number = 0) { return *demos[number]; }

    QTemporaryDir folder;
    Moment now{std::chrono::hours(500'000)};
    Settings settings{folder.filePath(QStringLiteral("gui.conf"))};
    AppContext context{settings, {.locale = QLocale::c(), .zone = QTimeZone::utc(), .now = [this] { return now; }}};
    Theme theme{*static_cast<QApplication*>(QCoreApplication::instance())};
    MainWindow window{context, theme};
    std::vector<DemoPage*> demos;
};

} // namespace layerhold::gui::test
