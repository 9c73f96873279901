// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"
#include "widgets/app_context.h"
#include "widgets/state_pane.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <span>

class QHBoxLayout;
class QLabel;
class QLineEdit;

namespace layerhold::gui {

/// One page of the window: a title line, an optional line for its filter, and the StatePane with what it shows. It
/// lives as long as the window. A page asks the service only while it is in front, and shows its state by its pane
/// alone.
///
/// How to write one: derive, give the parts to setContent() and setFilterLine() in the constructor, ask the client in
/// refresh(), bind what the page can do with actions().bind(id, this, …), and attach views with
/// actions().attachTo(view).
class Page : public QWidget
{
    Q_OBJECT

public:
    struct Identity
    {
        QString id;    ///< for --open, settings and tests: lower case; the object name is "page.<id>"
        QString title; ///< translated
        QString icon;  ///< of icons.h
    };

    /// `context` outlives the page.
    Page(AppContext& context, Identity identity, QWidget* parent = nullptr);

    const QString& id() const;
    const QString& title() const;
    const QString& iconName() const;

    /// The connection's, or nullptr while there is none. A page that is in front is refreshed with a new one.
    void setClient(CacheClient* client);
    /// What hinders all pages alike (connecting, disconnected); unset: nothing.
    void setConnectionState(std::optional<PageState> state);

    /// Another cache comes: what came by itself from the former one is of no use any more.
    virtual void forget() {}

    /// In front. The first time, and when the client has changed meanwhile, it refreshes.
    void activate();
    void deactivate();
    bool isInFront() const;

    /// What the service told. When what the page shows is concerned, it is marked as old.
    virtual void noteEvents(std::span<const EventRecord> events);
    /// Events were lost: anything can be other than it was.
    virtual void noteGap(EventGap gap);

    /// Asks anew for what it shows. Called with a client only.
    virtual void refresh() = 0;

    /// What it shows may have changed: it refreshes soon, and once for many, when it is in front, else the next time
    /// that it is.
    void markOld();

    /// Ends what refresh() began; what came stays.
    virtual void stop() {}

    /// Shows an entity: what follows the colon in --open PAGE:ENTITY, what the palette found, the current item.
    virtual void open(const QString& /*entity*/) {}

    /// Where Ctrl+F leads; nullptr: the page has no filter.
    virtual QLineEdit* filterField() const { return nullptr; }

    /// Takes away one thing that limits what is shown. False: nothing does.
    virtual bool clearFilter();

    QString filterText() const;

    /// A figure beside its name in the navigation (things in the trash); empty: none.
    const QString& badge() const;

    StatePane& pane() const;

signals:
    void badgeChanged();

protected:
    AppContext& context() const;
    Actions& actions() const;
    const Format& format() const;
    CacheClient* client() const;

    /// Takes ownership.
    void setContent(QWidget* content);
    /// Takes ownership: the line under the title.
    void setFilterLine(QWidget* line);
    /// Takes ownership: at the right end of the title line.
    void addToTitleLine(QWidget* widget);
    /// What follows the title: "Images › library/alpine:3.19". Texts of others may be in it.
    void setTrail(const QStringList& steps);
    void setBadge(const QString& badge);

    /// The client has changed: models are to forget what the former told.
    virtual void clientChanged() {}

    virtual void frontChanged() {}

    /// Whether the page can show something else after this event.
    virtual bool isConcernedBy(const EventRecord& /*event*/) const { return false; }

    /// Nobody asked for it: what is selected and seen stays where it is.
    virtual void refreshQuietly() { refresh(); }

private:
    void onPressed(StateButton button);
    void onNewsDue();

    AppContext& m_context;
    Identity m_identity;
    QPointer<CacheClient> m_client;
    StatePane* m_pane;
    QLabel* m_title;
    QLabel* m_trail;
    QHBoxLayout* m_titleLine;
    QWidget* m_filterLine = nullptr;
    QString m_badge;
    bool m_isInFront = false;
    bool m_isFresh = false; ///< refreshed with this client
    QTimer m_news;          ///< runs while something new waits to be asked for
};

} // namespace layerhold::gui
