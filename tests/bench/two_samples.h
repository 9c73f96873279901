// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

/// Whether two samples are of one distribution, by their ranks: what a few slow values are does not matter.
namespace layerhold::bench {

struct Comparison
{
    double medianOfFirst = 0;
    double medianOfSecond = 0;
    /// How likely a value of the first is larger than one of the second, equal ones counting half; 0.5: no difference.
    double superiority = 0.5;
    double superiorityFrom = 0; ///< with 95 % confidence
    double superiorityTo = 1;
    double pValue = 1; ///< two-sided, of Mann and Whitney's U by its normal approximation
};

inline double medianOf(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Neither may be empty; for the approximation each has to have some dozens.
inline Comparison compare(const std::vector<double>& first, const std::vector<double>& second)
{
    std::vector<std::pair<double, bool>> all; // with whether it is of the first
    for (const double value : first)
        all.emplace_back(value, true);
    for (const double value : second)
        all.emplace_back(value, false);
    std::sort(all.begin(), all.end());
    double rankSum = 0; // of the first
    double ties = 0;
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin;
        std::size_t ofFirst = 0;
        for (; end < all.size() && all[end].first == all[begin].first; ++end)
            ofFirst += all[end].second ? 1 : 0;
        const auto count = static_cast<double>(end - begin);
        rankSum += static_cast<double>(ofFirst) * (static_cast<double>(begin + end) + 1) / 2;
        ties += count * count * count - count;
        begin = end;
    }
    const auto m = static_cast<double>(first.size());
    const auto n = static_cast<double>(second.size());
    const double u = rankSum - m * (m + 1) / 2;
    const double variance = m * n / 12 * ((m + n + 1) - ties / ((m + n) * (m + n - 1)));
    const double superiority = u / (m * n);
    // Hanley and McNeil, 1982.
    const double q1 = superiority / (2 - superiority);
    const double q2 = 2 * superiority * superiority / (1 + superiority);
    const double error = std::sqrt((superiority * (1 - superiority) + (m - 1) * (q1 - superiority * superiority) +
                                    (n - 1) * (q2 - superiority * superiority)) /
                                   (m * n));
    const double z = variance > 0 ? std::abs(u - m * n / 2) / std::sqrt(variance) : 0;
    return {medianOf(first),
            medianOf(second),
            superiority,
            std::max(0.0, superiority - 1.96 * error),
            std::min(1.0, superiority + 1.96 * error),
            std::erfc(z / std::sqrt(2.0))};
}

} // namespace layerhold::bench
