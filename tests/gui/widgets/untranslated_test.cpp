// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/support/fake_client.h"
#include "gui/support/fixtures.h"
#include "gui/widgets/clipped.h"
#include "widgets/main_window.h"
#include "widgets/page.h"
#include "widgets/pages/all_pages.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDialog>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTranslator>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;

namespace {

constexpr QChar mark(u'⟦');

/// A language that says what English does, at greater length, and shows that it was asked.
class Marker final : public QTranslator
{
public:
    bool isEmpty() const override { return false; }

    QString translate(const char* context, const char* source, const char* /*comment*/, int /*n*/) const override
    {
        // Names of keys are read back.
        if (qstrcmp(context, "QShortcut") == 0)
            return {};
        const QString text = QString::fromUtf8(source);
        return mark + text + QString(text.size() * 2 / 5, u'·');
    }
};

QStringList textsOf(const QWidget& widget)
{
    QStringList texts{widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()};
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        texts += label->text();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        texts += button->text();
    if (const auto* box = qobject_cast<const QGroupBox*>(&widget))
        texts += box->title();
    if (const auto* edit = qobject_cast<const QLineEdit*>(&widget))
        texts += edit->placeholderText();
    if (const auto* choice = qobject_cast<const QComboBox*>(&widget))
        for (int item = 0; item < choice->count(); ++item)
            texts += choice->itemText(item);
    if (const auto* tabs = qobject_cast<const QTabBar*>(&widget))
        for (int tab = 0; tab < tabs->count(); ++tab)
            texts += tabs->tabText(tab);
    if (const auto* header = qobject_cast<const QHeaderView*>(&widget); header && header->model())
        for (int section = 0; section < header->count(); ++section)
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole})
                texts += header->model()->headerData(section, header->orientation(), role).toString();
    if (const auto* menu = qobject_cast<const QMenu*>(&widget))
        texts += menu->title();
    for (const QAction* action : widget.actions())
        texts += QStringList{action->text(), action->toolTip()};
    return texts;
}

/// What has words of its own in it and was not looked up. Digests, figures and names are no words, and the service
/// speaks English whatever the app does.
bool isUntranslated(QString text, const QStringList& saidByService)
{
    static const QRegularExpression word(u"\\p{L}{3,}"_s);
    static const QRegularExpression data(
        u"<[^>]*>|Layerhold|sha256:\\S+|[0-9a-f]{12,}|\\b[KMGT]iB\\b|[\\w.-]+[/:]\\S+"_s);
    if (text.contains(mark))
        return false;
    for (const QString& said : saidByService)
        text.remove(said);
    return word.match(text.remove(data)).hasMatch();
}

QString untranslatedIn(const QWidget& top, const QStringList& saidByService)
{
    QStringList found;
    QList<const QWidget*> widgets{&top};
    for (const QWidget* widget : top.findChildren<QWidget*>())
        widgets.append(widget);
    for (const QWidget* widget : widgets)
        for (const QString& text : textsOf(*widget))
            if (isUntranslated(text, saidByService))
                found +=
                    u"%1 %2: %3"_s.arg(QLatin1String(widget->metaObject()->className()), widget->objectName(), text);
    found.removeDuplicates();
    return found.join(u'\n');
}

} // namespace

/// In a language that marks and lengthens all that it is asked for, what has no mark was never asked for.
class UntranslatedTest final : public QObject
{
    Q_OBJECT

private slots:

    void initTestCase() { QCoreApplication::installTranslator(&m_marker); }

    void cleanupTestCase() { QCoreApplication::removeTranslator(&m_marker); }

    void looksUpAllTextsOfEachPage()
    {
        App app;
        app.window.resize(1280, 720);
        app.window.show();
        QCOMPARE(untranslatedIn(app.window, app.saidByService()), QString());
        app.window.showService({.name = {}, .text = Format::tr("just now"), .client = &app.client});
        for (const Page* page : app.window.pages()) {
            app.window.showPage(page->id());
            QTRY_COMPARE_WITH_TIMEOUT(app.client.openCount(), app.client.openCount(u"followEvents"_s), 10'000);
            QCoreApplication::processEvents();
            QCOMPARE(untranslatedIn(app.window, app.saidByService()), QString());
            QTRY_COMPARE(clippedIn(app.window), QString());
        }
        for (const char* id : {"tools.preferences", "help.shortcuts", "help.about", "go.palette"}) {
            app.context.actions().action(QString::fromLatin1(id))->trigger();
            auto dialogs = app.window.findChildren<QDialog*>();
            dialogs.removeIf([](const QDialog* dialog) { return !dialog->isVisible(); });
            QCOMPARE(dialogs.size(), 1);
            QCoreApplication::processEvents();
            QCOMPARE(untranslatedIn(*dialogs.front(), app.saidByService()), QString());
            QCOMPARE(clippedIn(*dialogs.front()), QString());
            dialogs.front()->close();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }

private:
    struct App
    {
        App() { addPages(window, context); }

        QStringList saidByService() const
        {
            QStringList said;
            for (const MetricRecord& metric : client.store->metrics.metrics)
                said += QString::fromStdString(metric.sentence);
            return said;
        }

        QTemporaryDir folder;
        Settings settings{folder.filePath(u"gui.conf"_s)};
        AppContext context{settings, {}};
        Theme theme{*static_cast<QApplication*>(QCoreApplication::instance())};
        FakeClient client{fixtures::shared(Format::systemNow())};
        MainWindow window{context, theme};
    };

    Marker m_marker;
};

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::UntranslatedTest)
#include "untranslated_test.moc"
