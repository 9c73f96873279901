// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/stage.h"

namespace layerhold::test::hostile {

namespace {

using namespace std::chrono_literals;
using enum ErrorCode;

const Operations few{Operation::GetManifest, Operation::GetBlob, Operation::ListTags};

void hang(const Stage&, const HttpRecord&, HttpReply& reply)
{
    reply.hang();
}

/// These bytes, and then nothing.
Act stalls(const std::string& bytes)
{
    return [=](const Stage& stage, const HttpRecord&, HttpReply& reply) {
        reply.raw(stage.expand(bytes));
        reply.hang();
    };
}

/// These bytes, and then the others again and again.
Act drips(const std::string& bytes, const std::string& drop)
{
    return [=](const Stage&, const HttpRecord&, HttpReply& reply) {
        reply.raw(bytes);
        while (reply.pause(20ms))
            reply.raw(drop);
    };
}

Hostility& add(std::vector<Hostility>& all, const std::string& name, const Act& act)
{
    Hostility& row = all.emplace_back("slow: " + name, act);
    row.on(few).ends({Unavailable}).patience = Patience::Short;
    return row;
}

} // namespace

std::vector<Hostility> delays()
{
    const std::string ok = "HTTP/1.1 200 OK\r\n";
    const std::string chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    std::vector<Hostility> all;
    add(all, "nothing", hang)
        .on({Operation::Ping, Operation::HeadManifest, Operation::PutManifest, Operation::PushBlob});
    add(all, "half a status", stalls("HTTP/1.1 2"));
    add(all, "half the headers", stalls(ok + "X: {everything}\r\n"));
    add(all, "headers alone", stalls(ok + "Content-Length: 10\r\n\r\n"));
    add(all, "half the body", stalls(ok + "Content-Length: 10\r\n\r\n0123"));
    add(all, "half a chunk", stalls(chunked + "a\r\n0123"));
    add(all, "no end of the headers, letter by letter", drips(ok + "X: ", "x"));
    add(all, "headers one by one", drips(ok, "X: y\r\n"));
    add(all, "announcements one by one", drips("", "HTTP/1.1 103 Early\r\n\r\n"));
    add(all, "100 one by one", drips("", "HTTP/1.1 100 Continue\r\n\r\n"))
        .on({Operation::PutManifest, Operation::PushBlob});
    add(all, "body letter by letter", drips(ok + "Content-Length: 1000000\r\n\r\n", "x"))
        .on({Operation::GetManifest, Operation::ListTags});
    add(all, "body that takes its time", drips(ok + "\r\n", std::string(1'000, ' ')))
        .on({Operation::GetManifest, Operation::ListTags});
    add(all, "extension of a chunk", drips(chunked + "5;x=", "x"));
    add(all, "trailers one by one", drips(chunked + "2\r\n{}\r\n0\r\n", "X: y\r\n"))
        .on({Operation::GetManifest, Operation::ListTags});
    add(all, "error letter by letter", drips("HTTP/1.1 404 Not\r\n\r\n", "x"))
        .on({Operation::GetManifest, Operation::GetBlob});
    add(all, "challenge letter by letter", drips("HTTP/1.1 401 Who\r\nWWW-Authenticate: Bearer realm=\"", "x")).gate =
        Gate::Open;
    Hostility& busy =
        add(all, "upload that nobody reads", [](const Stage& stage, const HttpRecord& request, HttpReply& reply) {
            answers(request.method == "POST" ? 202 : 201, {{"Location", "{mute}/up?{signed}"}})(stage, request, reply);
        });
    busy.on({Operation::PushBlob, Operation::PushLarge});
    Hostility& mute = add(all, "registry that shakes no hands", hang);
    mute.on({Operation::Ping, Operation::GetBlob}).host = "mute";
    add(all, "redirect to who never answers", leads("{mute}/?{signed}"));

    const auto tokens = [&](const std::string& name, const Act& act) {
        Hostility& row = add(all, "token service: " + name, answers(404));
        row.on({Operation::GetManifest}).by(tokenUsers).tokens = act;
    };
    tokens("nothing", hang);
    tokens("headers one by one", drips(ok, "X: y\r\n"));
    tokens("body letter by letter", drips(ok + "\r\n", "x"));
    tokens("half the body", stalls(ok + "Content-Length: 900\r\n\r\n{\"token\":\"{word}"));
    const auto storage = [&](const std::string& name, const Act& act) {
        Hostility& row = add(all, "storage: " + name, leads("{storage}/x?{signed}"));
        row.on({Operation::GetBlob}).by({Who::Basic, Who::RegistryToken}).storage = act;
    };
    storage("nothing", hang);
    storage("headers one by one", drips(ok, "X: y\r\n"));
    storage("half the body", stalls(ok + "Content-Length: 10\r\n\r\n0123"));
    return all;
}

} // namespace layerhold::test::hostile
