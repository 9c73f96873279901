// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "widgets/main_window.h"
#include "widgets/settings.h"

#include <QFile>
#include <QTemporaryDir>

namespace layerhold::gui::test {

/// What is kept between sessions, whatever became of the file.
class SettingsTest final : public QObject
{
    Q_OBJECT

private slots:
    void comesBackAsItWas();
    void aFreshAccountHasDefaultsAndNothingToTell();
    void whatIsNotOursGivesDefaultsAndOneNotice_data();
    void whatIsNotOursGivesDefaultsAndOneNotice();
    void tellsOnceThatNothingCanBeSaved();
    void windowsKeepWhatOthersSaved();
    void windowsComeBackWhereAScreenIs_data();
    void windowsComeBackWhereAScreenIs();
};

void SettingsTest::comesBackAsItWas()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("deep/gui.conf"));
    const Preferences preferences{
        .theme = ThemeChoice::Dark,
        .units = ByteUnits::Decimal,
        .moments = MomentStyle::Iso,
        .notifies = false,
        .keys = {{QStringLiteral("go.palette"), {QStringLiteral("Ctrl+J"), QStringLiteral("F2")}},
                 {QStringLiteral("go.back"), {}}}};
    const std::vector<SavedConnection> connections{
        {.name = QStringLiteral("böse, \"x\"=[1]"), .socket = QStringLiteral("/run/a b.sock")},
        {.name = QStringLiteral("two"), .socket = QStringLiteral("/run/b.sock")}};
    const WindowLayout layout{.geometry = QByteArray("\0\1\xff", 3), .docks = "docks", .page = QStringLiteral("tags")};
    {
        Settings settings(file);
        settings.setPreferences(preferences);
        settings.setConnections(connections);
        settings.setLastSocket(QStringLiteral("/run/b.sock"));
        settings.setLayout(layout);
        settings.setStoragePanes(StoragePanes::MapFirst);
        QCOMPARE(settings.takeNotice(), QString());
    }
    Settings settings(file);
    QCOMPARE(settings.takeNotice(), QString());
    QVERIFY(settings.preferences() == preferences);
    QVERIFY(settings.connections() == connections);
    QCOMPARE(settings.lastSocket(), QStringLiteral("/run/b.sock"));
    QVERIFY(settings.layout() == layout);
    QCOMPARE(settings.storagePanes(), StoragePanes::MapFirst);
}

void SettingsTest::aFreshAccountHasDefaultsAndNothingToTell()
{
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("gui.conf")));
    QVERIFY(settings.preferences() == Preferences{});
    QCOMPARE(settings.storagePanes(), StoragePanes::TreeFirst);
    QCOMPARE(settings.takeNotice(), QString());
}

void SettingsTest::whatIsNotOursGivesDefaultsAndOneNotice_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("word");
    QTest::newRow("older") << QByteArray("[General]\nversion=0\n[preferences]\ntheme=dark\n") << "cannot be read";
    QTest::newRow("newer") << QByteArray("[General]\nversion=2\n[preferences]\ntheme=dark\n") << "newer version";
    QTest::newRow("no version") << QByteArray("[preferences]\ntheme=dark\n") << "cannot be read";
    QTest::newRow("text") << QByteArray("To be or not to be") << "cannot be read";
    QTest::newRow("bytes") << QByteArray("\x00\xff\xfe[[[]]]\n=\n==\x01", 15) << "cannot be read";
    QTest::newRow("large") << "[General]\nversion=1\nx=" + QByteArray(2 << 20, 'x') << "cannot be read";
}

void SettingsTest::whatIsNotOursGivesDefaultsAndOneNotice()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, word);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("gui.conf"));
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.close();
    Settings settings(path);
    QVERIFY(settings.preferences() == Preferences{});
    QVERIFY(settings.takeNotice().contains(word));
    QCOMPARE(settings.takeNotice(), QString());

    settings.setLastSocket(QStringLiteral("/run/x.sock"));
    QFile kept(path + QStringLiteral(".old"));
    QVERIFY(kept.open(QFile::ReadOnly));
    QCOMPARE(kept.readAll(), content);
    Settings again(path);
    QCOMPARE(again.takeNotice(), QString());
    QCOMPARE(again.lastSocket(), QStringLiteral("/run/x.sock"));
}

void SettingsTest::tellsOnceThatNothingCanBeSaved()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QFile::WriteOnly));
    // A folder that nobody, root neither, can write to: it is none.
    Settings settings(folder.filePath(QStringLiteral("file/gui.conf")));
    QCOMPARE(settings.takeNotice(), QString());
    settings.setLastSocket(QStringLiteral("/run/x.sock"));
    QVERIFY(settings.takeNotice().contains(QStringLiteral("cannot be saved")));
    settings.setLastSocket(QStringLiteral("/run/y.sock"));
    QCOMPARE(settings.takeNotice(), QString());
    QCOMPARE(settings.lastSocket(), QStringLiteral("/run/y.sock"));
}

void SettingsTest::windowsKeepWhatOthersSaved()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("gui.conf"));
    Settings one(path);
    Settings other(path);
    other.setConnections({{.name = QStringLiteral("ci"), .socket = QStringLiteral("/run/ci.sock")}});
    other.setTableState(QStringLiteral("entries"), QByteArrayLiteral("wide"));
    one.setLayout({.page = QStringLiteral("images")});
    one.setTableState(QStringLiteral("tags"), QByteArrayLiteral("narrow"));
    const Settings next(path);
    QCOMPARE(next.connections().size(), std::size_t(1));
    QCOMPARE(next.tableState(QStringLiteral("entries")), QByteArrayLiteral("wide"));
    QCOMPARE(next.tableState(QStringLiteral("tags")), QByteArrayLiteral("narrow"));
    QCOMPARE(next.layout().page, QStringLiteral("images"));
}

void SettingsTest::windowsComeBackWhereAScreenIs_data()
{
    QTest::addColumn<QRect>("window");
    QTest::addColumn<QRect>("expected");
    QTest::newRow("inside") << QRect(10, 20, 960, 600) << QRect(10, 20, 960, 600);
    QTest::newRow("right of it") << QRect(3000, 20, 960, 600) << QRect(320, 20, 960, 600);
    QTest::newRow("above and left") << QRect(-500, -900, 960, 600) << QRect(0, 0, 960, 600);
    QTest::newRow("larger") << QRect(100, 100, 3840, 2160) << QRect(0, 0, 1280, 720);
}

void SettingsTest::windowsComeBackWhereAScreenIs()
{
    QFETCH(const QRect, window);
    QFETCH(const QRect, expected);
    QCOMPARE(insideOf(window, QRect(0, 0, 1280, 720)), expected);
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::SettingsTest)
#include "gui_settings_test.moc"
