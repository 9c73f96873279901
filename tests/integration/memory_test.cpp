// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// How much of the machine's memory layerhold takes for itself.
#include "support/engine/content_client.h"
#include "support/engine/scene.h"

#include <QTest>

#include <random>

using namespace layerhold::test;

class MemoryTest : public QObject
{
    Q_OBJECT

private slots:
    void oneGibibyteInAndOutStaysUnder64MiB();
};

void MemoryTest::oneGibibyteInAndOutStaysUnder64MiB()
{
    Scene scene;
    Daemon& daemon = scene.addDaemon();
    QVERIFY(daemon.start());
    ContentClient client(daemon.contentSocket().toStdString(), seconds(300));
    constexpr std::int64_t messageSize = 1 << 20;
    constexpr std::int64_t messages = 1024;
    std::mt19937_64 generator(1);
    std::string message(messageSize, '\0');
    for (char& byte : message)
        byte = static_cast<char>(generator());

    std::string digest;
    {
        const auto stream = client.openWrite();
        QVERIFY(stream->stat("big", messages * messageSize));
        for (std::int64_t i = 0; i < messages; ++i) {
            message.replace(0, 8, reinterpret_cast<const char*>(&i), 8);
            const auto written = stream->write(i * messageSize, message);
            QVERIFY(written);
            QCOMPARE(written->offset(), (i + 1) * messageSize);
        }
        const auto committed = stream->commit(messages * messageSize, messages * messageSize, {});
        QVERIFY(committed);
        digest = committed->digest();
        QVERIFY(stream->finish().ok());
    }
    for (std::int64_t at = 0; at < messages * messageSize; at += 64 * messageSize) {
        std::string bytes;
        QVERIFY(client.read(digest, at, 64 * messageSize, &bytes).ok());
        QCOMPARE(static_cast<std::int64_t>(bytes.size()), 64 * messageSize);
    }
    const qint64 peak = daemon.process().peakResidentBytes();
    QVERIFY2(peak > 0 && peak < (64 << 20), qPrintable(QString("peak %1 KiB").arg(peak / 1024)));
}

QTEST_GUILESS_MAIN(MemoryTest)
#include "memory_test.moc"
