// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace layerhold::cli {

/// A file of the user's to be read from start to end, or standard input for "-".
class InputFile
{
public:
    explicit InputFile(const std::string& file);
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    ~InputFile();

    bool isTerminal() const;
    /// nullopt when that is not known: a pipe.
    std::optional<std::uint64_t> size() const;
    /// The next bytes; empty at the end. Cancelled when a stop is asked for while there are none.
    void read(std::string& piece, const std::stop_token& stop);

private:
    void waitForBytes(const std::stop_token& stop) const;

    std::string m_name; ///< for messages
    int m_descriptor;
};

} // namespace layerhold::cli
