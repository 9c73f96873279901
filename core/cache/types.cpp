// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/types.h"

namespace layerhold {

std::string_view toString(Sharing sharing)
{
    switch (sharing) {
    case Sharing::Verified:
        return "verified";
    case Sharing::Open:
        return "open";
    case Sharing::Isolated:
        return "isolated";
    }
    return "unknown";
}

std::optional<Sharing> parseSharing(std::string_view text)
{
    for (const Sharing sharing : {Sharing::Verified, Sharing::Open, Sharing::Isolated})
        if (text == toString(sharing))
            return sharing;
    return std::nullopt;
}

std::string_view toString(BlobKind kind)
{
    switch (kind) {
    case BlobKind::Other:
        return "other";
    case BlobKind::Manifest:
        return "manifest";
    case BlobKind::Index:
        return "index";
    case BlobKind::Config:
        return "config";
    case BlobKind::Layer:
        return "layer";
    }
    return "unknown";
}

std::string_view toString(BlobState state)
{
    switch (state) {
    case BlobState::Present:
        return "present";
    case BlobState::Missing:
        return "missing";
    case BlobState::Quarantined:
        return "quarantined";
    case BlobState::Deleting:
        return "deleting";
    case BlobState::Trashed:
        return "trashed";
    }
    return "unknown";
}

std::string_view toString(Refetch refetch)
{
    switch (refetch) {
    case Refetch::Unknown:
        return "unknown";
    case Refetch::Yes:
        return "yes";
    case Refetch::OnlyCopy:
        return "only_copy";
    }
    return "unknown";
}

std::string_view toString(HolderKind kind)
{
    switch (kind) {
    case HolderKind::Engine:
        return "engine";
    case HolderKind::Tag:
        return "tag";
    case HolderKind::Entry:
        return "entry";
    case HolderKind::Lease:
        return "lease";
    case HolderKind::Pin:
        return "pin";
    case HolderKind::Record:
        return "record";
    case HolderKind::Operation:
        return "operation";
    }
    return "unknown";
}

} // namespace layerhold
