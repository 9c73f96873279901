// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/image_pages.h"

#include "widgets/main_window.h"
#include "widgets/pages/images_page.h"
#include "widgets/pages/tags_page.h"

namespace layerhold::gui {

ImagePages addImagePages(MainWindow& window, AppContext& context)
{
    const ImagePages pages{.images = new ImagesPage(context), .tags = new TagsPage(context)};
    window.addPage(pages.images);
    window.addPage(pages.tags);
    return pages;
}

} // namespace layerhold::gui
