// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/stage.h"

namespace layerhold::test::hostile {

namespace {

using enum ErrorCode;

const Operations refused{Operation::Ping,     Operation::HeadManifest, Operation::GetManifest, Operation::GetTag,
                         Operation::HeadBlob, Operation::GetBlob,      Operation::ResumeBlob,  Operation::ListTags};

ErrorCode codeOf(int status)
{
    switch (status) {
    case 401:
    case 403:
        return Denied;
    case 404:
        return NotFound;
    case 405:
    case 501:
        return Unsupported;
    default:
        return status == 429 || status >= 500 ? Unavailable : FailedPrecondition;
    }
}

/// Error answers that say what they were sent.
void addEchoes(std::vector<Hostility>& all)
{
    struct Echo
    {
        const char* name;
        HttpHeaders headers;
        const char* body;
    };

    const std::vector<Echo> echoes{
        {"in text", {}, "{everything} {signed} {userinfo}"},
        {"in a message",
         {},
         R"({"errors":[{"code":"DENIED","message":"{everything}","detail":{"a":"{everything}"}}]})"},
        {"in a code", {}, R"({"errors":[{"code":"{everything}"},{"code":"{word}"}],"message":"{everything}"})"},
        {"in headers",
         {{"Content-Type", "{everything}"},
          {"Warning", "299 {everything}"},
          {"Docker-Content-Digest", "{everything}"},
          {"Docker-Distribution-Api-Version", "{everything}"},
          {"WWW-Authenticate", "Bearer error=\"{everything}\""},
          {"Set-Cookie", "a={word}"},
          {"Retry-After", "{everything}"},
          {"Location", "http://x/{word}"},
          {"Link", "<{word}>; rel=\"next\""},
          {"ETag", "\"{word}\""},
          {"Content-Range", "bytes {everything}"},
          {"{everything}", "x"}},
         "{"},
    };
    for (const int status : {400, 401, 403, 404, 405, 410, 418, 429, 500, 501, 503}) {
        for (const Echo& echo : echoes) {
            Hostility& row = all.emplace_back(std::to_string(status) + " with an echo " + echo.name,
                                              answers(status, echo.headers, echo.body));
            row.on(refused).ends({codeOf(status)});
        }
    }
    all.emplace_back("404 with cookies", answers(404, {{"Set-Cookie", "a={word}"}, {"Set-Cookie", "b=c"}}))
        .on(refused)
        .by(everybody)
        .ends({NotFound});
    all.emplace_back("echo in the reason", sends("HTTP/1.1 403 {everything}\r\nContent-Length: 0\r\n\r\n"))
        .on(refused)
        .by(everybody)
        .ends({Denied});
}

void addWaits(std::vector<Hostility>& all)
{
    for (const char* const wish : {"31536000", "99999999999999999999", "Fri, 31 Dec 2199 23:59:59 GMT", "31"}) {
        for (const int status : {429, 503}) {
            Hostility& row = all.emplace_back(std::to_string(status) + " until " + wish,
                                              answers(status, {{"Retry-After", wish}}, "{everything}"));
            row.on({Operation::Ping, Operation::GetManifest, Operation::GetBlob, Operation::PutManifest})
                .ends({Unavailable});
        }
    }
    for (const char* const wish : {"-1", "{word}", "0", "1e9"})
        all.emplace_back(std::string("503 until ") + wish, answers(503, {{"Retry-After", wish}}))
            .on({Operation::Ping, Operation::ListTags})
            .ends({Unavailable});
}

/// More than an error has to say.
void addGiants(std::vector<Hostility>& all)
{
    for (const int status : {404, 500}) {
        all.emplace_back("giant body of " + std::to_string(status), answers(status, {}, std::string(8U << 20U, '[')))
            .on(refused)
            .ends({codeOf(status)});
        all.emplace_back("deep body of " + std::to_string(status), answers(status, {}, std::string(60'000, '[')))
            .on(refused)
            .ends({codeOf(status)});
        all.emplace_back("endless body of " + std::to_string(status),
                         [status](const Stage&, const HttpRecord& request, HttpReply& reply) {
                             reply.raw("HTTP/1.1 " + std::to_string(status) + " x\r\nConnection: close\r\n\r\n");
                             const std::string piece(64U << 10U, 'x');
                             while (request.method != "HEAD" && reply.pause(std::chrono::milliseconds(0)))
                                 reply.raw(piece);
                             reply.cut();
                         })
            .on(refused)
            .ends({codeOf(status)});
    }
}

} // namespace

std::vector<Hostility> refusals()
{
    std::vector<Hostility> all;
    addEchoes(all);
    addWaits(all);
    addGiants(all);
    return all;
}

} // namespace layerhold::test::hostile
