// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "layerhold/digest.h"

#include "layerhold/error.h"
#include "support/expect_error.h"
#include "support/files.h"

#include <unordered_set>

using namespace layerhold;
using layerhold::test::bytesOf;

namespace {

const std::string a63(63, 'a');
const std::string a64(64, 'a');
const std::string a96(96, 'a');
const std::string a128(128, 'a');

struct Vector
{
    DigestAlgorithm algorithm;
    const char* input;
    const char* digest;
};

// FIPS 180-4 example values (NIST), and of the empty message.
const Vector vectors[] = {
    {DigestAlgorithm::Sha256, "", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {DigestAlgorithm::Sha256, "abc", "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {DigestAlgorithm::Sha384, "abc",
     "sha384:cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"},
    {DigestAlgorithm::Sha512, "abc",
     "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423"
     "643ce80e2a9ac94fa54ca49f"},
};

} // namespace

class DigestTest : public QObject
{
    Q_OBJECT

private slots:

    void acceptsWellFormedTextAndGivesItBack()
    {
        for (const std::string& text :
             {"sha256:" + a64, "sha384:" + a96, "sha512:" + a128, "sha256:0123456789abcdef" + std::string(48, '0')}) {
            const auto digest = Digest::parse(text);
            QVERIFY(digest.has_value());
            QCOMPARE(digest->toString(), text);
            QCOMPARE(digest->raw().size(), digestSize(digest->algorithm()));
            QVERIFY(Digest::fromKey(bytesOf(digest->key())) == digest);
            QVERIFY(Digest::fromRaw(digest->algorithm(), digest->raw()) == *digest);
        }
    }

    void refusesEverythingElse_data()
    {
        QTest::addColumn<QByteArray>("text");
        std::string upper = "sha256:" + a64;
        upper.back() = 'A';
        std::string zero = "sha256:" + a64;
        zero[20] = '\0';
        const std::string table[] = {
            "",
            ":",
            "sha256",
            "sha256:",
            "sha384:",
            "sha512:",
            ":" + a64,
            a64,
            "sha256" + a64,
            "sha256:" + a63,
            "sha256:" + a64 + "a",
            "sha256:" + a96,
            "sha256:" + a128,
            "sha384:" + a64,
            "sha384:" + a128,
            "sha512:" + a64,
            "sha512:" + a96,
            "sha512:" + a128 + "aa",
            upper,
            "sha256:" + std::string(64, 'A'),
            "SHA256:" + a64,
            "Sha256:" + a64,
            "sha-256:" + a64,
            "sha1:" + std::string(40, 'a'),
            "sha224:" + std::string(56, 'a'),
            "md5:" + std::string(32, 'a'),
            "sha512/256:" + a64,
            "sha3-256:" + a64,
            "blake3:" + a64,
            "sha256+b64:" + a64,
            "sha256::" + a63,
            "sha256::" + a64,
            "sha256:sha256:" + a64,
            " sha256:" + a64,
            "sha256:" + a64 + " ",
            "sha256: " + a64,
            "sha256 :" + a64,
            "sha256: " + a63,
            "sha256:" + a63 + " ",
            "sha256:" + a63 + "\n",
            "sha256:" + a64 + "\n",
            "sha256:\n" + a63,
            "\nsha256:" + a64,
            "sha256:" + a63 + "g",
            "sha256:" + a63 + "-",
            "sha256:" + a63 + ":",
            "sha256:" + a63 + "/",
            "sha256:../" + std::string(61, 'a'),
            "sha256:" + std::string(61, 'a') + "/..",
            "sha256:0x" + std::string(62, 'a'),
            "sha256:+" + a63,
            "sha256:" + std::string(62, 'a') + "%20",
            "../sha256:" + a64,
            "sha256:" + a64 + "/../x",
            zero,
            std::string("sha256:") + '\0' + a63,
            std::string("sha256\0:", 8) + a64,
            "sha256:" + a64 + std::string(1, '\0'),
            "sha256:" + std::string(62, 'a') + "\xc3\xa9",
            "sha256:" + std::string(61, 'a') + "\xef\xbc\xa1",
            "sha256:" + std::string(62, 'a') + "\xff\xfe",
            "\xef\xbb\xbfsha256:" + a64,
            "sha256\xef\xbc\x9a" + a64,
            "sha256@" + a64,
            "sha256-" + a64,
            "sha256=" + a64,
            "sha256:" + std::string(10000, 'a'),
            "image@sha256:" + a64,
            "sha256:" + a64 + ",",
            "sha256:" + a64 + "sha256:" + a64,
            "\"sha256:" + a64 + "\"",
        };
        int row = 0;
        for (const std::string& text : table)
            QTest::addRow("%d", row++) << QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    }

    void refusesEverythingElse()
    {
        QFETCH(QByteArray, text);
        const std::string_view view(text.constData(), static_cast<std::size_t>(text.size()));
        QVERIFY(!Digest::parse(view));
        QVERIFY(test::errorOf([&] { Digest::require(view); }) == ErrorCode::InvalidArgument);
    }

    void quotesBadTextShortAndPrintable()
    {
        try {
            Digest::require("\x1b[31m" + std::string(10000, 'x') + "\n");
            QFAIL("bad text was accepted");
        } catch (const Error& error) {
            const std::string message = error.what();
            QVERIFY(message.size() < 300);
            for (const char character : message)
                QVERIFY(character >= 0x20 && character < 0x7f);
        }
    }

    void refusesBadKeysAndRawHashes()
    {
        const std::string key = Digest::require("sha256:" + a64).key();
        QVERIFY(!Digest::fromKey({}));
        QVERIFY(!Digest::fromKey(bytesOf(key).first(32)));
        QVERIFY(!Digest::fromKey(bytesOf(key + "x")));
        QVERIFY(!Digest::fromKey(bytesOf('\0' + key.substr(1))));
        QVERIFY(!Digest::fromKey(bytesOf('\4' + key.substr(1))));
        QVERIFY(!Digest::fromKey(bytesOf('\3' + key.substr(1))));
        QVERIFY(test::errorOf([&] { Digest::fromRaw(DigestAlgorithm::Sha512, bytesOf(a63)); }) ==
                ErrorCode::InvalidArgument);
    }

    void ordersAsItsKeys()
    {
        const std::string texts[] = {"sha256:" + std::string(64, '0'), "sha256:" + std::string(64, 'f'),
                                     "sha384:" + std::string(96, '0'), "sha512:" + a128};
        for (const std::string& left : texts) {
            for (const std::string& right : texts) {
                const Digest a = Digest::require(left);
                const Digest b = Digest::require(right);
                QCOMPARE(a < b, a.key() < b.key());
            }
        }
    }

    void hashesTheKnownVectors()
    {
        for (const Vector& vector : vectors)
            QCOMPARE(Hasher::of(bytesOf(vector.input), vector.algorithm).toString(), std::string(vector.digest));
    }

    void digestDoesNotEndTheHash()
    {
        for (const DigestAlgorithm algorithm :
             {DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512}) {
            Hasher hasher(algorithm);
            hasher.update(bytesOf("a"));
            QVERIFY(hasher.digest() == Hasher::of(bytesOf("a"), algorithm));
            QVERIFY(hasher.digest() == Hasher::of(bytesOf("a"), algorithm));
            hasher.update(bytesOf("bc"));
            QVERIFY(hasher.digest() == Hasher::of(bytesOf("abc"), algorithm));
            hasher.reset();
            QVERIFY(hasher.digest() == Hasher::of({}, algorithm));
        }
    }

    void copiesGoTheirOwnWay()
    {
        Hasher first(DigestAlgorithm::Sha512);
        first.update(bytesOf("ab"));
        Hasher second(first);
        Hasher third;
        third = first;
        first.update(bytesOf("X"));
        second.update(bytesOf("c"));
        third.update(bytesOf("c"));
        QVERIFY(third.algorithm() == DigestAlgorithm::Sha512);
        const Digest expected = Hasher::of(bytesOf("abc"), DigestAlgorithm::Sha512);
        QVERIFY(second.digest() == expected);
        QVERIFY(third.digest() == expected);
        QVERIFY(first.digest() == Hasher::of(bytesOf("abX"), DigestAlgorithm::Sha512));
        const Hasher moved = std::move(second);
        QVERIFY(moved.digest() == expected);
    }

    void worksAsAHashKey()
    {
        std::unordered_set<Digest> set;
        for (int i = 0; i < 1000; ++i)
            set.insert(Hasher::of(bytesOf(std::to_string(i))));
        QCOMPARE(set.size(), std::size_t{1000});
        QVERIFY(set.contains(Hasher::of(bytesOf("500"))));
        QVERIFY(!set.contains(Hasher::of(bytesOf("1000"))));
    }
};

QTEST_APPLESS_MAIN(DigestTest)
#include "digest_test.moc"
