// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Pulls that are cut: by the registry, by a restart or kill of layerhold, by its absence.
#include "support/engine/cutting_proxy.h"
#include "support/engine/scene.h"

#include <QTest>

using namespace layerhold::test;

namespace {

constexpr qint64 mebibyte = 1 << 20;

} // namespace

class InterruptedPullTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();

    void pullResumesAfterLayerholdWentAway_data();
    void pullResumesAfterLayerholdWentAway();
    void retryOfAFailedPullDownloadsOnlyTheRest();
    void readsFailAtOnceWhileLayerholdIsDown();
    void pullThatBeganWhileDownFinishesOnceUp();
    void removalWhileDownLeavesAWorkingState();

private:
    void prepare(const QList<LayerSpec>& layers);
    /// The Range header of the first download of the blob; nothing when it was not asked for.
    std::optional<QByteArray> rangeOf(const QString& digest) const;

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<CuttingProxy> m_proxy;
    Registry* m_registry = nullptr;
    Daemon* m_daemon = nullptr;
    Containerd* m_containerd = nullptr;
    std::optional<TestImage> m_image;
    QString m_reference;
};

void InterruptedPullTest::cleanup()
{
    m_scene.reset();
    m_proxy.reset();
}

void InterruptedPullTest::prepare(const QList<LayerSpec>& layers)
{
    m_scene = std::make_unique<Scene>();
    m_registry = &m_scene->addRegistry();
    QVERIFY(m_registry->start());
    m_image = makeImage(m_scene->makeDirectory("img"), layers, 100);
    QVERIFY(m_image);
    const Outcome pushed = pushImage(*m_image, m_registry->port(), "app:1");
    QVERIFY2(pushed.ok(), pushed.text());
    m_proxy = std::make_unique<CuttingProxy>(m_registry->port());
    m_reference = referenceAt(m_proxy->port(), "app:1");
    m_daemon = &m_scene->addDaemon();
    QVERIFY(m_daemon->start());
    m_containerd = &m_scene->addContainerd(m_daemon->contentSocket());
    QVERIFY(m_containerd->start());
    m_registry->forget();
}

std::optional<QByteArray> InterruptedPullTest::rangeOf(const QString& digest) const
{
    for (const SeenRequest& request : m_proxy->requests())
        if (request.method == "GET" && request.path.endsWith(digest.toUtf8()))
            return request.range;
    return std::nullopt;
}

void InterruptedPullTest::pullResumesAfterLayerholdWentAway_data()
{
    QTest::addColumn<bool>("kill");
    QTest::newRow("kill -9") << true;
    QTest::newRow("restart") << false;
}

void InterruptedPullTest::pullResumesAfterLayerholdWentAway()
{
    QFETCH(bool, kill);
    prepare({{LayerSpec::Content::Busybox, 0}, {LayerSpec::Content::Random, 24 * mebibyte}});
    if (QTest::currentTestFailed())
        return;
    const StoredBlob big = m_image->layers.last();
    m_proxy->throttle(8 * mebibyte);
    Process pull("ctr", m_containerd->ctrArguments({"images", "pull", "--plain-http", m_reference}),
                 m_scene->makeDirectory("pull") + "/log");
    QVERIFY(pull.start());
    QVERIFY(eventually(seconds(60), [&] { return m_proxy->bytesToClient() > 12 * mebibyte; }));
    if (kill) {
        m_daemon->process().kill();
    } else {
        // A stop lets writes finish for 10 s: this one would take longer.
        m_proxy->throttle(mebibyte / 2);
        QVERIFY(m_daemon->process().terminate(seconds(20)));
    }
    QVERIFY2(pull.waitForExit(seconds(60)) > 0, pull.log()); // failed by itself, and did not hang
    QVERIFY(m_proxy->bytesToClient() < big.size);

    m_proxy->heal();
    m_proxy->reset();
    QVERIFY(m_daemon->start());
    const Outcome reached = m_containerd->waitForContentStore();
    QVERIFY2(reached.ok(), reached.text());
    const Outcome pulled = m_containerd->pull(m_reference);
    QVERIFY2(pulled.ok(), pulled.text());
    const Outcome ran = m_containerd->runShell(m_reference, "after", "echo after");
    QVERIFY2(ran.ok() && ran.out == "after\n", ran.text());

    const auto range = rangeOf(big.digest);
    QVERIFY(range);
    QVERIFY2(range->startsWith("bytes="), *range);
    const qint64 offset = range->mid(6).split('-').first().toLongLong();
    // What was under way in buffers between the registry and the store is lost, acknowledged bytes are not.
    QVERIFY2(offset >= 4 * mebibyte, *range);
    QVERIFY(m_proxy->bytesToClient() < big.size - offset + mebibyte);
}

void InterruptedPullTest::retryOfAFailedPullDownloadsOnlyTheRest()
{
    QList<LayerSpec> layers{{LayerSpec::Content::Busybox, 0}};
    for (const int size : {1, 3, 8, 12, 16})
        layers.append({LayerSpec::Content::Random, size * mebibyte});
    prepare(layers);
    if (QTest::currentTestFailed())
        return;
    const qint64 total = m_image->blobBytes();
    // All layers are fetched at once, each at the same speed: at 60 % the small ones are complete, the big ones are
    // not.
    m_proxy->throttle(4 * mebibyte);
    m_proxy->cutAfter(total * 6 / 10);
    QVERIFY(!m_containerd->pull(m_reference).ok());
    QVERIFY(m_proxy->isCut());
    // containerd's collection has deleted the complete layers and aborted the others.
    QVERIFY(eventually(seconds(20), [this] {
        const Outcome active = m_containerd->ctr({"content", "active"});
        return m_containerd->knownDigests().isEmpty() && active.ok() && active.out.count('\n') <= 1;
    }));

    m_proxy->heal();
    m_proxy->reset();
    const Outcome pulled = m_containerd->pull(m_reference);
    QVERIFY2(pulled.ok(), pulled.text());
    const qint64 again = m_proxy->bytesToClient();
    QVERIFY2(again <= total / 2, qPrintable(QString("%1 of %2 bytes were downloaded again").arg(again).arg(total)));

    int complete = 0;
    int resumed = 0;
    for (const StoredBlob& layer : m_image->layers) {
        const auto range = rangeOf(layer.digest);
        complete += range ? 0 : 1;
        resumed += range && range->startsWith("bytes=") && *range != "bytes=0-" ? 1 : 0;
    }
    QVERIFY2(complete >= 2, qPrintable(QString::number(complete)));
    QVERIFY2(resumed >= 2, qPrintable(QString::number(resumed)));
    const Outcome ran = m_containerd->runShell(m_reference, "after", "sha256sum /data/*");
    QVERIFY2(ran.ok() && ran.out.count('\n') == 5, ran.text());
}

void InterruptedPullTest::readsFailAtOnceWhileLayerholdIsDown()
{
    prepare({{LayerSpec::Content::Busybox, 0}, {LayerSpec::Content::Random, 2 * mebibyte}});
    if (QTest::currentTestFailed())
        return;
    const Outcome pulled = m_containerd->pull(m_reference);
    QVERIFY2(pulled.ok(), pulled.text());
    m_daemon->process().kill();
    const Outcome get = m_containerd->ctr({"content", "get", m_image->layers.last().digest}, seconds(20));
    QVERIFY2(get.exitCode == 1, get.text());
    QVERIFY2(get.err.contains("unavailable"), get.text());
    // What is unpacked runs without the content store.
    const Outcome listed = m_containerd->ctr({"images", "ls", "-q"});
    QVERIFY2(listed.ok() && listed.out.contains(m_reference.toUtf8()), listed.text());
    QVERIFY(m_daemon->start());
    QVERIFY(m_containerd->waitForContentStore().ok());
    const Outcome again = m_containerd->ctr({"content", "get", m_image->layers.last().digest});
    QVERIFY2(again.out.size() == m_image->layers.last().size, again.err);
}

void InterruptedPullTest::pullThatBeganWhileDownFinishesOnceUp()
{
    prepare({{LayerSpec::Content::Busybox, 0}, {LayerSpec::Content::Random, 2 * mebibyte}});
    if (QTest::currentTestFailed())
        return;
    m_daemon->process().kill();
    Process pull("ctr", m_containerd->ctrArguments({"images", "pull", "--plain-http", m_reference}),
                 m_scene->makeDirectory("pull") + "/log");
    QVERIFY(pull.start());
    QVERIFY(eventually(seconds(20), [this] { return !m_proxy->requests().isEmpty(); }));
    QVERIFY(m_daemon->start());
    QVERIFY2(pull.waitForExit(seconds(60)) == 0, pull.log());
    const Outcome ran = m_containerd->runShell(m_reference, "after", "echo after");
    QVERIFY2(ran.ok() && ran.out == "after\n", ran.text());
}

void InterruptedPullTest::removalWhileDownLeavesAWorkingState()
{
    prepare({{LayerSpec::Content::Busybox, 0}, {LayerSpec::Content::Random, 2 * mebibyte}});
    if (QTest::currentTestFailed())
        return;
    const Outcome pulled = m_containerd->pull(m_reference);
    QVERIFY2(pulled.ok(), pulled.text());
    m_daemon->process().kill();
    const Outcome removed = m_containerd->removeImage(m_reference);
    QVERIFY2(removed.ok(), removed.text());
    QVERIFY(m_daemon->start());
    const Outcome reached = m_containerd->waitForContentStore();
    QVERIFY2(reached.ok(), reached.text());
    m_proxy->reset();
    const Outcome again = m_containerd->pull(m_reference);
    QVERIFY2(again.ok(), again.text());
    const Outcome ran = m_containerd->runShell(m_reference, "after", "sha256sum /data/*");
    QVERIFY2(ran.ok(), ran.text());
    QVERIFY(!rangeOf(m_image->layers.last().digest));
}

QTEST_GUILESS_MAIN(InterruptedPullTest)
#include "interrupted_pull_test.moc"
