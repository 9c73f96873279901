// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <layerhold/v1/layerhold.pb.h>

#include <string>

namespace layerhold::cli {

/// One line on standard error that shows how far long work is; nothing when that is no terminal. Disappears with the
/// object.
class ProgressBar
{
public:
    explicit ProgressBar(std::string verb);
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    ~ProgressBar();

    void show(const v1::Progress& progress);
    void clear();

private:
    std::string m_verb;
    bool m_enabled = false;
    bool m_shown = false;
};

/// The text of the bar: at most `width` columns.
std::string progressLine(const std::string& verb, const v1::Progress& progress, std::size_t width);

} // namespace layerhold::cli
