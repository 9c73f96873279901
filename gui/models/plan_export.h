// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QByteArray>
#include <QSet>
#include <QString>

#include <span>

/// A plan as a file for other programs. Sizes are bytes, times ISO 8601 in UTC; texts are as they came. Pure; any
/// thread.
namespace layerhold::gui {

/// RFC 4180 with a head line. A text that a spreadsheet would take as a formula begins with an apostrophe.
QByteArray planCsv(std::span<const PlanItem> items, const QSet<QString>& unticked);

/// One object: "plan" and "items".
QByteArray planJson(const PlanRecord& plan, std::span<const PlanItem> items, const QSet<QString>& unticked);

} // namespace layerhold::gui
