// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/stage.h"
#include "hostile/targets.h"

namespace layerhold::test::hostile {

namespace {

using enum ErrorCode;

const Operations pushes{Operation::PushBlob, Operation::PushChunks, Operation::MountBlob};

/// Opens uploads there, and does what is said with everything else.
Act opens(const std::string& location, const Act& rest = answers(201))
{
    return [=](const Stage& stage, const HttpRecord& request, HttpReply& reply) {
        (request.method == "POST" ? answers(202, {{"Location", location}}) : rest)(stage, request, reply);
    };
}

/// Takes no chunk, and says that it has this much.
Act chunksFail(int status, const std::string& range)
{
    const Act rest = [=](const Stage& stage, const HttpRecord& request, HttpReply& reply) {
        (request.method == "GET" ? answers(204, {{"Range", range}}) : answers(status))(stage, request, reply);
    };
    return opens("/v2/a/blobs/uploads/1", rest);
}

void addLocations(std::vector<Hostility>& all)
{
    for (const Target& target : forbiddenTargets()) {
        Hostility& row = all.emplace_back(std::string("upload to ") + target.name, opens(target.url));
        row.on(pushes).ends({FailedPrecondition}).refusal = target.refusal;
    }
    Hostility& plain = all.emplace_back("upload without encryption", opens("http://127.0.0.1:{evil-port}/?{signed}"));
    plain.on(pushes).ends({FailedPrecondition}).security = Security::Tls;
    all.emplace_back("upload to nowhere", answers(202)).on(pushes).ends({FailedPrecondition});
}

void addStorages(std::vector<Hostility>& all)
{
    const auto add = [&](const std::string& name, const Act& storage) -> Hostility& {
        Hostility& row = all.emplace_back("upload to a storage " + name, opens("{storage}/up?{signed}"));
        row.storage = storage;
        return row.on(pushes).by(everybody).ends({Unavailable});
    };
    add("that takes it", answers(201, {{"Set-Cookie", "a=b"}})).on({Operation::PushBlob}).ends({});
    add("that asks for a token", challenges("realm=\"{tokens}/token\",service=\"registry\""));
    add("that asks for a token elsewhere", challenges("realm=\"{evil}/token\"", 403));
    add("that asks for a password", answers(401, {{"WWW-Authenticate", "Basic realm=x"}}, "{everything}"));
    add("that fails and says all", answers(500, {{"X", "{everything}"}}, "{everything} {signed}"));
    add("that leads to loopback", leads("{evil}/?{signed}")).on({Operation::PushBlob, Operation::MountBlob});
    add("that leads to loopback when it is asked", leads("{evil}/?{signed}"))
        .on({Operation::PushChunks})
        .ends({FailedPrecondition})
        .refusal = Refusal::ByAddress;
    add("that goes on at loopback", answers(202, {{"Location", "{evil}/?{signed}"}}))
        .on({Operation::PushChunks})
        .ends({FailedPrecondition})
        .refusal = Refusal::ByAddress;
    add("that goes on with userinfo", answers(202, {{"Location", "http://{userinfo}@127.0.0.1/?{signed}"}}))
        .on({Operation::PushChunks})
        .ends({FailedPrecondition});
    add("that is trusted", answers(400, {}, "{everything}")).registry = opens("{trusted}/up?{signed}");
}

void addChunks(std::vector<Hostility>& all)
{
    const auto add = [&](const std::string& name, const Act& act) -> Hostility& {
        return all.emplace_back(name, act).on({Operation::PushChunks}).by(everybody);
    };
    for (const char* const range : {"0-999999999999", "5-9", "0-", "{word}", "", "0-18446744073709551616"})
        add(std::string("upload that has ") + range, chunksFail(416, range)).ends({FailedPrecondition});
    add("upload that never begins", chunksFail(416, "0-0")).ends({Unavailable});
    add("upload that always fails", chunksFail(500, "0-0")).ends({Unavailable});
    const Act backAndForth = [](const Stage& stage, const HttpRecord& request, HttpReply& reply) {
        const bool isFirst = request.header("content-range") == "0-3";
        const bool isAsked = request.method == "GET";
        answers(isAsked ? 204 : isFirst ? 202 : 416, {{"Range", "0-0"}})(stage, request, reply);
    };
    add("upload that goes back and forth", opens("/v2/up", backAndForth)).ends({Unavailable});
    add("upload with the largest chunks",
        answers(202, {{"Location", "/v2/up"}, {"OCI-Chunk-Min-Length", "18446744073709551615"}}))
        .ends({FailedPrecondition});
}

} // namespace

std::vector<Hostility> uploads()
{
    std::vector<Hostility> all;
    addLocations(all);
    addStorages(all);
    addChunks(all);
    const std::string other = "sha256:" + std::string(64, '0');
    all.emplace_back("push taken for something else", opens("/v2/up", answers(201, {{"Docker-Content-Digest", other}})))
        .on({Operation::PushBlob, Operation::MountBlob})
        .by(everybody)
        .ends({Corrupted});
    all.emplace_back("manifest taken for something else", answers(201, {{"Docker-Content-Digest", other}}))
        .on({Operation::PutManifest})
        .by(everybody)
        .ends({Corrupted});
    for (const int status : {400, 401, 403, 404, 409, 413, 429, 500, 507}) {
        const ErrorCode code = status == 401 || status == 403   ? Denied
                               : status == 404                  ? NotFound
                               : status == 429 || status >= 500 ? Unavailable
                                                                : FailedPrecondition;
        const std::string body = R"({"errors":[{"code":"{everything}","message":"{everything}"}]})";
        all.emplace_back("write refused with " + std::to_string(status), answers(status, {}, body))
            .on(writes)
            .by(everybody)
            .ends({code});
    }
    return all;
}

} // namespace layerhold::test::hostile
