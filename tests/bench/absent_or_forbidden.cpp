// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// absent_or_forbidden ROOT BLOBS ROUNDS: makes a cache at ROOT in which one engine has BLOBS blobs, and asks as another
// one, in the mode verified, ROUNDS times for each of them and for as many that are nowhere, in random order: whether
// the answers tell them apart by their time. Once in this process, once through the engine's socket. One JSON line with
// both.
#include "layerhold/access.h"
#include "layerhold/cache.h"
#include "layerhold/error.h"
#include "service/content/engine_server.h"
#include "two_samples.h"

#include <containerd/services/content/v1/content.grpc.pb.h>

#include <grpcpp/create_channel.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace layerhold;
using SteadyClock = std::chrono::steady_clock;
namespace content = containerd::services::content::v1;

/// How the layer of a private image looks to the cache: somebody else could read it a moment ago.
constexpr const char* repository = "registry.example/team/app";

struct Question
{
    Digest digest;
    bool isForbidden;
};

Digest digestNumber(std::size_t number)
{
    const std::string bytes = "blob " + std::to_string(number);
    return Hasher::of(std::as_bytes(std::span(bytes)));
}

void put(ContentStore& store, std::size_t number)
{
    const std::string bytes = "blob " + std::to_string(number);
    const auto ingest = store.ingest("bench-" + std::to_string(number), {});
    const std::array pieces{std::as_bytes(std::span(bytes))};
    ingest->append(pieces);
    ingest->commitAndWait({bytes.size(), Hasher::of(pieces[0]), {}});
}

/// The digests are hashes of numbers, so that neither kind is apart from the other in the index.
std::vector<Question> fill(Cache& cache, std::size_t blobs)
{
    const auto owner = cache.contentStore("owner");
    const Identity somebody = cache.access().identityOf("registry.example", "password", "somebody", "secret");
    std::vector<Question> questions;
    for (std::size_t i = 0; i < blobs; ++i) {
        put(*owner, 2 * i);
        cache.access().record(somebody, repository, digestNumber(2 * i), ProofMethod::Blob, Clock::system().now());
        questions.push_back({digestNumber(2 * i), true});
        questions.push_back({digestNumber(2 * i + 1), false});
    }
    cache.flush();
    return questions;
}

/// `isFound` asks for a digest. In microseconds, forbidden ones first.
bench::Comparison ask(std::vector<Question> questions, std::size_t rounds,
                      const std::function<bool(const Digest&)>& isFound)
{
    std::mt19937_64 random(std::random_device{}());
    std::vector<double> forbidden;
    std::vector<double> absent;
    for (std::size_t round = 0; round <= rounds; ++round) { // the first only warms up
        std::shuffle(questions.begin(), questions.end(), random);
        for (const Question& question : questions) {
            const auto start = SteadyClock::now();
            const bool isKnown = isFound(question.digest);
            const double time = std::chrono::duration<double, std::micro>(SteadyClock::now() - start).count();
            if (isKnown)
                throw Error(ErrorCode::Internal, "the engine got " + question.digest.toString());
            if (round > 0)
                (question.isForbidden ? forbidden : absent).push_back(time);
        }
    }
    return bench::compare(forbidden, absent);
}

/// As the engine's server asks: what may be known at once, then with what may take longer.
bool isFoundHere(ContentStore& store, const Digest& digest)
{
    return store.tryInfo(digest) || store.info(digest);
}

bool isFoundByCall(content::Content::Stub& stub, const Digest& digest)
{
    grpc::ClientContext context;
    context.AddMetadata("containerd-namespace", "bench");
    content::InfoRequest request;
    request.set_digest(digest.toString());
    content::InfoResponse response;
    const grpc::Status status = stub.Info(&context, request, &response);
    if (!status.ok() && status.error_code() != grpc::StatusCode::NOT_FOUND)
        throw Error(ErrorCode::Internal, "the call failed: " + status.error_message());
    return status.ok();
}

bench::Comparison askThroughSocket(Cache& cache, const std::filesystem::path& socket,
                                   const std::vector<Question>& questions, std::size_t rounds)
{
    service::WorkerPool workers(4);
    service::EngineServerOptions options;
    options.listen.path = socket;
    service::EngineServer server(cache.contentStore("asker"), options, workers, {});
    server.start();
    const auto stub =
        content::Content::NewStub(grpc::CreateChannel("unix:" + socket.string(), grpc::InsecureChannelCredentials()));
    return ask(questions, rounds, [&](const Digest& digest) { return isFoundByCall(*stub, digest); });
}

void print(const char* name, const bench::Comparison& comparison)
{
    std::printf(
        "\"%s\": {\"forbidden_us\": %.3f, \"absent_us\": %.3f, \"superiority\": %.5f, \"superiority_from\": %.5f, "
        "\"superiority_to\": %.5f, \"p\": %.4g}",
        name, comparison.medianOfFirst, comparison.medianOfSecond, comparison.superiority, comparison.superiorityFrom,
        comparison.superiorityTo, comparison.pValue);
}

void measure(const std::filesystem::path& root, std::size_t blobs, std::size_t rounds)
{
    CacheOptions options;
    options.root = root / "cache";
    const auto cache = Cache::open(options);
    cache->addEngine("owner", (root / "owner.sock").string(), Sharing::Isolated);
    cache->addEngine("asker", (root / "asker.sock").string(), Sharing::Verified);
    const std::vector<Question> questions = fill(*cache, blobs);
    const auto store = cache->contentStore("asker");
    const auto here = ask(questions, rounds, [&](const Digest& digest) { return isFoundHere(*store, digest); });
    const auto through = askThroughSocket(*cache, root / "asker.sock", questions, rounds);
    std::printf("{\"questions\": %zu, ", blobs * rounds);
    print("in_process", here);
    std::printf(", ");
    print("through_socket", through);
    std::printf("}\n");
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t blobs = argc == 4 ? std::strtoull(argv[2], nullptr, 10) : 0;
    const std::size_t rounds = argc == 4 ? std::strtoull(argv[3], nullptr, 10) : 0;
    if (blobs == 0 || rounds == 0) {
        std::fprintf(stderr, "usage: %s ROOT BLOBS ROUNDS\n", argv[0]);
        return 2;
    }
    try {
        measure(argv[1], blobs, rounds);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
    return 0;
}
