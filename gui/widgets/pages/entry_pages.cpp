// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/entry_pages.h"

#include "widgets/details/details_panel.h"
#include "widgets/main_window.h"
#include "widgets/pages/entries_page.h"

namespace layerhold::gui {

EntryPages addEntryPages(MainWindow& window, AppContext& context)
{
    auto* entries = new EntriesPage(context);
    window.addPage(entries);
    return {entries, addDetails(window, context)};
}

DetailsPanel* addDetails(MainWindow& window, AppContext& context)
{
    auto* details = new DetailsPanel(context);
    window.setDetails(details);
    QObject::connect(&window, &MainWindow::serviceShown, details, &DetailsPanel::setClient);
    QObject::connect(&window, &MainWindow::newsCame, details, &DetailsPanel::noteNews);
    return details;
}

} // namespace layerhold::gui
