// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace layerhold::gui {

class AppContext;
class DetailsPanel;
class EntriesPage;
class MainWindow;

struct EntryPages
{
    EntriesPage* entries = nullptr;
    DetailsPanel* details = nullptr;
};

/// Adds the page Entries to the window, and fills its Details dock.
EntryPages addEntryPages(MainWindow& window, AppContext& context);

/// Fills the Details dock alone. Takes part in all that the window is told of the service.
DetailsPanel* addDetails(MainWindow& window, AppContext& context);

} // namespace layerhold::gui
