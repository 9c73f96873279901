// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace layerhold::gui {

class AppContext;
class CleanupPage;
class EventsPage;
class MainWindow;
class TrashPage;

struct CleanupPages
{
    CleanupPage* cleanup = nullptr;
    TrashPage* trash = nullptr;
    EventsPage* events = nullptr;
};

/// Adds the pages Cleanup, Trash and Events to the window, in this order, and binds what leads to them from everywhere:
/// Ctrl+G, Ctrl+Z.
CleanupPages addCleanupPages(MainWindow& window, AppContext& context);

} // namespace layerhold::gui
