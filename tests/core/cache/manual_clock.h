// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"

#include <atomic>

namespace layerhold::test {

/// Time that only the test moves.
class ManualClock final : public Clock
{
public:
    TimePoint now() const override { return fromNanoseconds(start + m_passed.load()); }

    std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::time_point(std::chrono::nanoseconds(1'000'000'000 + m_passed.load()));
    }

    void advance(std::chrono::nanoseconds time) { m_passed += time.count(); }

private:
    static constexpr std::int64_t start = 1'700'000'000'000'000'000;
    std::atomic<std::int64_t> m_passed{0};
};

} // namespace layerhold::test
