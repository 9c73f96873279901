// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/image_messages.h"

#include "api/utf8.h"
#include "service/api/messages.h"

namespace layerhold::service::messages {

using api::toUtf8;

namespace {

std::string text(std::string_view view)
{
    return std::string(view);
}

std::string text(const std::optional<Digest>& digest)
{
    return digest ? digest->toString() : std::string();
}

/// An unset time stays unset.
template <typename Mutable>
void setTime(TimePoint time, Mutable timestamp)
{
    if (time != TimePoint{})
        set(timestamp(), time);
}

v1::ImageName from(const ImageName& name)
{
    v1::ImageName message;
    message.set_source(text(toString(name.source)));
    message.set_name(toUtf8(name.name));
    message.set_engine(toUtf8(name.engine));
    message.set_engine_namespace(toUtf8(name.space));
    return message;
}

v1::ImageManifest from(const ImageManifest& manifest)
{
    v1::ImageManifest message;
    message.set_digest(manifest.digest.toString());
    message.set_present(manifest.isPresent);
    message.set_platform(toUtf8(manifest.platform));
    message.set_artifact_type(toUtf8(manifest.artifactType));
    message.set_config(text(manifest.config));
    message.set_created(toUtf8(manifest.created));
    for (const ImageLayer& layer : manifest.layers) {
        v1::ImageLayer& added = *message.add_layers();
        added.set_digest(layer.digest.toString());
        added.set_media_type(toUtf8(layer.mediaType));
        added.set_size(layer.size);
        added.set_present(layer.isPresent);
        added.set_images(layer.images);
        added.set_command(toUtf8(layer.command));
    }
    return message;
}

} // namespace

v1::Image from(const Image& image)
{
    v1::Image message;
    message.set_digest(image.digest.toString());
    message.set_kind(text(toString(image.kind)));
    message.set_state(text(toString(image.state)));
    message.set_media_type(toUtf8(image.mediaType));
    for (const ImageName& name : image.names)
        *message.add_names() = from(name);
    for (const std::string& platform : image.platforms)
        message.add_platforms(toUtf8(platform));
    message.set_layers(image.layers);
    message.set_absent_blobs(image.absentBlobs);
    message.set_referenced_bytes(image.referencedBytes);
    message.set_unique_bytes(image.uniqueBytes);
    message.set_share_bytes(image.shareBytes);
    message.set_config(text(image.config));
    message.set_subject(text(image.subject));
    message.set_referrers(image.referrers);
    setTime(image.createdAt, [&] { return message.mutable_created_at(); });
    setTime(image.accessedAt, [&] { return message.mutable_accessed_at(); });
    return message;
}

v1::ImageTotals from(const ImageTotals& totals)
{
    v1::ImageTotals message;
    message.set_images(totals.images);
    message.set_image_bytes(totals.imageBytes);
    message.set_shared_bytes(totals.sharedBytes);
    message.set_other_bytes(totals.otherBytes);
    return message;
}

v1::ImageDetails from(const ImageDetails& details)
{
    v1::ImageDetails message;
    *message.mutable_image() = from(details.image);
    for (const ImageManifest& manifest : details.manifests)
        *message.add_manifests() = from(manifest);
    for (const ImageReferrer& referrer : details.referrers) {
        v1::ImageReferrer& added = *message.add_referrers();
        added.set_digest(referrer.digest.toString());
        added.set_artifact_type(toUtf8(referrer.artifactType));
        added.set_size(referrer.size);
    }
    for (const std::string& source : details.sources)
        message.add_sources(toUtf8(source));
    return message;
}

v1::Tag from(const Tag& tag)
{
    v1::Tag message;
    message.set_reference(tag.reference);
    message.set_digest(tag.digest.toString());
    message.set_cause(text(toString(tag.cause)));
    message.set_by(toUtf8(tag.by));
    setTime(tag.createdAt, [&] { return message.mutable_created_at(); });
    setTime(tag.movedAt, [&] { return message.mutable_moved_at(); });
    setTime(tag.updatedAt, [&] { return message.mutable_updated_at(); });
    setTime(tag.accessedAt, [&] { return message.mutable_accessed_at(); });
    message.set_access_count(tag.accessCount);
    message.set_stale(tag.isStale);
    message.set_present(tag.isPresent);
    message.set_claim(tag.isClaim);
    return message;
}

v1::TagMove from(const TagMove& move)
{
    v1::TagMove message;
    set(message.mutable_at(), move.at);
    message.set_from(text(move.from));
    message.set_to(text(move.to));
    message.set_cause(text(toString(move.cause)));
    message.set_by(toUtf8(move.by));
    return message;
}

} // namespace layerhold::service::messages
