// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/input_file.h"

#include "cli/output/text.h"
#include "layerhold/error.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace layerhold::cli {

namespace {

constexpr std::size_t pieceSize = 256U << 10U;
constexpr int stopCheckMilliseconds = 50;

} // namespace

InputFile::InputFile(const std::string& file)
    : m_name(file == "-" ? "standard input" : neutralise(file))
    , m_descriptor(file == "-" ? STDIN_FILENO : ::open(file.c_str(), O_RDONLY | O_CLOEXEC))
{
    if (m_descriptor < 0)
        throw systemError(errno, "cannot open " + m_name);
}

InputFile::~InputFile()
{
    if (m_descriptor != STDIN_FILENO)
        ::close(m_descriptor);
}

bool InputFile::isTerminal() const
{
    return ::isatty(m_descriptor) == 1;
}

std::optional<std::uint64_t> InputFile::size() const
{
    struct stat status
    {};

    if (::fstat(m_descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return std::nullopt;
    return static_cast<std::uint64_t>(status.st_size);
}

void InputFile::waitForBytes(const std::stop_token& stop) const
{
    pollfd input{.fd = m_descriptor, .events = POLLIN, .revents = 0};
    for (;;) {
        if (stop.stop_requested())
            throw Cancelled();
        const int ready = ::poll(&input, 1, stopCheckMilliseconds);
        if (ready < 0 && errno != EINTR)
            throw systemError(errno, "cannot wait for " + m_name);
        if (ready > 0)
            return;
    }
}

void InputFile::read(std::string& piece, const std::stop_token& stop)
{
    waitForBytes(stop);
    piece.resize(pieceSize);
    ssize_t count = 0;
    do
        count = ::read(m_descriptor, piece.data(), piece.size());
    while (count < 0 && errno == EINTR);
    if (count < 0)
        throw systemError(errno, "cannot read " + m_name);
    piece.resize(static_cast<std::size_t>(count));
}

} // namespace layerhold::cli
