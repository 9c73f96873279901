// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/look.h"
#include "gui/widgets/clipped.h"
#include "gui/widgets/page_rig.h"
#include "widgets/pages/compare_view.h"
#include "widgets/pages/image_pane.h"
#include "widgets/pages/images_page.h"
#include "widgets/pages/tag_history_pane.h"
#include "widgets/pages/tags_page.h"

#include <QDir>
#include <QTreeView>

#include <set>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;

namespace {

std::size_t lanesIn(const TagTimelineView& timeline)
{
    std::set<std::string> references;
    for (int item = 0; item < timeline.itemCount(); ++item)
        references.insert(timeline.laneOf(item).reference);
    return references.size();
}

/// The pictures stay beside the test, for people to look at.
void picture(QWidget& widget, const QString& name, const Look& look)
{
    const QDir folder(QCoreApplication::applicationDirPath() + u"/pictures"_s);
    QVERIFY(folder.mkpath(u"."_s));
    // What was laid out anew by now.
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    const QPixmap seen = widget.grab();
    const QString kind = look.kind == Look::Kind::Light ? u"light"_s : u"dark"_s;
    QVERIFY(seen.save(folder.filePath(u"%1-%2.png"_s.arg(name, kind))));
    QCOMPARE(clippedIn(widget), QString());
}

} // namespace

/// Paints the pages in both palettes and in the smallest window.
class PagesPictureTest final : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void images_data();
    void images();
    void tags_data();
    void tags();
    void comparison_data();
    void comparison();

private:
    static void looks(const char* name, QSize size);
};

void PagesPictureTest::cleanup()
{
    QApplication::setPalette(QPalette());
}

void PagesPictureTest::looks(const char* name, QSize size)
{
    for (const Look* look : {&lightLook(), &darkLook()})
        QTest::addRow("%s, %s", name, look->kind == Look::Kind::Light ? "light" : "dark")
            << QString::fromLatin1(name) << size << look;
}

void PagesPictureTest::images_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<const Look*>("look");
    looks("images", {1440, 900});
    looks("images-small", {960, 600});
}

void PagesPictureTest::images()
{
    QFETCH(const QString, name);
    QFETCH(const QSize, size);
    QFETCH(const Look*, look);
    QApplication::setPalette(toQPalette(*look));
    PageRig<ImagesPage> rig(fixtures::typical(PageRig<ImagesPage>::noon));
    rig.window.resize(size);
    rig.connectService();
    QTRY_COMPARE(rig.stateKey(), u"ready"_s);
    rig.page->view().setFocus();
    const auto& images = rig.client.store->images;
    const auto index = std::ranges::find_if(
        images, [](const ImageRecord& image) { return image.kind == "index" && !image.names.empty(); });
    QVERIFY(index != images.end());
    rig.page->open(QString::fromStdString(index->digest));
    rig.page->view().expand(rig.page->view().currentIndex());
    QTRY_VERIFY(rig.page->imagePane().layers().itemCount() > 0);
    QTRY_COMPARE(rig.client.openCount(), 0);
    picture(rig.window, name, *look);
}

void PagesPictureTest::tags_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<const Look*>("look");
    looks("tags", {1440, 900});
    looks("tags-small", {960, 600});
}

void PagesPictureTest::tags()
{
    QFETCH(const QString, name);
    QFETCH(const QSize, size);
    QFETCH(const Look*, look);
    QApplication::setPalette(toQPalette(*look));
    PageRig<TagsPage> rig(fixtures::tags(PageRig<TagsPage>::noon));
    rig.window.resize(size);
    rig.connectService();
    QTRY_COMPARE(rig.stateKey(), u"ready"_s);
    TagHistoryPane& history = rig.page->history();
    QTRY_VERIFY(history.timeline().itemCount() > 0);
    QTRY_COMPARE(rig.client.openCount(), 0);
    QTRY_COMPARE(lanesIn(history.timeline()), rig.client.store->tags.size());
    picture(rig.window, name + u"-all"_s, *look);
    rig.page->open(u"docker.io/library/app00:latest"_s);
    QTRY_COMPARE(history.timeline().laneOf(0).reference, std::string("docker.io/library/app00:latest"));
    history.timeline().setFocus();
    history.timeline().setCurrentItem(history.timeline().itemCount() - 2);
    QTest::keyClick(&history.timeline(), Qt::Key_Space);
    picture(rig.window, name + u"-one"_s, *look);
    history.setForm(TagHistoryPane::Form::List);
    history.list().setCurrentIndex(history.list().model()->index(2, 0));
    picture(rig.window, name + u"-list"_s, *look);
}

void PagesPictureTest::comparison_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<const Look*>("look");
    looks("comparison", {900, 620});
}

void PagesPictureTest::comparison()
{
    QFETCH(const QString, name);
    QFETCH(const QSize, size);
    QFETCH(const Look*, look);
    QApplication::setPalette(toQPalette(*look));
    PageRig<ImagesPage> rig(fixtures::typical(PageRig<ImagesPage>::noon));
    const auto& images = rig.client.store->images;
    CompareView view(rig.context, &rig.client, {});
    view.resize(size);
    view.setBackgroundRole(QPalette::Window);
    view.show();
    view.compare({.name = QString::fromStdString(images[0].digest), .reference = {}},
                 {.name = QString::fromStdString(images[1].digest), .reference = {}});
    QTRY_VERIFY(view.comparison().isKnownA && view.comparison().isKnownB);
    picture(view, name, *look);
    view.compare(
        {.name = QString::fromStdString(fixtures::digestOf("gone")), .reference = u"docker.io/library/node:1"_s},
        {.name = QString::fromStdString(images[1].digest), .reference = {}});
    QTRY_VERIFY(!view.comparison().isKnownA && rig.client.openCount() == 0);
    picture(view, name + u"-gone"_s, *look);
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::PagesPictureTest)
#include "pages_picture_test.moc"
