// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/plan_policy.h"

#include <algorithm>
#include <string_view>

namespace layerhold::gui {

namespace {

/// Digests and ids are of these; anything else would have to be quoted, and no service makes such names.
bool canBeSaid(const std::string& name)
{
    constexpr std::string_view fine = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:_-+";
    return !name.empty() && name.find_first_not_of(fine) == std::string::npos;
}

std::optional<std::vector<std::string>> sayable(const QStringList& names)
{
    std::vector<std::string> said;
    for (const QString& name : names)
        said.push_back(name.toStdString());
    if (names.size() > mostNamedThings || !std::ranges::all_of(said, canBeSaid))
        return std::nullopt;
    return said;
}

} // namespace

std::optional<PolicyRecord> policyWithout(const PolicyRecord& policy, const QStringList& names)
{
    const auto said = sayable(names);
    if (!said)
        return std::nullopt;
    std::string others;
    for (const std::string& name : *said)
        others += (others.empty() ? "digest!=" : ",digest!=") + name;
    PolicyRecord narrowed = policy;
    if (others.empty())
        return narrowed;
    for (PolicyRule& rule : narrowed.rules) {
        if (rule.filters.empty())
            rule.filters.push_back(others);
        else
            for (std::string& filter : rule.filters)
                filter.append(filter.empty() ? "" : ",").append(others);
    }
    return narrowed;
}

std::optional<PolicyRecord> policyOfChosen(const PolicyRecord& policy, const QStringList& names)
{
    const auto said = sayable(names);
    if (!said || said->empty())
        return std::nullopt;
    PolicyRecord chosen = policy;
    PolicyRule rule;
    rule.name = "chosen entries";
    rule.clock = "used";
    rule.strategy = "lru";
    for (const std::string& name : *said)
        rule.filters.push_back("digest==" + name);
    chosen.rules = {std::move(rule)};
    return chosen;
}

} // namespace layerhold::gui
