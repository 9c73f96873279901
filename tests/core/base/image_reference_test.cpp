// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "layerhold/image_reference.h"

#include "layerhold/error.h"
#include "support/expect_error.h"

#include <set>

using namespace layerhold;
using namespace layerhold::test;

namespace {

const std::string digest = "sha256:" + std::string(64, 'a');

std::string normal(const std::string& text)
{
    const auto reference = ImageReference::parse(text);
    return reference ? reference->toString() : "refused";
}

} // namespace

class ImageReferenceTest : public QObject
{
    Q_OBJECT

private slots:

    void normalises_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const std::string& text, const std::string& expected) {
            QTest::newRow(text.substr(0, 40).c_str())
                << QString::fromStdString(text) << QString::fromStdString(expected);
        };
        row("nginx", "docker.io/library/nginx:latest");
        row("nginx:1.25", "docker.io/library/nginx:1.25");
        row("user/app:1", "docker.io/user/app:1");
        row("user/app", "docker.io/user/app:latest");
        row("a/b/c", "docker.io/a/b/c:latest");
        row("docker.io/nginx", "docker.io/library/nginx:latest");
        row("docker.io/library/nginx", "docker.io/library/nginx:latest");
        row("index.docker.io/nginx:2", "docker.io/library/nginx:2");
        row("localhost/x", "localhost/x:latest");
        row("localhost:5000/x", "localhost:5000/x:latest");
        row("localhost:5000/x:5", "localhost:5000/x:5");
        row("host:80/x", "host:80/x:latest");
        row("quay.io/coreos/etcd:v3.5.0", "quay.io/coreos/etcd:v3.5.0");
        row("Registry.Example.COM:443/x:1", "Registry.Example.COM:443/x:1");
        row("127.0.0.1:5000/library/app:1", "127.0.0.1:5000/library/app:1");
        row("[::1]:5000/x:1", "[::1]:5000/x:1");
        row("[2001:db8::1]/x", "[2001:db8::1]/x:latest");
        row("repo@" + digest, "docker.io/library/repo@" + digest);
        row("ghcr.io/a/b:t@" + digest, "ghcr.io/a/b:t@" + digest);
        row("latest", "docker.io/library/latest:latest"); // no list of reserved words
        row("example/test:invalid", "docker.io/example/test:invalid");
        row("a__b/c-d--e/f.g/h_i", "docker.io/a__b/c-d--e/f.g/h_i:latest");
        row("x:_", "docker.io/library/x:_");
        row("x:" + std::string(128, 'T'), "docker.io/library/x:" + std::string(128, 'T'));
        row("r.io/" + std::string(255, 'p'), "r.io/" + std::string(255, 'p') + ":latest");
        row(std::string(63, 'a'), "docker.io/library/" + std::string(63, 'a') + ":latest"); // 64 are an ID
        row("x@sha512:" + std::string(128, '0'), "docker.io/library/x@sha512:" + std::string(128, '0'));
    }

    void normalises()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(normal(text.toStdString())), expected);
        QCOMPARE(QString::fromStdString(normal(expected.toStdString())), expected); // and stays
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("reason");
        int number = 0;
        const auto row = [&](const std::string& text, const char* reason) {
            QTest::addRow("%d %s", number++, text.substr(0, 30).c_str())
                << QByteArray(text.data(), static_cast<qsizetype>(text.size())) << QString(reason);
        };
        row("", "empty");
        row(std::string(64, 'f'), "image ID");
        row(":tag", "repository is missing");
        row("@" + digest, "repository is missing");
        row("x:", "tag is empty");
        row("x:.a", "a tag is of");
        row("x:-a", "a tag is of");
        row("x:a b", "a tag is of");
        row("x:a:b", "a tag is of");
        row("x:" + std::string(129, 't'), "longer than 128");
        row("x@sha256:abc", "no digest");
        row("x@", "no digest");
        row("x@" + digest + "@" + digest, "no digest");
        row("x@sha256:" + std::string(64, 'A'), "no digest");
        row("x@md5:" + std::string(32, '0'), "no digest");
        row("r.io/" + std::string(256, 'p'), "longer than 255");
        row(std::string(248, 'p'), "longer than 255"); // with library/
        row("r.io/", "repository is missing");
        row("r.io//x", "empty part");
        row("/x", "empty part");
        row("x/", "empty part");
        row("a/../b", "begins and ends");
        row("a..b", "are of a-z");
        row("a___b", "are of a-z");
        row("a._b", "are of a-z");
        row("-a", "begins and ends");
        row("a-", "begins and ends");
        row("a b", "are of a-z");
        row(" a", "begins and ends");
        row("User/app", "lower-case");
        row("r.io/App", "lower-case");
        row("r.io:/x", "no number");
        row("r.io:5a/x", "no number");
        row("r.io:123456/x", "no number");
        row("r..io/x", "no host name");
        row("-r.io/x", "no host name");
        row("r_r.io/x", "no host name");
        row("[::1/x", "no number"); // no closing bracket
        row("[]:5000/x", "IPv6");
        row("[::g]:5000/x", "IPv6");
        row("https://r.io/x", "no number");
        row("x\n", "begins and ends");
        row(std::string("x\0y", 3), "are of a-z");
        row("\x1b[31mx", "begins and ends");
        row("\xc3\xa4", "begins and ends");
        row("x:\xe2\x80\xae", "a tag is of");
        row(std::string(300, 'h') + ".io/x", "longer than 255");
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, reason);
        const std::string input(text.constData(), static_cast<std::size_t>(text.size()));
        QVERIFY(!ImageReference::parse(input));
        try {
            ImageReference::require(input);
            QFAIL("accepted");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::InvalidArgument);
            QVERIFY2(QString(error.what()).contains(reason), error.what());
            QVERIFY(std::string(error.what()).find_first_of("\x1b\n\r") == std::string::npos);
        }
    }

    void tellsItsParts()
    {
        const auto reference = ImageReference::require("localhost:5000/team/app:v1@" + digest);
        QCOMPARE(reference.registry(), std::string("localhost:5000"));
        QCOMPARE(reference.path(), std::string("team/app"));
        QCOMPARE(reference.repository(), std::string("localhost:5000/team/app"));
        QCOMPARE(reference.tag(), std::string("v1"));
        QCOMPARE(reference.digest()->toString(), digest);
        QVERIFY(ImageReference::require("x@" + digest).tag().empty());
    }

    void differentNamesStayDifferent()
    {
        std::set<std::string> seen;
        for (const char* text : {"a/b:c", "a_b_c", "a/b_c", "a-b:c", "a/b/c", "a.b/c", "localhost/a/b:c", "a:b", "a_b"})
            QVERIFY2(seen.insert(ImageReference::require(text).toString()).second, text);
    }
};

QTEST_GUILESS_MAIN(ImageReferenceTest)
#include "image_reference_test.moc"
