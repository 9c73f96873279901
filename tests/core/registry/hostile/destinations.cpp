// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/stage.h"
#include "hostile/targets.h"

namespace layerhold::test::hostile {

namespace {

using enum ErrorCode;

const Operations lists{Operation::ListTags, Operation::Referrers};
const std::string emptyPage = R"({"tags":[],"manifests":[]})";

Act links(const std::string& target)
{
    return answers(200, {{"Link", '<' + target + ">; rel=\"next\""}}, emptyPage);
}

void addRedirects(std::vector<Hostility>& all)
{
    for (const Target& target : forbiddenTargets()) {
        Hostility& row = all.emplace_back(std::string("redirect to ") + target.name, leads(target.url));
        row.ends({FailedPrecondition}).refusal = target.refusal;
    }
    for (const int status : {301, 302, 303, 308}) {
        Hostility& row =
            all.emplace_back("redirect to loopback with " + std::to_string(status), leads("{evil}/", status));
        row.on({Operation::GetBlob, Operation::GetManifest}).ends({FailedPrecondition});
        row.refusal = Refusal::ByAddress;
    }
    all.emplace_back("redirect to itself for ever", leads("{registry}/v2/x")).ends({FailedPrecondition});
    all.emplace_back("redirect to nowhere", leads("")).ends({FailedPrecondition});
    Hostility& pong = all.emplace_back("redirect to and fro", leads("{storage}/x?{signed}"));
    pong.ends({FailedPrecondition}).storage = leads("{registry}/v2/x");
    pong.gate = Gate::Open;
    Hostility& plain = all.emplace_back("redirect without encryption", leads("http://{evil-authority}/?{signed}"));
    plain.ends({FailedPrecondition}).security = Security::Tls;
    Hostility& written = all.emplace_back("redirect of writes", leads("{storage}/?{signed}"));
    written.on(writes).by(everybody).ends({FailedPrecondition});
}

/// Storages at another port, which may be gone to, but without anything to show.
void addStorages(std::vector<Hostility>& all)
{
    const auto add = [&](const std::string& name, const Act& storage) -> Hostility& {
        Hostility& row = all.emplace_back("storage " + name, leads("{storage}/x?{signed}"));
        row.storage = storage;
        return row
            .on({Operation::Ping, Operation::HeadManifest, Operation::GetManifest, Operation::HeadBlob,
                 Operation::GetBlob})
            .by(everybody)
            .ends({Unavailable});
    };
    add("that asks for a token", challenges("realm=\"{evil}/token\",service=\"{word}\""));
    add("that asks for a token of the registry", challenges("realm=\"{tokens}/token\",service=\"registry\""));
    add("that asks for a password", answers(401, {{"WWW-Authenticate", "Basic realm=\"{word}\""}}, "{everything}"));
    add("that finds scopes insufficient",
        challenges("realm=\"{tokens}/token\",error=\"insufficient_scope\",scope=\"repository:b:pull\"", 403));
    add("that fails and says all", answers(500, {{"X", "{everything}"}}, "{everything} {signed}"));
    add("that leads back", leads("{registry}/v2/again")).ends({Denied});
    add("that leads to loopback", leads("{evil}/?{signed}")).ends({FailedPrecondition}).refusal = Refusal::ByAddress;
    add("that leads to the metadata of the cloud", leads("http://169.254.169.254/{word}"))
        .ends({FailedPrecondition})
        .refusal = Refusal::ByAddress;
    add("that is trusted", answers(503, {{"Set-Cookie", "a={word}"}}, "{everything}")).registry =
        leads("{trusted}/x?{signed}");
}

void addLinks(std::vector<Hostility>& all)
{
    for (const Target& target : forbiddenTargets())
        all.emplace_back(std::string("next page at ") + target.name, links(target.url))
            .on(lists)
            .ends({FailedPrecondition});
    all.emplace_back("next page at another port", links("{storage}/x?{signed}"))
        .on(lists)
        .by(everybody)
        .ends({FailedPrecondition});
    Hostility& plain = all.emplace_back("next page without encryption", links("http://127.0.0.1:{evil-port}/"));
    plain.on(lists).ends({FailedPrecondition}).security = Security::Tls;
    all.emplace_back("next page for ever", links("/v2/a/tags/list")).on(lists).by(everybody).mostRequests = 210;
    const auto second = [&](const std::string& name, const Act& then) -> Hostility& {
        return all
            .emplace_back("second page " + name,
                          [=](const Stage& stage, const HttpRecord& request, HttpReply& reply) {
                              const bool isSecond = request.path() == "/v2/second";
                              (isSecond ? then : links("/v2/second?{signed}"))(stage, request, reply);
                          })
            .on(lists)
            .by(everybody);
    };
    second("at loopback", leads("{evil}/?{signed}")).ends({FailedPrecondition}).refusal = Refusal::ByAddress;
    second("that is refused", answers(403, {}, "{everything} {signed}")).ends({Denied});
    second("that is not there", answers(404, {}, "{everything} {signed}")).ends({NotFound});
    second("that fails", answers(500, {}, "{everything} {signed}")).ends({Unavailable});
    second("that is cut", sends("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{everything} {signed}"))
        .ends({Unavailable});
}

} // namespace

std::vector<Hostility> destinations()
{
    std::vector<Hostility> all;
    addRedirects(all);
    addStorages(all);
    addLinks(all);
    return all;
}

} // namespace layerhold::test::hostile
