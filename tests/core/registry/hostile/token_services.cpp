// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/secrets.h"
#include "hostile/stage.h"

namespace layerhold::test::hostile {

namespace {

using enum ErrorCode;

const Operations asking{Operation::Ping, Operation::GetManifest, Operation::GetBlob, Operation::PushBlob};
const std::string oneYear = "31536000";

Hostility& add(std::vector<Hostility>& all, const std::string& name, const Act& tokens, ErrorCode code)
{
    Hostility& row = all.emplace_back("token service " + name, answers(404));
    row.tokens = tokens;
    return row.on(asking).by(tokenUsers).ends({code});
}

Act gives(const std::string& body)
{
    return answers(200, {}, body);
}

void addRefusals(std::vector<Hostility>& all)
{
    const std::string body = R"({"error":"{everything}","details":"{everything}","token":"{word}"})";
    for (const int status : {401, 403})
        add(all, "answers " + std::to_string(status), answers(status, {{"X", "{everything}"}}, body), Denied);
    for (const int status : {500, 502, 503, 504, 429})
        add(all, "answers " + std::to_string(status), answers(status, {{"Retry-After", "1"}}, body), Unavailable);
    for (const int status : {201, 204, 206, 300, 400, 418})
        add(all, "answers " + std::to_string(status), answers(status, {}, body), FailedPrecondition);
    add(all, "is away for a year", answers(503, {{"Retry-After", oneYear}}, body), Unavailable).mostRequests = 1;
    add(all, "challenges", challenges("realm=\"{evil}/token\""), Denied);
    add(all, "asks for a password", answers(401, {{"WWW-Authenticate", "Basic realm=\"{everything}\""}}), Denied);
}

void addRedirects(std::vector<Hostility>& all)
{
    add(all, "leads to another host", leads("{evil}/token?{signed}"), FailedPrecondition);
    add(all, "leads to another port", leads("{storage}/token?{signed}"), FailedPrecondition);
    add(all, "leads to the registry", leads("{registry}/token"), FailedPrecondition);
    add(all, "leads to the metadata of the cloud", leads("http://169.254.169.254/{word}"), FailedPrecondition);
    add(all, "leads to a file", leads("file:///etc/passwd?{signed}"), FailedPrecondition);
    add(all, "leads with userinfo", leads("http://{userinfo}@{evil-authority}/"), FailedPrecondition);
    add(all, "leads to itself", leads("/token"), FailedPrecondition);
    add(all, "gives up encryption", leads("http://127.0.0.1:{evil-port}/?{signed}"), FailedPrecondition).security =
        Security::Tls;
    // An identity token goes in a body; when that finds nothing, it goes in a header.
    add(
        all, "leads away the second time",
        [](const Stage& stage, const HttpRecord& request, HttpReply& reply) {
            (request.method == "POST" ? answers(404) : leads("{evil}/token"))(stage, request, reply);
        },
        FailedPrecondition)
        .by({Who::IdentityToken});
}

void addAnswers(std::vector<Hostility>& all)
{
    const auto unusable = [&](const std::string& name, const std::string& body) {
        Hostility& row = add(all, "gives " + name, gives(body), FailedPrecondition);
        if (body.size() > (64U << 10U))
            row.mix = Mix::InTurn;
    };
    unusable("nothing", "");
    unusable("garbage", "\x01\x02{everything}");
    unusable("HTML", "<html><body>{everything}</body></html>");
    unusable("2 MiB of JSON", "{\"token\":\"" + std::string(2U << 20U, 'x') + "\"}");
    unusable("2 MiB of HTML", "<html>" + std::string(2U << 20U, 'x'));
    unusable("a list", R"([{"token":"{word}"}])");
    unusable("a text", R"("{word}")");
    unusable("no token", "{\"expires_in\":300}");
    unusable("an empty token", "{\"token\":\"\"}");
    unusable("a token that is a number", "{\"token\":12}");
    unusable("a token with the end of a line", R"({"token":"x\r\nX-Injected: {word}"})");
    unusable("a token with NUL", R"({"token":"x\u0000{word}"})");
    unusable("a token with spaces", R"({"token":"{everything}"})");
    unusable("a token that is no ASCII", "{\"token\":\"\xc3\xa4{word}\"}");
    unusable("a giant token", "{\"token\":\"" + std::string(70'000, 'x') + "\"}");
    unusable("cut JSON", R"({"token":"{word})");
    unusable("deep JSON", std::string(200'000, '['));
    unusable("deep and closed JSON", std::string(100'000, '[') + std::string(100'000, ']'));
    add(all, "gives gzip", answers(200, {{"Content-Encoding", "gzip"}}, "\x1f\x8b{everything}"), FailedPrecondition);
    add(all, "gives what is encoded as a secret", answers(200, {{"Content-Encoding", "{everything}"}}, "{}"),
        FailedPrecondition);
    add(all, "gives a token too large for headers", gives("{\"token\":\"" + std::string(64U << 10U, 'x') + "\"}"),
        Denied)
        .by({Who::Anonymous});
    add(all, "speaks HTTP/0.9", sends("{\"token\":\"{word}\"}"), Unavailable);
    add(all, "is cut", sends("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"token\":\"{word}\"}"), Unavailable);
    add(all, "hangs up", sends(""), Unavailable);
    add(all, "sends giant headers", sends("HTTP/1.1 200 OK\r\nX: " + std::string(90'000, 'x') + "\r\n\r\n{}"),
        FailedPrecondition);
}

/// Tokens that are some, but that the registry does not take.
void addWorthless(std::vector<Hostility>& all)
{
    for (const char* const more :
         {"", R"(,"expires_in":0)", R"(,"expires_in":-1)", R"(,"expires_in":18446744073709551615)",
          R"(,"expires_in":"{word}")", R"(,"issued_at":"1970-01-01T00:00:00Z","expires_in":60)",
          R"(,"refresh_token":"{word}")"}) {
        const std::string token = planted.bearer;
        Hostility& row = add(all, std::string("gives an expired token") + more,
                             gives("{\"token\":\"" + token + "\"" + more + "}"), Denied);
        row.registry = challenges("realm=\"{tokens}/token\",error=\"invalid_token\"");
        row.gate = Gate::Open;
    }
    Hostility& cookie = add(
        all, "sets a cookie",
        answers(200, {{"Set-Cookie", "a={word}; Domain=127.0.0.1"}}, "{\"access_token\":\"" + planted.bearer + "\"}"),
        Denied);
    cookie.registry = challenges("realm=\"{tokens}/token\",error=\"insufficient_scope\",scope=\"repository:b:pull\"");
}

} // namespace

std::vector<Hostility> tokenServices()
{
    std::vector<Hostility> all;
    addRefusals(all);
    addRedirects(all);
    addAnswers(all);
    addWorthless(all);
    return all;
}

} // namespace layerhold::test::hostile
