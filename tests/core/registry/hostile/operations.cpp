// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/operations.h"

#include "hostile/secrets.h"
#include "registry_scene.h"

#include <algorithm>
#include <array>

namespace layerhold::test::hostile {

namespace {

constexpr std::uint64_t largeSize = 64U << 20U;

class Receiver final : public registry::BlobReceiver
{
public:
    void begin(const registry::BlobStart&) override {}

    void write(std::span<const std::byte>) override {}
};

registry::ReadAt readerOf(std::uint64_t size)
{
    return [size](std::uint64_t offset, std::span<std::byte> buffer) {
        const std::uint64_t end = std::min<std::uint64_t>(size, offset + buffer.size());
        for (std::uint64_t at = offset; at < end; ++at)
            buffer[at - offset] = static_cast<std::byte>(blob[at % blob.size()]);
        return static_cast<std::size_t>(end - offset);
    };
}

void push(registry::RegistryClient& client, std::uint64_t size, const registry::PushOptions& options)
{
    client.pushBlob("a", digestOf(blob), size, readerOf(size), options, {});
}

void get(registry::RegistryClient& client, std::uint64_t offset)
{
    registry::BlobRange range;
    range.offset = offset;
    range.expectedSize = blob.size();
    if (offset > 0)
        range.etag = "\"tag\"";
    Receiver receiver;
    client.getBlob("a", digestOf(blob), range, receiver, {});
}

} // namespace

void perform(registry::RegistryClient& client, Operation operation)
{
    registry::PushOptions options;
    switch (operation) {
    case Operation::Ping:
        return client.ping({});
    case Operation::HeadManifest:
        client.headManifest("a", "latest", {});
        return;
    case Operation::GetManifest:
        client.getManifest("a", digestOf(manifest).toString(), {});
        return;
    case Operation::GetTag:
        client.getManifest("a", "latest", {});
        return;
    case Operation::PutManifest:
        client.putManifest("a", "latest", ociManifest, manifest, {});
        return;
    case Operation::HeadBlob:
        client.headBlob("a", digestOf(blob), {});
        return;
    case Operation::GetBlob:
        return get(client, 0);
    case Operation::ResumeBlob:
        return get(client, 4);
    case Operation::PushBlob:
        return push(client, blob.size(), options);
    case Operation::PushChunks:
        options.chunkSize = 4;
        return push(client, blob.size(), options);
    case Operation::PushLarge:
        return push(client, largeSize, options);
    case Operation::MountBlob:
        options.mountFrom = "b";
        return push(client, blob.size(), options);
    case Operation::ListTags:
        client.listTags("a", {});
        return;
    case Operation::Referrers:
        client.referrers("a", digestOf(manifest), "", {});
        return;
    }
}

const char* toString(Operation operation)
{
    constexpr std::array names{"ping",       "head manifest", "manifest",     "tag",      "put manifest",
                               "head blob",  "blob",          "resume blob",  "push",     "push in chunks",
                               "large push", "mount",         "list of tags", "referrers"};
    return names.at(static_cast<std::size_t>(operation));
}

const char* toString(Who who)
{
    constexpr std::array names{"anonymous", "basic", "password", "identity token", "registry token"};
    return names.at(static_cast<std::size_t>(who));
}

} // namespace layerhold::test::hostile
