// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/content_store.h"
#include "layerhold/filter.h"
#include "service/content/engine_server.h"
#include "service/rpc/async.h"
#include "service/rpc/byte_buffers.h"
#include "service/rpc/call.h"
#include "service/rpc/worker_pool.h"

#include <memory>
#include <string>
#include <string_view>

namespace layerhold::service {

/// The nine methods of containerd.services.content.v1.Content over a ContentStore. What may block runs on the workers;
/// everything else on the serving thread. Holds no state of calls; outlives them.
class ContentService
{
public:
    ContentService(ContentStore& store, WorkerPool& workers, const Log& log)
        : m_store(store)
        , m_workers(workers)
        , m_log(log)
    {}

    /// Serves the call to its end. Every failure becomes the call's status.
    Detached serve(std::shared_ptr<Call> call);

private:
    using Handler = Async<void> (ContentService::*)(Call&);
    static Handler handlerOf(std::string_view method);
    /// The one request message of every call but Write.
    static Async<void> readRequest(Call& call, grpc::ByteBuffer& buffer);
    static Async<std::string> readName(Call& call);

    Async<Filter> parseFilter(const Message& message);

    Async<void> info(Call& call);
    Async<void> update(Call& call);
    Async<void> list(Call& call);
    Async<void> remove(Call& call);
    Async<void> read(Call& call);
    Async<void> status(Call& call);
    Async<void> listStatuses(Call& call);
    Async<void> write(Call& call);
    Async<void> abort(Call& call);

    ContentStore& m_store;
    WorkerPool& m_workers;
    const Log& m_log;
};

} // namespace layerhold::service
