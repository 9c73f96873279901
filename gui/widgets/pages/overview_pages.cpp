// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/overview_pages.h"

#include "widgets/main_window.h"
#include "widgets/pages/metrics/range_box.h"
#include "widgets/pages/metrics_page.h"
#include "widgets/pages/overview_page.h"

namespace layerhold::gui {

OverviewPage* addOverviewPage(MainWindow& window, AppContext& context)
{
    auto* page = new OverviewPage(context);
    window.addPage(page);
    return page;
}

MetricsPage* addMetricsPage(MainWindow& window, AppContext& context, OverviewPage& overview)
{
    auto* page = new MetricsPage(context);
    window.addPage(page);
    QObject::connect(&overview.rangeBox(), &RangeBox::rangeChanged, &page->rangeBox(), &RangeBox::setRange);
    QObject::connect(&page->rangeBox(), &RangeBox::rangeChanged, &overview.rangeBox(), &RangeBox::setRange);
    return page;
}

} // namespace layerhold::gui
