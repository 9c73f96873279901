// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace layerhold::gui {

class PaintedWidget;

/// Makes every PaintedWidget tell assistive technology of its items: a list whose children have name, value and place,
/// of which the current one has the focus. They are made when they are asked for. To be called on the GUI thread, any
/// number of times.
void installAccessibleItems();

void announceFocus(PaintedWidget& widget, int item);
/// The items are other ones. What was handed out before stays, and tells of the item that has the same number now.
void announceItemsReplaced(PaintedWidget& widget);

} // namespace layerhold::gui
