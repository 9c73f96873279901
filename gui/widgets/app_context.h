// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/time_axis.h"
#include "models/format.h"
#include "widgets/actions.h"
#include "widgets/current_item.h"
#include "widgets/jobs.h"
#include "widgets/palette_source.h"
#include "widgets/settings.h"

#include <QObject>

#include <optional>
#include <vector>

namespace layerhold::gui {

enum class DetailsTab
{
    Facts,
    WhyKept,
    UsedBy
};

/// What pages and dialogs share, by reference: it outlives them all. Colours are not in it: lookFor(palette()) has
/// them.
class AppContext final : public QObject
{
    Q_OBJECT

public:
    /// `settings` outlives the context. `now`, `locale` and `zone` of `base` are used; units and style of times are
    /// those of the preferences.
    AppContext(Settings& settings, Format::Options base, QObject* parent = nullptr);

    /// One object for the life of the app, whose figures follow the preferences; formatChanged() tells when.
    const Format& format() const;
    Settings& settings();
    Actions& actions();
    const Actions& actions() const;
    CurrentItem& current();
    Jobs& jobs();

    /// To which lists of what happened keep: chosen on the charts, at whole seconds. Unset: any time.
    const std::optional<TimeRange>& timeRange() const;
    void setTimeRange(const std::optional<TimeRange>& range);

    /// Where the palette looks for entities; whoever adds one takes it away before it ends.
    void addPaletteSource(PaletteSource* source);
    void removePaletteSource(PaletteSource* source);
    const std::vector<PaletteSource*>& paletteSources() const;

    /// A command of layerhold for a shell, as it reaches the service that the app talks to; empty stays empty.
    QString command(const QString& words) const;
    /// What names that service to a command: "--api-socket /run/x.sock"; empty: commands go there by themselves.
    void setServerFlags(const QString& flags);
    /// As of when all is shown: `standing`, or, unset, as of now, which goes on. Jobs go by the real time.
    void setClock(std::optional<Moment> standing);

    /// Takes over what the user prefers, and saves it.
    void setPreferences(const Preferences& preferences);

    /// A page of the window by its id, with an entity that may be empty.
    void requestPage(const QString& page, const QString& entity);
    /// Shows an entry in the Details dock.
    void requestDetails(const QString& digest, DetailsTab tab);
    /// Adds entries to the draft of a cleanup: what a plan of it would remove is to be looked at there first.
    void requestPlanRemoval(const QStringList& digests);
    void requestConnect();
    void requestDisconnect();
    /// The cache of this user alone, made when there is none.
    void requestOwnCache();
    /// What is selected on the page in front, for the status bar: "128 selected: frees 2.1 GiB (refs 9.4 GiB)". Empty:
    /// nothing is. `tip` defines the figures.
    void showSelection(const QString& text, const QString& tip);

signals:
    void formatChanged();
    void preferencesChanged();
    void timeRangeChanged();
    void pageRequested(const QString& page, const QString& entity);
    void detailsRequested(const QString& digest, layerhold::gui::DetailsTab tab);
    void planRemovalRequested(const QStringList& digests);
    void connectRequested();
    void disconnectRequested();
    void ownCacheRequested();
    void selectionShown(const QString& text, const QString& tip);

private:
    void makeFormats();

    Settings& m_settings;
    Format::Options m_base;
    std::optional<Moment> m_standing;
    Format m_format;
    Format m_jobFormat;
    Actions m_actions;
    CurrentItem m_current;
    Jobs m_jobs;
    std::optional<TimeRange> m_timeRange;
    std::vector<PaletteSource*> m_sources;
    QString m_serverFlags;
};

} // namespace layerhold::gui
