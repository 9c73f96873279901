// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/main_window.h"

#include "models/plain_text.h"
#include "widgets/activity_panel.h"
#include "widgets/command_palette.h"
#include "widgets/desktop_signals.h"
#include "widgets/icons.h"
#include "widgets/navigation.h"
#include "widgets/notice_bar.h"
#include "widgets/page.h"
#include "widgets/standard_actions.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace layerhold::gui {

namespace {

constexpr QSize smallest{960, 600};
constexpr QSize usual{1440, 900};
constexpr int widthForNames = 1100;
constexpr int layoutVersion = 1;

} // namespace

QRect insideOf(QRect window, const QRect& available)
{
    window.setSize(window.size().boundedTo(available.size()));
    window.moveLeft(std::clamp(window.left(), available.left(), available.right() + 1 - window.width()));
    window.moveTop(std::clamp(window.top(), available.top(), available.bottom() + 1 - window.height()));
    return window;
}

MainWindow::MainWindow(AppContext& context, Theme& theme, QWidget* parent)
    : QMainWindow(parent)
    , m_context(context)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(applicationIcon());
    setMinimumSize(smallest);
    addStandardActions(context.actions());
    makeCentre();
    makeDocks();
    makeMenus();
    makeToolBar();
    bindActions();
    bindDialogs();
    context.actions().setFront(nullptr, this);
    m_palette = new CommandPalette(context, this);
    resize(usual);
    m_firstLayout = saveState(layoutVersion);

    connect(&context, &AppContext::pageRequested, this, &MainWindow::showPage);
    connect(&context, &AppContext::detailsRequested, this, [this] {
        m_detailsDock->show();
        m_detailsDock->raise();
    });
    connect(&context, &AppContext::planRemovalRequested, this, [this](const QStringList& digests) {
        showPage(QStringLiteral("cleanup"), digests.join(QLatin1Char(' ')));
    });
    connect(&context, &AppContext::connectRequested, this, &MainWindow::reconnectRequested);
    connect(&context, &AppContext::preferencesChanged, this, &MainWindow::applyPreferences);
    connect(&context, &AppContext::selectionShown, this, [this](const QString& text, const QString& tip) {
        m_figures->set(QStringLiteral("selection"), {.text = text, .tip = tip});
    });
    connect(&context.current(), &CurrentItem::changed, this, [this] { m_context.actions().update(); });
    connect(&context.current(), &CurrentItem::revisited, this,
            [this](const Item& item) { showPage(item.page, item.id); });
    for (const auto signal : {&Jobs::added, &Jobs::changed, &Jobs::finished})
        connect(&context.jobs(), signal, this, &MainWindow::updateTitle);
    connect(&context.jobs(), &Jobs::finished, this, [this](const Job* job) {
        if (!isActiveWindow() && m_context.settings().preferences().notifies)
            notifyIfLong(*job);
    });
    connect(&context.settings(), &Settings::noticed, this, &MainWindow::showSettingsNotice);
    applyPreferences();
    showService({});
}

MainWindow::~MainWindow() = default;

void MainWindow::makeCentre()
{
    auto* centre = new QWidget(this);
    m_navigation = new Navigation(centre);
    m_notice = new NoticeBar(centre);
    m_stack = new QStackedWidget(centre);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_notice);
    right->addWidget(m_stack, 1);
    auto* layout = new QHBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_navigation);
    layout->addLayout(right, 1);
    setCentralWidget(centre);
    connect(m_navigation, &Navigation::chosen, this, &MainWindow::onPageChosen);

    m_figures = new StatusFigures(this);
    statusBar()->addWidget(m_figures, 1);
    connect(m_figures, &StatusFigures::pressed, this, [this](const QString& id, const QString& page) {
        if (id == QLatin1String("connection"))
            emit connectionsRequested();
        else if (!page.isEmpty())
            showPage(page);
    });
}

void MainWindow::makeDocks()
{
    m_detailsDock = new QDockWidget(tr("Details"), this);
    m_detailsDock->setObjectName(QStringLiteral("detailsDock"));
    auto* nothing = new QLabel(tr("Nothing is chosen."), m_detailsDock);
    nothing->setAlignment(Qt::AlignCenter);
    m_detailsDock->setWidget(nothing);
    addDockWidget(Qt::RightDockWidgetArea, m_detailsDock);
    m_activityDock = new QDockWidget(tr("Activity"), this);
    m_activityDock->setObjectName(QStringLiteral("activityDock"));
    m_activityDock->setWidget(new ActivityPanel(m_context.jobs(), m_context.format(), m_activityDock));
    addDockWidget(Qt::BottomDockWidgetArea, m_activityDock);
    m_activityDock->hide();
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    // Something that is begun is to be seen.
    connect(&m_context.jobs(), &Jobs::added, m_activityDock, &QDockWidget::show);
}

void MainWindow::makeMenus()
{
    for (const ActionMenu menu : {ActionMenu::File, ActionMenu::View, ActionMenu::Go, ActionMenu::Entry,
                                  ActionMenu::Cleanup, ActionMenu::Tools, ActionMenu::Help}) {
        QMenu* shown = menuBar()->addMenu(menuTitle(menu));
        fillMenu(*shown, m_context.actions(), menu);
        connect(shown, &QMenu::aboutToShow, this, [this] { m_context.actions().update(); });
        if (menu == ActionMenu::Go)
            m_goMenu = shown;
    }
    m_goMenu->addSeparator();
}

void MainWindow::makeToolBar()
{
    const Actions& actions = m_context.actions();
    auto* bar = addToolBar(tr("Tool bar"));
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setIconSize(QSize(16, 16));
    m_connection = new QToolButton(bar);
    m_connection->setObjectName(QStringLiteral("connectionButton"));
    m_connection->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_connection, &QToolButton::clicked, this, &MainWindow::connectionsRequested);
    bar->addWidget(m_connection);
    for (const char* id : {"view.refresh", "go.back", "go.forward"})
        bar->addAction(actions.action(QString::fromLatin1(id)));

    auto* find = new QToolButton(bar);
    find->setObjectName(QStringLiteral("findButton"));
    find->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    find->setIcon(icon(QStringLiteral("search")));
    find->setText(tr("Find or do anything…  Ctrl+K"));
    find->setToolTip(actions.action(QStringLiteral("go.palette"))->toolTip());
    find->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(find, &QToolButton::clicked, actions.action(QStringLiteral("go.palette")), &QAction::trigger);
    bar->addWidget(find);
    QAction* preview = actions.action(QStringLiteral("cleanup.preview"));
    bar->addAction(preview);
    // Icons alone would not tell what these do.
    if (auto* button = qobject_cast<QToolButton*>(bar->widgetForAction(preview)))
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (auto* button : bar->findChildren<QToolButton*>())
        if (button->defaultAction())
            button->setAccessibleName(plainActionText(button->defaultAction()->text()));
}

void MainWindow::addPage(Page* page)
{
    const auto number = static_cast<int>(m_pages.size());
    QList<QKeySequence> keys;
    if (number < 9)
        keys = {QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + number))};
    else if (number == 9)
        keys = {QKeySequence(Qt::CTRL | Qt::Key_0)};
    const QString id = QStringLiteral("go.") + page->id();
    m_goMenu->addAction(m_context.actions().add(
        {.id = id, .text = page->title(), .icon = page->iconName(), .menu = ActionMenu::Go, .keys = keys}));
    m_context.actions().bind(id, this, [this, pageId = page->id()] { showPage(pageId); });
    m_pages.push_back(page);
    m_stack->addWidget(page);
    page->setClient(m_service.client);
    page->setConnectionState(m_service.hindrance);
    m_navigation->add(page);
    if (m_pages.size() == 1)
        m_navigation->setCurrentRow(0);
}

void MainWindow::setDetails(QWidget* details)
{
    delete m_detailsDock->widget();
    m_detailsDock->setWidget(details);
}

const std::vector<Page*>& MainWindow::pages() const
{
    return m_pages;
}

Page* MainWindow::currentPage() const
{
    return m_current;
}

bool MainWindow::showPage(const QString& id, const QString& entity)
{
    const auto page = std::ranges::find(m_pages, id, &Page::id);
    if (page == m_pages.end())
        return false;
    m_navigation->setCurrentRow(static_cast<int>(page - m_pages.begin()));
    if (!entity.isEmpty())
        (*page)->open(entity);
    return true;
}

void MainWindow::onPageChosen(int row)
{
    if (row < 0)
        return;
    if (m_current)
        m_current->deactivate();
    m_context.showSelection({}, {});
    m_current = m_pages[static_cast<std::size_t>(row)];
    m_stack->setCurrentWidget(m_current);
    m_context.actions().setFront(m_current, this);
    m_current->activate();
    updateTitle();
}

void MainWindow::showService(const ServiceView& service)
{
    if (service.name != m_service.name)
        for (Page* page : m_pages)
            page->forget();
    m_service = service;
    const QString name = service.name.isEmpty() ? tr("No connection") : plainText(service.name);
    m_connection->setText(name);
    m_connection->setIcon(icon(service.client ? QStringLiteral("plug") : QStringLiteral("unplug")));
    m_connection->setToolTip(
        literalToolTip(service.text + QLatin1Char('\n') + tr("Click to see or change connections.")));
    m_connection->setAccessibleName(tr("Connection: %1").arg(name));
    m_figures->set(QStringLiteral("connection"),
                   {.text = service.text.isEmpty() ? tr("Not connected") : service.text,
                    .tip = tr("Click to see or change connections."),
                    .icon = service.client ? QStringLiteral("ok") : QStringLiteral("unplug")});
    m_context.actions().setServiceReason(service.client             ? service.reason
                                         : service.reason.isEmpty() ? tr("There is no connection to a service.")
                                                                    : service.reason);
    m_context.actions().setReadOnlyReason(service.readOnly);
    for (Page* page : m_pages) {
        page->setConnectionState(service.hindrance);
        page->setClient(service.client);
    }
    emit serviceShown(service.client);
    updateTitle();
}

void MainWindow::noteEvents(std::span<const EventRecord> events)
{
    for (Page* page : m_pages)
        page->noteEvents(events);
    emit newsCame();
}

void MainWindow::noteGap(EventGap gap)
{
    for (Page* page : m_pages)
        page->noteGap(gap);
    emit newsCame();
}

void MainWindow::showNotice(const QString& notice)
{
    m_notice->tell(notice);
}

StatusFigures& MainWindow::figures() const
{
    return *m_figures;
}

void MainWindow::updateTitle()
{
    QStringList parts;
    const auto ratio = m_context.jobs().ratio();
    if (ratio)
        parts.append(QStringLiteral("%1 %").arg(std::floor(*ratio * 100)));
    if (m_current)
        parts.append(m_current->title());
    if (!m_service.name.isEmpty())
        parts.append(plainText(m_service.name));
    parts.append(QStringLiteral("Layerhold"));
    const QString title = parts.join(QStringLiteral(" — "));
    if (title != windowTitle())
        setWindowTitle(title);
    if (ratio != m_shownProgress)
        showTaskbarProgress(ratio);
    m_shownProgress = ratio;
}

void MainWindow::restoreAndShow()
{
    const WindowLayout& layout = m_context.settings().layout();
    const bool isMaximized = restoreGeometry(layout.geometry) && this->isMaximized();
    restoreState(layout.docks, layoutVersion);
    showPage(layout.page);
    const QScreen* screen = QGuiApplication::screenAt(geometry().center());
    if (!screen)
        screen = QGuiApplication::primaryScreen();
    if (!isMaximized && screen)
        setGeometry(insideOf(geometry(), screen->availableGeometry()));
    show();
}

void MainWindow::showSettingsNotice()
{
    if (const QString notice = m_context.settings().takeNotice(); !notice.isEmpty())
        showNotice(notice);
}

void MainWindow::raiseToFront()
{
    if (isMinimized())
        setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_leaving == Leaving::WhenNothingRuns && !m_context.jobs().running().empty()) {
        event->ignore();
        askToLeave();
        return;
    }
    m_context.settings().setLayout({.geometry = saveGeometry(),
                                    .docks = saveState(layoutVersion),
                                    .page = m_current ? m_current->id() : QString()});
    QMainWindow::closeEvent(event);
}

/// What runs is stopped by the service when the one who asked for it goes.
void MainWindow::askToLeave()
{
    QStringList titles;
    for (const Job* job : m_context.jobs().running())
        titles.append(job->title());
    auto* question = new QMessageBox(QMessageBox::Question, tr("Work is going on"),
                                     tr("Closing the window stops it after what is being done now:") +
                                         QLatin1Char('\n') + titles.join(QLatin1Char('\n')),
                                     QMessageBox::Cancel, this);
    question->setObjectName(QStringLiteral("leaveQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    const auto* stop = question->addButton(tr("Stop and Close"), QMessageBox::DestructiveRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(stop, &QPushButton::clicked, this, [this] {
        m_leaving = Leaving::AtOnce;
        close();
    });
    question->open();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    m_navigation->setForm(width() < widthForNames ? Navigation::Form::Icons : Navigation::Form::Names);
    QMainWindow::resizeEvent(event);
}

void MainWindow::resetLayout()
{
    restoreState(m_firstLayout, layoutVersion);
    m_detailsDock->setVisible(true);
}

} // namespace layerhold::gui
