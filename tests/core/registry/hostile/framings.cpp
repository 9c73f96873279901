// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/stage.h"

namespace layerhold::test::hostile {

namespace {

using enum ErrorCode;

struct Framing
{
    const char* name;
    std::string bytes;
    std::vector<ErrorCode> codes;
};

std::string repeated(const std::string& text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

std::string ok(const std::string& rest)
{
    return "HTTP/1.1 200 OK\r\n" + rest;
}

std::string chunked(const std::string& chunks)
{
    return ok("Transfer-Encoding: chunked\r\n\r\n" + chunks);
}

/// Answers that no client can take, whatever it asked for.
std::vector<Framing> broken()
{
    const std::string nul(1, '\0');
    return {
        {"nothing", "", {Unavailable}},
        {"HTTP/0.9", "{everything}", {Unavailable}},
        {"HTTP/0.9 in JSON", R"({"tags":["{word}"]})", {Unavailable}},
        {"SSH", "SSH-2.0-OpenSSH_9.2 {everything}\r\n", {Unavailable}},
        {"TLS", "\x15\x03\x01" + nul + "\x02\x02\x46", {Unavailable}},
        {"HTTP/3", "HTTP/3.0 200 OK\r\n\r\n{everything}", {Unavailable}},
        {"HTTP/9", "HTTP/9.9 200 OK\r\n\r\n{everything}", {Unavailable}},
        {"no status", "HTTP/1.1 {everything}\r\n\r\n", {Unavailable}},
        {"status of two digits", "HTTP/1.1 20 OK\r\n\r\n{everything}", {Unavailable}},
        {"status of four digits", "HTTP/1.1 2000 OK\r\n\r\n{everything}", {Unavailable}},
        {"status 0", "HTTP/1.1 000 OK\r\n\r\n{everything}", {Unavailable}},
        {"status 999", "HTTP/1.1 999 {everything}\r\nContent-Length: 0\r\n\r\n", {Unavailable}},
        {"half a status", "HTTP/1.", {Unavailable}},
        {"cut in the headers", ok("X: {everything}"), {Unavailable}},
        {"cut behind a header", ok("X: {everything}\r\n"), {Unavailable}},
        {"NUL in a header", ok("X: a" + nul + "{everything}\r\nContent-Length: 0\r\n\r\n"), {Unavailable}},
        {"NUL in the status", "HTTP/1.1 200" + nul + " {everything}\r\n\r\n", {Unavailable}},
        {"giant header", ok("X: " + std::string(90'000, 'x') + "\r\n\r\n"), {FailedPrecondition}},
        {"giant name of a header", ok(std::string(90'000, 'x') + ": x\r\n\r\n"), {FailedPrecondition}},
        {"giant header without end", ok("X: " + std::string(300'000, 'x')), {FailedPrecondition, Unavailable}},
        {"giant status", "HTTP/1.1 200 " + std::string(90'000, 'x') + "\r\n\r\n", {FailedPrecondition}},
        {"many headers", ok(repeated("X: {word}\r\n", 2'000) + "\r\n"), {FailedPrecondition}},
        {"flood of 100", repeated("HTTP/1.1 100 Continue\r\n\r\n", 5'000), {FailedPrecondition}},
        {"flood of 103", repeated("HTTP/1.1 103 Early\r\nLink: <{word}>\r\n\r\n", 2'000), {FailedPrecondition}},
        {"102 and nothing", "HTTP/1.1 102 {everything}\r\n\r\n", {Unavailable}},
        {"101", "HTTP/1.1 101 Switching\r\nUpgrade: {word}\r\nConnection: upgrade\r\n\r\n{everything}", {Unavailable}},
        {"two lengths", ok("Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"), {FailedPrecondition, Unavailable}},
        {"negative length", ok("Content-Length: -1\r\n\r\n{everything}"), {Unavailable, FailedPrecondition}},
        {"transfer encoding", ok("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), {FailedPrecondition}},
        {"transfer encoding that is a secret",
         ok("Transfer-Encoding: {everything}\r\n\r\n"),
         {FailedPrecondition, Unavailable}},
        {"content encoding that is a secret",
         ok("Content-Encoding: {everything}\r\nContent-Length: 2\r\n\r\n{}"),
         {FailedPrecondition}},
        {"content encoding that is a bearer",
         ok("Content-Encoding: Bearer {word}\r\nContent-Length: 2\r\n\r\n{}"),
         {FailedPrecondition}},
        {"gzip", ok("Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"), {FailedPrecondition}},
        {"deflate", ok("Content-Encoding: deflate\r\nContent-Length: 2\r\n\r\n{}"), {FailedPrecondition}},
        {"br", ok("Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}"), {FailedPrecondition}},
        {"zstd", ok("Content-Encoding: zstd\r\nContent-Length: 2\r\n\r\n{}"), {FailedPrecondition}},
        {"gzip of gzip", ok("Content-Encoding: gzip, gzip\r\nContent-Length: 2\r\n\r\n{}"), {FailedPrecondition}},
        {"gzip behind identity",
         ok("Content-Encoding: identity\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b"),
         {FailedPrecondition}},
    };
}

/// Answers whose body cannot be taken.
std::vector<Framing> brokenBodies()
{
    return {
        {"shorter than said",
         ok("Content-Length: 1000\r\n\r\n{everything}"),
         {Unavailable, Corrupted, FailedPrecondition}},
        {"giant length",
         ok("Content-Length: 9223372036854775807\r\n\r\n{everything}"),
         {Unavailable, Corrupted, FailedPrecondition}},
        {"overflowing length",
         ok("Content-Length: 18446744073709551617\r\n\r\n{everything}"),
         {Unavailable, Corrupted, FailedPrecondition}},
        {"length that is a secret",
         ok("Content-Length: {everything}\r\n\r\n{everything}"),
         {Unavailable, Corrupted, FailedPrecondition}},
        {"no length, and cut", ok("\r\n{\"tags\":[\"{word}"), {Unavailable, Corrupted, FailedPrecondition}},
        {"empty", ok("Content-Length: 0\r\n\r\n"), {Unavailable, Corrupted, FailedPrecondition}},
        {"chunks without end", chunked("5\r\n{\"tag"), {Unavailable}},
        {"chunks without the last", chunked("2\r\n{}\r\n"), {Unavailable}},
        {"chunk of no number", chunked("{word}\r\n{}\r\n"), {Unavailable}},
        {"chunk of a negative number", chunked("-2\r\n{}\r\n"), {Unavailable}},
        {"chunk of a giant number", chunked("fffffffffffffffff\r\n{}\r\n"), {Unavailable}},
        {"chunk without its end", chunked("2\r\n{}{everything}"), {Unavailable}},
        {"flood of trailers",
         chunked("2\r\n{}\r\n0\r\n" + repeated("X: {word}\r\n", 2'000) + "\r\n"),
         {FailedPrecondition, Unavailable, Corrupted}},
        {"cut in the trailers", chunked("2\r\n{}\r\n0\r\nX: {word}"), {Unavailable, Corrupted}},
        {"8 MiB", ok("Content-Length: 8388608\r\n\r\n" + std::string(8U << 20U, ' ')), {FailedPrecondition, Corrupted}},
        {"8 MiB without length", ok("\r\n" + std::string(8U << 20U, ' ')), {FailedPrecondition, Corrupted}},
        {"8 MiB in chunks",
         chunked("800000\r\n" + std::string(8U << 20U, ' ') + "\r\n0\r\n\r\n"),
         {FailedPrecondition, Corrupted}},
        {"length and chunks",
         ok("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
         {FailedPrecondition, Corrupted, Unavailable}},
        {"part that nobody asked for",
         "HTTP/1.1 206 Part\r\nContent-Range: bytes 0-1/{word}\r\nContent-Length: 2\r\n\r\n{}",
         {FailedPrecondition}},
        {"reset content", "HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n", {FailedPrecondition}},
        {"no content", "HTTP/1.1 204 No\r\n\r\n{everything}", {FailedPrecondition}},
        {"accepted", "HTTP/1.1 202 Yes\r\nContent-Length: 2\r\nLocation: {evil}/\r\n\r\n{}", {FailedPrecondition}},
        {"not modified", "HTTP/1.1 304 Not\r\nETag: {word}\r\n\r\n", {FailedPrecondition}},
        {"choices", "HTTP/1.1 300 Many\r\nLocation: {evil}/\r\nContent-Length: 0\r\n\r\n", {FailedPrecondition}},
        {"redirect without Location", "HTTP/1.1 302 There\r\nContent-Length: 0\r\n\r\n", {FailedPrecondition}},
        {"use proxy", "HTTP/1.1 305 Proxy\r\nLocation: {evil}/\r\nContent-Length: 0\r\n\r\n", {FailedPrecondition}},
        {"proxy wants a login",
         "HTTP/1.1 407 Proxy\r\nProxy-Authenticate: Basic realm={word}\r\nContent-Length: 0\r\n\r\n",
         {FailedPrecondition}},
    };
}

} // namespace

std::vector<Hostility> framings()
{
    std::vector<Hostility> all;
    for (const Framing& framing : broken())
        all.emplace_back(framing.name, sends(framing.bytes))
            .on({Operation::Ping, Operation::HeadManifest, Operation::GetManifest, Operation::HeadBlob,
                 Operation::GetBlob, Operation::PutManifest, Operation::ListTags})
            .ends(framing.codes);
    Operations bodies = documents;
    bodies.push_back(Operation::GetBlob);
    for (const Framing& framing : brokenBodies())
        all.emplace_back(std::string("body: ") + framing.name, sends(framing.bytes)).on(bodies).ends(framing.codes);
    return all;
}

} // namespace layerhold::test::hostile
