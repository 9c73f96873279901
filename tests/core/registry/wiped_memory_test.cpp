// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "freed_memory.h"
#include "registry/http_answer.h"
#include "registry/token_service.h"
#include "registry_fixture.h"

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;

namespace {

const std::string planted = "planted-secret-that-is-longer-than-what-fits-into-a-string-object-itself-0123456789";

std::span<const std::byte> bytesOf(std::string_view text)
{
    return std::as_bytes(std::span(text));
}

enum class Ending
{
    Whole,
    BrokenOff,
};

/// Takes an answer in that has the secret, in two pieces.
void takeIn(const HttpRequest& request, Ending ending)
{
    const std::string filler(10'000, 'x');
    HttpAnswer answer(request, request.url);
    answer.takeHeaderLine("HTTP/1.1 200 OK\r\n");
    answer.takeHeaderLine("\r\n");
    answer.takeBody(bytesOf(planted));
    answer.takeBody(bytesOf(filler));
    if (ending == Ending::BrokenOff)
        return;
    HttpResponse response = answer.finish();
    wipe(response.body);
}

} // namespace

class WipedMemoryTest : public QObject
{
    Q_OBJECT

private slots:

    void privateAnswersLeaveNothing_data()
    {
        QTest::addColumn<bool>("isWhole");
        QTest::newRow("whole") << true;
        QTest::newRow("broken off") << false;
    }

    void privateAnswersLeaveNothing()
    {
        QFETCH(bool, isWhole);
        const Ending ending = isWhole ? Ending::Whole : Ending::BrokenOff;
        HttpRequest request(Method::Get, Url::require("https://r.example.org/", "url"));
        {
            const FreedMemory freed(planted);
            takeIn(request, ending);
            QVERIFY(freed.finds() > 0); // this is how others are: that the test sees it
        }
        request.hasPrivateAnswer = true;
        const FreedMemory freed(planted);
        takeIn(request, ending);
        QCOMPARE(freed.finds(), std::size_t{0});
    }

    void whatATokenIsGotWithLeavesNothing()
    {
        HttpServer server([&](const HttpRecord&, HttpReply& reply) { reply.send(200, {}, "{\"token\":\"t\"}"); });
        RegistryRig rig;
        HttpClient http(rig.options, endpointAt(server.origin()));
        const Credential credential = secretOf(CredentialKind::IdentityToken, planted + std::string(300, 'x'));
        const Url realm = Url::require(server.origin() + "/token", "realm");
        const ScopeSet scopes = ScopeSet::repository("a", {"pull"});
        const FreedMemory freed(planted);
        QCOMPARE(fetchToken(http, rig.options, {realm, "s", scopes, credential}, {}).text.reveal(),
                 std::string_view("t"));
        QCOMPARE(freed.finds(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(WipedMemoryTest)
#include "wiped_memory_test.moc"
