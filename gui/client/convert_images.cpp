// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "client/convert.h"

namespace layerhold::gui {

ImageNameRecord toRecord(const v1::ImageName& message)
{
    return {message.source(), message.name(), message.engine(), message.engine_namespace()};
}

ImageRecord toRecord(const v1::Image& message)
{
    ImageRecord record;
    record.digest = message.digest();
    record.kind = message.kind();
    record.state = message.state();
    record.mediaType = message.media_type();
    record.names = toRecords(message.names());
    record.platforms = {message.platforms().begin(), message.platforms().end()};
    record.layers = message.layers();
    record.absentBlobs = message.absent_blobs();
    record.referencedBytes = message.referenced_bytes();
    record.uniqueBytes = message.unique_bytes();
    record.shareBytes = message.share_bytes();
    record.config = message.config();
    record.subject = message.subject();
    record.referrers = message.referrers();
    record.createdAt = toMoment(message.created_at());
    record.accessedAt = toMoment(message.accessed_at());
    return record;
}

ImageTotals toRecord(const v1::ImageTotals& message)
{
    return {message.images(), message.image_bytes(), message.shared_bytes(), message.other_bytes()};
}

LayerRecord toRecord(const v1::ImageLayer& message)
{
    return {message.digest(),  message.media_type(), message.size(),
            message.present(), message.images(),     message.command()};
}

ManifestRecord toRecord(const v1::ImageManifest& message)
{
    return {message.digest(), message.present(), message.platform(),         message.artifact_type(),
            message.config(), message.created(), toRecords(message.layers())};
}

ReferrerRecord toRecord(const v1::ImageReferrer& message)
{
    return {message.digest(), message.artifact_type(), message.size()};
}

ImageDetails toRecord(const v1::ImageDetails& message)
{
    return {toRecord(message.image()),
            toRecords(message.manifests()),
            toRecords(message.referrers()),
            {message.sources().begin(), message.sources().end()}};
}

BlobDetails toRecord(const v1::InspectResponse& message)
{
    BlobDetails details;
    details.blob = toRecord(message.blob());
    details.children = toRecords(message.children());
    details.parents = toRecords(message.parents());
    details.claims = toRecords(message.claims());
    if (message.has_image())
        details.image = toRecord(message.image());
    return details;
}

TagRecord toRecord(const v1::Tag& message)
{
    TagRecord record;
    record.reference = message.reference();
    record.digest = message.digest();
    record.cause = message.cause();
    record.by = message.by();
    record.createdAt = toMoment(message.created_at());
    record.movedAt = toMoment(message.moved_at());
    record.updatedAt = toMoment(message.updated_at());
    record.accessedAt = toMoment(message.accessed_at());
    record.accessCount = message.access_count();
    record.isStale = message.stale();
    record.isPresent = message.present();
    record.claims = message.claim();
    return record;
}

TagMove toRecord(const v1::TagMove& message)
{
    return {toMoment(message.at()), message.from(), message.to(), message.cause(), message.by()};
}

TagHistory toRecord(const v1::GetTagHistoryResponse& message)
{
    TagHistory history{message.reference(), std::nullopt, toRecords(message.moves())};
    if (message.has_tag())
        history.tag = toRecord(message.tag());
    return history;
}

AccessProofRecord toRecord(const v1::ExplainAccessResponse::Proof& message)
{
    return {message.identity(),
            message.repository(),
            message.method(),
            toMoment(message.checked_at()),
            toMoment(message.expires_at()),
            message.is_good()};
}

EngineViewRecord toRecord(const v1::ExplainAccessResponse::EngineView& message)
{
    return {message.engine(), message.sharing(), message.can_read(), message.reason()};
}

AccessRecord toRecord(const v1::ExplainAccessResponse& message)
{
    return {message.digest(),
            message.is_public(),
            toRecords(message.proofs()),
            toRecords(message.engines()),
            {message.repositories().begin(), message.repositories().end()}};
}

} // namespace layerhold::gui
