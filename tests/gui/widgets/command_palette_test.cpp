// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/demo_page.h"
#include "widgets/command_palette.h"
#include "widgets/pages/name_index.h"

#include <QAbstractItemModelTester>
#include <QListView>

#include <algorithm>

namespace layerhold::gui::test {

/// A million names, as the app has at most.
class Names final : public PaletteSource
{
public:
    explicit Names(int count)
    {
        m_names.reserve(static_cast<std::size_t>(count));
        for (int number = 0; number < count; ++number)
            m_names.push_back(nameOf(number));
    }

    static QString nameOf(int number)
    {
        return QStringLiteral("docker.io/team%1/app-%2:v3").arg(number % 500).arg(number);
    }

    std::vector<PaletteEntity> find(const QStringList& words, std::size_t limit) const override
    {
        std::vector<PaletteEntity> found;
        for (const QString& name : m_names) {
            if (found.size() == limit)
                break;
            if (std::ranges::all_of(words, [&name](const QString& word) { return name.contains(word); }))
                found.push_back(
                    {.text = name, .detail = QStringLiteral("Tag"), .page = QStringLiteral("demo0"), .entity = name});
        }
        return found;
    }

private:
    std::vector<QString> m_names;
};

/// Everything can be found by what it is called.
class CommandPaletteTest final : public QObject
{
    Q_OBJECT

private slots:
    void findsEveryActionByTwoWords();
    void findsEntities();
    void listsDisabledOnesWithTheirReason();
    void worksByKeysAlone();
    void findsNothingSaysSo();
    void namesWithTheLeastBesideTheWordsComeFirst();

private:
    static int rowOf(const PaletteModel& model, const QString& text)
    {
        for (int row = 0; row < model.rowCount(); ++row)
            if (model.index(row).data().toString() == text)
                return row;
        return -1;
    }
};

void CommandPaletteTest::findsEveryActionByTwoWords()
{
    Shell shell(2);
    PaletteModel model(shell.context);
    qint64 longest = 0;
    for (const ActionSpec& spec : shell.context.actions().all()) {
        const QString text = plainActionText(spec.text);
        const QStringList words = text.split(QLatin1Char(' '));
        const QString query = words.last().left(4).toUpper() + QStringLiteral("  ") + words.first().left(4);
        QElapsedTimer time;
        time.start();
        model.find(query);
        longest = std::max(longest, time.elapsed());
        QVERIFY2(rowOf(model, text) >= 0, qUtf8Printable(query));
    }
    qInfo("an action is found within %lld ms", static_cast<long long>(longest));
}

void CommandPaletteTest::findsEntities()
{
    Shell shell;
    const Names names(100'000);
    shell.context.addPaletteSource(const_cast<Names*>(&names));
    PaletteModel model(shell.context);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (int sample = 0; sample < 20; ++sample) {
        const int number = sample * 4'999;
        model.find(QStringLiteral("app-%1: team%2/").arg(number).arg(number % 500));
        const int row = rowOf(model, Names::nameOf(number));
        QVERIFY(row >= 0);
        QVERIFY(model.run(row, shell.context));
        QCOMPARE(shell.demo().opened, Names::nameOf(number));
    }
    model.find(QStringLiteral("docker"));
    QVERIFY(model.rowCount() <= 60);
    shell.context.removePaletteSource(const_cast<Names*>(&names));
    model.find(QStringLiteral("team1/ app"));
    QCOMPARE(model.rowCount(), 0);
}

void CommandPaletteTest::listsDisabledOnesWithTheirReason()
{
    Shell shell;
    PaletteModel model(shell.context);
    model.find(QStringLiteral("why kept"));
    const int row = rowOf(model, QStringLiteral("Why is this kept?"));
    QVERIFY(row >= 0);
    QCOMPARE(model.index(row).data(PaletteModel::EnabledRole).toBool(), false);
    QCOMPARE(model.index(row).data(PaletteModel::DetailRole).toString(),
             QStringLiteral("There is no connection to a service."));
    QVERIFY(!model.run(row, shell.context));
    QCOMPARE(shell.demo().done, QStringList());
}

void CommandPaletteTest::worksByKeysAlone()
{
    Shell shell(2);
    shell.window.show();
    QVERIFY(QTest::qWaitForWindowActive(&shell.window));
    QTest::keyClick(&shell.window, Qt::Key_K, Qt::ControlModifier);
    auto* palette = shell.window.findChild<CommandPalette*>();
    QVERIFY(palette->isVisible());
    auto* query = palette->findChild<QLineEdit*>();
    auto* list = palette->findChild<QListView*>();
    QTest::keyClicks(query, QStringLiteral("demo go"));
    QCOMPARE(list->model()->rowCount(), 2);
    QTest::keyClick(query, Qt::Key_Down);
    QCOMPARE(list->currentIndex().row(), 1);
    QTest::keyClick(query, Qt::Key_Return);
    QVERIFY(!palette->isVisible());
    QCOMPARE(shell.window.currentPage(), &shell.demo(1));
    QTest::keyClick(&shell.window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(palette->isVisible());
    QCOMPARE(query->text(), QString());
    QTest::keyClick(query, Qt::Key_Escape);
    QVERIFY(!palette->isVisible());
}

void CommandPaletteTest::findsNothingSaysSo()
{
    Shell shell;
    PaletteModel model(shell.context);
    model.find(QStringLiteral("zzz yyy"));
    QCOMPARE(model.rowCount(), 0);
}

void CommandPaletteTest::namesWithTheLeastBesideTheWordsComeFirst()
{
    NameIndex index;
    const auto add = [&index](const QString& name) {
        index.add({.text = name, .detail = {}, .page = {}, .entity = name});
    };
    for (int number = 0; number < 100; ++number)
        add(QStringLiteral("docker.io/library/node:%1-alpine").arg(number));
    add(QStringLiteral("node:20"));
    add(QStringLiteral("Node"));
    add(QStringLiteral("node:21"));
    const auto found = index.find({QStringLiteral("node")}, 3);
    QCOMPARE(found.size(), std::size_t(3));
    QCOMPARE(found[0].text, QStringLiteral("Node"));
    QCOMPARE(found[1].text, QStringLiteral("node:20"));
    QCOMPARE(found[2].text, QStringLiteral("node:21"));
    QCOMPARE(index.find({QStringLiteral("node")}, 1000).size(), std::size_t(103));
    QVERIFY(index.find({}, 3).empty());
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::CommandPaletteTest)
#include "command_palette_test.moc"
