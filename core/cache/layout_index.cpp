// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/layout_index.h"

#include "index/blobs.h"
#include "index/tags.h"
#include "layerhold/error.h"

#include <nlohmann/json.hpp>

#include <array>
#include <span>
#include <vector>

namespace layerhold {

namespace {

constexpr std::size_t tagsAtOnce = 500;
constexpr int spareFactor = 50;
constexpr const char* manifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr const char* indexType = "application/vnd.oci.image.index.v1+json";

nlohmann::ordered_json descriptorOf(const TagRow& tag, const BlobRow& blob)
{
    const char* usualType = blob.kind == BlobKind::Index ? indexType : manifestType;
    return {{"mediaType", blob.mediaType.empty() ? usualType : blob.mediaType},
            {"digest", blob.digest.toString()},
            {"size", blob.size},
            {"annotations", {{"org.opencontainers.image.ref.name", tag.reference}}}};
}

} // namespace

void LayoutIndex::refresh(std::uint64_t lastEvent, Pace pace)
{
    const auto start = m_context.clock.steadyNow();
    if (m_seenEvent == lastEvent || (pace == Pace::Spare && start < m_nextAt))
        return;
    const std::string text = content();
    const std::string digest = Hasher::of(std::as_bytes(std::span(text))).toString();
    if (digest != m_written) {
        write(text);
        m_written = digest;
    }
    m_seenEvent = lastEvent;
    const auto end = m_context.clock.steadyNow();
    m_nextAt = end + spareFactor * (end - start);
}

std::string LayoutIndex::content() const
{
    nlohmann::ordered_json manifests = nlohmann::ordered_json::array();
    std::string after;
    for (std::size_t found = tagsAtOnce; found == tagsAtOnce;) {
        m_context.index.read([&](Connection& index) {
            const std::vector<TagRow> tags = tags::page(index, after, tagsAtOnce);
            found = tags.size();
            for (const TagRow& tag : tags) {
                after = tag.reference;
                const auto blob = tag.digest && tag.isPresent ? blobs::find(index, *tag.digest) : std::nullopt;
                if (blob && (blob->kind == BlobKind::Manifest || blob->kind == BlobKind::Index))
                    manifests.push_back(descriptorOf(tag, *blob));
            }
        });
    }
    const nlohmann::ordered_json document{
        {"schemaVersion", 2}, {"mediaType", indexType}, {"manifests", std::move(manifests)}};
    return document.dump();
}

void LayoutIndex::write(const std::string& text) const
{
    FileSystem& files = m_context.fileSystem;
    const Layout& layout = m_context.files.layout();
    try {
        const UniqueFd draft = files.open(layout.newIndexJson(), FileSystem::OpenMode::Replace);
        const std::array pieces{std::as_bytes(std::span(text))};
        files.write(draft.get(), 0, pieces);
        files.syncData(draft.get());
        files.rename(layout.newIndexJson(), layout.indexJson());
    } catch (const Error&) {
        files.remove(layout.newIndexJson());
        throw;
    }
}

} // namespace layerhold
