// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QString>
#include <QStringList>

/// What a cleanup policy means, in sentences. Values are shown as they are written in it. Pure; any thread.
namespace layerhold::gui {

/// "Removes what matches kind==layer and was not used for 60d, the least recently used first, until at most 100GiB are
/// stored." Never shorter than the rule: each limit that is set is in it.
QString ruleSentence(const PolicyRule& rule);

/// When it works, what each rule does in its order, and how long it can be undone: one sentence for each.
QStringList policySentences(const PolicyRecord& policy);

} // namespace layerhold::gui
