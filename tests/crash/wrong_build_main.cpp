// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Linked with one deliberately wrong source file of the core (wrong_builds/*.patch). Succeeds when the rigs notice.

#include "crash/power_loop.h"
#include "crash/wrong_build_checks.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    const std::uint64_t points = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
    const auto caught = [](const std::string& how) {
        std::printf("caught: %s\n", how.c_str());
        return EXIT_SUCCESS;
    };
    for (const std::string& violation : layerhold::test::checkTrust())
        return caught(violation);

    std::string found;
    std::uint64_t ran = 0;
    for (const layerhold::Sharing sharing : {layerhold::Sharing::Open, layerhold::Sharing::Verified}) {
        layerhold::test::PowerLoop(1, sharing)
            .runAll(points / 2,
                    [&](const layerhold::test::PowerPoint& point, const layerhold::test::PowerOutcome& outcome) {
                        ++ran;
                        if (outcome.violations.empty())
                            return true;
                        found = toString(point.mishap) + " at call " + std::to_string(point.call) + ": " +
                                outcome.violations.front();
                        return false;
                    });
        if (!found.empty())
            return caught(found + " (point " + std::to_string(ran) + ")");
    }
    std::printf("NOT caught in %llu points\n", static_cast<unsigned long long>(ran));
    return EXIT_FAILURE;
}
