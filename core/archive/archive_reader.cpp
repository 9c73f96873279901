// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/archive.h"

#include "archive/docker_images.h"
#include "archive/image_contents.h"
#include "archive/layout_documents.h"
#include "archive/member_store.h"
#include "archive/tar_input.h"
#include "base/text.h"
#include "cache/progress_meter.h"

#include <algorithm>
#include <map>
#include <set>

namespace layerhold {

namespace {

/// Of Docker archives, and of no use to an image.
bool isLeftOut(std::string_view path)
{
    const std::string_view name = path.substr(path.rfind('/') + 1); // npos + 1 is 0
    return path == "repositories" || name == "VERSION" || name == "json";
}

class Loading
{
public:
    Loading(Cache& cache, const ArchiveReadRequest& request, const std::stop_token& stop)
        : m_cache(cache)
        , m_request(request)
        , m_stop(stop)
        , m_members(cache, stop)
    {}

    ArchiveReadReport load(const ArchiveSource& source)
    {
        {
            TarInput input(source, m_request.limits);
            while (const auto member = input.next()) {
                throwIfStopped(m_stop);
                take(input, *member);
            }
            input.drain();
        }
        const std::map<ImageReference, Edge> images = named(isLayout() ? parseLayout() : parseDockerArchive());
        requireWhole(images);
        ArchiveReadReport report = m_members.report();
        for (const auto& [name, image] : images) {
            const Tag tag = m_cache.tags().put(name.toString(), image.child, TagCause::Manual, m_request.by);
            report.images.push_back({tag.reference, tag.digest});
        }
        return report;
    }

private:
    bool isLayout() const { return m_documents.contains(std::string(layoutPath)); }

    void take(TarInput& input, const TarMember& member)
    {
        if (!m_paths.insert(member.path).second)
            throw Error(ErrorCode::InvalidArgument,
                        "the member " + text::quoted(member.path) + " is in the archive twice");
        if (member.kind == TarMember::Kind::Symlink)
            m_links.emplace(member.path, member.target);
        else if (member.path == layoutPath || member.path == indexPath || member.path == dockerManifestPath)
            m_documents.emplace(member.path, readText(input, member));
        else if (const auto digest = digestOfBlobPath(member.path))
            m_members.bring(input, member, *digest);
        else if (!isLayout() && !isLeftOut(member.path))
            m_members.bring(input, member);
    }

    static std::string readText(TarInput& input, const TarMember& member)
    {
        if (member.size > largestManifest)
            throw Error(ErrorCode::InvalidArgument,
                        member.path + " of the archive is larger than " + text::byteSize(largestManifest));
        std::string text(member.size, '\0');
        text.resize(input.read(std::as_writable_bytes(std::span(text))));
        return text;
    }

    std::vector<NamedImage> parseLayout() const
    {
        requireLayout(m_documents.at(std::string(layoutPath)));
        const auto index = m_documents.find(std::string(indexPath));
        if (index == m_documents.end())
            throw Error(ErrorCode::InvalidArgument, "the archive is an OCI image layout without index.json");
        return parseIndex(index->second);
    }

    std::vector<NamedImage> parseDockerArchive()
    {
        const auto document = m_documents.find(std::string(dockerManifestPath));
        if (document == m_documents.end())
            throw Error(ErrorCode::InvalidArgument, "the archive has neither oci-layout nor manifest.json, so it is no "
                                                    "archive of images; make one with docker save, skopeo copy or "
                                                    "layerhold export");
        return makeDockerImages(m_cache, m_members, m_links, document->second);
    }

    static void requireOwnDigest(const ImageReference& name, const Digest& image)
    {
        if (name.digest() && *name.digest() != image)
            throw Error(ErrorCode::InvalidArgument,
                        "the image is " + image.toString() + ", so that it cannot be called " + name.toString());
    }

    /// What is to be tagged, by name. Whatever could keep a tag from being made is refused before the first one is.
    std::map<ImageReference, Edge> named(const std::vector<NamedImage>& images) const
    {
        std::map<ImageReference, Edge> result;
        if (m_request.name) {
            const Digest& first = images.front().image.child;
            if (std::any_of(images.begin(), images.end(),
                            [&](const NamedImage& image) { return image.image.child != first; }))
                throw Error(ErrorCode::InvalidArgument, "the archive has several images; load it without a name");
            requireOwnDigest(*m_request.name, first);
            result.emplace(*m_request.name, images.front().image);
            return result;
        }
        for (const NamedImage& image : images) {
            if (!image.name)
                continue;
            requireOwnDigest(*image.name, image.image.child);
            const auto [known, isNew] = result.emplace(*image.name, image.image);
            if (!isNew && known->second.child != image.image.child)
                throw Error(ErrorCode::InvalidArgument,
                            "the archive calls two images " + image.name->toString() + "; nobody knows which is meant");
        }
        if (result.empty())
            throw Error(ErrorCode::InvalidArgument,
                        "the archive does not say what its image is called; state it with a name");
        return result;
    }

    void requireWhole(const std::map<ImageReference, Edge>& images)
    {
        ImageContents contents(
            m_cache,
            [this](const Edge& edge) {
                const auto size = m_members.sizeOf(edge.child);
                if (size && *size != edge.size)
                    throw Error(ErrorCode::InvalidArgument, "the archive states " + std::to_string(edge.size) +
                                                                " bytes for the blob " + edge.child.toString() +
                                                                ", which has " + std::to_string(*size));
                return size.has_value();
            },
            ImageContents::Partial::Refuse);
        for (const auto& [name, image] : images)
            contents.add(image, {});
    }

    Cache& m_cache;
    const ArchiveReadRequest& m_request;
    const std::stop_token& m_stop;
    MemberStore m_members;
    std::set<std::string> m_paths;
    MemberLinks m_links;
    std::map<std::string, std::string> m_documents; ///< by path
};

} // namespace

ArchiveReadReport readArchive(Cache& cache, const ArchiveReadRequest& request, const ArchiveSource& source,
                              std::stop_token stop)
{
    try {
        return Loading(cache, request, stop).load(source);
    } catch (Error& error) {
        error.addContext("cannot load the archive");
        throw;
    }
}

} // namespace layerhold
