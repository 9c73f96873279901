// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/app_context.h"

#include <algorithm>

namespace layerhold::gui {

namespace {

Format formatOf(const Format::Options& base, const Preferences& preferences)
{
    Format::Options options = base;
    options.units = preferences.units;
    options.moments = preferences.moments;
    return Format(options);
}

} // namespace

AppContext::AppContext(Settings& settings, Format::Options base, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_base(std::move(base))
    , m_format(formatOf(m_base, settings.preferences()))
    , m_jobFormat(m_format)
    , m_jobs(m_jobFormat)
{}

const Format& AppContext::format() const
{
    return m_format;
}

Settings& AppContext::settings()
{
    return m_settings;
}

Actions& AppContext::actions()
{
    return m_actions;
}

const Actions& AppContext::actions() const
{
    return m_actions;
}

CurrentItem& AppContext::current()
{
    return m_current;
}

Jobs& AppContext::jobs()
{
    return m_jobs;
}

const std::optional<TimeRange>& AppContext::timeRange() const
{
    return m_timeRange;
}

void AppContext::setTimeRange(const std::optional<TimeRange>& range)
{
    if (range == m_timeRange)
        return;
    m_timeRange = range;
    emit timeRangeChanged();
}

void AppContext::addPaletteSource(PaletteSource* source)
{
    m_sources.push_back(source);
}

void AppContext::removePaletteSource(PaletteSource* source)
{
    std::erase(m_sources, source);
}

const std::vector<PaletteSource*>& AppContext::paletteSources() const
{
    return m_sources;
}

QString AppContext::command(const QString& words) const
{
    return words.isEmpty() || m_serverFlags.isEmpty() ? words : words + QLatin1Char(' ') + m_serverFlags;
}

void AppContext::setServerFlags(const QString& flags)
{
    m_serverFlags = flags;
}

void AppContext::setPreferences(const Preferences& preferences)
{
    m_settings.setPreferences(preferences);
    makeFormats();
    emit preferencesChanged();
}

void AppContext::setClock(std::optional<Moment> standing)
{
    if (standing == m_standing)
        return;
    m_standing = standing;
    makeFormats();
}

void AppContext::makeFormats()
{
    m_jobFormat = formatOf(m_base, m_settings.preferences());
    Format::Options options = m_jobFormat.options();
    if (m_standing)
        options.now = [at = *m_standing] { return at; };
    m_format = Format(options);
    emit formatChanged();
}

void AppContext::requestPage(const QString& page, const QString& entity)
{
    emit pageRequested(page, entity);
}

void AppContext::requestDetails(const QString& digest, DetailsTab tab)
{
    emit detailsRequested(digest, tab);
}

void AppContext::requestPlanRemoval(const QStringList& digests)
{
    emit planRemovalRequested(digests);
}

void AppContext::requestConnect()
{
    emit connectRequested();
}

void AppContext::requestDisconnect()
{
    emit disconnectRequested();
}

void AppContext::requestOwnCache()
{
    emit ownCacheRequested();
}

void AppContext::showSelection(const QString& text, const QString& tip)
{
    emit selectionShown(text, tip);
}

} // namespace layerhold::gui
