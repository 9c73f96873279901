// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/jobs.h"

#include <optional>

namespace layerhold::gui {

/// Tells the desktop that a job ended, when it took more than ten seconds: org.freedesktop.Notifications. Harmless
/// where there is no session bus or nobody listens.
void notifyIfLong(const Job& job);

/// The progress on the app's place in task bars and docks that know com.canonical.Unity.LauncherEntry. Unset: none.
void showTaskbarProgress(std::optional<double> ratio);

} // namespace layerhold::gui
