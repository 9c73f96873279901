// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/archive.h"

#include "archive/image_contents.h"
#include "archive/layout_documents.h"
#include "archive/tar_output.h"
#include "cache/progress_meter.h"
#include "layerhold/registry/puller.h"

#include <algorithm>
#include <vector>

namespace layerhold {

namespace {

constexpr std::size_t pieceSize = 256U << 10U;

class Writing
{
public:
    Writing(Cache& cache, const ArchiveWriteRequest& request, const OnProgress& onProgress, const std::stop_token& stop)
        : m_cache(cache)
        , m_request(request)
        , m_stop(stop)
        , m_operation(cache.beginOperation("export of " + request.image.toString()))
        , m_contents(
              cache, [this](const Edge& edge) { return m_operation->keep(edge.child, m_stop); },
              ImageContents::Partial::LeaveOut)
        , m_meter(Clock::system(), onProgress)
    {}

    ArchiveWriteReport write(const ArchiveSink& sink)
    {
        const Digest image = collect();
        TarOutput tar(sink);
        tar.add(std::string(layoutPath), layoutDocument());
        tar.add(std::string(indexPath), indexDocument(descriptorOf(image), m_request.name));
        if (const auto document = dockerManifest())
            tar.add(std::string(dockerManifestPath), *document);
        for (const Digest& digest : m_blobs)
            addBlob(tar, digest);
        tar.finish();
        m_meter.finish();
        return m_report;
    }

private:
    /// What is to be in the archive, all of it claimed and there. Returns what its index.json has to name.
    Digest collect()
    {
        m_contents.add(descriptorOf(m_request.image), m_request.platforms);
        Digest image = m_request.image;
        const bool isOne = m_request.platforms.size() == 1 && m_contents.documents().size() == 2;
        m_blobs = m_contents.documents();
        if (isOne) {
            image = m_blobs.front();
            m_blobs.pop_back();
        }
        for (const Edge& edge : m_contents.blobs())
            m_blobs.push_back(edge.child);
        for (const Digest& digest : m_blobs)
            m_meter.now().totalBytes += m_cache.open(digest).size();
        m_meter.now().totalItems = m_blobs.size();
        return image;
    }

    Edge descriptorOf(const Digest& image)
    {
        const auto blob = m_cache.blob(image);
        if (!blob || blob->state != BlobState::Present)
            throw Error(ErrorCode::NotFound, "the image " + image.toString() + " is not stored here");
        if (blob->kind != BlobKind::Manifest && blob->kind != BlobKind::Index)
            throw Error(ErrorCode::InvalidArgument,
                        image.toString() + " is no image; it is a " + std::string(toString(blob->kind)));
        return {image, image, "manifest", blob->mediaType, {}, blob->size};
    }

    /// Of the platform of this machine, or else the first.
    std::optional<std::string> dockerManifest()
    {
        const std::string own = registry::ownPlatform();
        std::optional<std::string> first;
        for (const ImageVariant& variant : m_contents.variants()) {
            auto document = dockerManifestDocument(variant, m_request.name);
            if (document && variant.platform == own)
                return document;
            if (!first)
                first = std::move(document);
        }
        return first;
    }

    void addBlob(TarOutput& tar, const Digest& digest)
    {
        const BlobReader reader = m_cache.open(digest);
        tar.begin(blobPath(digest), reader.size());
        m_meter.now().current = digest.toString();
        for (std::uint64_t offset = 0; offset < reader.size();) {
            throwIfStopped(m_stop);
            const std::size_t count = reader.read(offset, m_buffer);
            if (count == 0)
                throw Error(ErrorCode::DataLoss, "the blob " + digest.toString() + " ended early; try again");
            tar.write(std::span(m_buffer).first(count));
            offset += count;
            m_meter.now().doneBytes += count;
            m_meter.tick();
        }
        ++m_meter.now().doneItems;
        ++m_report.blobs;
        m_report.bytes += reader.size();
    }

    Cache& m_cache;
    const ArchiveWriteRequest& m_request;
    const std::stop_token& m_stop;
    const std::unique_ptr<Operation> m_operation;
    ImageContents m_contents;
    ProgressMeter m_meter;
    std::vector<Digest> m_blobs;
    std::vector<std::byte> m_buffer = std::vector<std::byte>(pieceSize);
    ArchiveWriteReport m_report;
};

} // namespace

ArchiveWriteReport writeArchive(Cache& cache, const ArchiveWriteRequest& request, const ArchiveSink& sink,
                                const OnProgress& onProgress, std::stop_token stop)
{
    try {
        return Writing(cache, request, onProgress, stop).write(sink);
    } catch (Error& error) {
        error.addContext("cannot export " + (request.name ? request.name->toString() : request.image.toString()));
        throw;
    }
}

} // namespace layerhold
