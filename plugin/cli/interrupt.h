// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <thread>

namespace layerhold::cli {

/// Turns Ctrl-C and SIGTERM into a stop request; a second one ends the program at once. One object at a time; the
/// signals must be blocked (blockSignals) before the first thread is made.
class Interrupt
{
public:
    static void blockSignals();

    Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return m_source.get_token(); }

private:
    void wait(std::stop_token done);

    std::stop_source m_source;
    std::jthread m_thread; ///< last: ends first
};

} // namespace layerhold::cli
