// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// What follows from blobs, edges and names. Counted here in the plainest way, and not by the code that is tested.
#include "gui/support/fixture_builder.h"

#include <algorithm>

namespace layerhold::gui::test::fixtures {

namespace {

/// Blobs of each entity, and for each blob how many entities have it.
using Entities = std::map<std::string, std::set<std::string>>;

std::map<std::string, std::uint64_t> countHolders(const Entities& entities)
{
    std::map<std::string, std::uint64_t> holders;
    for (const auto& [name, blobs] : entities)
        for (const std::string& blob : blobs)
            ++holders[blob];
    return holders;
}

std::uint64_t storedSize(const FakeStore& store, const std::string& digest)
{
    const BlobRecord* blob = store.find(digest);
    return blob && blob->state == "present" ? blob->size : 0;
}

/// Every blob divided by those that have it; what is left over goes to the first of them.
std::map<std::string, EntityUsage> figures(const FakeStore& store, const Entities& entities)
{
    const auto holders = countHolders(entities);
    std::set<std::string> begun;
    std::map<std::string, EntityUsage> result;
    for (const auto& [name, blobs] : entities) {
        EntityUsage usage{name, 0, 0, 0, 0};
        for (const std::string& blob : blobs) {
            const std::uint64_t size = storedSize(store, blob);
            const std::uint64_t n = holders.at(blob);
            usage.blobs += size == 0 ? 0 : 1;
            usage.referencedBytes += size;
            usage.uniqueBytes += n == 1 ? size : 0;
            usage.shareBytes += size / n + (begun.insert(blob).second ? size % n : 0);
        }
        result[name] = usage;
    }
    return result;
}

} // namespace

void FixtureBuilder::describeImages()
{
    std::map<std::string, std::set<std::string>> imagesOfLayer;
    for (const auto& [digest, details] : m_store->imageDetails)
        if (std::ranges::binary_search(m_store->images, digest, {}, &ImageRecord::digest))
            for (const ManifestRecord& manifest : details.manifests)
                for (const LayerRecord& layer : manifest.layers)
                    imagesOfLayer[layer.digest].insert(digest);
    for (ImageRecord& image : m_store->images) {
        ImageDetails& details = m_store->imageDetails[image.digest];
        std::set<std::string> layers;
        for (ManifestRecord& manifest : details.manifests)
            for (LayerRecord& layer : manifest.layers) {
                const BlobRecord* blob = m_store->find(layer.digest);
                layer.isPresent = blob && blob->state == "present";
                layer.images = imagesOfLayer[layer.digest].size();
                layers.insert(layer.digest);
            }
        image.layers = layers.size();
        image.absentBlobs = 0;
        for (const std::string& digest : m_store->reachedFrom({image.digest})) {
            const BlobRecord* blob = m_store->find(digest);
            image.absentBlobs += blob && blob->state == "present" ? 0 : 1;
        }
        for (const ImageNameRecord& name : image.names)
            if (name.source == "engine")
                details.sources = {name.name.substr(0, name.name.rfind(':'))};
    }
}

void FixtureBuilder::countBytes()
{
    FakeStore& store = *m_store;
    Entities images;
    for (const ImageRecord& image : store.images)
        images[image.digest] = store.reachedFrom({image.digest});
    const auto counted = figures(store, images);
    store.totals = {store.images.size(), 0, 0, 0};
    for (ImageRecord& image : store.images) {
        const EntityUsage& usage = counted.at(image.digest);
        image.referencedBytes = usage.referencedBytes;
        image.uniqueBytes = usage.uniqueBytes;
        image.shareBytes = usage.shareBytes;
        store.imageDetails[image.digest].image = image;
    }
    const auto holders = countHolders(images);
    for (const BlobRecord& blob : store.blobs) {
        if (blob.state != "present")
            continue;
        const auto found = holders.find(blob.digest);
        (found == holders.end() ? store.totals.otherBytes : store.totals.imageBytes) += blob.size;
        if (found != holders.end() && found->second > 1)
            store.totals.sharedBytes += blob.size;
    }
    countUsage("image", images);
    Entities byHolder;
    for (const ClaimRecord& claim : store.claims)
        byHolder[claim.holderKind + ' ' + claim.holder].insert(claim.digest);
    for (auto& [holder, blobs] : byHolder)
        blobs = store.reachedFrom(blobs);
    countUsage("holder", byHolder);
}

void FixtureBuilder::countUsage(const std::string& level, const std::map<std::string, std::set<std::string>>& entities)
{
    FakeStore& store = *m_store;
    UsageRecord usage;
    usage.countedAt = m_now;
    const auto holders = countHolders(entities);
    for (const BlobRecord& blob : store.blobs) {
        if (blob.state != "present")
            continue;
        ++usage.storedBlobs;
        usage.storedBytes += blob.size;
        if (blob.isReleased) {
            ++usage.releasedBlobs;
            usage.releasedBytes += blob.size;
        }
        if (const auto found = holders.find(blob.digest); found != holders.end()) {
            usage.reachedBytes += blob.size;
            usage.sharedBytes += found->second > 1 ? blob.size : 0;
        }
    }
    for (const auto& [name, figure] : figures(store, entities))
        usage.entities.push_back(figure);
    usage.diskFree = store.status.diskFree;
    usage.diskTotal = store.status.diskTotal;
    addDiskLines(usage);
    store.usage[level] = std::move(usage);
}

void FixtureBuilder::addDiskLines(UsageRecord& usage) const
{
    const auto allocated = [](std::uint64_t bytes) { return (bytes + 4095) / 4096 * 4096; };
    DiskLine blobs{"blobs", "Blobs in their place, held or released.", 0, 0};
    for (const BlobRecord& blob : m_store->blobs)
        if (blob.state == "present") {
            ++blobs.count;
            blobs.bytes += allocated(blob.size);
        }
    DiskLine trash{"trash", "Blobs that a cleanup removed and that can come back.", 0, 0};
    for (const TrashRecord& record : m_store->trash) {
        ++trash.count;
        trash.bytes += allocated(record.bytes);
    }
    const DiskLine index{"index", "The index and its write-ahead log.", 2,
                         allocated(200'000 + 600 * m_store->blobs.size())};
    usage.onDisk = {blobs, trash, index};
    usage.onDisk.push_back({"total", "All of these, rounded up to blocks of 4 KiB.",
                            blobs.count + trash.count + index.count, blobs.bytes + trash.bytes + index.bytes});
}

} // namespace layerhold::gui::test::fixtures
