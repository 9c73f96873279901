// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace layerhold::gui {

class AppContext;
class MainWindow;
class MetricsPage;
class OverviewPage;

/// The first page of the window.
OverviewPage* addOverviewPage(MainWindow& window, AppContext& context);

/// The page Metrics, which looks at the same range of time as the overview.
MetricsPage* addMetricsPage(MainWindow& window, AppContext& context, OverviewPage& overview);

} // namespace layerhold::gui
