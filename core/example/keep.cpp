// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// keep ROOT TEXT: keeps the text in the cache at ROOT, and shows what is held and why.
#include <layerhold/cache.h>
#include <layerhold/error.h>

#include <array>
#include <iostream>

using namespace layerhold;

int main(int argumentCount, char** arguments)
try {
    if (argumentCount != 3) {
        std::cerr << "usage: keep ROOT TEXT\n";
        return 2;
    }
    CacheOptions options;
    options.root = std::filesystem::absolute(arguments[1]);
    const auto cache = Cache::open(options); // alone: a second opener gets Error{Locked}
    cache->addEngine("example", options.root / "example.sock", Sharing::Verified);
    const auto store = cache->contentStore("example");

    const auto bytes = std::as_bytes(std::span(std::string_view(arguments[2])));
    const Digest digest = Hasher::of(bytes);
    if (!store->info(digest)) { // else it is held already, and claimed for us now
        const auto ingest = store->ingest("text-" + digest.hex(), {});
        ingest->append(std::array{bytes});
        ingest->commitAndWait({bytes.size(), digest, {}}); // from here on it survives a power cut
    }
    const BlobReader reader = cache->open(digest);
    std::string text(reader.size(), '\0');
    reader.read(0, std::as_writable_bytes(std::span(text)));
    std::cout << "kept: " << text << '\n';

    for (const Blob& blob : cache->blobs({}, std::nullopt, 100))
        std::cout << blob.digest.toString() << ' ' << blob.size << " bytes, from " << blob.origin << '\n';
    for (const ClaimPath& path : cache->why(digest))
        std::cout << "because " << toString(path.claim.holderKind) << ' ' << path.claim.holder << " needs it\n";
    return 0;

} catch (const Error& error) {
    std::cerr << toString(error.code()) << ": " << error.what() << '\n';
    return 1;
}
