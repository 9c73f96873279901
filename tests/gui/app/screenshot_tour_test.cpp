// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "app/screenshot_tour.h"
#include "widgets/page.h"
#include "widgets/pages/all_pages.h"

#include <QDir>
#include <QTemporaryDir>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;

struct TourWindow
{
    TourWindow() { addPages(window, context); }

    QTemporaryDir folder;
    Settings settings{{}};
    AppContext context{settings, {}};
    Theme theme{*qApp};
    MainWindow window{context, theme};
};

class ScreenshotTourTest final : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void showsEveryPageAndState();
    void saysWhatItCannotDo();
};

void ScreenshotTourTest::cleanup()
{
    QApplication::setPalette(QPalette());
}

void ScreenshotTourTest::showsEveryPageAndState()
{
    TourWindow rig;
    QCOMPARE(takeScreenshotTour(rig.window, rig.theme, rig.folder.path(), u"typical"_s), QString());
    QStringList names{u"cleanup-plan"_s, u"cleanup-run"_s, u"cleanup-result"_s};
    for (const Page* page : rig.window.pages())
        names.append(page->id());
    for (const char* state : {"never_connected", "connecting", "loading", "empty_store", "nothing_matches", "partial",
                              "stale", "no_permission", "wrong_version", "failed", "snapshot"})
        names.append(u"entries-"_s + QString::fromLatin1(state));
    QStringList expected;
    for (const QString& name : std::as_const(names))
        expected << name + u"-dark.png"_s << name + u"-light.png"_s;
    expected.sort();
    QStringList found = QDir(rig.folder.path()).entryList(QDir::Files);
    found.sort();
    QCOMPARE(found, expected);
}

void ScreenshotTourTest::saysWhatItCannotDo()
{
    TourWindow rig;
    QVERIFY(takeScreenshotTour(rig.window, rig.theme, rig.folder.path(), u"vast"_s).contains(u"no fixture vast"_s));
    QFile file(rig.folder.filePath(u"file"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    const QString below = file.fileName() + u"/tour"_s;
    QVERIFY(takeScreenshotTour(rig.window, rig.theme, below, u"tiny"_s).contains(below));
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::ScreenshotTourTest)
#include "screenshot_tour_test.moc"
