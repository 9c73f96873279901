// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/callers.h"

#include <pwd.h>
#include <unistd.h>

#include <array>

namespace layerhold::service {

void Callers::add(int descriptor, uid_t user)
{
    const std::lock_guard lock(m_mutex);
    m_users["fd:" + std::to_string(descriptor)] = user; // as gRPC names connections that it is handed
}

uid_t Callers::userOf(const grpc::ServerContext& context) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_users.find(context.peer());
    return found == m_users.end() ? ::geteuid() : found->second;
}

std::string Callers::nameOf(const grpc::ServerContext& context) const
{
    const uid_t user = userOf(context);
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return found->pw_name;
    return std::to_string(user);
}

} // namespace layerhold::service
