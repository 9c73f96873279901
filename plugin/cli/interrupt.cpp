// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include "service/error_mapping.h"

#include <signal.h>
#include <unistd.h>

#include <ctime>

namespace layerhold::cli {

namespace {

sigset_t endingSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

void Interrupt::blockSignals()
{
    const sigset_t set = endingSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Interrupt::Interrupt()
    : m_thread([this](std::stop_token done) { wait(done); })
{}

void Interrupt::wait(std::stop_token done)
{
    const sigset_t set = endingSignals();
    const timespec slice{.tv_sec = 0, .tv_nsec = 50'000'000}; // how long the end of the program may be held up
    while (!done.stop_requested()) {
        if (sigtimedwait(&set, nullptr, &slice) < 0)
            continue;
        if (m_source.stop_requested())
            ::_exit(service::exit_code::Cancelled);
        m_source.request_stop();
    }
}

} // namespace layerhold::cli
