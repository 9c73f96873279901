// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"

#include <layerhold/v1/entries.grpc.pb.h>

#include <stop_token>

namespace layerhold::service {

class CallStop;

/// The service Entries over a cache, which must outlive it. `stop` ends puts and long removals with Unavailable.
class EntriesService final : public v1::Entries::Service
{
public:
    EntriesService(Cache& cache, std::stop_token stop);

    grpc::Status PutEntry(grpc::ServerContext*, grpc::ServerReader<v1::PutEntryRequest>*,
                          v1::PutEntryResponse*) override;
    grpc::Status GetEntry(grpc::ServerContext*, const v1::GetEntryRequest*,
                          grpc::ServerWriter<v1::GetEntryResponse>*) override;
    grpc::Status FindEntry(grpc::ServerContext*, const v1::FindEntryRequest*, v1::FindEntryResponse*) override;
    grpc::Status ListEntries(grpc::ServerContext*, const v1::ListEntriesRequest*,
                             grpc::ServerWriter<v1::ListEntriesResponse>*) override;
    grpc::Status RemoveEntry(grpc::ServerContext*, const v1::RemoveEntryRequest*, v1::RemoveEntryResponse*) override;
    grpc::Status InvalidateEntry(grpc::ServerContext*, const v1::InvalidateEntryRequest*,
                                 v1::InvalidateEntryResponse*) override;
    grpc::Status ClearEntries(grpc::ServerContext*, const v1::ClearEntriesRequest*, v1::ClearEntriesResponse*) override;
    grpc::Status CleanEntries(grpc::ServerContext*, const v1::CleanEntriesRequest*, v1::CleanEntriesResponse*) override;
    grpc::Status SetScope(grpc::ServerContext*, const v1::SetScopeRequest*, v1::SetScopeResponse*) override;
    grpc::Status ListScopes(grpc::ServerContext*, const v1::ListScopesRequest*, v1::ListScopesResponse*) override;

private:
    void list(CallStop& call, const v1::ListEntriesRequest& request,
              grpc::ServerWriter<v1::ListEntriesResponse>& writer);

    Cache& m_cache;
    std::stop_token m_stop;
};

} // namespace layerhold::service
