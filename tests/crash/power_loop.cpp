// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "crash/power_loop.h"

#include "crash/invariants.h"
#include "crash/local_target.h"
#include "support/fault_file_system.h"
#include "support/fault_vfs.h"
#include "support/temp_root.h"
#include "support/volatile_file_system.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

namespace layerhold::test {

namespace {

namespace fs = std::filesystem;

constexpr unsigned WarmSteps = 150;
constexpr unsigned Steps = 30;
constexpr std::size_t CallsPerSeed = 24;
constexpr std::uint64_t neverReached = std::numeric_limits<std::uint64_t>::max();
const std::string Engine = "default";

std::unique_ptr<Cache> openCache(const fs::path& root, FileSystem* fileSystem = nullptr,
                                 const std::string& vfs = "unix-excl")
{
    CacheOptions options;
    options.root = root;
    options.fileSystem = fileSystem;
    options.sqliteVfs = vfs;
    return Cache::open(options);
}

bool endsWithPowerCut(Mishap mishap)
{
    return mishap != Mishap::IoErrorThenClose && mishap != Mishap::NoSpaceThenClose &&
           mishap != Mishap::DiskFullThenSpace;
}

/// A sync that failed shows only in a cut before the next one: what still works would sync again what was lost.
bool endsAtItsMishap(const PowerPoint& point)
{
    return point.mishap == Mishap::IoErrorThenPowerCut && point.call % 2 == 0; // others go on, and may rely on it
}

void arm(FaultPlan& plan, const PowerPoint& point)
{
    switch (point.mishap) {
    case Mishap::IoErrorThenClose:
    case Mishap::IoErrorThenPowerCut:
        plan.failAt(point.call, FaultPlan::Fault::IoError);
        break;
    case Mishap::NoSpaceThenClose:
    case Mishap::NoSpaceThenPowerCut:
        plan.failAt(point.call, FaultPlan::Fault::NoSpace);
        break;
    case Mishap::ShortWriteThenPowerCut:
        plan.failAt(point.call, FaultPlan::Fault::ShortWrite);
        break;
    case Mishap::DiskFullThenSpace:
        plan.failAt(point.call, FaultPlan::Fault::NoSpace, FaultPlan::Repeat::Sticky);
        break;
    case Mishap::PowerCut:
    case Mishap::TornPowerCut:
        plan.cutPowerAt(point.call);
        break;
    case Mishap::PowerCutAfterAnswer:
        break; // whoever counts the answers cuts it
    }
}

} // namespace

std::string toString(Mishap mishap)
{
    switch (mishap) {
    case Mishap::IoErrorThenClose:
        return "I/O error, then a clean end";
    case Mishap::IoErrorThenPowerCut:
        return "I/O error, then a power cut";
    case Mishap::NoSpaceThenClose:
        return "no space once, then a clean end";
    case Mishap::NoSpaceThenPowerCut:
        return "no space once, then a power cut";
    case Mishap::ShortWriteThenPowerCut:
        return "short write, then a power cut";
    case Mishap::DiskFullThenSpace:
        return "disk full, then space again";
    case Mishap::PowerCut:
        return "power cut";
    case Mishap::TornPowerCut:
        return "power cut with torn writes";
    case Mishap::PowerCutAfterAnswer:
        return "power cut after an answer";
    }
    return {};
}

struct PowerLoop::Template
{
    Template(std::uint64_t seed, Sharing sharing)
        : pool(seed, 24, 12'000)
    {
        const auto cache = openCache(directory / "root");
        cache->addEngine(Engine, (directory / "content.sock").string(), sharing);
        LocalTarget target(*cache, Engine);
        runMixedWork(target, pool, expectation, {.seed = seed, .steps = WarmSteps}, [] { return false; });
        // To claim a blob that was released long ago is a promise that no old record of a claim can make good.
        for (unsigned number = 0; number < pool.size(); number += 3) {
            const PoolBlob& blob = pool.at(number);
            target.put("released", blob, blob.bytes.size());
            target.release(blob.digest);
            expectation.beginRelease(blob.digest);
            expectation.acknowledgeRelease(blob.digest);
        }
    }

    TempRoot directory;
    BlobPool pool;
    Expectation expectation;
};

PowerLoop::PowerLoop(std::uint64_t seed, Sharing sharing)
    : m_template(std::make_unique<Template>(seed, sharing))
    , m_seed(seed)
{}

PowerLoop::~PowerLoop() = default;

PowerOutcome PowerLoop::run(const PowerPoint& point) const
{
    const TempRoot directory;
    const fs::path root = directory / "root";
    fs::copy(m_template->directory / "root", root, fs::copy_options::recursive);
    const BlobPool& pool = m_template->pool;
    Expectation expectation(m_template->expectation);

    FaultPlan plan;
    VolatileFileSystem disk(root);
    FaultFileSystem files(disk, plan);
    FaultVfs vfs("power-loop", plan);
    PowerOutcome outcome;
    arm(plan, point);
    try {
        const auto cache = openCache(root, &files, vfs.name());
        LocalTarget target(*cache, Engine);
        const MixedWork work{.seed = point.seed, .steps = Steps};
        std::uint64_t answers = 0;
        const auto isOver = [&] {
            if (point.mishap == Mishap::PowerCutAfterAnswer)
                return answers++ == point.call;
            return plan.powerIsOff() || (endsAtItsMishap(point) && plan.hits() > 0);
        };
        outcome.violations = runMixedWork(target, pool, expectation, work, isOver);
        outcome.reached = plan.hits() > 0 || point.mishap == Mishap::PowerCutAfterAnswer;
        outcome.calls = plan.calls();
        if (point.mishap == Mishap::DiskFullThenSpace) {
            plan.clear();
            for (std::string& violation : checkInvariants(*cache, Engine, pool, expectation, CutKind::Kill))
                outcome.violations.push_back("without a restart: " + std::move(violation));
        }
        if (endsWithPowerCut(point.mishap))
            plan.cutPower();
        else
            plan.clear();
    } catch (const std::exception& error) {
        // Opening may fail when the disk does; that is an answer. The next start is what counts.
        outcome.reached = plan.hits() > 0;
        if (!outcome.reached)
            outcome.violations.push_back(std::string("failed without a fault: ") + error.what());
    }
    if (endsWithPowerCut(point.mishap)) {
        const Loss loss = point.mishap == Mishap::TornPowerCut ? Loss::Torn : Loss::All;
        vfs.powerCut(loss, point.seed * 7919 + point.call);
        disk.powerCut(loss, point.seed * 7919 + point.call);
    }
    try {
        const auto cache = openCache(root);
        const CutKind cut = endsWithPowerCut(point.mishap) ? CutKind::Power : CutKind::Kill;
        for (std::string& violation : checkInvariants(*cache, Engine, pool, expectation, cut))
            outcome.violations.push_back(std::move(violation));
    } catch (const std::exception& error) {
        outcome.violations.push_back(std::string("the start after it failed: ") + error.what());
    }
    return outcome;
}

void PowerLoop::runAll(std::uint64_t points,
                       const std::function<bool(const PowerPoint&, const PowerOutcome&)>& each) const
{
    std::uint64_t done = 0;
    for (std::uint64_t seed = m_seed;; ++seed) {
        const PowerPoint undisturbed{Mishap::PowerCut, neverReached, seed};
        const PowerOutcome reference = run(undisturbed);
        if (!reference.violations.empty() || reference.calls == 0) {
            each(undisturbed, reference);
            return;
        }
        std::vector<std::uint64_t> calls(reference.calls);
        std::iota(calls.begin(), calls.end(), 1);
        std::shuffle(calls.begin(), calls.end(), std::mt19937_64(seed));
        calls.resize(std::min(calls.size(), CallsPerSeed));
        for (const std::uint64_t call : calls) {
            for (const Mishap mishap : allMishaps) {
                if (done == points)
                    return;
                PowerPoint point{mishap, call, seed};
                if (mishap == Mishap::PowerCutAfterAnswer)
                    point.call = 1 + call % Steps;
                const PowerOutcome outcome = run(point);
                if (!outcome.reached && outcome.violations.empty())
                    continue;
                ++done;
                if (!each(point, outcome))
                    return;
            }
        }
    }
}

} // namespace layerhold::test
