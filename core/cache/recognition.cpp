// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/recognition.h"

#include "index/edges.h"
#include "layerhold/error.h"

namespace layerhold {

namespace {

/// A blob whose bytes tell nothing is what the manifest that names it says.
void describe(BlobRow& row, const Edge& edge)
{
    row.mediaType = edge.mediaType;
    if (row.kind == BlobKind::Other && edge.role == "config")
        row.kind = BlobKind::Config;
    if (row.kind == BlobKind::Other && edge.role == "layer")
        row.kind = BlobKind::Layer;
}

} // namespace

std::optional<Manifest> recogniseStored(const BlobFiles& files, const Digest& digest, const FileIdentity& trusted)
{
    if (trusted.size == 0 || trusted.size > largestManifest)
        return std::nullopt;
    try {
        const auto file = files.open(digest, trusted);
        if (!file)
            return std::nullopt;
        std::string document(1, '\0');
        file->read(0, std::as_writable_bytes(std::span(document)));
        if (document != "{")
            return std::nullopt;
        document.resize(trusted.size);
        file->read(0, std::as_writable_bytes(std::span(document)));
        return recogniseManifest(digest, document);
    } catch (const Error&) {
        return std::nullopt; // whoever reads the blob meets the same fault; here it costs no more than the kind
    }
}

void putRecognised(Connection& index, BlobRow& row, const std::optional<Manifest>& manifest)
{
    if (!manifest) {
        for (const Edge& parent : edges::parents(index, row.digest))
            describe(row, parent);
        blobs::put(index, row);
        return;
    }
    row.kind = manifest->kind;
    row.mediaType = manifest->mediaType;
    blobs::put(index, row);
    edges::replace(index, row.digest, manifest->edges);
    for (const Edge& edge : manifest->edges) {
        auto child = blobs::find(index, edge.child);
        if (!child || child->kind != BlobKind::Other)
            continue; // it tells better itself
        describe(*child, edge);
        blobs::put(index, *child);
    }
}

} // namespace layerhold
