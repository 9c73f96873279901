// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// idle_connections SOCKET COUNT: holds COUNT connections open until it is killed; says "connected" when all stand.
#include "support/engine/sockets.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    if (argc != 3)
        return 2;
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    const int count = std::atoi(argv[2]);
    for (int i = 0; i < count; ++i) {
        if (layerhold::test::connectToSocket(QString::fromLocal8Bit(argv[1])) < 0) {
            std::perror("connect");
            std::printf("%d of %d\n", i, count);
            return 1;
        }
    }
    std::puts("connected");
    std::fflush(stdout);
    for (;;)
        ::pause();
}
