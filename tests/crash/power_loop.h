// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crash/mixed_work.h"
#include "layerhold/types.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace layerhold::test {

/// What happens at the k-th call to the disk, and how the run ends.
enum class Mishap
{
    IoErrorThenClose,
    IoErrorThenPowerCut, ///< a failed sync has dropped its pages: shows who takes it for a good one
    NoSpaceThenClose,
    NoSpaceThenPowerCut,
    ShortWriteThenPowerCut,
    DiskFullThenSpace,   ///< every call from the k-th on says ENOSPC; then there is space again, without a restart
    PowerCut,            ///< everything unsynced is lost
    TornPowerCut,        ///< a random part of it is lost
    PowerCutAfterAnswer, ///< as PowerCut, right after the k-th answer: what was acknowledged must be there
};

inline constexpr Mishap allMishaps[] = {
    Mishap::IoErrorThenClose,       Mishap::IoErrorThenPowerCut, Mishap::NoSpaceThenClose, Mishap::NoSpaceThenPowerCut,
    Mishap::ShortWriteThenPowerCut, Mishap::DiskFullThenSpace,   Mishap::PowerCut,         Mishap::TornPowerCut,
    Mishap::PowerCutAfterAnswer,
};

std::string toString(Mishap mishap);

struct PowerPoint
{
    Mishap mishap = Mishap::PowerCut;
    std::uint64_t call = 1; ///< the k of "the k-th call", or answer
    std::uint64_t seed = 1;
};

struct PowerOutcome
{
    bool reached = false;    ///< false: the work ended before its k-th call
    std::uint64_t calls = 0; ///< that the whole work made; 0 when it could not begin
    Violations violations;
};

/// A root whose WAL is in use and reused in place (a cold one hides a missing fsync of a folder), to start every point
/// from. The in-process fault loop: one mixed workload, one mishap at one call, then a restart and the full check.
class PowerLoop
{
public:
    /// The engine's sharing decides what shows: an open one gets a blob whose claim or supply was lost all the same.
    PowerLoop(std::uint64_t seed, Sharing sharing);
    ~PowerLoop();

    PowerOutcome run(const PowerPoint& point) const;

    /// Some calls of a workload, each with every mishap, then those of the next one, until `points` were run: few
    /// points, too, see work of every kind. `each` may end it by returning false.
    void runAll(std::uint64_t points, const std::function<bool(const PowerPoint&, const PowerOutcome&)>& each) const;

private:
    struct Template;
    std::unique_ptr<Template> m_template;
    std::uint64_t m_seed;
};

} // namespace layerhold::test
