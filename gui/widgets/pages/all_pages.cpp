// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/all_pages.h"

#include "widgets/main_window.h"
#include "widgets/pages/access_page.h"
#include "widgets/pages/cleanup_pages.h"
#include "widgets/pages/entry_pages.h"
#include "widgets/pages/image_pages.h"
#include "widgets/pages/overview_pages.h"
#include "widgets/pages/storage_page.h"

namespace layerhold::gui {

void addPages(MainWindow& window, AppContext& context)
{
    OverviewPage& overview = *addOverviewPage(window, context);
    window.addPage(new StoragePage(context));
    addEntryPages(window, context);
    addImagePages(window, context);
    addMetricsPage(window, context, overview);
    addCleanupPages(window, context);
    window.addPage(new AccessPage(context));
}

} // namespace layerhold::gui
