// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/painted_widget.h"
#include "widgets/command_palette.h"
#include "widgets/dialogs/about_dialog.h"
#include "widgets/dialogs/keys_dialog.h"
#include "widgets/dialogs/preferences_dialog.h"
#include "widgets/dialogs/snapshot_dialogs.h"
#include "widgets/main_window.h"
#include "widgets/navigation.h"
#include "widgets/page.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDockWidget>
#include <QItemSelectionModel>
#include <QLineEdit>

#include <algorithm>

namespace layerhold::gui {

namespace {

/// Where the focus goes to inside of a pane: itself, or the first widget in it that takes it.
QWidget* focusTarget(QWidget* pane)
{
    if (pane->focusPolicy() != Qt::NoFocus)
        return pane;
    for (QWidget* next = pane->nextInFocusChain(); next != pane; next = next->nextInFocusChain())
        if (pane->isAncestorOf(next) && next->isVisible() && next->isEnabled() &&
            (next->focusPolicy() & Qt::TabFocus) == Qt::TabFocus)
            return next;
    return nullptr;
}

QList<QKeySequence> wantedKeys(const Actions& actions, const Preferences& preferences, const QString& id)
{
    const auto found = preferences.keys.find(id);
    if (found == preferences.keys.end())
        return actions.defaultKeys(id);
    QList<QKeySequence> keys;
    for (const QString& key : *found)
        keys.append(QKeySequence::fromString(key, QKeySequence::PortableText));
    return keys;
}

template <class Dialog>
Dialog* openDialog(Dialog* dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

} // namespace

void MainWindow::bindActions()
{
    Actions& actions = m_context.actions();
    const auto bind = [this, &actions](const char* id, Actions::Run run, Actions::WhyNot whyNot = {}) {
        actions.bind(QString::fromLatin1(id), this, std::move(run), std::move(whyNot));
    };
    bind("file.connections", [this] { emit connectionsRequested(); });
    bind("file.reconnect", [this] { emit reconnectRequested(); });
    bind("file.quit", [this] { close(); });
    bind("view.refresh", [this] {
        if (m_current && m_service.client)
            m_current->refresh();
    });
    const auto focusFilter = [this] {
        if (QLineEdit* field = m_current ? m_current->filterField() : nullptr) {
            field->setFocus(Qt::ShortcutFocusReason);
            field->selectAll();
        }
    };
    const auto whyNoFilter = [this] {
        return m_current && m_current->filterField() ? QString() : tr("This page has no filter.");
    };
    bind("view.filter", focusFilter, whyNoFilter);
    bind("view.filterHere", focusFilter, whyNoFilter);
    bind("view.escape", [this] { onEscape(); });
    const auto toggle = [](QDockWidget* dock) { dock->setVisible(!dock->isVisible()); };
    bind("view.details", [this, toggle] { toggle(m_detailsDock); });
    bind("view.activity", [this, toggle] { toggle(m_activityDock); });
    bind("view.nextPane", [this] { focusNextPane(); });
    bind("view.resetLayout", [this] { resetLayout(); });
    bind("go.palette", [this] { m_palette->openFresh(); });
    CurrentItem& current = m_context.current();
    bind(
        "go.back", [&current] { current.goBack(); },
        [&current] { return current.canGoBack() ? QString() : tr("There is nothing to go back to."); });
    bind(
        "go.forward", [&current] { current.goForward(); },
        [&current] { return current.canGoForward() ? QString() : tr("There is nothing to go forward to."); });
}

void MainWindow::bindDialogs()
{
    Actions& actions = m_context.actions();
    actions.bind(QStringLiteral("tools.preferences"), this,
                 [this] { openDialog(new PreferencesDialog(m_context, this)); });
    actions.bind(QStringLiteral("file.openSnapshot"), this, [this] {
        chooseSnapshotToOpen(*this, [this](const QString& file) { emit snapshotOpenRequested(file); });
    });
    actions.bind(
        QStringLiteral("file.saveSnapshot"), this,
        [this] {
            chooseSnapshotToSave(*this, m_context.format().now(),
                                 [this](const QString& file) { emit snapshotSaveRequested(file); });
        },
        [this] {
            return m_service.client && m_service.client->snapshot() ? tr("This is a snapshot already: copy its file.")
                                                                    : QString();
        });
    actions.bind(QStringLiteral("help.shortcuts"), this,
                 [this] { openDialog(new KeysDialog(m_context.actions(), this)); });
    actions.bind(QStringLiteral("help.about"), this, [this] { openDialog(new AboutDialog(this)); });
}

void MainWindow::applyPreferences()
{
    const Preferences& preferences = m_context.settings().preferences();
    m_theme.apply(preferences.theme);
    Actions& actions = m_context.actions();
    // First without those that others get, so that two actions can have changed their keys.
    for (const ActionSpec& spec : actions.all())
        if (actions.action(spec.id)->shortcuts() != wantedKeys(actions, preferences, spec.id))
            actions.setKeys(spec.id, {});
    for (const ActionSpec& spec : actions.all())
        // One that is refused, because a later version gave the key to another action, stays without.
        if (actions.action(spec.id)->shortcuts().isEmpty())
            actions.setKeys(spec.id, wantedKeys(actions, preferences, spec.id));
    showSettingsNotice();
}

void MainWindow::onEscape()
{
    if (m_current && m_current->clearFilter())
        return;
    auto* view = qobject_cast<QAbstractItemView*>(QApplication::focusWidget());
    if (view && view != m_navigation && view->selectionModel() && view->selectionModel()->hasSelection()) {
        view->clearSelection();
        return;
    }
    auto* chart = qobject_cast<PaintedWidget*>(QApplication::focusWidget());
    if (chart && chart->clearSelection())
        return;
    for (QDockWidget* dock : {m_detailsDock, m_activityDock}) {
        if (dock->isVisible()) {
            dock->hide();
            return;
        }
    }
}

void MainWindow::focusNextPane()
{
    std::vector<QWidget*> panes{m_navigation};
    if (m_current)
        panes.push_back(m_current);
    for (QDockWidget* dock : {m_detailsDock, m_activityDock})
        if (dock->isVisible())
            panes.push_back(dock->widget());
    const QWidget* focus = QApplication::focusWidget();
    const auto here = std::ranges::find_if(
        panes, [focus](const QWidget* pane) { return focus && (pane == focus || pane->isAncestorOf(focus)); });
    const std::size_t start = here == panes.end() ? 0 : static_cast<std::size_t>(here - panes.begin()) + 1;
    for (std::size_t step = 0; step < panes.size(); ++step) {
        if (QWidget* target = focusTarget(panes[(start + step) % panes.size()])) {
            target->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

} // namespace layerhold::gui
