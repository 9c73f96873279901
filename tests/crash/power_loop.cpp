// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "crash/power_loop.h"

#include "crash/invariants.h"
#include "crash/local_target.h"
#include "support/fault_file_system.h"
#include "support/fault_vfs.h"
#include "support/temp_root.h"
#include "support/volatile_file_system.h"

#include <filesystem>
#include <iterator>
#include <utility>
#include <vector>

namespace layerhold::test {

namespace {

namespace fs = std::filesystem;

constexpr unsigned WarmSteps = 150;
constexpr unsigned Steps = 30;
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
        outcome.violations = runMixedWork(target, pool, expectation, work, [&plan] { return plan.powerIsOff(); });
        outcome.reached = plan.hits() > 0;
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
        // All kinds side by side, so that few points, too, have some of each.
        std::vector<Mishap> left(std::begin(allMishaps), std::end(allMishaps));
        for (std::uint64_t call = 1; !left.empty(); ++call) {
            std::vector<Mishap> reached;
            for (const Mishap mishap : left) {
                if (done == points)
                    return;
                const PowerPoint point{mishap, call, seed};
                const PowerOutcome outcome = run(point);
                if (!outcome.reached && outcome.violations.empty())
                    continue;
                reached.push_back(mishap);
                ++done;
                if (!each(point, outcome))
                    return;
            }
            left = std::move(reached);
        }
    }
}

} // namespace layerhold::test
