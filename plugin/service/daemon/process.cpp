// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/daemon/process.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>

namespace layerhold::service {

namespace {

// Some machines allow a billion, and tables of that size help nobody.
constexpr rlim_t mostDescriptors = 1 << 20;

} // namespace

void prepareProcess()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, mostDescriptors));
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    const rlimit none{};
    ::setrlimit(RLIMIT_CORE, &none);
    ::umask(077);
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXFSZ, SIG_IGN);
}

} // namespace layerhold::service
