// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/page_state.h"

#include "models/plain_text.h"

#include <QCoreApplication>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

constexpr auto slowAfter = 3s;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::StatePane)

public:
    explicit Words(const Format& format)
        : m_format(format)
    {}

    StateWords operator()(const state::Ready&) const { return words("ready", StateForm::None); }

    StateWords operator()(const state::NeverConnected& facts) const
    {
        StateWords told = words("never_connected", StateForm::Message);
        told.icon = QStringLiteral("plug");
        told.title = tr("Not connected to a cache");
        QStringList lines;
        if (facts.address.isEmpty())
            lines.append(tr("Layerhold keeps the images of every container engine on a machine in one cache."));
        else
            lines.append(tr("No service answers at %1.").arg(plainText(facts.address)) + reasonAfter(facts.reason));
        if (!facts.ownCache.isEmpty())
            lines.append(
                tr("Without a service, this app can open a cache of your own in %1. While it is open, no other "
                   "program can use it.")
                    .arg(plainText(facts.ownCache)));
        lines.append(tr("Start the service, or connect to one that runs:"));
        told.text = lines.join(QLatin1Char('\n'));
        told.command = QStringLiteral("sudo systemctl enable --now layerhold.socket");
        told.buttons = {StateButton::Connect, StateButton::RetryNow, StateButton::Help};
        if (!facts.ownCache.isEmpty())
            told.buttons.insert(1, StateButton::OwnCache);
        return told;
    }

    StateWords operator()(const state::Connecting& facts) const
    {
        StateWords told = words("connecting", StateForm::Message);
        told.icon = QStringLiteral("plug");
        const auto elapsed = isKnown(facts.since) ? m_format.now() - facts.since : 0ms;
        told.title = elapsed >= slowAfter ? tr("Connecting… slower than usual") : tr("Connecting…");
        told.text = plainText(facts.step);
        if (elapsed >= 1s)
            told.text += QLatin1Char('\n') + tr("%1 so far").arg(m_format.duration(elapsed));
        told.buttons = {StateButton::Cancel};
        return told;
    }

    StateWords operator()(const state::Loading& facts) const
    {
        StateWords told = words("loading", StateForm::Strip);
        told.icon = QStringLiteral("refresh");
        told.title =
            facts.expected
                ? tr("Loading: %1 of about %2").arg(m_format.count(facts.rows), m_format.count(*facts.expected))
            : facts.rows ? tr("Loading: %1 so far").arg(m_format.count(facts.rows))
                         : tr("Loading…");
        told.text = tr("Stop keeps what came.");
        told.buttons = {StateButton::Stop};
        return told;
    }

    StateWords operator()(const state::EmptyStore& facts) const
    {
        if (facts.isToldByPage)
            return words("empty_store", StateForm::None);
        StateWords told = words("empty_store", StateForm::Message);
        told.icon = QStringLiteral("box");
        told.title = facts.title.isEmpty() ? tr("The cache is empty") : facts.title;
        told.text = facts.text.isEmpty() ? tr("Pull once through it:") : facts.text;
        told.command =
            facts.command.isEmpty() ? QStringLiteral("layerhold pull docker.io/library/alpine:latest") : facts.command;
        told.buttons = {StateButton::CopyCommand, StateButton::Help};
        return told;
    }

    StateWords operator()(const state::NothingMatches& facts) const
    {
        StateWords told = words("nothing_matches", StateForm::Message);
        told.icon = QStringLiteral("filter");
        told.title = tr("Nothing matches this filter");
        told.text = plainText(facts.filter);
        told.buttons = {StateButton::ClearFilter};
        if (!facts.looserFilter.isEmpty())
            told.buttons.append(StateButton::LooserFilter);
        return told;
    }

    StateWords operator()(const state::Partial& facts) const
    {
        StateWords told = words("partial", StateForm::Strip);
        told.tone = StateTone::Warning;
        told.icon = QStringLiteral("warning");
        told.title = tr("Not everything is shown: %1").arg(plainText(facts.missing));
        told.text = plainText(facts.why);
        told.buttons = {StateButton::RetryNow};
        return told;
    }

    StateWords operator()(const state::Stale& facts) const
    {
        StateWords told = words("stale", StateForm::Strip);
        told.tone = StateTone::Warning;
        told.icon = QStringLiteral("unplug");
        told.title =
            isKnown(facts.asOf) ? tr("Disconnected: as of %1").arg(m_format.clock(facts.asOf)) : tr("Disconnected");
        QStringList sentences;
        if (!facts.reason.isEmpty())
            sentences.append(plainText(facts.reason));
        if (facts.tries == state::Stale::Tries::ByItself)
            sentences.append(retryText(facts.retryAt));
        told.text = sentences.join(QLatin1Char(' '));
        told.buttons = {StateButton::RetryNow, StateButton::OtherConnection};
        return told;
    }

    StateWords operator()(const state::NoPermission& facts) const
    {
        StateWords told = words("no_permission", StateForm::Message);
        told.tone = StateTone::Warning;
        told.icon = QStringLiteral("lock");
        told.title = tr("You may not see this");
        told.text = tr("Missing right: %1").arg(plainText(facts.right));
        if (!facts.who.isEmpty())
            told.text += QLatin1Char('\n') + tr("You are %1.").arg(plainText(facts.who));
        told.buttons = {StateButton::OtherConnection, StateButton::RetryNow};
        return told;
    }

    StateWords operator()(const state::WrongVersion& facts) const
    {
        StateWords told = words("wrong_version", StateForm::Message);
        told.tone = StateTone::Warning;
        told.icon = QStringLiteral("versions");
        told.title = tr("This service does not offer %1").arg(plainText(facts.feature));
        told.text =
            tr("It is version %1.").arg(facts.serverVersion.isEmpty() ? unknownText() : plainText(facts.serverVersion));
        if (!facts.neededVersion.isEmpty())
            told.text += QLatin1Char(' ') + tr("Version %1 is needed.").arg(plainText(facts.neededVersion));
        told.buttons = {StateButton::RetryNow, StateButton::OtherConnection};
        return told;
    }

    StateWords operator()(const state::Failed& facts) const
    {
        StateWords told = words("failed", StateForm::Message);
        told.tone = StateTone::Error;
        told.icon = QStringLiteral("error");
        told.title = tr("This did not work");
        told.text = plainText(facts.sentence);
        told.buttons = {StateButton::RetryNow};
        if (!facts.details.isEmpty())
            told.buttons.append(StateButton::Details);
        told.buttons.append(StateButton::CopyReport);
        return told;
    }

    StateWords operator()(const state::Snapshot& facts) const
    {
        StateWords told = words("snapshot", StateForm::Strip);
        told.icon = QStringLiteral("camera");
        told.title = tr("Snapshot of %1, %2").arg(plainText(facts.source), m_format.date(facts.takenAt));
        told.text = tr("Read-only: nothing here changes the cache.");
        return told;
    }

private:
    static StateWords words(const char* key, StateForm form)
    {
        StateWords told;
        told.key = QString::fromLatin1(key);
        told.form = form;
        return told;
    }

    static QString reasonAfter(const QString& reason)
    {
        return reason.isEmpty() ? QString() : QLatin1Char(' ') + plainText(reason);
    }

    QString retryText(Moment retryAt) const
    {
        const auto left = std::chrono::ceil<std::chrono::seconds>(retryAt - m_format.now());
        return isKnown(retryAt) && left > 0s ? tr("Next try in %1.").arg(m_format.duration(left)) : tr("Trying again…");
    }

    const Format& m_format;
};

} // namespace

StateWords wordsFor(const PageState& state, const Format& format)
{
    return std::visit(Words(format), state);
}

QString buttonText(StateButton button, const PageState& state, const Format& format)
{
    switch (button) {
    case StateButton::Connect:
        return Words::tr("Connections…");
    case StateButton::OwnCache:
        return Words::tr("Use a cache of my own");
    case StateButton::Help:
        return Words::tr("Help");
    case StateButton::Cancel:
        return Words::tr("Cancel");
    case StateButton::Stop:
        return Words::tr("Stop");
    case StateButton::CopyCommand:
        return Words::tr("Copy command");
    case StateButton::ClearFilter:
        return Words::tr("Clear filter");
    case StateButton::LooserFilter: {
        const auto* facts = std::get_if<state::NothingMatches>(&state);
        return facts ? Words::tr("Show %1 (%2)").arg(plainText(facts->looserFilter), format.count(facts->looserCount))
                     : QString();
    }
    case StateButton::RetryNow:
        return std::holds_alternative<state::Stale>(state) ? Words::tr("Try now") : Words::tr("Retry");
    case StateButton::OtherConnection:
        return Words::tr("Other connection…");
    case StateButton::Details:
        return Words::tr("Details…");
    case StateButton::CopyReport:
        return Words::tr("Copy report");
    }
    return {};
}

bool isTimed(const PageState& state)
{
    return std::holds_alternative<state::Connecting>(state) || std::holds_alternative<state::Stale>(state);
}

bool bringsData(const PageState& state)
{
    const auto* loading = std::get_if<state::Loading>(&state);
    return (loading && loading->rows > 0) || std::holds_alternative<state::Ready>(state) ||
           std::holds_alternative<state::Partial>(state) || std::holds_alternative<state::Stale>(state) ||
           std::holds_alternative<state::Snapshot>(state) || std::holds_alternative<state::NothingMatches>(state);
}

} // namespace layerhold::gui
