// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// A root on a disk that is full: every failure is clear, nothing acknowledged is lost, and the daemon goes on when
// space returns.
#include "integration/small_disk.h"
#include "support/engine/content_client.h"
#include "support/engine/daemon.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <map>
#include <optional>

using namespace layerhold::test;

namespace {

std::string bytesOf(int number, std::size_t size)
{
    std::string bytes(size, static_cast<char>('a' + number % 26));
    return bytes + std::to_string(number);
}

bool saysFull(const grpc::Status& status)
{
    return status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED &&
           status.error_message().find("space") != std::string::npos;
}

/// Puts the bytes up to before the commit.
std::unique_ptr<WriteStream> written(ContentClient& client, const std::string& ref, const std::string& bytes)
{
    auto stream = client.openWrite();
    if (!stream->stat(ref) || !stream->write(0, bytes))
        return nullptr;
    return stream;
}

} // namespace

class FullDiskTest : public QObject
{
    Q_OBJECT

private slots:

    void init()
    {
        m_directory.emplace();
        m_daemon.emplace(m_directory->path());
        m_disk.emplace(m_daemon->root(), 4);
        QVERIFY2(m_disk->isMounted(), "this test needs root, to mount a small disk");
        QVERIFY2(start(), m_daemon->process().log());
        QVERIFY(m_client->put(kept).ok());
    }

    void cleanup()
    {
        m_client.reset();
        m_daemon.reset();
        m_disk.reset();
        m_directory.reset();
    }

    void aWriteThatDoesNotFitGoesOnLater()
    {
        const std::string bytes = bytesOf(1, 2 << 20);
        m_disk->fill(256);
        auto stream = m_client->openWrite();
        QVERIFY(stream->stat("big"));
        std::int64_t acknowledged = 0;
        while (const auto reply =
                   stream->write(acknowledged, bytes.substr(std::size_t(acknowledged), std::size_t(256) << 10)))
            acknowledged = reply->offset();
        QVERIFY2(saysFull(stream->finish()), stream->finish().error_message().c_str());
        QVERIFY(acknowledged > 0 && acknowledged < std::int64_t(bytes.size()));
        QVERIFY(keptIsThere());

        m_disk->release();
        auto again = m_client->openWrite();
        const auto resumed = again->stat("big");
        QVERIFY(resumed);
        QCOMPARE(resumed->offset(), acknowledged);
        QVERIFY(again->write(acknowledged, bytes.substr(std::size_t(acknowledged))));
        QVERIFY(again->commit(std::int64_t(bytes.size()), std::int64_t(bytes.size()), sha256Of(bytes)));
        QVERIFY(again->finish().ok());
        QCOMPARE(readOf(bytes), bytes);
    }

    void everyStage_data()
    {
        QTest::addColumn<QString>("stage");
        for (const char* stage : {"open", "commit", "put", "label", "claim", "delete", "abort"})
            QTest::newRow(stage) << QString(stage);
    }

    /// What changes little may find room in files that are there already; what finds none says so, and the same works
    /// once there is room.
    void everyStage()
    {
        QFETCH(QString, stage);
        const std::string fresh = bytesOf(2, 50'000);
        auto open = written(*m_client, "open", fresh);
        QVERIFY(open);
        const QString socket = m_daemon->addEngine("second", "open");
        QVERIFY(!socket.isEmpty());
        ContentClient second(socket.toStdString());
        const std::map<QString, std::function<grpc::Status()>> stages{
            {"open",
             [&] {
                 auto stream = m_client->openWrite();
                 stream->stat("new");
                 return stream->finish();
             }},
            {"commit",
             [&] {
                 if (!open)
                     open = written(*m_client, "open", fresh);
                 open->commit(std::int64_t(fresh.size()), std::int64_t(fresh.size()), sha256Of(fresh));
                 const grpc::Status status = open->finish();
                 open.reset();
                 return status;
             }},
            {"put", [&] { return m_client->put(bytesOf(3, 50'000)); }},
            {"label",
             [&] {
                 contentapi::UpdateRequest request;
                 request.mutable_info()->set_digest(sha256Of(kept));
                 (*request.mutable_info()->mutable_labels())["label"] = std::string(4000, 'x');
                 return m_client->update(request);
             }},
            {"claim", [&] { return second.info(sha256Of(kept)); }},
            {"delete", [&] { return m_client->remove(sha256Of(kept)); }},
            {"abort", [&] { return m_client->abort("open"); }},
        };
        const std::function<grpc::Status()> attempt = stages.at(stage);
        m_disk->fill();
        const grpc::Status status = attempt();
        QVERIFY2(status.ok() || saysFull(status), status.error_message().c_str());
        if (stage == "put")
            QVERIFY(saysFull(status));
        if (stage != "delete")
            QVERIFY(keptIsThere());

        m_disk->release();
        const grpc::Status again = attempt();
        QVERIFY2(again.ok() || again.error_code() == grpc::StatusCode::ALREADY_EXISTS, again.error_message().c_str());
        QVERIFY(m_client->put(bytesOf(4, 50'000)).ok());
    }

    /// A page more of room each time, so that another step is the first that does not fit.
    void whatIsAcknowledgedStays()
    {
        std::map<int, bool> acknowledged;
        for (int pages = 0; pages < 40; ++pages) {
            m_disk->fill(pages);
            const grpc::Status status = m_client->put(bytesOf(pages, 60'000));
            QVERIFY2(status.ok() || saysFull(status), status.error_message().c_str());
            acknowledged[pages] = status.ok();
            m_disk->release();
            for (const auto& [number, isThere] : acknowledged) {
                const std::string bytes = bytesOf(number, 60'000);
                QVERIFY(isThere ? m_client->info(sha256Of(bytes)).ok() && readOf(bytes) == bytes
                                : isWholeOrAbsent(bytes));
            }
        }
        QVERIFY(!acknowledged.at(0));
        QVERIFY(acknowledged.at(39));

        m_daemon->process().kill();
        QVERIFY2(start(), m_daemon->process().log());
        for (const auto& [number, wasAcknowledged] : acknowledged) {
            const std::string bytes = bytesOf(number, 60'000);
            QVERIFY(wasAcknowledged ? readOf(bytes) == bytes : isWholeOrAbsent(bytes));
        }
        QCOMPARE(m_daemon->cli({"verify"}).exitCode, 0);
    }

    /// The way out of a full disk.
    void cleanupMakesRoom()
    {
        const std::string large = bytesOf(5, 1 << 20);
        QVERIFY(m_client->put(large).ok());
        QVERIFY(m_client->remove(sha256Of(large)).ok());
        m_disk->fill();
        QVERIFY(saysFull(m_client->put(bytesOf(6, 50'000))));
        const Outcome gc = m_daemon->cli({"gc"});
        QVERIFY2(gc.ok(), gc.text());
        QVERIFY(m_client->put(bytesOf(6, 50'000)).ok());
        QVERIFY(keptIsThere());
    }

    void startsAgainOnAFullDisk()
    {
        m_disk->fill();
        m_daemon->process().kill();
        QVERIFY2(start(), m_daemon->process().log());
        QVERIFY(keptIsThere());
        m_disk->fill(); // the start took the room that is kept for cleanups
        QVERIFY(saysFull(m_client->put(bytesOf(7, 50'000))));
        m_disk->release();
        QVERIFY(m_client->put(bytesOf(7, 50'000)).ok());
    }

    void aNewRootOnAFullDiskIsRefused()
    {
        QVERIFY(m_daemon->process().terminate());
        QVERIFY(QDir(m_daemon->root() + "/blobs").removeRecursively());
        for (const QString& file : QDir(m_daemon->root()).entryList(QDir::Files))
            QVERIFY(QFile::remove(m_daemon->root() + '/' + file));
        m_disk->fill();
        const Outcome status =
            run(Daemon::program(), {"serve", "--root", m_daemon->root(), "--api-socket", m_daemon->apiSocket()});
        QCOMPARE(status.exitCode, 6);
        QVERIFY2(status.err.contains("space"), status.text());
        m_disk->release();
        QVERIFY2(start(), m_daemon->process().log());
        QVERIFY(m_client->put(kept).ok());
    }

    void aReadOnlyRootIsRefused()
    {
        QVERIFY(m_daemon->process().terminate());
        QVERIFY(m_disk->setReadOnly(true));
        for (const QString verb : {"serve", "ls"}) {
            const Outcome outcome = run(Daemon::program(), {verb, "--root", m_daemon->root()});
            QCOMPARE(outcome.exitCode, 5);
            QVERIFY2(outcome.err.contains("Read-only file system"), outcome.text());
            QVERIFY2(outcome.err.contains(m_daemon->root().toUtf8()), outcome.text());
        }
        QVERIFY(m_disk->setReadOnly(false));
        QVERIFY2(start(), m_daemon->process().log());
        QVERIFY(keptIsThere());
    }

private:
    /// With a new connection: the old one would wait before it tries again.
    bool start()
    {
        const bool started = m_daemon->start();
        m_client.emplace(m_daemon->contentSocket().toStdString());
        return started;
    }

    std::string readOf(const std::string& bytes)
    {
        std::string got;
        m_client->read(sha256Of(bytes), 0, 0, &got);
        return got;
    }

    /// What failed after its bytes were in place may be found and adopted; never in part.
    bool isWholeOrAbsent(const std::string& bytes)
    {
        std::string got;
        const grpc::Status status = m_client->read(sha256Of(bytes), 0, 0, &got);
        return status.ok() ? got == bytes : status.error_code() == grpc::StatusCode::NOT_FOUND;
    }

    bool keptIsThere() { return m_client->info(sha256Of(kept)).ok() && readOf(kept) == kept; }

    const std::string kept = bytesOf(0, 30'000);
    std::optional<QTemporaryDir> m_directory;
    std::optional<Daemon> m_daemon;
    std::optional<SmallDisk> m_disk;
    std::optional<ContentClient> m_client;
};

QTEST_GUILESS_MAIN(FullDiskTest)
#include "full_disk_test.moc"
