// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache_fixture.h"

#include <string>
#include <string_view>
#include <vector>

/// Documents of images, for tests that put some into a store.
namespace layerhold::test {

inline const std::string manifestType = "application/vnd.oci.image.manifest.v1+json";
inline const std::string indexType = "application/vnd.oci.image.index.v1+json";
inline const std::string configType = "application/vnd.oci.image.config.v1+json";
inline const std::string layerType = "application/vnd.oci.image.layer.v1.tar+gzip";

inline std::string descriptorOf(std::string_view bytes, const std::string& mediaType, const std::string& more = {})
{
    return R"({"mediaType":")" + mediaType + R"(","digest":")" + digestOf(bytes).toString() + R"(","size":)" +
           std::to_string(bytes.size()) + more + '}';
}

inline std::string manifestOf(std::string_view config, const std::vector<std::string>& layers,
                              const std::string& more = {})
{
    std::string list;
    for (const std::string& layer : layers)
        list += (list.empty() ? "" : ",") + descriptorOf(layer, layerType);
    return R"({"schemaVersion":2,"mediaType":")" + manifestType + R"(","config":)" + descriptorOf(config, configType) +
           R"(,"layers":[)" + list + "]" + more + "}";
}

struct PlatformManifest
{
    std::string document;
    std::string os;
    std::string architecture;
};

inline std::string indexOf(const std::vector<PlatformManifest>& manifests)
{
    std::string list;
    for (const PlatformManifest& manifest : manifests)
        list += (list.empty() ? "" : ",") + descriptorOf(manifest.document, manifestType,
                                                         R"(,"platform":{"os":")" + manifest.os +
                                                             R"(","architecture":")" + manifest.architecture + R"("})");
    return R"({"schemaVersion":2,"mediaType":")" + indexType + R"(","manifests":[)" + list + "]}";
}

/// As an engine commits it.
inline Digest putDocument(ContentStore& store, const std::string& document)
{
    const bool isIndex = document.find(R"("manifests")") != std::string::npos;
    return put(store, document,
               std::string("ns/1/") + (isIndex ? "index-" : "manifest-") + digestOf(document).toString());
}

} // namespace layerhold::test
