// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/access_rules.h"

#include "base/text.h"
#include "layerhold/error.h"
#include "layerhold/image_reference.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace layerhold {

namespace {

constexpr std::size_t longestMediaType = 255;

[[noreturn]] void refuse(std::string_view what, std::string_view value, std::string_view rule)
{
    throw Error(ErrorCode::InvalidArgument,
                "the " + std::string(what) + ' ' + text::quoted(value) + " is not usable; " + std::string(rule));
}

bool isMediaType(const std::string& text)
{
    return !text.empty() && text.size() <= longestMediaType &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

void failed(Counters& counters, const Logger& log, const Digest& digest, const Error& error)
{
    counters.add(CounterId::DescriptorErrors);
    log.withDigest(digest)
        .with("error", std::string(error.what()))
        .write(LogLevel::Warning, "The records of descriptors failed; the registry is asked instead.");
}

} // namespace

std::string_view toString(ProofMethod method)
{
    switch (method) {
    case ProofMethod::Manifest:
        return "manifest";
    case ProofMethod::Blob:
        return "blob";
    case ProofMethod::Download:
        return "download";
    case ProofMethod::Upload:
        return "upload";
    }
    return "unknown";
}

void requireUsable(const AccessOptions& options)
{
    if (options.proofLifetime < std::chrono::seconds(1) || options.proofLifetime > AccessOptions::longestLifetime)
        throw Error(ErrorCode::InvalidArgument, "proofs of access cannot be good for " +
                                                    std::to_string(options.proofLifetime.count()) +
                                                    " s; take 1 s to 24 hours");
    if (options.offlineGrace < std::chrono::seconds(0) || options.offlineGrace > AccessOptions::longestGrace)
        throw Error(ErrorCode::InvalidArgument, "proofs of access cannot be good for another " +
                                                    std::to_string(options.offlineGrace.count()) +
                                                    " s while a registry is away; take 0 to 31 days");
}

void requireRepository(const std::string& repository)
{
    const auto reference = ImageReference::parse(repository);
    if (!reference || reference->repository() != repository)
        refuse("repository", repository, "name it in full, without tag and digest, as docker.io/library/nginx");
}

void requireRegistry(const std::string& registry)
{
    const auto reference = ImageReference::parse(registry + "/repository");
    if (!reference || reference->registry() != registry)
        refuse("registry", registry, "take its host name, with the port when it has one, as docker.io");
}

void requireDescriptor(const Digest& digest, const Descriptor& descriptor)
{
    if (descriptor.digest != digest && descriptor.digest.algorithm() == digest.algorithm())
        throw Error(ErrorCode::InvalidArgument, "the descriptor of " + digest.toString() +
                                                    " is that of another blob, " + descriptor.digest.toString() +
                                                    "; two digests of the same bytes differ in their algorithm");
    if (descriptor.size > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        throw Error(ErrorCode::InvalidArgument,
                    "the descriptor of " + digest.toString() + " has a size over 2^63 - 1 bytes");
    if (!isMediaType(descriptor.mediaType))
        refuse("media type", descriptor.mediaType, "take 1 to 255 printable ASCII characters");
}

Descriptor mergedWith(const std::optional<Descriptor>& known, const Descriptor& descriptor)
{
    Descriptor merged = descriptor;
    if (known)
        merged.mediaType = known->mediaType;
    return merged;
}

std::optional<Descriptor> readThrough(AccessRecords& records, Counters& counters, const Logger& log,
                                      const std::string& repository, const Digest& digest,
                                      const AccessRecords::AskRegistry& ask)
{
    requireRepository(repository);
    counters.add(CounterId::DescriptorRequests);
    bool isUsable = true;
    try {
        if (auto known = records.descriptor(repository, digest)) {
            counters.add(CounterId::DescriptorHits);
            return known;
        }
    } catch (const Error& error) {
        isUsable = false;
        failed(counters, log, digest, error);
    }
    auto answer = ask();
    if (!answer || !isUsable)
        return answer;
    try {
        records.setDescriptor(repository, digest, *answer);
    } catch (const Error& error) {
        failed(counters, log, digest, error);
    }
    return answer;
}

AccessRecords::LookupCounts lookupCounts(const Counters& counters)
{
    return {counters.total(CounterId::DescriptorRequests), counters.total(CounterId::DescriptorHits),
            counters.total(CounterId::DescriptorErrors)};
}

} // namespace layerhold
