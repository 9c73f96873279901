// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/plan_command.h"

#include <algorithm>

namespace layerhold::gui {

namespace {

/// The verb reads these among its filters as durations.
bool isRead(const std::string& filter)
{
    return filter.starts_with("until=") || filter.starts_with("unused-for=");
}

bool canBeFlags(const PolicyRecord& policy)
{
    if (policy.rules.size() != 1)
        return false;
    const PolicyRule& rule = policy.rules.front();
    const bool isAnySet = !rule.filters.empty() || !rule.keepDuration.empty() || !rule.reserved.empty() ||
                          !rule.maxUsed.empty() || !rule.minFree.empty();
    return isAnySet && std::ranges::none_of(rule.filters, isRead);
}

QString flags(const PolicyRule& rule)
{
    QString text;
    const auto add = [&text](const char* flag, const std::string& value) {
        if (!value.empty())
            text +=
                QLatin1Char(' ') + QLatin1String(flag) + QLatin1Char(' ') + shellWord(QString::fromStdString(value));
    };
    for (const std::string& filter : rule.filters)
        add("--filter", filter);
    add("--clock", rule.clock);
    add("--keep-duration", rule.keepDuration);
    add("--reserved-space", rule.reserved);
    add("--max-used-space", rule.maxUsed);
    add("--min-free-space", rule.minFree);
    add("--strategy", rule.strategy);
    return text;
}

} // namespace

QString shellWord(const QString& word)
{
    constexpr QLatin1StringView fine(".,:;_-+=/@%^");
    const bool isFine = !word.isEmpty() && std::ranges::all_of(word, [&](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || fine.contains(c);
    });
    if (isFine && !word.startsWith(QLatin1Char('-')))
        return word;
    return QLatin1Char('\'') + QString(word).replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

QString planCommand(const PlanRecord& plan, const PolicyRecord& savedPolicy)
{
    QString verb = QStringLiteral("layerhold plan");
    if (plan.policy == savedPolicy)
        return verb;
    if (canBeFlags(plan.policy))
        return verb + flags(plan.policy.rules.front());
    return verb + QLatin1Char(' ') + shellWord(QString::fromStdString(plan.id));
}

} // namespace layerhold::gui
