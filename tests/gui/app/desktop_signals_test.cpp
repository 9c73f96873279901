// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/app/private_bus.h"
#include "gui/widgets/demo_page.h"

#include <QDBusConnection>

namespace layerhold::gui::test {

using namespace std::chrono_literals;

struct Notice
{
    QString icon;
    QString summary;
    QString body;
    QVariantMap hints;
};

/// What shows notifications and progress on a desktop: it is named, and named after, as these interfaces have it.
class FakeDesktop final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    FakeDesktop()
        : m_bus(PrivateBus::connectAs("desktop"))
    {}

    bool start()
    {
        return m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                                    QDBusConnection::ExportAllSlots) &&
               m_bus.registerService(QStringLiteral("org.freedesktop.Notifications")) &&
               m_bus.connect(QString(), QString(), QStringLiteral("com.canonical.Unity.LauncherEntry"),
                             QStringLiteral("Update"), this, SLOT(Update(QString, QVariantMap)));
    }

    std::vector<Notice> notices;
    QString launcher;
    std::vector<QVariantMap> updates;

public slots:

    uint Notify(const QString& /*app*/, uint /*replaces*/, const QString& icon, const QString& summary,
                const QString& body, const QStringList& /*actions*/, const QVariantMap& hints, int /*timeout*/)
    {
        notices.push_back({.icon = icon, .summary = summary, .body = body, .hints = hints});
        return static_cast<uint>(notices.size());
    }

    void Update(const QString& uri, const QVariantMap& properties)
    {
        launcher = uri;
        updates.push_back(properties);
    }

private:
    QDBusConnection m_bus;
};

/// What the desktop is told of long work.
class DesktopSignalsTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void tellsOfLongWorkThatNobodyWatched();
    void tellsTheTaskBarHowFarItIs();

private:
    static void work(Shell& shell, const QString& title, std::chrono::seconds time)
    {
        Job* job = shell.context.jobs().start(title, {});
        shell.now += time;
        job->finish(Job::State::Done, QStringLiteral("<b>12</b> removed"));
    }

    PrivateBus m_bus;
    std::unique_ptr<FakeDesktop> m_desktop;
};

void DesktopSignalsTest::initTestCase()
{
    const QString problem = m_bus.start();
    if (!problem.isEmpty())
        QSKIP(qPrintable(problem));
    m_desktop = std::make_unique<FakeDesktop>();
    QVERIFY(m_desktop->start());
}

void DesktopSignalsTest::tellsOfLongWorkThatNobodyWatched()
{
    Shell shell;
    work(shell, QStringLiteral("Too short"), 9s);
    Preferences preferences;
    preferences.notifies = false;
    shell.context.setPreferences(preferences);
    work(shell, QStringLiteral("Not wanted"), 11s);
    preferences.notifies = true;
    shell.context.setPreferences(preferences);
    shell.window.show();
    QVERIFY(QTest::qWaitForWindowActive(&shell.window));
    work(shell, QStringLiteral("Seen"), 11s);
    shell.window.hide();
    QTRY_VERIFY_WITH_TIMEOUT(!shell.window.isActiveWindow(), 30'000);
    work(shell, QStringLiteral("Clean up by plan 7"), 11s);
    // Messages of one program arrive in the order in which they were sent.
    QTRY_VERIFY_WITH_TIMEOUT(!m_desktop->notices.empty(), 30'000);
    QCOMPARE(m_desktop->notices.size(), std::size_t(1));
    const Notice& notice = m_desktop->notices.front();
    QCOMPARE(notice.summary, QStringLiteral("Clean up by plan 7"));
    QCOMPARE(notice.body, QStringLiteral("&lt;b&gt;12&lt;/b&gt; removed"));
    QCOMPARE(notice.icon, QStringLiteral("io.layerhold.layerhold"));
    QCOMPARE(notice.hints.value(QStringLiteral("desktop-entry")).toString(), QStringLiteral("io.layerhold.layerhold"));
}

void DesktopSignalsTest::tellsTheTaskBarHowFarItIs()
{
    Shell shell;
    m_desktop->updates.clear();
    Job* job = shell.context.jobs().start(QStringLiteral("Run"), {});
    job->report({.doneItems = 45, .totalItems = 100, .doneBytes = 0, .totalBytes = 0, .current = {}});
    QTRY_VERIFY_WITH_TIMEOUT(!m_desktop->updates.empty(), 30'000);
    QCOMPARE(m_desktop->launcher, QStringLiteral("application://io.layerhold.layerhold.desktop"));
    QCOMPARE(m_desktop->updates.back().value(QStringLiteral("progress")).toDouble(), 0.45);
    QVERIFY(m_desktop->updates.back().value(QStringLiteral("progress-visible")).toBool());
    job->finish(Job::State::Done, {});
    QTRY_VERIFY_WITH_TIMEOUT(!m_desktop->updates.back().value(QStringLiteral("progress-visible")).toBool(), 30'000);
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::DesktopSignalsTest)
#include "desktop_signals_test.moc"
