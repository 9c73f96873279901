// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

namespace layerhold {

/// Lets the index be exchanged under its users: each query holds a pass; closing waits for the passes and turns new
/// callers away. Thread-safe; a pass is held for one query, never across file I/O.
///
/// Who has to change files and rows together stays: the index is not exchanged between the two.
class IndexGate
{
public:
    class Pass
    {
    public:
        explicit Pass(IndexGate& gate)
            : m_gate(&gate)
        {}

        Pass(Pass&& other) noexcept
            : m_gate(std::exchange(other.m_gate, nullptr))
        {}

        Pass& operator=(Pass&&) = delete;
        ~Pass();

    private:
        IndexGate* m_gate;
    };

    /// While it lives, close() waits. Damage closes the gate all the same.
    class Stay
    {
    public:
        explicit Stay(IndexGate& gate)
            : m_gate(&gate)
        {}

        Stay(Stay&& other) noexcept
            : m_gate(std::exchange(other.m_gate, nullptr))
        {}

        Stay& operator=(Stay&&) = delete;
        ~Stay();

    private:
        IndexGate* m_gate;
    };

    /// Waits while the gate is closed; nullopt when it is and `stop` is asked for.
    std::optional<Stay> stay(std::stop_token stop);

    /// False when the gate is still closed at the deadline.
    bool waitUntilOpen(std::chrono::steady_clock::time_point deadline);

    /// Error{Unavailable} with the reason while the gate is closed.
    Pass enter();
    /// nullopt instead of the Error.
    std::optional<Pass> tryEnter();

    /// Turns new callers away at once; does not wait. False when it was closed already; the first reason stays.
    bool bar(const std::string& reason);
    /// Closes the gate, and waits until nobody stays and no pass is out. When it was closed already, the first reason
    /// stays.
    void close(const std::string& reason);
    /// What callers are told from now on; nothing when the gate is open.
    void changeReason(const std::string& reason);
    void open();
    bool isOpen() const;

private:
    void leave();
    void endStay();

    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::uint64_t m_passes = 0;
    std::uint64_t m_stays = 0;
    std::uint64_t m_closing = 0; ///< how many wait for the stays to end; nobody begins one meanwhile
    std::optional<std::string> m_closed;
};

} // namespace layerhold
