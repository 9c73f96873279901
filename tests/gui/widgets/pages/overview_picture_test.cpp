// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/look.h"
#include "gui/widgets/page_rig.h"
#include "widgets/pages/metrics/chart_board.h"
#include "widgets/pages/metrics_page.h"
#include "widgets/pages/overview_page.h"

#include <QAbstractButton>
#include <QDir>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;

namespace {

/// Buttons that are too narrow for what they say.
QStringList clippedIn(const QWidget& top)
{
    QStringList clipped;
    for (const QAbstractButton* button : top.findChildren<QAbstractButton*>())
        if (button->isVisible() && !button->text().isEmpty() &&
            (button->width() < button->sizeHint().width() || button->height() < button->sizeHint().height()))
            clipped.append(button->text());
    return clipped;
}

/// The pictures stay beside the test, for people to look at.
void picture(QWidget& widget, const QString& name, const Look& look)
{
    const QDir folder(QCoreApplication::applicationDirPath() + u"/pictures"_s);
    QVERIFY(folder.mkpath(u"."_s));
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    const QPixmap seen = widget.grab();
    const QString kind = look.kind == Look::Kind::Light ? u"light"_s : u"dark"_s;
    QVERIFY(seen.save(folder.filePath(u"%1-%2.png"_s.arg(name, kind))));
    QCOMPARE(clippedIn(widget), QStringList());
}

std::shared_ptr<FakeStore> emptyStore(Moment now)
{
    auto store = fixtures::tiny(now);
    store->blobs.clear();
    store->claims.clear();
    store->trash.clear();
    store->status.engines.clear();
    store->status.ingestCount = 0;
    return store;
}

} // namespace

/// Paints the pages in both palettes, and in the smallest window.
class OverviewPictureTest final : public QObject
{
    Q_OBJECT

private slots:

    void cleanup() { QApplication::setPalette(QPalette()); }

    void overview_data() { looks(); }

    void overview();

    void firstRun_data() { looks(); }

    void firstRun();

    void metrics_data() { looks(); }

    void metrics();

private:
    static void looks()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<const Look*>("look");
        for (const QSize size : {QSize(1440, 900), QSize(960, 600)})
            for (const Look* look : {&lightLook(), &darkLook()})
                QTest::addRow("%d, %s", size.width(), look->kind == Look::Kind::Light ? "light" : "dark")
                    << size << look;
    }

    static QString nameOf(const QString& page, QSize size) { return size.width() < 1000 ? page + u"-small"_s : page; }
};

void OverviewPictureTest::overview()
{
    QFETCH(const QSize, size);
    QFETCH(const Look*, look);
    QApplication::setPalette(toQPalette(*look));
    auto store = fixtures::typical(PageRig<OverviewPage>::noon);
    store->checks.push_back({"scrubbing", "warn", "The blob that waits longest was hashed 12 days ago.",
                             "Raise scrub_rate, or run layerhold verify."});
    PageRig<OverviewPage> rig(store);
    rig.window.resize(size);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(rig.client.count(u"diagnose"_s) > 0 && !rig.page->isAsking(), 20000);
    QCOMPARE(rig.stateKey(), u"ready"_s);
    picture(rig.window, nameOf(u"overview"_s, size), *look);
}

void OverviewPictureTest::firstRun()
{
    QFETCH(const QSize, size);
    QFETCH(const Look*, look);
    QApplication::setPalette(toQPalette(*look));
    PageRig<OverviewPage> rig(emptyStore(PageRig<OverviewPage>::noon));
    rig.window.resize(size);
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"empty_store"_s, 20000);
    picture(rig.window, nameOf(u"first-run"_s, size), *look);
}

void OverviewPictureTest::metrics()
{
    QFETCH(const QSize, size);
    QFETCH(const Look*, look);
    QApplication::setPalette(toQPalette(*look));
    PageRig<MetricsPage> rig(fixtures::typical(PageRig<MetricsPage>::noon));
    rig.window.resize(size);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(rig.stateKey() == u"ready"_s && !rig.page->isAsking(), 20000);
    rig.page->board().axis().setCrosshair(PageRig<MetricsPage>::noon - std::chrono::hours(6));
    rig.page->board().axis().setSelection(PageRig<MetricsPage>::noon - std::chrono::hours(10),
                                          PageRig<MetricsPage>::noon - std::chrono::minutes(423));
    picture(rig.window, nameOf(u"metrics"_s, size), *look);
    rig.page->setForm(MetricsPage::Form::Table);
    picture(rig.window, nameOf(u"metrics-table"_s, size), *look);
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::OverviewPictureTest)
#include "overview_picture_test.moc"
