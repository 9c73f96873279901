// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"

#include <QList>
#include <QString>

#include <cstdint>
#include <optional>
#include <variant>

/// What a page can be in. Texts of others in these (filters, reasons of the service) may be anything; they are made fit
/// to show where they are shown.
namespace layerhold::gui::state {

struct Ready
{};

struct NeverConnected
{
    QString address = {};  ///< what was tried; empty: nothing yet
    QString reason = {};   ///< why that failed
    QString ownCache = {}; ///< where the user can have a cache without a service; empty: that is not offered
};

struct Connecting
{
    QString step = {}; ///< what is tried now
    Moment since = {};
};

/// Rows that are there already are shown.
struct Loading
{
    std::uint64_t rows = 0;
    std::optional<std::uint64_t> expected = {};
};

struct EmptyStore
{
    QString command = {};      ///< that brings something; empty: the usual one
    QString title = {};        ///< what there is none of; empty: the cache is empty
    QString text = {};         ///< empty: the usual one
    bool isToldByPage = false; ///< by its own content, as what to do next takes more than one command
};

struct NothingMatches
{
    QString filter = {};
    QString looserFilter = {}; ///< empty: there is none that matches
    std::uint64_t looserCount = 0;
};

struct Partial
{
    QString missing = {};
    QString why = {};
};

struct Stale
{
    enum class Tries
    {
        ByItself,
        OnlyWhenAsked
    };

    Moment asOf = {};
    Moment retryAt = {}; ///< unknown: it is being tried now
    QString reason = {};
    Tries tries = Tries::ByItself;
};

struct NoPermission
{
    QString right = {};
    QString who = {};
};

struct WrongVersion
{
    QString feature = {};
    QString serverVersion = {};
    QString neededVersion = {};
};

struct Failed
{
    QString sentence = {};
    QString details = {};
};

struct Snapshot
{
    QString source = {};
    Moment takenAt = {};
};

} // namespace layerhold::gui::state

namespace layerhold::gui {

using PageState = std::variant<state::Ready, state::NeverConnected, state::Connecting, state::Loading,
                               state::EmptyStore, state::NothingMatches, state::Partial, state::Stale,
                               state::NoPermission, state::WrongVersion, state::Failed, state::Snapshot>;

enum class StateButton
{
    Connect,
    OwnCache,
    Help,
    Cancel,
    Stop,
    CopyCommand,
    ClearFilter,
    LooserFilter,
    RetryNow,
    OtherConnection,
    Details,
    CopyReport
};

enum class StateForm
{
    None,   ///< the content alone
    Strip,  ///< above the content
    Message ///< in place of the content
};

enum class StateTone
{
    Plain,
    Warning,
    Error
};

/// How a state is told.
struct StateWords
{
    QString key = {}; ///< for tests and style: "never_connected"
    StateForm form = StateForm::None;
    StateTone tone = StateTone::Plain;
    QString icon = {};
    QString title = {};
    QString text = {};
    QString command = {}; ///< in its own box, to copy
    QList<StateButton> buttons = {};
};

StateWords wordsFor(const PageState& state, const Format& format);
QString buttonText(StateButton button, const PageState& state, const Format& format);

/// Whether the words change by themselves as time goes on.
bool isTimed(const PageState& state);

/// Data that was loaded is there to be shown with it.
bool bringsData(const PageState& state);

} // namespace layerhold::gui
