// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/compare.h"

#include "models/plain_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace layerhold::gui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::ImageComparison)
};

using Manifests = std::vector<const ManifestRecord*>;

/// Nothing is known of what is in a manifest that is not stored.
bool isReadable(const ManifestRecord* manifest)
{
    return manifest && manifest->isPresent;
}

std::vector<const LayerRecord*> distinctLayers(const ManifestRecord* manifest)
{
    std::vector<const LayerRecord*> layers;
    if (!isReadable(manifest))
        return layers;
    std::unordered_set<std::string_view> seen;
    for (const LayerRecord& layer : manifest->layers) {
        if (seen.insert(layer.digest).second)
            layers.push_back(&layer);
    }
    return layers;
}

std::uint64_t bytesOf(const std::vector<const LayerRecord*>& layers)
{
    std::uint64_t bytes = 0;
    for (const LayerRecord* layer : layers)
        bytes += layer->size;
    return bytes;
}

std::optional<std::string> known(const ManifestRecord* manifest, const std::string ManifestRecord::*member)
{
    if (!manifest || (manifest->*member).empty())
        return std::nullopt;
    return manifest->*member;
}

void compareLayers(PlatformComparison& result, const ManifestRecord* a, const ManifestRecord* b)
{
    const std::vector<const LayerRecord*> layersA = distinctLayers(a);
    const std::vector<const LayerRecord*> layersB = distinctLayers(b);
    const auto digests = [](const std::vector<const LayerRecord*>& layers) {
        std::unordered_set<std::string_view> set;
        for (const LayerRecord* layer : layers)
            set.insert(layer->digest);
        return set;
    };
    const auto inA = digests(layersA);
    const auto inB = digests(layersB);
    using Where = LayerComparison::Where;
    std::uint64_t onlyA = 0;
    std::uint64_t onlyB = 0;
    const auto add = [&](const LayerRecord& layer, Where where) {
        result.layers.push_back({where, layer.digest, layer.size, layer.command, layer.isPresent, layer.images});
    };
    for (const LayerRecord* layer : layersA) {
        const bool isShared = inB.contains(layer->digest);
        add(*layer, isShared ? Where::Both : Where::OnlyA);
        onlyA += isShared ? 0 : layer->size;
    }
    for (const LayerRecord* layer : layersB) {
        if (inA.contains(layer->digest))
            continue;
        add(*layer, Where::OnlyB);
        onlyB += layer->size;
    }
    if (isReadable(a))
        result.bytesA = bytesOf(layersA);
    if (isReadable(b))
        result.bytesB = bytesOf(layersB);
    if (isReadable(a) && isReadable(b)) {
        result.fetchForA = onlyA;
        result.fetchForB = onlyB;
    }
}

void compareFacts(PlatformComparison& result, const ManifestRecord* a, const ManifestRecord* b)
{
    using Fact = FactComparison::Fact;
    const auto add = [&](Fact fact, const std::string ManifestRecord::*member) {
        result.facts.push_back({fact, known(a, member), known(b, member)});
    };
    const auto count = [](const ManifestRecord* manifest) -> std::optional<std::string> {
        if (!isReadable(manifest))
            return std::nullopt;
        return std::to_string(manifest->layers.size());
    };
    const auto number = [](const std::optional<std::uint64_t>& value) -> std::optional<std::string> {
        if (!value)
            return std::nullopt;
        return std::to_string(*value);
    };
    add(Fact::Platform, &ManifestRecord::platform);
    add(Fact::Created, &ManifestRecord::created);
    add(Fact::Config, &ManifestRecord::config);
    add(Fact::ArtifactType, &ManifestRecord::artifactType);
    result.facts.push_back({Fact::LayerCount, count(a), count(b)});
    result.facts.push_back({Fact::LayerBytes, number(result.bytesA), number(result.bytesB)});
}

PlatformComparison comparePair(const ManifestRecord* a, const ManifestRecord* b)
{
    PlatformComparison result;
    if (a) {
        result.digestA = a->digest;
        result.platform = a->platform;
    }
    if (b) {
        result.digestB = b->digest;
        if (result.platform.empty())
            result.platform = b->platform;
    }
    compareLayers(result, a, b);
    compareFacts(result, a, b);
    return result;
}

/// Takes the first of `manifests` with this platform out; nullptr: there is none.
const ManifestRecord* takePlatform(Manifests& manifests, const std::string& platform)
{
    const auto found = std::find_if(manifests.begin(), manifests.end(),
                                    [&](const ManifestRecord* each) { return each->platform == platform; });
    if (found == manifests.end())
        return nullptr;
    const ManifestRecord* manifest = *found;
    manifests.erase(found);
    return manifest;
}

Manifests manifestsOf(const std::optional<ImageDetails>& image)
{
    Manifests manifests;
    if (image) {
        for (const ManifestRecord& manifest : image->manifests)
            manifests.push_back(&manifest);
    }
    return manifests;
}

} // namespace

std::optional<bool> FactComparison::isDifferent() const
{
    if (!a || !b)
        return std::nullopt;
    return *a != *b;
}

ImageComparison compareImages(const std::optional<ImageDetails>& a, const std::optional<ImageDetails>& b)
{
    ImageComparison result;
    result.isKnownA = a.has_value();
    result.isKnownB = b.has_value();
    Manifests ofA = manifestsOf(a);
    Manifests left = manifestsOf(b);
    std::vector<std::pair<const ManifestRecord*, const ManifestRecord*>> pairs;
    for (const ManifestRecord* manifest : ofA)
        pairs.emplace_back(manifest, takePlatform(left, manifest->platform));

    const auto isAlone = [](const auto& pair) { return pair.second == nullptr; };
    if (left.size() == 1 && std::count_if(pairs.begin(), pairs.end(), isAlone) == 1) {
        auto& alone = *std::find_if(pairs.begin(), pairs.end(), isAlone);
        if (alone.first->platform.empty() || left.front()->platform.empty()) {
            alone.second = left.front();
            left.clear();
        }
    }
    for (const ManifestRecord* manifest : left)
        pairs.emplace_back(nullptr, manifest);
    for (const auto& [first, second] : pairs)
        result.platforms.push_back(comparePair(first, second));
    return result;
}

QString factName(FactComparison::Fact fact)
{
    switch (fact) {
    case FactComparison::Fact::Platform:
        return Texts::tr("Platform");
    case FactComparison::Fact::Created:
        return Texts::tr("Created");
    case FactComparison::Fact::Config:
        return Texts::tr("Config");
    case FactComparison::Fact::ArtifactType:
        return Texts::tr("Artifact type");
    case FactComparison::Fact::LayerCount:
        return Texts::tr("Layers");
    case FactComparison::Fact::LayerBytes:
        return Texts::tr("Size of the layers");
    }
    return {};
}

QString factText(FactComparison::Fact fact, const std::optional<std::string>& value, const Format& format)
{
    if (!value)
        return unknownText();
    switch (fact) {
    case FactComparison::Fact::LayerBytes:
        return format.bytes(std::stoull(*value));
    case FactComparison::Fact::Config:
        return shortDigest(*value);
    default:
        return plainText(*value);
    }
}

QString fetchSentence(const PlatformComparison& platform, const Format& format)
{
    if (platform.fetchForB)
        return Texts::tr("A client that has A fetches %1 of %2 for B.")
            .arg(format.bytes(*platform.fetchForB), format.bytes(*platform.bytesB));
    if (platform.bytesB)
        return Texts::tr(
                   "B has %1 of layers; what a client that has A would fetch is not known, because A is not here.")
            .arg(format.bytes(*platform.bytesB));
    if (platform.bytesA)
        return Texts::tr(
                   "A has %1 of layers; what a client that has it would fetch is not known, because B is not here.")
            .arg(format.bytes(*platform.bytesA));
    return Texts::tr("Neither A nor B is here, so their layers are not known.");
}

} // namespace layerhold::gui
