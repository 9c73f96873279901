// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/operations.h"
#include "hostile/stage.h"

namespace layerhold::test::hostile {

namespace {

using enum ErrorCode;

const std::string ociManifest = "application/vnd.oci.image.manifest.v1+json";
const std::string ociIndex = "application/vnd.oci.image.index.v1+json";
const std::string otherDigest = "sha256:" + std::string(64, '0');

void addManifests(std::vector<Hostility>& all)
{
    const auto add = [&](const std::string& name, const HttpHeaders& headers, const std::string& body) -> Hostility& {
        return all.emplace_back("manifest " + name, answers(200, headers, body)).by(everybody);
    };
    const Operations byDigest{Operation::GetManifest};
    const Operations byTag{Operation::GetTag};
    add("of another digest", {}, R"({"layers":[],"x":"{word}"})").on(byDigest).ends({Corrupted});
    add("that is empty", {}, "").on(byDigest).ends({Corrupted});
    add("with the digest of something else", {{"Docker-Content-Digest", otherDigest}}, manifest)
        .on({Operation::GetManifest, Operation::GetTag})
        .ends({Corrupted});
    add("of another algorithm", {{"Docker-Content-Digest", "sha512:" + std::string(128, '0')}}, manifest)
        .on({Operation::GetManifest, Operation::GetTag})
        .ends({Corrupted});
    add("of two digests that quotes", {{"Docker-Content-Digest", "sha256:{word}"}, {"Content-Type", "{everything}"}},
        "{}x")
        .on({Operation::GetManifest, Operation::GetTag})
        .ends({Corrupted, FailedPrecondition});
    const auto refuse = [&](const std::string& name, const std::string& type, const std::string& body) {
        add(name, {{"Content-Type", type}}, body).on(byTag).ends({FailedPrecondition, Unsupported});
    };
    const auto giant = [&](const std::string& name, const std::string& type, const std::string& body) {
        refuse(name, type, body);
        all.back().mix = Mix::InTurn;
    };
    refuse("that is HTML", "text/html", "<html>{everything}</html>");
    refuse("that is a list", ociManifest, R"(["{word}"])");
    refuse("of a media type that is a secret", ociManifest, R"({"mediaType":"{everything}","layers":[]})");
    refuse("of a media type that is a word", ociManifest, R"({"mediaType":"{word}","layers":[]})");
    refuse("of a media type that is no text", ociManifest, R"({"mediaType":["{word}"],"layers":[]})");
    refuse("of another media type", ociIndex, "{\"mediaType\":\"" + ociManifest + "\",\"layers\":[]}");
    refuse("that is both", ociManifest, R"({"manifests":[],"layers":[],"config":"{word}"})");
    refuse("that is an index", ociManifest, R"({"manifests":[{"digest":"{word}"}]})");
    refuse("of the schema 1", "application/vnd.docker.distribution.manifest.v1+prettyjws", R"({"schemaVersion":1})");
    refuse("of the schema 1 in disguise", "text/plain", R"({"schemaVersion":1,"name":"{word}"})");
    giant("that is deep", ociManifest, std::string(1U << 20U, '['));
    giant("that is deep and closed", ociManifest, std::string(1U << 20U, '[') + std::string(1U << 20U, ']'));
    refuse("of NULs", ociManifest, std::string(1'000, '\0'));

    all.emplace_back("head of another digest", answers(200, {{"Docker-Content-Digest", "{word}"}}, "{everything}"))
        .on({Operation::HeadManifest})
        .by(everybody)
        .ends({FailedPrecondition});
}

void addBlobs(std::vector<Hostility>& all)
{
    const auto add = [&](const std::string& name, const Act& act) -> Hostility& {
        return all.emplace_back("blob " + name, act).on({Operation::GetBlob, Operation::ResumeBlob}).by(everybody);
    };
    add("that is too short", answers(200, {}, "0123")).ends({Corrupted});
    add("that is too long", answers(200, {}, blob + "{everything}")).ends({Corrupted});
    add("that is too long without length", sends("HTTP/1.1 200 OK\r\n\r\n" + blob + "{everything}")).ends({Corrupted});
    add("that is too short without length", sends("HTTP/1.1 200 OK\r\n\r\n0123")).ends({Unavailable});
    add("that is cut", sends("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123")).ends({Unavailable});
    add("of two lengths", sends("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Length: 4\r\n\r\n0123"))
        .ends({FailedPrecondition, Unavailable});
    add("that cannot go on", answers(416, {{"Content-Range", "bytes */{word}"}})).ends({FailedPrecondition});
    const auto part = [&](const std::string& name, const std::string& range, const std::string& body) -> Hostility& {
        return add(name, answers(206, {{"Content-Range", range}, {"ETag", "\"{word}\""}}, body));
    };
    // Never asked for when nothing is there yet, and asked for from the beginning when it cannot be right.
    for (const char* const range : {"", "{everything}", "bytes 3-9/10", "bytes 4-8/10", "bytes 4-9/*", "bytes 9-4/10",
                                    "bytes 4-9/18446744073709551616", "bytes -4-9/10", "items 4-9/10"})
        part(std::string("of the range ") + range, range, "456789").ends({FailedPrecondition});
    add("of another size", answers(206, {{"Content-Range", "bytes 4-99/100"}}, "456789"))
        .on({Operation::ResumeBlob})
        .ends({Corrupted});
    add("whose rest is cut", answers(206, {{"Content-Range", "bytes 4-9/10"}}, "45"))
        .on({Operation::ResumeBlob})
        .ends({Unavailable, Corrupted});
    add("whose rest is too long", answers(206, {{"Content-Range", "bytes 4-9/10"}}, "456789{everything}"))
        .on({Operation::ResumeBlob})
        .ends({Corrupted});
    for (const char* const length : {"-1", "{word}", "18446744073709551616", "1 1"})
        all.emplace_back(std::string("head of a blob of length ") + length,
                         sends(std::string("HTTP/1.1 200 OK\r\nContent-Length: ") + length + "\r\n\r\n"))
            .on({Operation::HeadBlob})
            .by(everybody)
            .ends({FailedPrecondition, Unavailable});
}

void addLists(std::vector<Hostility>& all)
{
    const auto add = [&](const std::string& name, const std::string& body) -> Hostility& {
        return all.emplace_back("list " + name, answers(200, {}, body))
            .on({Operation::ListTags, Operation::Referrers})
            .by(everybody)
            .ends({FailedPrecondition});
    };
    add("that is HTML", "<html>{everything}</html>");
    add("that is a list", R"(["{word}"])");
    add("that is cut", R"({"tags":["{word}")");
    add("that is deep", std::string(1U << 20U, '[')).mix = Mix::InTurn;
    add("that is empty", "");
    add("of 5 MiB", R"({"tags":[")" + std::string(5U << 20U, 'x') + "\"]}").mix = Mix::InTurn;
    // What cannot be used of a list is left out.
    add("of other things", R"({"tags":[1,{},["{word}"],null],"manifests":[1,{},{"digest":"{word}"},null]})").ends({});
    add("that is no list", R"({"tags":"{word}","manifests":"{word}"})").ends({});
}

} // namespace

std::vector<Hostility> contents()
{
    std::vector<Hostility> all;
    addManifests(all);
    addBlobs(all);
    addLists(all);
    return all;
}

} // namespace layerhold::test::hostile
