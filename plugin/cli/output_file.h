// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace layerhold::cli {

/// A file of the user's that appears when it is whole: it is written beside its place and renamed; without keep()
/// nothing is left of it. Whom the file that it replaces kept out it keeps out too. What is there and is no plain file,
/// such as a pipe, is written to as it is.
class OutputFile
{
public:
    /// Errors name the file.
    explicit OutputFile(const std::string& file);
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    void write(std::string_view bytes);
    /// Durable, and in its place, when it returns. Nothing may be written after.
    void keep();

private:
    [[noreturn]] void fail(int errnoValue, const char* action) const;
    void flushFolder() const;

    std::filesystem::path m_path;
    std::filesystem::path m_draft; ///< empty: m_path is written to
    int m_descriptor = -1;
};

} // namespace layerhold::cli
