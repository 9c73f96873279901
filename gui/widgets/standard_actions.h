// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/actions.h"

class QMenu;

namespace layerhold::gui {

/// All actions of the app but those that go to a page, which the window adds with its pages (go.<page>). Ids:
/// file.connections .reconnect .openSnapshot .saveSnapshot .quit
/// view.refresh .filter .escape .toggle (Space) .form (table or chart: T, L) .zoomIn .zoomOut .zoomReset .details
///      .activity .nextPane .resetLayout
/// go.palette .back .forward .up
/// entry.open .whyKept .usedBy .compare .history .filterBy .filterOut .copyValue .copyRow .copyDigest .copyName
/// .copyPull .copyJson
///       .copyCommand .pin .unpin .planRemoval
/// cleanup.preview .undo
/// tools.preferences
/// help.shortcuts .about
void addStandardActions(Actions& actions);

/// Title with mnemonic.
QString menuTitle(ActionMenu menu);

/// Adds the actions of a menu in their order, with the lines between groups.
void fillMenu(QMenu& menu, const Actions& actions, ActionMenu which);

} // namespace layerhold::gui
