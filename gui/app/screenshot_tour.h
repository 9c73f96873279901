// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/main_window.h"

#include <QString>

namespace layerhold::gui {

/// Shows the fixture of this name in the window, and writes <folder>/<name>-<light|dark>.png of each page, of the steps
/// of a cleanup (cleanup-plan, …) and of each state that Entries can be in (entries-loading, …). Returns an empty text,
/// or why it could not. Builds without tests have no fixtures, and say so.
QString takeScreenshotTour(MainWindow& window, Theme& theme, const QString& folder, const QString& fixture);

} // namespace layerhold::gui
