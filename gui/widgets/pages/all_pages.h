// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace layerhold::gui {

class AppContext;
class MainWindow;

/// Adds all pages to the window, in the order in which they are numbered.
void addPages(MainWindow& window, AppContext& context);

} // namespace layerhold::gui
