// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/page_state.h"

class QWidget;

namespace layerhold::gui {

/// What a page says of its trouble, for a ticket: version, time, page, sentence and details. There is no secret in it:
/// the service tells none, and no setting is added.
QString reportOf(const QString& page, const PageState& state, const Format& format);
void copyReport(const QString& page, const PageState& state, const Format& format);

/// A window with the details of a failure, to read and copy. It does not block the page.
void showDetails(QWidget& parent, const PageState& state);

} // namespace layerhold::gui
