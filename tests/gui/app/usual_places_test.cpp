// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "app/default_target.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <unistd.h>

namespace layerhold::gui::test {

/// What is opened when nobody says.
class UsualPlacesTest final : public QObject
{
    Q_OBJECT

private slots:
    void takesWhatIsThere_data();
    void takesWhatIsThere();
    void commandsNameWhatIsNotUsual();
    void areThoseOfTheUser();
};

void UsualPlacesTest::takesWhatIsThere_data()
{
    QTest::addColumn<QStringList>("there");
    QTest::addColumn<QString>("target");
    QTest::newRow("nothing: the system's service is waited for") << QStringList{} << "system.sock";
    QTest::newRow("a cache") << QStringList{"root/"} << "root/";
    QTest::newRow("own service") << QStringList{"own.sock", "root/"} << "own.sock";
    QTest::newRow("system's before own") << QStringList{"own.sock", "system.sock", "root/"} << "system.sock";
    QTest::newRow("last before all") << QStringList{"last.sock", "own.sock", "system.sock", "root/"} << "last.sock";
}

void UsualPlacesTest::takesWhatIsThere()
{
    QFETCH(const QStringList, there);
    QFETCH(const QString, target);
    const QTemporaryDir folder;
    for (const QString& name : there) {
        if (name.endsWith(QLatin1Char('/'))) {
            QVERIFY(QDir().mkpath(folder.filePath(name)));
            continue;
        }
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QFile::WriteOnly));
    }
    const UsualPlaces places{.systemSocket = folder.filePath(QStringLiteral("system.sock")),
                             .ownSocket = folder.filePath(QStringLiteral("own.sock")),
                             .root = folder.filePath(QStringLiteral("root/")),
                             .ownRoot = folder.filePath(QStringLiteral("root/"))};
    const Target chosen = places.target(folder.filePath(QStringLiteral("last.sock")));
    QCOMPARE(chosen.name(), folder.filePath(target));
    QCOMPARE(chosen.isSocket(), !target.endsWith(QLatin1Char('/')));
    QCOMPARE(chosen.absent, Target::Absent::Fail);
    // Only asking made nothing.
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), there.size());
}

void UsualPlacesTest::commandsNameWhatIsNotUsual()
{
    const UsualPlaces ofUser{.systemSocket = QStringLiteral("/run/system.sock"),
                             .ownSocket = QStringLiteral("/run/user/own.sock"),
                             .root = QStringLiteral("/home/me/cache"),
                             .ownRoot = QStringLiteral("/home/me/cache")};
    const auto socket = [](const QString& path) { return Target{path, {}, Target::Absent::Fail}; };
    const auto root = [](const QString& path) { return Target{{}, path, Target::Absent::Fail}; };
    QCOMPARE(ofUser.commandFlags(socket(ofUser.ownSocket)), QString());
    QCOMPARE(ofUser.commandFlags(root(ofUser.root)), QString());
    // A command of this user would open their own cache.
    QCOMPARE(ofUser.commandFlags(socket(ofUser.systemSocket)), QStringLiteral("--api-socket /run/system.sock"));
    QCOMPARE(ofUser.commandFlags(root(QStringLiteral("/mnt/it's here"))),
             QStringLiteral("--root '/mnt/it'\\''s here'"));
    UsualPlaces ofRoot = ofUser;
    ofRoot.ownRoot.clear();
    QCOMPARE(ofRoot.commandFlags(socket(ofRoot.systemSocket)), QString());
    QCOMPARE(ofRoot.commandFlags(socket(ofRoot.ownSocket)), QStringLiteral("--api-socket /run/user/own.sock"));
}

void UsualPlacesTest::areThoseOfTheUser()
{
    const QTemporaryDir folder;
    QVERIFY(QDir().mkpath(folder.filePath(QStringLiteral("run"))));
    QVERIFY(QFile::setPermissions(folder.filePath(QStringLiteral("run")),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    qputenv("XDG_DATA_HOME", folder.filePath(QStringLiteral("data")).toUtf8());
    qputenv("XDG_RUNTIME_DIR", folder.filePath(QStringLiteral("run")).toUtf8());
    const UsualPlaces places = UsualPlaces::ofThisUser();
    qunsetenv("XDG_DATA_HOME");
    qunsetenv("XDG_RUNTIME_DIR");
    const QString own = folder.filePath(QStringLiteral("data/layerhold"));
    QCOMPARE(places.ownSocket, folder.filePath(QStringLiteral("run/layerhold/api.sock")));
    // What belongs to root belongs to the system.
    QCOMPARE(places.ownRoot, geteuid() == 0 ? QString() : own);
    QCOMPARE(places.root, geteuid() == 0 ? QStringLiteral("/var/lib/layerhold") : own);
    QVERIFY(!QDir(folder.filePath(QStringLiteral("data"))).exists());
}

} // namespace layerhold::gui::test

QTEST_GUILESS_MAIN(layerhold::gui::test::UsualPlacesTest)
#include "usual_places_test.moc"
