// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <grpcpp/server_context.h>

#include <sys/types.h>

#include <map>
#include <mutex>
#include <string>

namespace layerhold::service {

/// Whose connection a call came over, as the kernel knows it (SO_PEERCRED) and not as a request says. Calls over
/// connections that were not added are of this process's own user: the service runs in the caller's process.
/// Thread-safe.
class Callers
{
public:
    /// Before the descriptor is handed to gRPC. A descriptor that is used again is the new peer's.
    void add(int descriptor, uid_t user);

    uid_t userOf(const grpc::ServerContext& context) const;
    /// The user's name; the number of one that has none.
    std::string nameOf(const grpc::ServerContext& context) const;

private:
    mutable std::mutex m_mutex;
    std::map<std::string, uid_t> m_users; ///< by gRPC's name of the connection; guarded by m_mutex
};

} // namespace layerhold::service
