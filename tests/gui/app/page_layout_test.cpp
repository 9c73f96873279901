// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/storage_map_view.h"
#include "charts/time_chart.h"
#include "gui/app/whole_app.h"
#include "gui/widgets/clipped.h"
#include "gui/widgets/nameless.h"
#include "gui/widgets/page_rig.h"
#include "widgets/navigation.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QScopeGuard>
#include <QScrollBar>
#include <QTreeView>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const QWidget& widget)
{
    return u"%1 %2 “%3”"_s.arg(QLatin1String(widget.metaObject()->className()), widget.objectName(),
                               widget.accessibleName());
}

/// What a user of the keyboard can stop at.
QList<QWidget*> stopsIn(const QWidget& window)
{
    QList<QWidget*> stops;
    for (auto* widget : window.findChildren<QWidget*>())
        if ((widget->focusPolicy() & Qt::TabFocus) && widget->isVisible() && widget->isEnabled() &&
            widget->window() == &window && !widget->focusProxy())
            stops.append(widget);
    return stops;
}

/// What cannot be seen whole, or needs to be scrolled sideways though it is no table.
QString outsideOf(const QWidget& window)
{
    QStringList outside;
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>()) {
        if (!button->isVisible() || button->window() != &window)
            continue;
        if (button->objectName() == u"qt_toolbar_ext_button"_s)
            outside += u"the tool bar"_s;
        const QRect place(button->mapTo(&window, QPoint(0, 0)), button->size());
        bool canScroll = false;
        for (const QWidget* above = button->parentWidget(); above; above = above->parentWidget())
            canScroll = canScroll || above->inherits("QAbstractScrollArea");
        if (!canScroll && !window.rect().contains(place))
            outside += nameOf(*button) + button->text();
    }
    for (const QAbstractScrollArea* area : window.findChildren<QAbstractScrollArea*>())
        if (area->isVisible() && !area->inherits("QTableView") && !area->inherits("QTreeView") &&
            area->horizontalScrollBar()->isVisible())
            outside += nameOf(*area);
    return outside.join(u'\n');
}

/// The rectangle around all that is painted on a background.
QRect paintedIn(const QImage& image, QRgb back)
{
    int left = image.width();
    int right = -1;
    int top = image.height();
    int bottom = -1;
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            if (line[x] == back)
                continue;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = y;
        }
    }
    return {QPoint(left, top), QPoint(right, bottom)};
}

QString wrongWithPicture(QWidget& widget)
{
    QImage picture = widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const QSizeF wanted = QSizeF(widget.size()) * widget.devicePixelRatioF();
    if (std::abs(picture.width() - wanted.width()) > 1 || std::abs(picture.height() - wanted.height()) > 1)
        return u"%1 is %2 wide"_s.arg(nameOf(widget)).arg(picture.width());
    const QRect painted = paintedIn(picture, lookFor(widget.palette()).base.rgb());
    const bool isFilled = painted.width() > picture.width() * 0.75 && painted.height() > picture.height() * 0.75;
    return isFilled ? QString()
                    : u"%1: %2×%3 of %4×%5"_s.arg(nameOf(widget))
                          .arg(painted.width())
                          .arg(painted.height())
                          .arg(picture.width())
                          .arg(picture.height());
}

} // namespace

/// Where things are on all pages, and that those who use no mouse, no small print or no eyes get to them.
class PageLayoutTest final : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsClipped();
    void fitsIntoSmallWindows_data();
    void fitsIntoSmallWindows();
    void everythingThatTakesTheFocusHasAName();
    void dialogsHaveNamesAndRoom();
    void tabStopsEverywhereOnce();
    void namesOfOthersAreFitToShow();
    void fromRightToLeft();

private:
    /// Shows each page in turn, filled.
    template <class Check>
    static void onEachPage(WholeApp& app, Check check)
    {
        QVERIFY(app.connect());
        for (const Page* page : app.window.pages()) {
            app.window.showPage(page->id());
            if (page->id() == u"cleanup"_s)
                app.window.showPage(page->id(), u"preview"_s);
            QVERIFY2(app.settle(), qUtf8Printable(page->id()));
            const QString wrong = check(*page);
            QVERIFY2(wrong.isEmpty(), qUtf8Printable(page->id() + u": "_s + wrong));
        }
    }
};

/// Run with other sizes of pixels as well.
void PageLayoutTest::nothingIsClipped()
{
    if (qEnvironmentVariableIsSet("QT_SCALE_FACTOR"))
        QCOMPARE(qGuiApp->devicePixelRatio(), qEnvironmentVariable("QT_SCALE_FACTOR").toDouble());
    WholeApp app(fixtures::typical);
    int pictures = 0;
    onEachPage(app, [&](const Page& page) {
        QString wrong = clippedIn(app.window);
        for (auto* picture : page.findChildren<PaintedWidget*>()) {
            if (!picture->isVisible() || !(qobject_cast<StorageMapView*>(picture) || qobject_cast<TimeChart*>(picture)))
                continue;
            if (!QTest::qWaitFor([&] { return wrongWithPicture(*picture).isEmpty(); }))
                wrong += wrongWithPicture(*picture);
            ++pictures;
        }
        return wrong;
    });
    QVERIFY(pictures >= 3);
}

void PageLayoutTest::fitsIntoSmallWindows_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("960×600") << QSize(960, 600);
    QTest::newRow("1280×720") << QSize(1280, 720);
}

void PageLayoutTest::fitsIntoSmallWindows()
{
    QFETCH(const QSize, size);
    WholeApp app(fixtures::typical);
    app.window.resize(size);
    onEachPage(app, [&](const Page&) {
        return app.window.size() == size ? outsideOf(app.window) : u"it does not get as small"_s;
    });
}

void PageLayoutTest::everythingThatTakesTheFocusHasAName()
{
    WholeApp app(fixtures::typical);
    onEachPage(app, [&](const Page&) { return namelessIn(app.window); });
}

void PageLayoutTest::dialogsHaveNamesAndRoom()
{
    WholeApp app(fixtures::shared);
    QVERIFY(app.connect());
    const auto chooseImage = [&app] {
        app.show("images");
        QVERIFY(app.settle());
        auto* view = app.page().findChild<QTreeView*>();
        view->setFocus();
        view->setCurrentIndex(view->model()->index(0, 0));
        QVERIFY(app.settle());
    };
    const auto failPage = [&app] {
        app.page().pane().show(state::Failed{.sentence = u"The index is damaged."_s, .details = u"row 7"_s});
        emit app.page().pane().pressed(StateButton::Details);
    };
    chooseImage();
    for (const char* action : {"file.connections", "tools.preferences", "help.shortcuts", "help.about", "go.palette",
                               "entry.pin", "entry.compare", ""}) {
        if (*action != '\0')
            app.trigger(action);
        else
            failPage();
        QDialog* dialog = openDialog();
        QVERIFY2(dialog, action);
        QVERIFY(app.settle());
        QVERIFY2(namelessIn(*dialog).isEmpty(), qUtf8Printable(dialog->objectName() + u": "_s + namelessIn(*dialog)));
        QVERIFY2(clippedIn(*dialog).isEmpty(), qUtf8Printable(dialog->objectName() + u": "_s + clippedIn(*dialog)));
        QVERIFY2(!dialog->windowTitle().isEmpty(), action);
        press(Qt::Key_Escape);
        QVERIFY2(!openDialog(), action);
    }
}

void PageLayoutTest::tabStopsEverywhereOnce()
{
    WholeApp app(fixtures::typical);
    const QString digest = QString::fromStdString(app.store->blobs.front().digest);
    onEachPage(app, [&](const Page& page) {
        // So that the dock has something to stop at.
        app.context.current().set({.kind = Item::Kind::Blob, .id = digest, .page = page.id()});
        const auto* facts = app.find<QWidget>("detailsFacts");
        if (!QTest::qWaitFor([facts] { return facts->isVisible(); }))
            return u"there are no details"_s;
        auto* navigation = app.window.findChild<Navigation*>();
        navigation->setFocus();
        QList<QWidget*> visited{navigation};
        QStringList wrong;
        for (press(Qt::Key_Tab); QApplication::focusWidget() != navigation; press(Qt::Key_Tab)) {
            QWidget* next = QApplication::focusWidget();
            if (visited.contains(next))
                return u"back at "_s + nameOf(*next);
            const QRect before(visited.back()->mapTo(&app.window, QPoint()), visited.back()->size());
            const QRect here(next->mapTo(&app.window, QPoint()), next->size());
            if (page.isAncestorOf(next) && page.isAncestorOf(visited.back()) && here.bottom() < before.top() &&
                here.left() < before.right())
                wrong += u"%1 comes after %2"_s.arg(nameOf(*next), nameOf(*visited.back()));
            visited.append(next);
        }
        for (QWidget* stop : stopsIn(app.window))
            if (!visited.contains(stop))
                wrong += u"never at "_s + nameOf(*stop);
        return wrong.join(u'\n');
    });
}

void PageLayoutTest::namesOfOthersAreFitToShow()
{
    WholeApp app(fixtures::hostile);
    onEachPage(app, [&](const Page& page) {
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->isVisible() && label->textFormat() != Qt::PlainText && label->text().contains(u'<'))
                return u"markup: "_s + label->text();
        for (const QAbstractItemView* view : page.findChildren<QAbstractItemView*>()) {
            if (!view->isVisible() || !view->model() || view->inherits("QHeaderView"))
                continue;
            if (view->textElideMode() != Qt::ElideMiddle)
                return u"it loses its end: "_s + nameOf(*view);
            for (int row = 0; row < std::min(200, view->model()->rowCount()); ++row)
                for (int column = 0; column < view->model()->columnCount(); ++column)
                    if (const QString cell = view->model()->index(row, column).data().toString(); !isFitToShow(cell))
                        return nameOf(*view) + cell;
        }
        return app.window.grab().isNull() ? u"nothing is seen"_s : QString();
    });
}

void PageLayoutTest::fromRightToLeft()
{
    QApplication::setLayoutDirection(Qt::RightToLeft);
    const auto end = qScopeGuard([] { QApplication::setLayoutDirection(Qt::LeftToRight); });
    WholeApp app(fixtures::typical);
    onEachPage(app, [&](const Page& page) {
        const auto* navigation = app.window.findChild<Navigation*>();
        if (navigation->mapTo(&app.window, QPoint()).x() < page.mapTo(&app.window, QPoint()).x())
            return u"it is not mirrored"_s;
        for (auto* map : page.findChildren<StorageMapView*>())
            if (!QTest::qWaitFor([&] { return wrongWithPicture(*map).isEmpty(); }))
                return wrongWithPicture(*map);
        return clippedIn(app.window);
    });
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::PageLayoutTest)
#include "page_layout_test.moc"
