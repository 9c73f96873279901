// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace layerhold::gui {

class AppContext;
class ImagesPage;
class MainWindow;
class TagsPage;

struct ImagePages
{
    ImagesPage* images = nullptr;
    TagsPage* tags = nullptr;
};

/// Adds the pages Images and Tags to the window, in this order.
ImagePages addImagePages(MainWindow& window, AppContext& context);

} // namespace layerhold::gui
