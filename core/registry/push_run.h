// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"
#include "layerhold/operation.h"
#include "layerhold/registry/pusher.h"
#include "registry/push_plan.h"
#include "registry/transfer_progress.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace layerhold::registry {

/// One push: the blobs, some at a time, then the manifests one after the other.
class PushRun
{
public:
    PushRun(Cache& cache, const std::shared_ptr<RegistryContext>& context, const PushRequest& request,
            const OnProgress& onProgress);

    PushReport run(const std::stop_token& stop);

private:
    enum class Way
    {
        Present,
        Mounted,
        Uploaded
    };

    void pushBlob(const Descriptor& blob, const std::stop_token& stop);
    Way uploadBlob(const Descriptor& blob, const std::stop_token& stop);
    /// True when it is worth another try, with options that are different then.
    static bool adapt(PushOptions& options, const Error& error, bool hasSent);
    bool hasBlob(const Descriptor& blob, const std::stop_token& stop);

    void pushManifest(const PushPlan::Manifest& manifest, const std::string& reference, const std::stop_token& stop);
    void putManifest(const PushPlan::Manifest& manifest, const std::string& reference, const std::stop_token& stop);

    /// The answer to a question whether the repository has it, and a proof when it has.
    bool isConfirmed(const Digest& digest, ProofMethod method, const std::function<bool()>& ask);
    void proveUpload(const Digest& digest, TimePoint asked);
    /// Where the registry may take the blob from; empty: nowhere.
    std::string mountSource(const Digest& digest) const;
    void refusalEndsProofs(const std::function<void()>& work);
    void done(const Descriptor& what, Way way);

    Cache& m_cache;
    AccessRecords& m_records;
    const PushRequest& m_request;
    TransferProgress m_progress;
    const std::string m_repository; ///< with the registry
    RegistryClient m_client;
    std::unique_ptr<Operation> m_operation;

    std::atomic<bool> m_mayLook{true}; ///< the registry did not refuse to answer

    std::mutex m_mutex; ///< of what follows
    PushReport m_report;
};

} // namespace layerhold::registry
