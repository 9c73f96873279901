// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

namespace layerhold::test {

/// Decides which call to the disk fails. One plan is shared by the file layer and the SQLite layer, so that "the k-th
/// call" counts both in the order in which they happen. Thread-safe.
class FaultPlan
{
public:
    enum class Counting
    {
        Mutating, ///< what changes the disk or makes a change durable
        All,      ///< reads and opens as well
    };

    enum class Fault
    {
        IoError,
        NoSpace,
        ShortWrite, ///< half of the bytes arrive, then the write fails; other calls fail as with IoError
    };

    enum class Repeat
    {
        Once,
        Sticky, ///< every call from the k-th on fails
    };

    enum class Call
    {
        Observing,
        Mutating,
    };

    explicit FaultPlan(Counting counting = Counting::Mutating)
        : m_counting(counting)
    {}

    /// The k-th call from now fails (the first is 1). Counting starts again at 0.
    void failAt(std::uint64_t k, Fault fault, Repeat repeat = Repeat::Once)
    {
        const std::lock_guard lock(m_mutex);
        m_calls = 0;
        m_hits = 0;
        m_at = k;
        m_fault = fault;
        m_repeat = repeat;
        m_powerIsOff = false;
    }

    /// From the k-th call on nothing reaches the disk any more, as if the machine had stopped there.
    void cutPowerAt(std::uint64_t k)
    {
        failAt(k, Fault::IoError, Repeat::Sticky);
        const std::lock_guard lock(m_mutex);
        m_cutsPower = true;
    }

    /// As cutPowerAt, at once.
    void cutPower()
    {
        const std::lock_guard lock(m_mutex);
        m_powerIsOff = true;
    }

    /// No faults; the count starts again at 0.
    void clear()
    {
        const std::lock_guard lock(m_mutex);
        m_calls = 0;
        m_hits = 0;
        m_at = 0;
        m_cutsPower = false;
        m_powerIsOff = false;
    }

    /// The layers ask this before each call.
    std::optional<Fault> nextCall(Call call)
    {
        const std::lock_guard lock(m_mutex);
        if (m_powerIsOff)
            return call == Call::Mutating ? std::optional(Fault::IoError) : std::nullopt;
        if (call == Call::Observing && m_counting == Counting::Mutating)
            return std::nullopt;
        ++m_calls;
        if (m_at == 0 || m_calls < m_at || (m_repeat == Repeat::Once && m_calls > m_at))
            return std::nullopt;
        ++m_hits;
        m_powerIsOff = m_cutsPower;
        return m_fault;
    }

    /// After a power cut even a failed sync says nothing about the disk: what counts is what it held at the cut.
    bool powerIsOff() const
    {
        const std::lock_guard lock(m_mutex);
        return m_powerIsOff;
    }

    std::uint64_t calls() const
    {
        const std::lock_guard lock(m_mutex);
        return m_calls;
    }

    /// Calls that failed by plan.
    std::uint64_t hits() const
    {
        const std::lock_guard lock(m_mutex);
        return m_hits;
    }

private:
    const Counting m_counting;
    mutable std::mutex m_mutex;
    std::uint64_t m_calls = 0;
    std::uint64_t m_hits = 0;
    std::uint64_t m_at = 0;
    Fault m_fault = Fault::IoError;
    Repeat m_repeat = Repeat::Once;
    bool m_cutsPower = false;
    bool m_powerIsOff = false;
};

} // namespace layerhold::test
