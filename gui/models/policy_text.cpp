// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/policy_text.h"

#include "models/plain_text.h"

#include <QCoreApplication>

namespace layerhold::gui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::PolicyText)
};

/// "80%<=100G" is a share of the disk with a cap.
QString limitText(const std::string& limit)
{
    const QString text = plainText(limit);
    const qsizetype cap = text.indexOf(QStringLiteral("<="));
    if (cap >= 0)
        return Texts::tr("%1 of the disk (but never more than %2)").arg(text.left(cap), text.mid(cap + 2));
    return text.endsWith(QLatin1Char('%')) ? Texts::tr("%1 of the disk").arg(text) : text;
}

QString strategyText(const std::string& strategy)
{
    if (strategy.empty() || strategy == "lru")
        return Texts::tr("the least recently used first");
    if (strategy == "size")
        return Texts::tr("the expired first, then the largest");
    if (strategy == "ttl")
        return Texts::tr("only what has expired");
    if (strategy == "cost")
        return Texts::tr("what is worth least to keep first");
    return Texts::tr("in the order of the strategy %1").arg(plainText(strategy));
}

QString ageCondition(const PolicyRule& rule)
{
    const QString duration = plainText(rule.keepDuration);
    if (rule.clock == "created")
        return Texts::tr("came in more than %1 ago").arg(duration);
    if (rule.clock == "written")
        return Texts::tr("was last written more than %1 ago").arg(duration);
    return Texts::tr("was not used for %1").arg(duration);
}

QString filterCondition(const PolicyRule& rule)
{
    QStringList filters;
    for (const std::string& filter : rule.filters)
        filters += plainText(filter);
    return Texts::tr("matches %1").arg(filters.join(Texts::tr(" or ")));
}

bool isZero(const std::string& text)
{
    return text.empty() || text.find_first_not_of("0.%BbsmhdwKMGTi ") == std::string::npos;
}

} // namespace

QString ruleSentence(const PolicyRule& rule)
{
    QStringList conditions;
    if (!rule.filters.empty())
        conditions += filterCondition(rule);
    if (!isZero(rule.keepDuration))
        conditions += ageCondition(rule);
    const QString what = conditions.isEmpty()
                             ? Texts::tr("everything that nobody needs")
                             : Texts::tr("what nobody needs and %1").arg(conditions.join(Texts::tr(" and ")));

    QStringList goals;
    if (!isZero(rule.maxUsed))
        goals += Texts::tr("at most %1 are stored").arg(limitText(rule.maxUsed));
    if (!isZero(rule.minFree))
        goals += Texts::tr("at least %1 are free").arg(limitText(rule.minFree));

    QString text = Texts::tr("Removes %1").arg(what);
    const bool hasReserve = !isZero(rule.reserved);
    if (!goals.isEmpty() || hasReserve || rule.strategy == "ttl")
        text += Texts::tr(", %1").arg(strategyText(rule.strategy));
    if (!goals.isEmpty())
        text += Texts::tr(", until %1").arg(goals.join(Texts::tr(" and ")));
    if (hasReserve)
        text += Texts::tr(", but leaves %1 alone").arg(limitText(rule.reserved));
    return text + QLatin1Char('.');
}

QStringList policySentences(const PolicyRecord& policy)
{
    QStringList sentences;
    const bool hasPressure = !isZero(policy.pressure);
    if (policy.mode == "automatic")
        sentences += Texts::tr("Cleans up by itself: at start, after work and from time to time.");
    else if (policy.mode == "manual" || policy.mode.empty())
        sentences += hasPressure ? Texts::tr("Cleans up only when somebody asks, or less than %1 are free.")
                                       .arg(limitText(policy.pressure))
                                 : Texts::tr("Cleans up only when somebody asks.");
    else
        sentences += Texts::tr("Cleans up in the mode %1.").arg(plainText(policy.mode));
    if (policy.rules.empty())
        sentences += Texts::tr("Has no rules, so it removes nothing.");
    for (const PolicyRule& rule : policy.rules)
        sentences += Texts::tr("%1: %2").arg(plainText(rule.name), ruleSentence(rule));
    sentences += isZero(policy.undoWindow)
                     ? Texts::tr("What is removed cannot be brought back.")
                     : Texts::tr("What is removed can be brought back for %1.").arg(plainText(policy.undoWindow));
    return sentences;
}

} // namespace layerhold::gui
