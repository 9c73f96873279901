// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "archive/image_contents.h"

#include "base/text.h"
#include "layerhold/error.h"
#include "registry/foreign_layers.h"
#include "registry/platforms.h"

#include <algorithm>
#include <map>
#include <span>

namespace layerhold {

namespace {

constexpr std::size_t mostDocuments = 1000;
/// Of all manifests of an image: what they name is kept in memory.
constexpr std::size_t mostDocumentBytes = 32U << 20U;
/// Indexes in indexes; each step holds a whole document.
constexpr std::size_t deepest = 4;
/// Of blobs that are not there, in a message.
constexpr std::size_t mostNamed = 5;

Error absent(const std::vector<Digest>& digests)
{
    std::string list;
    for (std::size_t i = 0; i < std::min(digests.size(), mostNamed); ++i)
        list += (list.empty() ? "" : ", ") + digests[i].toString();
    if (digests.size() > mostNamed)
        list += " and " + std::to_string(digests.size() - mostNamed) + " more";
    return {ErrorCode::NotFound, "of the image is missing: " + list};
}

} // namespace

std::string readDocument(Cache& cache, const Digest& digest)
{
    const BlobReader reader = cache.open(digest);
    if (reader.size() > largestManifest)
        throw Error(ErrorCode::InvalidArgument, "the blob " + digest.toString() + " is too large to be a manifest");
    std::string document(reader.size(), '\0');
    document.resize(reader.read(0, std::as_writable_bytes(std::span(document))));
    return document;
}

void ImageContents::add(const Edge& image, const std::vector<std::string>& platforms)
{
    addDocument(image, platforms, 1);
}

bool ImageContents::has(const Edge& edge)
{
    return m_seen.contains(edge.child) || m_has(edge);
}

void ImageContents::addDocument(const Edge& image, const std::vector<std::string>& platforms, std::size_t depth)
{
    if (m_seen.contains(image.child))
        return;
    if (depth > deepest)
        throw Error(ErrorCode::InvalidArgument, "the image has indexes in indexes, deeper than is looked");
    if (++m_read > mostDocuments)
        throw Error(ErrorCode::InvalidArgument,
                    "the image has more than " + std::to_string(mostDocuments) + " manifests");
    if (!has(image))
        throw absent({image.child});
    const std::string document = readDocument(m_cache, image.child);
    m_readBytes += document.size();
    if (m_readBytes > mostDocumentBytes)
        throw Error(ErrorCode::InvalidArgument,
                    "the manifests of the image have more than " + text::byteSize(mostDocumentBytes));
    const Manifest manifest = requireManifest(image.child, document);
    if (manifest.kind == BlobKind::Index)
        addIndex(image, manifest, platforms, depth);
    else
        addManifest(image, manifest, registry::foreignLayers(document));
}

void ImageContents::addIndex(const Edge& index, const Manifest& manifest, const std::vector<std::string>& platforms,
                             std::size_t depth)
{
    std::vector<Edge> manifests;
    for (const Edge& edge : manifest.edges)
        if (edge.role == "manifest")
            manifests.push_back(edge);
    std::size_t added = 0;
    std::optional<Error> failure;
    for (const Edge& edge : registry::chosenManifests(manifests, platforms)) {
        try {
            if (!has(edge))
                throw absent({edge.child});
        } catch (const Error& error) {
            if (error.code() != ErrorCode::NotFound || !platforms.empty())
                throw;
            if (!failure)
                failure = error;
            continue;
        }
        try {
            addDocument(edge, {}, depth + 1);
            ++added;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::NotFound || !platforms.empty() || m_partial == Partial::Refuse)
                throw;
            failure = error;
        }
    }
    if (added == 0 && failure)
        throw Error(*failure);
    m_documents.push_back(index.child);
    m_seen.insert(index.child);
}

void ImageContents::addManifest(const Edge& image, const Manifest& manifest, const std::set<Digest>& foreignLayers)
{
    ImageVariant variant{image.child, image.platform, manifest.artifactType, std::nullopt, {}};
    std::vector<Edge> blobs;
    std::vector<Digest> missing;
    for (const Edge& edge : manifest.edges) {
        if (edge.role == "config")
            variant.config = edge;
        else if (edge.role == "layer")
            variant.layers.push_back(edge);
        else
            continue;
        if (has(edge))
            blobs.push_back(edge);
        else if (!foreignLayers.contains(edge.child))
            missing.push_back(edge.child);
    }
    if (!missing.empty())
        throw absent(missing);
    m_documents.push_back(image.child);
    m_seen.insert(image.child);
    m_variants.push_back(std::move(variant));
    for (Edge& edge : blobs)
        if (m_seen.insert(edge.child).second)
            m_blobs.push_back(std::move(edge));
}

} // namespace layerhold
