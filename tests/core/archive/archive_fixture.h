// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/image_documents.h"
#include "tar_bytes.h"

#include "layerhold/archive.h"

#include <algorithm>
#include <string>
#include <vector>

namespace layerhold::test {

/// A small image of two platforms, and its parts.
struct SampleImage
{
    std::string layer = "the layer of both";
    std::string amd64Layer = "a layer of amd64";
    std::string amd64Config = R"({"os":"linux","architecture":"amd64"})";
    std::string arm64Config = R"({"os":"linux","architecture":"arm64"})";
    std::string amd64 = manifestOf(amd64Config, {layer, amd64Layer});
    std::string arm64 = manifestOf(arm64Config, {layer});
    std::string index = indexOf({{amd64, "linux", "amd64"}, {arm64, "linux", "arm64"}});

    std::vector<std::string> all() const { return {layer, amd64Layer, amd64Config, arm64Config, amd64, arm64, index}; }

    /// As an engine brings them.
    void putInto(Cache& cache, const std::vector<std::string>& without = {}) const
    {
        cache.addEngine("engine", "/run/engine.sock", Sharing::Open);
        const auto store = cache.contentStore("engine");
        for (const std::string& bytes : all())
            if (std::find(without.begin(), without.end(), bytes) == without.end())
                putDocument(*store, bytes);
    }
};

inline RawMember blobMember(const std::string& bytes)
{
    return {"blobs/sha256/" + digestOf(bytes).hex(), bytes};
}

inline RawMember layoutMember()
{
    return {"oci-layout", R"({"imageLayoutVersion":"1.0.0"})"};
}

/// index.json with descriptors as descriptorOf() writes them.
inline RawMember indexMember(const std::vector<std::string>& descriptors)
{
    std::string list;
    for (const std::string& descriptor : descriptors)
        list += (list.empty() ? "" : ",") + descriptor;
    return {"index.json", R"({"schemaVersion":2,"manifests":[)" + list + "]}"};
}

/// A descriptor with the annotation that names it.
inline std::string namedDescriptor(const std::string& document, const std::string& mediaType, const std::string& name,
                                   const std::string& annotation = "io.containerd.image.name")
{
    return descriptorOf(document, mediaType, R"(,"annotations":{")" + annotation + R"(":")" + name + R"("})");
}

/// manifest.json of an archive that is an OCI image layout as well.
inline std::string dockerManifestOf(const std::string& config, const std::vector<std::string>& layers,
                                    const std::string& name)
{
    std::string list;
    for (const std::string& layer : layers)
        list += (list.empty() ? "\"" : ",\"") + blobMember(layer).path + '"';
    return R"([{"Config":")" + blobMember(config).path + R"(","RepoTags":[")" + name + R"("],"Layers":[)" + list +
           "]}]";
}

/// The members of the sample image as a layout that names it example.org/app:1.
inline std::vector<RawMember> layoutOf(const SampleImage& image)
{
    std::vector<RawMember> members{layoutMember(),
                                   indexMember({namedDescriptor(image.index, indexType, "example.org/app:1")})};
    for (const std::string& bytes : image.all())
        members.push_back(blobMember(bytes));
    return members;
}

/// Hands the text out in pieces.
inline ArchiveSource sourceOf(const std::string& text, std::size_t pieceSize = 1000)
{
    return [&text, pieceSize, at = std::size_t(0)](std::span<std::byte> buffer) mutable {
        const std::size_t count = std::min({buffer.size(), pieceSize, text.size() - at});
        const auto bytes = bytesOf(text).subspan(at, count);
        std::copy(bytes.begin(), bytes.end(), buffer.begin());
        at += count;
        return count;
    };
}

inline ArchiveReadReport load(Cache& cache, const std::string& archive, const std::string& name = {})
{
    ArchiveReadRequest request;
    if (!name.empty())
        request.name = ImageReference::require(name);
    request.by = "somebody";
    return readArchive(cache, request, sourceOf(archive), {});
}

inline std::string save(Cache& cache, const std::string& image, const std::string& name = {},
                        const std::vector<std::string>& platforms = {})
{
    ArchiveWriteRequest request(digestOf(image));
    if (!name.empty())
        request.name = ImageReference::require(name);
    request.platforms = platforms;
    std::string archive;
    writeArchive(cache, request,
                 [&](std::span<const std::byte> bytes) {
                     archive.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
                 },
                 {}, {});
    return archive;
}

} // namespace layerhold::test
