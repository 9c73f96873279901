// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Roots in a state that the program finds, not makes.
#include "sqlite/database.h"
#include "support/engine/content_client.h"
#include "support/engine/daemon.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

#include <optional>

using namespace layerhold::test;

namespace {

/// A process id that nobody has any more.
qint64 deadProcess()
{
    Process process(QStringLiteral("true"), {}, QStringLiteral("/dev/null"));
    process.start();
    const qint64 pid = process.pid();
    process.waitForExit(seconds(10));
    return pid;
}

/// Changes the index of a root that nobody has open.
void runSql(const QString& database, const char* sql)
{
    layerhold::sqlite::Database(database.toStdString(), {}).execute(sql);
}

} // namespace

class OddRootsTest : public QObject
{
    Q_OBJECT

private slots:

    void init()
    {
        m_directory.emplace();
        m_daemon.emplace(m_directory->path());
        QVERIFY2(m_daemon->start(), m_daemon->process().log());
        QVERIFY(ContentClient(m_daemon->contentSocket().toStdString()).put(kept).ok());
    }

    void cleanup()
    {
        m_daemon.reset();
        m_directory.reset();
    }

    void aKilledDaemonLeavesNothingInTheWay()
    {
        m_daemon->process().kill();
        QVERIFY(QFile::exists(m_daemon->root() + "/owner.lock"));
        QVERIFY(QFile::exists(m_daemon->contentSocket()));
        QVERIFY2(m_daemon->start(), m_daemon->process().log());
        QVERIFY(keptIsThere());
    }

    void aLockFileIsNoLock_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("of a dead process")
            << QByteArray("{\"apiSocket\":\"/nowhere/api.sock\",\"pid\":" + QByteArray::number(deadProcess()) + "}");
        QTest::newRow("of a process that lives")
            << QByteArray("{\"apiSocket\":\"\",\"pid\":" + QByteArray::number(qint64(::getpid())) + "}");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("garbage") << QByteArray("\0\xff{{{", 5);
    }

    void aLockFileIsNoLock()
    {
        QFETCH(QByteArray, text);
        QVERIFY(m_daemon->process().terminate());
        QFile lock(m_daemon->root() + "/owner.lock");
        QVERIFY(lock.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(lock.write(text), qint64(text.size()));
        lock.close();
        QVERIFY(run(Daemon::program(), {"status", "--root", m_daemon->root()}).ok());
        QVERIFY2(m_daemon->start(), m_daemon->process().log());
        QVERIFY(keptIsThere());
    }

    void anIndexOfANewerVersionIsLeftAlone()
    {
        QVERIFY(m_daemon->process().terminate());
        const QString index = m_daemon->root() + "/index.db";
        runSql(index, "INSERT INTO schema_migrations(name, applied_at) VALUES('9999-from-the-future', 0)");
        QFile file(index);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        for (const QString verb : {"serve", "status"}) {
            const Outcome outcome = run(Daemon::program(), {verb, "--root", m_daemon->root()});
            QCOMPARE(outcome.exitCode, 8);
            QVERIFY2(outcome.err.contains("newer version"), outcome.text());
        }
        QVERIFY(file.seek(0));
        QVERIFY(file.readAll() == before);
    }

    void aForeignRootIsRefused()
    {
        QVERIFY(m_daemon->process().terminate());
        QVERIFY2(::chown(qPrintable(m_daemon->root()), 12345, 12345) == 0,
                 "this test needs root, to give a folder away");
        for (const QString verb : {"serve", "ls"}) {
            const Outcome outcome = run(Daemon::program(), {verb, "--root", m_daemon->root()});
            QCOMPARE(outcome.exitCode, 5);
            QVERIFY2(outcome.err.contains(m_daemon->root().toUtf8()), outcome.text());
        }
    }

    void anOtherUserIsToldThatItMayNot()
    {
        QVERIFY(QFile::setPermissions(m_directory->path(), QFile::Permissions(0x7755)));
        for (const QStringList& where :
             {QStringList{"--root", m_daemon->root()}, QStringList{"--api-socket", m_daemon->apiSocket()}}) {
            const Outcome outcome = run(
                "setpriv",
                QStringList{"--reuid=12345", "--regid=12345", "--clear-groups", Daemon::program(), "status"} << where);
            QCOMPARE(outcome.exitCode, 5);
            QVERIFY2(outcome.err.contains("Permission denied"), outcome.text());
        }
    }

private:
    bool keptIsThere()
    {
        std::string got;
        return ContentClient(m_daemon->contentSocket().toStdString()).read(sha256Of(kept), 0, 0, &got).ok() &&
               got == kept;
    }

    const std::string kept = "kept";
    std::optional<QTemporaryDir> m_directory;
    std::optional<Daemon> m_daemon;
};

QTEST_GUILESS_MAIN(OddRootsTest)
#include "odd_roots_test.moc"
