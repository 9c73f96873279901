// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/overview_facts.h"

#include <QString>

#include <vector>

namespace layerhold::gui {

/// Something that somebody should know of, or see to. Texts are fit to show.
struct AttentionItem
{
    enum class Tone
    {
        Info,
        Warning,
        Error
    };
    Tone tone = Tone::Info;
    QString text = {};
    QString advice = {}; ///< what to do; may be empty
    QString page = {};   ///< where it is seen to
    QString entity = {}; ///< to be opened there; may be empty
};

/// The worst first, else in a fixed order. What has not been told brings nothing: see unansweredIn(). Pure.
std::vector<AttentionItem> attentionFor(const OverviewFacts& facts, const Format& format);

/// Which of these answers did not come, and why: "Health checks: …".
QStringList unansweredIn(const OverviewFacts& facts);

} // namespace layerhold::gui
