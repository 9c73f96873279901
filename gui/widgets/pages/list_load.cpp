// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/list_load.h"

#include <QCoreApplication>

namespace layerhold::gui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::ListLoad)
};

PageState stateOfError(const CallError& error, const ListWords& words)
{
    if (error.code() == QLatin1String("denied"))
        return state::NoPermission{.right = words.right, .who = {}};
    if (error.code() == QLatin1String("unsupported"))
        return state::WrongVersion{.feature = words.what, .serverVersion = {}, .neededVersion = {}};
    return state::Failed{.sentence = error.message(), .details = error.code()};
}

/// The longest beginning of a filter that matches something: each beginning matches all that a longer one does.
state::NothingMatches nothingMatches(const QString& filter, const CountMatches& count)
{
    state::NothingMatches told{.filter = filter, .looserFilter = {}, .looserCount = 0};
    qsizetype matches = 0;
    for (qsizetype fails = filter.size(); fails - matches > 1;) {
        const qsizetype length = matches + (fails - matches) / 2;
        const std::uint64_t found = count(filter.left(length));
        if (found == 0) {
            fails = length;
            continue;
        }
        matches = length;
        told.looserFilter = filter.left(length);
        told.looserCount = found;
    }
    return told;
}

} // namespace

PageState stateOfList(const ListFacts& facts, const ListWords& words, const CountMatches& count)
{
    switch (facts.phase) {
    case ListFacts::Phase::NotAsked:
        return state::NeverConnected{};
    case ListFacts::Phase::Loading:
        return state::Loading{.rows = facts.rows, .expected = {}};
    case ListFacts::Phase::Stopped:
        if (facts.rows == 0)
            return state::Failed{.sentence = Texts::tr("The loading was stopped before anything came."), .details = {}};
        return state::Partial{.missing = Texts::tr("the rest of %1").arg(words.what),
                              .why = Texts::tr("The loading was stopped.")};
    case ListFacts::Phase::Failed:
        if (facts.rows == 0)
            return stateOfError(*facts.error, words);
        return state::Partial{.missing = words.what, .why = facts.error->message()};
    case ListFacts::Phase::Complete:
        break;
    }
    if (facts.rows == 0)
        return words.empty;
    if (facts.shown == 0)
        return nothingMatches(facts.filter, count);
    return state::Ready{};
}

} // namespace layerhold::gui
