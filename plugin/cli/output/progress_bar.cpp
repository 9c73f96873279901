// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/output/progress_bar.h"

#include "cli/output/output.h"
#include "cli/output/text.h"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace layerhold::cli {

namespace {

constexpr std::size_t barWidth = 24;

std::size_t terminalWidth()
{
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

double doneShare(const v1::Progress& progress)
{
    if (progress.total_bytes() > 0)
        return static_cast<double>(progress.done_bytes()) / static_cast<double>(progress.total_bytes());
    if (progress.total_items() > 0)
        return static_cast<double>(progress.done_items()) / static_cast<double>(progress.total_items());
    return 0;
}

} // namespace

std::string progressLine(const std::string& verb, const v1::Progress& progress, std::size_t width)
{
    const double share = std::clamp(doneShare(progress), 0.0, 1.0);
    const auto filled = static_cast<std::size_t>(share * barWidth);
    std::string line = fmt::format("{} [{}{}] {:3.0f} %  {}/{}  {}", verb, std::string(filled, '#'),
                                   std::string(barWidth - filled, '.'), share * 100, progress.done_items(),
                                   progress.total_items(), formatSize(progress.done_bytes()));
    if (line.size() > width)
        line.resize(width);
    return line;
}

ProgressBar::ProgressBar(std::string verb)
    : m_verb(std::move(verb))
    , m_enabled(isTerminal(STDERR_FILENO))
{}

ProgressBar::~ProgressBar()
{
    clear();
}

void ProgressBar::show(const v1::Progress& progress)
{
    if (!m_enabled)
        return;
    std::fputs(("\r\x1b[K" + progressLine(m_verb, progress, terminalWidth() - 1)).c_str(), stderr);
    std::fflush(stderr);
    m_shown = true;
}

void ProgressBar::clear()
{
    if (!m_shown)
        return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    m_shown = false;
}

} // namespace layerhold::cli
