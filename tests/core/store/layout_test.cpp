// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "store/layout.h"

#include "support/expect_error.h"
#include "support/files.h"

using namespace layerhold;
using namespace layerhold::test;

class LayoutTest : public QObject
{
    Q_OBJECT

    const Layout layout{"/store"};

private slots:

    void parsesWhatItBuilds()
    {
        for (const DigestAlgorithm algorithm :
             {DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512}) {
            const Digest digest = Hasher::of(bytesOf("x"), algorithm);
            QVERIFY(Layout::parseBlob(algorithm, layout.blob(digest).filename().native()) == digest);
            QVERIFY(layout.blob(digest).parent_path() == layout.blobsDirectory(algorithm));
            for (const unsigned number : {0U, 7U, 4294967295U}) {
                const auto path = layout.quarantined(digest, number);
                QVERIFY(Layout::parseQuarantined(path.filename().native()) == digest);
                QVERIFY(!Layout::parseQuarantined(layout.quarantineReason(path).filename().native()));
            }
        }
        const std::string id(32, 'a');
        QVERIFY(layout.ingest(id) == Layout::Path("/store/ingest/" + id));
        QVERIFY(layout.damagedIndex(3) == Layout::Path("/store/index.db.damaged-3"));
    }

    void everyPathIsBelowTheRoot()
    {
        const Digest digest = Hasher::of({});
        for (const Layout::Path& path :
             {layout.ociLayout(), layout.indexJson(), layout.blob(digest), layout.quarantined(digest, 0),
              layout.indexDatabase(), layout.checkpoint(), layout.ownerLock(), layout.ingestDirectory()})
            QVERIFY(path.native().starts_with("/store/"));
    }

    void refusesHostileNames_data()
    {
        QTest::addColumn<QByteArray>("name");
        const std::string hex = Hasher::of({}).hex();
        int row = 0;
        for (const std::string& name : {std::string(),
                                        std::string("."),
                                        std::string(".."),
                                        std::string("../") + hex,
                                        hex + "/..",
                                        hex + "\n",
                                        hex.substr(1),
                                        hex + "0",
                                        "sha256:" + hex,
                                        "sha256-" + hex,
                                        "sha256-" + hex + ".",
                                        "sha256-" + hex + ".x",
                                        "sha256-" + hex + ".01",
                                        "sha256-" + hex + ".-1",
                                        "sha256-" + hex + ".+1",
                                        "sha256-" + hex + ".1.json",
                                        "sha256-" + hex + ".4294967296",
                                        "md5-" + hex + ".1",
                                        "-" + hex + ".1",
                                        "sha256" + hex + ".1",
                                        "SHA256-" + hex + ".1",
                                        std::string("-."),
                                        std::string(".-"),
                                        std::string(31, 'a'),
                                        std::string(33, 'a'),
                                        std::string(32, 'A'),
                                        std::string(32, 'g'),
                                        std::string(31, 'a') + '\0',
                                        std::string(30, 'a') + "/a"})
            QTest::addRow("%d", row++) << QByteArray(name.data(), static_cast<qsizetype>(name.size()));
    }

    void refusesHostileNames()
    {
        QFETCH(QByteArray, name);
        const std::string_view view(name.constData(), static_cast<std::size_t>(name.size()));
        QVERIFY(!Layout::parseBlob(DigestAlgorithm::Sha256, view));
        QVERIFY(!Layout::parseQuarantined(view));
        QVERIFY(!Layout::isIngestId(view));
        QVERIFY(errorOf([&] { static_cast<void>(layout.ingest(view)); }) == ErrorCode::InvalidArgument);
    }
};

QTEST_APPLESS_MAIN(LayoutTest)
#include "layout_test.moc"
