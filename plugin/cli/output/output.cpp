// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/output/output.h"

#include "api/utf8.h"
#include "layerhold/error.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace layerhold::cli {

namespace {

[[noreturn]] void failWrite(int reason)
{
    if (reason == EPIPE)
        throw OutputClosed();
    throw systemError(reason, "cannot write to standard output");
}

} // namespace

void warn(std::string_view message)
{
    const std::string line = "layerhold: warning: " + api::neutralise(message) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

bool isTerminal(int descriptor)
{
    const char* term = std::getenv("TERM");
    return ::isatty(descriptor) == 1 && term && std::strcmp(term, "dumb") != 0;
}

bool mayColour(int descriptor)
{
    const char* refused = std::getenv("NO_COLOR");
    return isTerminal(descriptor) && !(refused && *refused);
}

void Output::line(std::string_view text)
{
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fputc('\n', stdout) == EOF)
        failWrite(errno);
}

void Output::bytes(std::string_view bytes)
{
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size())
        failWrite(errno);
}

void Output::lines(const std::vector<std::string>& lines)
{
    for (const std::string& text : lines)
        line(text);
}

void Output::table(const Table& table)
{
    std::vector<std::string> all = table.lines();
    if (mayColour(STDOUT_FILENO))
        all.front() = "\x1b[1m" + all.front() + "\x1b[0m";
    lines(all);
}

void Output::tableRows(const Table& table)
{
    std::vector<std::string> all = table.lines();
    all.erase(all.begin());
    lines(all);
}

void Output::document(const Json& json)
{
    line(print(json, JsonStyle::Document));
}

void Output::jsonLine(const Json& json)
{
    line(print(json, JsonStyle::Line));
}

void Output::flush()
{
    if (std::fflush(stdout) != 0)
        failWrite(errno);
}

} // namespace layerhold::cli
