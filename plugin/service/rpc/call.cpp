// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/rpc/call.h"

namespace layerhold::service {

/// Waits for one call to begin.
class Call::Accepting final : public Completion
{
public:
    Accepting(std::shared_ptr<Call> call, OnCall onCall)
        : m_call(std::move(call))
        , m_onCall(std::move(onCall))
    {}

    void completed(bool ok) override
    {
        const std::unique_ptr<Accepting> self(this);
        if (ok)
            m_call->m_untilDone = m_call;
        else
            m_call.reset(); // never begun: gRPC sends no done notification
        m_onCall(std::move(m_call));
    }

private:
    std::shared_ptr<Call> m_call;
    OnCall m_onCall;
};

Call::Call(grpc::ServerCompletionQueue& queue)
    : m_queue(queue)
{
    m_context.AsyncNotifyWhenDone(m_done.tag());
}

void Call::accept(grpc::AsyncGenericService& service, grpc::ServerCompletionQueue& queue, OnCall onCall,
                  std::function<void()> onGone)
{
    std::shared_ptr<Call> call(new Call(queue), [gone = std::move(onGone)](Call* ended) {
        delete ended;
        gone();
    });
    Call& waiting = *call;
    auto accepting = std::make_unique<Accepting>(std::move(call), std::move(onCall));
    service.RequestCall(&waiting.m_context, &waiting.m_stream, &queue, &queue, accepting.release()->tag());
}

void Call::Done::completed(bool)
{
    m_call.m_cancelled = m_call.m_context.IsCancelled();
    const std::shared_ptr<Call> last = std::move(m_call.m_untilDone);
}

} // namespace layerhold::service
