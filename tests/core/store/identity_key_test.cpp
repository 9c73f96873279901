// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "layerhold/error.h"
#include "store/identity_key.h"

#include "support/expect_error.h"
#include "support/fault_file_system.h"
#include "support/files.h"
#include "support/temp_root.h"
#include "support/volatile_file_system.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

using namespace layerhold;
using namespace layerhold::test;

namespace {

Identity someone(const IdentityKey& key)
{
    return key.identityOf("registry.example", "password", "user", "secret");
}

} // namespace

class IdentityKeyTest : public QObject
{
    Q_OBJECT

private slots:

    void theFileStaysTheSame()
    {
        const TempRoot root;
        const Layout layout(root.path());
        const Identity first = someone(IdentityKey::load(FileSystem::real(), layout));
        QCOMPARE(someone(IdentityKey::load(FileSystem::real(), layout)), first);
        QVERIFY(someone(IdentityKey::random()) != first);
        QVERIFY(!std::filesystem::exists(layout.newIdentityKey()));
    }

    /// Against an HMAC that was put together by hand.
    void anIdentityIsTheHmacOfItsFields()
    {
        const TempRoot root;
        const Layout layout(root.path());
        const Identity identity = someone(IdentityKey::load(FileSystem::real(), layout));
        const std::string key = readFile(layout.identityKey());
        std::string message;
        for (const std::string field : {"layerhold identity 1", "registry.example", "password", "user", "secret"})
            message += std::string(1, static_cast<char>(field.size())) + std::string(7, '\0') + field;
        unsigned char expected[32];
        unsigned size = 0;
        QVERIFY(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                     reinterpret_cast<const unsigned char*>(message.data()), message.size(), expected, &size));
        QCOMPARE(identity, *Identity::fromBytes(std::as_bytes(std::span(expected))));
        QCOMPARE(identity.toString().size(), std::size_t(64));
        QCOMPARE(Identity::anonymous().toString(), std::string("anonymous"));
        QVERIFY(!Identity::fromBytes(std::as_bytes(std::span(expected)).first(31)));
    }

    void aFileOfNoUseIsReplaced_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("empty") << 0;
        QTest::newRow("cut") << 31;
        QTest::newRow("too long") << 33;
    }

    void aFileOfNoUseIsReplaced()
    {
        QFETCH(int, size);
        const TempRoot root;
        const Layout layout(root.path());
        writeFile(layout.identityKey(), std::string(static_cast<std::size_t>(size), 'x'));
        const Identity made = someone(IdentityKey::load(FileSystem::real(), layout));
        QCOMPARE(readFile(layout.identityKey()).size(), std::size_t(32));
        QCOMPARE(someone(IdentityKey::load(FileSystem::real(), layout)), made);
    }

    void aFileThatOthersMayWriteIsRefused()
    {
        const TempRoot root;
        const Layout layout(root.path());
        writeFile(layout.identityKey(), std::string(32, 'x'));
        std::filesystem::permissions(layout.identityKey(), std::filesystem::perms::all);
        QVERIFY(errorOf([&] { IdentityKey::load(FileSystem::real(), layout); }) == ErrorCode::Denied);
    }

    void everyFailureLeavesAWholeKeyOrNone()
    {
        for (std::uint64_t call = 1;; ++call) {
            const TempRoot root;
            const Layout layout(root.path());
            FaultPlan plan(FaultPlan::Counting::All);
            FaultFileSystem disk(FileSystem::real(), plan);
            plan.failAt(call, FaultPlan::Fault::ShortWrite);
            errorOf([&] { IdentityKey::load(disk, layout); });
            const bool wasReached = plan.hits() > 0;
            plan.clear();
            if (std::filesystem::exists(layout.identityKey()))
                QCOMPARE(readFile(layout.identityKey()).size(), std::size_t(32));
            const Identity identity = someone(IdentityKey::load(disk, layout));
            QCOMPARE(someone(IdentityKey::load(disk, layout)), identity);
            if (!wasReached)
                return;
        }
    }

    void theKeySurvivesAPowerCut()
    {
        const TempRoot directory;
        const Layout layout(directory.path());
        VolatileFileSystem disk(directory.path());
        const Identity identity = someone(IdentityKey::load(disk, layout));
        disk.powerCut(Loss::All);
        QCOMPARE(someone(IdentityKey::load(FileSystem::real(), layout)), identity);
    }
};

QTEST_GUILESS_MAIN(IdentityKeyTest)
#include "identity_key_test.moc"
