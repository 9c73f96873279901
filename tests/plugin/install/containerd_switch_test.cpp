// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/engine_install.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QProcess>
#include <QtTest>

#include <memory>

using namespace layerhold::cli;

namespace {

/// A containerd on private folders; needs root, as containerd does.
class Containerd
{
public:
    Containerd(const QString& config, const QString& socket)
        : m_socket(socket)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start("containerd", {"--config", config});
    }

    Containerd(const Containerd&) = delete;
    Containerd& operator=(const Containerd&) = delete;

    ~Containerd()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(10000))
            m_process.kill();
        m_process.waitForFinished(10000);
    }

    /// ID → STATUS of the plugins of type io.containerd.content.v1; empty when containerd never answered.
    QMap<QString, QString> contentStores()
    {
        for (QDeadlineTimer deadline(30000); !deadline.hasExpired() && m_process.state() != QProcess::NotRunning;) {
            QProcess ctr;
            ctr.start("ctr", {"--address", m_socket, "--connect-timeout", "1s", "plugins", "ls"});
            if (ctr.waitForFinished(10000) && ctr.exitCode() == 0)
                return parse(ctr.readAllStandardOutput());
            m_process.waitForReadyRead(100);
        }
        qWarning().noquote() << m_process.readAll();
        return {};
    }

private:
    static QMap<QString, QString> parse(const QByteArray& table)
    {
        QMap<QString, QString> stores;
        for (const auto& line : table.split('\n')) {
            const auto columns = QString::fromUtf8(line).simplified().split(' ');
            if (columns.size() == 4 && columns[0] == "io.containerd.content.v1")
                stores[columns[1]] = columns[3];
        }
        return stores;
    }

    QProcess m_process;
    QString m_socket;
};

} // namespace

class ContainerdSwitchTest : public QObject
{
    Q_OBJECT

private slots:

    void goesOverAndComesBack_data()
    {
        QTest::addColumn<QString>("head");
        QTest::newRow("plain") << "version = 2\n";
        QTest::newRow("own disabled plugins") << "version = 2\ndisabled_plugins = [\"io.containerd.grpc.v1.cri\"]\n";
        QTest::newRow("imports of others") << "version = 2\nimports = [\"/nonexistent/*.toml\"]\n";
    }

    void goesOverAndComesBack()
    {
        QFETCH(QString, head);
        QTemporaryDir dir;
        const QString path = dir.filePath("config.toml");
        const QString socket = dir.filePath("c.sock");
        const QByteArray text = QString("%1root = \"%2/root\"\nstate = \"%2/state\"\n[grpc]\n  address = \"%3\"\n"
                                        "[plugins.\"io.containerd.internal.v1.opt\"]\n  path = \"%2/opt\"\n")
                                    .arg(head, dir.path(), socket)
                                    .toUtf8();
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        using Stores = QMap<QString, QString>;

        QCOMPARE(Containerd(path, socket).contentStores(), (Stores{{"content", "ok"}}));

        const auto version = installedContainerdVersion();
        QVERIFY(!version.empty());
        applyEngineInstall(
            planEngineInstall({"a", path.toStdString(), dir.filePath("content-a.sock").toStdString(), version}));
        QCOMPARE(Containerd(path, socket).contentStores(), (Stores{{"layerhold", "ok"}}));

        applyEngineInstall(planEngineRemoval("a", path.toStdString()));
        QCOMPARE(Containerd(path, socket).contentStores(), (Stores{{"content", "ok"}}));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), text);
    }
};

QTEST_GUILESS_MAIN(ContainerdSwitchTest)
#include "containerd_switch_test.moc"
