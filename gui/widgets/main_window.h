// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"
#include "widgets/app_context.h"
#include "widgets/page_state.h"
#include "widgets/status_figures.h"
#include "widgets/theme.h"

#include <QMainWindow>
#include <QPointer>

#include <span>
#include <vector>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace layerhold::gui {

class CommandPalette;
class Navigation;
class NoticeBar;
class Page;

/// What the window is told of the connection to the service.
struct ServiceView
{
    QString name = {};                       ///< of the connection: shown on its button and in the title
    QString text = {};                       ///< "Connected", "Trying again…"
    CacheClient* client = nullptr;           ///< nullptr: none
    std::optional<PageState> hindrance = {}; ///< unset: all is well
    QString reason = {};                     ///< why what needs the service is disabled; empty: it is not
    QString readOnly = {};                   ///< why what changes the cache is disabled; empty: it is not
};

/// The frame: menus, tool bar, list of pages, docks and status bar. It knows pages as Page, and the service by what it
/// is told of it (showService).
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// Both outlive the window. The standard actions are added by it.
    MainWindow(AppContext& context, Theme& theme, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Takes ownership. Pages are numbered as they are added: Ctrl+1 … Ctrl+9, Ctrl+0.
    void addPage(Page* page);
    /// Takes ownership: what the Details dock shows of the current item.
    void setDetails(QWidget* details);

    const std::vector<Page*>& pages() const;
    Page* currentPage() const; ///< nullptr: there is none
    /// False: there is no such page.
    bool showPage(const QString& id, const QString& entity = {});

    void showService(const ServiceView& service);
    /// What the service told of, for the pages that show it.
    void noteEvents(std::span<const EventRecord> events);
    /// Events were lost.
    void noteGap(EventGap gap);
    /// Told once above the pages, until the user closes it. Empty: nothing.
    void showNotice(const QString& notice);
    StatusFigures& figures() const;

    /// Brings it before the user, who asked for it elsewhere.
    void raiseToFront();

    /// The layout as it was left, moved to where a screen is; then shows the window.
    void restoreAndShow();

signals:
    /// For what is in docks: the client as in ServiceView, which may be the same as before.
    void serviceShown(layerhold::gui::CacheClient* client);
    /// Something in the service is other than before.
    void newsCame();
    /// The user wants to see or change connections.
    void connectionsRequested();
    void reconnectRequested();
    void snapshotOpenRequested(const QString& file);
    void snapshotSaveRequested(const QString& file);

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Leaving
    {
        WhenNothingRuns,
        AtOnce
    };

    void makeMenus();
    void makeToolBar();
    void makeCentre();
    void makeDocks();
    void bindActions();
    void bindDialogs();
    void applyPreferences();
    void showSettingsNotice();
    void askToLeave();
    void onPageChosen(int row);
    void onEscape();
    void focusNextPane();
    void resetLayout();
    void updateTitle();

    AppContext& m_context;
    Theme& m_theme;
    std::vector<Page*> m_pages;
    Navigation* m_navigation = nullptr;
    QStackedWidget* m_stack = nullptr;
    NoticeBar* m_notice = nullptr;
    QDockWidget* m_detailsDock = nullptr;
    QDockWidget* m_activityDock = nullptr;
    QToolButton* m_connection = nullptr;
    QMenu* m_goMenu = nullptr;
    StatusFigures* m_figures = nullptr;
    CommandPalette* m_palette = nullptr;
    ServiceView m_service;
    QPointer<Page> m_current;
    QByteArray m_firstLayout;
    Leaving m_leaving = Leaving::WhenNothingRuns;
    std::optional<double> m_shownProgress; ///< on the task bar
};

/// `window` moved and shrunk so that all of it is on `available`.
QRect insideOf(QRect window, const QRect& available);

} // namespace layerhold::gui
