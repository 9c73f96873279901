// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace layerhold::gui {

/// A text without what is to stay a secret: passwords in URLs, and what follows "Authorization:", "Bearer", "password="
/// and the like, become "…". The service tells no secrets of its own; this is for what it repeats of others, and for
/// what people copy into reports.
QString withoutSecrets(const QString& text);

} // namespace layerhold::gui
