// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "app/service_link.h"
#include "client/remote_client.h"
#include "gui/widgets/demo_page.h"

#include <QDir>

namespace layerhold::gui::test {

constexpr int deadline = 60'000; // ms

/// Without any service: a cache that this process opens.
class OwnCacheTest final : public QObject
{
    Q_OBJECT

private slots:
    void isMadeOnlyWhenAskedFor();
};

void OwnCacheTest::isMadeOnlyWhenAskedFor()
{
    Shell shell;
    shell.window.show();
    // As on an account that has never seen Layerhold: not even the directory above is there.
    const QString own = shell.folder.filePath(QStringLiteral("home/.local/share/layerhold"));
    const UsualPlaces places{.systemSocket = shell.folder.filePath(QStringLiteral("run/none.sock")),
                             .ownSocket = {},
                             .root = own,
                             .ownRoot = own};
    const StatePane& pane = shell.demo().pane();
    {
        ServiceLink link(shell.window, shell.context, RemoteClient::open, places);
        link.connectTo({}, places.target({}));
        QTRY_COMPARE_WITH_TIMEOUT(pane.words().key, QStringLiteral("never_connected"), deadline);
        QVERIFY(!QDir(shell.folder.filePath(QStringLiteral("home"))).exists());
        shell.context.requestOwnCache();
        QTRY_COMPARE_WITH_TIMEOUT(pane.words().key, QStringLiteral("ready"), deadline);
        QVERIFY(QDir(own).exists());
        QTRY_VERIFY_WITH_TIMEOUT(shell.demo().refreshed == 1, deadline);
    }
    // SQLite takes its log away when the index is closed.
    const QString log = own + QStringLiteral("/index.db-wal");
    QVERIFY(QFile::exists(log));
    RemoteClient::waitForAll();
    QVERIFY(!QFile::exists(log));
    // The next start finds it by itself.
    QCOMPARE(places.target({}).root, own);
    ServiceLink again(shell.window, shell.context, RemoteClient::open, places);
    again.connectTo({}, places.target({}));
    QTRY_COMPARE_WITH_TIMEOUT(pane.words().key, QStringLiteral("ready"), deadline);
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::OwnCacheTest)
#include "own_cache_test.moc"
