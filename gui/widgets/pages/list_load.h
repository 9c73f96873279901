// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/page_state.h"
#include "widgets/pages/latest_call.h"
#include "widgets/pages/load_pace.h"

#include <functional>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace layerhold::gui {

/// How far a list has come.
struct ListFacts
{
    enum class Phase
    {
        NotAsked,
        Loading,
        Complete,
        Stopped,
        Failed
    };
    Phase phase = Phase::NotAsked;
    std::uint64_t rows = 0;
    std::uint64_t shown = 0; ///< by the filter
    QString filter = {};
    std::optional<CallError> error = {};
};

/// What a list is called in sentences.
struct ListWords
{
    QString what = {};  ///< "the images": what is missing when not all came
    QString right = {}; ///< which it takes to see them
    state::EmptyStore empty = {};
};

/// How many records a filter would show.
using CountMatches = std::function<std::uint64_t(const QString& filter)>;

PageState stateOfList(const ListFacts& facts, const ListWords& words, const CountMatches& count);

/// Asks for a list. The first time its records are handed on as they come; those of a later list are handed on together
/// when it is complete, in place of the former ones, so that what is seen does not go and come again.
template <class Record>
class ListLoad final
{
public:
    struct Hooks
    {
        std::function<void(std::vector<Record>)> append;
        std::function<void(std::vector<Record>)> replace;
        std::function<void()> changed; ///< phase() or error()
    };

    explicit ListLoad(Hooks hooks)
        : m_hooks(std::move(hooks))
    {}

    ListFacts::Phase phase() const { return m_phase; }

    const std::optional<CallError>& error() const { return m_error; }

    bool isOpen() const { return m_call.isOpen(); }

    /// Nobody needs it anew by itself just now: it is open, or was so a moment ago.
    bool isResting() const { return isOpen() || m_pace.isResting(); }

    /// `ask` gets the OnBatch and returns the future; `onEnd` takes its result.
    template <class Ask, class OnEnd>
    void start(Ask ask, OnEnd onEnd)
    {
        m_isFirst = !m_hasList;
        if (m_isFirst) {
            // What an attempt brought that was not completed comes again.
            m_hooks.replace({});
            m_phase = ListFacts::Phase::Loading;
            m_error.reset();
        }
        // What is told of a later list that failed holds until the next one is there.
        m_incoming.clear();
        m_pace.begin();
        m_call.follow(
            ask(OnBatch<Record>([this](std::vector<Record> records) { take(std::move(records)); })),
            [this, onEnd = std::move(onEnd)](const auto&... result) {
                if (!m_isFirst)
                    m_hooks.replace(std::exchange(m_incoming, {}));
                m_phase = ListFacts::Phase::Complete;
                m_error.reset();
                m_hasList = true;
                m_pace.end();
                onEnd(result...);
                m_hooks.changed();
            },
            [this](const CallError& error) {
                m_error = error;
                m_phase = ListFacts::Phase::Failed;
                m_pace.end();
                m_hooks.changed();
            });
        m_hooks.changed();
    }

    /// What came stays.
    void stop()
    {
        if (!m_call.isOpen())
            return;
        m_call.drop();
        if (m_isFirst)
            m_phase = ListFacts::Phase::Stopped;
        m_hooks.changed();
    }

    /// As if nothing had been asked.
    void reset()
    {
        m_call.drop();
        m_phase = ListFacts::Phase::NotAsked;
        m_hasList = false;
        m_error.reset();
        m_incoming.clear();
        m_hooks.replace({});
        m_hooks.changed();
    }

private:
    void take(std::vector<Record> records)
    {
        if (m_isFirst) {
            m_hooks.append(std::move(records));
            m_hooks.changed();
            return;
        }
        m_incoming.insert(m_incoming.end(), std::make_move_iterator(records.begin()),
                          std::make_move_iterator(records.end()));
    }

    Hooks m_hooks;
    LatestCall m_call;
    LoadPace m_pace;
    std::vector<Record> m_incoming;
    std::optional<CallError> m_error;
    ListFacts::Phase m_phase = ListFacts::Phase::NotAsked;
    bool m_hasList = false; ///< a complete one came
    bool m_isFirst = true;  ///< what is asked for now is shown as it comes
};

} // namespace layerhold::gui
