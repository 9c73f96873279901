// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QSet>
#include <QString>

#include <memory>
#include <vector>

class QWidget;

namespace layerhold::gui {

/// Asks where to and writes a plan there, as CSV or JSON by the ending of the name, without holding up the window. When
/// it cannot be written, a box that does not block says why.
void exportPlan(QWidget& parent, const PlanRecord& plan, std::shared_ptr<const std::vector<PlanItem>> items,
                const QSet<QString>& unticked);

/// Writes at once. Empty: it is written; else why it is not.
QString writePlan(const QString& file, const PlanRecord& plan, const std::vector<PlanItem>& items,
                  const QSet<QString>& unticked);

} // namespace layerhold::gui
