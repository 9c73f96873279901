// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/standard_actions.h"

#include <QCoreApplication>
#include <QMenu>

namespace layerhold::gui {

namespace {

class Table
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::Actions)

public:
    static std::vector<ActionSpec> specs();

private:
    static std::vector<ActionSpec> frameSpecs();
    static std::vector<ActionSpec> entrySpecs();
};

using Keys = QList<QKeySequence>;

std::vector<ActionSpec> Table::frameSpecs()
{
    using enum ActionMenu;
    constexpr auto view = KeyScope::View;
    constexpr auto window = KeyScope::Window;
    constexpr bool newGroup = true;
    return {
        {"file.connections", tr("&Connections…"), "plug", File, Keys{Qt::CTRL | Qt::Key_O}},
        {"file.reconnect", tr("&Reconnect"), "refresh", File},
        {"file.openSnapshot", tr("Open &snapshot…"), "open", File, Keys{Qt::CTRL | Qt::SHIFT | Qt::Key_O}, window,
         newGroup},
        {"file.saveSnapshot", tr("S&ave snapshot…"), "camera", File, Keys{Qt::CTRL | Qt::Key_S}},
        {"file.quit", tr("&Quit"), "close", File, Keys{Qt::CTRL | Qt::Key_Q}, window, newGroup},

        {"view.refresh", tr("&Refresh"), "refresh", View, Keys{Qt::Key_F5, Qt::CTRL | Qt::Key_R}},
        {"view.filter", tr("&Filter this page"), "filter", View, Keys{Qt::CTRL | Qt::Key_F}},
        {"view.filterHere", tr("Filter (from a table)"), "filter", View, Keys{Qt::Key_Slash}, view},
        {"view.escape", tr("&Clear filter or selection"), "close", View, Keys{Qt::Key_Escape}},
        {"view.toggle", tr("&Pause, follow or tick"), "pause", View, Keys{Qt::Key_Space}, view, newGroup},
        {"view.form", tr("Table or c&hart"), "table", View, Keys{Qt::Key_T, Qt::Key_L}, view},
        {"view.zoomIn", tr("Zoom &in"), "zoom-in", View, Keys{Qt::Key_Plus, Qt::Key_Equal}, view},
        {"view.zoomOut", tr("Zoom &out"), "zoom-out", View, Keys{Qt::Key_Minus}, view},
        {"view.zoomReset", tr("Zoom to &all"), "zoom-fit", View, Keys{Qt::Key_0}, view},
        {"view.details", tr("&Details"), "details", View, Keys{Qt::Key_F4}, window, newGroup},
        {"view.activity", tr("Acti&vity"), "activity", View, Keys{Qt::Key_F9}},
        {"view.nextPane", tr("&Next pane"), "next-pane", View, Keys{Qt::Key_F6}},
        {"view.swapPanes", tr("&Swap panes"), "swap", View},
        {"view.resetLayout", tr("Reset &layout"), "layout", View},

        {"go.palette", tr("Command &palette…"), "search", Go,
         Keys{Qt::CTRL | Qt::Key_K, Qt::CTRL | Qt::SHIFT | Qt::Key_P}},
        {"go.back", tr("&Back"), "back", Go, Keys{Qt::ALT | Qt::Key_Left}, window, newGroup},
        {"go.forward", tr("&Forward"), "forward", Go, Keys{Qt::ALT | Qt::Key_Right}},
        {"go.up", tr("&Up a level"), "up", Go, Keys{Qt::ALT | Qt::Key_Up, Qt::Key_Backspace}, view},

        {"cleanup.preview", tr("&Preview cleanup…"), "cleanup", Cleanup, Keys{Qt::CTRL | Qt::Key_G}},
        {"cleanup.undo", tr("&Undo last run"), "undo", Cleanup, Keys{Qt::CTRL | Qt::Key_Z}},

        {"tools.preferences", tr("&Preferences…"), "preferences", Tools, Keys{Qt::CTRL | Qt::Key_Comma}},

        {"help.shortcuts", tr("&Keys and help"), "help", Help, Keys{Qt::Key_F1}},
        {"help.about", tr("&About Layerhold"), "info", Help},
    };
}

std::vector<ActionSpec> Table::entrySpecs()
{
    using enum ActionMenu;
    constexpr auto view = KeyScope::View;
    constexpr bool newGroup = true;
    return {
        {"entry.open", tr("&Open"), "open", Entry, Keys{Qt::Key_Return, Qt::Key_Enter}, view},
        {"entry.whyKept", tr("&Why is this kept?"), "why", Entry, Keys{Qt::Key_W}, view},
        {"entry.usedBy", tr("&Used by…"), "used-by", Entry, Keys{Qt::Key_U}, view},
        {"entry.compare", tr("&Compare with…"), "compare", Entry, Keys{Qt::CTRL | Qt::Key_D}, view},
        {"entry.history", tr("Tag &history"), "history", Entry},
        {"entry.filterBy", tr("&Filter by this"), "filter", Entry, Keys{}, view, newGroup},
        {"entry.filterOut", tr("Filter o&ut"), "filter-out", Entry},
        {"entry.copyValue", tr("Copy &value"), "copy", Entry, Keys{}, view, newGroup},
        {"entry.copyRow", tr("Copy &row"), "copy", Entry, Keys{Qt::CTRL | Qt::Key_C}, view},
        {"entry.copyDigest", tr("Copy &digest"), "copy", Entry, Keys{Qt::CTRL | Qt::SHIFT | Qt::Key_C}, view},
        {"entry.copyName", tr("Copy &name"), "copy", Entry},
        {"entry.copyPull", tr("Copy pu&ll command"), "terminal", Entry},
        {"entry.copyJson", tr("Copy as &JSON"), "copy", Entry},
        {"entry.copyCommand", tr("Copy as co&mmand"), "terminal", Entry},
        {"entry.pin", tr("&Pin…"), "pin", Entry, Keys{}, view, newGroup},
        {"entry.unpin", tr("Unp&in"), "unpin", Entry},
        {"entry.planRemoval", tr("Plan r&emoval…"), "plan", Entry, Keys{Qt::Key_Delete}, view, newGroup},
    };
}

std::vector<ActionSpec> Table::specs()
{
    std::vector<ActionSpec> all = frameSpecs();
    for (ActionSpec& spec : entrySpecs())
        all.push_back(std::move(spec));
    return all;
}

} // namespace

void addStandardActions(Actions& actions)
{
    for (const ActionSpec& spec : Table::specs())
        actions.add(spec);
    const QStringList changing{"entry.pin", "entry.unpin", "entry.planRemoval", "cleanup.preview", "cleanup.undo"};
    actions.setChangesCache(changing);
    actions.setNeedsService(QStringList{"view.refresh", "entry.whyKept", "entry.usedBy", "entry.compare",
                                        "entry.history", "file.saveSnapshot"} +
                            changing);
}

QString menuTitle(ActionMenu menu)
{
    switch (menu) {
    case ActionMenu::File:
        return Table::tr("&File");
    case ActionMenu::View:
        return Table::tr("&View");
    case ActionMenu::Go:
        return Table::tr("&Go");
    case ActionMenu::Entry:
        return Table::tr("&Entry");
    case ActionMenu::Cleanup:
        return Table::tr("&Cleanup");
    case ActionMenu::Tools:
        return Table::tr("&Tools");
    case ActionMenu::Help:
        return Table::tr("&Help");
    }
    return {};
}

void fillMenu(QMenu& menu, const Actions& actions, ActionMenu which)
{
    menu.setToolTipsVisible(true);
    for (const ActionSpec& spec : actions.all()) {
        if (spec.menu != which)
            continue;
        if (spec.startsGroup && !menu.isEmpty())
            menu.addSeparator();
        menu.addAction(actions.action(spec.id));
    }
}

} // namespace layerhold::gui
