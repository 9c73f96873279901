// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// What the other tests rest on, shown on containerd's built-in store: bytes are counted right, a cut is a cut.
#include "support/engine/cutting_proxy.h"
#include "support/engine/scene.h"

#include <QTest>

using namespace layerhold::test;

class HarnessTest : public QObject
{
    Q_OBJECT

private slots:

    void builtInStoreDownloadsEverythingTwice()
    {
        Scene scene;
        Registry& registry = scene.addRegistry();
        QVERIFY(registry.start());
        const auto image = makeImage(scene.makeDirectory("img"),
                                     {{LayerSpec::Content::Busybox, 0}, {LayerSpec::Content::Text, 1 << 20}}, 1);
        QVERIFY(image);
        const Outcome pushed = pushImage(*image, registry.port(), "app:1");
        QVERIFY2(pushed.ok(), pushed.text());
        Containerd& containerd = scene.addContainerd({});
        QVERIFY(containerd.start());
        const QString reference = referenceAt(registry.port(), "app:1");

        for (int round = 0; round < 2; ++round) {
            registry.forget();
            const Outcome pulled = containerd.pull(reference);
            QVERIFY2(pulled.ok(), pulled.text());
            QVERIFY(eventually(seconds(5), [&] { return registry.blobDownloads() == 3; }));
            QCOMPARE(registry.blobBytes(), image->blobBytes());
            const Outcome ran = containerd.runShell(reference, QString("c%1").arg(round), "echo hello");
            QVERIFY2(ran.ok() && ran.out == "hello\n", ran.text());
            const Outcome removed = containerd.removeImage(reference);
            QVERIFY2(removed.ok(), removed.text());
            QVERIFY(eventually(seconds(10), [&] { return containerd.knownDigests().isEmpty(); }));
        }
    }

    void cutProxyFailsThePullAndHealedProxyLetsItThrough()
    {
        Scene scene;
        Registry& registry = scene.addRegistry();
        QVERIFY(registry.start());
        const auto image = makeImage(scene.makeDirectory("img"), {{LayerSpec::Content::Random, 8 << 20}}, 2);
        QVERIFY(image);
        const Outcome pushed = pushImage(*image, registry.port(), "app:1");
        QVERIFY2(pushed.ok(), pushed.text());
        Containerd& containerd = scene.addContainerd({});
        QVERIFY(containerd.start());
        CuttingProxy proxy(registry.port());
        const QString reference = referenceAt(proxy.port(), "app:1");

        proxy.cutAfter(4 << 20);
        QVERIFY(!containerd.pull(reference).ok());
        QVERIFY(proxy.isCut());
        QVERIFY(proxy.bytesToClient() < (4 << 20));
        proxy.heal();
        const Outcome pulled = containerd.pull(reference);
        QVERIFY2(pulled.ok(), pulled.text());
        QVERIFY(proxy.bytesToClient() > image->blobBytes());
    }
};

QTEST_GUILESS_MAIN(HarnessTest)
#include "harness_test.moc"
