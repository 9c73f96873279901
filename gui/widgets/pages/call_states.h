// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/answer.h"
#include "widgets/state_pane.h"

namespace layerhold::gui {

/// What a page is in after an answer that did not come. `feature`: what was asked for, as a noun.
PageState stateAfter(const CallError& error, const QString& feature);

/// Why a page with this pane cannot ask the service for anything that changes it; empty: it can.
QString hindranceIn(const CacheClient* client, const StatePane& pane);

/// Why nothing is changed in a snapshot.
QString readOnlyReason();

} // namespace layerhold::gui
