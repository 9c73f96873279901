// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/entry_messages.h"

#include "api/utf8.h"
#include "service/api/messages.h"

namespace layerhold::service::messages {

using api::toUtf8;

v1::Entry from(const Entry& entry, TimePoint now)
{
    v1::Entry message;
    message.set_scope(toUtf8(entry.scope));
    message.set_key(entry.key);
    message.set_state(entry.invalidatedAt ? "invalidated" : entry.isExpired(now) ? "expired" : "valid");
    message.set_metadata(entry.metadata);
    for (const EntryBlob& blob : entry.blobs) {
        v1::EntryBlob& item = *message.add_blobs();
        item.set_name(toUtf8(blob.name));
        item.set_digest(blob.digest.toString());
        item.set_size(blob.size);
    }
    set(message.mutable_created_at(), entry.createdAt);
    set(message.mutable_updated_at(), entry.updatedAt);
    if (entry.ttl.count() > 0 && entry.ttl <= TimePoint::max() - entry.updatedAt)
        set(message.mutable_expires_at(), entry.updatedAt + entry.ttl);
    if (entry.invalidatedAt)
        set(message.mutable_invalidated_at(), *entry.invalidatedAt);
    set(message.mutable_used_at(), entry.usedAt);
    message.set_uses(entry.uses);
    return message;
}

v1::Scope from(const Scope& scope, const EntryTotals& totals)
{
    v1::Scope message;
    message.set_path(toUtf8(scope.path));
    if (scope.settings.ttl)
        message.set_ttl_ns(scope.settings.ttl->count());
    message.set_max_bytes(scope.settings.maxBytes);
    set(message.mutable_created_at(), scope.createdAt);
    message.set_bytes(scope.bytes);
    message.set_entries(totals.entries);
    return message;
}

v1::EntryTotals from(const EntryTotals& totals)
{
    v1::EntryTotals message;
    message.set_entries(totals.entries);
    message.set_bytes(totals.bytes);
    return message;
}

} // namespace layerhold::service::messages
