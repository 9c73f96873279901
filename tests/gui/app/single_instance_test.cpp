// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "app/single_instance.h"
#include "gui/app/private_bus.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QSignalSpy>
#include <QtConcurrent>

namespace layerhold::gui::test {

constexpr int deadline = 30'000; // ms

/// A later start ends in the window that is there.
class SingleInstanceTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void aSecondStartShowsItsPlaceInTheFirst_data();
    void aSecondStartShowsItsPlaceInTheFirst();
    void desktopActionsAreNamedAsPages();
    void handsOnWhatBringsItToTheFront();
    void handsOnTheFirstFile();
    void theNameIsFreeAfterTheFirst();
    void startsAloneWithoutABus();
    void startsAloneWhenNobodyAnswers();

private:
    /// What another process does, in a thread of its own: it waits for the first one.
    static QFuture<SingleInstance::Role> claimElsewhere(const QString& place)
    {
        return QtConcurrent::run([place] {
            SingleInstance second(PrivateBus::connectAs("second"));
            return second.claim(parsePlace(place));
        });
    }

    static void send(const char* method, const QVariantList& arguments)
    {
        QDBusMessage call =
            QDBusMessage::createMethodCall(SingleInstance::busName(), SingleInstance::objectPath(),
                                           QStringLiteral("org.freedesktop.Application"), QString::fromLatin1(method));
        call.setArguments(arguments);
        QVERIFY(PrivateBus::connectAs("shell").send(call));
    }

    PrivateBus m_bus;
};

void SingleInstanceTest::initTestCase()
{
    const QString problem = m_bus.start();
    if (!problem.isEmpty())
        QSKIP(qPrintable(problem));
}

void SingleInstanceTest::aSecondStartShowsItsPlaceInTheFirst_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("entity");
    QTest::newRow("nothing") << ""
                             << ""
                             << "";
    QTest::newRow("page") << "cleanup"
                          << "cleanup"
                          << "";
    QTest::newRow("image") << "images:docker.io/library/alpine:3.19"
                           << "images"
                           << "docker.io/library/alpine:3.19";
}

void SingleInstanceTest::aSecondStartShowsItsPlaceInTheFirst()
{
    QFETCH(const QString, place);
    QFETCH(const QString, page);
    QFETCH(const QString, entity);
    SingleInstance first(QDBusConnection::sessionBus());
    QCOMPARE(first.claim({}), SingleInstance::Role::First);
    const QSignalSpy activations(&first, &SingleInstance::activated);
    QStringList shown;
    connect(&first, &SingleInstance::placeWanted, this, [&shown](const Place& wanted) {
        shown += {wanted.page, wanted.entity};
    });
    const auto second = claimElsewhere(place);
    QTRY_VERIFY_WITH_TIMEOUT(second.isFinished(), deadline);
    QCOMPARE(second.result(), SingleInstance::Role::Second);
    QCOMPARE(activations.size(), 1);
    QCOMPARE(shown, page.isEmpty() ? QStringList() : QStringList({page, entity}));
}

void SingleInstanceTest::desktopActionsAreNamedAsPages()
{
    SingleInstance first(QDBusConnection::sessionBus());
    QCOMPARE(first.claim({}), SingleInstance::Role::First);
    QString page;
    connect(&first, &SingleInstance::placeWanted, this, [&page](const Place& wanted) { page = wanted.page; });
    send("ActivateAction", {QStringLiteral("Cleanup"), QVariant(QVariantList()), QVariantMap()});
    QTRY_COMPARE_WITH_TIMEOUT(page, QStringLiteral("cleanup"), deadline);
}

void SingleInstanceTest::handsOnWhatBringsItToTheFront()
{
    SingleInstance first(QDBusConnection::sessionBus());
    QCOMPARE(first.claim({}), SingleInstance::Role::First);
    const QSignalSpy activations(&first, &SingleInstance::activated);
    qputenv("XDG_ACTIVATION_TOKEN", "token-1");
    const auto second = claimElsewhere({});
    QTRY_VERIFY_WITH_TIMEOUT(second.isFinished(), deadline);
    qunsetenv("XDG_ACTIVATION_TOKEN");
    QCOMPARE(activations.size(), 1);
    QCOMPARE(activations.front().front().toString(), QStringLiteral("token-1"));
}

void SingleInstanceTest::handsOnTheFirstFile()
{
    SingleInstance first(QDBusConnection::sessionBus());
    QCOMPARE(first.claim({}), SingleInstance::Role::First);
    const QSignalSpy files(&first, &SingleInstance::fileWanted);
    const QSignalSpy activations(&first, &SingleInstance::activated);
    send("Open", {QStringList{QStringLiteral("file:///tmp/a%20b.lhsnap"), QStringLiteral("file:///tmp/c.lhsnap")},
                  QVariantMap()});
    QTRY_COMPARE_WITH_TIMEOUT(files.size(), 1, deadline);
    QCOMPARE(files.front().front().toString(), QStringLiteral("/tmp/a b.lhsnap"));
    QCOMPARE(activations.size(), 1);
}

void SingleInstanceTest::theNameIsFreeAfterTheFirst()
{
    {
        SingleInstance first(QDBusConnection::sessionBus());
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
    }
    SingleInstance next(PrivateBus::connectAs("next"));
    QCOMPARE(next.claim({}), SingleInstance::Role::First);
}

void SingleInstanceTest::startsAloneWithoutABus()
{
    SingleInstance instance(QDBusConnection(QStringLiteral("no such connection")));
    QCOMPARE(instance.claim({.page = QStringLiteral("cleanup")}), SingleInstance::Role::Alone);
}

void SingleInstanceTest::startsAloneWhenNobodyAnswers()
{
    QDBusConnection other = PrivateBus::connectAs("other");
    QVERIFY(other.registerService(SingleInstance::busName()));
    const auto second = claimElsewhere(QStringLiteral("cleanup"));
    QTRY_VERIFY_WITH_TIMEOUT(second.isFinished(), deadline);
    QCOMPARE(second.result(), SingleInstance::Role::Alone);
    QVERIFY(other.unregisterService(SingleInstance::busName()));
}

} // namespace layerhold::gui::test

QTEST_GUILESS_MAIN(layerhold::gui::test::SingleInstanceTest)
#include "single_instance_test.moc"
