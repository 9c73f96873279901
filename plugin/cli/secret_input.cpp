// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/secret_input.h"

#include "layerhold/error.h"

#include <fmt/format.h>

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <optional>

namespace layerhold::cli {

namespace {

constexpr std::size_t longestSecret = 64U << 10U;
constexpr int stopCheckInterval = 50; // milliseconds

/// Lets the terminal show nothing of what is typed, but for the end of the line.
class EchoOff
{
public:
    EchoOff()
    {
        if (::tcgetattr(STDIN_FILENO, &m_before) != 0)
            throw systemError(errno, "cannot ask the terminal for its settings");
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= static_cast<tcflag_t>(ECHONL | ICANON | ISIG);
        if (::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) != 0)
            throw systemError(errno, "cannot keep the terminal from showing the password");
    }

    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;

    ~EchoOff() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before); }

private:
    termios m_before = {};
};

/// A buffer that is overwritten when it ends.
struct Text
{
    ~Text() { registry::wipe(text); }

    std::string text;
};

/// One byte; nullopt at the end. Byte by byte, so that nothing behind a line is taken from whoever reads next.
std::optional<char> readByte(const std::stop_token& stop)
{
    for (;;) {
        if (stop.stop_requested())
            throw Cancelled();
        pollfd input = {STDIN_FILENO, POLLIN, 0};
        const int ready = ::poll(&input, 1, stopCheckInterval);
        if (ready == 0 || (ready < 0 && errno == EINTR))
            continue;
        char byte = 0;
        const ssize_t count = ready < 0 ? ready : ::read(STDIN_FILENO, &byte, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throw systemError(errno, "cannot read standard input");
        if (count == 0)
            return std::nullopt;
        return byte;
    }
}

void append(std::string& text, char byte)
{
    if (text.size() == longestSecret)
        throw Error(ErrorCode::InvalidArgument, "the input is longer than 64 KiB, which no password is");
    text.push_back(byte);
}

void readLine(std::string& line, const std::stop_token& stop)
{
    line.reserve(longestSecret); // a growing string would leave copies behind
    for (auto byte = readByte(stop); !byte || *byte != '\n'; byte = readByte(stop)) {
        if (!byte && line.empty())
            throw Error(ErrorCode::InvalidArgument, "the input ended before anything was given; nothing was changed");
        if (!byte)
            return;
        append(line, *byte);
    }
}

void print(std::string_view question)
{
    fmt::print(stderr, "{}", question);
    std::fflush(stderr);
}

} // namespace

bool canAsk()
{
    return ::isatty(STDIN_FILENO) == 1;
}

std::string ask(std::string_view question, const std::stop_token& stop)
{
    print(question);
    std::string line;
    readLine(line, stop);
    constexpr std::string_view space = " \t\r";
    const std::size_t first = line.find_first_not_of(space);
    return first == std::string::npos ? std::string() : line.substr(first, line.find_last_not_of(space) - first + 1);
}

registry::Secret askSecret(std::string_view question, const std::stop_token& stop)
{
    const EchoOff silence;
    print(question);
    Text line;
    readLine(line.text, stop);
    return registry::Secret(std::move(line.text));
}

registry::Secret readSecret(const std::stop_token& stop)
{
    Text all;
    all.text.reserve(longestSecret);
    while (const auto byte = readByte(stop))
        append(all.text, *byte);
    for (const char end : {'\n', '\r'})
        if (all.text.ends_with(end))
            all.text.pop_back();
    return registry::Secret(std::move(all.text));
}

} // namespace layerhold::cli
