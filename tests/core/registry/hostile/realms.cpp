// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/stage.h"
#include "hostile/targets.h"

namespace layerhold::test::hostile {

namespace {

using enum ErrorCode;

const Operations asking{Operation::Ping, Operation::GetManifest, Operation::HeadBlob, Operation::PushBlob,
                        Operation::ListTags};

Hostility realm(const std::string& name, const std::string& parameters)
{
    Hostility row("realm " + name, challenges(parameters));
    row.gate = Gate::Open;
    row.on(asking).by(tokenUsers, Mix::InTurn).ends({FailedPrecondition});
    return row;
}

void addAddresses(std::vector<Hostility>& all)
{
    // Most of these are another host by name already; where it leads to is not looked at.
    for (const Target& target : forbiddenTargets()) {
        all.push_back(realm(std::string("at ") + target.name, "realm=\"" + target.url + "\",service=\"registry\""));
        if (target.url.size() > (16U << 10U))
            all.back().ends({Denied}); // such a challenge is not read at all
    }
    all.push_back(realm("at another host", "realm=\"{evil}/token\""));
    all.back().by(tokenUsers);
    all.push_back(realm("with userinfo", "realm=\"http://{userinfo}@127.0.0.1:{evil-port}/token\""));
    all.back().by(tokenUsers);
    all.push_back(realm("with a fragment", "realm=\"{tokens}/token#{word}\""));
    all.push_back(realm("without host", "realm=\"/token\""));
    all.push_back(realm("that comes first", "realm=\"{evil}/token\",realm=\"{tokens}/token\""));
    all.push_back(realm("before a good one", "realm=\"{evil}/token\", Bearer realm=\"{tokens}/token\""));
    all.push_back(realm("of echoes", "realm=\"{everything}\",service=\"{everything}\""));
    all.push_back(realm("with a credential as its host", "realm=\"{word}://x\",scope=\"{everything}\""));
    for (const char* const name : {"auth", "link-local", "private"}) {
        all.push_back(realm(std::string("of the same domain that is ") + name,
                            "realm=\"{evil:" + std::string(name) + ".example.test}/token\""));
        all.back().by(tokenUsers).refusal = Refusal::ByAddress;
        all.back().host = "registry.example.test";
    }
    all.push_back(realm("of another domain for a name", "realm=\"{evil}/token\""));
    all.back().host = "registry.example.test";
    all.push_back(realm("at the address of a name", "realm=\"http://127.0.0.1:{evil-port}/token\""));
    all.back().host = "registry.example.test";
    all.push_back(realm("without encryption", "realm=\"http://127.0.0.1:{evil-port}/token\""));
    all.back().by(tokenUsers).security = Security::Tls;
}

/// Challenges that cannot be answered: the registry's refusal stands.
void addUnanswerable(std::vector<Hostility>& all)
{
    const auto add = [&](const std::string& name, const std::string& challenge) {
        Hostility& row =
            all.emplace_back("challenge " + name, answers(401, {{"WWW-Authenticate", challenge}}, "{everything}"));
        row.gate = Gate::Open;
        row.on(asking).by(tokenUsers, Mix::InTurn).ends({Denied});
    };
    add("without realm", "Bearer service=\"{everything}\"");
    add("with an empty realm", "Bearer realm=\"\"");
    add("of one word", "Bearer");
    add("of another scheme", "Negotiate {word}");
    add("for a digest", "Digest realm=\"{tokens}\",nonce=\"{word}\"");
    add("that does not end", "Bearer realm=\"{tokens}/token");
    add("of commas", std::string(20'000, ','));
    add("of many", [] {
        std::string many;
        for (int i = 0; i < 1000; ++i)
            many += "X" + std::to_string(i) + " realm=a, ";
        return many + "Bearer realm=\"{evil}/token\"";
    }());
    all.emplace_back("no challenge at all", answers(401, {}, "{everything}")).on(asking).by(everybody).ends({Denied});
}

/// A registry that is never satisfied.
void addEndless(std::vector<Hostility>& all)
{
    const auto add = [&](const std::string& name, const Act& act) -> Hostility& {
        Hostility& row = all.emplace_back("endless 401 " + name, act);
        row.gate = Gate::Open;
        return row.on(asking).by(tokenUsers).ends({Denied});
    };
    const std::string good = "realm=\"{tokens}/token\",service=\"registry\"";
    add("with one realm", challenges(good));
    add("of scopes", challenges(good + ",error=\"insufficient_scope\",scope=\"repository:b:pull\""));
    add("of scopes that are forbidden",
        challenges(good + ",error=\"insufficient_scope\",scope=\"repository:b:pull\"", 403));
    add("of invalid tokens", challenges(good + ",error=\"invalid_token\""));
    add("of many scopes", challenges(good + ",error=\"insufficient_scope\",scope=\"" +
                                     [] {
                                         std::string scopes;
                                         for (int i = 0; i < 2000; ++i)
                                             scopes += "repository:r" + std::to_string(i) + ":pull ";
                                         return scopes;
                                     }() +
                                     '"'))
        .ends({Denied, FailedPrecondition});
    add("with a long service", challenges("realm=\"{tokens}/token\",service=\"" + std::string(12'000, '\t') + '"'));
    const auto counting = [](const std::string& parameters) {
        return [=](const Stage& stage, const HttpRecord& request, HttpReply& reply) {
            std::string each = parameters;
            const std::size_t at = each.find('#');
            each.replace(at, 1, std::to_string(stage.requests()));
            challenges(each)(stage, request, reply);
        };
    };
    add("with changing realms", counting("realm=\"{tokens}/token/#\""));
    add("with changing services", counting("realm=\"{tokens}/token\",service=\"#\""));
    add("with growing scopes",
        counting("realm=\"{tokens}/token\",error=\"insufficient_scope\",scope=\"repository:r#:pull\""));
    add("of two minds", [=](const Stage& stage, const HttpRecord& request, HttpReply& reply) {
        if (request.header("authorization").starts_with("Bearer"))
            reply.send(401, {{"WWW-Authenticate", "Basic realm=x"}});
        else
            challenges(good)(stage, request, reply);
    }).by({Who::Anonymous, Who::IdentityToken});
    add("of Basic", answers(401, {{"WWW-Authenticate", "Basic realm=\"{word}\""}}, "{everything}"))
        .by({Who::Anonymous, Who::Basic, Who::IdentityToken, Who::RegistryToken});
}

} // namespace

std::vector<Hostility> realms()
{
    std::vector<Hostility> all;
    addAddresses(all);
    addUnanswerable(all);
    addEndless(all);
    return all;
}

} // namespace layerhold::test::hostile
