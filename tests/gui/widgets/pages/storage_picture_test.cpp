// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/look.h"
#include "gui/widgets/page_rig.h"
#include "widgets/pages/access/access_question.h"
#include "widgets/pages/access_page.h"
#include "widgets/pages/record_view.h"
#include "widgets/pages/storage/map_controls.h"
#include "widgets/pages/storage/storage_tree_view.h"
#include "widgets/pages/storage_page.h"

#include <QAbstractButton>
#include <QDir>
#include <QSignalSpy>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;

/// The pictures stay beside the test, for people to look at.
void picture(QWidget& widget, const QString& name, const Look& look)
{
    const QDir folder(QCoreApplication::applicationDirPath() + u"/pictures"_s);
    QVERIFY(folder.mkpath(u"."_s));
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    const QString kind = look.kind == Look::Kind::Light ? u"light"_s : u"dark"_s;
    QVERIFY(widget.grab().save(folder.filePath(u"%1-%2.png"_s.arg(name, kind))));
    QStringList clipped;
    for (const QAbstractButton* button : widget.findChildren<QAbstractButton*>())
        if (button->isVisible() && !button->text().isEmpty() &&
            (button->width() < button->sizeHint().width() || button->height() < button->sizeHint().height()))
            clipped.append(button->text());
    QCOMPARE(clipped, QStringList());
}

} // namespace

/// Paints the pages Storage and Access in both palettes, by each rule and with each meaning of colours.
class StoragePictureTest final : public QObject
{
    Q_OBJECT

private slots:

    void cleanup() { QApplication::setPalette(QPalette()); }

    void storage_data() { looks(); }

    void storage();

    void access_data() { looks(); }

    void access();

private:
    static void looks()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<const Look*>("look");
        for (const Look* look : {&lightLook(), &darkLook()}) {
            const char* kind = look->kind == Look::Kind::Light ? "light" : "dark";
            QTest::addRow("%s", kind) << QSize(1440, 900) << QString() << look;
            QTest::addRow("%s, small", kind) << QSize(960, 600) << u"-small"_s << look;
        }
    }
};

void StoragePictureTest::storage()
{
    QFETCH(const QSize, size);
    QFETCH(const QString, suffix);
    QFETCH(const Look*, look);
    QApplication::setPalette(toQPalette(*look));
    PageRig<StoragePage> rig(fixtures::typical(PageRig<StoragePage>::noon));
    rig.window.resize(size);
    rig.connectService();
    StorageMapView& map = rig.page->map();
    QTRY_VERIFY_WITH_TIMEOUT(rig.stateKey() == u"ready"_s && map.itemCount() > 0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
    const auto shown = [&](auto change) {
        QSignalSpy laidOut(&map, &StorageMapView::laidOut);
        change();
        QTRY_VERIFY_WITH_TIMEOUT(laidOut.count() > 0, patience);
    };
    picture(rig.window, u"storage"_s + suffix, *look);
    // The largest shared blob is chosen.
    const StorageTree& tree = *rig.page->view().tree();
    for (int row = 0; row < tree.childCount(0); ++row)
        if (tree.map().nodes[tree.childAt(0, row)].kind == StorageNode::Kind::SharedBlock)
            rig.page->open(QString::fromUtf8(tree.digestOf(tree.childAt(tree.childAt(0, row), 0)).data()));
    picture(rig.window, u"storage-shared"_s + suffix, *look);
    shown([&] { rig.page->controls().setRule(ByteRule::Share); });
    shown([&] { rig.page->controls().setColoring(MapColoring::Idle); });
    picture(rig.window, u"storage-share-idle"_s + suffix, *look);
    shown([&] { rig.page->controls().setRule(ByteRule::Referenced); });
    shown([&] { rig.page->controls().setColoring(MapColoring::KeepReason); });
    picture(rig.window, u"storage-referenced-kept"_s + suffix, *look);
    shown([&] {
        rig.page->map().goIn();
        rig.page->map().goIn();
    });
    picture(rig.window, u"storage-level"_s + suffix, *look);
    map.setRootNode(0);
    shown([&] { rig.page->controls().setRule(ByteRule::Unique); });
    shown([&] { rig.page->controls().setColoring(MapColoring::Refetch); });
    rig.trigger("view.swapPanes");
    picture(rig.window, u"storage-swapped-refetch"_s + suffix, *look);
}

void StoragePictureTest::access()
{
    QFETCH(const QSize, size);
    QFETCH(const QString, suffix);
    QFETCH(const Look*, look);
    QApplication::setPalette(toQPalette(*look));
    using Rig = PageRig<AccessPage>;
    Rig rig(fixtures::typical(Rig::noon));
    rig.window.resize(size);
    FakeStore& store = *rig.client.store;
    store.status.engines.push_back({"lab", "/run/layerhold/lab.sock", "open", true, "", "", false, ""});
    store.status.engines.push_back({"guest", "/run/layerhold/guest.sock", "isolated", false,
                                    "the socket is in use by another process", "/run/guest.sock", false,
                                    "connection refused"});
    const ImageRecord& image = store.images.front();
    AccessRecord access = store.explainAccess(image.digest);
    access.isPublic = true;
    access.proofs = {
        {"anonymous", "docker.io/library/app00", "manifest", Rig::noon - 2h, Rig::noon + 22h, true},
        {"3f2a91c04d1e", "registry.example.org/team/app00", "blob", Rig::noon - 48h, Rig::noon - 24h, false}};
    access.repositories = {"docker.io/library/app00", "registry.example.org/team/app00"};
    store.access[image.digest] = access;
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, patience);
    rig.page->open(QString::fromStdString(image.digest));
    QTRY_VERIFY_WITH_TIMEOUT(rig.page->question().views().isVisible(), patience);
    rig.page->pins().setCurrentIndex(rig.page->pins().model()->index(0, 0));
    picture(rig.window, u"access"_s + suffix, *look);
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::StoragePictureTest)
#include "storage_picture_test.moc"
