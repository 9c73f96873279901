// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_columns.h"
#include "models/records.h"

#include <QString>

namespace layerhold::gui {

/// That a shell takes as it is, and that a registry could have. Names of others can be anything, and what is copied
/// here goes into terminals.
bool isPlainReference(const QString& text);

/// That brings this image again; empty: no name is known for it that a registry could have.
QString pullCommand(const ImageRecord& image, const std::vector<std::string>& sources);
/// That brings what a tag pointed at.
QString pullCommand(const QString& reference, const QString& digest);

QString imageJson(const ImageRecord& image);
QString tagJson(const TagRecord& tag);
/// What is known of one entry.
QString entryJson(const EntryColumns& columns, EntryId id);

} // namespace layerhold::gui
