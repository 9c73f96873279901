// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/sentences.h"

#include <span>

namespace layerhold::gui {

/// One name of the API and its untranslated words, of the context "layerhold::gui::Sentences".
struct SentenceRow
{
    const char* code;
    const char* label;
    const char* sentence;
};

std::span<const SentenceRow> sentenceRows(CodeSet set);

} // namespace layerhold::gui
